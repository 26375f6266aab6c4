"""Supplement No. 4 to Part 744 as the Electronic Code of Federal Regulations gives it: XML, or the same table as rows.

Five cells a row: country, entity, licence requirement, licence review policy, Federal Register citation. The country is
blank where it is the one above; "[Reserved]" rows are skipped. Rows (JSON) hold each cell as its list of paragraphs.

Belongs here: the table, and cells that stand in the wrong column. Does not belong here: the prose of an entity cell
(entity_text.py).
"""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, ParseError

import polars as pl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipelines.contract import Correction
from pipelines.errors import LandingError
from pipelines.formats.list_countries import countries_at_end, countries_named
from pipelines.formats.list_text import spaced
from pipelines.sources.bis_entity_list.entity_text import read_entities
from pipelines.sources.bis_entity_list.stated import SCHEMA

SOURCE = "bis_entity_list"
SUPPLEMENT = "Supplement No. 4 to Part 744"
CELLS = ("country", "entity", "lr", "lp", "fr")
_PARAGRAPHS = pl.List(pl.String())
_DASH = "\u2014"

_IS_REQUIREMENT = r"(?i)^(?:for )?all items subject to the EAR"
_IS_POLICY = r"(?i)^(?:presumption of denial|policy of denial|case-by-case)"
_IS_ADDRESS = r"^\d+ [A-Z].*,"


def _error(file: str, rule: str, what: str, action: str, rows: list[object] | None = None) -> LandingError:
    return LandingError(what=what, action=action, source=SOURCE, file=file, rule=rule, rows=rows or [])


def read_rows_json(content: bytes, file: str) -> tuple[pl.DataFrame, tuple[Correction, ...]]:
    """The table as a JSON array of {country, entity[], lr[], lp[], fr[]}. Raises LandingError on any other shape."""
    try:
        rows = json.loads(content)
    except ValueError as error:
        raise _error(file, "truncated_file", f"Not readable as JSON: {error}.", "Fetch the file again.") from None
    strange = [row for row in rows if not isinstance(row, dict) or set(row) != set(CELLS)]
    if strange or not rows:
        raise _error(file, "unknown_column", f"Rows must hold exactly {CELLS}.", "Compare with ecfr.py.", strange[:5])
    return _stated(pl.DataFrame(rows, schema={"country": pl.String(), **dict.fromkeys(CELLS[1:], _PARAGRAPHS)}))


def read_xml(content: bytes, file: str) -> tuple[pl.DataFrame, tuple[Correction, ...]]:
    """Part 744 or all of title 15 as XML.

    Raises LandingError: xml_entities, truncated_file, supplement_missing, cell_count, country_missing.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise _error(
            file, "xml_entities", f"The XML declares {type(error).__name__}.", "Do not open it; report it."
        ) from None
    except ParseError as error:
        raise _error(file, "truncated_file", f"Not well-formed XML: {error}.", "Fetch the file again.") from None
    tables = [div for div in root.iter("DIV9") if div.get("N", "").strip() == SUPPLEMENT]
    if len(tables) != 1:
        what = f"{len(tables)} sections are called '{SUPPLEMENT}'."
        raise _error(file, "supplement_missing", what, "See whether the supplement was renumbered.")
    rows = [[_cell(cell) for cell in row.findall("TD")] for row in tables[0].iter("TR")]
    rows = [row for row in rows if row]
    strange = [row for row in rows if len(row) != len(CELLS)]
    if strange or not rows:
        raise _error(
            file, "cell_count", "A row does not have five cells.", "Compare with the printed table.", list(strange[:5])
        )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(CELLS, _PARAGRAPHS), orient="row")
    return _stated(_inherited(frame, file))


def _cell(cell: Element) -> list[str]:
    """Paragraphs of a cell; a cell without <P> is one paragraph. Line breaks inside a paragraph are blanks."""
    paragraphs = cell.findall("P") or [cell]
    texts = [" ".join("".join(paragraph.itertext()).split()) for paragraph in paragraphs]
    return [text for text in texts if text]


def _inherited(frame: pl.DataFrame, file: str) -> pl.DataFrame:
    """Country filled down; reserved rows and rows that only carry a heading dropped."""
    frame = frame.with_columns(country=spaced(pl.col("country").list.join(" ")).forward_fill())
    text = pl.concat_list("entity", "lr", "lp", "fr").list.join(" ").str.strip_chars()
    frame = frame.filter(text != "", ~text.str.contains(r"^\[Reserved\]$"))
    if frame["country"].null_count():
        raise _error(
            file, "country_missing", "The first entry has no country to inherit.", "Compare with the printed table."
        )
    return frame


def _stated(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Correction, ...]]:
    """Table rows -> stated frame, and a record of what the table misprints.

    That is every cell that had to be put back in its column, and every entry that announces another number of aliases
    than it prints: those printed are taken.
    """
    frame, repaired = _repair_cells(_reunite(frame).with_row_index("position").cast({"position": pl.Int64}))
    prose = read_entities(frame.select("position", paragraphs="entity"))
    stated = frame.join(prose, on="position", how="left", maintain_order="left").select(
        "position",
        pl.concat_list("country").alias("countries"),
        "entity_name",
        "aliases",
        "former_names",
        "aliases_announced",
        "aliases_read",
        "addresses",
        address_countries=countries_at_end(pl.col("addresses")),
        alternate_countries=countries_named(pl.col("notes")),
        licence_requirement_printed=spaced(pl.col("lr").list.join(" ")),
        licence_policy_printed=spaced(pl.col("lp").list.join(" ")),
        citation_printed=spaced(pl.col("fr").list.join(" ")),
        effective_printed=pl.lit(None, pl.String()),
        remarks_printed="remarks_printed",
    )
    names = stated.filter(pl.col("position").is_in(list(repaired))).select("position", "entity_name").rows()
    corrections = tuple(
        Correction(
            key=str(name),
            column_name="licence_requirement",
            published_value=repaired[position],
            corrected_value="cells put back in their columns",
            reason="cells of this row stand in the wrong column",
            status="repaired_by_rule",
        )
        for position, name in names
    )
    miscounted = tuple(
        Correction(
            key=name,
            column_name="aliases",
            published_value=f"{announced} announced",
            corrected_value=f"{read} printed and taken",
            reason="The entry announces another number of aliases than it prints.",
            status="open",
        )
        for name, announced, read in stated.filter(pl.col("aliases_announced") != pl.col("aliases_read"))
        .select("entity_name", "aliases_announced", "aliases_read")
        .rows()
    )
    return stated.select(*SCHEMA), corrections + miscounted


def _reunite(frame: pl.DataFrame) -> pl.DataFrame:
    """An entry cut in two rows: one that begins with an alias takes its head from the end of the row before."""
    headless = frame.with_row_index("row").filter(
        pl.col("entity").list.first().str.starts_with(_DASH), pl.col("row") > 0
    )
    entities = frame["entity"]
    for row in headless["row"]:
        before, own = entities[row - 1].to_list(), entities[row].to_list()
        heads = [i for i, text in enumerate(before) if i and "alias" in text and not text.startswith(_DASH)]
        if heads:
            moved = pl.Series("entity", [before[: heads[-1]], before[heads[-1] :] + own], dtype=_PARAGRAPHS)
            entities = pl.concat([entities[: row - 1], moved, entities[row + 1 :]])
    return frame.with_columns(entity=entities)


def _repair_cells(frame: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, str]]:
    """Three faults of the printed table, recognised by what the cells say; position -> requirement cell as printed.

    shifted: the entity runs on into the requirement cell, everything after it stands one column to the right.
    swapped: requirement and policy stand in each other's place.
    stray: an address stands at the end of the requirement.
    """
    lr, lp, fr = (pl.col(c).list.join(" ") for c in ("lr", "lp", "fr"))
    shifted = lp.str.contains(_IS_REQUIREMENT) & fr.str.contains(_IS_POLICY)
    swapped = lp.str.contains(_IS_REQUIREMENT) & lr.str.contains(_IS_POLICY) & ~shifted
    stray = (pl.col("lr").list.len() > 1) & pl.col("lr").list.last().str.contains(_IS_ADDRESS) & ~shifted & ~swapped
    frame = frame.with_columns(shifted=shifted, swapped=swapped, stray=stray)
    hit = frame.filter(pl.any_horizontal("shifted", "swapped", "stray"))
    nothing = pl.lit([], dtype=_PARAGRAPHS)
    fixed = frame.with_columns(
        entity=pl.when("shifted")
        .then(pl.concat_list("entity", "lr"))
        .when("stray")
        .then(pl.concat_list("entity", pl.col("lr").list.tail(1)))
        .otherwise("entity"),
        lr=pl.when(pl.col("shifted") | pl.col("swapped"))
        .then("lp")
        .when("stray")
        .then(pl.col("lr").list.head(pl.col("lr").list.len() - 1))
        .otherwise("lr"),
        lp=pl.when("shifted").then("fr").when("swapped").then("lr").otherwise("lp"),
        fr=pl.when("shifted").then(nothing).otherwise("fr"),
    )
    printed = dict(hit.select("position", pl.col("lr").list.join(" ")).rows())
    return fixed.drop("shifted", "swapped", "stray"), printed
