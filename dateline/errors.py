"""Errors, named by what the caller does next.

DatelineError
├── SkipReport          this report cannot be coded: set it aside with its reason, go on with the next
│   ├── UnreadableInput     not text, not HTML, undecodable, empty, too large
│   └── MalformedLine       a line of JSON lines that is no report
└── StopRun             nothing further can be right: end with one line that says what to do
    ├── UsageError          a wrong option, format or path
    ├── MissingResource     a model, gazetteer or front-end file that set-up should have built
    ├── BrokenCodebook      a codebook file that contradicts itself
    └── BrokenArchive       an archive that is no archive, or of another version

Exit codes of the command: 0 done · 1 some reports were set aside · 2 usage · 3 unreadable input ·
4 missing resource · 5 broken codebook or archive.
"""


class DatelineError(Exception):
    """Message: what is wrong and what to do, in one line."""

    exit_code = 1


class SkipReport(DatelineError):
    exit_code = 3


class UnreadableInput(SkipReport):
    pass


class MalformedLine(SkipReport):
    pass


class StopRun(DatelineError):
    exit_code = 5


class UsageError(StopRun):
    exit_code = 2


class MissingResource(StopRun):
    exit_code = 4


class BrokenCodebook(StopRun):
    pass


class BrokenArchive(StopRun):
    pass
