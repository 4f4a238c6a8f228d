"""How the cost grows with the number of reports: processor time of one process, and the exponent that fits it best."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

from bench.reports import reports_of_500_words
from dateline.pipeline import Resources, code_reports

SIZES = (50, 200, 800)
WORDS_APART = "\n\nDispatch {number}."  # no two reports are letter for letter the same


def seconds_by_size(resources: Resources, sizes: tuple[int, ...] = SIZES) -> dict[int, float]:
    """Processor seconds of coding so many reports, once the resources are loaded and warm."""
    warm = reports_of_500_words(16)
    list(code_reports(warm, resources))
    taken = {}
    for size in sizes:
        reports = [
            one.model_copy(update={"text": one.text + WORDS_APART.format(number=number)})
            for number, one in enumerate(reports_of_500_words(size))
        ]
        begun = time.process_time()
        for _ in code_reports(reports, resources):
            pass
        taken[size] = time.process_time() - begun
    return taken


def exponent(taken: Mapping[int, float]) -> float:
    """The slope of the line through the logarithms, by least squares: 1 is linear."""
    points = [(math.log(size), math.log(seconds)) for size, seconds in taken.items()]
    middle = sum(x for x, _ in points) / len(points)
    return sum((x - middle) * y for x, y in points) / sum((x - middle) ** 2 for x, _ in points)
