"""Names printed twice in one."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.names.spellings import spellings


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Huawei Technologies", []),
        ("朝鮮光星貿易会社", []),
        ("Korea Kwangsong (朝鮮光星貿易会社)", ["Korea Kwangsong", "朝鮮光星貿易会社"]),
        ("Nuclear Power Institute of China (NPIC)", ["Nuclear Power Institute of China"]),
        # What follows is no second name: a place, a word, a number.
        ("Huawei Technologies (UK) Co., Ltd", []),
        ("Huawei (Shenzhen) Co., Ltd", []),
        ("L3哈里斯海事服务公司", ["哈里斯海事服务公司"]),
    ],
)
def test_spellings(name: str, others: list[str]) -> None:
    found = spellings(pl.DataFrame({"id": ["x"], "name": [name]}))
    assert found.rows() == [("x", each) for each in (name, *others)]
