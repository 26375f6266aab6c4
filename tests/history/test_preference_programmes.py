"""Days anybody can check on which a preference programme of the tariff is open to a partner, or is not.

Belongs here: programme, partner and day as acts and offices state them. Does not belong here: rates (facts.csv).
"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.law.read import tables


@pytest.fixture(scope="module")
def partners() -> pl.DataFrame:
    """Whom programmes are open to, and when."""
    return tables()["law__program_partners"]


@pytest.mark.parametrize(
    ("programme", "partner", "day", "is_open"),
    [
        # Turkey left the GSP on 2019-05-17 (Proclamation 9887, 84 FR 23425).
        ("A", "4890", "2019-05-16", True),
        ("A", "4890", "2019-05-17", False),
        # India left it on 2019-06-05 (Proclamation 9902, 84 FR 26323).
        ("A", "5330", "2019-06-04", True),
        ("A", "5330", "2019-06-05", False),
        # The GSP as a whole has not been renewed since 2020 (footnote to general note 4 as printed later).
        ("A", "3510", "2020-12-31", True),
        ("A", "3510", "2021-01-01", False),
        # Cameroon left AGOA; the same act leaves Niger and The Gambia in it (Proclamation 9974, 84 FR 72187).
        ("D", "7420", "2019-12-31", True),
        ("D", "7420", "2020-01-01", False),
        ("D", "7510", "2020-01-01", True),
        ("D", "7500", "2020-01-01", True),
        # The Democratic Republic of the Congo came back (Proclamation 10128, 85 FR 85491).
        ("D", "7660", "2020-12-31", False),
        ("D", "7660", "2021-01-01", True),
        # Ethiopia, Guinea and Mali left AGOA (proclamation of 2021-12-23, paragraph 12).
        ("D", "7749", "2021-12-31", True),
        ("D", "7749", "2022-01-01", False),
        ("D", "7460", "2022-01-01", False),
        ("D", "7450", "2022-01-01", False),
        # Burkina Faso left AGOA (notice to Congress of 2022-11-02).
        ("D", "7600", "2022-12-31", True),
        ("D", "7600", "2023-01-01", False),
        # Four countries left AGOA and Mauritania came back (Proclamation 10692, 89 FR 437).
        ("D", "7550", "2024-01-01", False),
        ("D", "7510", "2024-01-01", False),
        ("D", "7540", "2024-01-01", False),
        ("D", "7780", "2024-01-01", False),
        ("D", "7410", "2023-12-31", False),
        ("D", "7410", "2024-01-01", True),
        # AGOA: renewed on 2026-02-03 from its lapse on, to the end of 2026 (Trade Representative).
        ("D", "7990", "2025-12-01", True),
        ("D", "7990", "2027-01-01", False),
        # Nepal: to the end of 2025 (Office of Textiles and Apparel).
        ("NP", "5360", "2025-12-31", True),
        ("NP", "5360", "2026-01-01", False),
        # CBTPA: to 2030-09-30, and not open to the Bahamas (Customs and Border Protection).
        ("R", "2740", "2030-09-30", True),
        ("R", "2360", "2024-01-01", False),
        # CAFTA-DR: all six since Costa Rica joined on 2009-01-01 (embassy in El Salvador).
        ("P", "2230", "2008-12-31", False),
        ("P", "2230", "2009-01-01", True),
        ("P", "2470", "2007-03-01", True),
    ],
)
def test_programme_is_open_as_stated(
    partners: pl.DataFrame, programme: str, partner: str, day: str, is_open: bool
) -> None:
    on = date.fromisoformat(day)
    held = partners.filter(
        (pl.col("program_code") == programme)
        & (pl.col("partner_code") == partner)
        & (pl.col("valid_from") <= on)
        & (pl.col("valid_to") > on)
    )
    assert held.height == int(is_open)
