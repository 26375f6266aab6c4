"""Run a program that does not outlive the process that began it: `python tied.py PARENT COMMAND ...`.

Belongs here: that, with the standard library alone, before the program takes this process over.
Does not belong here: what is run, and when (supervisor.py).

Linux sends SIGTERM to the program when its parent ends, however that ends. Elsewhere the program just runs.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

#: prctl's "signal me when my parent ends".
_PR_SET_PDEATHSIG = 1


def main(parent: str, *command: str) -> None:
    """Tie this process to its parent, and become the program."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):  # it ended before it could be watched
            sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
