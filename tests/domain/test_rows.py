"""What headers and cells are taken for."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach import models
from outreach.domain import cells, places, rows
from outreach.domain.cells import BadCell
from outreach.domain.rows import Incoming
from outreach.errors import InputError


def test_no_text_is_longer_than_its_column() -> None:
    columns = models.Base.metadata.tables["lead"].columns
    assert {name: columns[name].type.length for name in rows.LENGTHS} == rows.LENGTHS  # type: ignore[attr-defined]


def test_every_column_is_a_column_of_the_table() -> None:
    assert set(rows.NAMES) <= set(models.Base.metadata.tables["lead"].columns.keys())


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("email", "email"), ("E-Mail", "email"), (" e_mail ", "email"), ("MAIL", "email"), ("E-Mail-Adresse", "email"),
        ("Vorname", "first_name"), ("FirstName", "first_name"), ("First Name", "first_name"), ("Nachname", "last_name"),
        ("Firma", "company"), ("Zeitzone", "timezone"), ("contract_ends_at", "contract_ends_at"), ("Seats", "seats"),
        ("Titel", None), ("score", None), ("owner", None), ("", None), ("Spend", "phone"),
    ],
)  # fmt: skip
def test_a_header_is_known_by_its_usual_names(header: str, name: str | None) -> None:
    assert rows.column(header, {"spend": "phone"}, ["seats"]) == name


def test_what_a_person_maps_goes_before_the_usual_names() -> None:
    assert rows.column("Mail", {"mail": "phone"}, []) == "phone"


@pytest.mark.parametrize(
    ("header", "chosen", "reason"),
    [
        (["email", "Mail"], {}, r"'email' \(number 1\) and 'Mail' \(number 2\) are both taken for email"),
        (["name", "first"], {}, r"no column for the address among: name, first; name it with --map"),
        (["dana@example.com", "Dana"], {}, r"no header but a lead"),
        (["mail"], {"mail": "emial"}, r"no column 'emial'; did you mean 'email'\?"),
        (["Mail"], {"mial": "email"}, r"no column 'mial'; did you mean 'Mail'\?"),
        (["\x1b[31m", "b"], {}, r"among: \?\[31m, b;"),
    ],
)
def test_a_header_that_does_not_do_is_refused(header: list[str], chosen: dict[str, str], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        rows.layout(header, chosen, [])


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (cells.text(20), "Zoë\u00a0 \tvan\r\nDam", "Zoë van Dam"),
        (cells.text(20), "so\u00adft\u200b", "soft"),
        (cells.text(20), "'=1+1", "=1+1"),
        (cells.text(20), "'t Hart", "'t Hart"),
        (cells.text(20), "=1+1", "=1+1"),
        (cells.text(20), "{{7*7}}", "{{7*7}}"),
        (cells.number, "12.50", 12.5),
        (cells.number, "-3", -3.0),
        (cells.yes_no, "Ja", True),
        (cells.yes_no, "0", False),
        (cells.instant, "2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        (cells.instant, "1.3.2026", datetime(2026, 3, 1, tzinfo=UTC)),
        (cells.instant, "2026-03-01T10:00:00+02:00", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        (cells.instant, "2026-03-01 10:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        (cells.language, "DE_at", "de-at"),
        (cells.language, "Ungarisch", "hu"),
    ],
)
def test_a_cell_says(read: Callable[[str], object], written: str, value: object) -> None:
    assert read(written) == value


@pytest.mark.parametrize(
    ("read", "written", "reason"),
    [
        (cells.text(3), "abcd", "longer than 3"),
        (cells.text(9), "a\0b", r"control character \(U\+0000\)"),
        (cells.text(9), "a\ud800b", r"control character \(U\+D800\)"),
        (cells.text(9), "a\u202eb", r"control character \(U\+202E\)"),
        (cells.number, "1,250", "no number; write for example 1250"),
        (cells.number, "nan", "no number"),
        (cells.number, "1e999", "no number"),
        (cells.number, "١٢", "no number"),
        (cells.yes_no, "maybe", "neither yes nor no"),
        (cells.instant, "03/01/2026", "no date; write for example 2026-03-01"),
        (cells.instant, "2026-02-30", "no date of the calendar"),
        (cells.instant, "0001-01-01T00:00+14:00", "no date of the calendar"),
        (cells.instant, "9999-01-01", "too far away"),
        (cells.language, "Klingonisch", "no language"),
    ],
)
def test_a_cell_that_makes_no_sense_is_refused(
    read: Callable[[str], object], written: str, reason: str
) -> None:
    with pytest.raises(BadCell, match=reason):
        read(written)


@given(st.text(max_size=60))
def test_a_text_is_one_line_that_can_be_seen_and_reads_the_same_again(written: str) -> None:
    read = cells.text(100)
    try:
        found = read(written.strip())
    except BadCell:
        return
    assert found == " ".join(found.split())
    assert not set(found) & set("\0\r\n\t\x1b\u202e\ufeff")
    assert read(cells.as_text(found)) == found


@given(st.text(max_size=20))
def test_no_cell_is_written_as_a_formula(cell: str) -> None:
    assert not cells.as_text(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("de", "DE"), ("Germany", "DE"), ("DEUTSCHLAND", "DE"), ("Österreich", "AT"), ("O\u0308sterreich", "AT"),
        ("uk", "GB"), ("USA", "US"), ("the netherlands", "NL"), ("Bosnia and Herzegovina", "BA"), ("no", "NO"),
        ("XX", None), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_or_name(written: str, code: str | None) -> None:
    assert places.country(written) == code


def test_every_other_name_belongs_to_a_country() -> None:
    assert all(places.country(code) == code for code in places.ALSO)


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("DE", "Europe/Berlin"),
        ("HU", "Europe/Budapest"),
        ("US", None),
        ("PT", None),
        ("CN", None),
        ("XX", None),
    ],
)
def test_a_country_has_a_time_zone_when_all_of_it_keeps_one_time(country: str, zone: str | None) -> None:
    assert places.zone_of(country) == zone


@pytest.mark.parametrize("written", ["", "Berlin", "../../etc/passwd", "Factory", "UTC+1", "Europe/Berlin\0"])
def test_what_is_no_time_zone_is_none(written: str) -> None:
    assert places.zone(written) is None


VALUE = st.sampled_from([None, "", "one", "two"])
KNOWN = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["webinar", "referral"]),
        "consent": st.just("express"),
        "stage": st.just("mql"),
    },
    optional={
        "first_name": VALUE,
        "company": VALUE,
        "source_detail": VALUE,
        "country": st.sampled_from(["DE", None]),
    },
)


@given(
    known=KNOWN, said=KNOWN, fields=st.dictionaries(st.sampled_from("ab"), st.sampled_from([0.0, False, "x"]))
)
def test_a_row_fills_only_what_is_empty_and_only_once(
    known: dict[str, str | None], said: dict[str, str | None], fields: dict[str, object]
) -> None:
    row = Incoming("dana@example.com", said, fields)
    columns, more = rows.fills({**known, "fields": {"a": False}}, row)
    assert not any(known.get(name) for name in columns)
    assert not {"source", "consent", "stage"} & columns.keys()
    assert "a" not in more
    assert "source_detail" not in columns or known["source"] == said["source"]
    assert rows.fills({**known, **columns, "fields": {"a": False, **more}}, row) == ({}, {})
