"""Lines of U.S. note 31 whose list under Section 301 is unknown: what they paid before the four-year review.

    python -m pipelines.law.review_lines RELEASE.duckdb      writes the two lists law/s301/lists/s301_before_review_*

The schedule's margins name lists 1 to 4A from 2025 on, when these lines had been moved to headings 9903.91. What is on
no list at hand is told by what was paid: the calculated duty of 2024 on goods of China, less the general rate and the
panel's Section 232, is 25 %, 7.5 % or nothing for the days before the review's heading began, and its rate after. A
line is taken for the nearest of the three if that lies within three points and a million dollars were entered.

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
YEAR = (date(2024, 1, 1), date(2025, 1, 1))
#: The lines of headings 9903.91 that no list of 1 to 4A holds, each with the day, rate and publication of its heading,
#: its entries of 2024 from China, and the rates that were charged beside Section 301.
_LINES = """
with scopes as (
    select s.statement_id, s.scope_code, m.heading, m.measure_rate, m.valid_from, m.measure_id, m.known_from
    from core.fct_measure_scope as s
    inner join core.fct_measure as m on s.statement_id = m.statement_id and s.known_to = m.known_to
    where s.scope_kind = 'product' and not s.is_excluded and m.programme = 's301_china' and m.operation = 'add'
        and m.known_to = date '9999-12-31'
),
held as (
    select scopes.*, coalesce(goods.hts_prefix, substr(scope_code, 3)) as prefix
    from scopes left join core.bridge_list_product as goods
        on scopes.scope_code = goods.list_code and goods.known_to = date '9999-12-31'
    where scope_code <> all(?)
),
review as (
    select left(prefix, 8) as line, min(valid_from) as starts, arg_min(measure_rate, valid_from) as rate,
        arg_min(known_from, valid_from) as told
    from held where starts_with(heading, '9903.91') group by all
),
before as (
    select distinct left(prefix, 8) as line from held
    where starts_with(heading, '9903.88') and heading <> '9903.88.16'
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
select review.line, review.starts, review.told, review.rate, paid.usd,
    paid.duty_usd / paid.usd - beside.general - beside.s232 as left_over
from review inner join paid on review.line = paid.line inner join beside on review.line = beside.line
where review.line not in (select line from before) and paid.usd >= ?
order by review.line
"""

Line = tuple[str, date, date, float, int, float]


def expected(before: float, after: float, starts: date) -> float:
    """The rate of the whole year, entries spread evenly over its days."""
    share = max(0, (YEAR[1] - starts).days) / (YEAR[1] - YEAR[0]).days
    return before * (1 - share) + after * share


def nearest(line: Line) -> float | None:
    """The rate before the review that fits, None where none does."""
    _, starts, _, after, _, left_over = line
    off = {rate: abs(expected(rate, after, starts) - left_over) for rate in RATES}
    best = min(off, key=lambda rate: off[rate])
    return best if off[best] <= WITHIN else None


def lines(release: Path) -> list[Line]:
    with duckdb.connect(str(release), read_only=True) as connection:
        return connection.execute(_LINES, [[name for name in RATES.values() if name], LEAST_VALUE_USD]).fetchall()


def write(found: Iterable[Line]) -> None:
    kept: dict[str, list[tuple[str, date, date]]] = {name: [] for name in RATES.values() if name}
    for line in found:
        rate = nearest(line)
        name = None if rate is None else RATES[rate]
        print(line[0], f"{line[4]:>13,} USD", f"{line[5]:7.4f}", "unclear" if rate is None else rate)
        if name:
            kept[name].append((line[0], line[1], line[2]))
    for name, rows in kept.items():
        with (LAW / "s301" / "lists" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("hts_prefix", "valid_to", "ended_known_on"))
            out.writerows(rows)


if __name__ == "__main__":
    write(lines(Path(sys.argv[1])))
