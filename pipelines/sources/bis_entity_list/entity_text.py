"""The prose cell of the eCFR table: "Name, a.k.a., the following two aliases: -A; and -B. Address; and Address."

A name may hold commas ("Huawei Device (Hong Kong) Co., Limited"), so it ends at the first comma that is not followed by
a legal form. Aliases stand on lines of their own behind a dash, or in the sentence, or in brackets. What remains are
addresses; "(See alternate address under Pakistan)" and blocks on subordinate institutions are kept as remarks.

Belongs here: taking that prose apart. Does not belong here: the table around it (ecfr.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.formats.list_text import BRACKETED, FORMER_NAME, OTHER_NAME, bracketed_names, spaced

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
_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
#: Number words as printed before "aliases" -> number.
NUMBERS = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **_TENS,
    **{f"{tens}-{one}": value + n for tens, value in _TENS.items() for n, one in enumerate(_ONES[:9], 1)},
}
#: Heads a block on parties that are part of this one; and ends an item after which such a block follows.
_BLOCK = r"(?i)^(?:subordinate institution|affiliated entities)"
_BLOCK_NEXT = r"(?i)\bfollowing (?:\w+ )?subordinate entities:$"
#: What an item says of what follows it, which is no part of the name.
_AND_MORE = r"(?i)[;,]? and (?:to include )?the following\b.*$"
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
    opened = pl.col("text").str.contains(_BLOCK_NEXT).shift(1, fill_value=False).over("position")
    is_subordinate = (pl.col("text").str.contains(_BLOCK) | opened).cast(pl.Int8).cum_max().over("position") > 0
    dash_later = is_dash.reverse().cum_max().reverse().over("position")
    # "the following one alias:" with the alias on the next line, but without its dash, and the address after it.
    is_undashed = (
        (pl.col("line") == 1)
        & pl.col("text").first().over("position").str.contains(r"(?i)\bone alias:$")
        & ~is_dash.any().over("position")
        & (pl.len().over("position") > 2)
    )
    is_item = (
        is_dash
        | is_undashed
        | (pl.col("text").str.contains(r";$") & dash_later & ~pl.col("text").str.contains(_MARKER))
    )
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
    """The first paragraph: entity_name, names in brackets, aliases in the sentence, how many are announced, the rest.

    former: those in brackets that are no longer borne.  is_former: whether those in the sentence are.
    """
    head = lines.filter(pl.col("kind") == "head").with_columns(
        bracketed=bracketed_names(pl.col("text")),
        former=bracketed_names(pl.col("text"), FORMER_NAME),
        bare=pl.col("text").str.replace_all(BRACKETED, ""),
    )
    after = pl.col("bare").str.extract(rf"(?s)^.*?{_MARKER}(.*)$", 1)
    before = pl.col("bare").str.extract(rf"(?s)^(.*?){_MARKER}.*$", 1)
    number = after.str.extract(_ANNOUNCED, 1).str.to_lowercase()
    announced = pl.coalesce(
        number.replace_strict(NUMBERS, return_dtype=pl.Int64, default=None), number.cast(pl.Int64, strict=False)
    )
    return head.select(
        "position",
        "bracketed",
        "former",
        entity_name=pl.coalesce(before, leading_name(pl.col("bare"))),
        announced=announced.fill_null(1),
        aliases_announced=announced,
        is_former=pl.col("bare").str.extract(rf"({_MARKER})", 1).str.contains(FORMER_NAME).fill_null(False),
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
    """(position, paragraphs) -> position, entity_name, remarks_printed, how many aliases are announced and read.

    And lists of pieces: aliases, former_names (some of the aliases), addresses, notes ("see alternate address ...").
    """
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
    items = pl.col("text").str.replace(_AND_MORE, "").str.replace_all(r";\s*\u2014", "\n").str.split("\n")
    counted = pl.concat(
        [
            whole.select("position", alias=items).explode("alias", keep_nulls=False, empty_as_null=False),
            run_on.select("position", "alias").drop_nulls(),
        ]
    )
    aliases = pl.concat(
        [
            counted,
            heads.select("position", alias="bracketed").explode("alias", keep_nulls=False, empty_as_null=False),
        ]
    )
    in_sentence = run_on.join(heads.filter("is_former").select("position"), on="position", how="semi")
    former = pl.concat(
        [
            heads.select("position", alias="former").explode("alias", keep_nulls=False, empty_as_null=False),
            in_sentence.select("position", "alias").drop_nulls(),
        ]
    )
    located = pl.concat([heads.select("position", text="rest"), run_on.select("position", text="address"), plain])
    addresses = located.drop_nulls("text").select(
        "position",
        note=pl.col("text").str.extract_all(_SEE_ALTERNATE),
        text=pl.col("text").str.replace_all(_SEE_ALTERNATE, ""),
    )
    seen = addresses.select("position", "note").explode("note", keep_nulls=False, empty_as_null=False)
    remarks = pl.concat(
        [
            seen,
            lines.filter(pl.col("kind") == "subordinate").select("position", note="text"),
        ]
    )
    pieces = _pieces(addresses.select("position", "text"), "text")
    return (
        heads.select("position", "entity_name", "aliases_announced")
        .join(_listed(aliases, "alias", "aliases"), on="position", how="left")
        .join(_listed(former, "alias", "former_names"), on="position", how="left")
        .join(counted.group_by("position").agg(aliases_read=pl.len().cast(pl.Int64)), on="position", how="left")
        .join(_listed(pieces, "piece", "addresses"), on="position", how="left")
        .join(_listed(seen, "note", "notes"), on="position", how="left")
        .join(_listed(remarks, "note", "remarks"), on="position", how="left")
        .with_columns(
            remarks_printed=pl.col("remarks").list.join(" "),
            aliases_read=pl.when(pl.col("aliases_announced").is_not_null()).then(pl.col("aliases_read").fill_null(0)),
        )
        .drop("remarks")
        .sort("position")
    )


def _listed(frame: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    return frame.group_by("position", maintain_order=True).agg(pl.col(column).alias(name))
