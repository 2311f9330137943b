"""What stands in a plan and cannot is told in plain words: the key, what is there, what to write."""

import pytest
from faulty_plan import told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"hr.csv"',
            '["a.csv", "b.csv"]',
            "files.people is a list, and lists of files are not read yet. Name one file",
        ),
        ('"hr.csv"', '{path = ["a.csv"]}', "files.people is a list, and lists of files are not read yet."),
        ('"hr.csv"', "3", "files.people is 3; write the name of a file, in quotes."),
        (
            '"hr.csv"',
            '{path = "hr.csv", delimiter = ";;"}',
            'files.people.delimiter is the text ";;"; write one sign.',
        ),
        ('title = "A small study"', "title = true", "title is true; write a text, in quotes."),
        ("horizon_months = 12", "horizon_months = true", "horizon_months is true; write a number."),
        ("horizon_months = 12", "horizon_months = 0", "horizon_months is 0; write a number above 0."),
        ("smallest_effect = 0.03", "smallest_effect = true", "outcomes.retention.smallest_effect is true; write a"),
        (
            "at_least = 2",
            "is = 2025-01-01",
            "exposure.eligible.0.is is the day 2025-01-01; write a text, a number, or",
        ),
        ('"zeal@T0"]', "7]", "adjust_for.1 is 7; write a text, in quotes."),
        ('["RES"]', '"RES"', 'exit_reasons.voluntary is the text "RES"; write a list, in [ ].'),
        ("[exposure]", "[thresholds]\nmin_group = 3\n[exposure]", "thresholds.min_group is 3; write 5 or more."),
        ("[exposure]", "[thresholds]\nmin_group = 7.5\n[exposure]", "min_group is 7.5; write a whole number."),
        ("[exposure]", "[labels.a]\ncodes = {yes = 1}\n[exposure]", "labels.a: codes has 1; write at least 2"),
        ("[outcomes.retention]", "[[outcomes.retention]]", "outcomes.retention is a list; write a table."),
    ],
)
def test_each_value_that_cannot_be(small, old, new, said):
    message = told(small, (old, new))
    assert said in message
    assert "Input should be" not in message
    assert message.count(said) == 1
