"""Telling: figures that stand for no small count themselves, but give one away beside what else is shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.evidence import Attrition, CurvePoint, Finding
from mentorstudy.nouns.few import FEW

MODELLED = ("adjusted", "weighted", "outcome model")  # no count can be worked out from their digits
NOT_TOLD = f"Passed over here: its figure would give away a count of 1 to {FEW - 1}."
OF_BEFORE = ("missing covariates", "one answer throughout")
OF_SEEN = ("attrition", "response", *OF_BEFORE)
OF_WHOLE = ("overlap", "effective sample size", *OF_BEFORE)

Wave = tuple[str, str]  # sample and wave
Seen = tuple[str, str, str, str]  # sample, the arm set against the comparison, group and wave


def few_between(one: int, other: int) -> bool:
    """Whether one count is 1 to 4 more than the other, so that both together tell of few."""
    return 0 < abs(one - other) < FEW


def apart(counts: Iterable[int]) -> set[int]:
    """The counts, taken in this order, of which no two tell of few."""
    kept: list[int] = []
    for count in counts:
        if not any(few_between(count, other) for other in kept):
            kept.append(count)
    return set(kept)


def nearly_all_seen(findings: Iterable[Finding]) -> set[Wave]:
    """The waves at which few of a group are missing: there one group's count would give the other's away."""
    return {
        (finding.sample, row.wave)
        for finding in findings
        for row in finding.attrition
        if few_between(row.began or 0, row.seen or 0)
    }


def seen_apart(findings: Iterable[Finding]) -> dict[Seen, set[int]]:
    """The numbers seen that may stand side by side: several scales at one wave are answered by much the same people."""
    numbers: dict[Seen, Counter[int]] = {}
    for finding in findings:
        for row in finding.attrition:
            place = (finding.sample, finding.arm, row.arm, row.wave)
            numbers.setdefault(place, Counter())[row.seen or 0] += 1
    return {place: apart(number for number, _ in found.most_common()) for place, found in numbers.items()}


def seen_hidden(
    finding: Finding, rows: Iterable[Attrition], full: set[Wave], side: dict[Seen, set[int]]
) -> tuple[Attrition, ...]:
    """The rows without the numbers seen that tell of few beside another row of any outcome."""
    return tuple(
        replace(row, seen=None)
        if (finding.sample, row.wave) in full
        or row.seen not in side[finding.sample, finding.arm, row.arm, row.wave]
        else row
        for row in rows
    )


def nested_told(primary: Estimate, others: Iterable[Estimate]) -> tuple[Estimate, ...]:
    """The others without those about few more or fewer people, or few more or fewer cases, than one that stays."""
    kept = [primary]
    for found in others:
        if not any(_few_apart(found, other) for other in kept if found.at == other.at):
            kept.append(found)
    return tuple(kept[1:])


def _few_apart(one: Estimate, other: Estimate) -> bool:
    pairs = [(one.mentored, other.mentored), (one.unmentored, other.unmentored)]
    if one.contrast == other.contrast and not {one.method, other.method} & set(MODELLED):
        pairs += zip(cases(one), cases(other), strict=True)
    return any(few_between(a, b) for a, b in pairs if a is not None and b is not None)


def cases(found: Estimate) -> tuple[int | None, int | None]:
    """How many of each group a share stands for; None where it stands for no people."""
    if found.unit not in ("share", "ratio"):
        return None, None
    pairs = ((found.level_mentored, found.mentored), (found.level_unmentored, found.unmentored))
    return tuple(None if share is None or n is None else round(share * n) for share, n in pairs)  # type: ignore[return-value]


def veiled(found: Estimate) -> Estimate | None:
    """The estimate without what its number of people could be worked out from; None where its digits tell it."""
    bare = replace(
        found,
        mentored=None,
        unmentored=None,
        df=None,
        p_value=None,
        std_error=None if found.std_error is None else float(f"{found.std_error:.1e}"),
    )
    if found.method in MODELLED:
        return bare
    if found.unit != "points":
        return None
    low, high = (None if end is None else round(end, 2) for end in (found.low, found.high))
    return replace(
        bare, value=round(found.value, 2), low=low, high=high, level_mentored=None, level_unmentored=None
    )


def without_figure(checks: Iterable[Check], names: Iterable[str]) -> tuple[Check, ...]:
    """The checks with the verdict alone of those named."""
    return tuple(
        replace(check, value=None, threshold=None, in_words=NOT_TOLD) if check.name in names else check
        for check in checks
    )


def missing_apart(findings: tuple[Finding, ...], people: dict[tuple[str, str], int]) -> tuple[Finding, ...]:
    """The findings with the shares of unknown covariates that tell of few beside another's left out."""
    kept: dict[tuple[str, str], list[int]] = {}
    shown = []
    for finding in findings:
        place = (finding.sample, finding.arm)
        lacking = [
            round(check.value * people.get(place, 0))
            for check in finding.checks
            if check.name == "missing covariates" and check.value is not None
        ]
        before = kept.setdefault(place, [0])
        if any(few_between(count, other) for count in lacking for other in before):
            shown.append(replace(finding, checks=without_figure(finding.checks, ["missing covariates"])))
        else:
            before += lacking
            shown.append(finding)
    return tuple(shown)


def few_censored(finding: Finding) -> bool:
    """Whether few of a group came off the curve otherwise than by its event, or no crude share says that none did."""
    crude = next(
        (
            one
            for one in (finding.primary, *finding.others)
            if one and one.unit == "share" and (one.method == "difference" or one.contrast == "level")
        ),
        None,
    )
    if crude is None:
        return True
    shares = {
        "mentored": crude.value if crude.contrast == "level" else crude.level_mentored,
        "unmentored": crude.level_unmentored,
    }
    people = {point.arm: point.at_risk or 0 for point in finding.curve if point.at == 0}
    last = {point.arm: point.at_risk or 0 for point in finding.curve}
    return any(1e-6 < abs((shares[arm] or 0) * people.get(arm, 0) - left) < FEW for arm, left in last.items())


def in_print(found: Estimate) -> Estimate:
    """The estimate as precise as it is printed: from more digits the moment of a single exit could be worked out."""
    if found.method in MODELLED:
        return found
    places = 3 if found.unit == "share" else 2

    def told(number: float | None) -> float | None:
        return None if number is None else round(number, places)

    return replace(
        found,
        value=round(found.value, places),
        low=told(found.low),
        high=told(found.high),
        level_mentored=None if found.unit == "ratio" else told(found.level_mentored),
        level_unmentored=None if found.unit == "ratio" else told(found.level_unmentored),
        std_error=None if found.std_error is None else float(f"{found.std_error:.1e}"),
        p_value=None,
    )


def points_in_print(points: Iterable[CurvePoint]) -> tuple[CurvePoint, ...]:
    """The curve without how many were still followed after its first day."""
    return tuple(
        replace(
            point,
            share=round(point.share, 3),
            low=round(point.low, 3),
            high=round(point.high, 3),
            at_risk=point.at_risk if point.at == 0 else None,
        )
        for point in points
    )


def horizons_apart(findings: tuple[Finding, ...]) -> set[int]:
    """The places of the findings that tell of few beside an earlier one of the same people at another horizon."""
    kept: dict[tuple[str, str], list[Estimate]] = {}
    hidden = set()
    for place, finding in enumerate(findings):
        crude = [one for one in (finding.primary, *finding.others) if one and one.contrast == "risk_difference"]
        crude = [one for one in crude if one.method == "difference"]
        if finding.kind != "exit" or not crude:
            continue
        before = kept.setdefault((finding.sample, finding.arm), [])
        if any(_few_apart(crude[0], other) for other in before):
            hidden.add(place)
        else:
            before.append(crude[0])
    return hidden
