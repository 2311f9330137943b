"""Doubts: how far the estimates can be trusted."""

from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.evidence import Evidence, Measure
from mentorstudy.reporting.attrition_map import attrition_map
from mentorstudy.reporting.blocks import (
    Block,
    Bullets,
    Column,
    Prose,
    Row,
    Section,
    Table,
)
from mentorstudy.reporting.executive import in_order
from mentorstudy.reporting.love import labels, love_plot
from mentorstudy.reporting.numbers import (
    NO_NUMBER,
    count,
    first_upper,
    in_hundred,
    plain,
    signed,
)


def balance(evidence: Evidence) -> Section:
    """How alike the groups were before, measure by measure."""
    if not evidence.balance:
        return Section(name="balance", title="", part="researcher", blocks=())
    label = labels(evidence)
    weighted = any(row.after is not None for row in evidence.balance)
    columns = [Column(name="Measure"), Column(name="As they came", number=True)]
    if weighted:
        columns.append(Column(name="Once weighted", number=True))
    rows = tuple(
        Row(
            cells=(
                label(row),
                signed(row.before, 2),
                *((signed(row.after, 2),) if weighted else ()),
            )
        )
        for row in evidence.balance
    )
    table = Table(
        caption="Differences before, in standard deviations; above zero is more among the first group",
        columns=tuple(columns),
        rows=rows,
    )
    chart = love_plot(evidence)
    return Section(
        name="balance",
        title="Were the groups alike before?",
        part="researcher",
        blocks=((chart,) if chart else ()) + (table,),
    )


def attrition(evidence: Evidence) -> Section:
    """How many began and how many were seen, by group and wave."""
    comparison = evidence.words.comparison
    rows = tuple(
        Row(
            cells=(
                f"{evidence.title_of(finding)}, {evidence.wave(row.wave)}",
                first_upper(evidence.words.of(finding.arm) if row.arm == "mentored" else comparison),
                count(row.began),
                count(row.seen),
                in_hundred(row.seen / row.began) if row.seen is not None and row.began else NO_NUMBER,
            )
        )
        for finding in in_order(evidence)
        for row in finding.attrition
    )
    columns = (
        Column(name="Outcome and wave"),
        Column(name="Group"),
        Column(name="Began", number=True),
        Column(name="Seen", number=True),
        Column(name="Share seen", number=True),
    )
    table = Table(caption="Who was seen at each wave", columns=columns, rows=rows)
    chart = attrition_map(evidence)
    return Section(
        name="attrition",
        title="Who went missing",
        part="researcher",
        blocks=(*((chart,) if chart else ()), table) if rows else (),
    )


def contact(evidence: Evidence) -> Section:
    """The share of each group still in contact with a mentor, wave by wave."""
    columns = (
        Column(name="Group and wave"),
        Column(name="Asked", number=True),
        Column(name="In contact, of every 100", number=True),
        Column(name="Range", number=True),
    )
    rows = tuple(
        Row(
            cells=(
                f"{first_upper(evidence.words.of(row.arm))}, {evidence.wave(row.wave)}",
                count(row.asked),
                NO_NUMBER if row.share is None else plain(100 * row.share, 1),
                NO_NUMBER
                if row.low is None or row.high is None
                else f"{plain(100 * row.low, 1)} to {plain(100 * row.high, 1)}",
            )
        )
        for row in evidence.contact
    )
    table = Table(caption="Still in contact with the mentor, of those asked", columns=columns, rows=rows)
    note = Prose(
        text="Who stays in contact is no draw by lot: nothing follows from this table about what contact does."
    )
    return Section(
        name="contact", title="How much contact there was", part="researcher", blocks=(table, note) if rows else ()
    )


def measures(evidence: Evidence) -> Section:
    """How well each scale measured, by wave and group."""
    names = {"mentored": evidence.words.treated, "unmentored": evidence.words.comparison, **evidence.words.arms}
    columns = (
        Column(name="Scale, wave and group"),
        Column(name="People", number=True),
        Column(name="Items", number=True),
        Column(name="Alpha", number=True),
        Column(name="Omega", number=True),
        Column(name="At the top", number=True),
        Column(name="Notes"),
    )
    rows = tuple(
        Row(
            cells=(
                f"{row.label}, {row.wave}, {names.get(row.group, row.group)}",
                count(row.n),
                f"{row.items}",
                _alpha(row),
                plain(row.omega, 2),
                in_hundred(row.ceiling),
                "; ".join(row.notes) or NO_NUMBER,
            )
        )
        for row in evidence.measures
    )
    table = Table(caption="Reliability of the scales", columns=columns, rows=rows)
    return Section(
        name="measures", title="How well it was measured", part="researcher", blocks=(table,) if rows else ()
    )


def _alpha(row: Measure) -> str:
    if row.alpha is None:
        return NO_NUMBER
    return f"{plain(row.alpha, 2)} ({plain(row.alpha_low, 2)} to {plain(row.alpha_high, 2)})"


def wordings(evidence: Evidence) -> Section:
    """The questions as this cohort was asked them, where the plan says which columns they stand in."""
    columns = (Column(name="Item"), Column(name="As it was asked"))
    rows = tuple(
        Row(
            cells=(
                f"{row.item.replace('_', ' ')}{f', {evidence.wave(row.wave)}' if row.wave else ''}",
                f"“{row.asked}”",
            )
        )
        for row in evidence.wordings
    )
    table = Table(caption="Questions of this cohort, word by word", columns=columns, rows=rows)
    return Section(name="wordings", title="How it was asked", part="researcher", blocks=(table,) if rows else ())


def checks(evidence: Evidence) -> Section:
    """Every check on every outcome, passed or not."""
    blocks: list[Block] = []
    for finding in in_order(evidence):
        if finding.checks:
            blocks.append(
                Table(
                    caption=evidence.title_of(finding),
                    columns=(Column(name="Check"), Column(name="Passed"), Column(name="In words")),
                    rows=tuple(_check(check) for check in finding.checks),
                )
            )
    return Section(name="checks", title="What was checked", part="researcher", blocks=tuple(blocks))


def _check(check: Check) -> Row:
    verdict = {True: "yes", False: "no", None: "not judged"}[check.passed]
    return Row(cells=(first_upper(check.name), verdict, check.in_words), mark="" if check.passed else "warn")


def trust(evidence: Evidence) -> Section:
    """Each outcome's tier with all its reasons, and what holds for every figure."""
    rows = tuple(
        Row(cells=(evidence.title_of(finding), finding.tier, "; ".join(finding.reasons) or NO_NUMBER))
        for finding in in_order(evidence)
        if finding.primary
    )
    blocks: list[Block] = []
    if rows:
        columns = (Column(name="Outcome"), Column(name="Evidence"), Column(name="Why"))
        blocks.append(Table(caption="Strength of the evidence, with every reason", columns=columns, rows=rows))
        blocks.append(
            Bullets(
                items=(
                    "Ranges hold the doubt from sampling and none from a flawed comparison.",
                    "Ranges and p-values are not adjusted for the number of outcomes or groups.",
                    "What nobody measured cannot be allowed for, in any of the methods above.",
                )
                if evidence.compares
                else (
                    "Ranges hold the doubt from sampling alone.",
                    "There was no other group: what would have happened anyway is not known.",
                )
            )
        )
    return Section(name="trust", title="Limitations", part="researcher", blocks=tuple(blocks))
