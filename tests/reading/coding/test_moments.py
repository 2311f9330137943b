"""Moments: one order a column, and nothing that cannot be decided is guessed."""

import random
import time
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorstudy.nouns.errors import PlanError
from mentorstudy.reading.coding.moments import days_of, moments_of
from mentorstudy.reading.coding.orders import order_of

DAY_FIRST = ("25/12/2020", "03/04/2021")
MONTH_FIRST = ("12/25/2020", "03/04/2021")

days = st.dates(date(1901, 1, 1), date(2099, 12, 30))
WRITTEN = {
    "day first": "{d:02d}{by}{m:02d}{by}{y:04d}",
    "month first": "{m:02d}{by}{d:02d}{by}{y:04d}",
    "year first": "{y:04d}{by}{m:02d}{by}{d:02d}",
}


def wrote(day: date, order: str, by: str, *, bare: bool = False) -> str:
    text = WRITTEN[order].replace(":02d", ":d") if bare else WRITTEN[order]
    return text.format(d=day.day, m=day.month, y=day.year, by=by)


def stamps(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[s]")


@given(
    st.lists(days, min_size=1, max_size=30, unique=True),
    st.sampled_from(list(WRITTEN)),
    st.sampled_from("/.- "),
    st.booleans(),
)
def test_any_date_in_any_order_comes_back(those, order, by, bare):
    words = [wrote(day, order, by, bare=bare) for day in those]
    read = days_of(words, order)
    assert not read.faults
    assert read.values.tolist() == [datetime(day.year, day.month, day.day) for day in those]
    undeclared = days_of(words)
    assert undeclared.order in ("", order, "ISO")
    if not undeclared.faults:
        assert (undeclared.values == read.values).all()


@given(st.lists(days, min_size=2, max_size=30, unique=True), st.sampled_from(list(WRITTEN)), st.randoms())
def test_the_order_of_the_words_changes_nothing(those, order, shuffle: random.Random):
    words = [*(wrote(day, order, "/") for day in those), "", "n/a"]
    shuffled = list(words)
    shuffle.shuffle(shuffled)
    read, again = days_of(words), days_of(shuffled)
    assert again.order == read.order
    assert len(again.faults) == len(read.faults)
    assert dict(zip(shuffled, again.values.tolist(), strict=True)) == dict(
        zip(words, read.values.tolist(), strict=True)
    )


@given(st.lists(days, min_size=2, max_size=30, unique=True), st.integers(1, 29), st.sampled_from(list(WRITTEN)))
def test_declared_a_split_column_reads_as_the_whole(those, at, order):
    words = [wrote(day, order, ".") for day in those]
    parts = [days_of(part, order).values for part in (words[:at], words[at:])]
    assert (np.concatenate(parts) == days_of(words, order).values).all()


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (("2020-12-25", "2021-04-03 10:00"), "ISO"),
        (("2020/12/25",), "year first"),
        (DAY_FIRST, "day first"),
        (MONTH_FIRST, "month first"),
        (("01/01/2020", "02/02/2020"), ""),
        (("3 Mar 2026",), ""),
        (("", "n/a"), ""),
    ],
)
def test_the_whole_column_decides_the_order(words, order):
    found = order_of(words)
    assert found.order == order
    assert not found.faults


def test_a_date_that_fits_both_is_read_by_the_others():
    assert days_of(DAY_FIRST).values[1] == np.datetime64("2021-04-03")
    assert days_of(MONTH_FIRST).values[1] == np.datetime64("2021-03-04")


def test_days_that_are_the_same_in_both_orders_need_none():
    read = days_of(("01/01/2020", "02/02/2020"))
    assert not read.faults
    assert (read.values == stamps("2020-01-01", "2020-02-02")).all()


def test_both_orders_in_one_column_name_both_and_no_date():
    read = days_of((*DAY_FIRST, "12/25/2020"))
    assert [fault.words.tolist() for fault in read.faults] == [[True, False, False], [False, False, True]]
    assert "only be day first" in read.faults[0].why
    assert "only be month first" in read.faults[1].why
    assert "99/99/9999" in read.why
    assert "25" not in read.why


def test_what_fits_both_orders_is_not_guessed():
    read = days_of(("03/04/2021", "05/05/2021", ""))
    assert read.wrong.tolist() == [True, False, False]
    assert 'date_order = "day first" or "month first"' in read.why
    assert np.isnat(read.values[0])
    assert days_of(("03/04/2021",), "month first").values[0] == np.datetime64("2021-03-04")


@pytest.mark.parametrize(
    ("declared", "words", "wrong"),
    [
        ("day first", ("25/12/2020", "12/25/2020", "2020-12-25"), [False, True, True]),
        ("month first", ("25/12/2020", "12/25/2020", "2020-12-25"), [True, False, True]),
        ("year first", ("25/12/2020", "12/25/2020", "2020-12-25"), [True, True, False]),
        ("ISO", ("25/12/2020", "2020-12-25"), [True, False]),
    ],
)
def test_a_declared_order_is_held_to(declared, words, wrong):
    read = days_of(words, declared)
    assert read.wrong.tolist() == wrong
    assert "as declared" in read.why


@pytest.mark.parametrize(
    ("declared", "words", "mend"),
    [
        ("day first", ("12/25/2020", "03/04/2020"), 'write date_order = "month first"'),
        ("month first", ("25/12/2020", "03/04/2020"), 'write date_order = "day first"'),
        ("day first", ("12/25/2020", "25/12/2020"), "Write all in one way"),
        ("day first", ("12/25/2020", "2020-12-25"), "Write all in one way"),
        ("year first", ("12/25/2020", "2020-12-25"), "Write all in one way"),
    ],
)
def test_a_declared_order_that_does_not_fit_is_told_with_the_one_that_does(declared, words, mend):
    assert mend in days_of(words, declared).why


def test_year_first_and_year_last_are_two_ways():
    assert days_of(("2020-12-25", "25/12/2020")).wrong.tolist() == [False, True]


def test_an_unknown_order_is_told():
    with pytest.raises(PlanError, match="Did you mean day first"):
        order_of(DAY_FIRST, "dayfirst")


@pytest.mark.parametrize(
    "word",
    [
        "3 Mar 2026",
        "03-Mar-2026",
        "03MAR2026",
        "3. März 2026",
        "3. Ma\u0308rz 2026",
        "3 mars 2026",
        "3 de marzo de 2026",
        "3 mrt 2026",
        "3 maart 2026",
        "March 3, 2026",
        "Mar. 3rd, 2026",
        "Tuesday, March 3, 2026",
        "mardi 3 mars 2026",
        "Di., 3. Mär. 2026",
        "2026-Mar-03",
        "2026. 03. 03.",
        "3. 3. 2026",
    ],
)
def test_months_have_names_in_five_languages(word):
    read = days_of([word])
    assert read.why == ""
    assert read.values[0] == np.datetime64("2026-03-03")


@pytest.mark.parametrize(
    ("word", "moment"),
    [
        ("2026-03-02 17:04", "17:04:00"),
        ("2026-03-02T17:04:31", "17:04:31"),
        ("2026-03-02T17:04:31.123Z", "17:04:31"),
        ("2026-03-02T17:04:31.123+01:00", "16:04:31"),
        ("2026-03-02T17:04:31-0530", "22:34:31"),
        ("2026-03-02 17:04:31 UTC", "17:04:31"),
        ("2026-03-02 17:04:31 (UTC)", "17:04:31"),
        ("2026/03/02 5:14:24 PM GMT+1", "16:14:24"),
        ("2026/03/02 5:14:24 PM MEZ", "16:14:24"),
        ("2026/03/02 5:14:24\u202fp.\u00a0m. UTC+2", "15:14:24"),
        ("2026/03/02 12:14:24 AM GMT", "00:14:24"),
        ("2026/03/02 12:14:24 PM GMT", "12:14:24"),
        ("Mon Mar 02 2026 17:04:31 GMT+0100 (Central European Standard Time)", "16:04:31"),
        ("2 mars 2026 à 17:04", "17:04:00"),
        ("2. März 2026 um 17:04 Uhr", "17:04:00"),
        ("2026-03-02 17.04.31", "17:04:31"),
    ],
)
def test_clocks_and_offsets(word, moment):
    read = moments_of([word], "UTC")
    assert read.why == ""
    assert read.values[0] == np.datetime64(f"2026-03-02T{moment}")


def test_twelve_hours_month_first():
    read = moments_of(("03/02/2026 05:04:31 PM", "03/13/2026 12:00:00 AM"), "America/New_York")
    assert (read.values == stamps("2026-03-02T22:04:31", "2026-03-13T04:00:00")).all()


@pytest.mark.parametrize(
    "word",
    [
        "31/02/2021",
        "2021-13-01",
        "2021-00-10",
        "2020-01-01 25:00",
        "2020-01-01 13:00 PM",
        "2020-01-01 10:00+19:00",
        "3 Smarch 2020",
        "2020-01-01 and later",
        "12/2020",
        "030-1234567",
        "1.2.3",
        "2020",
        "x" * 500,
        "n/a",
    ],
)
def test_what_is_no_date_is_told_by_its_shape(word):
    read = days_of(["2020-05-05", word] if "/02/" not in word else ["25/05/2020", word])
    assert read.wrong.tolist() == [False, True]
    assert "look like" in read.why
    assert np.isnat(read.values[1])
    assert word not in read.why


def test_two_digits_of_a_year_only_when_declared():
    words = ("03.02.26", "04.02.99")
    assert days_of(words).wrong.all()
    assert days_of(words, "day first").wrong.all()
    read = days_of(words, "day first", short_years=True)
    assert (read.values == stamps("2026-02-03", "1999-02-04")).all()
    assert (days_of(words, "year first", short_years=True).values[:1] == stamps("2003-02-26")).all()
    assert "short_years = true" in days_of(["03-MAR-26"]).why
    assert days_of(["03-MAR-26"], short_years=True).values[0] == np.datetime64("2026-03-03")


def test_serials_only_when_declared():
    words = ("44000", "44000.5", "1", "59", "60", "61", "0", "9999999")
    assert days_of(words).wrong.all()
    assert 'serials = "1900"' in days_of(words).why
    read = moments_of(words, "UTC", serials="1900")
    assert (read.values[[0, 1, 3, 5]] == stamps("2020-06-18", "2020-06-18T12:00", "1900-02-28", "1900-03-01")).all()
    assert read.wrong.tolist() == [False, False, True, False, True, False, True, True]
    assert days_of(("42538",), serials="1904").values[0] == np.datetime64("2020-06-18")


def test_placeholders_only_when_declared():
    words = ("2020-01-02", "9999-12-31", "0000-00-00", "1900-01-00", "1900-01-01 00:00:00", "none")
    read = days_of(words)
    assert read.wrong.tolist() == [False, True, True, True, True, True]
    assert "9999-12-31, 0000-00-00, 1900-01-00" in read.why
    read = days_of(words, "", ("9999-12-31", "0000-00-00", "1900-01-00", "1900-01-01", "none"))
    assert not read.faults
    assert read.placeholder.tolist() == [False, True, True, True, True, True]
    assert np.isnat(read.values).tolist() == read.placeholder.tolist()
    assert days_of(("31.12.9999", "25.12.2020")).wrong.tolist() == [True, False]


@pytest.mark.parametrize(
    ("words", "placeholder"),
    [
        (("31/12/9999", "25/02/2024"), "9999-12-31"),
        (("31/12/9999 00:00", "25/02/2024"), "9999-12-31"),
        (("9999-12-31T23:59:59Z", "2024-02-25T00:00:00Z"), "31/12/9999"),
        (("99991231", "20240225"), "9999-12-31"),
        (("2958465", "45347"), "9999-12-31"),
        (("31 Dec 9999", "25 Feb 2024"), "12/31/9999"),
    ],
)
def test_placeholders_are_compared_as_days_and_the_message_says_which(words, placeholder):
    read = days_of(words, serials="1900")
    assert read.wrong.tolist() == [True, False]
    assert words[0] in read.why
    assert '[placeholders]\ndates = ["9999-12-31"]' in read.why
    read = days_of(words, "", (placeholder,), serials="1900")
    assert read.placeholder.tolist() == [True, False]
    assert not read.faults
    assert read.values[1] == np.datetime64("2024-02-25")


def test_a_placeholder_that_may_be_another_day_is_compared_as_a_word_alone():
    read = days_of(("01/02/1950", "25/03/2020"), "", ("1950-02-01",))
    assert not read.placeholder.any()
    assert days_of(("01/02/1950", "25/03/2020"), "", ("01/02/1950",)).placeholder.tolist() == [True, False]


def test_the_line_to_paste_keeps_what_is_declared():
    assert 'dates = ["1900-01-01", "9999-12-31"]' in days_of(("9999-12-31", "1900-01-01"), "", ("1900-01-01",)).why


@pytest.mark.parametrize("word", ["0205-03-01", "2205-03-01", "1 March 1205", "۱۴۰۳-۱۲-۱۱", "28/2/2568"])
def test_years_out_of_reach_are_told_by_their_shape(word):
    read = days_of((word, ""))
    assert read.wrong.tolist() == [True, False]
    assert "years before 1900 or after 2100" in read.why
    assert word not in read.why
    assert np.isnat(read.values[0])


@pytest.mark.parametrize("serials", ["", "1900"])
def test_a_year_alone_counts_no_days(serials):
    read = days_of(("2019", "2020.0", "2024-02-25"), serials=serials)
    assert read.wrong.tolist() == [True, True, False]
    assert "years without a day" in read.why


@pytest.mark.parametrize("declared", ["", "day first", "month first", "year first"])
@pytest.mark.parametrize("words", [("2025-01-02", "2025-03-04"), ("2025/01/02", ""), ("20250102", "20250304", "")])
def test_a_column_wholly_year_first_is_so_whatever_is_declared(words, declared):
    read = days_of(words, declared)
    assert not read.faults
    assert read.values[0] == np.datetime64("2025-01-02")


def test_eight_digits_are_days_only_where_the_column_holds_nothing_else():
    assert days_of(("20250901", "20250931")).wrong.tolist() == [False, True]
    assert days_of(("20250901", "2025-09-01")).wrong.tolist() == [True, False]
    assert days_of(("01092025", "31122024")).wrong.all()
    assert days_of(("41234567", "91234567")).wrong.all()


def test_years_of_two_digits_may_stand_first():
    assert '"day first", "month first" or "year first" and short_years = true' in days_of(("25/09/01",)).why
    assert days_of(("25/09/01",), "year first", short_years=True).values[0] == np.datetime64("2025-09-01")


@pytest.mark.parametrize("words", [("1/2/21", "03/04/2021"), ("25/12/2020", "12/25/2020", "03/04/2021")])
def test_what_fits_both_orders_is_unread_wherever_the_order_is_not_known(words):
    read = days_of(words)
    assert read.unread.all()
    assert np.isnat(read.values).all()


@pytest.mark.parametrize(
    ("word", "zone", "day"),
    [
        ("2016-11-18T23:00:00Z", "Europe/Berlin", "2016-11-19"),
        ("2016-06-18T22:00:00Z", "Europe/Berlin", "2016-06-19"),
        ("2016-11-18T23:00:00Z", "", "2016-11-18"),
        ("2016-11-18T00:00:00Z", "America/New_York", "2016-11-18"),
        ("2016-11-18T03:00:00Z", "America/New_York", "2016-11-17"),
        ("2016-11-18 23:00", "Europe/Berlin", "2016-11-18"),
    ],
)
def test_moments_with_an_offset_are_days_of_the_zone(word, zone, day):
    read = days_of((word,), zone=zone)
    assert read.values[0] == np.datetime64(day)
    assert read.of_utc == (not zone)


@pytest.mark.parametrize(
    "word", ["2016-12-31T23:59:60Z", "2025-03-01 24:00", "2025-W10-3", "1740819600000", "²²²²²²²²²"]
)
def test_what_no_clock_or_calendar_shows_is_refused(word):
    assert moments_of((word,), "UTC").wrong.all()


@pytest.mark.parametrize(
    "word",
    [
        "２０２５-０９-０３",
        "٢٠٢٥-٠٩-٠٣",
        "3 Sept 2025",
        "3. Sept. 2025",
        "3 sept. 2025",
        "2025-09-03T00:00:00.000Z",
    ],
)
def test_digits_of_other_scripts_and_short_months(word):
    assert days_of((word,)).values[0] == np.datetime64("2025-09-03")


def test_half_an_hour_twice_and_half_an_hour_never():
    words = ("2025-04-06 01:29", "2025-04-06 01:45", "2025-04-06 02:00", "2025-10-05 02:15", "2025-10-05 02:30")
    read = moments_of(words, "Australia/Lord_Howe")
    assert read.doubled.tolist() == [False, True, False, False, False]
    assert read.skipped.tolist() == [False, False, False, True, False]
    assert read.earliest[1] == np.datetime64("2025-04-05T14:45")
    assert not read.unread.any()


def test_aware_and_naive_times_in_one_column_are_told():
    read = moments_of(("2026-03-02 10:00Z", "2026-03-03 10:00Z", "2026-03-04 10:00"), "Europe/Berlin")
    assert read.wrong.tolist() == [False, False, True]
    assert "how far from UTC" in read.why


def test_local_times_without_a_zone_stay_as_written_and_say_so():
    read = moments_of(("2026-03-02 10:00",))
    assert read.naive
    assert read.values[0] == np.datetime64("2026-03-02T10:00")
    assert not moments_of(("2026-03-02 10:00Z",)).naive
    assert not moments_of(("2026-03-02 10:00",), "UTC").naive
    assert not moments_of(("",)).naive


def test_the_hour_twice_and_the_hour_never_are_flagged_not_guessed():
    words = (
        "2026-10-25 01:59:59",
        "2026-10-25 02:30",
        "2026-10-25 03:00",
        "2026-03-29 02:30",
        "2026-03-29 03:00",
        "",
    )
    read = moments_of(words, "Europe/Berlin")
    assert read.doubled.tolist() == [False, True, False, False, False, False]
    assert read.skipped.tolist() == [False, False, False, True, False, False]
    assert np.isnat(read.values).tolist() == [False, True, False, True, False, True]
    assert (read.values[[0, 2, 4]] == stamps("2026-10-24T23:59:59", "2026-10-25T02:00", "2026-03-29T01:00")).all()
    assert not read.faults


@given(
    st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 30)), max_size=20, unique=True),
    st.integers(-14 * 60, 14 * 60),
)
def test_any_offset_comes_back_in_utc(those, minutes):
    place = timezone(timedelta(minutes=minutes))
    words = [moment.replace(tzinfo=place).isoformat() for moment in those]
    read = moments_of(words)
    assert not read.faults
    assert [moment.replace(tzinfo=UTC) for moment in read.values.tolist()] == [
        moment.replace(tzinfo=place, microsecond=0).astimezone(UTC) for moment in those
    ]


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berln", "Did you mean Europe/Berlin"),
        ("berlin", "Did you mean Europe/Berlin?"),
        ("New York", "Did you mean America/New_York?"),
        ("our time", "Write a region and its town"),
        ("GMT+1", r"as in Europe/Berlin; for clocks that are never put forward, Etc/GMT-1, whose sign is turned"),
        ("-05:00", r"never put forward, Etc/GMT\+5, whose sign"),
        ("UTC+05:30", r"as in Europe/Berlin\.$"),
        ("../../etc/passwd", "There is no time zone"),
    ],
)
def test_an_unknown_zone_is_told_with_the_nearest(zone, said):
    with pytest.raises(PlanError, match=said):
        moments_of(("2026-03-02 10:00",), zone)


def test_an_empty_column_is_no_fault():
    for words in ((), ("",)):
        assert len(moments_of(words, "UTC").values) == len(words)
        assert days_of(words).why == ""


def test_many_stamps_are_quick():
    moments = np.datetime64("2020-01-01", "s") + np.arange(200_000) * 611
    words = [word.replace("T", " ") for word in np.datetime_as_string(moments).tolist()]
    start = time.perf_counter()
    read = moments_of(words, "UTC")
    took = time.perf_counter() - start
    assert (read.values == moments).all()
    assert took < 5  # a tenth of that on an idle machine
