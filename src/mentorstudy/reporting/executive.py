"""Executive: one page for whoever decides; plain words, no more than the tiers allow."""

from mentorstudy.nouns.evidence import Evidence, Finding
from mentorstudy.nouns.overclaim import Tier
from mentorstudy.reporting.blocks import Answer, Answers, Bullets, Facts, Prose, Section
from mentorstudy.reporting.differences import difference_plot
from mentorstudy.reporting.levels import level_plot
from mentorstudy.reporting.numbers import NOT_SHOWN, count, day, first_upper, in_hundred, span

ROLES = {
    "primary": "main outcome",
    "secondary": "further outcome",
    "negative control": "should show no difference",
}
TIERS: tuple[Tier, ...] = ("Descriptive", "Limited", "Moderate", "Strong")
MOST_LIMITS = 3


def in_order(evidence: Evidence) -> tuple[Finding, ...]:
    """The main outcomes first, otherwise as the plan has them."""
    return tuple(sorted(evidence.findings, key=lambda finding: finding.role != "primary"))


def answers(evidence: Evidence) -> Section:
    """Every outcome with its sentence as the evidence has it, its tier and main reason, whichever way it went."""
    said = tuple(
        Answer(
            label=evidence.title_of(finding),
            role=ROLES.get(finding.role, finding.role),
            tier=finding.tier if finding.primary else None,
            reason=finding.reasons[0] if finding.reasons and finding.primary else "",
            sentence=finding.sentence,
        )
        for finding in in_order(evidence)
    )
    return Section(
        name="answers",
        title="What was found",
        part="executive",
        wide=True,
        blocks=(Answers(answers=said),) if said else (),
    )


def differences(evidence: Evidence) -> Section:
    """The same figures drawn, with their ranges."""
    draw = difference_plot if evidence.compares else level_plot
    chart = draw(in_order(evidence), evidence.title_of)
    return Section(
        name="differences",
        title="The differences, with their ranges" if evidence.compares else "The figures, with their ranges",
        part="executive",
        blocks=(chart,) if chart else (),
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
    last = {step.sample: step.counts for step in evidence.flow}
    same = len(set(last.values())) == 1
    groups, pairs = groups_of(evidence), []
    for sample, counts in last.items():
        if sample in evidence.words.samples:
            pairs.append((first_upper(evidence.words.samples[sample]), count(counts[0])))
            continue
        name = "" if same or len(last) == 1 or evidence.words.samples else f" ({sample})"
        pairs += [(group + name, count(people)) for group, people in zip(groups, counts, strict=False)]
    return pairs


def groups_of(evidence: Evidence) -> tuple[str, ...]:
    """What the groups are called, in the order in which the flow counts them: the comparison last."""
    words = evidence.words
    others = [words.of(arm) for arm in (evidence.flow[0].others if evidence.flow else {})]
    return tuple(map(first_upper, (words.treated, *others, *([words.comparison] if evidence.compares else []))))


def _dates(evidence: Evidence) -> list[tuple[str, str]]:
    cohort = evidence.cohort
    pairs: list[tuple[str, str]] = []
    if cohort.intake:
        pairs.append(("Joined", span(*cohort.intake)))
    if cohort.start:
        pairs.append(("Followed from", day(cohort.start)))
    if cohort.snapshot:
        pairs.append(("Records up to", day(cohort.snapshot)))
    return pairs


def _seen(evidence: Evidence) -> list[tuple[str, str]]:
    """The share of each group seen at the last wave of each outcome; where outcomes differ in it, the lowest."""
    shares: dict[str, set[tuple[float, ...]]] = {}
    hidden: set[str] = set()
    for finding in evidence.findings:
        last = [row for row in finding.attrition if row.wave == finding.attrition[-1].wave]
        seen = [row.seen / row.began for row in last if row.seen is not None and row.began]
        if last and len(seen) < len(last):
            hidden.add(last[0].wave)
        elif last:
            shares.setdefault(last[0].wave, set()).add(tuple(seen))
    pairs = [(f"Seen at {evidence.wave(wave)}", _lowest(found)) for wave, found in shares.items()]
    return pairs + [(f"Seen at {evidence.wave(wave)}", NOT_SHOWN) for wave in sorted(hidden - set(shares))]


def _lowest(shares: set[tuple[float, ...]]) -> str:
    lowest = min(shares, key=min)
    told = " and ".join(dict.fromkeys(in_hundred(share) for share in lowest))
    return f"{told}, or more" if len(shares) > 1 else told


def not_told(evidence: Evidence) -> Section:
    """What the page must not be read to say, by the tiers and states that stand on it."""
    words = evidence.words
    shown = [finding for finding in evidence.findings if finding.primary]
    lowest = min((finding.tier for finding in shown), key=TIERS.index, default=None)
    by_tier: dict[Tier | None, str] = {
        "Descriptive": "Where the evidence is descriptive, it says how things stood and nothing of why."
        if evidence.compares
        else "Where the evidence is descriptive, nobody knows what would have happened anyway.",
        "Limited": f"Where the evidence is limited, a difference may have nothing to do with {words.programme}.",
        "Moderate": "Only a draw by lot could rule out every other reason for a difference.",
    }
    said = [f"These figures are about this cohort. Other {words.people} may differ."]
    if any(f.role == "negative control" and f.state in ("better", "some", "worse") for f in shown):
        said.insert(0, "An outcome that should show no difference shows one: something else sets the groups apart.")
    if lowest in by_tier:
        said.append(by_tier[lowest])
    if any(finding.state == "hidden" for finding in evidence.findings):
        said.append("A figure that is not shown is neither good news nor bad.")
    if any(finding.state == "unclear" for finding in shown):
        said.append("“Cannot say” does not mean “no difference”.")
    said.append("A figure about a group says nothing about any one person.")
    bullets = Bullets(items=tuple(said[:MOST_LIMITS]))
    return Section(name="not-told", title="What this does not tell you", part="executive", blocks=(bullets,))


def more(evidence: Evidence) -> Section:
    """How many outcomes were looked at, what it would take to know more, and how to read a range."""
    needed = tuple(
        (evidence.title_of(finding), f"{finding.people_needed:,}")
        for finding in in_order(evidence)
        if finding.people_needed and finding.role == "primary"
    )
    blocks = (
        (
            Prose(text="For ranges as narrow as the smallest difference that matters, each group needs about:"),
            Facts(pairs=needed),
        )
        if needed
        else ()
    )
    return Section(name="more", title="To know more", part="executive", blocks=blocks)


def reading(evidence: Evidence) -> Section:
    """How to take the ranges and the number of outcomes."""
    said = []
    levels = {finding.primary.level for finding in evidence.findings if finding.primary}
    if levels:
        said.append(
            f"Ranges allow for luck only. Were luck all, {100 * min(levels):.4g} of 100 such ranges would hold the "
            "true figure."
        )
    looked_at = len(evidence.findings)
    outcomes, arms = ({getattr(finding, key) for finding in evidence.findings} for key in ("outcome", "arm"))
    if looked_at >= 2 and evidence.compares:
        alpha = float(evidence.thresholds.get("alpha", 0.05))
        what = f"{len(outcomes)} outcomes" if len(outcomes) > 1 else "one outcome"
        of_groups = f" in {len(arms)} groups, {looked_at} comparisons" if len(arms) > 1 else ""
        said.append(f"We looked at {what}{of_groups}. {by_luck(looked_at, alpha)}")
    blocks = tuple(Prose(text=text) for text in said)
    return Section(name="reading", title="How to read the figures", part="executive", blocks=blocks)


def by_luck(outcomes: int, alpha: float) -> str:
    """How many of several outcomes look different where nothing does: told so that there is no part of one."""
    expected = outcomes * alpha
    if expected >= 1:
        return f"Even if nothing differed, about {expected:.0f} of them would look different by luck alone."
    found = f"{100 * expected:.0f}"
    return f"Even if nothing differed, 100 such studies would show about {found} differences by luck alone."
