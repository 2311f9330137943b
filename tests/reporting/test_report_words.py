"""The words: plain, short, no more than the tiers allow, and every figure from the evidence."""

import re
from dataclasses import replace
from html import unescape

import pytest
from made_evidence import a_finding, an_estimate, an_evidence, drawn, every_kind, five_outcomes, four_outcomes
from test_report_page import Page

from mentorstudy.reporting.executive import by_luck
from mentorstudy.reporting.numbers import chance, day, in_hundred, plain, rounded, rounded_alike, signed, span


def part(evidence, start: str, end: str) -> str:
    """The words from one place of the page to another, drawings left out."""
    html = drawn(evidence)
    html = html[html.index(start) : html.index(end)]
    html = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(html).split())


def executive(evidence) -> str:
    return part(evidence, '<section id="answers"', '<section id="researcher"')


def researcher(evidence) -> str:
    return part(evidence, '<section id="researcher"', '<section id="auditor"')


def fixed_sentences(evidence) -> list[str]:
    html = drawn(evidence)
    html = html[html.index('<div class="notes">') : html.index('<section id="researcher"')]
    found = re.findall(r"<(?:p|li)[^>]*>(.*?)</(?:p|li)>", html, re.DOTALL)
    return [sentence for text in found for sentence in re.split(r"(?<=[.:?]) ", text)]


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouy]+", word.lower())) - (word.lower().endswith("e") and len(word) > 3))


def test_the_executive_page_is_short():
    assert len(executive(four_outcomes()).split()) <= 350


def test_what_the_page_adds_to_the_sentences_is_short_at_any_length_of_theirs():
    """Sentences and reasons come worded with the evidence and are printed as they are; the rest is the page's own."""
    evidence = five_outcomes()
    said = sum(len(f"{finding.sentence} {finding.reasons[0]}".split()) for finding in evidence.findings)
    assert len(executive(evidence).split()) - said <= 250


@pytest.mark.parametrize("evidence", [every_kind(), four_outcomes(), an_evidence(a_finding(1, tier="Descriptive"))])
def test_its_sentences_are_short_and_easy(evidence):
    sentences = fixed_sentences(evidence)
    words = [re.findall(r"[A-Za-z]+", sentence) for sentence in sentences]
    assert max(map(len, words)) <= 28
    everything = [word for sentence in words for word in sentence]
    grade = 0.39 * len(everything) / len(words) + 11.8 * sum(map(syllables, everything)) / len(everything) - 15.59
    assert grade <= 10


def test_no_jargon_stands_on_the_executive_page():
    words = executive(every_kind())
    assert not re.search(
        r"\bp[- =<]|p-value|signific|Hedges|numpy|python|naive|standard error", words, re.IGNORECASE
    )


@pytest.mark.parametrize("tier", ["Limited", "Descriptive"])
def test_weak_tiers_get_no_causal_word_anywhere(tier):
    evidence = an_evidence(
        *(a_finding(n, tier=tier, state=s) for n, s in enumerate(("better", "unclear", "worse"), 1))
    )
    words = Page(drawn(evidence)).words
    forbidden = (
        r"\b(effect|impact|improv\w*|caus\w*|led to|thanks to|driv\w+|because|prov(e|es|en)|result(s|ed) in)\b"
    )
    assert not re.search(forbidden, words, re.IGNORECASE)


def test_every_answer_names_its_tier_and_one_reason():
    words = executive(four_outcomes())
    assert words.count("groups not drawn by lot") == 3
    assert "measured only afterwards" not in words
    assert words.count("Moderate evidence") == 2
    assert "No figure to rate" in words


def test_every_sentence_stands_in_brief_as_the_evidence_has_it():
    for evidence in (every_kind(), four_outcomes(), five_outcomes()):
        html = drawn(evidence)
        html = html[html.index('<section id="answers"') : html.index('<section id="differences"')]
        told = [unescape(text) for text in re.findall(r'<p class="sentence">(.*?)</p>', html)]
        assert sorted(told) == sorted(finding.sentence for finding in evidence.findings)


def test_the_title_heads_the_page_and_the_question_leads_in():
    evidence = four_outcomes()
    html = unescape(drawn(evidence))
    assert f'<h1>{evidence.study.title}</h1>\n<p class="lead">{evidence.study.question}</p>' in html
    header = html[html.index("<header>") : html.index("</header>")]
    assert f"plan {evidence.study.plan_sha256[:12]}<" in header


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (2, "about 10 differences"),
        (5, "about 25 differences"),
        (12, "about 60 differences"),
        (40, "about 2 of them"),
    ],
)
def test_luck_is_told_without_parts_of_an_outcome(outcomes, told):
    assert told in by_luck(outcomes, 0.05)


def test_one_outcome_has_no_talk_of_luck_among_several():
    assert "outcomes." not in executive(an_evidence(a_finding(1)))


def test_the_figures_are_those_of_the_evidence():
    found = an_estimate(
        0.0125, std_error=0.0100, low=-0.0071, high=0.0321, level_mentored=0.891, level_unmentored=0.8785
    )
    words = Page(drawn(an_evidence(a_finding(1, state="unclear", primary=found)))).words
    for figure in (
        "+1.25",
        "−0.71 to +3.21",
        "1.00",
        "89.10 / 87.85",
        "1,234 / 987",
        "0.042",
        "1,610",
    ):
        assert figure in words, figure
    assert "0.81 (0.79 to 0.83)" in words  # alpha
    assert "−0.31" in words  # balance
    assert "2,950" in words  # rows
    assert "5f0c" * 16 in words
    assert "naive: ever coached" in words.replace("Naive", "naive")
    assert "10 000" not in words


def test_shares_are_rounded_so_that_they_add_up():
    assert rounded(an_estimate(0.08, level_mentored=0.54, level_unmentored=0.46)).levels == ("54.0", "46.0")
    odd = an_estimate(-0.0252, level_mentored=0.3784, level_unmentored=0.4036)
    assert rounded(odd).value == "−2.52"
    assert rounded(odd, fewest=0).value == "about −2.5"
    apart = an_estimate(0.03, level_mentored=0.5, level_unmentored=0.48)
    assert rounded(apart).value.startswith("about ")
    assert rounded(an_estimate(0.08), fewest=0).value == "+8"
    assert [figure.value for figure in rounded_alike([odd, an_estimate(0.08)])] == ["−2.52", "+8.00"]


def test_numbers_as_printed():
    assert signed(-0.0004, 2) == "0.00"
    assert signed(float("nan"), 2) == plain(None, 1) == in_hundred(None) == chance(None) == "–"
    assert signed(1234.5, 1) == "+1,234.5"
    assert plain(-0.5, 1) == "−0.5"
    assert (in_hundred(0.999), in_hundred(0.001), in_hundred(1.0), in_hundred(0.0)) == (
        "over 99 in 100",
        "under 1 in 100",
        "100 in 100",
        "0 in 100",
    )
    assert (chance(0.00002), chance(0.04)) == ("< 0.001", "0.040")
    assert (day("2025-03-03"), day("spring"), day("2025-13-03")) == ("3 March 2025", "spring", "2025-13-03")


def test_days_that_share_a_month_or_a_year_say_it_once():
    assert span("2025-03-03", "2025-03-28") == "3 to 28 March 2025"
    assert span("2025-03-03", "2025-04-01") == "3 March to 1 April 2025"
    assert span("2025-12-30", "2026-01-02") == "30 December 2025 to 2 January 2026"
    assert span("spring", "2025-03-28") == "spring to 28 March 2025"


def test_low_scores_that_are_good_are_told_as_better_in_the_drawing():
    found = an_estimate(0.16, unit="points", low=-0.01, high=0.34)
    html = drawn(an_evidence(a_finding(1, unit="points", label="Intention to leave", primary=found)))
    assert "Intention to leave: 0.16 better" in html
    assert "+0.16 better" not in html


def test_every_drawing_says_its_numbers_in_words():
    html = drawn(four_outcomes())
    alt = re.findall(r"<desc[^>]*>(.*?)</desc>", html, re.DOTALL)
    assert any("Outcome number 1: about 1.3 more" in text and "1,234 and 987 people" in text for text in alt)
    assert any("90.0 of every 100" in text for text in alt)
    assert any("voice type: alto: 0.31, once weighted 0.02" in text for text in alt)


def test_an_axis_that_does_not_start_at_nothing_says_so():
    assert "the axis starts at 70, not at 0" in drawn(an_evidence(a_finding(1)))
    low = tuple(replace(point, low=point.low * 0.3) for point in a_finding(1).curve)
    assert "the axis starts at" not in drawn(an_evidence(a_finding(1, curve=low)))


def test_units_never_share_an_axis():
    evidence = every_kind()
    html = drawn(evidence)
    wide = re.findall(r'<svg[^>]*"differences-wide-title.*?</svg>', html, re.DOTALL)[0]
    for unit in ("People in 100", "Points on the scale", "Pounds a week"):
        assert wide.count(unit) == 1
