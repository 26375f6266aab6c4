"""Made-up monthly trade at ten digits, shaped like the real: few large partners and products, many small ones.

Belongs here: the made-up rows. Does not belong here: measuring.

About 19,000 products and 230 partners; the largest partner trades in most products, the median one in a hundred; a
pair that trades in one month mostly trades in the next; values are log-normal over nine orders of magnitude.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

PRODUCTS, PARTNERS = 19_000, 230
#: Pairs that trade at all; of these a month holds nine in ten.
PAIRS_PER_ROW = 10 / 9
_LARGEST_USD = 2_000_000_000


class TradeRows:
    """Months of trade over one fixed set of pairs. rows: per month. The same seed gives the same rows."""

    def __init__(self, rows: int, seed: int = 1) -> None:
        self.rows = rows
        self._random = np.random.default_rng(seed)
        partner = self._random.permutation(np.arange(PARTNERS))
        # Top of a weighted lottery over every pair: a pair's weight is its partner's times its product's.
        weight = -1.3 * np.log(1 + partner)[:, None] + self._random.normal(0, 1.0, PRODUCTS)[None, :]
        score = (weight + self._random.gumbel(size=weight.shape)).ravel()
        count = int(rows * PAIRS_PER_ROW)
        chosen = np.sort(np.argpartition(-score, count)[:count])
        self._partner, self._product = np.divmod(chosen, PRODUCTS)
        self._size = 9.0 + 0.8 * weight.ravel()[chosen] + self._random.normal(0, 2.0, count)

    def month(self, period: date) -> pl.DataFrame:
        """One month: the columns of census_imports flows at HTS10."""
        draw = self._random
        place = np.sort(draw.choice(len(self._partner), self.rows, replace=False))
        value = np.exp(self._size[place] + draw.normal(0, 0.5, self.rows)).clip(251, _LARGEST_USD).astype(np.int64)
        rate = draw.choice([0.0, 0.0, 0.025, 0.05, 0.25], self.rows)
        product = self._product[place]
        frame = pl.DataFrame(
            {
                "partner": self._partner[place],
                "product": product,
                "import_value_consumption_usd": value,
                "import_value_general_usd": (value * draw.uniform(1.0, 1.1, self.rows)).astype(np.int64),
                "dutiable_value_usd": np.where(rate > 0, value, 0),
                "calculated_duty_usd": (value * rate).astype(np.int64),
                "import_charges_usd": (value * 0.04).astype(np.int64),
                "quantity_1": value // (1 + product % 97),
            }
        )
        units = pl.Series("unit", ["NO", "KG", "DOZ", "M2", "L"])
        return frame.select(
            pl.lit("HTS10").alias("product_level"),
            (1000 + 37 * pl.col("partner")).cast(pl.String).alias("partner_code"),
            pl.lit(period).alias("period_start"),
            pl.lit(1, pl.Int32).alias("period_months"),
            (101_210_010 + 515_000 * pl.col("product")).cast(pl.String).str.zfill(10).alias("product_code"),
            pl.col("^.*_usd$"),
            "quantity_1",
            units.gather(frame["product"] % units.len()).alias("quantity_1_unit"),
        )


def restated(frame: pl.DataFrame, share: float, seed: int = 2) -> pl.DataFrame:
    """The same month with this share of its general values changed."""
    changed = pl.Series(np.random.default_rng(seed).random(frame.height) < share)
    value = pl.col("import_value_general_usd")
    return frame.with_columns(pl.when(changed).then(value + 1_000).otherwise(value))


def month_number(place: int, first_year: int = 2015) -> date:
    """The month this many after the first January."""
    return date(first_year + place // 12, place % 12 + 1, 1)
