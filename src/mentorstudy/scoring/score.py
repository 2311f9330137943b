"""Score: reverse, range and missing rule; one score a scale, person and wave."""

import numpy as np
import pandas as pd

from mentorstudy.nouns.export import Exports
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.scores import Scores
from mentorstudy.nouns.study import Study


def score(study: Study, exports: Exports) -> Scores:
    """Every scale the files of this cohort hold, scored by its own rule.

    Reverse-worded items are turned round (1 becomes the highest code); a scale is scored where at least its
    `min_answered` share of items is answered, over the items answered; a sum stands for all items, so missing
    ones count as the person's own mean.
    """
    frames = []
    for export in exports.files:
        if export.role == "survey":
            rows = export.rows.assign(sample=export.sample)
            frames.append(rows if "wave" in rows else rows.assign(wave=export.wave))
    if not frames:
        empty = pd.DataFrame({"sample": [], "person": [], "wave": []}, dtype=str)
        return Scores(rows=empty, answers=pd.DataFrame(), items={})
    rows = pd.concat(frames, ignore_index=True)
    scales = [scale for scale in study.scales.values() if set(scale.item_names) <= set(rows)]
    keyed = {scale.name: keyed_answers(rows[list(scale.item_names)], scale) for scale in scales}
    scored = {name: score_of(answers, study.scales[name]) for name, answers in keyed.items()}
    alone = sorted({outcome.item for outcome in study.outcomes if outcome.item} & set(rows))
    return Scores(
        rows=rows[["sample", "person", "wave"]]
        .astype(str)
        .assign(**scored, **{item: rows[item] for item in alone}),
        answers=pd.concat(keyed.values(), axis=1) if keyed else pd.DataFrame(index=rows.index),
        items={scale.name: scale.item_names for scale in scales},
    )


def keyed_answers(answers: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The answers with reverse-worded items turned round, so that a high code means much of the construct."""
    reverse = [item.name for item in scale.items if item.reverse]
    return answers.astype(float).assign(
        **{name: scale.highest + 1 - answers[name].astype(float) for name in reverse}
    )


def score_of(keyed: pd.DataFrame, scale: Scale) -> pd.Series:
    """One score a row: missing where too few items were answered."""
    enough = keyed.notna().mean(axis=1) >= scale.min_answered - np.finfo(float).eps
    means = keyed.mean(axis=1).where(enough)
    return means if scale.score == "mean" else means * len(scale.items)
