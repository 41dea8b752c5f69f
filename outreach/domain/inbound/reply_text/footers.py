"""What machines write into people's mails: device lines, banners, list footers, disclaimers, virus notes."""

from __future__ import annotations

import re

from outreach.domain.inbound.reply_text.wordings import phrases

# Lines of one device or program. Each is a whole line.
_DEVICE_STARTS = phrases(
    """
    sent from|sent via|sent with|sent using|sent on the go|get outlook for|sent through|gesendet von
    gesendet mit|diese nachricht wurde von|verschickt von|versendet mit|versandt mit|holen sie sich outlook
    get bluemail|get typeapp|envoyé de|envoyé depuis|envoyé à partir|envoyé avec|obtenir outlook
    téléchargez outlook|télécharger outlook|obtenez outlook|enviado desde|enviado de|enviado do
    enviado a partir|enviado con|enviado via|enviado com|obtener outlook|obter o outlook|inviato da
    inviata da|inviato dal|inviato con|scarica outlook|ottieni outlook|verzonden vanaf|verzonden met
    verzonden vanuit|verstuurd vanaf|verstuurd met|verstuurd vanuit|download outlook|wysłane z|wysłano z
    wysłane przez|pobierz program outlook|uzyskaj aplikację outlook|elküldve|outlook beszerzése
    az outlook letöltése|skickat från|skaffa outlook|hämta outlook|sendt fra|hent outlook|få outlook
    lähetetty|hanki outlook|odesláno z|odoslané z|získat outlook|získajte outlook|trimis de pe|trimis din
    obțineți outlook|отправлено с|отправлено из|надіслано з|отримати outlook|στάλθηκε από|発信元|发自我的|發自我的|從我的
    从我的|나의 iphone|發送自|发送自|获取 outlook|iphoneから|mailed from|posted from|dictated|typed with|written on my
    this message was sent from|this email was sent from|please excuse|excuse typos|<<sent|(sent from
    [sent from
    """
)
# These begin sentences too: only where a short line follows.
_VAGUE_STARTS = phrases(
    "from my|sent by|outlook für|outlook voor|outlook for|outlook-app|yahoo mail|küldve|elküldve"
)
_OWN_DEVICE_STARTS = phrases("sent from my|发自我的|發自我的|從我的|从我的|発信元|나의 iphone")
# Languages that say it at the end: "Von meinem iPhone gesendet", "Az iPhone-omról küldve".
_SENT = phrases("gesendet|küldve|gönderildi|送信|보냄|傳送|发送|发出|lähetetty")
_DEVICES = phrases(
    """
    iphon|ipad|ipod|apple|watch|android|samsung|galaxy|huawei|xiaomi|redmi|pixel|oneplus|nokia|motorola|htc
    xperia|sony|blackberry|windows|outlook|yahoo|gmail|proton|mobil|phone|handy|smartphone|tablet|telef
    móvil|cellulare|device|gerät|készülék|eszköz|appareil|dispositivo|toestel|apparaat|urządzeni|telefon|k-9
    thunderbird|spark|superhuman|hubspot|airmail|bluemail|aquamail|zoho|gmx|aol|t-mobile|verizon|at&t|sprint
    wireless|hotmail|mailspring|typo|brevity|fat thumbs|screen|keyboard|autocorrect|мобил|яндекс|почт|設定|手机
    手機|에서 보냄|laptop|desk|tutanota|canary|edison|newton|polymail|missive|fastmail|mymail|rediff|web.de| mail
    mac|moto|front|hey|nine|tuta
    """
)
_PICTURE = re.compile(
    r"[\[(<]?(?:cid:[^\]\s]{1,200}|image: ?[^\]]{0,120}|inline image ?\d{0,3}|logo[^\]]{0,60}|image\d{0,4}(?:\.\w{3,4})?"
    r"|bild: ?[^\]]{0,60}|kép: ?[^\]]{0,60})[\])>](?:<[^>]{0,400}>)?\Z",
    re.IGNORECASE,
)
_MAX_DEVICE = 120

# What a footer begins with, lower case; all of it that follows, to the next quote, is of the same kind.
_FOOTER_STARTS = phrases(
    """
    you received this message because|you are receiving this|you received this email because
    to unsubscribe from|to unsubscribe send|to unsubscribe, send|to unsubscribe or change
    to manage your subscription|to view this discussion|to stop receiving|sie erhalten diese nachricht, weil
    sie haben diese nachricht erhalten, weil|azért kapta ezt|vous recevez ce message
    vous avez reçu ce message car|has recibido este mensaje porque|hai ricevuto questo messaggio perché
    je hebt dit bericht ontvangen omdat|otrzymujesz tę wiadomość|view/reply online|groups.io links|-=-=-=-
    virus-free|virenfrei|vírusmentes|ez az e-mail vírusmentes|sans virus|garanti sans virus|libre de virus
    privo di virus|virusvrij|wolny od wirusów|nie zawiera wirusów|mentes a vírus|livre de vírus
    this email has been checked for viruses|this e-mail has been checked|this email has been scanned
    this message has been scanned|this e-mail has been scanned|diese e-mail wurde von avast
    diese e-mail wurde auf viren|l'absence de virus|cet e-mail a été vérifié|el software de antivirus
    este correo electrónico ha sido comprobado|questa e-mail è stata controllata
    deze e-mail is gecontroleerd|dit e-mailbericht is gecontroleerd|ta wiadomość została sprawdzona
    ez az üzenet víruso|az avast víruskereső|ezt az e-mailt az avast|scanned by|checked by avg
    no virus found|__________ information from eset|information from eset|__________ eset|mail scanned
    please consider the environment|please think of the environment|consider the environment
    think before you print|think green|save a tree|before printing|please don't print|go green|save paper
    bitte denken sie an die umwelt|bitte prüfen sie|denken sie an die umwelt|der umwelt zuliebe
    bevor sie diese e-mail ausdrucken|kérjük, gondoljon a környezet|gondoljon a környezet|mielőtt kinyomtat
    óvja környezet|pensez à l'environnement|pensez environnement|avant d'imprimer|n'imprimez
    antes de imprimir|piense en el medio ambiente|prima di stampare|pensa all'ambiente|rispetta l'ambiente
    denk aan het milieu|denk aan ons milieu|bezint eer|zanim wydrukujesz|pomyśl o środowisku|pomyśl zanim
    confidentiality notice|confidentiality:|confidential:|confidentiality note|confidentiality statement
    confidential note|privileged and confidential|privileged/confidential|disclaimer|legal notice
    legal disclaimer|important notice|privacy notice|private & confidential|private and confidential
    notice of confidentiality|email disclaimer|e-mail disclaimer|warning: this|internal use only
    haftungsausschluss|vertraulichkeitshinweis|vertraulich:|rechtlicher hinweis|wichtiger hinweis:
    hinweis: diese|datenschutzhinweis|informationen zum datenschutz|hinweise zum datenschutz
    unsere datenschutz|sitz der gesellschaft|handelsregister|amtsgericht|geschäftsführer:|geschäftsführung:
    geschäftsführer |registergericht|vorstand:|vorsitzender des|jogi nyilatkozat|titoktartási|adatvédelmi
    figyelem! ez|figyelem: ez|figyelmeztetés|nyilatkozat:|székhely:|cégjegyzékszám|adószám
    avis de confidentialité|clause de confidentialité|avertissement|avis juridique|mentions légales
    aviso legal|aviso de confidencialidad|cláusula de confidencialidad|advertencia legal|de conformidad con
    en cumplimiento|protección de datos|aviso de privacidad|política de privacidad|avviso di riservatezza
    avvertenza|informativa|ai sensi|nota di riservatezza|le informazioni contenute|questo messaggio e
    vertrouwelijkheid|proclaimer|klauzula poufności|klauzula|zastrzeżenie|administratorem
    informacja o przetwarzaniu|treść tej wiadomości|aviso de confidencialidade|ansvarsfriskrivning
    fortrolighed|registered office|registered in|company registration|company number|registered address
    vat reg|a company registered|authorised and regulated|authorized and regulated|registered number
    """
)
_LIST_FOOTER = re.compile(
    r".{1,80}\s(?:mailing list|mailinglist|maillist)(?:\s-.{1,80}|\s?<.{1,80}>?)?\Z", re.IGNORECASE
)

# What disclaimers of all languages say; three of these six in one paragraph make one.
_CONCEPTS: tuple[tuple[str, ...], ...] = (
    phrases(
        """
        confidential|privileged|vertraulich|bizalmas|titoktart|confidentiel|confidencial|riservat
        confidenzial|vertrouwelijk|poufn|konfident|fortrolig|důvěrn|dôvern|confidențial|gizli|конфиденциал
        конфіденцій|luottamuksell
        """
    ),
    phrases(
        """
        intended recipient|intended solely|solely for|intended only|addressee|individual or entity
        named above|intended for|adressat|empfänger|bestimmt|címzett|destinataire|destinatari|geadresseerde
        bestemd voor|bestemming|adresat|przeznaczon|mottagare|modtager|mottaker|určen|адресат|vastaanottaj
        alıcı
        """
    ),
    phrases(
        """
        in error|by mistake|not the intended|irrtümlich|fehlgeleitet|versehentlich|tévedés|téves|nem ön
        erreur|par erreur|por error|por erro|per errore|abusievelijk|per vergissing|per abuis|ten onrechte
        omyłk|pomyłk|błędn|av misstag|ved en fejl|omylem|ошибк|помилк|virheell|yanlışlıkla
        nicht der richtige adressat
        """
    ),
    phrases(
        """
        delete|destroy|löschen|vernichten|törölj|semmisít|supprim|détrui|elimin|borr|destru|cancell|distrugg
        verwijder|vernietig|usuni|skasowa|zniszcz|radera|slet |smaž|vymaž|удал|видал|poist|siliniz
        return it to the sender|notify the sender|inform the sender|informieren sie|értesítse|prévenir|avvis
        contact the sender
        """
    ),
    phrases(
        """
        unauthori|prohibited|disclos|dissemination|distribution|unbefugt|nicht gestattet|untersagt
        illetéktelen|tilos|jogosulatlan|interdit|non autoris|divulgation|prohib|no autorizad|divulg|vietat
        non autorizz|diffusione|verboden|niet toegestaan|openbaarmaking|zabronion|niedozwol|rozpowszech
        förbjud|запрещ|заборон|kielletty|may be unlawful
        """
    ),
    phrases(
        """
        attachment|attached files|transmission|liab|virus|anhang|anhänge|haftung|melléklet|csatol|felelősség
        pièce|responsab|adjunto|archivo|allegat|bijlage|aansprakelijk|załącznik|odpowiedzialno|bilag|bifog
        příloh|вложен
        """
    ),
)
# "CONFIDENTIALITY NOTICE: ...", "CIRCULAR 230 NOTICE: ..."
_HEADING = re.compile(r"[\*_]{0,2}[A-Z][A-Z0-9 ,/&'’-]{5,60}[:.–-]")
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|ich|je ne|j'ai|me)\b")

_BANNER_WORDS = phrases(
    "link|attachment|sender|click|recogni|content is safe|anhäng|anhang|absender|feladó|melléklet"
)
_BANNERS = re.compile(
    r"[\[*(<! ]{0,6}(?:caution|warning|external(?: e-?mail| sender| message)?|attention|achtung|vorsicht|figyelem"
    r"|extern(?:e e-?mail|al)?|attenzione|atención|uwaga|let op|be careful)\b[\s\]*)>:!.–-]{0,6}"
    r"(?:\Z|.{0,200}(?:extern|outside|originat|außerhalb|külső|links?\b))"
    r"|you don't often get email from|some people who received this message don't often"
    r"|sie erhalten nicht (?:oft|häufig) e-?mail|vous n'obtenez pas souvent|no suele recibir correo"
    r"|\[(?:external|extern|ext|spam\??)\]\Z"
    r"|this (?:e-?mail|message) (?:originated|came|was sent) from (?:outside|an external)"
    r"|(?:#|=|-){0,4} ?(?:please )?(?:reply|type your reply|write|respond) above this line",
    re.IGNORECASE,
)


def is_device_line(row: str) -> bool:
    """Answer whether `row` is the line that a telephone or a mail program adds ("Sent from my iPhone")."""
    if len(row) > _MAX_DEVICE or row.endswith("?"):
        return False
    low = row.lower().strip("*_-–— <>([)].!")
    if low.startswith(_OWN_DEVICE_STARTS) and low.count(" ") <= 5:
        return True
    if low.startswith(_DEVICE_STARTS):
        return low.count(" ") <= 16 and _names_device(low)
    if low.startswith(_VAGUE_STARTS):
        return low.count(" ") <= 7 and _names_device(low)
    return low.endswith(_SENT) and low.count(" ") <= 12 and _names_device(low)


def _names_device(low: str) -> bool:
    return any(device in low for device in _DEVICES)


def is_picture(row: str) -> bool:
    """Answer whether `row` only stands for a picture: "[cid:image001.png@01D9]"."""
    return row[0] in "[(<" and len(row) < 700 and bool(_PICTURE.match(row))


def is_banner(paragraph: str) -> bool:
    """Answer whether a mail gateway wrote this over the text ("CAUTION: This email originated from outside")."""
    return len(paragraph) < 900 and bool(_BANNERS.match(paragraph))


def goes_on_banner(above: str, row: str) -> bool:
    """Answer whether `row` belongs to the banner that `above` is a line of."""
    if not row:
        return False
    low = row.lower()
    return not above.endswith((".", "!", "]", ")", "*", "important")) or any(
        word in low for word in _BANNER_WORDS
    )


def is_footer(row: str, paragraph: str) -> bool:
    """Answer whether small print begins with `row`, the first of `paragraph`."""
    low = row.lower().lstrip("*_-–—=~#>•| \t[(")
    if low.startswith(_FOOTER_STARTS):
        return True
    if _LIST_FOOTER.match(row) and "http" in paragraph:
        return True
    if len(paragraph) < 100:
        return False
    return bool(_HEADING.match(row)) or is_disclaimer(paragraph)


def is_disclaimer(paragraph: str) -> bool:
    """Answer whether `paragraph` says who may read the mail and who must delete it."""
    low = paragraph.lower()
    said = sum(any(word in low for word in words) for words in _CONCEPTS)
    return said >= (5 if _FIRST_PERSON.search(paragraph) else 3)
