"""Manifest: what went into a run and what came out, each file with its digest; written last."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import mentorstudy
from mentorstudy.nouns.errors import DataError, StudyError, raise_all
from mentorstudy.nouns.evidence import SCHEMA

PACKAGES = ("numpy", "scipy", "pandas", "statsmodels", "matplotlib", "seaborn", "pyarrow", "papermill")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a run rests on besides the data: plan, cohort and scales as they were when it began."""

    study: Path
    cohort: str
    began: datetime
    written: Mapping[str, str]  # file: sha256


def inputs_now(study: Path, cohort: str) -> Inputs:
    """The plan's files as they are now."""
    files = [study / "plan.toml", study / cohort / "cohort.toml", *sorted(study.glob("scales/*.toml"))]
    written = {file.relative_to(study).as_posix(): sha256(file) for file in files}
    return Inputs(study=study, cohort=cohort, began=datetime.now(UTC), written=written)


def proven_evidence(staged: Path, digest: str) -> dict[str, Any]:
    """evidence.json of a run that is complete; StudyError where anything of it is missing or another's."""
    try:
        evidence: dict[str, Any] = json.loads((staged / "evidence.json").read_text(encoding="utf-8"))
        complete = (
            evidence["schema"] == SCHEMA
            and sha256(staged / "evidence.json") == digest
            and (staged / "report.html").stat().st_size > 0
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        complete = False
    if not complete:
        raise StudyError("internal error in step the end: the notebook ran but left no complete report.")
    return evidence


def write_manifest(staged: Path, evidence: Mapping[str, Any], inputs: Inputs, shown: Mapping[str, str]) -> None:
    """Write manifest.json; DataError where an input is no longer what the numbers were made from."""
    provenance = evidence["provenance"]
    read = [{"file": entry["file"], "sha256": entry["sha256"]} for entry in provenance["inputs"]]
    changed = [file for file, digest in inputs.written.items() if _now(inputs.study / file) != digest]
    changed += [entry["file"] for entry in read if entry["sha256"] not in _candidates(inputs, entry["file"])]
    if evidence["study"]["plan_sha256"] != inputs.written["plan.toml"] and "plan.toml" not in changed:
        changed.append("plan.toml")
    raise_all(
        DataError,
        [f"{file}: changed while the run was under way. Run again when nobody writes to it." for file in changed],
    )
    manifest = {
        "schema": SCHEMA,
        "parameters": dict(shown),
        "started": inputs.began.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": read,
        "plan": [{"file": file, "sha256": digest} for file, digest in inputs.written.items()],
        "code": {"package": version("mentorstudy"), "sha256": code_sha256()},
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
        "outputs": [
            {"file": file.relative_to(staged).as_posix(), "sha256": sha256(file)}
            for file in sorted(staged.rglob("*"))
            if file.is_file()
        ],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (staged / "manifest.json").write_text(text, encoding="utf-8")


def sha256(file: Path) -> str:
    """The digest of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def code_sha256() -> str:
    """One digest of all modules and built-in instruments of this package, whatever the folder it lies in."""
    package = Path(mentorstudy.__file__).parent
    files = sorted(file for kind in ("*.py", "*.toml") for file in package.rglob(kind))
    told = "".join(f"{file.relative_to(package).as_posix()} {sha256(file)}\n" for file in files)
    return hashlib.sha256(told.encode()).hexdigest()


def _candidates(inputs: Inputs, file: str) -> set[str | None]:
    """Digests of what `file` may mean: plans name files of the cohort's folder or of the study's."""
    return {_now(folder / file) for folder in (inputs.study / inputs.cohort, inputs.study)}


def _now(file: Path) -> str | None:
    try:
        return sha256(file)
    except OSError:
        return None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
