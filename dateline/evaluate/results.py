"""docs/results.md: every figure of every yardstick in one table, with what is needed to get the same again.

The page is written by `dateline evaluate all`; nobody edits it.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from dateline.evaluate.metrics import Measured
from dateline.evaluate.registry import YARDSTICKS
from dateline.evaluate.run import Outcome, RivalOutcome
from dateline.evaluate.yardstick import Skipped
from dateline.settings import Settings


@dataclass(frozen=True, slots=True)
class Line:
    """One yardstick's part of the table."""

    outcome: Outcome
    rivals: tuple[RivalOutcome, ...] = ()
    left_out: tuple[str, ...] = ()


def results_page(lines: Sequence[Line], settings: Settings, limit: int | None, seconds: float) -> str:
    return "\n".join(_page(lines, settings, limit, seconds)) + "\n"


CAUTION = (
    "**Read them with care.** Rules were chosen by reading errors of these development parts, so figures on unseen parts will",
    "be lower. case2's snippets and false_alarms are among what the events' weights are learned from",
    "([model-card.md](model-card.md) has figures that are cross-validated); voa_gold's 12 reports were read while rules were",
    "written; stories of gva are grouped by weights learned on it. gva's b3_f1 and conll_f1 are of groups of reports of one",
    "story, incident_… of linked incidents, told_… of linked incidents over the reports that tell of violence.",
)


def _page(lines: Sequence[Line], settings: Settings, limit: int | None, seconds: float) -> Iterator[str]:
    yield "# Results"
    yield ""
    yield "Written by `dateline evaluate all`; what each yardstick is and what is mapped to what: [yardsticks.md](yardsticks.md)."
    yield "Figures are per cent with bootstrap 95% intervals over items, on the development part of each set."
    yield ""
    yield from CAUTION
    yield ""
    yield from _conditions(settings, limit, seconds)
    yield ""
    yield "| yardstick | n | figure | value | 95% interval | rests on | best known | reports/s | peak MB |"
    yield "|---|--:|---|--:|---|---|---|--:|--:|"
    for line in lines:
        yield from _rows(line)
    skipped = [in_its_folder(one) for line in lines for one in line.outcome.skipped]
    if skipped:
        yield ""
        yield f"Skipped lines ({len(skipped)}), which are no items:"
        yield ""
        yield from (f"- `{one}`" for one in skipped)
    missing = sorted({name for line in lines for name in line.left_out})
    if missing:
        yield ""
        yield f"Rivals left out because their packages are not installed: {', '.join(missing)} (`pip install dateline[rivals]`)."


def _conditions(settings: Settings, limit: int | None, seconds: float) -> Iterator[str]:
    yield f"- date {date.today().isoformat()}, dateline {version('dateline')}, commit {commit()}"
    yield f"- machine: {machine()}; the whole run took {seconds / 60:.0f} minutes"
    yield f"- language model {settings.language_model} {version_of(settings.language_model)}, {hash_of(model_folder(settings))}"
    yield f"- gazetteer {hash_of(settings.gazetteer)}"
    yield f"- items: {'all' if limit is None else f'at most {limit} a yardstick, spread evenly'}"


def _rows(line: Line) -> Iterator[str]:
    outcome = line.outcome
    best = next((one.best_known for one in YARDSTICKS if one.name == outcome.yardstick), {})
    for number, figure in enumerate(outcome.figures):
        first = number == 0
        speed = (f"{outcome.reports_a_second:.1f}", f"{outcome.peak_mb:.0f}") if first else ("", "")
        head = (outcome.yardstick, str(outcome.n)) if first else ("", "")
        yield _row(*head, figure.name, *_value(figure), best.get(figure.name, ""), *speed)
    for rival in line.rivals:
        for figure in rival.figures:
            yield _row("", "", f"{figure.name} ({rival.name})", *_value(figure), "rival", "", "")


def in_its_folder(skipped: Skipped) -> str:
    """Without the folders above the yardstick's own: the page is the same wherever the data lie."""
    path = Path(skipped.file)
    return f"{path.parent.name}/{path.name}:{skipped.line}: {skipped.reason}"


def _value(figure: Measured) -> tuple[str, str, str]:
    return f"{figure.value:.1f}", f"{figure.low:.1f}–{figure.high:.1f}", figure.rests_on


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def commit() -> str:
    """The commit of the sources, with a plus when they were changed since; unknown outside a checkout."""
    here = Path(__file__).parent
    try:
        name = _git(here, "rev-parse", "--short", "HEAD")
        changed = _git(here, "status", "--porcelain", "--untracked-files=no", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name}{'+' if changed else ''}"


def _git(folder: Path, *args: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *args], capture_output=True, text=True, check=True).stdout.strip()


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def model_folder(settings: Settings) -> Path | None:
    spec = find_spec(settings.language_model)
    return Path(spec.origin).parent if spec and spec.origin else None


def version_of(package: str) -> str:
    return version(package.replace("_", "-"))


def hash_of(folder: Path | None) -> str:
    """SHA-256 over the names and bytes of a folder's files, in order of name; its first 16 digits."""
    if folder is None or not folder.is_dir():
        return "not there"
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(folder)).encode())
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return f"sha256 {digest.hexdigest()[:16]}"
