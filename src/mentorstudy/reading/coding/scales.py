"""Labels: answer texts to codes, by the scale's own responses."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.grid import Column

UNKNOWN = -1
NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?")
WHOLE = re.compile(r"([0-9]+)\.0*")  # how a column with gaps writes whole numbers once a spreadsheet saved it


def coded(column: Column, scale: Scale) -> tuple[pd.Series, NDArray[np.bool_]]:
    """Codes 1 to the number of responses, missing where not answered; and where a text is no response.

    An answer is one of the scale's responses, whatever its case, or the code itself where no response is a
    number that stands at another place: of 0, 1, 2 the answer 1 is the second.
    """
    known = {answer.casefold(): code for code, answer in enumerate(scale.responses, start=1)}
    if takes_codes(scale):
        known = {str(code): code for code in range(1, scale.highest + 1)} | known
    of_word = np.array([_code(word.casefold(), known) for word in column.words], dtype=np.int8)
    of_row = of_word[column.codes]
    answers = pd.Series(pd.array(of_row, dtype="Int8")).mask(of_row <= 0)
    return answers, of_row == UNKNOWN


def takes_codes(scale: Scale) -> bool:
    """Whether a number in the file can only be a response's place in the list."""
    places = enumerate(scale.responses, start=1)
    return all(not NUMBER.fullmatch(answer) or float(answer) == place for place, answer in places)


def _code(word: str, known: dict[str, int]) -> int:
    if not word:
        return 0
    whole = WHOLE.fullmatch(word)
    return known.get(word, known.get(whole[1], UNKNOWN) if whole else UNKNOWN)
