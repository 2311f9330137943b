"""Missing: what is written where an answer is none."""

from collections.abc import Mapping

MISSING_CODES = frozenset(
    {-9, -8, -7, -99, -98, -97, -999, -998, -9999, -9998, -88, -77, 88, 97, 98, 99, 998, 999, 9998, 9999}
)
REPEATED = 3  # rows in which a number that may be an answer stands before it is taken for a code
EITHER = frozenset({-1, -2, 7, 8, 9, 77})  # codes of answers too: none only apart from the others

# The missing data codes that REDCap proposes, their labels and reasons; most are null flavours of HL7.
OF_REDCAP: Mapping[str, tuple[str, str]] = {
    "NI": ("No information", "no_answer"),
    "UNK": ("Unknown", "dont_know"),
    "ASKU": ("Asked but unknown", "dont_know"),
    "NASK": ("Not asked", "not_shown"),
    "NA": ("Not applicable", "not_applicable"),
    "NAV": ("Temporarily unavailable", "user_missing:Temporarily unavailable"),
    "NAVU": ("Not available", "user_missing:Not available"),
    "NP": ("Not present", "user_missing:Not present"),
    "MSK": ("Masked", "user_missing:Masked"),
    "INV": ("Invalid", "user_missing:Invalid"),
    "UNC": ("Unencoded", "user_missing:Unencoded"),
    "DER": ("Derived", "user_missing:Derived"),
    "QS": ("Sufficient quantity", "user_missing:Sufficient quantity"),
    "QI": ("Insufficient quantity", "user_missing:Insufficient quantity"),
    "TRC": ("Trace", "user_missing:Trace"),
    "PINF": ("Positive infinity", "user_missing:Positive infinity"),
    "NINF": ("Negative infinity", "user_missing:Negative infinity"),
    "OTH": ("Other", "user_missing:Other"),
}
