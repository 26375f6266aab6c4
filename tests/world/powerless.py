"""Run a command that must heed who may write what, whoever runs it: `python powerless.py COMMAND ...`.

Belongs here: that, with the standard library alone. Does not belong here: what is run.

Root may write everywhere. Without the capability behind that (Linux), a folder that nobody may write is one for root
too; for other users nothing changes.
"""

from __future__ import annotations

import ctypes
import os
import sys

#: prctl's "never to be had again", and the capabilities that pass over modes and owners.
_PR_CAPBSET_DROP = 24
_PASSING_OVER = (1, 2, 3)


def main(*command: str) -> None:
    """Give the powers up, and become the command."""
    if sys.platform == "linux":
        for capability in _PASSING_OVER:
            ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
