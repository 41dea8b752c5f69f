"""The notation of phrases: how a phrase as a person writes it down becomes a pattern, and where a text is tried.

A phrase is words with blanks between them, in their right spelling and in lower case. It is found whatever the
case, with or without accents (`für` also as fur and fuer), with any apostrophe or none, wrapped or not:

    word*        the word may go on: `interes*`
    (a|b c)      one of these; (a|b c)? may be missing; a phrase does not begin with what may be missing
    ~3           up to three words of any kind
    <name>       words that begin with a capital: who or what is named
    ^            the clause begins here      $  the clause ends here
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from outreach.domain.inbound.intents.reading import BASE_LETTERS, Reading

KEY = 3
"""A phrase is tried only at words that begin with the same letters as it does: so many."""
MAX_HITS = 120

NAME = r"[A-Z][\w&+-]*(?:[. ][A-Z0-9][\w&+-]*){0,3}"
_SPELLED = {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "ss?", "œ": "oe?", "æ": "ae?"}
_EXPANDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "œ": "oe", "æ": "ae"})
_SPECIAL = {
    "^": r"(?:(?<![^\n.,;:!?(\u2013-])|(?<=[\n.,;:!?(\u2013-]\s))",
    "$": r"(?=\s?(?:[.,;:!?)\u2013-]|\n|$))",
    "<name>": rf"(?P<name>{NAME})",
}
_BLANK = r"(?:,?\s|-|(?<='))"  # "d'informations" and "rappelez-moi" are two words each
_FIRST_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, eq=False)
class Tongue:
    """What a language says: phrases by the sign they are, and the words that turn the meaning of a phrase.

    `whole` holds what is a sign only where it is all that a sentence says. `not_before` are the words that negate
    what follows them in the same clause, `not_after` what stands before them; `only_if` make a phrase a condition.
    """

    code: str
    phrases: Mapping[str, tuple[str, ...]]
    whole: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_before: str = ""
    not_after: str = ""
    only_if: str = ""


@dataclass(frozen=True)
class Hit:
    """A sign in a text: which, where, and in whose language; `name` is where `<name>` stands."""

    sign: str
    start: int
    end: int
    tongue: Tongue
    name: tuple[int, int] | None = None


Entry = tuple[str, Tongue, re.Pattern[str]]


class Lexicon:
    """The phrases of a language by the letters they begin with; each is made ready when first it is needed."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue
        self._phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._ready: dict[str, tuple[re.Pattern[str], tuple[Entry, ...]]] = {}
        for sign, phrases in tongue.phrases.items():
            for phrase in phrases:
                for key, beginning in _by_key(phrase):
                    self._phrases[key].append((sign, beginning))

    def hits(self, reading: Reading) -> Iterator[Hit]:
        """Return the signs in the text in the order of their places, at most `MAX_HITS`."""
        left = MAX_HITS
        for word in reading.words:
            key = word[0][:KEY]
            if key not in self._phrases:
                continue
            any_of_them, entries = self._ready.get(key) or self._made_ready(key)
            if not left or any_of_them.match(reading.folded, word.start()) is None:
                continue
            for sign, tongue, wanted in entries:
                named = "name" in wanted.groupindex
                match = wanted.match(reading.based if named else reading.folded, word.start())
                if match is not None:
                    left = max(0, left - 1)
                    yield Hit(sign, match.start(), match.end(), tongue, match.span("name") if named else None)

    def _made_ready(self, key: str) -> tuple[re.Pattern[str], tuple[Entry, ...]]:
        plain: dict[str, list[str]] = defaultdict(list)
        entries: list[Entry] = []
        for sign, phrase in self._phrases[key]:
            if "<name>" in phrase:
                entries.append((sign, self._tongue, re.compile(pattern(phrase))))
            else:
                plain[sign].append(pattern(phrase))
        entries += [(sign, self._tongue, re.compile("|".join(some))) for sign, some in plain.items()]
        # Most words begin no phrase: one question for all of them, and what stands for a name is any word there.
        unnamed = (pattern(phrase.replace("<name>", "~4")) for _, phrase in self._phrases[key])
        self._ready[key] = re.compile("|".join(unnamed)), tuple(entries)
        return self._ready[key]


def pattern(phrase: str) -> str:
    """Return the regular expression of a phrase, for folded text; with `<name>`, for text that kept its capitals."""
    elements = list(_elements(phrase))
    written, joined = "", False
    for element in elements:
        optional = element.endswith("?")
        body = _body(element.removesuffix("?"))
        is_word = element not in _SPECIAL.keys() - {"<name>"} and element[0] != "~"
        blank = _BLANK if joined and is_word else ""
        written += f"(?:{blank}{body})?" if optional else blank + body
        joined = element != "^"
    ended = "" if elements[-1].endswith(("*", "$", "'")) else r"(?!\w)"
    return f"(?i:{written.replace(NAME, f'(?-i:{NAME})')}){ended}" if "<name>" in phrase else written + ended


def one_of(words: str) -> str:
    """Return the expression of any one of these phrases, which commas part."""
    return "(?:" + "|".join(_whole_word(word.strip()) for word in words.split(",")) + ")"


def _whole_word(word: str) -> str:
    """Return the expression of a word; "n'" is none without its apostrophe, since "nous" begins so too."""
    return f"{folded(word[:-1])}['\\s]" if word.endswith("'") else pattern(word)


def folded(text: str) -> str:
    """Return `text` in lower case without accents, letter by letter."""
    return text.translate(BASE_LETTERS).lower()


def _elements(phrase: str) -> Iterator[str]:
    depth, element = 0, ""
    for letter in phrase:
        depth += (letter == "(") - (letter == ")")
        if letter == " " and not depth:
            yield element
            element = ""
        else:
            element += letter
    yield element


def _body(element: str) -> str:
    if element in _SPECIAL:
        return _SPECIAL[element]
    words, *gaps = re.split(r" ?~(\d)", element)
    return _letters(words) + "".join(
        _gap(most) + _letters(after) for most, after in zip(gaps[::2], gaps[1::2], strict=True)
    )


def _gap(most: str) -> str:
    # No hyphen within a word: what could be split in two ways would be tried in all of them.
    return rf"(?:[,:]?[\s-][\w']{{1,40}}){{0,{int(most)}}}?"


def _letters(words: str) -> str:
    return "".join(_letter(letter) for letter in words)


def _letter(letter: str) -> str:
    match letter:
        case " ":
            return _BLANK
        case "*":
            return r"\w*"
        case "'":
            return r"['\s]?"
        case "-":
            return r"[-\s]?"
        case "(":
            return "(?:"
        case _:
            return _SPELLED.get(letter) or folded(letter)


def _by_key(phrase: str) -> Iterator[tuple[str, str]]:
    """Return by the beginnings of its first word the phrase, with only those first words that begin so."""
    elements = list(_elements(phrase))
    at = int(elements[0] == "^")
    first = elements[at]
    if first[0] in "~<" or first[-1] == "?":
        raise ValueError(f"a phrase begins with a word: {phrase!r}")
    alternatives = _alternatives(first)
    by_key: dict[str, list[str]] = defaultdict(list)
    for alternative in alternatives:
        for key in _keys(alternative, phrase):
            by_key[key].append(alternative)
    for key, some in by_key.items():
        beginning = f"({'|'.join(some)})" if len(alternatives) > 1 else first
        yield key, " ".join((*elements[:at], beginning, *elements[at + 1 :]))


def _alternatives(element: str) -> list[str]:
    """Return what an element may be: the parts between the bars of a group, or the element."""
    if element[0] != "(" or element[-1] != ")":
        return [element]
    found, depth = [""], 0
    for letter in element[1:-1]:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found


def _keys(alternative: str, phrase: str) -> set[str]:
    word = _FIRST_WORD.match(alternative)
    if word is None or (len(word[0]) < KEY and alternative[word.end() :][:1] in ("*", "(")):
        raise ValueError(f"a phrase begins with at least {KEY} letters or a whole word: {phrase!r}")
    return {folded(word[0])[:KEY], folded(word[0].translate(_EXPANDED))[:KEY]}
