"""Tables: what speaks of few hidden in the measures, the contact, the flow and the rows of files."""

from collections import Counter
from dataclasses import replace
from itertools import groupby

from mentorstudy.nouns.evidence import Contact, Evidence, InputFile, Measure
from mentorstudy.nouns.few import FEW, is_few
from mentorstudy.nouns.flow import Step
from mentorstudy.weighing import telling


def measures(
    evidence: Evidence, full: set[telling.Wave], min_group: int, private: bool
) -> list[tuple[Measure, int]]:
    """The measures without what speaks of few, alone or beside the numbers seen and one another's.

    Alpha and its interval are as precise as printed: from more digits follows how many answered every item.
    """
    counts: dict[tuple[str, str], list[int]] = {}
    first = next((finding.arm for finding in evidence.findings), "")
    for finding in evidence.findings:
        for row in finding.attrition:
            group = row.arm if row.arm == "unmentored" or finding.arm == first else finding.arm
            counts.setdefault((group, row.wave), []).extend((row.began or 0, row.seen or 0))
    waves = {wave for _, wave in full}
    shown = []
    for measure in evidence.measures:
        beside = counts.setdefault((measure.group, measure.wave), [])
        n = measure.n or 0
        small = private and (measure.wave in waves or n not in telling.apart([*_commonest(beside), n]))
        told = _in_print(measure) if private else measure
        shown.append(_measure(told, min_group, small=small, private=private))
        beside.append(n)
    return shown


def _in_print(measure: Measure) -> Measure:
    alpha, low, high, omega = (
        None if figure is None else round(figure, 2)
        for figure in (measure.alpha, measure.alpha_low, measure.alpha_high, measure.omega)
    )
    return replace(measure, alpha=alpha, alpha_low=low, alpha_high=high, omega=omega)


def _commonest(counts: list[int]) -> list[int]:
    return [count for count, _ in Counter(counts).most_common()]


def _measure(measure: Measure, min_group: int, *, small: bool, private: bool) -> tuple[Measure, int]:
    """The measure without what speaks of few: all of it, its count with what follows from it, or its ceiling."""
    n = measure.n or 0
    if n < min_group:
        gone = replace(
            measure, n=None, alpha=None, alpha_low=None, alpha_high=None, omega=None, ceiling=None, notes=()
        )
        return gone, 1
    if small:  # alpha's interval follows from alpha and the count
        return replace(measure, n=None, alpha_low=None, alpha_high=None, ceiling=None), 1
    if private and measure.ceiling is not None and is_few(round(measure.ceiling * n), n):
        return replace(measure, ceiling=None), 1
    return measure, 0


def contact(row: Contact, people: dict[tuple[str, str], tuple[int, int]], min_group: int, private: bool) -> Contact:
    """The row without its figures where few were asked, few of the group were not, or few are or are not in contact."""
    asked = row.asked or 0
    began = people.get((row.sample, row.arm), (0, 0))[0]
    few = private and (is_few(round((row.share or 0.0) * asked), asked) or telling.few_between(asked, began))
    return replace(row, asked=None, share=None, low=None, high=None) if asked < min_group or few else row


def merged(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The flow with every step that lost 1 to 4 people of a group told together with the next one.

    The last step always stays: its people are behind every figure.
    """
    merged: list[Step] = []
    for _, group in groupby(steps, key=lambda step: step.sample):
        of_sample = list(group)
        last = of_sample[-1]
        kept: list[Step] = []
        reasons: list[str] = []
        for step in of_sample:
            reasons += [step.why] if step.why else []
            far = not _few_lost(step, last) and not (kept and _few_lost(kept[-1], step))
            if step is last or far:
                kept.append(replace(step, why="; ".join(reasons)))
                reasons = []
        merged += kept
    return tuple(merged)


def _few_lost(before: Step, after: Step) -> bool:
    return any(telling.few_between(a or 0, b or 0) for a, b in zip(before.counts, after.counts, strict=True))


def file(file: InputFile) -> InputFile:
    """The file's rows with small reasons hidden, and with them the total where it would give one of them away."""
    few = [count for count in (*file.dropped.values(), file.merged) if count is not None and 0 < count < FEW]
    if not few:
        return file
    return replace(
        file,
        rows=None if _sum_tells(few) else file.rows,
        merged=None if file.merged is not None and 0 < file.merged < FEW else file.merged,
        dropped={
            reason: None if count is not None and 0 < count < FEW else count
            for reason, count in file.dropped.items()
        },
    )


def _sum_tells(few: list[int]) -> bool:
    """Whether from their sum one of the counts could not be every number from 1 to 4."""
    rest = len(few) - 1
    return not 4 * rest + 1 >= sum(few) >= rest + 4
