"""The kinds of mail that comes in, each told from its neighbours; samples, tables of headers and of words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from incoming import DAEMON, OURS, PROSE, feedback, mail, reply, report

from outreach.domain.inbound import InboundKind
from outreach.domain.inbound.classifier import classify
from outreach.domain.inbound.kinds import kind_of
from outreach.domain.inbound.parts import take_apart

SAMPLES = Path(__file__).parents[2] / "data" / "mail" / "kinds"
EXPECTED = [
    json.loads(line) for line in (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("expected", EXPECTED, ids=[one["file"] for one in EXPECTED])
def test_a_sample_is_taken_for_what_a_person_says_it_is(expected: dict[str, Any]) -> None:
    found = classify((SAMPLES / expected["file"]).read_bytes())
    assert found.kind.value == expected["kind"], found.rule
    assert str(found.resume_on or "") == expected.get("resume_at", "")
    if "recipients" in expected:
        named = [(one.address, one.suppress) for one in found.recipients]
        assert named == [(one["address"], one["suppress"]) for one in expected["recipients"]]
    assert set(expected.get("message_ids", [])) <= set(found.message_ids)


def test_every_sample_is_labelled() -> None:
    assert {one["file"] for one in EXPECTED} == {path.name for path in SAMPLES.glob("*.eml")}


KINDS: list[tuple[str, bytes, InboundKind, str]] = [
    ("an answer", reply("Hello"), InboundKind.REPLY, "references"),
    ("references alone", mail("Hi", From="a@b.org", References=f"<x@y> {OURS}"), InboundKind.REPLY, "references"),
    ("Re: alone", mail("Hi", From="a@b.org", Subject="RE: Hello"), InboundKind.REPLY, "subject"),
    ("AW: alone", mail("Hi", From="a@b.org", Subject="AW: Hello"), InboundKind.REPLY, "subject"),
    ("an encoded Vá:", mail("Hi", From="a@b.org", Subject="=?utf-8?q?V=C3=A1=3A_Hello?="), InboundKind.REPLY, "subject"),
    ("a person's new mail", mail("Hi", From="a@b.org", Subject="A question"), InboundKind.REPLY, "a new mail"),
    ("a newsletter", mail("Hi", From="a@b.org", List_Unsubscribe="<https://b.org>"), InboundKind.OTHER, "list-unsubscribe"),
    ("a list's mail", mail("Hi", From="a@b.org", List_Id="<l.b.org>"), InboundKind.OTHER, "list-id"),
    ("an answer from a group", reply("Hi", List_Id="<s.acme.org>", Precedence="list"), InboundKind.REPLY, "references"),
    ("RFC 3834", reply("Away", Auto_Submitted="auto-replied"), InboundKind.AUTO_REPLY, "auto-submitted"),
    ("RFC 3834 and more", reply("Away", Auto_Submitted="auto-generated; x=y"), InboundKind.AUTO_REPLY, "auto-submitted"),
    ("Auto-Submitted: no", reply("Hello", Auto_Submitted="no"), InboundKind.REPLY, "references"),
    ("X-Autoreply", reply("Away", X_Autoreply="yes"), InboundKind.AUTO_REPLY, "x-autoreply"),
    ("X-Autorespond", reply("Away", X_Autorespond="x"), InboundKind.AUTO_REPLY, "x-autorespond"),
    ("Exchange", reply("Away", X_Auto_Response_Suppress="All"), InboundKind.AUTO_REPLY, "x-auto-response-suppress"),
    ("Precedence", reply("Away", Precedence="auto_reply"), InboundKind.AUTO_REPLY, "precedence"),
    ("bulk", reply("Away", Precedence="bulk"), InboundKind.AUTO_REPLY, "precedence"),
    ("a null sender", reply("Away", Return_Path="<>"), InboundKind.AUTO_REPLY, "null sender"),
    ("Automatic reply:", reply("Away", Subject="Automatic reply: Hello"), InboundKind.AUTO_REPLY, "subject"),
    ("Out of Office", reply("Away", Subject="Out of office: Hello"), InboundKind.AUTO_REPLY, "subject"),
    ("Abwesenheit", reply("Weg", Subject="Abwesenheitsnotiz: Hello"), InboundKind.AUTO_REPLY, "subject"),
    ("Automatikus válasz", reply("x", Subject="=?utf-8?q?Automatikus_v=C3=A1lasz?="), InboundKind.AUTO_REPLY, "subject"),
    ("a failure", report("Action: failed\nStatus: 5.1.1"), InboundKind.BOUNCE, "delivery report: failed"),
    ("a failure without Action", report("Status: 5.1.1"), InboundKind.BOUNCE, "delivery report: failed"),
    ("a delay", report("Action: delayed\nStatus: 4.4.1"), InboundKind.DELAYED, "delivery report: delayed"),
    ("a delivery", report("Action: delivered\nStatus: 2.0.0"), InboundKind.DELIVERED, "delivery report: delivered"),
    ("a relay", report("Action: relayed\nStatus: 2.0.0"), InboundKind.DELIVERED, "delivery report: delivered"),
    (
        "a notice in prose",
        mail(PROSE, **DAEMON, Subject="Mail delivery failed: returning message to sender"),
        InboundKind.BOUNCE,
        "notice of a mail system",
    ),
    (
        "a warning in prose",
        mail("Later", **DAEMON, Subject="Warning: message delayed"),
        InboundKind.DELAYED,
        "notice of a mail system",
    ),
    (
        "Exim's header",
        mail(PROSE, From="x@mx.example.net", X_Failed_Recipients="dana@acme.example.org"),
        InboundKind.BOUNCE,
        "notice of a mail system",
    ),
    ("somebody who asks about a bounce", reply("?", Subject="Re: Undeliverable: Hello"), InboundKind.REPLY, "references"),
    ("a complaint", feedback("abuse"), InboundKind.COMPLAINT, "feedback report: abuse"),
    ("an opt-out by feedback", feedback("opt-out"), InboundKind.COMPLAINT, "feedback report: opt-out"),
    ("a DMARC failure", feedback("auth-failure"), InboundKind.AUTH_REPORT, "feedback report: auth-failure"),
    ("not spam", feedback("not-spam"), InboundKind.OTHER, "feedback report: not-spam"),
    (
        "Outlook.com's complaint",
        mail(f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {OURS}\n\nx\n--b--", From="staff@hotmail.com",
             Content_Type="multipart/mixed; boundary=b"),
        InboundKind.COMPLAINT,
        "form of Outlook.com",
    ),
    (
        "a read receipt",
        reply("Read", Content_Type="multipart/report; report-type=disposition-notification; boundary=b"),
        InboundKind.READ_RECEIPT,
        "read receipt",
    ),
    ("a mail to List-Unsubscribe", mail("", From="a@b.org", Subject="unsubscribe"), InboundKind.UNSUBSCRIBE, "subject"),
    ("no From", mail("Hello", Subject="x"), InboundKind.OTHER, "no sender"),
    ("nothing", b"", InboundKind.OTHER, "no sender"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "kind", "rule"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS]
)
def test_a_mail_is_known_by_its_headers(raw: bytes, kind: InboundKind, rule: str) -> None:
    found = classify(raw)
    assert (found.kind, found.rule) == (kind, rule)


# -- words alone: no header and no subject tells ---------------------------------------------------

AUTOMATIC = [
    "I'm OOO until March 9 and will reply when I'm back.",
    (
        "Hello and thanks for reaching out. I'm away from my desk until 10th March. If urgent contact "
        "my colleague Joe."
    ),
    "Please note that I am on annual leave until 9th March with no access to emails.",
    "Hi there, I am traveling on business this week and may be slow to respond.",
    "I will be out of the office from 2 March returning 9 March. I will respond to your email on my return.",
    "Thank you for your message. I am attending a conference and will have limited access to email.",
    "I'm currently on maternity leave. Please contact Jane at jane@acme.example for assistance.",
    "Our office is closed today for a public holiday. We will reply tomorrow.",
    "I only work Tuesdays to Thursdays. I will respond to your email when I'm next in the office.",
    (
        "Thank you for your e-mail. Please be advised that I am no longer with Acme Corp. Please contact "
        "it@acme.example."
    ),
    "I have left Acme. Please contact info@acme.example",
    (
        "Thank you for contacting us. Your enquiry is important to us and a member of our team will "
        "respond shortly."
    ),
    "Thanks for getting in touch! We've received your email and will reply within 2 business days.",
    "Your email has been received. A ticket has been opened: #55120.",
    "This is an automated message. Please do not reply.",
    "This email account is no longer monitored. Please contact hello@acme.example.",
    "Guten Tag, ich bin am 09.03.2026 wieder im Büro. Ihre E-Mail wird nicht weitergeleitet.",
    (
        "Vielen Dank für Ihre E-Mail. Ich befinde mich bis 09.03. im Urlaub und habe keinen Zugriff "
        "auf meine Mails."
    ),
    "Ich bin zur Zeit auf Dienstreise und nur eingeschränkt erreichbar. ",
    "Sehr geehrte Damen und Herren, aktuell bin ich in Elternzeit. Meine Vertretung übernimmt Frau Roth.",
    "Danke für Ihre Nachricht! Unser Büro ist bis zum 6. Januar geschlossen. ",
    "Ich arbeite nicht mehr bei der Firma GmbH. Bitte wenden Sie sich an info@firma.example.",
    "Vielen Dank für Ihre Anfrage. Diese ist bei uns eingegangen und wird schnellstmöglich bearbeitet.",
    "Sie erhalten diese Nachricht automatisch. Wir melden uns zeitnah bei Ihnen.",
    "Jelenleg nem vagyok az irodában, március 9-től vagyok újra elérhető.",
    "Tisztelt Partnerünk! Szabadság miatt 2026.03.02-2026.03.06. között nem vagyok elérhető.",
    "Üzenetét megkaptuk, kollégáink hamarosan válaszolnak.",
    "Köszönöm megkeresését. Betegség miatt távol vagyok, sürgős esetben hívja kollégámat.",
    "Bonjour, je suis en déplacement cette semaine, je prendrai connaissance de votre message à mon retour.",
    "Je suis en congé maternité. Merci de vous adresser à Mme Roux.",
    "Merci pour votre message. Je suis en arrêt maladie, pour toute urgence contactez le standard.",
    "Nous vous remercions de votre message, nous le traiterons dans les meilleurs délais.",
    "Je ne travaille plus chez Société. Merci de contacter accueil@societe.example.",
    "Hola, actualmente me encuentro de vacaciones. Le responderé a mi regreso el 9 de marzo.",
    "Gracias por su correo. Estoy de baja por maternidad. Para cualquier consulta, contacte con Luz.",
    "Su mensaje ha sido recibido. En breve nos pondremos en contacto con usted.",
    "Ya no trabajo en Empresa. Por favor dirija sus correos a info@empresa.example.",
    "Buongiorno, sono in ferie fino al 9 marzo. Risponderò al mio rientro.",
    "Grazie per il messaggio. Sarò fuori sede per lavoro fino a venerdì, con accesso limitato alla posta.",
    "La ringraziamo per averci scritto, le risponderemo il prima possibile.",
    "Ik ben momenteel met zwangerschapsverlof. Voor vragen kunt u terecht bij Kees.",
    "Bedankt voor je mail. Ik ben deze week niet aanwezig en reageer na mijn vakantie.",
    "Op dit moment ben ik niet op kantoor. Uw mail wordt niet doorgestuurd.",
    "Wij hebben uw mail in goede orde ontvangen en nemen zo snel mogelijk contact op.",
    "Dziękuję za wiadomość. Obecnie jestem na urlopie macierzyńskim. Zastępuje mnie Jan Kowalski.",
    "Dzień dobry, jestem poza biurem do 9 marca. Odpowiem po powrocie.",
    "Państwa zgłoszenie zostało przyjęte. Odpowiemy w ciągu 24 godzin.",
    "Nie pracuję już w firmie. Proszę o kontakt z biuro@firma.example.",
    "Jeg er på ferie til og med 9. mars og svarer på e-post når jeg er tilbake.",
    "Olá, estou ausente até 9 de março, respondo no meu regresso.",
]
PERSONAL = [
    "Is this an automated email?",
    "Stop sending me your automated emails.",
    "Your automated response did not help. Please call me.",
    "Ist das eine automatische Nachricht?",
    "We get many such automated messages, sorry.",
    "Thanks, but we're not interested.",
    "I'm on holiday next week but would love to talk the week after. Does the 16th work?",
    "Sorry for the late reply, I was on vacation. Let's talk on Thursday.",
    "I was out of the office last week and only now saw your mail. Please send me more details.",
    "I'm out until Monday, can we speak on Tuesday?",
    "Thanks for your email. Please send a quote for 40 users.",
    "Thank you for reaching out. We already use Fiix and are happy with it.",
    "I have received your quote and will share it with my boss.",
    "We're closed on Friday, so Monday works better for me. 10am?",
    "Dana is on maternity leave, I'm covering for her. What's this about?",
    "I'm not the right person, please contact jane@acme.example.",
    "Please contact Eva Roe, she is in charge of maintenance.",
    "John no longer works here. Eva Roe took over his role.",
    "I will be back in the office on Monday and will call you then.",
    "I'm travelling at the moment, but yes, let's set up a call. Tuesday 3pm?",
    "Got it, thanks. I'll get back to you shortly.",
    "Do not reply to this thread, write to my private address instead: d@x.example",
    "Stop emailing me.",
    "Your mail landed in spam, by the way. We'd like a demo.",
    "Ich bin ab Montag wieder im Büro, dann können wir gerne telefonieren.",
    "Vielen Dank für Ihre Nachricht. Wir haben aktuell keinen Bedarf.",
    "Danke für die Unterlagen, ich habe sie erhalten. Was kostet das?",
    "Ich bin nicht zuständig, bitte wenden Sie sich an Frau Roth.",
    "Herr Meier arbeitet nicht mehr bei uns, ich bin jetzt zuständig. Worum geht es?",
    "Köszönöm a levelét, de most nem érdekel minket.",
    "Jövő héten szabadságon vagyok, utána hívjon fel kérem.",
    "Megkaptam az anyagot, köszönöm, átnézem és jelentkezem.",
    "Je suis en vacances la semaine prochaine, rappelez-moi après le 16.",
    "Merci pour votre message, mais nous ne sommes pas intéressés.",
    "J'ai bien reçu votre proposition. Pouvez-vous préciser le prix ?",
    "Estoy de viaje, pero podemos hablar el lunes por la tarde.",
    "Gracias por la información, lo comentaré con mi equipo.",
    "Sono in ferie la prossima settimana, mi chiami lunedì 16.",
    "Grazie, ho ricevuto il materiale. Quanto costa?",
    "Ik ben vandaag niet op kantoor, bel me morgen maar.",
    "Bedankt voor de informatie, we hebben geen interesse.",
    "W przyszłym tygodniu jestem na urlopie, proszę zadzwonić 16 marca.",
    "Dziękuję za ofertę, przekażę ją szefowi.",
    "Bitte keine Mails mehr.",
    "Not now. Try again in autumn.",
    "Who gave you my address?",
    "Call me: +49 30 1234",
    "I'm no longer responsible for purchasing, my colleague Eva is.",
    "We do not accept unsolicited mail. Remove me.",
    "We have forwarded your message to our purchasing department; they will contact you if interested.",
    "Yes, we received the ticket offer. Which date is best?",
    "Can you resend? The attachment was deleted by our filter.",
    "I read your message with interest. We decide in two months.",
    "Our plant is closed in August, so start in September please.",
]


@pytest.mark.parametrize("text", AUTOMATIC)
def test_an_auto_reply_without_headers_is_known_by_its_words(text: str) -> None:
    assert classify(reply(text, Content_Type="text/plain; charset=utf-8")).kind is InboundKind.AUTO_REPLY


QUOTE = "\n\nOn Mon, 2 Mar 2026 at 09:00, Anna Berg <anna@example.com> wrote:\n\n> Hello\n"


@pytest.mark.parametrize("text", PERSONAL)
def test_what_a_person_writes_is_a_reply(text: str) -> None:
    for written in (text, text + QUOTE):
        assert classify(reply(written, Content_Type="text/plain; charset=utf-8")).kind is InboundKind.REPLY


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Automatic reply: Hello", InboundKind.AUTO_REPLY),
        ("[EXTERNAL] Automatic reply: Hello", InboundKind.AUTO_REPLY),
        ("Out of Office Re: Hello", InboundKind.AUTO_REPLY),
        ("Auto: Hello", InboundKind.AUTO_REPLY),
        ("Autosvar: Hello", InboundKind.AUTO_REPLY),
        ("Réponse automatique : Hello", InboundKind.AUTO_REPLY),
        ("Respuesta automática: Hello", InboundKind.AUTO_REPLY),
        ("Automatisch antwoord: Hello", InboundKind.AUTO_REPLY),
        ("Odpowiedź automatyczna: Hello", InboundKind.AUTO_REPLY),
        ("Resposta automática: Hello", InboundKind.AUTO_REPLY),
        ("Automatická odpověď: Hello", InboundKind.AUTO_REPLY),
        ("自动回复: Hello", InboundKind.AUTO_REPLY),
        ("Re: Hello (out of office)", InboundKind.AUTO_REPLY),
        ("Re: Automatic doors in plant 2", InboundKind.REPLY),
        ("Urlaub bis 13.03.", InboundKind.AUTO_REPLY),
        ("Szabadságon", InboundKind.AUTO_REPLY),
        ("Absent jusqu'au 13 mars", InboundKind.AUTO_REPLY),
        ("Vakantie: Hello", InboundKind.AUTO_REPLY),
        ("Urlaubsplanung im Werk", InboundKind.REPLY),
        ("Semester project with your tool", InboundKind.REPLY),
        ("Holiday bookings in the plant", InboundKind.REPLY),
        ("Vacances scolaires et maintenance", InboundKind.REPLY),
        ("Automatic doors", InboundKind.REPLY),
        ("Re: Your out of office partner", InboundKind.REPLY),
        ("Urgent: our order", InboundKind.REPLY),
        ("Absolutely", InboundKind.REPLY),
    ],
)
def test_a_subject_begins_as_machines_begin_it(subject: str, kind: InboundKind) -> None:
    assert classify(reply("Hello there", Subject=subject)).kind is kind


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Auto_Submitted": "auto-generated"}, InboundKind.AUTO_REPLY),
        ({"Auto_Submitted": "auto-notified"}, InboundKind.AUTO_REPLY),
        ({"X_Autoreply": "no"}, InboundKind.REPLY),
        ({"X_Mail_Autoreply": "dana"}, InboundKind.AUTO_REPLY),
        ({"X_AutoReply_From": "dana@acme.example.org"}, InboundKind.AUTO_REPLY),
        ({"Preference": "auto_reply"}, InboundKind.AUTO_REPLY),
        ({"X_Precedence": "auto_reply"}, InboundKind.AUTO_REPLY),
        ({"X_POST_MessageClass": "9; Autoresponder"}, InboundKind.AUTO_REPLY),
        ({"Delivered_To": "Autoresponder"}, InboundKind.AUTO_REPLY),
        ({"X_MS_Exchange_Generated_Message_Source": "Mailbox Rules Agent"}, InboundKind.AUTO_REPLY),
        ({"X_Auto_Response_Suppress": "None"}, InboundKind.REPLY),
        ({"X_Auto_Response_Suppress": "DR, RN, NRN"}, InboundKind.REPLY),
        ({"X_Autogenerated": "Forward"}, InboundKind.REPLY),
        ({"From": "autoreply@acme.example.org"}, InboundKind.AUTO_REPLY),
        ({"From": "no-reply@acme.example.org"}, InboundKind.AUTO_REPLY),
    ],
)
def test_a_header_tells_whether_a_machine_answers(headers: dict[str, str], kind: InboundKind) -> None:
    assert classify(reply("Hello", **headers)).kind is kind


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Please unsubscribe me", InboundKind.UNSUBSCRIBE),
        ("Unsubscribe from this list", InboundKind.UNSUBSCRIBE),
        ("opt-out", InboundKind.UNSUBSCRIBE),
        ("Newsletter abbestellen", InboundKind.UNSUBSCRIBE),
        ("Désinscription", InboundKind.UNSUBSCRIBE),
        ("baja", InboundKind.UNSUBSCRIBE),
        ("Cancellazione", InboundKind.UNSUBSCRIBE),
        ("Uitschrijven", InboundKind.UNSUBSCRIBE),
        ("Wypisanie", InboundKind.UNSUBSCRIBE),
        ("Stop wasting energy", InboundKind.REPLY),
        ("Remove the old machine", InboundKind.REPLY),
        ("How do people unsubscribe from your system?", InboundKind.REPLY),
    ],
)
def test_a_subject_that_only_unsubscribes_is_no_reply(subject: str, kind: InboundKind) -> None:
    encoded = mail("", From="dana@acme.example.org", Subject=subject)
    assert classify(encoded).kind is kind


BASE = "Date: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <x@y>\n"
WHOLE = [
    (
        InboundKind.AUTH_REPORT,
        "From: DMARC Reporter <dmarc@enterprise.example>\n"
        "Subject: Dmarc Aggregate Report Domain: {example.com} Submitter: {enterprise} Date: {2026-03-01} "
        "Report-ID: {abc}",
        "x",
    ),
    (
        InboundKind.AUTH_REPORT,
        "From: noreply@dmarc.yahoo.com\n"
        "Subject: Report Domain: example.com Submitter: yahoo.example Report-ID: <1772.3>\n"
        "Content-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/plain\n\nThis is an aggregate report from Yahoo."
        "\n--b\nContent-Type: application/gzip\n"
        'Content-Disposition: attachment; filename="yahoo.example!example.com!1772323200!1772409599.xml.gz"\n\nH4s\n--b--',
    ),
    (
        InboundKind.READ_RECEIPT,
        "From: Dana <dana@a.example>\nSubject: Read: Hello\nIn-Reply-To: <a@b>",
        "Your message\n\nTo: Dana\nSubject: Hello\n\nwas read on 02.03.2026 10:00.",
    ),
    (
        InboundKind.READ_RECEIPT,
        "From: Dana <dana@a.example>\nSubject: Gelesen: Hello",
        "Das ist eine Empfangsbestätigung für eine Mail, die Sie an dana@a.example gesendet haben.\nDie "
        "Nachricht wurde am 02.03. gelesen.",
    ),
    (
        InboundKind.REPLY,
        "From: Dana <dana@a.example>\nSubject: Read: our article\n",
        "Hi Anna, have you read our article? Happy to discuss.",
    ),
    (
        InboundKind.REPLY,
        "From: Lu Chen <lu@a.example>\nSubject: Lu: Hello\n",
        "Hi, call me please.",
    ),
    (
        InboundKind.CHALLENGE,
        "From: dana@a.example\nSubject: Sender Verification Required\nAuto-Submitted: auto-replied",
        "Hello, my mailbox is protected against spam. Your message will be delivered once you verify "
        "that you are human: click the following link https://v.example/1",
    ),
    (
        InboundKind.CHALLENGE,
        "From: no-reply@filter.example\nSubject: Re: Hello",
        "Your email to dana@a.example has been quarantined because you are not on her approved senders "
        "list. Click the link below to release your message.",
    ),
    (
        InboundKind.CHALLENGE,
        "From: dana@a.example\nSubject: Confirme su mensaje",
        "Su mensaje ha sido retenido por el filtro antispam. Haga clic en el enlace para que sea entregado.",
    ),
    (
        InboundKind.CHALLENGE,
        "From: dana@a.example\nSubject: Votre message est en attente",
        "Bonjour, votre message a été bloqué par notre anti-spam. Pour prouver que vous êtes un humain, "
        "cliquez ici et votre message sera remis.",
    ),
    (
        InboundKind.REPLY,
        "From: dana@a.example\nSubject: Re: Hello\nIn-Reply-To: <a@b>",
        "Your email went to my spam folder, I only found it today. Can you confirm that you integrate "
        "with SAP? Please click through our spec before the call.",
    ),
    (
        InboundKind.REPLY,
        "From: dana@a.example\nSubject: Please confirm your message\n",
        "Hi Anna, did you really write the message below? Please confirm.",
    ),
    (
        InboundKind.UNSUBSCRIBE,
        "From: dana@a.example\nSubject: UNSUBSCRIBE dana@a.example",
        "",
    ),
    (
        InboundKind.UNSUBSCRIBE,
        "From: dana@a.example\nSubject: unsubscribe:mfzwizltobswk3tt",
        "",
    ),
    (
        InboundKind.UNSUBSCRIBE,
        "To: unsubscribe-mfzwizltobswk3tt@example.com\nFrom: dana@a.example\nSubject: Hello",
        "",
    ),
    (
        InboundKind.UNSUBSCRIBE,
        "From: dana@a.example\nSubject: Please remove me from your mailing list",
        "",
    ),
    (
        InboundKind.UNSUBSCRIBE,
        "From: dana@a.example\nSubject: Kérem töröljenek",
        "",
    ),
    (
        InboundKind.REPLY,
        "From: dana@a.example\nSubject: Re: Hello\nIn-Reply-To: <a@b>",
        "Please unsubscribe me.",
    ),
    (
        InboundKind.OTHER,
        "From: LinkedIn <invitations@linkedin.example>\n"
        "Subject: Dana wants to connect\n"
        "List-Unsubscribe: <https://l.example>",
        "Dana wants to connect with you",
    ),
    (
        InboundKind.OTHER,
        "From: Dana <dana@a.example>\n"
        "Subject: Your order 123 has shipped\n"
        "Auto-Submitted: auto-generated\n"
        "List-Unsubscribe: <https://l.example>",
        "Track it here.",
    ),
    (
        InboundKind.OTHER,
        "From: Google Calendar <calendar-notification@google.example>\n"
        "Subject: Declined: Call @ Mon Mar 9\n"
        "Content-Type: multipart/alternative; boundary=b\n"
        "In-Reply-To: <a@b>",
        "--b\nContent-Type: text/plain\n\nDana Doe has declined this invitation.\n\nCall\nMonday\n--b\nContent-Type: "
        "text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n--b--",
    ),
    (
        InboundKind.OTHER,
        "From: GitHub <noreply@github.example>\n"
        "Subject: [acme/x] Issue #3\n"
        "List-ID: <x.github.example>\n"
        "X-GitHub-Reason: mention",
        "Dana mentioned you",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Acme <support@a.example>\nSubject: Request received: Hello",
        "Your request (#1234) has been received and is being reviewed by our support team.",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Acme HR <jobs@a.example>\nSubject: Thank you for your interest in Acme",
        "This is an automatic confirmation that we received your message.",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Dana <dana@a.example>\n"
        "Subject: Re: Hello\n"
        "In-Reply-To: <a@b>\n"
        "X-Auto-Response-Suppress: All\n"
        "Content-Type: text/html",
        "<div>Ich bin bis 13.03. nicht im B&uuml;ro.</div>",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Dana <dana@a.example>\nSubject: =?iso-8859-1?Q?Abwesenheitsnotiz=3A_Gr=FC=DFe?=",
        "weg",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Dana <dana@a.example>\nSubject: Dana Doe is on vacation",
        "Back on 16 March.",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Dana <dana@a.example>\n"
        "Subject: I have moved / my new email address\n"
        "Precedence: bulk\n"
        "In-Reply-To: <a@b>",
        "My new address is x@y.example",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Dana <dana@a.example>\nSubject: Vacation: Hello",
        "gone",
    ),
    (
        InboundKind.AUTO_REPLY,
        "From: Dana <dana@a.example>\n"
        "Subject: Re: Hello\n"
        "In-Reply-To: <a@b>\n"
        'Auto-Submitted: auto-replied; owner-email="dana@a.example"',
        "gone",
    ),
    (
        InboundKind.REPLY,
        "From: Dana <dana@a.example>\n"
        "Subject: Re: vacation planning tool\n"
        "In-Reply-To: <a@b>\n"
        "X-MS-Exchange-Inbox-Rules-Loop: dana@a.example",
        "Please send a quote.\n\n> old",
    ),
    (
        InboundKind.REPLY,
        "From: Dana <dana@a.example>\n"
        "Subject: Aw: Angebot\n"
        "X-Mailer: Apple Mail\n"
        "In-Reply-To: <a@b>\n"
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "Bitte senden Sie mir das Angebot.\n\nVon: Anna\nGesendet: Montag\nAn: Dana\nBetreff: x\n\nalt",
    ),
    (
        InboundKind.COMPLAINT,
        "From: Abuse <abuse-noreply@host.example>\n"
        "Subject: [Abuse] Complaint received for 198.51.100.7\n"
        "Content-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/plain\n\nWe received a spam complaint about the attached message.\n--b\nContent-Type: "
        "message/rfc822\n\nMessage-ID: <m@example.com>\nTo: d@x.example\n\nhi\n--b--",
    ),
    (
        InboundKind.COMPLAINT,
        "From: feedback@provider.example\n"
        "Subject: Message reported as spam\n"
        "Content-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/plain\n\nhi\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <m@example.com>\nTo: "
        "d@x.example\n\nhi\n--b--",
    ),
]


@pytest.mark.parametrize(("kind", "headers", "body"), WHOLE)
def test_a_whole_mail_is_told_from_its_neighbours(kind: InboundKind, headers: str, body: str) -> None:
    to = "" if headers.startswith("To:") else "To: anna@example.com\n"
    raw = f"{BASE}{to}{headers}\n\n{body}".replace("\n", "\r\n").encode()
    assert classify(raw).kind is kind


WORDS = st.sampled_from([
    "I am", "out of the office", "until", "thank you for", "your mail", "this is an automated", "message", "click here",
    "spam", "is held", "\n>", "wrote:\n", "bin im urlaub", "?", "\n", "<div>", "unsubscribe", "has been received", "é",
])  # fmt: skip


@given(st.lists(WORDS, max_size=40), st.lists(WORDS, max_size=5))
def test_every_mail_has_a_kind_and_a_short_rule(body: list[str], subject: list[str]) -> None:
    raw = reply(" ".join(body), Subject=" ".join(subject).replace("\n", " "))
    kind, rule = kind_of(take_apart(raw))
    assert isinstance(kind, InboundKind)
    assert 0 < len(rule) <= 64
    assert kind_of(take_apart(raw)) == (kind, rule)
