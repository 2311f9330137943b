"""Text tables: encodings, delimiters, what stands above the headers, and what is refused."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers import delimited, memory, quotes
from mentorstudy.reading.containers.encodings import single_byte
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.platforms.plain import read_table

EXPORTS = Path(__file__).parents[1] / "exports"
SAMPLES = sorted(path for path in (EXPORTS / "plain-csv").iterdir() if path.suffix in (".csv", ".txt"))
TRUTH = json.loads((EXPORTS / "plain-csv" / "truth.json").read_text())
PLAIN = File(path="")


def opened(tmp_path, raw, name="a.csv", **settings):
    path = tmp_path / name
    path.write_bytes(raw)
    return open_grid(path, name, File(path=name, **settings))


def columns(table):
    return {name: list(column.texts()) for name, column in table.columns.items()}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_six_encodings_of_one_table_are_one_table(path):
    table = read_table(open_grid(path, path.name, PLAIN), PLAIN)
    first = read_table(open_grid(SAMPLES[0], "first", PLAIN), PLAIN)
    assert columns(table) == columns(first)
    assert columns(table)["Personal-Nr."] == TRUTH["ids"]
    assert columns(table)["Gehaltsband"][7] == "NA"
    assert columns(table)["Abteilung"][1] == "Vertrieb/Süd"
    assert columns(table)["Kommentar"][5] == "erste Zeile\nzweite Zeile"
    assert table.columns["Eintritt"].words[table.columns["Eintritt"].codes[5]] == "29.02.2020"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Müller war in Zürich – schön"),
        ("mac_roman", "Müller war in Zürich – schön"),
        ("iso8859_15", "Élève, 50 € à Besançon, cœur"),
        ("cp1250", "Łódź, Kraków, Wrocław, zażółć gęślą"),
        ("iso8859_2", "Łódź, Kraków, Wrocław, zażółć gęślą"),
    ],
)
def test_the_encoding_is_the_one_that_makes_words(encoding, text):
    assert single_byte(text.encode(encoding)) == encoding


def test_what_a_file_was_read_as_is_told_by_its_letters_and_no_word(tmp_path):
    grid = opened(tmp_path, "id,name\n1,Jürgen Groß\n".encode("cp1252"))
    assert grid.encoding == "Windows-1252"
    assert "letters found: ü, ß" in grid.notes[0]
    assert "Jürgen" not in grid.notes[0]
    assert 'encoding = "mac_roman"' in grid.notes[0]


def test_bytes_that_are_no_letter_are_left_out_and_told_with_their_place(tmp_path):
    grid = opened(tmp_path, b"id,seen?\x8c\xe6\n1,yes\n")
    assert grid.row(0) == ["id", "seen?"]
    assert "row 1, column 2" in grid.notes[0]


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ("id;q1\nÄ000;1\nÖ000;2\nÜ000;3\n".encode("cp1252"), "row 2, column 1"),
        ("id,name\nА0001,Привет\n".encode("cp1251"), "row 2, column 1"),
        ("id;q1\n1;ok\n2;Ø\n".encode("cp1252"), "row 3, column 2"),
    ],
)
def test_letters_that_no_encoding_tells_are_not_left_out_of_cells(tmp_path, raw, where):
    with pytest.raises(DataError, match=rf"a\.csv: {where}: bytes that make no words .* encoding = \"cp1252\""):
        opened(tmp_path, raw)


def test_fractions_powers_and_pounds_are_letters_of_windows(tmp_path):
    grid = opened(tmp_path, "id;q1;q2\n1;1½;£20k\n2;10 m²;£5k\n".encode("cp1252"))
    assert [grid.row(at)[1:] for at in (1, 2)] == [["1½", "£20k"], ["10 m²", "£5k"]]


def test_two_encodings_in_one_file_are_refused_where_they_meet(tmp_path):
    raw = "id,town\n1,Zürich\n".encode() + "2,Zürich\n".encode("cp1252")
    with pytest.raises(DataError, match=r"a\.csv: row 3, column 2: a byte that is not UTF-8"):
        opened(tmp_path, raw)


def test_utf_16_without_a_mark(tmp_path):
    grid = opened(tmp_path, "id;town\n1;Zürich\n".encode("utf-16-le"))
    assert grid.row(1) == ["1", "Zürich"]


def test_a_nul_is_told_with_its_row(tmp_path):
    with pytest.raises(DataError, match=r"a\.csv: row 3, column 2: a NUL"):
        opened(tmp_path, b"id,x\n1,a\n2,b\0c\n")


def test_a_quotation_mark_that_never_closes_is_told_with_its_row(tmp_path):
    with pytest.raises(DataError, match=r"a\.csv: row 3: a quotation mark opens a cell and none closes it"):
        opened(tmp_path, b'id,x\n1,a\n2,"b\n3,c\n')


def test_inches_are_no_quotation_marks(tmp_path):
    assert opened(tmp_path, b'id,x\n1,5" disk\n').row(1) == ["1", '5" disk']


def test_what_stands_above_the_headers_is_left_out_and_rows_keep_their_numbers(tmp_path):
    raw = b"Turnover report\nRun on,2026-01-01\n\nid,team,pay,x\n1,a,2,u\n2,b,3,v\n3,c,4,w\n4,d,5,x\n"
    grid = opened(tmp_path, raw)
    assert grid.preamble == 3
    table = read_table(grid, PLAIN)
    assert list(table.columns) == ["id", "team", "pay", "x"]
    assert table.rows.tolist() == [5, 6, 7, 8]
    assert "they are in row 4" in grid.notes[0]


def test_a_cell_of_forty_megabytes_is_read(tmp_path):
    grid = opened(tmp_path, b'id,x\n1,"' + b"a" * 40_000_000 + b'"\n2,b\n')
    assert [len(word) for word in grid.columns[1].words] == [1, 40_000_000, 1]


def test_uneven_rows_of_a_large_file_keep_their_numbers(tmp_path):
    rows = [f"{row},a" for row in range(300_000)]
    rows[200_000] += ",b"
    with pytest.raises(DataError, match=r"a\.csv: row 200002: 3 cells where the header has 2"):
        opened(tmp_path, ("id,x\n" + "\n".join(rows)).encode())


def test_a_table_beyond_memory_is_refused_with_both_sizes(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "EASY", 0)
    monkeypatch.setattr(memory, "free_bytes", lambda: 1)
    with pytest.raises(
        DataError, match=r"a\.csv: about \d+ cells, which take .* GB of memory here, and 0.0 GB are"
    ):
        opened(tmp_path, b"id,x\n1,a\n")


def test_memory_is_that_of_the_machine_or_of_the_container_if_less(tmp_path, monkeypatch):
    free = memory.free_bytes()
    assert 1e8 < free < 1e14
    for name, text in (("LIMIT", "3000000"), ("USED", "1000000")):
        (tmp_path / name).write_text(text)
        monkeypatch.setattr(memory, name, tmp_path / name)
    assert memory.free_bytes() == 2_000_000
    (tmp_path / "LIMIT").write_text("max")
    assert memory.free_bytes() > 1e8


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_with_quotes_and_line_breaks(tmp_path, delimiter):
    rows = [["id", "text"], *([str(row), f'said "{delimiter}", then\nleft'] for row in range(50))]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    grid = opened(tmp_path, text.getvalue().encode())
    assert grid.delimiter == delimiter
    assert [grid.row(row) for row in range(grid.height)] == rows


def test_codes_take_the_smallest_integers(tmp_path):
    grid = opened(tmp_path, b"id,x\n" + b"\n".join(b"%d,%d" % (row, row % 5) for row in range(1000)))
    assert grid.columns[1].codes.dtype == np.int8
    assert grid.columns[0].codes.dtype == np.int16


def test_a_title_padded_with_delimiters_stands_above_the_headers(tmp_path):
    grid = opened(tmp_path, b"Turnover 2026;;;\n;;;\nid;team;pay;x\n1;a;2;u\n2;b;3;v\n")
    assert grid.preamble == 2
    assert grid.row(0) == ["id", "team", "pay", "x"]


def test_a_header_of_another_width_is_a_fault_and_no_title(tmp_path):
    with pytest.raises(DataError, match=r"row 2, 3: 4 cells where the header has 3"):
        opened(tmp_path, b"id,team,pay\n1,a,2,9\n2,b,3,9\n")


def test_more_rows_or_columns_than_any_survey_has_are_refused_by_the_limit(tmp_path):
    wide = ",".join(f"c{place}" for place in range(17_000))
    with pytest.raises(DataError, match=r"a\.csv: 17,000 columns; 16,384 is the limit"):
        opened(tmp_path, f"{wide}\n{'1,' * 16_999}1\n".encode())
    with pytest.raises(DataError, match=r"a\.csv: 2,000,002 rows; 2,000,000 is the limit"):
        opened(tmp_path, b"id,x\n" + b"1,2\n" * 2_000_001)


def test_blocks_whose_words_come_in_another_order_are_joined(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "LARGE", 0)
    letters = ["ab", "ba"]
    rows = [f"{place:06d},{letters[place >= 400_000][place % 2]},{place % 7}" for place in range(800_000)]
    path = tmp_path / "a.csv"
    path.write_text("id,letter,day\n" + "\n".join(rows) + "\n")
    assert path.stat().st_size > 2 * delimited.BLOCK
    grid = open_grid(path, "a.csv", File(path="a.csv"))
    for at, column in enumerate(grid.columns):
        words = np.array(column.words, dtype=object)[column.codes]
        assert words[1:].tolist() == [row.split(",")[at] for row in rows]


@pytest.mark.parametrize(
    "above",
    [
        "Report for Smith, Jones, and Partners\n",
        "Status = Complete,Wave = T0,Country = DE\nRun by,people analytics,in May\n",
        "sep=,\nPulse, spring, London\n",
    ],
)
def test_titles_with_delimiters_in_them_are_no_headers(tmp_path, above):
    grid = opened(tmp_path, (above + "id,team,pay,x\n1,a,2,u\n2,b,3,v\n3,a,4,w\n").encode())
    table = read_table(grid, PLAIN)
    assert list(table.columns) == ["id", "team", "pay", "x"]
    assert table.rows.tolist() == [above.count("\n") + row for row in (2, 3, 4)]
    assert any(f"they are in row {above.count(chr(10)) + 1}" in note for note in grid.notes)


def test_headers_that_lack_a_name_are_no_title(tmp_path):
    with pytest.raises(DataError, match=r"rows? 2.*cells where the header has 3"):
        opened(tmp_path, b"id,team,pay\nP1,north,agree,x\nP2,south,agree,y\nP3,west,agree,z\n")


@pytest.mark.parametrize("last", ["Total,90,120", "Gesamt: 216,,", "TOTAL,,", "Sum 2,90,"])
def test_a_row_of_sums_is_no_person(tmp_path, last):
    table = read_table(opened(tmp_path, f"id,x,y\nP1,30,40\nP2,60,80\n{last}\n".encode()), PLAIN)
    assert (len(table.rows), table.dropped) == (2, {"sums, not people": 1})


@pytest.mark.parametrize(
    ("last", "dropped"),
    [
        (["Mittelwert,,2.5"], {"means and counts, not people": 1}),
        (["Mean,3.5,2.5", "SD,1.1,0.9", "n: 3,,"], {"means and counts, not people": 3}),
        (
            ["Moyenne,3.5,", "Durchschnitt,,3.5", "Promedio,,3", "gemiddelde,,3"],
            {"means and counts, not people": 4},
        ),
        (["Anzahl: 120,,"], {"means and counts, not people": 1}),
        (["* Source : paie,,", "(1) CDI uniquement,,"], {"notes below the table": 2}),
        (["Total,90,120", "Effectif : 3,,", "as of 1 May 2026,,"], None),
        (["Quelle: SAP,,", "Stand=heute,,"], {"notes below the table": 2}),
    ],
)
def test_means_counts_and_notes_below_the_table_are_nobody(tmp_path, last, dropped):
    rows = "\n".join(["id,x,y", "P1,30,40", "P2,60,80", "P3,2,1", *last, ""])
    table = read_table(opened(tmp_path, rows.encode()), PLAIN)
    expected = {"sums, not people": 1, "means and counts, not people": 1, "notes below the table": 1}
    assert (len(table.rows), table.dropped) == (3, dropped or expected)


@pytest.mark.parametrize(
    "rows",
    [
        "id,x,y\nP1,3,4\nP2,6,8\nP3,,\n",  # who answered nothing
        "name,x,y\nAnn Lee,3,4\nBo Kim,6,8\nCy Fox,,\n",
        "unit,id,x\nSales,1,3\nSales,2,4\nMedia,3,5\n",
        "id,unit,x\n1,Media,3\n2,SD,4\n3,Mean,\n",
        "id,left,why\n1,,\n2,,\nmr x,,\n",
        "scope,x,y\nMean,3,4\nPart,6,8\nMean,1,2\n",
        "matricule,d,date,motif\n1,Somme,,\n2,Oise,,\n3,Somme,2024-03-01,x\n4,Aisne,2024-03-01,\n",
        "id,unit,x\n00001,Sales,1\n00002,Total,\n",
        "id,x,y\n1,a,b\n2,gesamt,\n",
        "unit,id,x,y\nSomme,1,,\nOise,2,,\nSomme,3,a,b\n",
    ],
)
def test_whoever_ends_a_table_or_is_of_a_unit_called_like_a_sum_stays(tmp_path, rows):
    table = read_table(opened(tmp_path, rows.encode()), PLAIN)
    assert (len(table.rows), table.dropped) == (rows.count("\n") - 1, {})


def test_a_word_for_a_sum_among_answers_is_an_answer(tmp_path):
    table = read_table(opened(tmp_path, b"scope,x,y\nTotal,30,40\nPart,60,80\nTotal,1,2\n"), PLAIN)
    assert (len(table.rows), table.dropped) == (3, {})


WHOLE = [f'P{row:03d},{row % 5 + 1},"{row} said, and\nleft"' for row in range(60)]


def with_rows(rows, changed):
    """A table of these rows, some of them written otherwise, by their number in the file."""
    told = [changed.get(at, row) for at, row in enumerate(rows)]
    return "\n".join(["id,x,text", *told, ""]).encode()


NEVER = "a quotation mark that is never closed; rows"
AFTER = "text after the quotation mark that closes a cell"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({5: 'P005,1,"Super" sagt er'}, f"row 7: {AFTER}"),
        ({5: 'P005,1,"" y', 9: 'P009,1,"x"y'}, f"row 7, 11: {AFTER}"),
        ({5: 'P005,1,"x', 25: 'P025,3,y"'}, f"row 7: {NEVER} 7 to 27 became one cell"),
        ({5: 'P005,1,"x', 25: 'P025,3,"y'}, f"row 7: {NEVER} 7 to 27 became one cell"),
        ({5: 'P005,1,"x', 6: 'P006,3,y"'}, f"row 7: {NEVER} 7 to 8 became one cell"),
        ({5: 'P005,1,"x'}, "row 7: a quotation mark opens a cell and none closes it before the end of the file"),
    ],
)
def test_a_quotation_mark_astray_is_told_with_its_rows(tmp_path, changed, said):
    rows = [f"P{row:03d},{row % 5 + 1},ok" for row in range(60)]
    with pytest.raises(DataError) as caught:
        opened(tmp_path, with_rows(rows, changed))
    [fault] = caught.value.faults
    assert fault.startswith(f"a.csv: {said}")


@pytest.mark.parametrize(
    "text", ['a 5" screen', '"one, two, three\nP, a, b, c\n\nand, so, on"', '"he said ""no"", twice"', '""', 'x"']
)
def test_marks_and_lines_of_somebody_s_own_are_read(tmp_path, text):
    rows = [f"P{row:03d},{row % 5 + 1},ok" for row in range(60)]
    assert opened(tmp_path, with_rows([*rows, *WHOLE], {5: f"P005,1,{text}"})).height == 121


def test_marks_are_judged_across_the_pieces_that_a_file_is_read_in(tmp_path, monkeypatch):
    monkeypatch.setattr(quotes, "CHUNK", 7)
    assert opened(tmp_path, with_rows(WHOLE, {})).height == 61
    with pytest.raises(DataError, match=r"row 7: text after the quotation mark"):
        opened(tmp_path, with_rows(WHOLE, {5: 'P005,1,"x"y'}))


@pytest.mark.parametrize("head", ["id,x,Rank", '"id","x","Rank"', '"id","x","a;b;c"', "Spring pulse\nid,x,Rank"])
def test_a_list_in_every_row_does_not_part_the_cells(tmp_path, head):
    row = "P{},{},Chat;Mail;Fax" if head[0] != '"' else '"P{}","{}","Chat;Mail;Fax"'
    rows = [row.format(at, at % 5) for at in range(60)]
    grid = opened(tmp_path, "\n".join([head, *rows, ""]).encode())
    assert (grid.delimiter, grid.height, grid.row(60)) == (",", 61, ["P59", "4", "Chat;Mail;Fax"])


@pytest.mark.parametrize("above", ["", "Pulse, spring\n"])
def test_decimal_commas_in_every_row_part_no_cells(tmp_path, above):
    rows = [f"P{at};{at % 5},5;x" for at in range(60)]
    grid = opened(tmp_path, "\n".join([f"{above}id;pay;team", *rows, ""]).encode())
    assert (grid.delimiter, grid.row(0)) == (";", ["id", "pay", "team"])
