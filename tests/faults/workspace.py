"""The files of a run: one campaign of three mails without waits, one sender, two reps."""

from __future__ import annotations

from pathlib import Path

from outreach.domain.policies import Sender

STEPS = ("first", "second", "third")
RECIPIENTS = "recipients.example.net"  # no log may hold this: it stands in the address of every lead
SENDER_DOMAIN = "sender.example.com"
SENDER = f"anna@{SENDER_DOMAIN}"

FUNNEL = """
scoring:
  points:
    - {event: clicked, points: 1}
moves:
  - {from: suspect, to: mql, if: lead.score >= 1000, because: never in a run}
"""
TEAM = """
reps:
  - {name: rita, full_name: Rita Rep, email: rita@reps.example.org}
  - {name: ron, full_name: Ron Rep, email: ron@reps.example.org}
hours: {days: mon-sun, hours: "00:00-24:00", timezone: UTC, holidays: none}
fallback: ron
"""
SENDERS = """
organisation: {{name: Example Ltd, postal_address: "1 High Street, London", timezone: UTC, country: GB}}
senders:
  - {{name: anna, full_name: Anna Berg, address: {address}, per_day: 1000000{in_doubt}}}
"""
CAMPAIGN = """
campaign: run
audience: {{stage: suspect}}
window: {{days: mon-sun, hours: "00:00-24:00", timezone: UTC, holidays: none}}
senders: [anna]
steps:
{notify}  - email: first
  - email: second
    same_thread: true
  - email: third
"""
NOTIFY = "  - notify: {to: rita, text: notes/heard}\n"
TEMPLATES = {
    "layout.html": """<html><body>{{ content }}<p>{{ organisation.name }}, {{ organisation.postal_address }}</p>
<p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p></body></html>""",
    "layout.txt": "{{ content }}\n\n{{ organisation.postal_address }}\nUnsubscribe: {{ unsubscribe_url }}\n",
    "first.md": "---\nsubject: Hello {{ lead.first_name }}\n---\nHello, [read this](https://example.com/a).\n",
    "second.md": "---\nsubject: Again\n---\nDid you see it, {{ lead.first_name }}?\n",
    "third.md": "---\nsubject: A last word\n---\nThis is [the last mail](https://example.com/b).\n",
    "notes/handoff.md": "---\nsubject: Hand-off\n---\n{{ reason }}\n{{ accept_url }}\n{{ reject_url }}\n",
    "notes/heard.md": "---\nsubject: New lead\n---\n{{ lead.email }} is being written to.\n",
}


def write(folder: Path, *, in_doubt: int, notify: bool) -> None:
    """Write campaigns/ and templates/ below `folder`; `notify` has a rep told of every lead."""
    doubt = f", in_doubt: {in_doubt}" if "in_doubt" in Sender.model_fields else ""
    files = {f"templates/{name}": text for name, text in TEMPLATES.items()} | {
        "campaigns/funnel.yaml": FUNNEL,
        "campaigns/team.yaml": TEAM,
        "campaigns/senders.yaml": SENDERS.format(address=SENDER, in_doubt=doubt),
        "campaigns/run.yaml": CAMPAIGN.format(notify=NOTIFY if notify else ""),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
