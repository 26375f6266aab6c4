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
from datetime import date
from pathlib import Path

from pipelines.errors import StatecraftError
from pipelines.settings import PROJECT_ROOT

LAW = PROJECT_ROOT / "law"

#: Kind of file -> its columns. A file of one kind is named <kind>.csv or <kind>_<part>.csv.
COLUMNS: dict[str, list[str]] = {
    kind: re.split(r"[,\s]+", columns.strip())
    for kind, columns in {
        "acts": """action_id, title, issuer, issuer_country, authority, instrument, document_kind, direction,
            announced_on, signed_on, published_on, effective_on, known_on, document_number, citation, comments_open_on,
            comments_close_on, round_id, source_url, evidence, is_confirmed, reviewed_on""",
        "provisions": """action_id, provision_id, what, direction, effective_on, retroactive_to, expires_on,
            announced_rate, measure_ids, confirmed_on, confirmed_by, expiry_confirmed_on, expiry_confirmed_by,
            citation""",
        "relations": "action_id, relation, related_action_id, provision_id, share_undone, citation",
        "targets": "action_id, target_kind, target_code",
        "rationales": "action_id, coder, rationale, ground, source",
        "statuses": """action_id, provision_id, status, enforcement, valid_from, valid_to, known_on, is_scheduled,
            evidence_document, note""",
        "control_products": """action_id, provision_id, commodity, stated_codes, hts_prefix, is_mapped_by_us,
            has_other_goods, citation, note""",
        "documents": "action_id, document_number, role, published_on, citation",
        "documents_set_aside": "document_number, reason, reviewed_on",
        "rounds": "round_id, round_name, starts_on, ends_on, place, parties, citation",
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
#: Kinds that say what became of an act; they have one form in every folder.
LEDGER = (
    *("acts", "provisions", "relations", "targets", "rationales", "statuses", "control_products", "documents"),
    "rounds",
)


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


def is_day(text: str) -> bool:
    """Whether it is an ISO date, written as such."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def split(text: str) -> list[str]:
    """The codes of a cell that holds several."""
    return [part.strip() for part in text.split(";") if part.strip()]


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


def _kind_of(path: Path) -> str:
    """The kind a file's name begins with; where two do (documents, documents_set_aside), the longer."""
    return max((kind for kind in COLUMNS if f"{path.stem}_".startswith(f"{kind}_")), key=len, default="")


def files_of(kind: str, law: Path = LAW) -> list[Path]:
    """Every file of one kind, in the order of its path."""
    found = [*law.glob(f"{kind}.csv"), *law.glob(f"*/{kind}.csv"), *law.glob(f"*/{kind}_*.csv")]
    found = [path for path in found if _kind_of(path) == kind]
    return sorted(
        path for path in found if path.parent.name != FOREIGN or kind in (*LEDGER, "not_computable", "differences")
    )


def rows(kind: str, law: Path = LAW) -> list[Row]:
    """Every row of one kind, file by file."""
    return [row for path in files_of(kind, law) for row in rows_of(path)]


def list_files(law: Path = LAW) -> dict[str, Path]:
    """List code -> file of its lines."""
    return {path.stem: path for path in sorted(law.glob("*/lists/*.csv")) if path.parent.parent.name != FOREIGN}
