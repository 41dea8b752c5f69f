"""What mails are made of, in the words of real programs and people: for the fuzzers to put together wrongly."""

from __future__ import annotations

SUBJECTS = (
    "Re: Hello", "AW: Angebot", "Fwd: Hello", "Automatic reply: Hello", "Abwesenheitsnotiz", "Out of office",
    "unsubscribe", "Undelivered Mail Returned to Sender", "Delivery Status Notification (Failure)",
    "Delivery delayed", "failure notice", "Undeliverable: Hello", "Read: Hello", "Gelesen: Hello",
    "Report Domain: example.com Submitter: example.net Report-ID: 1", "complaint about message from 192.0.2.1",
    "Please confirm your message", "=?utf-8?q?V=C3=A1=3A_Hello?=", "=?iso-8859-2?b?yQ==?=", "=?utf-8?b?w?=", "",
)  # fmt: skip

SENDERS = (
    "Dana Doe <dana@example.org>", "MAILER-DAEMON@mx.example.net",
    "Mail Delivery System <MAILER-DAEMON@mx.example.net>", "postmaster@example.org", "staff@hotmail.com",
    "noreply@example.org", "a@example.org, b@example.org", "<>", "undisclosed",
    '"x@y.example" <dana@b\u00fccher.example>', "=?utf-8?q?D=C3=A1na?= <dana@example.org>",
    "dana@example.org (Dana)", "",
)  # fmt: skip

FIELDS = (
    "Auto-Submitted: auto-replied", "Auto-Submitted: no", "Return-Path: <>", "Precedence: bulk",
    "X-Autoreply: yes", "X-Auto-Response-Suppress: All", "X-Failed-Recipients: dana@example.org",
    "In-Reply-To: <m1.abc@example.com>", "References: <a@example.com> <m1.abc@example.com>",
    "List-Unsubscribe: <https://example.org/u>", "List-Id: <l.example.org>",
    "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", "Feedback-ID: 1", "X-Loop: dana@example.org",
    "To: b+aaaabbbbccccddddeeee@bounces.example.com",
    "Delivered-To: SRS0=x1y2=zz=example.com=b+aaaabbbbccccddddeeee@example.net",
    "Date: Mon, 2 Mar 2026 10:00:00 +0100", "Date: 99 Foo 2026 99:99", "Date: Mon, 31 Dec 9999 23:59:59 -2359",
    "Date:", "Message-ID: <h1@example.org>", "MIME-Version: 1.0", "From: eve@example.net", "X-Broken",
    " a fold of nothing", "\tand a tab",
)  # fmt: skip

LINES = (
    "Yes, please call me on Tuesday.", "We decide in two months.", "I need it this week", "What does it cost?",
    "Not interested, we use Fiix until 31 December 2027.", "Please remove me from your list.",
    "Bitte schreiben Sie im Herbst.", "Köszönöm, nem érdekel.", "Non merci, contactez jean@example.org",
    "Ich bin bis 15.03.2026 nicht im Büro.", "I will be back on 16 March.",
    "Jane Doe (jane@example.org) handles this.", "How dare you", "Nein danke", "STOP", "ok", "",
    "On Mon, 2 Mar 2026 at 09:00, Anna Berg <anna@example.com> wrote:", "Am 02.03.2026 um 09:00 schrieb Anna:",
    "> quoted", ">> twice", "-----Original Message-----", "From: Anna", "Sent: Monday", "To: Dana",
    "Subject: Hello", "________________________________", "Von: Anna", "Gesendet: Montag", "-- ", "--",
    "Kind regards,", "Dana Doe", "Sent from my iPhone", "Virus-free. www.example.com",
    "This message was created automatically by mail delivery software.",
    "Hi. This is the qmail-send program at example.net.", "<dana@example.org>:", "  dana@example.org",
    "    550 5.1.1 User unknown", "550 5.2.2 Mailbox full", "554 5.7.1 Blocked by Spamhaus",
    "452 4.2.2 over quota",
    "dana@example.org: host mx.example.org[192.0.2.1] said: 550 No such user (in reply to RCPT TO command)",
    "   ----- The following addresses had permanent fatal errors -----", "Reporting-MTA: dns; mx.example.net",
    "Final-Recipient: rfc822; dana@example.org", "Original-Recipient: rfc822;dana@example.org",
    "Action: failed", "Action: delayed", "Status: 5.1.1", "Status: 5.0.0", "Status: 4.4.7 (expired)",
    "Diagnostic-Code: smtp; 550 5.1.1 No such user", "Feedback-Type: abuse",
    "Original-Rcpt-To: dana@example.org", "Message-ID: <m1.abc@example.com>",
    "Disposition: automatic-action/MDN-sent-automatically; displayed", "<div>", "</div>",
    "<blockquote type=cite>", "</blockquote>", "<div class='gmail_quote'>", "<div id=appendonsend></div>",
    "<br>", "<p>", "<style>p{}</style>", "&nbsp;", "<!--", "-->", "<a href='x'>", "begin 644 a.bin",
    "M" + "8" * 60, "end", "\x00", "\r", "\x0c", "\ufeff", "\u202e", "\u2028", "😀", "日本語", "a" * 300,
)  # fmt: skip

TYPES = (
    "text/plain", "text/plain; charset=utf-8", "text/plain; charset=iso-8859-1", "text/plain; charset=utf-16",
    "text/plain; charset=x", "text/plain; format=flowed; delsp=yes", "text/html; charset=utf-8", "TEXT/HTML",
    "message/delivery-status", "message/rfc822", "message/global-delivery-status", "text/rfc822-headers",
    "message/feedback-report", "message/disposition-notification", "application/ms-tnef",
    "application/pkcs7-mime", "text/calendar; method=REPLY", "application/zip", "image/png", "text", "",
)  # fmt: skip

CONTAINERS = (
    "multipart/mixed", "multipart/alternative", "multipart/report; report-type=delivery-status",
    "multipart/related", "multipart/report; report-type=feedback-report",
    "multipart/report; report-type=disposition-notification", "multipart/signed", "multipart/report",
    "multipart/encrypted", "Multipart/X",
)  # fmt: skip

ENCODINGS = ("", "7bit", "8bit", "quoted-printable", "base64", "x-uuencode", "Base64 ", "binary", "no-such")

CHARSETS = ("utf-8", "iso-8859-1", "cp1250", "utf-16", "utf-7", "iso-2022-jp", "gb18030")
