"""Executive: one page for whoever decides; plain words, no more than the tiers allow."""

from mentorstudy.nouns.evidence import Attrition, Evidence, Finding, Tier
from mentorstudy.reporting.blocks import Answer, Answers, Bullets, Facts, Prose, Section
from mentorstudy.reporting.figures import difference_plot
from mentorstudy.reporting.numbers import NOT_SHOWN, count, day, first_upper, in_hundred, percent

ROLES = {
    "primary": "main outcome",
    "secondary": "further outcome",
    "negative control": "should show no difference",
}
MOST_LIMITS = 3


def in_order(evidence: Evidence) -> tuple[Finding, ...]:
    """The main outcomes first, otherwise as the plan has them."""
    return tuple(sorted(evidence.findings, key=lambda finding: finding.role != "primary"))


def answers(evidence: Evidence) -> Section:
    """Every outcome with its sentence, tier and main reason, whichever way it went; and the drawing."""
    found = in_order(evidence)
    said = tuple(
        Answer(
            label=finding.label,
            role=ROLES.get(finding.role, finding.role),
            tier=finding.tier if finding.primary else None,
            reason=finding.reasons[0] if finding.reasons and finding.primary else "",
            sentence=finding.sentence,
        )
        for finding in found
    )
    chart = difference_plot(found)
    return Section(
        name="answers",
        title="What was found",
        part="executive",
        blocks=((Answers(answers=said),) if said else ()) + ((chart,) if chart else ()),
    )


def who_and_when(evidence: Evidence) -> Section:
    """How many people stand behind the answers, from when to when, and how many were seen."""
    pairs = [*_groups(evidence), *_dates(evidence), *_seen(evidence)]
    return Section(
        name="who",
        title="Who and when",
        part="executive",
        blocks=(Facts(pairs=tuple(dict.fromkeys(pairs))),) if pairs else (),
    )


def _groups(evidence: Evidence) -> list[tuple[str, str]]:
    """The last step of each sample, told once where samples have the same numbers."""
    last = {step.sample: (step.mentored, step.unmentored) for step in evidence.flow}
    same = len(set(last.values())) == 1
    words, pairs = evidence.words, []
    for sample, (treated, comparison) in last.items():
        name = "" if same or len(last) == 1 else f" ({sample})"
        pairs.append((first_upper(words.treated) + name, count(treated)))
        pairs.append((first_upper(words.comparison) + name, count(comparison)))
    return pairs


def _dates(evidence: Evidence) -> list[tuple[str, str]]:
    cohort = evidence.cohort
    pairs = [("Cohort", cohort.label)]
    if cohort.intake:
        pairs.append(("Joined", f"{day(cohort.intake[0])} to {day(cohort.intake[1])}"))
    if cohort.start:
        pairs.append(("Followed from", day(cohort.start)))
    if cohort.snapshot:
        pairs.append(("Records up to", day(cohort.snapshot)))
    return pairs


def _seen(evidence: Evidence) -> list[tuple[str, str]]:
    """The share of each group seen at the last wave of each outcome."""
    pairs = []
    for finding in in_order(evidence):
        if not finding.attrition:
            continue
        wave = finding.attrition[-1].wave
        shares = [_share(row) for row in finding.attrition if row.wave == wave]
        pairs.append((f"Seen at {wave}", " and ".join(dict.fromkeys(shares))))
    return pairs


def _share(row: Attrition) -> str:
    return in_hundred(row.seen / row.began) if row.seen is not None and row.began else NOT_SHOWN


def not_told(evidence: Evidence) -> Section:
    """What the page must not be read to say, by the tiers that stand on it."""
    words = evidence.words
    tiers: set[Tier] = {finding.tier for finding in evidence.findings if finding.primary}
    by_tier: dict[Tier, str] = {
        "Descriptive": "Where the evidence is descriptive, nobody knows what would have happened anyway.",
        "Limited": f"Where the evidence is limited, {words.programme} may have nothing to do with a difference.",
        "Moderate": "Where the evidence is moderate, something nobody measured may account for part of a difference.",
        "Strong": "Where the evidence is strong, the groups were drawn by lot; luck remains, within the ranges.",
    }
    said = [f"These figures are about this cohort. Other {words.people}, or other years, may differ."]
    if any(finding.state == "hidden" for finding in evidence.findings):
        said.append("A figure that is not shown is neither good news nor bad.")
    said += [sentence for tier, sentence in by_tier.items() if tier in tiers]
    return Section(
        name="not-told", title="What this does not tell you", part="executive", blocks=_bullets(said[:MOST_LIMITS])
    )


def more(evidence: Evidence) -> Section:
    """How many outcomes were looked at, what it would take to know more, and how to read a range."""
    needed = tuple(
        (finding.label, f"about {finding.people_needed:,}")
        for finding in in_order(evidence)
        if finding.people_needed
    )
    blocks = (
        (
            Prose(text="For a range as narrow as the smallest difference that matters, each group would need:"),
            Facts(pairs=needed),
        )
        if needed
        else ()
    )
    return Section(name="more", title="What it would take to know more", part="executive", blocks=blocks)


def reading(evidence: Evidence) -> Section:
    """How to take the ranges and the number of outcomes."""
    said = []
    levels = {finding.primary.level for finding in evidence.findings if finding.primary}
    if levels:
        said.append(
            f"Each range allows for luck: {percent(min(levels))} of ranges made this way hold the true figure. It does "
            "not allow for groups that differed to begin with."
        )
    looked_at = len(evidence.findings)
    if looked_at >= 2:
        said.append(
            f"We looked at {looked_at} outcomes. {by_luck(looked_at, float(evidence.thresholds.get('alpha', 0.05)))}"
        )
    blocks = tuple(Prose(text=text) for text in said)
    return Section(name="reading", title="How to read the figures", part="executive", blocks=blocks)


def by_luck(outcomes: int, alpha: float) -> str:
    """How many of several outcomes look different where nothing does: told so that there is no part of one."""
    expected = outcomes * alpha
    if expected >= 1:
        return f"Even if nothing differed, about {expected:.0f} of them would look different by luck alone."
    return (
        f"Even if nothing differed, 100 studies like this one would show about {100 * expected:.0f} differences by luck "
        "alone."
    )


def _bullets(said: list[str]) -> tuple[Bullets, ...]:
    return (Bullets(items=tuple(said)),) if said else ()
