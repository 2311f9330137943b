"""World: every number the simulated people are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log
from types import MappingProxyType

CONFIDENCE, READINESS, INTENTION = "confidence", "leadership_readiness", "turnover_intention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """What a scale measures: a latent score with mean 0 and standard deviation 1 before the programme.

    `stability` is the correlation of before and after, `growth` what a year adds to everybody (SD), `effect` what
    a mentor adds (SD). `loadings` are those of the first and the last item; the others lie evenly between.
    `good` is +1 where engaged and performing people gain, -1 where they lose, 0 where none of it matters.
    """

    stability: float
    growth: float
    effect: float
    loadings: tuple[float, float]
    good: int


TRAITS = MappingProxyType(
    {
        CONFIDENCE: Trait(stability=0.60, growth=0.05, effect=0.25, loadings=(0.78, 0.66), good=1),
        READINESS: Trait(stability=0.62, growth=0.15, effect=0.20, loadings=(0.76, 0.64), good=1),
        INTENTION: Trait(stability=0.55, growth=0.08, effect=-0.20, loadings=(0.82, 0.70), good=-1),
        # The negative control: nobody's mentor mends the equipment.
        "facilities": Trait(stability=0.60, growth=0.00, effect=0.00, loadings=(0.76, 0.66), good=0),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How people come to be mentored, answer and leave; the defaults are a modest programme that works.

    Exits: in a year some 14 in 100 of the unmatched leave of their own accord and 3 otherwise. Numbers are chosen, not
    estimated from data: effects small, as Eby et al. (2008, doi:10.1016/j.jvb.2007.04.005) found them on the whole.
    Latents and performance have mean 0 and SD 1; log odds are per SD.
    """

    # People
    departments: tuple[float, ...] = (-0.32, -0.20, -0.12, -0.05, 0.05, 0.12, 0.20, 0.32)
    """What each department adds to the log odds of leaving; SD .20."""
    span: int = 9
    """People a manager leads."""
    manager_spread: float = 0.25
    """SD of what managers add to the log odds of leaving."""
    tenure_median: float = 30.0
    """Months employed at the start, lognormal; whole months."""
    tenure_spread: float = 0.9
    """SD of the logarithm of tenure."""
    tenure_least: int = 6
    """Months; who is newer is not eligible."""
    grades: tuple[float, ...] = (0.35, 0.30, 0.20, 0.10, 0.05)
    """Shares of grades 1 to 5."""
    correlations: tuple[tuple[float, ...], ...] = (
        (1.00, 0.55, -0.30, 0.30),
        (0.55, 1.00, -0.20, 0.25),
        (-0.30, -0.20, 1.00, -0.45),
        (0.30, 0.25, -0.45, 1.00),
    )
    """Of confidence, readiness, intention to leave, and an engagement that no file holds."""

    # Who is matched
    randomised: bool = False
    """True: drawn by lot within department and grade (1-2, 3-5); False: the keenest are matched."""
    share: float = 0.45
    """Share of people matched."""
    selection: float = 1.0
    """Multiplies the four pulls below: 0 leaves chance, 1 a strong self-selection."""
    pull_confidence: float = 0.40
    """Weight of confidence beside a standard logistic whim."""
    pull_readiness: float = 0.30
    """Weight of leadership readiness."""
    pull_performance: float = 0.25
    """Weight of performance."""
    pull_engagement: float = 0.0
    """Weight of the engagement that no file holds; above 0 no adjustment can be enough."""
    uptake: float = 0.93
    """Share of the matched whom a mentor in fact mentors."""
    informal: float = 0.10
    """Share of the unmatched who find a mentor by themselves."""

    # Mentors
    loads: tuple[float, ...] = (0.60, 0.25, 0.15)
    """Shares of mentors with one, two and three mentees."""
    mentor_icc: float = 0.08
    """Share of the mentees' residual variance that lies between mentors."""
    within_mentors: float = 0.64
    """Residual variance within mentors (SD units squared) which that share refers to: 1 less stability .60 squared."""
    quality_in_practice: float = 0.5
    """Correlation of a mentor's quality with the pair's practice."""
    practice: float = 0.10
    """SD of a score gained for each SD of good practice in the pair."""
    meetings: float = 1.2
    """Meetings a month of a pair with average practice; negative binomial."""
    meetings_size: float = 3.0
    """Size of that distribution: smaller is more scattered."""
    meetings_on_practice: float = 0.25
    """Log of the rate of meetings for each SD of good practice."""

    # Scores
    traits: Mapping[str, Trait] = field(default_factory=lambda: TRAITS)
    """By the name of the scale that measures it."""
    score_on_person: float = 0.10
    """SD of a score afterwards for each SD of performance, and of engagement."""
    score_on_manager: float = 0.105
    """SD of a score afterwards for each unit of a manager's effect on leaving."""
    other_variance: float = 0.03
    """Variance of a score afterwards (SD units squared) set aside for performance, engagement and managers."""
    cuts: tuple[float, ...] = (-2.0, -1.1, -0.1, 1.1)
    """Where answers change, on the latent's scale: item means near 3.5 of 5, SD near 1."""
    acquiescence: float = 0.20
    """SD of a person's leaning to agree, whatever the item says."""
    careless: float = 0.03
    """Share of each wave's answers given without reading."""
    careless_at_random: float = 0.5
    """Share of these given at random; the others are one answer throughout."""

    # Leaving (log odds a month)
    voluntary: float = -4.62
    """Base."""
    voluntary_on_intention: float = 0.45
    """For each SD of intention to leave before the programme."""
    voluntary_on_confidence: float = -0.10
    """For each SD of confidence before."""
    voluntary_on_performance: float = -0.15
    """For each SD of performance."""
    voluntary_on_engagement: float = -0.35
    """For each SD of engagement."""
    voluntary_on_tenure: float = -0.25
    """For each SD of log tenure."""
    voluntary_on_mentor: float = log(0.75)
    """Of having a mentor."""
    involuntary: float = -6.10
    """Base."""
    involuntary_on_performance: float = -0.60
    """For each SD of performance."""
    administrative: float = 0.0012
    """Chance a month that a contract ends or a pension begins: no exit, the person is out of sight."""

    # Answering (log odds)
    answers_before: float = 1.9
    """87 in 100 answer."""
    answers_after: float = 0.75
    """Base among those still employed."""
    answers_after_on_confidence: float = 0.25
    """For each SD of confidence then."""
    answers_after_on_match: float = 0.35
    """Of having been matched: the matched answer more."""
