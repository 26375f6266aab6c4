"""A release's own checksums, in the form `sha256sum --check` reads, and whether they still hold.

Belongs here: SHA256SUMS of a folder. Does not belong here: what the files are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipelines.files import replace_file

NAME = "SHA256SUMS"
_STEP = 1 << 20


def of_file(path: Path) -> str:
    """sha256 of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(_STEP):
            digest.update(piece)
    return digest.hexdigest()


def write(folder: Path) -> None:
    """Write the checksums of every file below the folder, in the order of their names."""
    lines = [f"{of_file(folder / name)}  {name}\n" for name in _names(folder)]
    replace_file(folder / NAME, "".join(lines).encode())


def are_kept(folder: Path) -> bool:
    """Whether the folder has checksums at all."""
    return (folder / NAME).is_file()


def problems(folder: Path) -> dict[str, str]:
    """File -> changed, missing or unknown; empty where the folder is as it was written."""
    lines = (line.partition("  ") for line in (folder / NAME).read_text(encoding="utf-8").splitlines())
    wanted = {name: digest for digest, _, name in lines}
    there = _names(folder)
    found = dict.fromkeys(sorted(wanted.keys() - set(there)), "missing")
    found |= {name: "unknown" for name in there if name not in wanted}
    return found | {n: "changed" for n in there if n in wanted and of_file(folder / n) != wanted[n]}


def _names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != NAME)
