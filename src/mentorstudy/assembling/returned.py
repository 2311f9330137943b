"""Returned: does anybody who answered before the programme answer after it?"""

from collections.abc import Iterator

from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.export import Exports
from mentorstudy.nouns.study import Study


def never_returned(study: Study, exports: Exports, sample: Sample) -> Iterator[str]:
    """A fault for each two waves of an outcome that have answers of people studied, and nobody's in both."""
    asked = dict.fromkeys(
        (outcome.scale or outcome.item or outcome.column, outcome.before, after)
        for outcome in study.outcomes
        for after in outcome.afters
        if outcome.sample == sample.name and outcome.before
    )
    told: set[tuple[str, str]] = set()  # of two waves once, whatever is asked at both
    for column, before, after in asked:
        first, then = _known(sample, column, before), _known(sample, column, after)
        if not first or not then or first & then or (before, after) in told:
            continue
        told.add((before, after))
        files = [
            file.ledger.file
            for file in exports.files
            if file.sample == sample.name and file.role in ("survey", "waves") and file.wave in ("", before, after)
        ]
        yield (
            f"{', '.join(files)}: nobody who answered at {before} answered at {after}: 0 of {len(first)} are linked, "
            "so nothing can be said of change. See that the files of both waves write the same ids of the same people; "
            f'if other people were asked each time, ask the plan for {after} alone: waves = ["{after}"].'
        )


def _known(sample: Sample, column: str, wave: str) -> set[str]:
    """Those of whom the outcome is known at a wave; a row may be there for something else, as a month of contact."""
    rows = sample.waves
    if column not in rows:
        return set()
    return {*rows.loc[(rows["wave"].astype(str) == wave) & rows[column].notna(), "person"]}
