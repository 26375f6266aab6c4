"""BIS's own CSV of the Entity List: one row an address, everything else repeated, blanks and lost characters included.

Rows belong to one entry when name and Federal Register notice are equal (blanks at the ends and case aside): that is
what the Consolidated Screening List computes its identifier from, and what makes 4,726 rows 2,671 entries.

Belongs here: this layout. Does not belong here: anything about meaning (wording.py, citations.py, identity.py).
"""

from __future__ import annotations

import io

import polars as pl

from pipelines.errors import LandingError
from pipelines.formats.list_countries import printed_names
from pipelines.formats.list_text import rows_of_other_length, spaced, tidied
from pipelines.sources.bis_entity_list.stated import without_prose

SOURCE = "bis_entity_list"

#: Columns the layout shares with the Treasury lists and leaves empty; text that spills into them is kept as remarks.
_VESTIGIAL = [
    "Entity Number",
    "SDN Type",
    "Programs",
    "Title",
    "Date Lifted/Waived/Expired",
    "Standard Order",
    "Call Sign",
    "Vessel Type",
    "Gross Tonnage",
    "Gross Register Tonnage",
    "Vessel Flag",
    "Vessel Owner",
    "Address Number",
    "Address Remarks",
    "Alternate Number",
    "Alternate Type",
    "Alternate Remarks",
]
_ADDRESS = ["Address", "City", "State/Province", "Postal Code", "Country"]
_USED = [
    "Source List",
    "Name",
    *_ADDRESS,
    "Federal Register Notice",
    "Effective Date",
    "License Requirement",
    "License Policy",
    "Remarks/Notes",
    "Alternate Name",
]
_IGNORED = ["Web Link"]
#: What a stated cell looks like, and what an alias never does.
_SHAPES = {
    "Federal Register Notice": r"(?i)^\d{2}\s*FR",
    "Effective Date": r"^\d{1,2}/\d{1,2}/\d",
    "Web Link": "^https?://",
}
_NO_ALIAS = r"(?i)^(?:https?://|\d{2} FR \d|\d{1,2}/\d{1,2}/\d{2,4}$)"


def _error(file: str, rule: str, what: str, action: str, rows: list[object] | None = None) -> LandingError:
    return LandingError(what=what, action=action, source=SOURCE, file=file, rule=rule, rows=rows or [])


def _table(content: bytes, file: str) -> pl.DataFrame:
    """All cells as text, named columns only. Raises LandingError: wrong_encoding, unknown_column, truncated_file."""
    try:
        cells = pl.read_csv(io.BytesIO(content), has_header=False, infer_schema=False, encoding="utf8")
    except pl.exceptions.ComputeError as error:
        rule = "wrong_encoding" if "utf" in str(error).lower() else "truncated_file"
        raise _error(
            file, rule, f"Not readable as CSV: {str(error).splitlines()[0]}.", "Fetch the file again."
        ) from None
    short = rows_of_other_length(content)
    if short:
        what = f"{len(short)} rows do not have as many cells as the header."
        raise _error(file, "cell_count", what, "Look for a lost comma; fetch it again.", [*short[:5]])
    header = [(name or "").strip().lstrip("\ufeff") for name in cells.row(0)]
    named = [name for name in header if name]
    if sorted(named) != sorted([*_USED, *_VESTIGIAL, *_IGNORED]):
        difference = sorted(set(named) ^ {*_USED, *_VESTIGIAL, *_IGNORED})
        raise _error(
            file, "unknown_column", "The header is not the known one.", "Compare with bis_csv.py.", list(difference)
        )
    body = cells.slice(1).rename({old: new or old for old, new in zip(cells.columns, header, strict=True)})
    body = body.with_columns(pl.all().str.strip_chars().replace("", None))
    unnamed = [name for name in body.columns if name not in named]
    stray = body.filter(pl.any_horizontal(pl.col(unnamed).is_not_null())) if unnamed else body.clear()
    if stray.height:
        raise _error(
            file,
            "unknown_column",
            "There is text in columns without a name.",
            "Look at the rows.",
            list(stray.rows()[:5]),
        )
    strange = [~pl.col(name).str.contains(shape) for name, shape in _SHAPES.items()]
    wrong = body.filter(
        pl.any_horizontal(e.fill_null(False) for e in (*strange, pl.col("Alternate Name").str.contains(_NO_ALIAS)))
    )
    if wrong.height:
        what = f"{wrong.height} rows hold what does not belong in their columns."
        shown = wrong.select("Name", *_SHAPES, "Alternate Name").head(5).rows()
        raise _error(file, "bad_cell", what, "See whether the columns have shifted; fetch it again.", [*shown])
    return body.select(named)


def _entries(body: pl.DataFrame, file: str) -> pl.DataFrame:
    """Adds `position`, the number of the entry a row belongs to. Raises LandingError(rule="unknown_list")."""
    key = pl.concat_str("Name", pl.col("Federal Register Notice").fill_null(""), separator="\n").str.to_lowercase()
    body = body.with_columns(_key=key).with_columns(
        position=pl.col("_key").rank("dense").cast(pl.Int64), _line=pl.int_range(pl.len())
    )
    is_listed = (pl.col("Source List") == "EL").any().over("position") & (pl.col("Source List").fill_null("EL") == "EL")
    foreign = body.filter(~is_listed | pl.col("Name").is_null())
    if foreign.height:
        rows = foreign.select("Source List", "Name").head(5).rows()
        raise _error(
            file, "unknown_list", "Rows without a name or of another list than EL.", "Look at the rows.", list(rows)
        )
    return body.with_columns(position=pl.col("_line").min().over("_key")).drop("_key")


def _countries() -> pl.Expr:
    """The Country cell, or the last country named in the address where that cell is blank."""
    names = "|".join(name.replace(".", r"\.").replace("(", r"\(").replace(")", r"\)") for name in printed_names())
    in_address = tidied(pl.col("Address")).str.extract(rf"(?is).*\b({names})\b", 1)
    return pl.coalesce("Country", in_address)


def _restored(text: pl.Expr) -> pl.Expr:
    """Characters the export lost to "?" read as the quotation marks they were wherever the other formats can tell."""
    return text.str.replace_all("??", '"', literal=True).str.replace_all("?", "'", literal=True)


def _without_place() -> pl.Expr:
    """The name without its city or province: rows without a street carry them there ("..., Shenzhen, Guangdong")."""
    name = pl.col("Name")
    for column in ("City", "State/Province"):
        place = pl.format(", {}", column).fill_null("\n")
        name = name.str.split(place).list.first()
    return pl.when(pl.col("Address").is_null()).then(name).otherwise("Name")


def read_csv(content: bytes, file: str) -> pl.DataFrame:
    """The file as a stated frame, one row an entry."""
    body = _entries(_table(content, file), file)
    spilled = [pl.when(pl.col(c).is_not_null()).then(pl.format("{}: {}", pl.lit(c), c)) for c in _VESTIGIAL]
    address = pl.concat_str(_ADDRESS, separator=", ", ignore_nulls=True)
    rows = body.with_columns(
        name=_restored(_without_place()),
        country=_countries(),
        address=pl.when(address != "").then(address),
        alias=_restored(pl.col("Alternate Name")).str.split(";"),
        remark=pl.concat_list("Remarks/Notes", *spilled).list.drop_nulls(),
    )
    return (
        rows.sort("position", "_line")
        .group_by("position", maintain_order=True)
        .agg(
            countries=pl.col("country").drop_nulls().unique(maintain_order=True),
            entity_name=spaced(pl.col("name").first()),
            aliases=pl.col("alias").explode(keep_nulls=False, empty_as_null=False).unique(maintain_order=True),
            addresses=pl.col("address").drop_nulls().unique(maintain_order=True),
            licence_requirement_printed=pl.col("License Requirement").drop_nulls().first(),
            licence_policy_printed=pl.col("License Policy").drop_nulls().first(),
            citation_printed=pl.col("Federal Register Notice").first(),
            effective_printed=pl.col("Effective Date").drop_nulls().first(),
            remarks_printed=pl.col("remark")
            .explode(keep_nulls=False, empty_as_null=False)
            .unique(maintain_order=True)
            .str.join(" "),
        )
        .with_columns(remarks_printed=spaced(pl.col("remarks_printed")))
        .pipe(without_prose)
    )
