"""Missing: numbers that are written where an answer is none."""

MISSING_CODES = frozenset({-9, -8, -7, -99, -98, -97, -999, -998, -88, -77, 88, 97, 98, 99, 998, 999})
REPEATED = 3  # rows in which a number that may be an answer stands before it is taken for a code
EITHER = frozenset({-1, 7, 8, 9, 77})  # codes of answers too: none only apart from the others
