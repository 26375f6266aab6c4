"""Draws the lists of law/ from the publishers' documents, and holds them to the counts those print.

Belongs here: a document to text, a stretch of text to codes. Does not belong here: which stretch of which document
(law/<authority>/extraction.yml or extraction_<part>.yml), reading the lists (read.py).

    python -m pipelines.law.extract ../shared/data            write every list anew
    python -m pipelines.law.extract ../shared/data s301_list_1  one of them

An entry of extraction.yml: list, document (path below the folder given; .txt.gz, .txt, .xml, .pdf), from and to
(regular expressions, searched in order; to is exclusive and may be left out), codes (what a code looks like; default
below), drop (lines that match are left out), digits (lengths kept), printed_count (the count the document states), and
counted (what was counted, where nothing is printed). For a list compiled by others: document .csv or .csv.gz,
column, and where (column: value) instead of from and to.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import yaml

from pipelines.errors import StatecraftError
from pipelines.law.files import FOREIGN, LAW

CODE = r"(?<![\d.])\d{4}(?:\.\d{2}){0,3}(?![\d.]*\d)"


@dataclass(frozen=True)
class Recipe:
    """How one list is drawn. Raises StatecraftError where the document does not say what it should."""

    list_code: str
    document: str
    start: str = ""
    to: str = ""
    codes: str = CODE
    drop: list[str] = field(default_factory=list)
    digits: list[int] = field(default_factory=lambda: [4, 6, 8, 10])
    column: str = ""
    where: dict[str, str] = field(default_factory=dict)
    printed_count: int | None = None
    counted: int | None = None
    authority: str = ""

    def draw(self, documents: Path) -> list[str]:
        """Distinct codes as digits, in numerical order."""
        path = documents / self.document
        found = self._of_column(path) if self.column else re.findall(self.codes, self._stretch(_text(path)))
        kept = {code if self.is_foreign else re.sub(r"\D", "", code) for code in found}
        drawn = sorted(code for code in kept if len(re.sub(r"\D", "", code)) in self.digits)
        for expected, kind in ((self.printed_count, "printed"), (self.counted, "counted")):
            if expected is not None and expected != len(drawn):
                raise StatecraftError(
                    f"{self.list_code}: {len(drawn)} codes drawn from {self.document}, {kind} are {expected}.",
                    "See the stretch the recipe names: the document or its layout has changed.",
                )
        return drawn

    @property
    def is_foreign(self) -> bool:
        return self.authority == FOREIGN

    @property
    def code_column(self) -> str:
        return "tariff_code" if self.is_foreign else "hts_prefix"

    def _of_column(self, path: Path) -> list[str]:
        frame = pl.read_csv(path, infer_schema=False, comment_prefix="#")
        for name, value in self.where.items():
            frame = frame.filter(pl.col(name) == value)
        return [code for code in frame[self.column].to_list() if code]

    def _stretch(self, text: str) -> str:
        begin = re.search(self.start, text, re.MULTILINE) if self.start else re.search("", text)
        if begin is None:
            raise StatecraftError(f"{self.list_code}: {self.document} holds no {self.start!r}.", "Correct the recipe.")
        rest = text[begin.end() :]
        end = re.search(self.to, rest, re.MULTILINE) if self.to else None
        if self.to and end is None:
            raise StatecraftError(
                f"{self.list_code}: {self.document} holds no {self.to!r} after it.", "Correct the recipe."
            )
        lines = rest[: end.start()].splitlines() if end else rest.splitlines()
        return "\n".join(line for line in lines if not any(re.search(d, line) for d in self.drop))


@cache
def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        from pypdf import PdfReader  # noqa: PLC0415 (only drawing lists needs it)

        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".xlsx":
        return "\n".join("|".join(cells) for cells in _cells(path))
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8", errors="replace")


def _cells(path: Path) -> list[list[str]]:
    """Rows of a workbook's first sheet, as text."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        strings = ["".join(item.itertext()) for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{space}row"):
        values = [(cell.get("t"), cell.findtext(f"{space}v") or "") for cell in row.iter(f"{space}c")]
        rows.append([strings[int(value)] if kind == "s" and value else value for kind, value in values])
    return rows


def recipes() -> list[Recipe]:
    """Every recipe of law/, by authority and list."""
    found = []
    for path in sorted(LAW.glob("*/extraction*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            words: dict[str, Any] = {{"from": "start", "list": "list_code"}.get(k, k): v for k, v in entry.items()}
            found.append(Recipe(**words, authority=path.parent.name))
    return found


def list_path(recipe: Recipe) -> Path:
    return LAW / recipe.authority / "lists" / f"{recipe.list_code}.csv"


def held_codes(recipe: Recipe) -> list[str]:
    """The list's codes as committed."""
    with list_path(recipe).open(encoding="utf-8", newline="") as file:
        return [row[recipe.code_column] for row in csv.DictReader(file)]


def write(recipe: Recipe, documents: Path) -> int:
    """Draw one list and write its file; columns that lines carry beside their code stay. Returns its count."""
    path, drawn = list_path(recipe), recipe.draw(documents)
    kept: dict[str, dict[str, str]] = {}
    names = [recipe.code_column]
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            names = list(reader.fieldnames or names)
            kept = {row[recipe.code_column]: row for row in reader}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept.get(code, {recipe.code_column: code}) for code in drawn)
    return len(drawn)


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    documents, wanted = Path(arguments[0]), set(arguments[1:])
    try:
        for recipe in recipes():
            if not wanted or recipe.list_code in wanted:
                print(f"{recipe.list_code}: {write(recipe, documents):,} codes")
    except StatecraftError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
