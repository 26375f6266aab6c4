"""BIS's yearly tables of its rules and notices: citation, days, title.

The tables were kept in a spreadsheet that exchanged day and month wherever both are at most twelve. Effective days
that it took for dates are exchanged without exception (they carry a time of day); days of publication were partly
put right by a compiler, so each is decided: pages of a volume grow with the days, and of the two readings the one
nearer to what the pages around it say is taken. A volume is a year (1936 is 1); where the two differ, the volume is
the misprint, for the pages fit the year.

Belongs here: reading that table. Does not belong here: the rules' numbers (documents.py).
"""

from __future__ import annotations

import io

import polars as pl

from pipelines.contract import Correction, DeliveredFile
from pipelines.formats.reference import decoded, refuse

SOURCE = "federal_register"
HEADER = ["publication_date", "effective_date_raw", "comment_end_raw", "fr_citation", "title"]
#: Volume 1 is of 1936.
YEAR_BEFORE_VOLUME_1 = 1935
#: A printed day further than this from what its page says is kept, and marked.
FAR_DAYS = 45
#: Why a day or citation is read otherwise than printed.
EXCHANGED = "day and month exchanged"
TAKEN_FOR_DATE = "a spreadsheet took month/day/year for day/month/year: day and month exchanged"
WRONG_VOLUME = "the volume is not that of the year of publication, which the page fits"
_DATE_AND_TIME = r"\d{4}-\d{2}-\d{2} "
_CITATION = r"^(\d+) FR +(\d+)$"


def read(file: DeliveredFile) -> pl.DataFrame:
    """One row a citation. Raises LandingError: wrong_encoding, unknown_field, bad_cell."""
    text = decoded(file, SOURCE)
    if text.splitlines()[0].split(",") != HEADER:
        raise refuse(
            file, SOURCE, "unknown_field", "The columns are not the known ones.", "Compare with bis_tables.py."
        )
    rows = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)
    cited = pl.col("fr_citation").str.extract_groups(_CITATION)
    typed = rows.with_columns(
        printed_on=pl.col("publication_date").str.to_date("%Y-%m-%d", strict=False),
        start_page=cited.struct.field("2").cast(pl.Int32),
    )
    bad = typed.filter(pl.col("printed_on").is_null() | pl.col("start_page").is_null())
    if bad.height:
        what = f"{bad.height} rows have no day or citation of the known form."
        raise refuse(file, SOURCE, "bad_cell", what, "Look at the rows in the file.", rows=bad.head(5).rows())
    dated = _published(typed.with_columns(volume=pl.col("printed_on").dt.year() - YEAR_BEFORE_VOLUME_1))
    return (
        dated.with_columns(
            citation=pl.format("{} FR {}", "volume", "start_page"),
            effective_on=_day(pl.col("effective_date_raw")),
            comments_close_on=_day(pl.col("comment_end_raw")),
        )
        .sort("citation", "far_days", "published_on", "effective_on", "title", nulls_last=True)
        .group_by("citation", maintain_order=True)
        .agg(
            pl.col("volume", "start_page", "published_on", "published_evidence").first(),
            pl.col("effective_on", "comments_close_on").min(),
            pl.col("title").unique(maintain_order=True).str.join(" / "),
            citation_printed=pl.col("fr_citation").unique(maintain_order=True).str.join("; "),
            published_printed=pl.col("publication_date").unique(maintain_order=True).str.join("; "),
            effective_printed=pl.col("effective_date_raw").drop_nulls().unique(maintain_order=True).str.join("; "),
            comments_printed=pl.col("comment_end_raw").drop_nulls().unique(maintain_order=True).str.join("; "),
        )
        .with_columns(pl.col("effective_printed", "comments_printed").replace("", None))
    )


def corrections(rules: pl.DataFrame) -> tuple[Correction, ...]:
    """Every day or citation of `rules` that is read otherwise than it is printed, as a record of the repair."""
    printed = {
        "published_on": ("published_printed", EXCHANGED, pl.col("published_evidence") == EXCHANGED),
        "effective_on": ("effective_printed", TAKEN_FOR_DATE, pl.col("effective_printed").str.contains(_DATE_AND_TIME)),
        "comments_close_on": (
            "comments_printed",
            TAKEN_FOR_DATE,
            pl.col("comments_printed").str.contains(_DATE_AND_TIME),
        ),
        "citation": ("citation_printed", WRONG_VOLUME, pl.col("citation_printed") != pl.col("citation")),
    }
    repaired = [
        rules.filter(is_repaired & pl.col(own).is_not_null()).select(
            key=pl.format("citation={}", "citation"),
            column_name=pl.lit(own),
            published_value=pl.col(as_printed),
            corrected_value=pl.col(own).cast(pl.String),
            reason=pl.lit(reason),
            status=pl.lit("repaired_by_rule"),
        )
        for own, (as_printed, reason, is_repaired) in printed.items()
    ]
    return tuple(Correction(**row) for row in pl.concat(repaired).iter_rows(named=True))


def _exchanged(day: pl.Expr) -> pl.Expr:
    """The day with month and day exchanged; NULL where that is no day."""
    parts = (day.dt.year(), day.dt.day(), day.dt.month())
    return pl.format("{}-{}-{}", *parts).str.to_date("%Y-%m-%d", strict=False)


def _published(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds published_on, published_evidence, and far_days: how far it is from what the pages around say."""
    ordered = rows.with_columns(
        exchanged_on=_exchanged(pl.col("printed_on")),
        anchor_on=pl.when(pl.col("printed_on").dt.day() > 12).then("printed_on"),
    ).sort("volume", "start_page")
    # What the nearest certain pages on either side say, weighed by their distance in pages.
    page = pl.when(pl.col("anchor_on").is_not_null()).then("start_page")
    before = [expr.forward_fill().shift(1).over("volume") for expr in (pl.col("anchor_on"), page)]
    after = [expr.backward_fill().shift(-1).over("volume") for expr in (pl.col("anchor_on"), page)]
    around = ordered.with_columns(
        before_on=before[0], before_page=before[1], after_on=after[0], after_page=after[1]
    ).with_columns(
        before_on=pl.coalesce("before_on", pl.date(pl.col("printed_on").dt.year(), 1, 1)),
        before_page=pl.coalesce("before_page", pl.lit(1)),
        after_on=pl.coalesce("after_on", pl.date(pl.col("printed_on").dt.year(), 12, 31)),
        after_page=pl.coalesce("after_page", pl.col("start_page").max().over("volume") + 1),
    )
    pages = (pl.col("after_page") - pl.col("before_page")).clip(lower_bound=1)
    share = ((pl.col("start_page") - pl.col("before_page")) / pages).clip(0, 1)
    days = (pl.col("after_on") - pl.col("before_on")).dt.total_days()
    expected = pl.col("before_on") + pl.duration(days=(days * share).round().cast(pl.Int64))
    off_printed = (pl.col("printed_on") - expected).dt.total_days().abs()
    off_exchanged = (pl.col("exchanged_on") - expected).dt.total_days().abs()
    is_exchanged = (off_exchanged < off_printed).fill_null(False)
    return around.with_columns(
        published_on=pl.when(is_exchanged).then("exchanged_on").otherwise("printed_on"),
        far_days=pl.when(is_exchanged).then(off_exchanged).otherwise(off_printed),
        published_evidence=pl.when(is_exchanged)
        .then(pl.lit(EXCHANGED))
        .when(off_printed > FAR_DAYS)
        .then(pl.lit("as printed, against the order of pages"))
        .otherwise(pl.lit("as printed")),
    )


def _day(printed: pl.Expr) -> pl.Expr:
    """First day in a printed text: month/day/year, or a spreadsheet's date (year-day-month and a time of day)."""
    parts = printed.str.extract_groups(r"^(\d{1,2})/(\d{1,2})/(\d{2,4})")
    year = parts.struct.field("3").cast(pl.Int32)
    full = pl.when(year < 100).then(year + 2000).otherwise(year)
    slashed = pl.format("{}-{}-{}", full, parts.struct.field("1"), parts.struct.field("2"))
    taken_for_date = printed.str.replace(r"^(\d{4})-(\d{2})-(\d{2}) .*$", "$1-$3-$2")
    return pl.coalesce(slashed, taken_for_date).str.to_date("%Y-%m-%d", strict=False)
