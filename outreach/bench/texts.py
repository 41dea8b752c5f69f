"""The files of the benchmark's workspace: one campaign with one mail, whose text the plain baseline sends too."""

from __future__ import annotations

BASE_URL = "http://127.0.0.1:8025"
SITE = "https://kestrel.example.com"

FUNNEL = """
scoring:
  points:
    - {event: visited, points: 1, at_most: 5}
moves:
  - {from: [suspect, mql], to: sql, if: submitted("demo-request"), because: wants to buy}
"""
TEAM = """
reps:
  - {name: rita, full_name: Rita Rep, email: rita@kestrel.example.com, capacity: 10000000}
hours: {days: mon-sun, hours: "00:00-24:00", timezone: UTC, holidays: none}
fallback: rita
"""
ORGANISATION = """
organisation: {name: Kestrel Software, postal_address: "1 High Street, London", timezone: UTC}
senders:
"""
SENDERS = ("anna", "ben", "clara", "david")
SENDER = """  - {{name: {name}, full_name: {full_name} Berg, address: {name}@kestrel.example.com,
     signature: "{full_name} Berg, Kestrel", per_day: 10000000, in_doubt: {in_doubt}}}
"""
CAMPAIGN = """
campaign: bench
audience: {stage: suspect, where: lead.source == "webinar"}
window: {days: mon-sun, hours: "00:00-24:00", timezone: UTC, holidays: none}
senders: [anna, ben, clara, david]
steps:
  - email: first
"""
STYLE = """body { margin: 0; background: #f4f5f3; color: #22302a; }
.letter { max-width: 600px; padding: 24px; font-family: Helvetica, Arial, sans-serif; line-height: 1.5; }
p { margin: 0 0 16px 0; }
a { color: #1d6b52; }"""
LAYOUT = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><style>
{STYLE}
</style></head>
<body><div class="letter">
{{{{ content }}}}
<p>{{{{ sender.signature }}}}</p>
<p>{{{{ organisation.name }}}}, {{{{ organisation.postal_address }}}}<br>
<a href="{{{{ unsubscribe_url }}}}">No more mails from us</a></p>
</div></body>
</html>
"""
LAYOUT_TEXT = """{{ content }}

{{ sender.signature }}

--
{{ organisation.name }}, {{ organisation.postal_address }}
No more mails from us: {{ unsubscribe_url }}
"""
SUBJECT = "{{ lead.first_name }}, what one unplanned stop costs {{ lead.company }}"
PARAGRAPHS = (
    "Hello {{ lead.first_name }},",
    "most plants of the size of {{ lead.company }} lose a working day a month to stops that nobody planned. It is "
    "seldom the machine that is expensive: it is the order that leaves late, and the shift that stands and waits.",
    f"We wrote down how three plants found the ten work orders that matter: [read the guide]({SITE}/guide).",
    "It takes a quarter of an hour, and needs no more than the list of stops that you keep anyway. If you would rather "
    f"see what it comes to at your place, [this sheet]({SITE}/calculator) does the sum with your own numbers.",
    f"And if all that is for a colleague of yours in {{{{ lead.country }}}}, "
    f"[the short version]({SITE}/short) fits on one page.",
    "Best regards",
)
MAIL = f"---\nsubject: '{SUBJECT}'\n---\n" + "\n\n".join(PARAGRAPHS) + "\n"
HANDOFF = "---\nsubject: 'Hand-off {{ lead.last_name }}'\n---\n{{ reason }}\n\n{{ accept_url }}\n\n{{ reject_url }}\n"


def files(in_doubt: int) -> dict[str, str]:
    """Return the workspace, path to text; a killed process leaves at most `in_doubt` mails of a sender unknown."""
    senders = [SENDER.format(name=name, full_name=name.title(), in_doubt=in_doubt) for name in SENDERS]
    return {
        "campaigns/funnel.yaml": FUNNEL,
        "campaigns/team.yaml": TEAM,
        "campaigns/senders.yaml": ORGANISATION + "".join(senders),
        "campaigns/bench.yaml": CAMPAIGN,
        "templates/layout.html": LAYOUT,
        "templates/layout.txt": LAYOUT_TEXT,
        "templates/first.md": MAIL,
        "templates/notes/handoff.md": HANDOFF,
    }
