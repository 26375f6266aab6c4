"""The files of law/ as rows of text, each knowing where it stands.

Belongs here: finding and reading CSV files. Does not belong here: what the words mean (read.py), what is refused
(check.py).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import StatecraftError
from pipelines.settings import PROJECT_ROOT

LAW = PROJECT_ROOT / "law"

#: Kind of file -> its columns. A file of one kind is named <kind>.csv or <kind>_<part>.csv.
COLUMNS: dict[str, list[str]] = {
    kind: re.split(r"[,\s]+", columns.strip())
    for kind, columns in {
        "acts": """action_id, title, issuer, authority, instrument, announced_on, signed_on, published_on,
            effective_on, document_number, citation, source_url, evidence""",
        "measures": """measure_id, programme, heading, operation, measure_rate, specific_duty_usd, specific_unit,
            value_base, rate_column, partners, partners_except, products, products_except, claim, content,
            share_assumption, valid_from, valid_to, known_on, action_id, citation, note""",
        "lists": """list_code, title, valid_from, valid_to, known_from, evidence, document, citation, printed_count,
            note""",
        "partner_groups": "group_code, partner_code, valid_from, valid_to, citation",
        "program_partners": "program_code, partner_code, valid_from, valid_to, citation",
        "stacking": """rule_id, applies_to_programme, yields_to_programme, partners, value_share, condition, valid_from,
            valid_to, known_on, ended_known_on, action_id, citation""",
        "assumptions": "assumption_id, statement, value, low, high, unit, source, evidence, used_in",
        "shares": "assumption_id, kind, hts_prefix, partner_code, share, valid_from, valid_to",
        "not_computable": "kind, key, text, reason",
        "differences": "subject, statement_a, source_a, statement_b, source_b, resolved_as, ground",
        "programmes": "programme, authority, rate_component, title",
        "facts": "fact_id, hts10, partner_code, day, known_on, component, expected_rate, tolerance, citation",
    }.items()
}
#: Columns of the lines of a list; all but the first may be left out.
LINE_COLUMNS = ["hts_prefix", "valid_from", "valid_to", "known_from", "ended_known_on"]
#: Folders whose measures have a form of their own: other governments' duties.
FOREIGN = "foreign"


@dataclass(frozen=True)
class Row:
    """One row of one file. Cells are stripped text; a blank cell is ''."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def place(self) -> str:
        """Where a person finds it."""
        path = self.path.relative_to(LAW.parent) if self.path.is_relative_to(LAW.parent) else self.path
        return f"{path}:{self.line}"

    @property
    def folder(self) -> str:
        return self.path.parent.name


def _opened(path: Path) -> io.StringIO:
    """The text of a file. Raises StatecraftError where it is not UTF-8."""
    try:
        return io.StringIO(path.read_bytes().decode("utf-8"), newline="")
    except UnicodeDecodeError as error:
        raise StatecraftError(f"{path} is not UTF-8: byte {error.start} is none.", "Save it as UTF-8.") from error


def rows_of(path: Path) -> Iterator[Row]:
    """Rows of one CSV file, in order."""
    reader = csv.DictReader(_opened(path))
    for cells in reader:
        filled = {k or "?": (v or "").strip() if isinstance(v, str) else "" for k, v in cells.items()}
        yield Row(path, reader.line_num, filled)


def header_of(path: Path) -> list[str]:
    return next(csv.reader(_opened(path)), [])


def files_of(kind: str, law: Path = LAW) -> list[Path]:
    """Every file of one kind, in the order of its path."""
    found = [*law.glob(f"{kind}.csv"), *law.glob(f"*/{kind}.csv"), *law.glob(f"*/{kind}_*.csv")]
    return sorted(path for path in found if path.parent.name != FOREIGN or kind in ("acts", "not_computable"))


def rows(kind: str, law: Path = LAW) -> list[Row]:
    """Every row of one kind, file by file."""
    return [row for path in files_of(kind, law) for row in rows_of(path)]


def list_files(law: Path = LAW) -> dict[str, Path]:
    """List code -> file of its lines."""
    return {path.stem: path for path in sorted(law.glob("*/lists/*.csv")) if path.parent.parent.name != FOREIGN}
