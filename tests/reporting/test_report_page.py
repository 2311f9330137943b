"""The page as a file: whole, safe whatever the text, the same bytes, sections only where there is something."""

import itertools
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import matplotlib as mpl
import pytest
from made_evidence import a_finding, an_estimate, an_evidence, drawn, every_kind, four_outcomes
from turned_evidence import HARM, hostile, mirrored

from mentorstudy.nouns.evidence import read_evidence
from mentorstudy.reporting.page import page, write_report

VOID = {"meta", "br", "use"}
ALLOWED = re.compile(
    r"html|head|meta|title|style|body|a|header|nav|main|section|div|h[1-4]|p|span|b|i|ul|ol|li|dl|dt|dd|table|caption|"
    r"thead|tbody|tr|th|td|figure|figcaption|svg|desc|defs|g|path|use|text|tspan|clippath|rect"
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        self.text.append((self.open[-1] if self.open else "", data))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self) -> str:
        return " ".join(" ".join(data for tag, data in self.text if tag != "style").split())


KINDS = {"every kind": every_kind(), "four": four_outcomes(), "none": an_evidence()}


@pytest.mark.parametrize("evidence", [*KINDS.values(), *map(hostile, KINDS.values())])
def test_nothing_on_the_page_runs_or_is_fetched(evidence):
    html = drawn(evidence)
    parsed = Page(html)
    assert not parsed.open
    for tag, attributes in parsed.elements:
        assert ALLOWED.fullmatch(tag), tag
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            assert name not in ("src", "srcset", "action", "formaction", "xlink:href"), name
            if name == "href":
                assert value is not None
                assert value.startswith("#"), value
            if name not in ("data-label", "content"):
                assert not re.search(r"url\((?!#)", value or ""), value
    (style,) = [data for tag, data in parsed.text if tag == "style"]
    assert "url(" not in style
    assert "@import" not in style
    csp = [meta["content"] for meta in parsed.of("meta") if "http-equiv" in meta]
    assert csp == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]


@pytest.mark.parametrize("evidence", [*KINDS.values(), *map(hostile, KINDS.values())])
def test_the_page_is_built_for_everybody(evidence):
    html = drawn(evidence)
    assert html.startswith("<!DOCTYPE html>")
    parsed = Page(html)
    assert parsed.of("html") == [{"lang": "en"}]
    assert len(parsed.of("h1")) == len(parsed.of("main")) == len(parsed.of("header")) == 1
    levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    pointed = [link["href"][1:] for link in parsed.of("a")]
    pointed += [name for _, a in parsed.elements for name in (a.get("aria-labelledby") or "").split()]
    assert set(pointed) <= set(ids)
    assert len(parsed.of("caption")) == len(parsed.of("table"))
    assert all(cell.get("scope") for cell in parsed.of("th"))
    assert all(drawing["role"] == "img" for drawing in parsed.of("svg"))
    assert len(parsed.of("desc")) == len(parsed.of("svg"))


def test_harm_is_told_as_text():
    html = drawn(hostile(every_kind()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7 * 7 }}" in html
    assert "\\frac{$" in html


@pytest.mark.parametrize("unit", HARM)
def test_a_harmful_unit_is_text_too(unit):
    finding = a_finding(1, unit="shillings", primary=an_estimate(0.3, unit=unit))
    parsed = Page(page(an_evidence(finding)))
    assert {tag for tag, _ in parsed.elements if not ALLOWED.fullmatch(tag)} == set()
    assert not any(name.startswith("on") for _, attributes in parsed.elements for name in attributes)


def test_sections_without_content_are_left_out_whole():
    bare = an_evidence(flow=(), measures=(), balance=(), suppressed=(), thresholds={})
    words = Page(page(bare)).words
    for heading in (
        "What was found",
        "The differences",
        "To know more",
        "Estimates",
        "Who was studied",
        "Staying, month by month",
        "Were the groups alike",
        "Who went missing",
        "How well it was measured",
        "What was checked",
        "Limitations",
        "Lines drawn",
        "For researchers",
    ):
        assert heading not in words, heading
    assert "Nothing had to be hidden." in words


def test_a_curve_makes_its_section_and_no_curve_makes_none():
    assert "Staying, month by month" in drawn(an_evidence(a_finding(1)))
    assert "Staying, month by month" not in drawn(an_evidence(a_finding(1, curve=())))


def test_hidden_and_inestimable_outcomes_stand_beside_the_others():
    html = page(an_evidence(a_finding(1, state="hidden"), a_finding(2, state="not estimable")))
    words = Page(html).words
    assert words.count("Not shown: fewer than 10 people.") == 4  # each in brief and for researchers
    assert "The differences" not in words


def test_hidden_counts_are_said_to_be_hidden():
    words = Page(drawn(an_evidence(a_finding(3)))).words
    assert "Seen at T12 not shown (too few people)" in words
    assert "None" not in words


def test_the_same_evidence_gives_the_same_bytes(tmp_path):
    first = write_report(every_kind(), tmp_path / "first").read_bytes()
    code = (
        "import sys; from mentorstudy.nouns.evidence import read_evidence; from mentorstudy.reporting.page import "
        "write_report; write_report(read_evidence(sys.argv[1]), sys.argv[2])"
    )
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "first" / "evidence.json", tmp_path / "second"],
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": "", "MPLCONFIGDIR": str(tmp_path), "MPLBACKEND": "agg"},
    )
    assert (tmp_path / "second" / "report.html").read_bytes() == first


def test_report_and_evidence_lie_side_by_side(tmp_path):
    path = write_report(four_outcomes(), tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / "report.html"
    assert read_evidence(path.with_name("evidence.json")) == four_outcomes()
    assert sorted(file.name for file in path.parent.iterdir()) == ["evidence.json", "report.html"]


def test_an_earlier_report_stays_where_the_new_one_fails(tmp_path, monkeypatch):
    path = write_report(four_outcomes(), tmp_path)
    before = path.read_bytes()

    def fails(*_):
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(OSError, match="no space"):
        write_report(every_kind(), tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("evidence", [every_kind(), four_outcomes()])
def test_mirrored_evidence_gives_the_mirrored_page(evidence):
    def structure(html):
        bare = Page(re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
        return [(tag, attributes.get("class"), attributes.get("id")) for tag, attributes in bare.elements]

    one, other = drawn(evidence), drawn(mirrored(evidence))
    assert structure(one) == structure(other)
    charts = [re.findall(r'viewBox="[^"]*"', html) for html in (one, other)]
    assert charts[0] == charts[1]


def test_no_word_of_the_kit_itself_stands_in_a_study_of_something_else():
    assert not re.search("mentor", drawn(four_outcomes()), re.IGNORECASE)


def test_settings_of_matplotlib_stay_as_they_were():
    before = dict(mpl.rcParams)
    page(every_kind())
    assert dict(mpl.rcParams) == before


def test_template_and_style_come_with_the_package():
    room = Path(sys.modules["mentorstudy.reporting.page"].__file__).parent
    assert {"template.html", "style.css"} <= {path.name for path in room.iterdir()}
