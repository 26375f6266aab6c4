"""Which entries are one party: links between entries, with score and evidence, and the parties they make.

Names are compared by their words without legal forms, in any order (names/plain.py), as printed and without a short
name in brackets. Two entries are linked by

    number    OFAC's number, which is one for both its lists
    name      a name of one is a name of the other
    alias     a name of one is another name of the other
    aliases   two or more other names of the one are names of the other

The score starts from the kind of link. Country (heading, or of the addresses) adds to it where it fits and takes from
it where it does not; names that are short, or that parties of several countries bear, take from it. Of the links of an
entry into another list only the best are followed, so that a party's own entry goes before one that only mentions its
name. Entries of one list are linked where their names are the same letters and the rule that added them or an alias is
shared, or the country, unless their aliases are all others; OFAC's numbers tell parties of one list apart, so its
entries are not.

Belongs here: links and their closure. Does not belong here: one entry through the editions (keys.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.names.plain import core_of_plain, plain, token_key_of_core

#: At least this score makes one party of two entries; from the lower number on a pair is reported and not followed.
FOLLOWED, DOUBTFUL = 0.75, 0.6
#: Score of each kind of link before country and rarity.
NUMBER, SAME_LIST, NAME, ALIAS, ALIASES = 1.0, 0.95, 0.9, 0.8, 0.75
COUNTRY_FITS, COUNTRY_OTHER, MOST_BY_NAME = 0.05, -0.3, 0.99
#: Names that are equal with their legal forms: of "X LLC" and "X OJSC" on two lists each goes to its own.
SAME_FORM = 0.05
#: An alias of one word, with another legal form than the name it equals.
OTHER_FORM = -0.1
#: Score of the links of an entry to several numbers of one OFAC list that agree alike: one of them at most is right.
SEVERAL = 0.7
#: Names of one word of up to this many letters, and names borne in more than this many countries, say little.
SHORT, SHORT_NAME, COUNTRIES, COMMON_NAME = 6, -0.15, 2, -0.15
#: How much less than an entry's best link into a list another one may score.
NEXT_BEST = 0.04
#: "(CPMIEC)" or a name in another script, in brackets; a place in brackets ("(Shenzhen)") tells sisters apart.
_OTHER_SCRIPT = r"[(\uff08][^()\uff08\uff09]*[^\x00-\x7f\uff09][^()\uff08\uff09]*[)\uff09]"
_SHORT = rf"[(\uff08][A-Z0-9&. -]{{2,12}}[)\uff09]|{_OTHER_SCRIPT}"
_TIED = ("US_OFAC_SDN", "US_OFAC_CONS")

#: One row an entry of the lists: what it is called, what it ever was, and where.
ENTRIES = {
    "list_code": pl.String(),
    "entry_key": pl.String(),
    "name": pl.String(),
    "aliases": pl.List(pl.String()),
    "countries": pl.List(pl.String()),
    "root": pl.String(),
    "begins_on": pl.Date(),
    "known_from": pl.Date(),
}
#: One row a pair of entries (a before b). verdict: followed, doubtful, forbidden, or through (linked by others only).
LINKS = {
    "list_code_a": pl.String(),
    "entry_key_a": pl.String(),
    "list_code_b": pl.String(),
    "entry_key_b": pl.String(),
    "match_score": pl.Float64(),
    "method": pl.String(),
    "evidence": pl.String(),
    "verdict": pl.String(),
    "decided_by": pl.String(),
}
PARTIES = {"list_code": pl.String(), "entry_key": pl.String(), "party_key": pl.String()}
_PAIR = ["list_code_a", "entry_key_a", "list_code_b", "entry_key_b"]


def entries(statements: pl.DataFrame) -> pl.DataFrame:
    """ENTRIES from statements (editions.STATEMENTS with entry_key), over all their editions.

    Names an entry bore before its newest one count among its aliases.
    """
    others = pl.col("aliases").fill_null("").str.split(" | ")
    newest = pl.col("entity_name").last()
    codes = pl.concat_list("country_code", pl.col("address_country_codes").fill_null("").str.split(","))
    return (
        statements.sort("list_code", "entry_key", "known_from")
        .group_by("list_code", "entry_key", maintain_order=True)
        .agg(
            name=newest,
            earlier=pl.col("entity_name").filter(pl.col("entity_name") != newest),
            others=others.explode().filter(others.explode() != ""),
            countries=_one_china(codes.list.explode()).drop_nulls().unique().sort(),
            root=_letters(pl.col("entity_name")).last(),
            begins_on=pl.col("begins_on").min(),
            known_from=pl.col("known_from").min(),
        )
        .with_columns(aliases=pl.concat_list("earlier", "others").list.unique().list.sort())
        .select(pl.col(name).cast(kind) for name, kind in ENTRIES.items())
    )


def linked(held: pl.DataFrame, overrides: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(PARTIES, LINKS) of ENTRIES. Every entry is of one party; overrides: overrides.py."""
    numbered = held.with_row_index("id")
    between, within = _between_lists(numbered), _within_lists(numbered)
    judged = _judged(pl.concat([between, within]), numbered, overrides)
    followed = judged.filter(pl.col("verdict") == "followed")
    parts = _components(numbered.select("id"), followed.select("a", "b"))
    parties = _named(numbered, parts)
    links = pl.concat([judged, _through(parts, judged).select(judged.columns)])
    side = numbered.select("id", "list_code", "entry_key")
    told = links.join(side.rename({"list_code": "list_code_a", "entry_key": "entry_key_a"}), left_on="a", right_on="id")
    told = told.join(side.rename({"list_code": "list_code_b", "entry_key": "entry_key_b"}), left_on="b", right_on="id")
    return parties, told.select(pl.col(n).cast(k) for n, k in LINKS.items()).sort(_PAIR)


def _one_china(code: pl.Expr) -> pl.Expr:
    """Hong Kong and Macao stand under China in some lists and beside it in others."""
    short = code.str.strip_chars().str.slice(0, 2)
    return pl.when(short != "").then(short.replace({"HK": "CN", "MO": "CN"}))


def _letters(name: pl.Expr) -> pl.Expr:
    return name.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")


def _called(held: pl.DataFrame, column: str) -> pl.DataFrame:
    """(id, list_code, key, form): words of each name without and with legal form, in one order.

    As printed, and without a short name in brackets at its end.
    """
    printed = held.select("id", "list_code", name=pl.col(column))
    printed = (printed if column == "name" else printed.explode("name")).drop_nulls("name")
    short = printed.filter(pl.col("name").str.contains("[a-z]") | pl.col("name").str.contains(_OTHER_SCRIPT))
    short = short.with_columns(name=pl.col("name").str.replace_all(_SHORT, " "))
    spelled = plain(pl.col("name"))
    return (
        pl.concat([printed, short])
        .with_columns(key=token_key_of_core(core_of_plain(spelled)), form=token_key_of_core(spelled))
        .filter(pl.col("key").str.len_chars() >= 3)
        .select("id", "list_code", "key", "form")
        .unique()
    )


def _pairs(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """(a, b, key, same_form): entries of two lists that share a name, the lower id first."""
    met = left.join(right, on="key", suffix="_b").filter(pl.col("list_code") != pl.col("list_code_b"))
    low, high = pl.min_horizontal("id", "id_b"), pl.max_horizontal("id", "id_b")
    return met.group_by(a=low, b=high, key="key").agg(same_form=(pl.col("form") == pl.col("form_b")).any())


def _between_lists(held: pl.DataFrame) -> pl.DataFrame:
    names, aliases = _called(held, "name"), _called(held, "aliases")
    borne = (
        names.join(held.select("id", "countries"), on="id")
        .explode("countries")
        .group_by("key")
        .agg(in_countries=pl.col("countries").drop_nulls().n_unique())
    )
    several = (pl.len().over("a", "b") > 1) & (pl.col("key").str.len_chars() > SHORT)
    kinds = {
        "name": (_pairs(names, names), NAME),
        "alias": (_pairs(names, aliases), ALIAS),
        "aliases": (_pairs(aliases, aliases).filter(several), ALIASES),
    }
    found = [p.with_columns(method=pl.lit(kind), base=pl.lit(score)) for kind, (p, score) in kinds.items()]
    one_word = ~pl.col("key").str.contains(" ")
    short = one_word & (pl.col("key").str.len_chars() <= SHORT)
    other_form = (pl.col("method") == "alias") & one_word & ~pl.col("same_form")
    rarity = (
        pl.when(short).then(SHORT_NAME).otherwise(0.0)
        + pl.when(pl.col("in_countries") > COUNTRIES).then(COMMON_NAME).otherwise(0.0)
        + pl.when((pl.col("method") == "name") & pl.col("same_form")).then(SAME_FORM).otherwise(0.0)
        + pl.when(other_form).then(OTHER_FORM).otherwise(0.0)
    )
    met = (
        pl.concat(found)
        .join(borne, on="key", how="left")
        .with_columns(score=pl.col("base") + rarity)
        .sort("a", "b", "score", "method", "key", descending=[False, False, True, False, False])
        .group_by("a", "b", maintain_order=True)
        .agg(pl.col("score").first(), pl.col("method").first(), pl.col("key").first(), shared=pl.col("key").n_unique())
    )
    return _told_apart(_with_country(pl.concat([met, _by_number(held)], how="diagonal"), held), held)


def _told_apart(pairs: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Of links to several numbers of one of OFAC's lists the best alone; where that is not one, all are doubtful."""
    lists = held.select("id", "list_code")
    both = pairs.join(lists, left_on="a", right_on="id").join(lists, left_on="b", right_on="id", suffix="_b")
    sides = (("a", "list_code_b"), ("b", "list_code"))
    for end, other in sides:
        score, best = pl.col("match_score"), pl.col("match_score").max().over(end, other)
        numbered = pl.col(other).is_in(_TIED)
        both = both.filter(~numbered | (score == best))
        several = numbered & (pl.len().over(end, other) > 1) & (score >= FOLLOWED)
        both = both.with_columns(match_score=pl.when(several).then(SEVERAL).otherwise(score))
    return both.select(pairs.columns)


def _by_number(held: pl.DataFrame) -> pl.DataFrame:
    """OFAC's two lists: one number, one party."""
    tied = held.filter(pl.col("list_code").is_in(_TIED)).with_columns(key=pl.col("entry_key").str.extract(r"/(\d+)$"))
    return _pairs(*[tied.select("id", "list_code", "key", form="key")] * 2).with_columns(
        score=pl.lit(NUMBER), method=pl.lit("number"), shared=pl.lit(1, pl.UInt32)
    )


def _with_country(pairs: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the country in the score, the best of a pair, and the evidence in words."""
    side = held.select("id", "list_code", "countries")
    both = pairs.join(side, left_on="a", right_on="id").join(side, left_on="b", right_on="id", suffix="_b")
    stated = (pl.col("countries").list.len() > 0) & (pl.col("countries_b").list.len() > 0)
    fits = pl.col("countries").list.set_intersection("countries_b").list.len() > 0
    country = pl.when(~stated).then(0.0).when(fits).then(COUNTRY_FITS).otherwise(COUNTRY_OTHER)
    told = pl.concat_str(
        pl.format("{}: {}", "method", "key"),
        pl.when(pl.col("shared") > 1).then(pl.format("; {} names shared", "shared")),
        pl.when(stated & fits)
        .then(pl.format("; country {}", pl.col("countries").list.set_intersection("countries_b").list.join(",")))
        .when(stated)
        .then(
            pl.format("; countries {} and {}", pl.col("countries").list.join(","), pl.col("countries_b").list.join(","))
        ),
        ignore_nulls=True,
    )
    by_name = (pl.col("score") + country).clip(0, MOST_BY_NAME)
    adjusted = pl.when(pl.col("method") == "number").then("score").otherwise(by_name)
    return (
        both.with_columns(match_score=adjusted.round(4), evidence=told)
        .sort("a", "b", "match_score", "method", descending=[False, False, True, False])
        .unique(["a", "b"], keep="first", maintain_order=True)
        .with_columns(
            best_a=pl.col("match_score").max().over("a", "list_code_b"),
            best_b=pl.col("match_score").max().over("b", "list_code"),
        )
        .filter(pl.col("match_score") >= pl.max_horizontal("best_a", "best_b") - NEXT_BEST)
        .select("a", "b", "match_score", "method", "evidence")
    )


def _within_lists(held: pl.DataFrame) -> pl.DataFrame:
    """Entries of one list whose names are the same letters, and more than the name agrees."""
    spread = held.filter(~pl.col("list_code").is_in(_TIED))
    met = spread.join(spread, on=["list_code", "root"], suffix="_b").filter(pl.col("id") < pl.col("id_b"))
    countries = pl.col("countries").list.set_intersection("countries_b").list.len() > 0
    nowhere = (pl.col("countries").list.len() == 0) & (pl.col("countries_b").list.len() == 0)
    of_both = pl.col("aliases").list.set_intersection("aliases_b").list.len() > 0
    others = ~of_both & (pl.col("aliases").list.len() > 0) & (pl.col("aliases_b").list.len() > 0)
    begun = pl.col("begins_on") == pl.col("begins_on_b")
    return (
        met.filter(of_both | begun.fill_null(False) | ((countries | nowhere) & ~others))
        .unique(["id", "id_b"])
        .select(
            a="id",
            b="id_b",
            match_score=pl.lit(SAME_LIST),
            method=pl.lit("same list"),
            evidence=pl.concat_str(
                pl.lit("name in the same letters"),
                pl.when(countries).then(pl.lit("country")),
                pl.when(of_both).then(pl.lit("an alias")),
                pl.when(begun).then(pl.lit("day of the first rule")),
                separator="; ",
                ignore_nulls=True,
            ),
        )
    )


def _judged(pairs: pl.DataFrame, held: pl.DataFrame, overrides: pl.DataFrame) -> pl.DataFrame:
    """(a, b, match_score, method, evidence, verdict, decided_by) of pairs worth a word."""
    ids = held.select("id", "list_code", "entry_key")
    decided = (
        overrides.filter(pl.col("scope") == "party")
        .join(ids, left_on=["list_code_a", "key_a"], right_on=["list_code", "entry_key"])
        .join(ids, left_on=["list_code_b", "key_b"], right_on=["list_code", "entry_key"], suffix="_b")
        .select(
            a=pl.min_horizontal("id", "id_b"), b=pl.max_horizontal("id", "id_b"), is_same="is_same", reason="reason"
        )
    )
    rule = pl.when(pl.col("match_score") >= FOLLOWED).then(pl.lit("followed")).otherwise(pl.lit("doubtful"))
    by_hand = pl.when(pl.col("is_same") == 1).then(pl.lit("followed")).otherwise(pl.lit("forbidden"))
    return (
        pairs.join(decided, on=["a", "b"], how="full", coalesce=True)
        .filter((pl.col("match_score") >= DOUBTFUL) | pl.col("is_same").is_not_null())
        .select(
            "a",
            "b",
            match_score=pl.coalesce(pl.col("is_same").cast(pl.Float64), pl.col("match_score")),
            method=pl.col("method").fill_null("by hand"),
            evidence=pl.coalesce("reason", "evidence"),
            verdict=pl.when(pl.col("is_same").is_null()).then(rule).otherwise(by_hand),
            decided_by=pl.when(pl.col("is_same").is_null()).then(pl.lit("rule")).otherwise(pl.lit("override")),
        )
    )


def _components(ids: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """(id, part): the lowest id each id is linked to, by any way. Each round doubles the length of the ways seen."""
    both = pl.concat([links, links.select(a="b", b="a")])
    parts = ids.with_columns(part="id")
    while True:
        near = both.join(parts, left_on="b", right_on="id").group_by(id="a").agg(near=pl.col("part").min())
        stepped = parts.join(near, on="id", how="left").with_columns(
            next=pl.min_horizontal("part", pl.col("near").fill_null(pl.col("part")))
        )
        jumped = stepped.join(stepped.select(next="id", far="next"), on="next").select("id", part="far")
        if jumped.sort("id").equals(parts.sort("id")):
            return parts
        parts = jumped


def _named(held: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """PARTIES: a party bears the key of the entry of it that was known first."""
    key = pl.when(pl.col("entry_key").str.starts_with(pl.col("list_code") + "/")).then("entry_key")
    named = key.otherwise(pl.concat_str("list_code", "entry_key", separator="/"))
    return (
        held.join(parts, on="id")
        .with_columns(named=named)
        .sort("known_from", "list_code", "entry_key")
        .with_columns(party_key=pl.col("named").first().over("part"))
        .select(pl.col(name).cast(kind) for name, kind in PARTIES.items())
        .sort("list_code", "entry_key")
    )


def _through(parts: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one party that no link of their own joins: the score is the weaker of each side's best link."""
    followed = judged.filter(pl.col("verdict") == "followed")
    best = pl.concat([followed.select(id=side, best="match_score") for side in ("a", "b")])
    side = parts.join(best.group_by("id").agg(pl.col("best").max()), on="id")
    met = side.join(side, on="part", suffix="_b").filter(pl.col("id") < pl.col("id_b"))
    return (
        met.select(a="id", b="id_b", match_score=pl.min_horizontal("best", "best_b"))
        .join(judged, on=["a", "b"], how="anti")
        .with_columns(
            method=pl.lit("through"),
            evidence=pl.lit("linked through other entries of the party"),
            verdict=pl.lit("through"),
            decided_by=pl.lit("rule"),
        )
    )
