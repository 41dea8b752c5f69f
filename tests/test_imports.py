"""Leads from files: what is taken, what fills what, what is handed back with a reason, and what is refused."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import factories
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, text

from outreach import leads, models
from outreach.db import Database, connect
from outreach.domain.words import Kind
from outreach.errors import InputError
from outreach.imports import Imported, Options, import_leads, read_columns

BAD = Path(__file__).parent / "data" / "leads-bad"
HEADER = "email,first_name,company,country,source,consent"
WEBINAR = Options(source="webinar", consent="express")


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*lines: str, name: str = "leads.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def rows(database: Database) -> dict[str, models.Lead]:
    with database.read() as session:
        return {row.email: row for row in session.scalars(select(models.Lead).order_by(models.Lead.id))}


def rejected(imported: Imported) -> list[list[str]]:
    """Return the rejected rows as written, without the header."""
    assert imported.rejects_file is not None
    with imported.rejects_file.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def counts(imported: Imported) -> tuple[int, int, int, int, int]:
    return imported.added, imported.updated, imported.unchanged, imported.rejected, imported.suppressed


# -- what goes in --------------------------------------------------------------------------------


def test_a_row_becomes_a_lead_with_everything_it_says(
    database: Database, now: datetime, write: Write
) -> None:
    file = write(
        "E-Mail;Vorname;Last name;Job title;Firma;Land;Sprache;Phone;Quelle;Source detail;Consent;Consent note;"
        "Consent date;Stage;Competitor;Vertragsende;Purchase date;seats",
        "Dana.Nagy@Example.COM; Dana ;Nagy;Head of Planning;Example Kft;Ungarn;Deutsch;+36 1 234;Trade show;Hannover;"
        "express;ticked the box;2026-02-01;mql;Rival;31.12.2026;2026-04-01;120",
    )
    imported = import_leads(database, file, Options(fields={"seats": "number"}), now)
    assert counts(imported) == (1, 0, 0, 0, 0)
    row = rows(database)["dana.nagy@example.com"]
    said = {name: getattr(row, name) for name in (
        "first_name", "last_name", "title", "company", "country", "language", "timezone", "phone", "source",
        "source_detail", "consent", "consent_note", "stage", "competitor", "fields", "temperature", "score",
    )}  # fmt: skip
    assert said == {
        "first_name": "Dana", "last_name": "Nagy", "title": "Head of Planning", "company": "Example Kft",
        "country": "HU", "language": "de", "timezone": "Europe/Budapest", "phone": "+36 1 234",
        "source": "trade_show", "source_detail": "Hannover", "consent": "express",
        "consent_note": "ticked the box", "stage": "mql", "competitor": "Rival", "fields": {"seats": 120.0},
        "temperature": "cold", "score": 0.0,
    }  # fmt: skip
    assert row.consent_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert row.contract_ends_at == datetime(2026, 12, 31, tzinfo=UTC)
    assert row.purchase_at == datetime(2026, 4, 1, tzinfo=UTC)
    assert (row.stage_at, row.match_at, row.created_at, row.updated_at, row.due_at) == (now,) * 5


def test_a_new_lead_waits_to_be_matched_and_reviewed(database: Database, now: datetime, write: Write) -> None:
    import_leads(database, write(HEADER, "dana@example.com,,,,webinar,express"), Options(), now)
    row = rows(database)["dana@example.com"]
    assert (row.stage, row.match_at, row.due_at, row.fields) == ("suspect", now, now, {})


def test_every_new_lead_has_one_imported_event(database: Database, now: datetime, write: Write) -> None:
    file = write(HEADER, *(f"lead{number}@example.com,,,,webinar,express" for number in range(7)))
    for at in (now, now, now + timedelta(hours=1)):
        import_leads(database, file, Options(), at)
    with database.read() as session:
        events = session.execute(select(models.Event.lead_id, models.Event.kind, models.Event.subject)).all()
        ids = session.scalars(select(models.Lead.id)).all()
    assert sorted(tuple(event) for event in events) == [
        (lead_id, Kind.IMPORTED, "webinar") for lead_id in sorted(ids)
    ]


def test_the_hash_of_the_address_is_kept_with_the_lead(
    database: Database, now: datetime, write: Write
) -> None:
    import_leads(database, write("email", "Dana@example.com"), WEBINAR, now)
    with database.read() as session:
        expected = leads.address_hash(leads.salt(session), "dana@example.com")
    assert rows(database)["dana@example.com"].address_hash == expected


def test_importing_twice_changes_nothing(database: Database, now: datetime, write: Write) -> None:
    file = write(
        HEADER,
        "dana@example.com,Dana,,DE,webinar,express",
        "ben@example.com,,,,referral,contract",
        "DANA@example.com,Other,Example Ltd,AT,webinar,express",
    )
    first = import_leads(database, file, Options(), now)
    before = _dump(database)
    again = import_leads(database, file, Options(), now + timedelta(days=1))
    assert counts(first) == (2, 1, 0, 0, 0)
    assert counts(again) == (0, 0, 3, 0, 0)
    assert _dump(database) == before


def _dump(database: Database) -> list[Sequence[Any]]:
    with database.read() as session:
        return [
            tuple(row)
            for table in ("lead", "event", "suppression")
            for row in session.execute(text(f"SELECT * FROM {table} ORDER BY id"))
        ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found_out(
    sqlite: Database, now: datetime, tmp_path: Path, delimiter: str, end: str
) -> None:
    lines = ["Company name, legal|E-Mail|Vorname", '"Example; Ltd"|dana@example.com|Dana', "", "||"]
    file = tmp_path / "leads.csv"
    header = lines[0].replace(", legal", "") if delimiter == "," else lines[0]
    file.write_bytes(end.join([header, *lines[1:]]).replace("|", delimiter).encode())
    assert counts(import_leads(sqlite, file, WEBINAR, now)) == (1, 0, 0, 0, 0)
    assert rows(sqlite)["dana@example.com"].first_name == "Dana"


def test_json_lines_are_rows_as_well(database: Database, now: datetime, write: Write) -> None:
    file = write(
        '{"email": "dana@example.com", "vorname": "Dana", "seats": 12, "trial": true}',
        "",
        '{"email": "ben@example.com", "company": null, "seats": 0, "trial": false, "colour": "red"}',
        name="leads.jsonl",
    )
    options = replace(WEBINAR, fields={"seats": "number", "trial": "yes/no"})
    imported = import_leads(database, file, options, now)
    found = rows(database)
    assert counts(imported) == (2, 0, 0, 0, 0)
    assert imported.ignored == ("colour",)
    assert found["dana@example.com"].first_name == "Dana"
    assert [row.fields for row in found.values()] == [
        {"seats": 12.0, "trial": True},
        {"seats": 0.0, "trial": False},
    ]


def test_a_column_is_mapped_by_will(sqlite: Database, now: datetime, write: Write) -> None:
    file = write("Kontakt,Bemerkung,source,consent", "dana@example.com,likes tea,webinar,express")
    options = Options(columns=read_columns(["kontakt = email", "Bemerkung=note"]), fields={"note": "text"})
    import_leads(sqlite, file, options, now)
    assert rows(sqlite)["dana@example.com"].fields == {"note": "likes tea"}


def test_what_a_row_says_goes_before_the_options(sqlite: Database, now: datetime, write: Write) -> None:
    file = write("email,source,consent", "dana@example.com,referral,", "ben@example.com,,contract")
    import_leads(sqlite, file, Options(source="Trade Show", consent="implied"), now)
    assert [(row.source, row.consent) for row in rows(sqlite).values()] == [
        ("referral", "implied"),
        ("trade_show", "contract"),
    ]


def test_other_encodings_are_read_when_said(sqlite: Database, now: datetime) -> None:
    import_leads(sqlite, BAD / "latin-1.csv", Options(encoding="cp1252"), now)
    import_leads(sqlite, BAD / "utf-16.csv", Options(encoding="utf-16"), now)
    assert [row.first_name for row in rows(sqlite).values()] == ["Zoë", "Dana"]


@pytest.mark.parametrize(
    ("cells", "zone"),
    [
        ("DE,", "Europe/Berlin"),
        ("DE,europe/vienna", "Europe/Vienna"),
        ("Österreich,nonsense", "Europe/Vienna"),
        ("US,", None),
        ("US,America/Denver", "America/Denver"),
        (",CET-ish", None),
    ],
)
def test_the_time_zone_is_real_or_follows_from_the_country(
    sqlite: Database, now: datetime, write: Write, cells: str, zone: str | None
) -> None:
    import_leads(sqlite, write("email,country,time zone", f"dana@example.com,{cells}"), WEBINAR, now)
    assert rows(sqlite)["dana@example.com"].timezone == zone


def test_reserved_domains_are_taken_only_when_said(sqlite: Database, now: datetime, write: Write) -> None:
    file = write("email", "dana@demo.test")
    assert counts(import_leads(sqlite, file, WEBINAR, now))[3] == 1
    assert counts(import_leads(sqlite, file, replace(WEBINAR, reserved_domains=True), now))[0] == 1


def test_progress_ends_with_the_whole_file(sqlite: Database, now: datetime, write: Write) -> None:
    file = write("email", *(f"lead{number}@example.com" for number in range(12_000)))
    told: list[tuple[int, int]] = []
    import_leads(sqlite, file, WEBINAR, now, lambda done, size: told.append((done, size)))
    assert len(told) == 3
    assert told == sorted(told)
    assert told[-1] == (file.stat().st_size,) * 2


# -- who is known already -----------------------------------------------------------------------------


def test_a_known_lead_gets_only_its_empty_fields_filled(
    database: Database, now: datetime, write: Write
) -> None:
    with database.write() as session:
        factories.lead(
            session, email="dana@example.com", first_name="Dana", company=None, country=None, timezone=None,
            title="", source="referral", consent="contract", stage="customer", match_at=None, fields={"seats": 3.0},
        )  # fmt: skip
    file = write(
        HEADER + ",title,stage,seats,plan,purchase_at",
        "dana@example.com,Other,Example Ltd,HU,webinar,express,Planner,mql,99,gold,2026-05-01",
    )
    options = Options(fields={"seats": "number", "plan": "text"})
    later = now + timedelta(days=1)
    assert counts(import_leads(database, file, options, later)) == (0, 1, 0, 0, 0)
    row = rows(database)["dana@example.com"]
    assert (row.first_name, row.company, row.country, row.timezone) == (
        "Dana",
        "Example Ltd",
        "HU",
        "Europe/Budapest",
    )
    assert (row.source, row.consent, row.stage) == ("referral", "contract", "customer")
    assert row.fields == {"seats": 3.0, "plan": "gold"}
    assert (row.purchase_at, row.due_at) == (datetime(2026, 5, 1, tzinfo=UTC), later)
    assert (row.match_at, row.updated_at, row.created_at, row.stage_at) == (later, later, now, now)


@pytest.mark.parametrize(("source", "consent"), [("webinar", "express"), ("referral", "contract")])
def test_what_belongs_to_source_and_consent_is_filled_only_where_they_agree(
    sqlite: Database, now: datetime, write: Write, source: str, consent: str
) -> None:
    with sqlite.write() as session:
        factories.lead(session, email="dana@example.com", source="webinar", consent="express")
    file = write(
        "email,source,consent,source_detail,consent_note",
        f"dana@example.com,{source},{consent},May,ticked the box",
    )
    import_leads(sqlite, file, Options(), now)
    row = rows(sqlite)["dana@example.com"]
    expected = ("May", "ticked the box") if source == "webinar" else (None, None)
    assert (row.source_detail, row.consent_note) == expected


def test_somebody_suppressed_is_not_added_and_is_handed_back(
    database: Database, now: datetime, write: Write
) -> None:
    with database.write() as session:
        salt = leads.salt(session)
        factories.suppression(session, leads.address_hash(salt, "gone@example.com"))
        factories.suppression(
            session, leads.address_hash(salt, "back@example.com"), until=now - timedelta(days=1)
        )
        factories.suppression(
            session, leads.address_hash(salt, "away@example.com"), until=now + timedelta(days=1)
        )
    file = write(
        "email,first_name", "Gone@example.com,Gone", "back@example.com,Back", "away@example.com,Away"
    )
    for expected in ((1, 0, 0, 0, 2), (0, 0, 1, 0, 2)):
        imported = import_leads(database, file, WEBINAR, now)
        assert counts(imported) == expected
        assert list(rows(database)) == ["back@example.com"]
        assert [row[:3] for row in rejected(imported)] == [
            ["2", "suppressed: must not be written to", "Gone@example.com"],
            ["4", "suppressed: must not be written to", "away@example.com"],
        ]


ADDRESSES = st.sampled_from(["a@example.com", "A@example.com", "b@example.com", "c@example.com", "nobody"])
OPTIONAL = st.sampled_from(["", "one", "two"])
ROWS = st.lists(
    st.tuples(ADDRESSES, OPTIONAL, OPTIONAL, st.sampled_from(["", "DE", "HU", "US"])), max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=ROWS.filter(len), size=st.integers(1, 5), parts=st.integers(1, 3))
def test_where_a_chunk_or_a_transaction_ends_makes_no_difference(
    sqlite_template: Path, now: datetime, table: list[tuple[str, ...]], size: int, parts: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "leads.csv"
        file.write_text(
            "\n".join(["email,first_name,company,country", *map(",".join, table)]), encoding="utf-8"
        )
        results = []
        for options in (WEBINAR, replace(WEBINAR, chunk=size, per_transaction=size * parts)):
            path = shutil.copy(sqlite_template, Path(name) / f"{options.chunk}.db")
            database = connect(f"sqlite:///{path}")
            imported = [import_leads(database, file, options, now) for _ in range(2)]
            results.append(([counts(one) for one in imported], sorted(_people(database))))
            assert all(sum(counts(one)) == len(table) for one in imported)
            assert imported[1].added == imported[1].updated == 0
            database.close()
    assert results[0] == results[1]


def _people(database: Database) -> list[list[str]]:
    return [
        [str(value) for value in (row.email, row.first_name, row.company, row.country, row.timezone)]
        for row in rows(database).values()
    ]


def test_a_row_that_another_process_adds_meanwhile_is_filled_instead(
    postgresql: Database, now: datetime, write: Write
) -> None:
    """The other process commits between our look at the table and our writing into it."""
    file = write("email,first_name,company", "new@example.com,New,", "dana@example.com,Dana,Example Ltd")
    other = connect(postgresql.engine.url.render_as_string(hide_password=False))

    def meanwhile(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO lead") and not rows(other):
            with other.write() as session:
                factories.lead(session, email="dana@example.com", first_name="Other", company=None)

    event.listen(postgresql.engine, "before_cursor_execute", meanwhile)
    assert counts(import_leads(postgresql, file, WEBINAR, now)) == (1, 1, 0, 0, 0)
    other.close()
    found = rows(postgresql)
    assert (found["dana@example.com"].first_name, found["dana@example.com"].company) == (
        "Other",
        "Example Ltd",
    )
    assert found["new@example.com"].first_name == "New"


# -- what is handed back -------------------------------------------------------------------------


TAKEN_IN_PART: list[tuple[str, list[str], list[tuple[str, str]]]] = [
    ("bom.csv", ["dana@example.com"], []),
    (
        "nul.csv",
        ["ben@example.com"],
        [("2", "first_name: holds a control character (U+0000)"), ("3", "email: The email address contains ")],
    ),
    (
        "control-characters.csv",
        ["ben@example.com"],
        [("2", "first_name: holds a control character (U+001B)"), ("3", "first_name: holds a control character (U+202E)")],
    ),
    (
        "two-addresses.csv",
        ["zoe@example.com"],
        [("2", "email: holds more than one address; keep one"), ("3", "email: holds more than one address; keep one")],
    ),
    (
        "formulas.csv",
        ["dana@example.com", "ben@example.com"],
        [("4", "email: An email address must have an @-sign")],
    ),
    (
        "wrong-number-of-cells.csv",
        ["zoe@example.com"],
        [("2", "has 3 cells, the header has 4"), ("3", "has 5 cells, the header has 4")],
    ),
    (
        "quote-inside.csv",
        ["ben@example.com"],
        [("2", "a quote inside a cell; quote the cell and double the quote")],
    ),
    ("header-injection.csv", ["dana@example.com"], []),
    (
        "unknown-words.csv",
        ["e@example.com"],
        [
            ("2", "source: 'webinr' is none of: "),
            ("3", "consent: 'expres' is none of: express, implied, legitimate_interest, contract; did you mean 'express'?"),
            ("4", "stage: 'sql' is none of: suspect, mql, customer, lost, set_aside, discarded"),
            ("5", "country: 'Germny' is no country; write its ISO code, for example DE"),
            ("7", "contract_ends_at: '31.02.2026' is no date of the calendar"),
            ("8", "source: is empty; fill it or say --source for all rows"),
        ],
    ),
    (
        "bad-lines.jsonl",
        ["dana@example.com"],
        [
            ("2", "is no JSON object"),
            ("3", "is no JSON object"),
            ("4", "holds a list or an object where a value belongs"),
            ("5", "is no JSON object"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "taken", "reasons"), TAKEN_IN_PART, ids=[case[0] for case in TAKEN_IN_PART])
def test_a_bad_row_is_handed_back_with_line_and_reason_and_the_rest_goes_in(
    database: Database,
    now: datetime,
    tmp_path: Path,
    name: str,
    taken: list[str],
    reasons: list[tuple[str, str]],
) -> None:
    imported = import_leads(database, BAD / name, Options(rejects=tmp_path / "bad.csv"), now)
    assert list(rows(database)) == taken
    assert counts(imported) == (len(taken), 0, 0, len(reasons), 0)
    found = rejected(imported) if reasons else []
    assert [row[0] for row in found] == [line for line, _ in reasons]
    for row, (_, reason) in zip(found, reasons, strict=True):
        assert row[1].startswith(reason)
    assert (tmp_path / "bad.csv").exists() == bool(reasons)


def test_a_line_break_in_a_name_becomes_a_space(sqlite: Database, now: datetime) -> None:
    import_leads(sqlite, BAD / "header-injection.csv", Options(), now)
    assert rows(sqlite)["dana@example.com"].first_name == "Dana Bcc: all@example.com"


def test_formulas_are_kept_as_text_and_stay_text_in_the_file_of_rejects(
    sqlite: Database, now: datetime, tmp_path: Path
) -> None:
    imported = import_leads(sqlite, BAD / "formulas.csv", Options(rejects=tmp_path / "bad.csv"), now)
    names = [row.first_name for row in rows(sqlite).values()]
    assert names == ['=HYPERLINK("http://evil.example")', "@SUM(1)"]
    assert rejected(imported)[0][2:] == ["bad", "'=1+1", "webinar", "express"]


def test_the_file_of_rejects_can_be_put_right_and_imported(
    sqlite: Database, now: datetime, write: Write
) -> None:
    file = write("email;phone;source;consent", "dana(at)example.com;+49 30 1;webinar;express")
    imported = import_leads(sqlite, file, Options(), now)
    assert imported.rejects_file == file.with_name("leads.csv.rejected.csv")
    right = imported.rejects_file.read_text(encoding="utf-8").replace("(at)", "@")
    imported.rejects_file.write_text(right, encoding="utf-8")
    again = import_leads(sqlite, imported.rejects_file, Options(), now)
    assert counts(again) == (1, 0, 0, 0, 0)
    assert again.ignored == ("line", "reason")
    assert rows(sqlite)["dana@example.com"].phone == "+49 30 1"


@pytest.mark.parametrize("length", [10_001, 200_000, 1_000_000])
def test_a_cell_of_a_megabyte_costs_one_row(
    database: Database, now: datetime, write: Write, length: int
) -> None:
    file = write("email,first_name,note", f"dana@example.com,Dana,{'x' * length}", "ben@example.com,Ben,")
    imported = import_leads(database, file, WEBINAR, now)
    assert counts(imported) == (1, 0, 0, 1, 0)
    assert rejected(imported)[0][:2] == ["2", "a cell is longer than 10,000 characters"]
    assert imported.rejects_file is not None
    assert imported.rejects_file.stat().st_size < 12_000


def test_what_is_too_long_for_its_column_is_handed_back(
    database: Database, now: datetime, write: Write
) -> None:
    file = write("email,phone", f"dana@example.com,{'1' * 65}", f"ben@example.com,{'1' * 64}")
    imported = import_leads(database, file, WEBINAR, now)
    assert list(rows(database)) == ["ben@example.com"]
    assert rejected(imported)[0][1] == "phone: is longer than 64 characters"


def test_the_file_of_rejects_is_nobody_elses_business(sqlite: Database, now: datetime, write: Write) -> None:
    imported = import_leads(sqlite, write("email", "nobody"), WEBINAR, now)
    assert imported.rejects_file is not None
    assert imported.rejects_file.stat().st_mode & 0o077 == 0
    assert [path.name for path in imported.rejects_file.parent.glob(".*")] == []


# -- what is refused -----------------------------------------------------------------------------


REFUSED = [
    ("empty.csv", "is empty"),
    ("blank-lines.csv", "is empty"),
    ("only-header.csv", "has a header and no leads below it"),
    (
        "no-address-column.csv",
        "no column for the address among: name, first_name, source, consent; name it with",
    ),
    ("no-header.csv", "the first line is no header but a lead"),
    (
        "no-source.csv",
        "nothing says where the leads come from: add --source, or a column 'source', with one of: ",
    ),
    (
        "no-consent.csv",
        "nothing says on what basis they may be written to: add --consent, or a column 'consent'",
    ),
    (
        "two-address-columns.csv",
        "the columns 'email' (number 1) and 'E-Mail' (number 2) are both taken for email",
    ),
    ("latin-1.csv", "line 2: is not UTF-8; from Excel it is usually --encoding cp1252"),
    ("utf-16.csv", "is written in UTF-16; say --encoding utf-16, or save it as UTF-8"),
    ("open-quote.csv", "line 2: a quoted cell opens here and is not closed properly"),
    ("binary.csv", "is not a text file; save the leads as CSV"),
    ("spreadsheet.csv", "is a spreadsheet or a zip file; save it as CSV"),
    ("no-leads.jsonl", "has no lead: every line is one, for example "),
    ("../leads-bad", "is a folder, not a file"),
    ("missing.csv", "there is no such file"),
]


@pytest.mark.parametrize(("name", "reason"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_that_is_not_fit_is_refused_in_one_line_and_nothing_is_changed(
    database: Database, now: datetime, tmp_path: Path, name: str, reason: str
) -> None:
    before = _dump(database)
    with pytest.raises(InputError) as caught:
        import_leads(database, BAD / name, Options(rejects=tmp_path / "bad.csv"), now)
    assert str(caught.value).startswith(f"{BAD / name}: {reason}")
    assert "\n" not in str(caught.value)
    assert _dump(database) == before
    assert {path.name for path in tmp_path.iterdir()} <= {"outreach.db", "outreach.db-wal", "outreach.db-shm"}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (Options(source="webinr", consent="express"), "--source: 'webinr' is none of: "),
        (Options(source="webinar", consent="none"), "--consent: 'none' is none of: "),
        (replace(WEBINAR, encoding="klingon"), "--encoding klingon: is not known"),
        (replace(WEBINAR, encoding="hex"), "--encoding hex: is not known"),
        (replace(WEBINAR, columns={"Mial": "phone"}), "{file}: --map Mial=phone: the file has no column 'Mial'; did you"),
        (replace(WEBINAR, columns={"Mail": "emial"}), "{file}: --map Mail=emial: there is no column 'emial'; did you mean"),
        (replace(WEBINAR, rejects=Path("/nowhere/bad.csv")), "/nowhere/bad.csv: the rejected rows can not be written"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_refused_in_one_line(
    sqlite: Database, now: datetime, write: Write, options: Options, reason: str
) -> None:
    file = write("Mail", "dana@example.com")
    with pytest.raises(InputError) as caught:
        import_leads(sqlite, file, options, now)
    assert str(caught.value).startswith(reason.format(file=file))
    assert "\n" not in str(caught.value)
    assert rows(sqlite) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused_before_anything_changes(
    sqlite: Database, now: datetime, write: Write
) -> None:
    file = write("email", "dana@example.com")
    file.parent.chmod(0o500)
    try:
        with pytest.raises(InputError, match="say --rejects FILE"):
            import_leads(sqlite, file, WEBINAR, now)
    finally:
        file.parent.chmod(0o700)
    assert rows(sqlite) == {}


def test_the_rejects_never_overwrite_the_file_itself(sqlite: Database, now: datetime, write: Write) -> None:
    file = write("email", "nobody")
    with pytest.raises(InputError, match="is the file to import"):
        import_leads(sqlite, file, replace(WEBINAR, rejects=file), now)


@pytest.mark.parametrize("written", ["email", "=email", "Mail="])
def test_a_mapping_without_both_sides_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="for example"):
        read_columns([written])


def test_a_failure_in_the_middle_leaves_nothing_behind(
    database: Database, now: datetime, write: Write
) -> None:
    file = write("email,note", *(f"lead{number}@example.com," for number in range(11_000)), "nobody,")

    def fail(done: int, size: int) -> None:
        if done > size / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_leads(database, file, WEBINAR, now, fail)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(models.Lead)) == 0
    assert not list(file.parent.glob("*rejected*"))
