"""One thread of linear algebra a process: a report's matrices are too small to share out.

Measured on reports of 500 words, two cores: a second thread made a report cost 182 ms of processor time instead of 102,
because threads wait for each other spinning. Whoever sets these variables keeps what they set.
"""

from __future__ import annotations

import os

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def one_thread() -> None:
    """For this process and its children. The libraries read it when they are first imported, so call it before that."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
