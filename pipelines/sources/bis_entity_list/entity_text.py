"""The prose cell of the eCFR table: "Name, a.k.a., the following two aliases: -A; and -B. Address; and Address."

A name may hold commas ("Huawei Device (Hong Kong) Co., Limited"), so it ends at the first comma that is not followed by
a legal form. Aliases stand on lines of their own behind a dash, or in the sentence, or in brackets. What remains are
addresses; "(See alternate address under Pakistan)" and blocks on subordinate institutions are kept as remarks.

Belongs here: taking that prose apart. Does not belong here: the table around it (ecfr.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.formats.list_text import BRACKETED, OTHER_NAME, bracketed_names, spaced

_COMMA, _DOT = "\ue000", "\ue001"
_LEGAL_FORMS = (
    r"Co|Company|Ltd|LTD|Limited|Ltda|LLC|L\.L\.C|LLP|LP|L\.P|Inc|INC|Incorporated|Corp|Corporation|GmbH|GMBH|KG|AG|SE|SA|S\.A|"
    r"S\.L|SL|SRL|S\.r\.l|SpA|S\.p\.A|SARL|SAS|BV|B\.V|NV|N\.V|AB|AS|A\.S|A/S|Oy|OY|Oyj|JSC|OJSC|CJSC|PJSC|PSC|PLC|PLS|"
    r"OAO|OOO|ZAO|PAO|AO|TOO|EOOD|OOD|DOO|d\.o\.o|s\.r\.o|Kft|Sdn|SDN|Pte|PTE|Pvt|PVT|\(Pvt|\(Private|Private|Pty|\(Pty|"
    r"FZE|FZC|FZCO|FZ|FZ-LLC|DMCC|K\.K|PT|\bTIC|STI|San|SAN|Joint[- ]Stock Company|Limited Liability Company|"
    r"(?:[A-Z][a-z]+ ){0,3}Instit(?:ute|ution)"
)
_ABBREVIATIONS = (
    r"Co|Ltd|LTD|Ltda|Inc|Corp|Pte|PTE|Pvt|PVT|Pty|Sdn|SDN|Bhd|BHD|Bros|Intl|Jr|Sr|St|Dr|Mr|No|NO|San|SAN|Tic|TIC|Sti|STI|"
    r"Ind|Tech|Eng|Dis|DIS|Ve|PT|[A-Za-z]"
)
#: "a.k.a.," with the punctuation before it and an opening bracket.
_MARKER = rf"[,;]?\s*\(?{OTHER_NAME}"
#: "the following two aliases:" in its variants, with the number announced.
_ANNOUNCED = (
    r"^[\s,]*(?:as\s|including\s)?(?:the\s)?(?:following\s|follow\s|the\s)*"
    r"(?:(\w+(?:[- ]\w+)?)\s)?(?:alias(?:es)?|entity)\b[^:\n]*[:,]?"
)
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_SEE_ALTERNATE = r"(?i)\(?\bsee (?:also )?(?:the )?(?:alternate|alternative|address|adress)[^)]*\)?\.?"


def _guarded(text: pl.Expr) -> pl.Expr:
    """Commas before legal forms and full stops of abbreviations, made opaque to the split."""
    text = text.str.replace_all(rf",\s*((?:{_LEGAL_FORMS})\b)", f"{_COMMA} $1")
    return text.str.replace_all(rf"\b({_ABBREVIATIONS})\.", f"${{1}}{_DOT}")


def _unguarded(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(_COMMA, ",").str.replace_all(_DOT, ".")


def leading_name(text: pl.Expr) -> pl.Expr:
    """The name a piece of prose begins with: up to the first comma, semicolon or full stop that is not part of it."""
    return _unguarded(_guarded(text).str.extract(r"^\s*([^,;\n]*?)(?:[,;\n]|\.\s|\.?\s*$|\s*\(See\b)", 1))


def after_name(text: pl.Expr) -> pl.Expr:
    """What follows `leading_name`."""
    rest = _guarded(text).str.replace(r"^\s*[^,;\n]*?(?:[,;\n]|\.\s|\.?\s*$|(\s*\(See\b))", "$1")
    return _unguarded(rest)


def _paragraphs(entries: pl.DataFrame) -> pl.DataFrame:
    """position, line, text, kind: head (the first), alias (dash, or an unfinished item before one), plain, ..."""
    lines = (
        entries.select("position", text="paragraphs")
        .with_columns(line=pl.int_ranges(pl.col("text").list.len()))
        .explode("text", "line")
        .with_columns(text=spaced(pl.col("text")))
        .drop_nulls("text")
    )
    is_dash = pl.col("text").str.contains(r"^[\u2014\u2013-]\s*\S")
    is_subordinate = (
        pl.col("text").str.contains(r"(?i)^subordinate institution").cast(pl.Int8).cum_max().over("position") > 0
    )
    dash_later = is_dash.reverse().cum_max().reverse().over("position")
    is_item = is_dash | (pl.col("text").str.contains(r";$") & dash_later & ~pl.col("text").str.contains(_MARKER))
    return lines.sort("position", "line").with_columns(
        kind=pl.when(pl.col("line") == 0)
        .then(pl.lit("head"))
        .when(is_subordinate)
        .then(pl.lit("subordinate"))
        .when(is_item)
        .then(pl.lit("alias"))
        .otherwise(pl.lit("plain"))
    )


def _heads(lines: pl.DataFrame) -> pl.DataFrame:
    """The first paragraph: entity_name, bracketed names, aliases in the sentence, how many are announced, the rest."""
    head = lines.filter(pl.col("kind") == "head").with_columns(
        bracketed=bracketed_names(pl.col("text")), bare=pl.col("text").str.replace_all(BRACKETED, "")
    )
    after = pl.col("bare").str.extract(rf"(?s)^.*?{_MARKER}(.*)$", 1)
    before = pl.col("bare").str.extract(rf"(?s)^(.*?){_MARKER}.*$", 1)
    number = after.str.extract(_ANNOUNCED, 1).str.to_lowercase()
    return head.select(
        "position",
        "bracketed",
        entity_name=pl.coalesce(before, leading_name(pl.col("bare"))),
        announced=pl.coalesce(
            number.replace_strict(_NUMBERS, list(range(1, len(_NUMBERS) + 1)), default=None),
            number.cast(pl.Int64, strict=False),
            1,
        ),
        sentence=spaced(after.str.replace(_ANNOUNCED, "").str.replace(r"^[\s\u2014-]+", "")),
        rest=pl.when(before.is_null()).then(after_name(pl.col("bare"))),
    )


def _pieces(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """(position, column, ...) cut at ";" and "; and": position, piece, number (from 1), and the other columns."""
    cut = pl.col(column).str.replace_all(r";\s*(?:and\s)?", "\n").str.split("\n")
    return (
        frame.with_columns(piece=cut)
        .drop(column)
        .explode("piece", keep_nulls=False, empty_as_null=False)
        .with_columns(piece=spaced(pl.col("piece")))
        .drop_nulls("piece")
        .with_columns(number=pl.int_range(1, pl.len() + 1).over("position"))
    )


def _run_on(pieces: pl.DataFrame) -> pl.DataFrame:
    """Pieces of a list that runs on into the address: position, alias, address. The announced number tells where."""
    number, announced = pl.col("number"), pl.min_horizontal("announced", pl.col("number").max().over("position"))
    return pieces.select(
        "position",
        alias=pl.when(number < announced).then("piece").when(number == announced).then(leading_name(pl.col("piece"))),
        address=pl.when(number > announced).then("piece").when(number == announced).then(after_name(pl.col("piece"))),
    )


def read_entities(entries: pl.DataFrame) -> pl.DataFrame:
    """(position, paragraphs) -> position, entity_name, aliases and addresses (lists of pieces), remarks_printed."""
    lines = _paragraphs(entries)
    heads = _heads(lines)
    dashes = lines.filter(pl.col("kind") == "alias")
    plain = lines.filter(pl.col("kind") == "plain").select("position", "text")
    runs_on = dashes.join(plain, on="position", how="anti").filter(
        pl.col("line") == pl.col("line").max().over("position")
    )
    whole = dashes.join(runs_on, on=["position", "line"], how="anti")
    run_on = pl.concat(
        [
            _run_on(_pieces(runs_on.select("position", "text", announced=pl.lit(1, pl.Int64)), "text")),
            _run_on(_pieces(heads.select("position", "announced", "sentence").drop_nulls("sentence"), "sentence")),
        ]
    )
    aliases = pl.concat(
        [
            whole.select("position", alias="text"),
            run_on.select("position", "alias"),
            heads.select("position", alias="bracketed").explode("alias", keep_nulls=False, empty_as_null=False),
        ]
    )
    located = pl.concat([heads.select("position", text="rest"), run_on.select("position", text="address"), plain])
    addresses = located.drop_nulls("text").select(
        "position",
        note=pl.col("text").str.extract_all(_SEE_ALTERNATE),
        text=pl.col("text").str.replace_all(_SEE_ALTERNATE, ""),
    )
    notes = pl.concat(
        [
            addresses.select("position", "note").explode("note", keep_nulls=False, empty_as_null=False),
            lines.filter(pl.col("kind") == "subordinate").select("position", note="text"),
        ]
    )
    pieces = _pieces(addresses.select("position", "text"), "text")
    return (
        heads.select("position", "entity_name")
        .join(_listed(aliases.drop_nulls("alias"), "alias", "aliases"), on="position", how="left")
        .join(_listed(pieces, "piece", "addresses"), on="position", how="left")
        .join(_listed(notes, "note", "notes"), on="position", how="left")
        .with_columns(remarks_printed=pl.col("notes").list.join(" "))
        .drop("notes")
        .sort("position")
    )


def _listed(frame: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    return frame.group_by("position", maintain_order=True).agg(pl.col(column).alias(name))
