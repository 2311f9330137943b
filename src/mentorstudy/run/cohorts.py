"""Cohorts: run each cohort of a study, and keep what one of them meets from touching the others."""

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import mentorstudy
from mentorstudy.nouns.errors import MachineError, StudyError
from mentorstudy.nouns.state import remember
from mentorstudy.nouns.study import Study
from mentorstudy.run.ending import INTERRUPTED, OUR_FAULT, WITHHELD, Ending
from mentorstudy.run.folders import lock_of, machine_told, publish, remove_if_empty, settle, tidy
from mentorstudy.run.guard import Guard, Interrupted
from mentorstudy.run.kernel import start_kernel
from mentorstudy.run.manifest import inputs_now, proven_evidence, write_manifest
from mentorstudy.run.parameters import checked
from mentorstudy.run.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where one cohort is read and written; paths are as the user wrote them, so none is this machine's own."""

    study: Path
    name: str
    cohort: str
    reports: Path

    @property
    def published(self) -> Path:
        return self.reports / self.name / self.cohort

    @property
    def log(self) -> Path:
        return self.reports / ".logs" / self.name / f"{self.cohort}.log"

    def parameters(self, reports: Path) -> dict[str, str]:
        """What the notebook is told."""
        data = os.path.normpath(self.study / "..")
        return {"study": self.name, "cohort": self.cohort, "data": data, "reports": str(reports)}

    @property
    def shown(self) -> dict[str, str]:
        """What the saved notebook and the manifest say that it was told."""
        told = self.parameters(self.reports)
        return {key: Path(value).name if os.path.isabs(value) else value for key, value in told.items()}


def notebook_path(name: str) -> Path:
    """A notebook of the kit: beside the package in an installation, or in the source tree it runs from."""
    package = Path(mentorstudy.__file__).parent
    for folder in (package / "notebooks", package.parent.parent / "notebooks"):
        if (folder / name).is_file():
            return folder / name
    raise MachineError(f"{name} is missing from this installation. Install mentorstudy again.")


def run_study(study: Study, cohorts: Sequence[str], *, reports: Path, progress: Progress) -> tuple[Ending, ...]:
    """Run each cohort through study.ipynb and publish its report; a cohort that fails does not stop the others.

    Raises BusyError while another run writes the reports of this study, and MachineError where none of the
    cohorts could be run.
    """
    name, notebook, endings = study.name, notebook_path("study.ipynb"), list[Ending]()
    try:
        with Guard() as guard, machine_told():
            reports.mkdir(parents=True, exist_ok=True)
            with lock_of(name, reports) as lock:
                try:
                    tidy(name, reports)
                    for cohort in cohorts:
                        guard.check()
                        progress.say(f"{name}, cohort {cohort}")
                        places = _Places(study=study.folder, name=name, cohort=cohort, reports=reports)
                        endings.append(
                            _ending(study, places, notebook=notebook, lock=lock, guard=guard, progress=progress)
                        )
                finally:
                    tidy(name, reports)
    except Interrupted:
        message = "interrupted; nothing was published, the earlier report is untouched."
        left = cohorts[len(endings) :]
        endings += [Ending(cohort=cohort, exit_code=INTERRUPTED, message=message) for cohort in left]
    finally:
        remove_if_empty(reports)
    return tuple(endings)


def _ending(
    study: Study, places: _Places, *, notebook: Path, lock: int, guard: Guard, progress: Progress
) -> Ending:
    """Run one cohort and say how it ended, whatever happened; only a request to stop goes further up."""
    try:
        with machine_told():
            return _run(study, places, notebook=notebook, lock=lock, guard=guard, progress=progress)
    except StudyError as error:
        guard.check()
        message, code, details = str(error), error.exit_code, getattr(error, "traceback", "")
    except Exception as error:  # told in one line: a traceback may hold somebody's answer
        guard.check()
        message, code, details = f"internal error: {type(error).__name__}.", OUR_FAULT, traceback.format_exc()
    if code in (OUR_FAULT, MachineError.exit_code) and _logged(places.log, details):
        message += f" The log is {places.log}; it may hold answers of people, so read it before you send it."
    else:
        places.log.unlink(missing_ok=True)
    return Ending(cohort=places.cohort, exit_code=code, message=message)


def _run(study: Study, places: _Places, *, notebook: Path, lock: int, guard: Guard, progress: Progress) -> Ending:
    study.cohort_file(places.cohort)
    if not places.published.resolve().is_relative_to(places.reports.resolve()):
        raise MachineError(f"{places.published}: a link leads out of {places.reports}. Remove the link.")
    staging = Path(tempfile.mkdtemp(prefix=f".staging-{places.name}.", dir=places.reports))
    staged = staging / places.name / places.cohort
    parameters = checked(notebook, places.parameters(staging))
    inputs = inputs_now(study.folder, places.cohort)
    places.log.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    places.log.unlink(missing_ok=True)
    with ExitStack() as until_run, open(os.open(places.log, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as log:
        kernel = until_run.enter_context(start_kernel(owner=places.published.parent, lock=lock, log=log))
        guard.kernel = kernel
        until_run.enter_context(guard.stoppable())
        # jsonschema spends over a second on compiling a grammar of addresses, and no notebook is checked for those
        sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
        from mentorstudy.run import engine, saved  # noqa: PLC0415  # papermill loads while the kernel does

        notes, digest = engine.execute(
            notebook, parameters, kernel=kernel, evidence=staged / "evidence.json", progress=progress
        )
    evidence = proven_evidence(staged, digest)
    findings = evidence["findings"]
    if findings and all(finding["state"] == "hidden" for finding in findings):
        places.log.unlink(missing_ok=True)
        message = "the disclosure rules withhold this report: every outcome is about too few people."
        return Ending(cohort=places.cohort, exit_code=WITHHELD, message=message)
    text = saved.as_text(notes, shown=places.shown, staging=staging, reports=places.shown["reports"])
    (staged / "study.ipynb").write_text(text, encoding="utf-8")
    write_manifest(staged, evidence, inputs, places.shown)
    settle(staged)
    places.log.unlink(missing_ok=True)
    guard.check()
    publish(staged, places.published)
    remember(study.folder, places.cohort)
    return Ending(cohort=places.cohort, report=places.published / "report.html", findings=findings)


def _logged(log: Path, details: str) -> bool:
    """Add `details` to what the kernel wrote on its own; whether there is now a log worth reading."""
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(details)
        return log.stat().st_size > 0
    except OSError:  # no log is no reason to lose the message
        return False
