"""The command line. Answers go to standard output, everything else to standard error.

What is slow to load is loaded by the command that needs it, so that `--help` answers at once.
"""
# ruff: noqa: PLC0415

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from mentorstudy.nouns.errors import DataError, MachineError, PlanError, StudyError
from mentorstudy.run.ending import INTERRUPTED, OUR_FAULT, USAGE, Ending

EXAMPLE = Path("data/example")

app = typer.Typer(
    name="mentorstudy",
    help="Measures what mentoring does, and never claims more than the design allows.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Where = Annotated[
    Path | None, typer.Argument(metavar="[STUDY]", show_default=False, help="The folder that holds plan.toml.")
]
Only = Annotated[str | None, typer.Option("--cohort", metavar="C", help="One cohort: the name of its folder.")]
All = Annotated[bool, typer.Option("--all", help="All cohorts of the study.")]
Reports = Annotated[Path, typer.Option("--reports", metavar="DIR", file_okay=False, help="Where reports go.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress; faults are still told.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of paths.")]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        _answer(f"mentorstudy {version('mentorstudy')}")
        raise typer.Exit


@app.callback()
def _mentorstudy(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    *,
    study: Where = None,
    cohort: Only = None,
    every: All = False,
    reports: Reports = Path("reports"),
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Run a study: from its files to one report a cohort (all of data/example where none is named)."""
    from mentorstudy.nouns.study import read_study
    from mentorstudy.run.cohorts import run_study
    from mentorstudy.run.progress import Progress

    plan = read_study(study or EXAMPLE)
    cohorts = _chosen(plan.folder, plan.cohorts, cohort=cohort, every=every or (not study and not cohort))
    progress = Progress(quiet=quiet)
    endings = run_study(plan, cohorts, reports=reports, progress=progress)
    page = None
    if len(cohorts) > 1 and any(ending.report for ending in endings):
        from mentorstudy.run.programme import publish_programme

        progress.say(f"{plan.name}, all cohorts")
        page = publish_programme(plan, reports=reports)
    _tell(endings)
    if as_json:
        answer = {
            "study": plan.name,
            "runs": [ending.as_json() for ending in endings],
            "programme": page and page.as_posix(),
        }
        _answer(_as_json(answer))
    else:
        for path in [*(ending.report for ending in endings), page]:
            if path:
                _answer(path)
    raise typer.Exit(max(ending.exit_code for ending in endings))


@app.command()
def programme(*, study: Where = None, reports: Reports = Path("reports")) -> None:
    """Write the page over all cohorts that have a report by the present plan."""
    from mentorstudy.nouns.study import read_study
    from mentorstudy.run.programme import publish_programme

    plan = read_study(study or EXAMPLE)
    page = publish_programme(plan, reports=reports) if (reports / plan.name).is_dir() else None
    if page is None:
        raise DataError(
            f"{reports}: no cohort of {plan.name} has a report by the present plan. Run them first, as in "
            f"mentorstudy run {plan.folder} --all."
        )
    _answer(page)


@app.command()
def inspect(
    *,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False, help="Survey or HR files.")],
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Tell what files are: tool, layout, rows, ids, columns with values masked; and a plan to paste."""
    import mentorstudy
    from mentorstudy.run.progress import Progress

    found = mentorstudy.inspect_files(files, tell=Progress(quiet=quiet or not sys.stderr.isatty()).say)
    _answer(_as_json(found.as_json()) if as_json else found)
    raise typer.Exit(DataError.exit_code if found.faults else 0)


@app.command()
def check(*, study: Where = None, cohort: Only = None, quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Read a study's plan and files and link them; all faults at once, and no outcome is looked at."""
    import mentorstudy
    from mentorstudy.run.progress import Progress

    plan = mentorstudy.read_study(study or EXAMPLE)
    chosen = _chosen(plan.folder, plan.cohorts, cohort=cohort, every=not cohort)
    found = mentorstudy.examine(plan, chosen, tell=Progress(quiet=quiet or not sys.stderr.isatty()).say)
    if as_json:
        _answer(_as_json(found.as_json()))
    for one in () if as_json else found.cohorts:
        if one.faults:
            print(one, file=sys.stderr)
        else:
            _answer(one)
    for note in () if as_json else found.notes:
        _answer(f"note: {note}")
    raise typer.Exit(found.exit_code)


def main() -> NoReturn:
    """Run the command that was typed, and end with the exit code that says how it went."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a letter that its encoding lacks is no reason to end
            stream.reconfigure(errors="backslashreplace")
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _stop)
    try:
        app()
    except StudyError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except Exception as error:  # the text of an error may hold somebody's answer, its kind and place do not
        frames = traceback.extract_tb(error.__traceback__)
        place = [frame for frame in frames if Path(__file__).parent in Path(frame.filename).parents][-1]
        told = f"internal error: {type(error).__name__}, in {Path(place.filename).name} line {place.lineno}."
        print(told, file=sys.stderr)
        sys.exit(OUR_FAULT)
    sys.exit()


def _answer(answer: object) -> None:
    """Print what was asked for. A reader that has enough, as `head` has, ends nothing; a full disk is told."""
    try:
        print(answer, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter would try once more
        if not isinstance(error, BrokenPipeError):
            raise MachineError(f"standard output: it cannot be written: {error.strerror}.") from None


def _as_json(answer: object) -> str:
    """JSON in the letters of every language, where the standard output has them."""
    return json.dumps(answer, indent=1, ensure_ascii=not sys.stdout.encoding.casefold().startswith("utf"))


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    print("interrupted.", file=sys.stderr)
    sys.exit(INTERRUPTED)


def _chosen(folder: Path, cohorts: Sequence[str], *, cohort: str | None, every: bool) -> Sequence[str]:
    """The cohorts to run; where there are several and none is named, the user is asked to choose."""
    if cohort and every:
        raise typer.BadParameter("name one cohort or take all, not both.")
    if cohort:
        return [cohort]
    if not cohorts:
        raise PlanError(f"{folder}: no cohort here. A cohort is a folder in it that holds a cohort.toml.")
    if every or len(cohorts) == 1:
        return cohorts
    print(f"{folder} has {len(cohorts)} cohorts. Name one with --cohort, or take them with --all:", file=sys.stderr)
    print("\n".join(f"  {name}" for name in cohorts), file=sys.stderr)
    raise typer.Exit(USAGE)


def _tell(endings: Sequence[Ending]) -> None:
    """What went wrong, cohort by cohort, after all have had their turn."""
    for ending in endings:
        if ending.message:
            where = f"{ending.cohort}: " if len(endings) > 1 else ""
            print(f"{where}{ending.message}", file=sys.stderr)
