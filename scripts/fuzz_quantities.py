"""The quantity parser fuzzed for an hour of processor time: random counts among random text, by every vague table.

    python -m scripts.fuzz_quantities [--minutes 60]

Prints how many texts were read; the first that breaks a promise stops it with the text, made as small as hypothesis can.
The promises and the texts are those of tests/annotate/test_quantities_fuzz.py, which `make test` tries a few hundred times.
"""

from __future__ import annotations

import argparse
import sys
import time

from hypothesis import HealthCheck, Phase, given, seed, settings

from dateline.annotate.language import Language
from dateline.model.text import Report
from dateline.settings import Settings
from tests.annotate.test_quantities_fuzz import SALAD, TABLES, TEXT, check_numbers, check_quantities

NUMBERS, QUANTITIES = 4000, 400  # texts a round, read as numbers alone and with the whole language pass


def fuzz(minutes: float) -> tuple[int, int]:
    """Texts read for their numbers, and for their quantities."""
    language = Language.load(Settings().language_model)
    numbers = quantities = rounds = 0
    while time.process_time() < 60 * minutes:
        numbers += _numbers(rounds)
        quantities += _quantities(rounds, language)
        rounds += 1
        sys.stderr.write(f"{numbers} + {quantities} texts, {time.process_time() / 60:.1f} minutes\n")
    return numbers, quantities


def _numbers(round_: int) -> int:
    read = 0

    @seed(round_)
    @settings(max_examples=NUMBERS, deadline=None, database=None, phases=(Phase.generate, Phase.shrink))
    @given(text=TEXT)
    def try_one(text: str) -> None:
        nonlocal read
        read += 1
        for table in TABLES:
            check_numbers(text, table)

    try_one()
    return read


def _quantities(round_: int, language: Language) -> int:
    read = 0

    @seed(round_)
    @settings(
        max_examples=QUANTITIES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(text=SALAD)
    def try_one(text: str) -> None:
        nonlocal read
        read += 1
        reading = language.read(Report(id="t", text=text))
        for table in TABLES:
            check_quantities(reading, table)

    try_one()
    return read


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=60)
    numbers, quantities = fuzz(asked.parse_args().minutes)
    spent = time.process_time() / 60
    sys.stdout.write(f"{numbers} texts read for numbers, {quantities} for quantities in {spent:.0f} minutes: no exception\n")
