"""Known: is anything the plan compares or adjusts for known of anybody studied?"""

from collections.abc import Iterator

from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.export import Exports
from mentorstudy.nouns.study import Study


def unknown_of_everybody(study: Study, exports: Exports, sample: Sample) -> Iterator[str]:
    """A fault for each covariate without one value among the people studied, with the files it would stand in."""
    outcomes = [outcome for outcome in study.outcomes if outcome.sample == sample.name]
    named = [name for outcome in outcomes for name in study.adjust_for(outcome)]
    for name in dict.fromkeys([*named, *study.plan.describe]):
        column, at, wave = name.partition("@")
        if at:
            empty = column in sample.waves and sample.at_wave(column, wave).isna().all()
        else:
            empty = column in sample.people and sample.people[column].isna().all()
        if not empty:
            continue
        made_of = "hired_on" if column == "tenure_months" else column
        files = [
            file.ledger.file
            for file in exports.files
            if file.sample == sample.name and (file.wave in ("", wave) if at else made_of in file.rows)
            if not at or file.role in ("survey", "waves")
        ]
        if at:
            said = f"no score of {column} at wave {wave}"
        elif made_of != column:
            said = "no day of hire (hired_on)"
        else:
            said = f"column {column}: not one filled cell"
        yield (
            f"{', '.join(files) or f'cohort {exports.label}'}: {said} among the people studied. Fill it in, or take "
            f"{name} out of the plan."
        )
