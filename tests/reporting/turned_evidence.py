"""Evidence turned: with strings that mean harm, and with every difference the other way round."""

from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import Evidence

HARM = (
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style></svg></title><script>alert(1)</script>",
    "javascript:alert(1)",
    "https://elsewhere.example/x.png",
    "{{ 7 * 7 }}{% raw %}",
    "costs $5 to $10, $\\frac{$",
    "url(https://elsewhere.example)",
    "日本語 🙂 \x07 ]]> &amp;",
    "x" * 200,
)


def hostile(evidence: Evidence) -> Evidence:
    """The evidence with harm in every string that a plan, a file or a step may fill."""
    kept = {"arm", "tier", "state", "contrast", "unit", "role", "group"}
    turn = iter(range(10**6))

    def harmed(value: Any, name: str) -> Any:
        if isinstance(value, dict):
            inner = {key: harmed(item, key) for key, item in value.items()}
            free = name in ("dropped", "packages", "thresholds")
            return {f"{key}{HARM[next(turn) % len(HARM)]}": item for key, item in inner.items()} if free else inner
        if isinstance(value, list | tuple):
            return [harmed(item, name) for item in value]
        if isinstance(value, str) and name not in kept:
            return HARM[next(turn) % len(HARM)]
        return value

    return TypeAdapter(Evidence).validate_python(harmed(asdict(evidence), ""))


def mirrored(evidence: Evidence) -> Evidence:
    """The same evidence with every difference turned round."""
    states = {"better": "worse", "some": "worse", "worse": "better"}

    def turned(found: Estimate) -> Estimate:
        if found.unit == "ratio":
            return replace(found, value=1 / found.value, low=1 / found.high, high=1 / found.low)
        return replace(
            found,
            value=-found.value,
            low=-found.high,
            high=-found.low,
            level_mentored=found.level_unmentored,
            level_unmentored=found.level_mentored,
        )

    findings = tuple(
        replace(
            finding,
            primary=finding.primary and turned(finding.primary),
            others=tuple(map(turned, finding.others)),
            state=states.get(finding.state, finding.state),
            sentence=finding.sentence.replace(" more", " fewer"),
        )
        for finding in evidence.findings
    )
    return replace(evidence, findings=findings)
