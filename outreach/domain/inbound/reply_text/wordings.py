"""The words by which mail programs of many languages mark a quoted mail.

Sources: the translations of Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, GMX, Zoho and their kin, as they stand in
mails that people sent. Everything here is lower case and compared without regard to case.
"""

from __future__ import annotations

import re


def phrases(table: str) -> tuple[str, ...]:
    """Return the phrases of `table`, which stand one a line or between bars."""
    return tuple(filter(None, (phrase.strip() for phrase in re.split(r"[|\n]", table))))


def alternatives(*groups: str) -> str:
    """Return the phrases of `groups`, one a line or between bars, as alternatives of an expression, longest first.

    A space matches any white space; nothing else in a phrase is special.
    """
    phrases = {phrase.strip() for group in groups for phrase in re.split(r"[|\n]", group)} - {""}
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in ordered)


# What stands before the date of an attribution.
OPENERS = """
on|at|in|am|den|le|el|il|op|em|på|pe|la|w dniu|w|dnia|dne|dňa|il giorno|il giorno|no dia|în|a|az|в|у|kl|le jour|el día
data|dia|date|tarihinde|στις|tuo|ngày|pada|dana|v|na
"""
# What says that somebody wrote. Some stand at the end ("Anna wrote:"), some before the name ("schrieb Anna:").
LAST_VERBS = """
wrote|writes|sent|said|has written|schrieb|schreibt|geschrieben|írta|ezt írta|írtad|ezt írtad|a következőt írta
az alábbiakat írta|a écrit|écrit|nous a dit|a ecrit|escribió|escribio|ha escrito|ha scritto|scrive|scritto|schreef
het volgende geschreven|geschreven|napisał|napisała|napisał(a)|napisali|pisze|nadesłał|escreveu|escreveu o seguinte
skrev|skrev følgende|skrev följande|kirjoitti|napsal|napsala|napsal(a)|napísal|napísala|napísal(a)|a scris|yazdı
şunu yazdı|şunları yazdı|написал|написала|написал(а)|пишет|писал|писал(а)|написав|написала|написав(-ла)|пише
έγραψε|写道|寫道|のメッセージ|書きました|님이 작성|작성|님이 작성하였습니다|כתב|كتب|написа|je napisao|je napisao/la
je napisala|je napisal|je napisal/-a|rašė|rakstīja|kirjutas|va escriure|đã viết|menulis
"""
# "Quoting Anna <anna@example.com>:" (Horde and its kin).
QUOTINGS = (
    "quoting|zitat von|zitiere|citando|citát|citando a|citazione di|citation de|idézet|quoted from|cytowanie"
)

# The names of header fields in a quoted mail: which field it is.
_FIELDS = {
    "from": """from|von|de|da|van|od|fra|från|feladó|felado|küldő|mittente|expéditeur|remitente|afzender|nadawca
        lähettäjä|de la|expeditor|expeditorul|kimden|gönderen|от|от кого|відправник|від|від кого|отправитель|από
        发件人|發件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|absender|odesílatel|odosielateľ|šalje|saatja|من
        от:|originally from|sender""",
    "date": """date|sent|gesendet|datum|küldve|elküldve|dátum|envoyé|envoyé le|date d'envoi|enviado|enviado el|fecha
        inviato|data|verzonden|wysłano|wysłane|data wysłania|enviada|enviada em|enviado em|enviada a|skickat|sendt
        dato|lähetetty|päiväys|päivämäärä|odesláno|odoslané|trimis|gönderildi|tarih|gönderme tarihi|отправлено|дата
        надіслано|στάλθηκε|ημερομηνία|发送时间|發送時間|寄件日期|日期|送信日時|日付|日時|보낸 날짜|보낸날짜|날짜|time
        date sent|sent at|received|gesendet am|datum und uhrzeit|időpont|enviado a las|poslano|التاريخ""",
    "to": """to|an|para|à|a|pour|aan|do|till|til|komu|címzett|cimzett|destinataire|destinatario|destinatari|adresat
        vastaanottaja|către|catre|kime|кому|до|προς|收件人|宛先|받는 사람|받는사람|empfänger|pre|prima|saaja
        destinatarul|alıcı|إلى|destinatário""",
    "cc": """cc|kopie|copie|kopia|másolatot kap|másolat|copia|cópia|dw|do wiadomości|kopi|kopio|kópia|копия|копія
        抄送|副本|参照|참조|κοιν|bilgi|ccn|bcc|blindkopie|titkos másolat|kopie (cc)|cc:|c.c.|udw""",
    "subject": """subject|betreff|objet|sujet|asunto|oggetto|onderwerp|temat|assunto|ämne|emne|aihe|předmět|predmet
        tárgy|targy|subiect|subiectul|konu|тема|θέμα|主题|主題|件名|제목|naslov|re|betr|pealkiri|الموضوع""",
    "reply-to": """reply-to|antwort an|antworten an|répondre à|responder a|rispondi a|antwoord aan|odpowiedź do
        válaszcím|organization|organisation|attachments|anlagen|pièces jointes|adjuntos|allegati|bijlagen|mellékletek
        importance|priority|wichtigkeit|priorität|vedhæftet|załączniki|list-id|message-id|sensitivity|cc/bcc""",
}  # fmt: skip
FIELD_OF = {name.strip(): field for field, names in _FIELDS.items() for name in re.split(r"[|\n]", names)}
FIELD_OF.pop("", None)
MAX_FIELD_NAME = max(map(len, FIELD_OF))

# What stands between the dashes: "-----Original Message-----". Any short line between dashes with one of these words.
MESSAGE_WORDS = (
    "message", "nachricht", "mensaje", "messaggio", "bericht", "wiadomość", "wiadomości", "üzenet", "levél", "mensagem",
    "besked", "meddelelse", "meddelande", "melding", "viesti", "zpráva", "správa", "mesaj", "сообщение", "письмо",
    "повідомлення", "лист", "μήνυμα", "邮件", "郵件", "メッセージ", "메시지", "원본", "ileti", "mail", "e-mail", "poruka",
    "sporočilo", "laiškas", "kiri", "missatge", "mensaxe", "رسالة", "הודעה",
)  # fmt: skip
# The same without dashes: Apple Mail begins a forwarded mail so, BlackBerry a quoted one.
BARE_DIVIDERS = frozenset(
    phrase.strip()
    for phrase in re.split(
        r"[|\n]",
        """begin forwarded message|start of forwarded message|original message|anfang der weitergeleiteten nachricht
        anfang der weitergeleiteten e-mail|inicio del mensaje reenviado|début du message réexpédié
        début du message transféré|továbbított levél kezdete|továbbított üzenet kezdete|inizio messaggio inoltrato
        begin doorgestuurd bericht|początek przekazywanej wiadomości|início da mensagem reencaminhada
        início da mensagem encaminhada|vidarebefordrat mejl|videresendt melding|start på videresendt besked
        välitetty viesti alkaa|začátek přeposílané zprávy|začiatok preposlanej správy|începe mesajul redirecționat
        ileti başlangıcı|начало переадресованного сообщения|початок листа, що пересилається|započni proslijeđenu poruku
        ursprüngliche nachricht|message d'origine|message original|mensaje original|messaggio originale
        oorspronkelijk bericht|oryginalna wiadomość|eredeti üzenet|mensagem original|originalmeddelande
        oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|původní zpráva|pôvodná správa|forwarded message
        转发的邮件|原始邮件|原始郵件|転送されたメッセージ|weitergeleitete nachricht|továbbított üzenet|message transféré
        mensaje reenviado|messaggio inoltrato|doorgestuurd bericht""",
    )
)  # fmt: skip
# Between dashes, yet without any of the words above.
DASHED = (
    "forwarded by",
    "original-nachricht",
    "原始邮件",
    "eredeti",
    "original appointment",
    "reply above this line",
)
