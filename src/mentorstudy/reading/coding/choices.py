"""Choices: several answers in one cell, parted by the options that were offered."""

from collections.abc import Sequence


def split_choices(word: str, declared: Sequence[str], separator: str) -> tuple[set[str], str]:
    """The declared options in a cell, and what else stands there: the words of an "other".

    Options may hold the separator themselves, so each is looked for whole, the longest first, and only from one
    separator to the next.
    """
    sign = separator.strip() or separator
    pieces = word.split(sign)
    options = {_key(option, sign): option for option in declared}
    longest = max((len(key) for key in options), default=0)
    chosen: set[str] = set()
    other: list[list[str]] = []
    at, apart = 0, True
    while at < len(pieces):
        for length in range(min(longest, len(pieces) - at), 0, -1):
            option = options.get(tuple(_plain(piece) for piece in pieces[at : at + length]))
            if option is not None:
                chosen.add(option)
                at, apart = at + length, True
                break
        else:
            if apart:
                other.append([])
            other[-1].append(pieces[at])
            at, apart = at + 1, False
    texts = (sign.join(part).strip().strip(sign).strip() for part in other)
    return chosen, f"{sign} ".join(text for text in texts if text)


def _key(option: str, sign: str) -> tuple[str, ...]:
    return tuple(_plain(piece) for piece in option.split(sign))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
