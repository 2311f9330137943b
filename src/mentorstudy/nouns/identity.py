"""Identity: how ids are written, where files write those of one person in several ways."""

from typing import Literal

from pydantic import Field

from mentorstudy.nouns.written import Written


class Identity(Written):
    """What is made of an id before it stands for somebody, in every file alike."""

    width: int = Field(default=0, ge=0, le=32)  # digits that ids of digits have, leading zeros among them
    case: Literal["keep", "ignore"] = "keep"  # whether capital letters tell one id from another
