"""Opens never promote: funnel.yaml can not even say so."""

from __future__ import annotations

import pytest

from outreach.domain.funnel import FunnelError, compile_funnel
from outreach.domain.policies import Funnel


@pytest.mark.parametrize(
    ("funnel", "path"),
    [
        (
            {"scoring": {"points": [{"event": "clicked", "points": 1}, {"event": "opened", "points": 1}]}},
            ("scoring", "points", 1, "event"),
        ),
        ({"moves": [{"from": "suspect", "to": "mql", "if": "opened()", "because": "x"}]}, ("moves", 0, "if")),
        (
            {
                "moves": [
                    {"from": "mql", "to": "sql", "if": 'lead.score > 9 or happened("opened")', "because": "x"}
                ]
            },
            ("moves", 0, "if"),
        ),
    ],
)
def test_an_open_promotes_nobody(funnel: dict[str, object], path: tuple[str | int, ...]) -> None:
    with pytest.raises(FunnelError, match="never promote") as refused:
        compile_funnel(Funnel.model_validate(funnel))
    assert refused.value.path == path


def test_that_a_mail_was_not_opened_may_move_a_lead_down() -> None:
    move = {
        "from": "mql",
        "to": "suspect",
        "if": "not opened()",
        "after": "30 days",
        "because": "interest faded",
    }
    assert compile_funnel(Funnel.model_validate({"moves": [move]})).moves
