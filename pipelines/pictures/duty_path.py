"""What one line pays from one partner, by authority over time.

Belongs here: this picture. Does not belong here: the rates (core.fct_tariff_rate).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.errors import StatecraftError
from pipelines.files import sql_text
from pipelines.pictures.effective_rate import stacked
from pipelines.pictures.picture import Ask, Picture, filled, name_of

#: Columns of core.fct_tariff_rate and the authority that each is of.
PARTS = {
    "base_rate": "BASE",
    "s232_rate": "S232",
    "s301_rate": "S301",
    "s201_rate": "S201",
    "ieepa_reciprocal_rate": "IEEPA",
    "ieepa_fentanyl_rate": "IEEPA",
    "ieepa_other_rate": "IEEPA",
    "s122_rate": "S122",
    "s338_rate": "S338",
    "other_rate": "OTHER",
}


def duty_path(ask: Ask, hts10: str, partner_code: str, first: date, last: date, today: date) -> Picture:
    """Expected rate on a ten-digit line from a partner, as known now, stacked by authority.

    Raises StatecraftError where no rate can be worked out in those days.
    """
    names = ", ".join(PARTS)
    sql = f"""
select greatest(valid_from, date '{first}') as day, least(valid_to, date '{last}') as until, {names}, total_rate
from core.fct_tariff_rate
where hts10 = {sql_text(hts10)} and partner_code = {sql_text(partner_code)}
    and valid_from < date '{last}' and valid_to > date '{first}'
order by day""".strip()
    frame = filled(
        ask(sql),
        f"There is no rate on {hts10} from partner {partner_code} between {first} and {last}.",
        "Rates begin on 2018-01-01; core.fct_ordinary_duty says when a line is in the schedules held.",
    )
    known = frame.filter(pl.col("total_rate").is_not_null())
    if known.is_empty():
        raise StatecraftError(
            f"The ordinary duty on {hts10} cannot be computed from its text.", "See provenance.not_computable."
        )
    highest = known.sort("total_rate", "day", descending=[True, False]).row(0, named=True)
    end = known.row(-1, named=True)
    line = f"{hts10[:4]}.{hts10[4:6]}.{hts10[6:8]}.{hts10[8:]}"
    return Picture(
        name="duty-path",
        title=f"What {line} pays from {name_of(ask, partner_code)}, by legal authority",
        subtitle=(
            f"Expected rate as known now, % of customs value. Highest {highest['total_rate']:.1%} from"
            f" {highest['day']}; {end['total_rate']:.1%} from {end['day']}.",
            "Source: Statecraft, core.fct_tariff_rate, from the tariff schedule and the legal acts.",
        ),
        sql=sql,
        frame=frame,
        chart=stacked(_long(known), last, today),
    )


def _long(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a step and authority, as effective_rate.stacked draws them; steps that change nothing are one."""
    return (
        frame.unpivot(list(PARTS), index=["day", "until"], variable_name="authority", value_name="effective_rate")
        .with_columns(pl.col("authority").replace(PARTS))
        .group_by("day", "until", "authority")
        .agg(pl.sum("effective_rate"))
        .sort("day", "authority")
    )
