"""A worker process ends when the process that started it does, however that one ended.

A pool's workers wait for work on a pipe whose other end their siblings hold too: when the starter is killed none of them would
ever be told.
"""

from __future__ import annotations

import os
from multiprocessing import parent_process
from threading import Thread


def end_with_parent() -> None:
    """A pool's `initializer`."""
    Thread(target=_end, daemon=True).start()


def _end() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nothing is left to clean up for: whoever asked is gone
