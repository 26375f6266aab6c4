"""Made-up trade in which the answers are known: varieties by month, of the shape of the published samples.

Belongs here: levels with planted elasticities. Does not belong here: assertions, nor anything of real trade.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

#: Elasticity of demand and inverse elasticity of supply, and how completely duties reach what is calculated at entry.
SIGMA, OMEGA, APPLIED = 2.5, 0.3, 0.6
FIRST = date(2017, 1, 1)


def levels(lines: int = 60, partners: int = 20, months: int = 24, seed: int = 7, shares: float = 0.15) -> pl.DataFrame:
    """Imports of every line from every partner: tariffs step up in the second year for some varieties.

    Demand ln q = a - SIGMA ln(p (1 + t)), supply ln p = b + OMEGA ln q, a and b with effects of product and month,
    partner and month, and variety; t is APPLIED of the statutory rate, in logarithms.
    """
    draw = np.random.default_rng(seed)
    shape = (lines, partners, months)
    product, partner, month = np.indices(shape)
    hit = draw.random((lines, partners)) < 0.5
    first = draw.integers(months // 2, months - 4, (lines, partners))
    rate = np.where(
        hit[..., None] & (month >= first[..., None]), draw.uniform(0.1, 0.4, (lines, partners))[..., None], 0.02
    )
    duty = APPLIED * np.log1p(rate)
    effects = [
        draw.normal(0, 0.3, (lines, 1, months))
        + draw.normal(0, 0.3, (1, partners, months))
        + draw.normal(0, 1, (lines, partners, 1))
        + draw.normal(0, shares, shape)
        for _ in range(2)
    ]
    quantity = (effects[0] - SIGMA * (effects[1] + duty)) / (1 + SIGMA * OMEGA)
    price = effects[1] + OMEGA * quantity
    amount = np.maximum(np.round(np.exp(quantity + 12)), 1)
    return pl.DataFrame(
        {
            "partner_code": [f"{1000 + p}" for p in partner.ravel()],
            "product_code": [f"01{i // 4:06}{i % 4:02}" for i in product.ravel()],
            "period_start": [date(2017 + m // 12, m % 12 + 1, 1) for m in month.ravel()],
            "value_usd": np.maximum(np.round(amount * np.exp(price + 3)), 1).ravel().astype("int64"),
            "calculated_rate": np.expm1(duty).ravel(),
            "statutory_rate": rate.ravel(),
            "quantity": amount.ravel().astype("int64"),
            "quantity_unit": "NO",
        }
    )
