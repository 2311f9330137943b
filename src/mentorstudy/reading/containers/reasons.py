"""Reasons: what the label of a missing code says of why there is no answer."""

import re

SAID = (  # the first that fits
    (
        "seen_unanswered",
        r"seen.*(un|not |no |without )(answer|respon)|(unanswered|no answer|left).*seen|left blank",
    ),
    ("not_shown", r"not (shown|asked|displayed|presented|administered)|filtered|routed|skip pattern"),
    ("dont_know", r"(don.?t|do not|doesn.?t) know|weiss nicht|weiß nicht|unsure|not sure"),
    ("refused", r"refus|prefer not|declin|rather not"),
    ("not_applicable", r"not applicable|does not apply|inapplicable|^n/?a$"),
    ("no_answer", r"no (answer|response)|not answered|unanswered|keine antwort|keine angabe"),
)


def reason(label: str, code: str) -> str:
    """The reason a label stands for, else `user_missing:` with the label or, where there is none, the code."""
    plain = label.casefold().replace("’", "'")
    for word, pattern in SAID:
        if re.search(pattern, plain):
            return word
    return f"user_missing:{label or code}"
