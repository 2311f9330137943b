"""Nothing becomes missing without a line that says so: which questions, about how often, by which words."""

from mentorstudy import read_cohort, read_study


def answering(small, words):
    """The first items of the first wave with these words among the answers, in turn; the others as they were."""

    def change(text):
        head, *rows = text.splitlines()
        cells = [row.split(",") for row in rows]
        for at, row in enumerate(cells):
            if at % 12 == 0:
                row[1] = words[at // 12 % len(words)]
            if at % 24 == 0:
                row[2] = words[0]
        return "\n".join([head, *map(",".join, cells)]) + "\n"

    return small.change("survey_T0.csv", change)


def notes(small):
    return [
        note for file in read_cohort(read_study(small.folder), small.cohort).files for note in file.ledger.notes
    ]


def test_words_that_were_read_as_no_answer_are_told_once_for_all_items(small):
    [note] = notes(answering(small, ["NA", "Don't know", "N/A"]))
    assert note.startswith(
        "first/survey_T0.csv: scale zeal: read as no answers in z1, z2: about 25 as not_applicable "
        '("NA", "N/A") and about 5 as dont_know ("Don\'t know"). To say so yourself, write into plan.toml:\n'
        "[labels.zeal]\nmissing = {"
    )
    lines = note.partition("write into plan.toml:\n")[2].rpartition("\nor codes")[0]
    small.change("plan.toml", lambda text: f"{text}\n{lines}\n")
    assert not notes(small)


def test_answers_left_out_need_no_note(small):
    assert not notes(answering(small, [""]))
