"""Lines of U.S. note 31 on no list of Section 301 at hand: what they paid before the four-year review.

    python -m pipelines.law.review_lines RELEASE.duckdb      writes the two lists law/s301/lists/s301_before_review_*

The schedule's margins name lists 1 to 4A from 2025 on, when these lines had been moved to headings 9903.91. What no
list holds is told by what was paid: the calculated duty of 2024 on goods of China, less the general rate and the
panel's Section 232, is 25 %, 7.5 % or nothing. A line is taken for the rate it lies within three points of, if a
million dollars were entered. Lines whose heading began within 2024 are left alone: entries were crowded before the day
it began, and metals were excused Section 232 by the piece, so a year's duty proves nothing there.

Belongs here: telling the rate from the duty. Does not belong here: what is known from a list (law/s301/lists).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from pipelines.law.files import LAW

RATES = {0.25: "s301_before_review_25", 0.075: "s301_before_review_075", 0.0: None}
WITHIN = 0.03
LEAST_VALUE_USD = 1_000_000
#: Lines of headings 9903.91 that begin after 2024 and that no list of headings 9903.88 holds (list 4B never applied):
#: the day and publication of their heading, their entries of 2024, and what was paid beyond what is charged beside.
_LINES = """
with held as (
    select
        scopes.scope_code, measures.heading, measures.valid_from, measures.known_from,
        left(coalesce(goods.hts_prefix, substr(scopes.scope_code, 3)), 8) as line
    from core.fct_measure_scope as scopes
    inner join core.fct_measure as measures
        on scopes.statement_id = measures.statement_id and measures.known_to = date '9999-12-31'
    left join core.bridge_list_product as goods
        on scopes.scope_code = goods.list_code and goods.known_to = date '9999-12-31'
    where scopes.scope_kind = 'product' and not scopes.is_excluded and scopes.known_to = date '9999-12-31'
        and measures.programme = 's301_china' and measures.operation = 'add'
),
review as (
    select line, min(valid_from) as starts, arg_min(known_from, valid_from) as told
    from held where starts_with(heading, '9903.91') group by all
),
paid as (
    select left(product_code, 8) as line, sum(import_value_consumption_usd) as usd, sum(calculated_duty_usd) as duty_usd
    from core.fct_trade_flow
    where partner_code = '5700' and flow = 'import' and product_level = 'HTS10' and known_to = date '9999-12-31'
        and period_start = date '2024-01-01' and period_months = 12
    group by all
),
beside as (
    select left(hts10, 8) as line, avg(column1_general_rate) as general, avg(s232_rate) as s232
    from core.fct_tariff_rate
    where partner_code = '5700' and valid_from <= date '2024-06-01' and valid_to > date '2024-06-01'
    group by all
)
select review.line, review.starts, review.told, paid.usd,
    paid.duty_usd / paid.usd - beside.general - beside.s232 as left_over
from review inner join paid on review.line = paid.line inner join beside on review.line = beside.line
where review.starts >= date '2025-01-01' and paid.usd >= ?
    and review.line not in (
        select line from held
        where starts_with(heading, '9903.88') and heading <> '9903.88.16' and scope_code <> all(?)
    )
order by review.line
"""

Line = tuple[str, date, date, int, float]


def rate_before(left_over: float) -> float | None:
    """The rate that fits what was paid, None where none does."""
    best = min(RATES, key=lambda rate: abs(rate - left_over))
    return best if abs(best - left_over) <= WITHIN else None


def lines(release: Path) -> list[Line]:
    ours = [name for name in RATES.values() if name]
    with duckdb.connect(str(release), read_only=True) as connection:
        return connection.execute(_LINES, [LEAST_VALUE_USD, ours]).fetchall()


def write(found: Iterable[Line]) -> None:
    kept: dict[str, list[tuple[str, date, date]]] = {name: [] for name in RATES.values() if name}
    for line, starts, told, usd, left_over in found:
        rate = rate_before(left_over)
        name = None if rate is None else RATES[rate]
        print(line, f"{usd:>13,} USD", f"{left_over:7.4f}", "unclear" if rate is None else rate)
        if name:
            kept[name].append((line, starts, told))
    for name, rows in kept.items():
        with (LAW / "s301" / "lists" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("hts_prefix", "valid_to", "ended_known_on"))
            out.writerows(rows)


if __name__ == "__main__":
    write(lines(Path(sys.argv[1])))
