"""Pairs: codes and their labels that a codebook writes into one cell, in any of the usual ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CODE = r"[-+]?[0-9]{1,9}(?:\.0+)?"
NUMBER = re.compile(CODE)
COMMA_ZERO = re.compile(r"(?<![0-9.,])([-+]?[0-9]{1,9}),0+(?=\s*[=:→)\]])")  # 5,0 as some spreadsheets write 5
STRONG = re.compile(r"[;|\n]")
WEAK = re.compile(r",|(?<=\s)/(?=\s)|\t|(?<!\s) {2,}+")  # parts pairs only where another begins or has ended
NUMBERS = re.compile(
    r"[-+]?[0-9.]+\s*(?:-|–|—|to|bis|\.\.+)\s*[-+]?[0-9.]+|numeric|numbers?|integer", re.IGNORECASE
)
WORDS = re.compile(r"(free |open )?text|open|string|date", re.IGNORECASE)

Pair = tuple[str, str]  # a code and its label


class UnclearError(Exception):
    """What a cell's pairs are cannot be told; the caller knows its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write a pair: the whole of it, and what shows beside a weak separator that another begins or ended.

    `again` is what stands in a label that holds another pair.
    """

    pair: re.Pattern[str]
    again: re.Pattern[str]
    begins: re.Pattern[str] | None = None
    ended: re.Pattern[str] | None = None

    def read(self, text: str) -> list[Pair]:
        """The pairs of a cell; none where it is not written so, or has two in one part."""
        parts = [" ".join(part.split()) for part in self._parts(text)]
        parts = [part for part in parts if part and not is_kind(part)]
        found = [match for part in parts if (match := self.pair.fullmatch(part))]
        if len(found) < len(parts) or any(self.again.search(match["label"]) for match in found):
            return []
        return [(match["code"], match["label"]) for match in found]

    def _parts(self, text: str) -> Iterator[str]:
        for own in STRONG.split(text):
            begun = last = 0
            for sign in WEAK.finditer(own):
                begins = self.begins and self.begins.match(own, sign.end())
                if begins or (self.ended and self.ended.search(own, last, sign.start())):
                    yield own[begun : sign.start()]
                    begun = sign.end()
                last = sign.end()
            yield own[begun:]


def _first(code: str, mark: str) -> Form:
    """A number, a mark and the label; a label may begin with a number of its own."""
    start = rf"(?P<code>{code}){mark}" if "?P<" not in code else f"{code}{mark}"
    return Form(
        pair=re.compile(rf"{start}(?P<label>\S.*)"),
        begins=re.compile(rf"\s*+{start}"),
        again=re.compile(rf"(?:^|[\s,/]){start}[^\W\d]"),
    )


def _last(mark: str, *, parts: bool = True) -> Form:
    """The label, then a mark and its number."""
    return Form(
        pair=re.compile(rf"(?P<label>.*\S){mark}"),
        ended=re.compile(rf"{mark}\s*$") if parts else None,
        again=re.compile(rf"{mark}(?=[\s,]|$)"),
    )


NAMED = rf"(?P<code>{CODE})"
# A code may be a word, as in dk = Don't know; a comma parts such a pair only where it has no space before its sign.
SIGNED = Form(
    pair=re.compile(r"(?P<code>[^=:→,]*[^=:→,\s])\s?[=:→]\s?(?P<label>\S.*)"),
    begins=re.compile(rf"\s*+(?:{CODE}\s*[=:→]|[^\s=:→,]+\s*=)"),
    again=re.compile(rf"(?:^|[\s,/]){CODE}\s?[=:→]\s?[^\W\d]"),
)
COMMA = Form(
    pair=re.compile(rf"{NAMED}\s?,\s?(?P<label>\S.*)"),
    again=re.compile(rf"[\s,/]{CODE}\s?,"),
)
TURNED = re.compile(rf"{CODE}(?:[\s,/].*[=:→]\s?{CODE})?")
MARKED = (
    _first(rf"\({NAMED}\)", r"\s*"),
    _first(rf"\[{NAMED}\]", r"\s*"),
    _first(NAMED, r"\)\s*"),
    _first(NAMED, r"\.(?![0-9])\s*"),
    _first(NAMED, r"(?:\s+[-–—]\s+|\s?[-–—]\s?(?=[^\W\d]))"),
    _last(rf"\s?[=:→]\s?{NAMED}"),
    _last(rf",\s?{NAMED}", parts=False),
    _last(rf"\s?\({NAMED}\)"),
    _last(rf"\s?\[{NAMED}\]"),
    _last(rf"(?<=[^\W\d])\s[-–—]\s{NAMED}"),
)
BARE = _first(NAMED, r"\s+(?=[^\W\d])")


def pairs_in(cell: str) -> list[Pair]:
    """The codes of a cell with their labels: 1 = Never; 2 = Rarely, or the same with other signs, or the label first.

    Raises UnclearError where nothing parts them, and where one way to read them gives a label another code than
    another way.
    """
    text = COMMA_ZERO.sub(r"\1", cell)
    if all(is_kind(part) for part in STRONG.split(text) if part.strip()):
        return []
    for form in (SIGNED, COMMA):
        if (pairs := form.read(text)) and not any(_turned(pair) for pair in pairs):
            return pairs
    read = [pairs for form in MARKED if (pairs := form.read(text))]
    if not read and len(bare := BARE.read(text)) > 1:  # a single one may be any text
        return bare
    if not read or any(_codes(pairs) != _codes(read[0]) for pairs in read):
        raise UnclearError
    return read[0]


def is_kind(part: str) -> bool:
    """Whether it says in place of labels what a column holds."""
    return is_numeric(part) or bool(WORDS.fullmatch(part.strip()))


def is_numeric(part: str) -> bool:
    """Whether it says that a column holds numbers: a range, or the word."""
    return bool(NUMBERS.fullmatch(part.strip()))


def _turned(pair: Pair) -> bool:
    """Whether labels stand first: this one is no number, and what follows is one, or several with labels between."""
    code, label = pair
    return bool(TURNED.fullmatch(label)) and not NUMBER.fullmatch(code)


def _codes(pairs: list[Pair]) -> list[str]:
    return [code for code, _ in pairs]
