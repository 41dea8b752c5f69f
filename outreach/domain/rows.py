"""What the columns of a file of leads mean and what may stand in their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NamedTuple

from outreach.domain import addresses, cells, places
from outreach.domain.cells import BadCell
from outreach.domain.words import Consent, Source, Stage
from outreach.errors import InputError

STAGES = (Stage.SUSPECT, Stage.MQL, Stage.CUSTOMER, Stage.LOST, Stage.SET_ASIDE, Stage.DISCARDED)
"""Stages that a lead may come with: the others begin with something that has to happen here."""

NAMES = {
    "email": "e mail, mail, email address, e mail address, mail address, e mail adresse, email adresse, mailadresse",
    "first_name": "firstname, given name, forename, vorname, keresztnév",
    "last_name": "lastname, surname, family name, nachname, familienname, zuname, vezetéknév",
    "title": "job title, jobtitle, position, role, function, funktion, stelle, beruf",
    "company": "company name, organisation, organization, firma, unternehmen, cég",
    "country": "country code, land, staat, ország",
    "language": "lang, locale, sprache, nyelv",
    "timezone": "time zone, tz, zeitzone, időzóna",
    "phone": "telephone, phone number, tel, mobile, telefon, telefonnummer, handy",
    "source": "lead source, quelle, herkunft",
    "source_detail": "source details, event name, quelle detail",
    "consent": "consent basis, legal basis, einwilligung, rechtsgrundlage",
    "consent_note": "consent text, consent proof, einwilligungstext",
    "consent_at": "consent date, consented at, opt in at, opt in date, einwilligung am",
    "stage": "lead stage, funnel stage",
    "stage_at": "stage since, lost at, lost on, customer since, verloren am",
    "lost_reason": "loss reason, reason lost, verlustgrund",
    "competitor": "wettbewerber, mitbewerber",
    "contract_ends_at": "contract end, contract ends, contract end date, vertragsende",
    "purchase_at": "purchase date, buying date, kaufdatum, kauftermin",
}
"""The columns, each with what people call it beside its own name; signs and case say nothing."""

LENGTHS = {
    "first_name": 200, "last_name": 200, "title": 200, "company": 200, "phone": 64,
    "source_detail": 200, "consent_note": 500, "competitor": 200,
    "lost_reason": 64,
}  # fmt: skip

FILLED = tuple(name for name in NAMES if name not in {"email", "source", "consent", "stage", "stage_at"})
"""Columns that a later row may fill where they are empty; the others stay as they first came."""

_FILLABLE = frozenset(FILLED)

BELONGS_TO = {"source_detail": "source", "consent_note": "consent", "consent_at": "consent"}
"""Columns that say more of another one: they are filled only by a row that says the same there."""

Values = dict[str, Any]
Reader = Callable[[str], Any]


class BadRow(ValueError):
    """A row that is not taken; the text says in which column and why."""


def _key(name: str) -> str:
    return " ".join(re.split(r"[\W_]+", name.casefold())).strip() or name.strip()


_BY_NAME = {_key(also): name for name, others in NAMES.items() for also in (name, *others.split(", "))}


@dataclass(frozen=True)
class Layout:
    """Which column stands where."""

    columns: tuple[tuple[int, str], ...]
    ignored: tuple[str, ...]

    def has(self, name: str) -> bool:
        return any(name == known for _, known in self.columns)


def column(header: str, chosen: Mapping[str, str], custom: Iterable[str]) -> str | None:
    """Return what the column of this header is taken for, None where it is not known."""
    key = _key(header)
    by_choice = {_key(written): name for written, name in chosen.items()}
    return by_choice.get(key) or _BY_NAME.get(key) or {_key(name): name for name in custom}.get(key)


def layout(header: Sequence[str], chosen: Mapping[str, str], custom: Iterable[str]) -> Layout:
    """Return the columns of a file with this header; InputError says what is wrong with it.

    `chosen` maps headers to columns by will, `custom` are the fields that funnel.yaml declares.
    """
    custom = tuple(custom)
    _check_choice(header, chosen, custom)
    found: dict[str, int] = {}
    ignored = []
    for position, written in enumerate(header):
        name = column(written, chosen, custom)
        if name is None:
            ignored += [written.strip()] if written.strip() else []
        elif name in found:
            first, second = header[found[name]].strip(), written.strip()
            raise InputError(
                f"the columns {first!r} (number {found[name] + 1}) and {second!r} (number {position + 1}) are both "
                f"taken for {name}; remove one or rename it"
            )
        else:
            found[name] = position
    if "email" not in found:
        raise InputError(_no_address(header))
    return Layout(tuple((position, name) for name, position in found.items()), tuple(ignored))


def _check_choice(header: Sequence[str], chosen: Mapping[str, str], custom: tuple[str, ...]) -> None:
    headers = {_key(written) for written in header}
    for written, name in chosen.items():
        if name not in NAMES and name not in custom:
            raise InputError(
                f"--map {written}={name}: there is no column {name!r}{similar(name, [*NAMES, *custom])}"
            )
        if _key(written) not in headers:
            raise InputError(
                f"--map {written}={name}: the file has no column {written!r}{similar(written, header)}"
            )


def _no_address(header: Sequence[str]) -> str:
    if any("@" in written for written in header):
        return "the first line is no header but a lead; put a line with the names of the columns above it"
    shown = [written.strip()[:40] for written in header[:8] if written.strip()]
    names = ", ".join("".join(sign if sign.isprintable() else "?" for sign in name) for name in shown)
    return f'no column for the address among: {names}; name it with --map "COLUMN=email"'


def similar(written: str, known: Iterable[str]) -> str:
    """Return "; did you mean ...?" where one of the known words is near, else nothing."""
    by_name = {str(word).casefold(): str(word) for word in known}
    near = get_close_matches(written.casefold(), by_name, n=1, cutoff=0.6)
    return f"; did you mean {by_name[near[0]]!r}?" if near else ""


def word(words: Iterable[StrEnum], written: str) -> str:
    """Return the stored word for what is written, whatever its case, spaces and hyphens; BadCell lists them."""
    known = {str(each.value): each for each in words}
    found = "_".join(re.split(r"[\s_-]+", written.strip().casefold()))
    if found in known:
        return found
    near = similar(found, known)
    raise BadCell(f"{written[:40]!r} is none of: {', '.join(known)}{near}")


def _country(written: str) -> str:
    code = places.country(written)
    if code is None:
        raise BadCell(f"{written[:40]!r} is no country; write its ISO code, for example DE")
    return code


def _address(reserved: bool) -> Reader:
    def read(written: str) -> str:
        try:
            return addresses.normalised(written, reserved=reserved)
        except addresses.BadAddress as error:
            raise BadCell(str(error)) from None

    return read


_CUSTOM: Mapping[str, Reader] = {
    "text": cells.text(cells.LONGEST),
    "number": cells.number,
    "yes/no": cells.yes_no,
    "date": lambda written: cells.instant(written).date().isoformat(),  # JSON keeps no times: a day, as text
}


def _readers(custom: Mapping[str, str], reserved: bool) -> dict[str, Reader]:
    readers: dict[str, Reader] = {name: cells.text(length) for name, length in LENGTHS.items()}
    readers |= {name: _CUSTOM[kind] for name, kind in custom.items() if name not in NAMES}
    readers |= dict.fromkeys(("consent_at", "contract_ends_at", "purchase_at", "stage_at"), cells.instant)
    readers |= {
        "email": _address(reserved),
        "country": cells.remembered(_country),
        "language": cells.remembered(cells.language),
        "timezone": places.zone,
        "source": cells.remembered(lambda written: word(Source, written)),
        "consent": cells.remembered(lambda written: word(Consent, written)),
        "stage": cells.remembered(lambda written: word(STAGES, written)),
    }
    return readers


class Incoming(NamedTuple):
    """A person as one row tells of it: normalised address, known columns, declared fields."""

    email: str
    values: Values
    fields: Values


class RowReader:
    """Reads the cells of rows of one layout. `defaults` (already words) stand where a row says nothing."""

    def __init__(
        self,
        layout: Layout,
        custom: Mapping[str, str],
        defaults: Mapping[str, str],
        *,
        reserved: bool = False,
    ) -> None:
        readers = _readers(custom, reserved)
        self._columns = [(position, name, readers[name]) for position, name in layout.columns]
        self._custom = frozenset(name for _, name in layout.columns if name not in NAMES)
        self._defaults = dict(defaults)

    def read(self, row: Sequence[str]) -> Incoming:
        """Return what the row says; BadRow names the column that is wrong."""
        if max(map(len, row)) > cells.LONGEST:
            raise BadRow(f"a cell is longer than {cells.LONGEST:,} characters")
        values = self._values(row)
        email = values.pop("email", None)
        if not email:
            raise BadRow("email: is empty")
        for name in ("source", "consent"):
            if name not in values:
                raise BadRow(f"{name}: is empty; fill it or say --{name} for all rows")
        fields = {name: values.pop(name) for name in self._custom if name in values} if self._custom else {}
        return Incoming(email, values, fields)

    def _values(self, row: Sequence[str]) -> Values:
        values: Values = dict(self._defaults)
        for position, name, read in self._columns:
            cell = row[position].strip()
            if not cell:
                continue
            if cell[0] == "'" and cell[1:2] in ("=", "+", "-", "@"):
                cell = cell[1:]  # what our own rejects file puts before what a spreadsheet would calculate
            try:
                found = read(cell)
            except BadCell as error:
                raise BadRow(f"{name}: {error}") from None
            if found is not None and found != "":
                values[name] = found
        return values


def with_zone(values: Values) -> Values:
    """Return the values with the time zone that follows from the country, where none is stated."""
    if values.get("timezone") or not values.get("country"):
        return values
    zone = places.zone_of(values["country"])
    return {**values, "timezone": zone} if zone else values


def fills(known: Mapping[str, Any], row: Incoming) -> tuple[Values, Values]:
    """Return the columns and the declared fields that the row adds to what is known of the person.

    Only what is empty is filled; source, consent and stage never change, and what says more of them is taken only
    from a row that says the same of them.
    """
    columns = {
        name: value
        for name, value in row.values.items()
        if value and not known.get(name) and name in _FILLABLE and _agrees(name, known, row.values)
    }
    if not known.get("timezone") and "timezone" not in columns:
        country = known.get("country") or columns.get("country")
        zone = places.zone_of(country) if country else None
        columns |= {"timezone": zone} if zone else {}
    if not row.fields:
        return columns, {}
    have = known["fields"]
    return columns, {name: value for name, value in row.fields.items() if have.get(name) in (None, "")}


def _agrees(name: str, known: Mapping[str, Any], values: Values) -> bool:
    about = BELONGS_TO.get(name)
    return about is None or known.get(about) == values.get(about)
