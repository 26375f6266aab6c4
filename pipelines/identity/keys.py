"""The walk through the editions of a list: which entry each printed row is, whatever its name is now.

An edition's own text gives each row a stated key (formats/list_identity.py). The key of an entry (entry_key) is the
stated key it bore in the first edition that held it. From one edition to the next, in this order:

    same      the stated key is in both editions
    returned  a key an entry bore in an earlier edition, and no row of this edition bears otherwise
    matched   a key that went and a key that came agree enough (evidence.py); each is used once, the best pairs first
    repeated  where the edition does not state headings: a row that says what another of the edition says, or that came
              under the name and country of another and cites nothing else, if its rule is older than the edition
              before. It is the same entry printed again, as some formats do for every address
    carried   a key that went, of a party whose name and rule stand on under another heading, where the edition does not
              state headings: its further headings are not ended by an edition that cannot print them
    new       all others that came

Belongs here: that order. Does not belong here: what agreement is (evidence.py), and what a change means in law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.contract import OPEN_END
from pipelines.identity import choice, evidence
from pipelines.identity.editions import standing

#: At least this score makes one entry of two; between the two numbers a pair is reported for review and not followed.
FOLLOWED, DOUBTFUL = 0.7, 0.55

#: One row a list x stated key x entry x run of editions. method: see above. decided_by: rule, override, unmatched.
KEYS = {
    "list_code": pl.String(),
    "stated_key": pl.String(),
    "entry_key": pl.String(),
    "country_code": pl.String(),
    "method": pl.String(),
    "score": pl.Float64(),
    "evidence": pl.String(),
    "decided_by": pl.String(),
    "known_from": pl.Date(),
    "known_to": pl.Date(),
}
#: One row a list x edition x pair of keys that were weighed. verdict: followed, doubtful, forbidden.
MATCHES = {
    "list_code": pl.String(),
    "known_on": pl.Date(),
    "key_before": pl.String(),
    "key_after": pl.String(),
    "entry_key": pl.String(),
    "name_before": pl.String(),
    "name_after": pl.String(),
    "method": pl.String(),
    "score": pl.Float64(),
    "evidence": pl.String(),
    "verdict": pl.String(),
    "decided_by": pl.String(),
}
_STATE = {k: v for k, v in KEYS.items() if k not in ("list_code", "known_from", "known_to")}
_ENTRY = ("stated_key", "country_code", "entity_name", "aliases", "addresses", "citation", "begins_on")


@dataclass(frozen=True)
class Edition:
    """One edition of one list: its day, whether it states headings, and its rows (columns _ENTRY)."""

    day: date
    states_headings: bool
    rows: pl.DataFrame


def follow(
    statements: pl.DataFrame, editions: pl.DataFrame, overrides: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(KEYS, MATCHES) of all lists in editions. Shapes: editions.py; overrides: overrides.py."""
    keys, matches = [pl.DataFrame(schema=KEYS)], [pl.DataFrame(schema=MATCHES)]
    for (code,), days in editions.sort("known_on").group_by("list_code", maintain_order=True):
        said = statements.filter(pl.col("list_code") == code)
        decided = overrides.filter((pl.col("scope") == "entry") & (pl.col("list_code_a") == code))
        walk = _Walk(str(code), decided)
        for day, headings in days.select("known_on", "states_headings").iter_rows():
            walk.take(Edition(day, headings, standing(said, day).select(_ENTRY)))
        keys.append(walk.keys())
        matches += walk.matches
    return pl.concat(keys), pl.concat(matches).sort("list_code", "known_on", "score", "key_before", "key_after")


class _Walk:
    """One list, edition by edition."""

    def __init__(self, code: str, overrides: pl.DataFrame) -> None:
        self.code, self.overrides = code, overrides
        self.days: list[date] = []
        self.states: list[pl.DataFrame] = []
        self.matches: list[pl.DataFrame] = []
        self.before: Edition | None = None
        #: Stated key -> entry it was last, in all editions so far.
        self.borne = pl.DataFrame(schema={"stated_key": pl.String, "entry_key": pl.String})

    def take(self, edition: Edition) -> None:
        """Raises nothing; an edition without rows ends all."""
        if self.before is None:
            state = _rows_of(edition.rows, "new", "unmatched").with_columns(entry_key="stated_key")
            state = pl.concat([state, *self._repeated(edition, state, state)], how="diagonal")
            state = state.unique("stated_key", keep="last", maintain_order=True)
        else:
            state = self._next(edition, self.before, self.states[-1])
        state = state.select(pl.col(name).cast(kind) for name, kind in _STATE.items())
        self.days.append(edition.day)
        self.states.append(state)
        own = state.filter(pl.col("method") != "carried").select("stated_key", "entry_key")
        self.borne = pl.concat([self.borne, own]).unique("stated_key", keep="last", maintain_order=True)
        self.before = edition

    def keys(self) -> pl.DataFrame:
        """KEYS: equal states of consecutive editions as one run."""
        spans = zip(self.days, [*self.days[1:], OPEN_END], self.states, strict=True)
        found = [s.with_columns(known_from=pl.lit(a), known_to=pl.lit(b)) for a, b, s in spans]
        if not found:
            return pl.DataFrame(schema=KEYS)
        ordered = pl.concat(found).sort("stated_key", "entry_key", "known_from")
        run = ["stated_key", "entry_key"]
        # A row that repeats in one edition and stands alone in the next is told apart; how it was found is not.
        kind = _kind(pl.col("method"))
        starts = (pl.col("known_from") != pl.col("known_to").shift().over(run)) | (kind != kind.shift().over(run))
        return (
            ordered.with_columns(run=starts.fill_null(True).cum_sum().over(run))
            .group_by(*run, "run", maintain_order=True)
            .agg(
                *(
                    pl.col(c).first()
                    for c in ("country_code", "method", "score", "evidence", "decided_by", "known_from")
                ),
                pl.col("known_to").last(),
            )
            .select(
                pl.lit(self.code).alias("list_code") if n == "list_code" else pl.col(n).cast(k) for n, k in KEYS.items()
            )
        )

    def _next(self, now: Edition, before: Edition, state: pl.DataFrame) -> pl.DataFrame:
        own = state.filter(~pl.col("method").is_in(["carried", "repeated"]))
        rows = _rows_of(now.rows, "same", "rule")
        kept = rows.join(own.select("stated_key", "entry_key"), on="stated_key")
        came = rows.join(kept, on="stated_key", how="anti")
        gone = own.join(kept, on="entry_key", how="anti")

        returned = came.join(self.borne, on="stated_key").join(kept, on="entry_key", how="anti")
        returned = returned.unique("entry_key", keep="first", maintain_order=True).with_columns(
            method=pl.lit("returned")
        )
        came = came.join(returned, on="stated_key", how="anti")
        gone = gone.join(returned, on="entry_key", how="anti")

        matched = self._matched(now, before, gone, came)
        came = came.join(matched, on="stated_key", how="anti")
        gone = gone.join(matched, on="entry_key", how="anti")
        taken = pl.concat([kept, returned, matched], how="diagonal")

        again = self._repeated(now, taken, came, before.day)
        for printed in again:
            came = came.join(printed, on="stated_key", how="anti")
        used = pl.concat([self.borne["entry_key"], taken["entry_key"]]).unique()
        new = came.with_columns(
            method=pl.lit("new"),
            decided_by=pl.lit("unmatched"),
            entry_key=pl.when(pl.col("stated_key").is_in(used.implode()))
            .then(pl.format("{}~{}", "stated_key", pl.lit(now.day.isoformat())))
            .otherwise("stated_key"),
        )
        carried = [] if now.states_headings else self._carried(now, state, gone, taken)
        self._record(now, before, pl.concat([returned, *again, *carried], how="diagonal"), state)
        return pl.concat([taken, *again, new, *carried], how="diagonal")

    def _record(self, now: Edition, before: Edition, found: pl.DataFrame, state: pl.DataFrame) -> None:
        """Rows of MATCHES for what was found otherwise than by agreement, once, in the edition that shows it first."""
        held = state.select("stated_key", "entry_key", "method").with_columns(kind=_kind(pl.col("method")))
        told = (
            found.with_columns(kind=_kind(pl.col("method")))
            .join(held, on=["stated_key", "entry_key", "kind"], how="anti")
            .join(before.rows.select(entry_key="stated_key", name_before="entity_name"), on="entry_key", how="left")
            .join(now.rows.select("stated_key", name_after="entity_name"), on="stated_key")
            .with_columns(
                list_code=pl.lit(self.code),
                known_on=pl.lit(now.day),
                key_before=pl.col("entry_key"),
                verdict=pl.lit("followed"),
                evidence=pl.col("evidence").fill_null("the key an earlier edition printed"),
            )
            .rename({"stated_key": "key_after"})
        )
        self.matches.append(told.select(pl.col(n).cast(k) for n, k in MATCHES.items()))

    def _matched(self, now: Edition, before: Edition, gone: pl.DataFrame, came: pl.DataFrame) -> pl.DataFrame:
        """Rows of `came` with the entry they continue, and the record of all that was weighed."""
        left = evidence.described(_entries(before.rows, gone))
        right = evidence.described(_entries(now.rows, came))
        places = evidence.place_words(evidence.described(_entries(before.rows, before.rows)))
        pairs = evidence.scored(choice.askable(left, right), left, right, places)
        judged = choice.judged(pairs, self.overrides)
        chosen = choice.one_to_one(judged.filter(pl.col("score") >= FOLLOWED))
        names = [f.select("stated_key", "entity_name") for f in (before.rows, now.rows)]
        told = (
            judged.join(chosen.select("a", "b", chosen=pl.lit(True)), on=["a", "b"], how="left")
            .with_columns(
                verdict=pl.when("chosen")
                .then(pl.lit("followed"))
                .when(pl.col("decided_by") == "override")
                .then(pl.lit("forbidden"))
                .otherwise(pl.lit("doubtful"))
            )
            .filter((pl.col("verdict") != "doubtful") | (pl.col("score") >= DOUBTFUL))
            .join(gone.select(a="stated_key", entry_key="entry_key"), on="a")
            .join(names[0].rename({"stated_key": "a", "entity_name": "name_before"}), on="a")
            .join(names[1].rename({"stated_key": "b", "entity_name": "name_after"}), on="b")
            .with_columns(list_code=pl.lit(self.code), known_on=pl.lit(now.day), method=pl.lit("matched"))
            .rename({"a": "key_before", "b": "key_after"})
        )
        # A pair of which one side was used better is no question any more.
        open_pairs = (pl.col("verdict") != "doubtful") | ~(
            pl.col("key_before").is_in(chosen["a"].implode()) | pl.col("key_after").is_in(chosen["b"].implode())
        )
        self.matches.append(told.filter(open_pairs).select(pl.col(n).cast(k) for n, k in MATCHES.items()))
        return (
            came.drop("score", "evidence", "decided_by")
            .join(chosen, left_on="stated_key", right_on="b")
            .join(gone.select(a="stated_key", entry_key="entry_key"), on="a")
            .with_columns(method=pl.lit("matched"))
            .drop("a")
        )

    def _repeated(
        self, now: Edition, taken: pl.DataFrame, came: pl.DataFrame, since: date | None = None
    ) -> list[pl.DataFrame]:
        """Rows of `came` that print an entry again; none where headings are stated, for there every row is an entry."""
        if now.states_headings:
            return []
        says = ["citation", "aliases"]
        twin = ["_root", "country_code"]
        cited = pl.col("citation").fill_null("").str.extract_all(r"\d+ FR \d+")
        rows = now.rows.select("stated_key", "begins_on", *says, cited=cited, _root=_root(pl.col("stated_key")))
        first = taken.select("stated_key", "entry_key", "country_code").join(rows, on="stated_key").sort("stated_key")
        told = came.select("stated_key", "country_code").join(rows, on="stated_key")
        alike = (
            told.join(first.rename({"stated_key": "original"}), on=twin, nulls_equal=True, suffix="_first")
            .filter(pl.col("original") < pl.col("stated_key"))
            .with_columns(
                equal=pl.all_horizontal(pl.col(c).eq_missing(pl.col(f"{c}_first")) for c in ["begins_on", *says]),
                rule=pl.col("begins_on").eq_missing(pl.col("begins_on_first"))
                | (pl.col("cited").list.set_difference("cited_first").list.len() == 0),
            )
        )
        # What such an edition adds under an old rule is a further address, not a further entry.
        older = pl.lit(False) if since is None else pl.col("begins_on").fill_null(since) <= since
        again = (
            alike.filter(pl.col("equal") | (older & pl.col("rule")))
            .sort("stated_key", "equal", "original", descending=[False, True, False])
            .unique("stated_key", keep="first", maintain_order=True)
            .with_columns(
                method=pl.lit("repeated"),
                decided_by=pl.lit("rule"),
                evidence=pl.format("name, heading and rule as in {}", "original"),
            )
        )
        return [again.select("stated_key", "entry_key", "country_code", "method", "evidence", "decided_by")]

    def _carried(
        self, now: Edition, state: pl.DataFrame, gone: pl.DataFrame, taken: pl.DataFrame
    ) -> list[pl.DataFrame]:
        """Entries under further headings of a party that the edition prints under one."""
        hosts = (
            taken.select("stated_key", "country_code", host="entry_key")
            .join(now.rows.select("stated_key", host_begins_on="begins_on"), on="stated_key")
            .with_columns(_root=_root(pl.col("stated_key")))
        )
        assert self.before is not None
        begun = self.before.rows.select("stated_key", "begins_on")
        ended = (
            gone.select("entry_key", "country_code", gone_key="stated_key")
            .join(begun.rename({"stated_key": "gone_key"}), on="gone_key")
            .with_columns(_root=_root(pl.col("gone_key")))
            .join(hosts, on="_root", suffix="_host")
            # A row that cites nothing may be of any rule of its party; one of the same rule is the likelier host.
            .filter((pl.col("begins_on") == pl.col("host_begins_on")) | pl.col("host_begins_on").is_null())
            .sort("gone_key", "host_begins_on", "stated_key", nulls_last=True)
            .unique("entry_key", keep="first", maintain_order=True)
            .filter(pl.col("country_code") != pl.col("country_code_host"))
            .with_columns(
                evidence=pl.format("the edition states no headings and prints the name and rule of {} once", "gone_key")
            )
        )
        already = (
            state.filter(pl.col("method") == "carried")
            .join(taken, on="entry_key", how="anti")
            .select("entry_key", "country_code", "evidence", host_key="stated_key")
            .join(self.borne.rename({"stated_key": "host_key", "entry_key": "host"}), on="host_key")
            .join(taken.select("stated_key", host="entry_key"), on="host")
        )
        columns = ["stated_key", "entry_key", "country_code", "evidence"]
        both = pl.concat([already.select(columns), ended.select(columns)]).unique("entry_key", keep="first")
        return [both.with_columns(method=pl.lit("carried"), decided_by=pl.lit("rule")).sort("entry_key")]


def _rows_of(rows: pl.DataFrame, method: str, decided_by: str) -> pl.DataFrame:
    empty = pl.lit(None)
    return rows.sort("stated_key").select(
        *("stated_key", "country_code"),
        method=pl.lit(method),
        score=empty.cast(pl.Float64),
        evidence=empty.cast(pl.String),
        decided_by=pl.lit(decided_by),
    )


def _kind(method: pl.Expr) -> pl.Expr:
    """carried, repeated or own: what a row is to its entry, however that was found."""
    return pl.when(method.is_in(["carried", "repeated"])).then(method).otherwise(pl.lit("own"))


def _root(stated_key: pl.Expr) -> pl.Expr:
    """Letters of the name in a stated key, without heading and number."""
    return stated_key.str.replace(r"^[^:]*:", "").str.replace(r"~.*$", "")


def _entries(rows: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    return rows.join(wanted.select("stated_key"), on="stated_key", how="semi").rename({"stated_key": "id"})
