"""Places: can the files of a plan be where it says?"""

from collections.abc import Iterator
from pathlib import PurePath

from mentorstudy.nouns.plan import Plan

STAR = "The star stands for the wave, as in survey_*.csv"


def unsound_places(plan: Plan) -> Iterator[str]:
    """A fault for each pattern that names no file, or any."""
    tables = [("files", plan.files), *((f"samples.{name}.files", of.files) for name, of in plan.samples.items())]
    for place, files in tables:
        for role, file in files.items():
            key, path = f"{place}.{role}", PurePath(file.path)
            if "*" not in file.path:
                continue
            if not path.name.replace("*", "").strip("."):
                yield f"{key}: {file.path} is every file of the folder, cohort.toml too. Name it, as in hr.csv."
            elif file.path.count("*") > 1:
                yield f"{key}: {file.path} has several stars. {STAR}: write one."
            elif "*" not in path.name:
                yield f"{key}: {file.path} has a star in a folder. {STAR}: write it in the file's name."
            elif path.is_absolute():
                yield f"{key}: {file.path} does not begin in the cohort's folder. Write the path from there."
