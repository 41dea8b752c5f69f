"""The filters of the template language: each takes little, gives little, and turns nothing into nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

from jinja2 import TemplateRuntimeError, Undefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

LONGEST_TEXT = 200_000
LONGEST_SEPARATOR = 20
LONGEST_URL_PART = 2_000

# No widths: "%99999999d" is a hundred megabytes.
_DATE_FORMAT = re.compile(r"(?:[^%]|%-?[A-Za-z%]){1,60}")


def is_blank(value: object) -> bool:
    """Answer whether nothing would be seen of `value`; of something unknown this raises."""
    if isinstance(value, Undefined):
        str(value)
    return value is None or (isinstance(value, str) and not value.strip())


def printable(value: object) -> object:
    """Return `value` as it is printed; raise for what nobody wants to read: a whole lead, a yes/no."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | date):
        raise TemplateRuntimeError("this is not a text, number or date, so it can not be printed")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return as_date(value) if isinstance(value, date) else value


def text(value: object) -> str:
    """Return `value` as text, nothing as an empty one."""
    found = "" if is_blank(value) else str(printable(value))
    if len(found) > LONGEST_TEXT:
        raise TemplateRuntimeError("a text is too long")
    return found


def default(value: object, fallback: object = "", blank_too: object = True) -> object:
    """Return `fallback` where there is no value. The third argument is Jinja's own, and always true here."""
    return fallback if isinstance(value, Undefined) or is_blank(value) else value


def truncate(value: object, length: int = 100) -> str:
    """Return at most `length` characters, cut between words where there are some, with an ellipsis."""
    full = text(value)
    if len(full) <= length:
        return full
    cut = full[: max(length - 1, 0)]
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"


def as_date(value: object, form: str = "%-d %B %Y") -> str:
    """Return a date, or the text of one (ISO 8601), in the form that strftime knows."""
    if not isinstance(value, date):
        written = text(value)
        if not written:
            return ""
        try:
            value = datetime.fromisoformat(written)
        except ValueError:
            raise TemplateRuntimeError("this is not a date") from None
    if not _DATE_FORMAT.fullmatch(form):
        raise TemplateRuntimeError('a date is written like date("%d %B")')
    return value.strftime(form)


def join(items: object, separator: object = ", ") -> str:
    """Return the items of a list as one text."""
    if not isinstance(items, list | tuple) or not isinstance(separator, str):
        raise TemplateRuntimeError("only a list can be joined")
    return text(separator[:LONGEST_SEPARATOR].join([text(item) for item in items[:1000]]))


def length(value: object) -> int:
    """Return how many items or letters there are."""
    return len(value) if isinstance(value, list | tuple | str) else len(text(value))


def first(items: object) -> object:
    """Return the first item, or nothing."""
    return _item(items, 0)


def last(items: object) -> object:
    """Return the last item, or nothing."""
    return _item(items, -1)


def rounded(value: object, digits: int = 0) -> object:
    """Return a number rounded, without decimals if none were asked for; nothing stays nothing."""
    if is_blank(value):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TemplateRuntimeError("only a number can be rounded")
    return round(value, digits) if digits else round(value)


def urlencode(value: object) -> str:
    """Return the text as it may stand in one part of an address."""
    part = text(value)
    if len(part) > LONGEST_URL_PART:
        raise TemplateRuntimeError("a text is too long for an address")
    return quote(part, safe="")


@pass_eval_context
def linebreaks(context: EvalContext, value: object) -> str:
    """Return a text of several lines so that HTML keeps them."""
    lines = text(value).strip().splitlines()
    return Markup("<br>\n").join(escape(line) for line in lines) if context.autoescape else "\n".join(lines)


def _item(items: object, place: int) -> object:
    if not isinstance(items, list | tuple):
        raise TemplateRuntimeError("only a list has a first and a last item")
    return items[place] if items else None


FILTERS: Mapping[str, Callable[..., object]] = {
    "capitalize": lambda value: text(value).capitalize(),
    "date": as_date,
    "default": default,
    "first": first,
    "join": join,
    "last": last,
    "length": length,
    "linebreaks": linebreaks,
    "lower": lambda value: text(value).lower(),
    "round": rounded,
    "title": lambda value: text(value).title(),
    "trim": lambda value: text(value).strip(),
    "truncate": truncate,
    "upper": lambda value: text(value).upper(),
    "urlencode": urlencode,
}
