"""What `dateline read` imports: nothing that only spaCy's command line, HTML or an archive needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NEEDLESS = ("httpx", "requests", "weasel", "typer", "trafilatura", "sqlalchemy", "fastapi", "pandas", "reportlab")
READ = """
import sys
from dateline.cli import cli
cli.main(["read", sys.argv[1]], standalone_mode=False)
print("\\n".join(sys.modules), file=sys.stderr)
"""


def test_read_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Rebels seized the town of Goma on Monday, killing at least 12 soldiers, the army said.")
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    assert not set(NEEDLESS) & set(done.stderr.split())
    assert "territory_gain" in done.stdout or "Goma" in done.stdout


def test_spacys_command_line_is_there_for_whoever_asks_for_it() -> None:
    code = "from dateline.annotate.lean import spacy; import spacy.cli; print(spacy.cli.download.__module__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "spacy.cli.download"
