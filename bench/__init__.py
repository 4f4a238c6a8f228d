"""Speed and memory on this machine. Measured as the command runs: with one thread of linear algebra a process."""

from dateline.threads import one_thread

one_thread()  # before numpy is imported
