"""Labels: answer texts to codes, by the scale's own responses."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.grid import Column

UNKNOWN = -1


def coded(column: Column, scale: Scale) -> tuple[pd.Series, NDArray[np.bool_]]:
    """Codes 1 to the number of responses, missing where not answered; and where a text is no response.

    An answer is one of the scale's responses, whatever its case, or the code itself.
    """
    codes = {answer.casefold(): code for code, answer in enumerate(scale.responses, start=1)}
    codes |= {str(code): code for code in range(1, scale.highest + 1)}
    of_word = np.array([codes.get(word.casefold(), UNKNOWN if word else 0) for word in column.words], dtype=np.int8)
    of_row = of_word[column.codes]
    answers = pd.Series(pd.array(of_row, dtype="Int8")).mask(of_row <= 0)
    return answers, of_row == UNKNOWN
