"""The head of a plan of one group, for tests that make up the answers."""

HEAD = """
name = "{name}"
title = "t"
question = "How are they?"
design = "single-group"
[exposure]
treated = "took part"
eligible = []
[files]
people = "hr.csv"
survey = "{survey}"
[columns.people]
person = "id"
"""


def plan_head(survey: str, *, name: str = "mini", columns: str = 'person = "id"\n') -> str:
    """All but the outcomes: where the survey's files are, and the columns of theirs that the plan names."""
    return HEAD.format(name=name, survey=survey) + (f"[columns.survey]\n{columns}" if columns else "")
