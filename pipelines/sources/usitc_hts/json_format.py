"""The JSON export: bytes -> printed rows and printed footnotes, with every field accounted for.

An array of objects in printed order, twelve keys each (eleven where the misspelt twin is left out). Polars reads only
the keys it is told of, so that the keys are counted here: an unknown, missing or doubled one never passes unseen.

Belongs here: the shape of the export. Does not belong here: what is made of it.
"""

from __future__ import annotations

import io
import re
from collections import Counter

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.errors import LandingError
from pipelines.sources.usitc_hts.refusals import refusal, refuse_if_any

_TEXTS = ("htsno", "indent", "description", "general", "special", "other")
_SPARSE_TEXTS = ("superior", "quotaQuantity", "additionalDuties")
#: A misspelt twin of additionalDuties: always null so far, and not in every export.
_MISSPELT = "addiitionalDuties"
_NOTE_KEYS = ("columns", "marker", "value", "type")
_NOTE = pl.Struct({"columns": pl.List(pl.String), "marker": pl.String, "value": pl.String, "type": pl.String})
_SCHEMA: dict[str, pl.DataType] = {
    **{key: pl.String() for key in (*_TEXTS, *_SPARSE_TEXTS, _MISSPELT)},
    "units": pl.List(pl.String()),
    "footnotes": pl.List(_NOTE),
}
_KEYS = frozenset((*_SCHEMA, *_NOTE_KEYS))

NOTE_TYPES = ("endnote", "footnote")
NOTE_COLUMNS = ("general", "special", "other", "desc", "stat", "units")
_STRING_OR_KEY = re.compile(rb'"((?:[^"\\]|\\.)*)"(\s*:)?')


def read_rows(content: bytes, spec: SourceSpec, file: str) -> pl.DataFrame:
    """Printed rows in printed order: htsno, indent, description, general, special, other, quota_quantity,
    additional_duties (text as printed), units (list of text), footnotes (list of columns, marker, value, type).

    Raises LandingError: not_json, truncated, unexpected_shape, encoding, unknown_field, missing_field,
    misspelt_field_filled, superior_flag.
    """
    _refuse_other_bytes(content, spec, file)
    try:
        rows = pl.read_json(io.BytesIO(content), schema=_SCHEMA)
    except pl.exceptions.ComputeError as error:
        raise _explained(content, spec, file, error) from error
    if rows.is_empty():
        raise refusal(spec, file, "unexpected_shape", "The array is empty.")
    _refuse_other_keys(content, rows, spec, file)
    filled = rows.select("htsno", _MISSPELT).filter(pl.col(_MISSPELT).is_not_null())
    refuse_if_any(spec, file, "misspelt_field_filled", f"{_MISSPELT} is no longer always null", filled)
    _refuse_other_superiors(rows, spec, file)
    return rows.drop("superior", _MISSPELT).rename(
        {"quotaQuantity": "quota_quantity", "additionalDuties": "additional_duties"}
    )


def read_notes(rows: pl.DataFrame, spec: SourceSpec, file: str) -> pl.DataFrame:
    """One row a printed footnote, in printed order: htsno, columns (list of text), marker, value.

    Raises LandingError unknown_footnote_kind for a type or column outside the closed vocabulary.
    """
    notes = rows.select("htsno", "footnotes").explode("footnotes", empty_as_null=False, keep_nulls=False)
    notes = notes.unnest("footnotes")
    columns = pl.col("columns").list.eval(pl.element().is_in(NOTE_COLUMNS)).list.all()
    odd = notes.filter(~(pl.col("type").is_in(NOTE_TYPES) & columns).fill_null(value=False))
    refuse_if_any(spec, file, "unknown_footnote_kind", "A footnote's type or columns are of an unknown kind", odd)
    return notes.drop("type")


def _refuse_other_bytes(content: bytes, spec: SourceSpec, file: str) -> None:
    start, end = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1], content[-64:].rstrip()[-1:]
    if start != b"[":
        shown = content[:80].decode("utf-8", errors="replace")
        rule = "unexpected_shape" if start == b"{" else "truncated" if not start else "not_json"
        raise refusal(spec, file, rule, f"The file does not start as a JSON array but with {shown!r}.")
    if end != b"]":
        raise refusal(
            spec, file, "truncated", f"The file ends after {len(content):,} bytes, in the middle of its array."
        )


def _explained(content: bytes, spec: SourceSpec, file: str, error: Exception) -> LandingError:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return refusal(spec, file, "encoding", f"The file is not UTF-8: {wrong}.")
    return refusal(spec, file, "unexpected_shape", f"The array cannot be read as rows of the schedule: {error}.")


def _refuse_other_keys(content: bytes, rows: pl.DataFrame, spec: SourceSpec, file: str) -> None:
    """Prove that the known keys, once each, are all the keys there are.

    In a sound export there are as many colons after quotes as there are keys, but for texts that begin with a colon
    (a rate of ":" occurs). Counting these is twenty times faster than reading the keys; where the numbers disagree, the
    keys are read, and decide.
    """
    notes = rows["footnotes"].drop_nulls().explode(empty_as_null=False, keep_nulls=False).struct.unnest()
    expected = dict.fromkeys(_SCHEMA, rows.height) | dict.fromkeys(_NOTE_KEYS, notes.height)
    expected["marker"] = notes.height - notes["marker"].null_count()
    if b'"%s"' % _MISSPELT.encode() not in content:
        expected[_MISSPELT] = 0
    filled = _no_nulls(rows.select(*_TEXTS, "units")) and _no_nulls(notes.drop("marker"))
    present = all(b'"%s"' % key.encode() in content for key in (*_SPARSE_TEXTS, "footnotes"))
    colons = content.count(b'":') + content.count(b'" :') - _leading_colons(rows) - _leading_colons(notes)
    if filled and present and colons == sum(expected.values()):
        return
    found = Counter(name.decode() for name, colon in _STRING_OR_KEY.findall(content) if colon)
    unknown = sorted(set(found) - _KEYS)
    if unknown:
        raise refusal(spec, file, "unknown_field", "The export has fields nobody has explained.", unknown)
    expected[_MISSPELT] = found[_MISSPELT]
    wrong = [f"{key}: {found[key]} of {times}" for key, times in sorted(expected.items()) if found[key] != times]
    if wrong or not filled:
        raise refusal(spec, file, "missing_field", "A field is missing, doubled or null in some rows.", wrong)


def _no_nulls(frame: pl.DataFrame) -> bool:
    return not any(frame.null_count().row(0))


def _leading_colons(frame: pl.DataFrame) -> int:
    """How many texts begin with a colon, or with a blank and a colon: in the bytes they look like the end of a key."""
    text = pl.col(pl.String)
    return sum(frame.select((text.str.starts_with(":") | text.str.starts_with(" :")).sum()).row(0))


def _refuse_other_superiors(rows: pl.DataFrame, spec: SourceSpec, file: str) -> None:
    unnumbered = pl.col("htsno").str.strip_chars() == ""
    as_expected = (unnumbered & (pl.col("superior") == "true")).fill_null(value=False) | (
        ~unnumbered & pl.col("superior").is_null()
    )
    odd = rows.select("htsno", "superior", "description").filter(~as_expected)
    refuse_if_any(spec, file, "superior_flag", 'superior is not "true" exactly where a row has no number', odd)
