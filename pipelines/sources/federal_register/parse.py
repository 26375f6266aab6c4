"""Files of or about the Federal Register -> documents by number, or BIS's rules by citation.

Belongs here: recognising the file, scope, dates. Does not belong here: the files' fields (documents.py, bis_tables.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.files import sha256_of
from pipelines.formats.reference import refuse, single_file, whole_vintage
from pipelines.sources.federal_register import bis_tables, documents


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One Parsed a delivery: several pages of one question are one. Raises LandingError (runbook of source.yml)."""
    file = delivery.files[0]
    if all(documents.is_page(one) for one in delivery.files):
        yield _documents(documents.pages(delivery.files, spec), delivery, spec)
        return
    file = single_file(delivery, spec.name)
    header = file.content[:200].lstrip(b"\xef\xbb\xbf").split(b"\n")[0].strip()
    if header == ",".join(bis_tables.HEADER).encode():
        rules = bis_tables.read(file)
        yield whole_vintage(delivery, spec, "bis_rules", rules, corrections=bis_tables.corrections(rules))
    elif header == ",".join(documents.REFERENCE_LIST).encode():
        yield from _compiled(documents.reference_list(file), delivery, spec)
    elif file.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from _compiled(documents.compiled(file, spec), delivery, spec)
    else:
        shown = header[:80].decode("utf-8", "replace")
        action = "Compare with parse.py; an error page is the usual reason."
        raise refuse(file, spec.name, "unknown_format", "None of the known files.", action, rows=[shown])


def _compiled(frame: pl.DataFrame, delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """A compiled file states what it has: rows that leave the same columns blank are one vintage without these."""
    optional = [name for name in frame.columns if frame[name].null_count()]
    blank = pl.concat_list(pl.when(pl.col(name).is_null()).then(pl.lit(name)) for name in optional).list.drop_nulls()
    marked = frame.with_columns(_blank=blank.list.sort().list.join("+") if optional else pl.lit(""))
    for rows in marked.sort("_blank").partition_by("_blank", maintain_order=True):
        absent = rows["_blank"][0].split("+")
        named = delivery.vintage_id if absent == [""] else f"{delivery.vintage_id}_without_{'_'.join(absent)}"
        yield _documents(rows.drop("_blank", *filter(None, absent)), replace(delivery, vintage_id=named), spec)


def _documents(frame: pl.DataFrame, delivery: Delivery, spec: SourceSpec) -> Parsed:
    file = delivery.files[0]
    known_on = delivery.known_on or file.published_on
    if known_on is None:
        raise refuse(file, spec.name, "known_on_missing", "The file tells no date.", "Pass --known-on.")
    thing = spec.things["documents"]
    columns = {name: kind for name, kind in thing.schema.items() if name in frame.columns}
    stated = [name for name in thing.columns if name in columns]
    return Parsed(
        thing="documents",
        vintage_id=delivery.vintage_id or f"documents_{known_on}",
        known_on=known_on,
        known_precision=delivery.known_precision,
        sequence=delivery.sequence or 0,
        sha256=_sha256(delivery.files),
        url=file.url,
        frame=frame.select(pl.col(name).cast(kind) for name, kind in columns.items()),
        cells=frame.select("document_number").unique(),
        columns=tuple(stated) if len(stated) < len(thing.columns) else None,
    )


def _sha256(files: tuple[DeliveredFile, ...]) -> str:
    return files[0].sha256 if len(files) == 1 else sha256_of("".join(f.sha256 for f in files).encode())
