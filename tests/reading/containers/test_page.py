"""Web pages saved as workbooks: which table, where its headers stand, what spans columns and rows, which letters."""

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.files import read_file
from mentorstudy.reading.platforms.plain import read_table

ROW = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
HEAD = "<tr><th>id</th><th>q1</th><th>q2</th></tr>"
RECORDS = ROW.format("001", 3, "Köln") + ROW.format("002", 4, "Bern")
WANTED = [["id", "q1", "q2"], ["001", "3", "Köln"], ["002", "4", "Bern"]]


def opened(tmp_path, page, encoding="utf-8"):
    path = tmp_path / "a.xls"
    path.write_bytes(page if isinstance(page, bytes) else page.encode(encoding))
    return open_grid(path, path.name, File(path=path.name))


def rows(grid):
    return [grid.row(at) for at in range(grid.height)]


def refused(tmp_path, page):
    with pytest.raises(DataError) as caught:
        opened(tmp_path, page)
    return str(caught.value)


def page(*parts):
    return f"<html><body><table>{''.join(parts)}</table></body></html>"


@pytest.mark.parametrize(
    ("above", "number"),
    [
        ("<tr><td colspan=3>Pulse 2025</td></tr>", 2),
        ('<tr><td colspan="100">Pulse 2025</td></tr><tr></tr><tr><td>Run on</td></tr>', 4),
        ('<tr><td colspan="3" rowspan="2">Pulse 2025</td></tr><tr></tr>', 3),
    ],
)
def test_a_title_across_the_columns_stands_above_the_headers(tmp_path, above, number):
    grid = opened(tmp_path, page(above, HEAD, RECORDS))
    assert rows(grid) == WANTED
    assert grid.rows.tolist() == [number, number + 1, number + 2]
    assert grid.preamble == number - 1
    assert f"what stands above the headers was left out; they are in row {number}" in grid.notes[-1]


def test_cells_that_span_put_those_beside_and_below_in_their_columns(tmp_path):
    records = (
        '<tr><td rowspan="2">East</td><td>001</td><td>3</td><td>4</td></tr>'
        "<tr><td>002</td><td colspan=2>5</td></tr>"
        "<tr><td>West</td><td rowspan=9>003</td><td>1</td><td rowspan=0>2</td></tr>"
    )
    grid = opened(tmp_path, page("<tr><td>unit</td><td>id</td><td>q1</td><td>q2</td></tr>", records))
    assert rows(grid)[1:] == [["East", "001", "3", "4"], ["East", "002", "5", ""], ["West", "003", "1", "2"]]


def test_names_of_groups_stand_above_the_headers_that_the_page_calls_so(tmp_path):
    head = (
        '<tr><th rowspan="2">id</th><th colspan="2">Before</th><th colspan="2">After</th></tr>'
        "<tr><th>a0</th><th>b0</th><th>a1</th><th>b1</th></tr>"
    )
    grid = opened(tmp_path, page(head, *["<tr><td>7</td><td>1</td><td>2</td><td>3</td><td>4</td></tr>"] * 2))
    assert grid.grouped
    assert list(read_table(grid, File(path="")).columns) == ["id", "a0", "b0", "a1", "b1"]


@pytest.mark.parametrize("cell", ["th", "td"])
def test_names_of_columns_stand_below_those_of_their_groups(tmp_path, cell):
    head = (
        f"<tr><{cell}>id</{cell}><{cell} colspan=3>Survey</{cell}></tr>"
        f"<tr><{cell}></{cell}><{cell}>q1</{cell}><{cell}>q2</{cell}><{cell}>q3</{cell}></tr>"
    )
    record = f"<tr><{cell}>7</{cell}><{cell}>1</{cell}><{cell}>2</{cell}><{cell}>3</{cell}></tr>"
    table = read_table(opened(tmp_path, page(head, record * 2)), File(path=""))
    assert list(table.columns) == ["id", "q1", "q2", "q3"]
    assert table.rows.tolist() == [3, 4]


@pytest.mark.parametrize("tail", ["<a " * 20_000, "<!--" * 20_000])
def test_a_page_of_tags_without_an_end_is_damaged(tmp_path, tail):
    assert "a web page that is damaged" in refused(tmp_path, page(HEAD, RECORDS) + tail)


def test_a_header_over_several_columns_is_refused_where_they_have_no_names(tmp_path):
    head = "<tr><td>id</td><td colspan=2>Before</td><td>After</td></tr>"
    grid = opened(tmp_path, page(head, *["<tr><td>7</td><td>1</td><td>2</td><td>3</td></tr>"] * 2))
    with pytest.raises(DataError) as raised:
        read_table(grid, File(path=""))
    assert str(raised.value).startswith(
        "a.xls: row 1: columns without a name of their own, below a header that spans several: 3"
    )


def test_one_cell_across_the_columns_is_no_record_and_an_empty_record_is_one(tmp_path):
    empty, total = "<tr><td>003</td><td colspan=2></td></tr>", "<tr><td colspan=3>3 records</td></tr>"
    grid = opened(tmp_path, page(HEAD, RECORDS, "<tr></tr>", empty, total))
    assert rows(grid) == [*WANTED, ["003", "", ""]]
    assert grid.rows.tolist() == [1, 2, 3, 5]
    assert grid.blanks == 1
    assert "row 6: one cell across the columns is no record and was left out" in grid.notes[-1]
    assert len(read_file(tmp_path / "a.xls", "a.xls", File(path="a.xls")).rows) == 3


def test_rows_of_another_width_are_told_by_number_and_never_by_what_is_in_them(tmp_path):
    said = refused(tmp_path, page(HEAD, RECORDS, "<tr><td>003</td><td>secret</td></tr>"))
    assert said.startswith("a.xls: row 4: 2 cells where the header has 3")
    assert "secret" not in said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_page_in_any_form_of_unicode(tmp_path, encoding, mark):
    start = mark if encoding in ("utf-16-le", "utf-16-be") else ""
    text = f'{start}<html><meta charset="utf-16">{page(HEAD, RECORDS)}'
    assert rows(opened(tmp_path, text, encoding)) == WANTED


@pytest.mark.parametrize("name", ["utf-16", "undefined", "idna", "zlib", "no-such-thing"])
def test_a_page_that_names_letters_it_is_not_in(tmp_path, name):
    raw = f"<html><meta charset={name}>{page(HEAD, RECORDS)} ".encode("cp1252")
    assert [rows(opened(tmp_path, raw + b" " * more)) for more in (0, 1)] == [WANTED] * 2


def test_cells_read_as_a_browser_shows_them(tmp_path):
    cells = ["Strongly\n   agree", "&nbsp;a &lt; b<br>c&nbsp;", "<p>one</p>\n<p>two</p>"]
    grid = opened(tmp_path, page(HEAD, ROW.format(*cells), ROW.format(1, 2, 3)))
    assert grid.row(1) == ["Strongly agree", "a < b\nc", "one\ntwo"]


def test_tags_that_only_format_are_passed_over_whatever_stands_in_them(tmp_path):
    odd = (
        "<b>3</b><I><x:num/></I>",
        '<font size="2" title="<b>">4</font>',
        "a <b>&lt;b&gt;</B> <3 < 4 <!-- <i> -->c",
    )
    grid = opened(tmp_path, page(HEAD, ROW.format(*odd), ROW.format(1, 2, 3)))
    assert grid.row(1) == ["3", "4", "a <b> <3 < 4 c"]


def test_what_excel_writes_between_cells_is_no_text(tmp_path):
    odd = "<![if supportMisalignedColumns]><tr height=0><![endif]></tr><![odd[x]]>"
    grid = opened(tmp_path, f"<!--[if gte mso 9]><xml></xml><![endif]-->{page(HEAD, RECORDS, odd)}<![")
    assert rows(grid) == WANTED


def test_a_table_that_only_places_the_table_is_passed_by(tmp_path):
    inner = f"<table>{HEAD}{RECORDS}</table>"
    assert rows(opened(tmp_path, page(f"<tr><td>Logo</td></tr><tr><td>{inner}</td></tr>"))) == WANTED


def test_a_table_of_empty_cells_is_no_table_and_empty_rows_above_one_are_passed_by(tmp_path):
    empty = '<tr><td colspan="2"> </td><td>&nbsp;</td></tr>' * 300
    assert "a web page was saved instead of the export" in refused(tmp_path, page(empty))
    assert opened(tmp_path, page(empty, HEAD, RECORDS)).rows.tolist() == [301, 302, 303]


def test_tables_beside_or_within_one_another_are_refused(tmp_path):
    small = "<table><tr><td>a</td></tr></table>"
    for text in (page(HEAD, RECORDS) * 2, page(HEAD, RECORDS, ROW.format("003", 1, small))):
        assert "several tables, beside or within one another. Open it in" in refused(tmp_path, text)


def test_a_page_that_ends_within_its_table_is_told(tmp_path):
    grid = opened(tmp_path, f"<table>{HEAD}{RECORDS}<tr><td>003</td><td>3</td><td>cut")
    assert grid.row(3) == ["003", "3", "cut"]
    assert "the page ends within its table; if the download was cut, export it again" in grid.notes[-1]


@pytest.mark.parametrize(
    "bomb",
    [
        "<tr>" + '<td colspan="999999999">' * 20_000 + "</tr>",
        '<tr><td colspan="1000" rowspan="65534">x</td></tr>' + "<tr>" * 60_000,
        '<tr><td rowspan="65534">x</td></tr>' * 3_000,
    ],
)
def test_spans_made_to_fill_the_memory_are_refused(tmp_path, bomb):
    assert "its cells span far more columns and rows than it has" in refused(tmp_path, page(HEAD, RECORDS, bomb))


def test_a_page_beyond_any_survey_is_refused_by_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr("mentorstudy.reading.containers.page.LARGEST", 100)
    assert "a web page of more than 0 MB" in refused(tmp_path, page(HEAD, RECORDS))
