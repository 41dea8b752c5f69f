"""What people say in replies, a module for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.dutch import DUTCH
from outreach.domain.inbound.intents.tongues.english import ENGLISH
from outreach.domain.inbound.intents.tongues.french import FRENCH
from outreach.domain.inbound.intents.tongues.german import GERMAN
from outreach.domain.inbound.intents.tongues.hungarian import HUNGARIAN
from outreach.domain.inbound.intents.tongues.italian import ITALIAN
from outreach.domain.inbound.intents.tongues.pairs import PAIRS
from outreach.domain.inbound.intents.tongues.polish import POLISH
from outreach.domain.inbound.intents.tongues.spanish import SPANISH

TONGUES: Mapping[str, Tongue] = {
    tongue.code: replace(tongue, phrases={**tongue.phrases, **PAIRS[tongue.code]})
    for tongue in (ENGLISH, GERMAN, HUNGARIAN, FRENCH, SPANISH, ITALIAN, DUTCH, POLISH)
}
"""Every language whose phrases are known, by its ISO 639-1 code."""
