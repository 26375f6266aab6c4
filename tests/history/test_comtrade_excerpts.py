"""Two answers of UN Comtrade's API, as published: their figures arrive under the right valuation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.contract import DeliveredFile, Delivery, load_spec, parser
from pipelines.files import sha256_of

pytestmark = pytest.mark.shared_data


def test_imports_are_cif_and_exports_fob_as_published(shared_data: Path) -> None:
    paths = sorted((shared_data / "comtrade").glob("*.json"))
    files = tuple(DeliveredFile(p.name, p.read_bytes(), sha256_of(p.read_bytes())) for p in paths)
    vintages = parser("un_comtrade")(Delivery(files, known_on=date(2026, 1, 1)), load_spec("un_comtrade"))
    columns = ["reporter_code", "flow", "counterpart_code", "hs_edition", "cif_value_usd", "fob_value_usd"]
    rows = [row for vintage in vintages for row in vintage.frame.select(columns).rows()]
    assert rows == [
        ("CN", "import", "AR", "HS2007", 6_804_128_143, None),
        ("CN", "import", "DE", "HS2007", 74_251_272_075, None),
        ("CN", "export", "AR", "HS2007", None, 6_115_764_185),
        ("CN", "export", "DE", "HS2007", None, 68_047_133_397),
        ("US", "import", "JP", "HS2022", 151_580_564_290, None),
        ("US", "export", "JP", "HS2022", None, 76_154_045_176),
    ]
