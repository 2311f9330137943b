"""Returned: does anybody who answered before the programme answer after it?"""

from collections.abc import Iterator

from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.export import Exports
from mentorstudy.nouns.study import Study


def never_returned(study: Study, exports: Exports, sample: Sample) -> Iterator[str]:
    """A fault for each two waves of an outcome that have answers of people studied, and nobody's in both."""
    persons = {str(wave): set(rows) for wave, rows in sample.waves.groupby("wave", observed=True)["person"]}
    asked = dict.fromkeys(
        (outcome.before, after)
        for outcome in study.outcomes
        for after in outcome.afters
        if outcome.sample == sample.name and outcome.before
    )
    for before, after in asked:
        first, then = persons.get(before, set()), persons.get(after, set())
        if not first or not then or first & then:
            continue
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
