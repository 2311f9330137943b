"""Numeric: labels made the codes that a numeric export of the same responses gives them."""

from collections.abc import Iterator
from dataclasses import replace

from mentorstudy.nouns.errors import DataError, Fault, raise_all
from mentorstudy.reading.codebook import with_codes
from mentorstudy.reading.coding.catalogue import set_aside
from mentorstudy.reading.coding.codebooks.described import WHOLE
from mentorstudy.reading.coding.twin import EXPORT_AGAIN, Learnt, Same, TwinError, learnt, lent, same_responses
from mentorstudy.reading.grid import Column
from mentorstudy.reading.sharing import sharing
from mentorstudy.reading.table import Table


def learnt_from(table: Table, numeric: Table) -> Table:
    """The table, its labels made the codes that the numeric export of the same responses gives them.

    Raises DataError with all columns in which the two contradict each other.
    """
    if "response" not in table.response or "response" not in numeric.response:
        raise DataError(
            f"{numeric.file}: labels are learnt from an export whose responses have ids, and here one of the two has "
            "none. Give the codes under [labels] in plan.toml instead."
        )
    names = [
        name
        for name, about in table.fields.items()
        if about.kind == "answer"
        and name in table.columns
        and name in numeric.columns
        and _codes_for(table.columns[name], numeric.columns[name])
    ]
    if not names:
        said = (
            f"{table.file}: nothing is learnt from {numeric.file}: no column holds codes there and labels here. Export "
            "the second file with numeric values, or take codebook out."
        )
        return replace(table, notes=(*table.notes, said))
    same = same_responses(table.response["response"], numeric.response["response"])
    if not len(same.texts):
        raise DataError(f"{table.file}: against {numeric.file}: no response is in both files. {EXPORT_AGAIN}")
    found, faults = _learnt(table, numeric, names, same)
    borrowed: list[str] = []
    for group in sharing(table, list(found)):
        for name in group:
            others = {other: found[other] for other in group if other != name}
            codes, lenders = lent(found[name], others)
            borrowed += [f"{name} from {' and '.join(lenders)}"] if codes else []
            faults += _lost(table, numeric, name, {*found[name].lost} - codes.keys())
            codes = {**found[name].codes, **codes}
            missing = set_aside(codes)
            answers = {
                label: code for label, code in codes.items() if label not in missing and not _is(label, code)
            }
            table = with_codes(table, name, answers, missing)
    raise_all(DataError, faults)
    return replace(table, notes=(*table.notes, *_said(table, numeric, same, borrowed)))


def _learnt(table: Table, numeric: Table, names: list[str], same: Same) -> tuple[dict[str, Learnt], list[str]]:
    """What each column teaches alone, and what contradicts itself."""
    found: dict[str, Learnt] = {}
    faults: list[str] = []
    for name in names:
        try:
            found[name] = learnt(table.columns[name], numeric.columns[name], same, rows=table.rows)
        except TwinError as error:
            faults += [
                Fault.of(f"against {numeric.file}: {said}", file=table.file, column=name)
                for said in error.conflicts
            ]
    return found, faults


def _lost(table: Table, numeric: Table, name: str, texts: set[str]) -> list[str]:
    """Texts that stand only in responses the file of numbers lacks; told by row, as they may be people's own."""
    rows = table.columns[name].among(texts)
    said = f"against {numeric.file}: texts that no response in both files holds. {EXPORT_AGAIN}"
    return table.fault(rows, name, said)


def _codes_for(texts: Column, numbers: Column) -> bool:
    """Whether the second column holds codes where the first holds labels; words of one's own are the same in both."""
    codes = {word for word in numbers.words if word}
    return bool(codes) and codes != {word for word in texts.words if word} and all(map(WHOLE.fullmatch, codes))


def _is(label: str, code: int) -> bool:
    """Whether a label is its code already; 007 stays as it is, for it may be an id."""
    return WHOLE.fullmatch(label) is not None and int(float(label)) == code


def _said(table: Table, numeric: Table, same: Same, borrowed: list[str]) -> Iterator[str]:
    alone = f"; responses that only one of them holds, or one twice: {same.alone}" if same.alone else ""
    yield f"{table.file}: codes learnt from {numeric.file}, {len(same.texts)} responses in both files{alone}."
    if borrowed:
        yield (
            f"{table.file}: labels that no response in both files holds there, with the codes of other columns: "
            f"{', '.join(borrowed)}."
        )
