"""Overclaim: words that say more than a design can show, by the most that it can show."""

import re
from typing import Literal

Tier = Literal["Strong", "Moderate", "Limited", "Descriptive"]

CERTAIN = (r"prov(e|es|ed|en)", r"proofs?", r"guarante(e|es|ed)")
CAUSAL = (
    r"caus(e|es|ed|ing)",
    r"le(ads?|d) to",
    r"leading to",
    r"thanks to",
    r"(is|are|was|were|be|been) driven by",
    r"driv(es|ing)",
    r"drove",
    r"results? in",
    r"resulted in",
    r"(is|are|was|were) due to",
    r"because of",
)
EFFECT = (
    r"effects?",
    r"effective",
    r"impacts?",
    r"impacted",
    r"improv(e|es|ed|ing)",
    r"improvements?",
    r"boost(s|ed|ing)?",
    r"increas(es|ed)",
    r"reduc(es|ed)",
    r"rais(es|ed)",
    r"lower(s|ed)",
    r"prevent(s|ed)?",
    r"benefit(s|ed)?",
    r"make a difference",
    r"makes? (the|all the) difference",
    r"made (a|the|all the) difference",
    r"mentoring (works|worked|helps|helped)",
)
COMPARING = (
    r"than",
    r"compar(e|es|ed|ing)",
    r"versus",
    r"against",
    r"(out|over|under)perform(s|ed)?",
    r"exceed(s|ed)?",
    r"better",
    r"worse",
    r"higher",
    r"lower",
    r"fewer",
    r"because",
    r"attributable",
)
NEVER: dict[Tier, tuple[str, ...]] = {
    "Strong": CERTAIN,
    "Moderate": (*CERTAIN, *CAUSAL),
    "Limited": (*CERTAIN, *CAUSAL, *EFFECT),
    "Descriptive": (*CERTAIN, *CAUSAL, *EFFECT, *COMPARING),
}
# What stands in quotation marks is somebody else's wording.
QUOTED = re.compile(r"“[^”]*”")
# What the kit says it cannot say, and the rule by which it hides.
DENIED = re.compile(
    r"cannot show whether [^.]*? made a difference|cannot say whether it was better or worse|fewer than \d+"
)


def overclaims(text: str, tier: Tier) -> tuple[str, ...]:
    """The words of `text` that evidence of `tier` does not carry, as they stand in it; none in a quotation."""
    text = DENIED.sub(" ", QUOTED.sub(" ", text))
    pattern = re.compile(r"\b(" + "|".join(NEVER[tier]) + r")\b", re.IGNORECASE)
    return tuple(dict.fromkeys(found.group(0) for found in pattern.finditer(text)))
