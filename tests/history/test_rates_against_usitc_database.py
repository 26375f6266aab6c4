"""Rates as we read them against the numbers USITC's annual tariff databases state, line by line.

Belongs here: agreement, and the classes of what differs. Does not belong here: the grammar's own tests.
"""

from __future__ import annotations

import gzip
import io
import math
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl
import pytest

from pipelines.contract import DeliveredFile, Delivery, load_spec
from pipelines.rate_language.rate import Rate
from pipelines.rate_language.reading import read_rate
from pipelines.rate_language.special import read_special
from pipelines.sources.usitc_hts.parse import parse

pytestmark = pytest.mark.shared_data

#: The edition before the day of the database, 6 June 2025, and without markup.
EDITION = "hts_2025_rev_13.json.gz"
#: Database's name of a programme -> its indicator in the schedule.
WITH_RATES = {
    **{"jordan": "JO", "singapore": "SG", "chile": "CL", "morocco": "MA", "australia": "AU", "bahrain": "BH"},
    **{"dr_cafta": "P", "dr_cafta_plus": "P+", "oman": "OM", "peru": "PE", "korea": "KR", "colombia": "CO"},
    **{"panama": "PA", "japan": "JP", "usmca": "S"},
}
INDICATORS = {
    **{"gsp_indicator": "A", "civil_air_indicator": "C", "agoa_indicator": "D", "israel_fta_indicator": "IL"},
    **{"nepal_indicator": "NP", "cbi_indicator": "E", "pharmaceutical_ind": "K", "dyes_indicator": "L"},
}
#: What the database prints for a number it does not state.
NOT_STATED = 9999.0


@dataclass
class Comparison:
    """Lines compared, and those that differ, by column or programme and class."""

    compared: Counter[str] = field(default_factory=Counter)
    differing: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def agreement(self, column: str) -> float:
        return 1 - sum(self.differing[column].values()) / self.compared[column]

    def take(self, column: str, difference: str | None) -> None:
        self.compared[column] += 1
        if difference:
            self.differing[column][difference] += 1


def number(text: str | None) -> float:
    return float(text) if text else 0.0


def difference(rate: Rate, row: dict[str, str | None], prefix: str) -> str | None:
    """Class of the disagreement; None where the numbers agree, or neither side states any."""
    share, amount = number(row[f"{prefix}_ad_val_rate"]), number(row[f"{prefix}_specific_rate"])
    usd = rate.specifics[0].usd or 0.0 if rate.specifics else 0.0
    if share >= NOT_STATED or amount >= NOT_STATED:
        is_plain = rate.kind in ("free", "ad_valorem", "specific", "compound")
        return "we read what they do not state" if is_plain else None
    far = abs(share - (rate.ad_valorem_rate or 0.0)), abs(amount - usd)
    classes = {
        "": max(far) < 1e-6,
        "they compute what the text refers to": rate.kind in ("see_note", "reference", "subtract"),
        "they state one piece, the text a thousand": rate.measured is not None and rate.measured[1] == "1000",
        "they round": far[0] < 0.001 and far[1] < 0.0101,
        "they order several amounts otherwise": len(rate.specifics) > 1,
        "they differ from the text": True,
    }
    return next(words for words, fits in classes.items() if fits) or None


@pytest.fixture(scope="module")
def lines(shared_data: Path) -> dict[str, dict[str, str]]:
    """Eight-digit line -> its printed rates: those of its own row, or of its .00 row."""
    content = gzip.decompress((shared_data / "usitc_hts" / "json" / EDITION).read_bytes())
    delivered = Delivery((DeliveredFile(EDITION.removesuffix(".gz"), content, sha256=""),))
    frame = next(each.frame for each in parse(delivered, load_spec("usitc_hts")) if each.thing == "lines")
    digits = frame.with_columns(digits=pl.col("htsno").str.replace_all(".", "", literal=True))
    rated = digits.filter(pl.col("general").is_not_null() & (pl.col("digits").str.len_chars() >= 8)).sort("digits")
    return {row["digits"][:8]: row for row in rated.reverse().to_dicts()}


@pytest.fixture(scope="module")
def comparison(shared_data: Path, lines: dict[str, dict[str, str]]) -> Comparison:
    path = shared_data / "usitc_tariff_database" / "tariff_database_2025_06062025.csv.gz"
    found = Comparison()
    for row in pl.read_csv(path, infer_schema=False).to_dicts():
        if row["hts8"] >= "98" or row["end_effective_date"] != "12/31/50":
            continue
        line = lines.get(row["hts8"])
        found.take("lines", None if line else "not in the edition")
        if line is None:
            continue
        found.take("general", difference(read_rate(line["general"]), row, "mfn"))
        found.take("other", difference(read_rate(line["other"]), row, "col2"))
        stated = {code: group.rate for group in read_special(line["special"]).groups for code in group.programmes}
        for name, code in WITH_RATES.items():
            found.take("indicators", None if bool(row[f"{name}_indicator"]) == (code in stated) else code)
            if code in stated and row[f"{name}_indicator"]:
                found.take("programme rates", difference(stated[code], row, name))
        plain = {code.rstrip("+*") for code in stated}
        for name, code in INDICATORS.items():
            found.take("indicators", None if bool(row[name]) == (code in plain) else code)
    return found


def test_column_1_general_agrees(comparison: Comparison) -> None:
    assert comparison.compared["general"] == 11414
    assert comparison.agreement("general") > 0.998
    assert comparison.differing["general"] == {
        "we read what they do not state": 9,
        "they state one piece, the text a thousand": 7,
        "they compute what the text refers to": 4,
        "they order several amounts otherwise": 1,
    }


def test_column_2_agrees(comparison: Comparison) -> None:
    assert comparison.agreement("other") > 0.99
    assert comparison.differing["other"] == {
        "they round": 84,
        "we read what they do not state": 14,
        "they state one piece, the text a thousand": 7,
        # 2202.99.28: their 17.5 % is missing; 7616.10.90: they state 30 cents beside 45 %.
        "they differ from the text": 2,
        "they order several amounts otherwise": 1,
    }


def test_programmes_agree(comparison: Comparison) -> None:
    assert comparison.compared["programme rates"] == 91937
    assert comparison.agreement("programme rates") > 0.9996
    # 0402.21.50 (Korea, Colombia, Panama) and 1806.90.28 (Colombia): other cents than the text.
    assert comparison.differing["programme rates"] == {"they round": 26, "they differ from the text": 4}
    assert comparison.agreement("indicators") > 0.9998
    assert sum(comparison.differing["indicators"].values()) == 31


def test_every_line_of_the_database_is_in_the_edition(comparison: Comparison) -> None:
    assert comparison.differing["lines"] == {}


def test_texts_of_2017_read_as_that_database_states_them(shared_data: Path) -> None:
    """The grammar on an edition older than any held: the database prints texts beside its numbers, cut at cents."""
    archive = zipfile.ZipFile(shared_data / "usitc_tariff_database" / "usitc_tariff_data_2017.zip")
    content = archive.read("tariff_database_2017.txt").decode("cp1252")
    found, unread = Counter[str](), []
    for row in pl.read_csv(io.StringIO(content), infer_schema=False).to_dicts():
        if row["hts8"] < "98":
            text = row["mfn_text_rate"] or ""
            rate = read_rate(text.replace(" cents", "¢"))
            if rate.kind in ("unread", "blank"):
                unread.append(text)
            amount = rate.specifics[0].usd if rate.specifics else None
            row["mfn_specific_rate"] = str(amount or 0.0)  # theirs is cut at cents too: shares alone are compared
            row["mfn_ad_val_rate"] = at_cents(row["mfn_ad_val_rate"])
            rate = replace(rate, ad_valorem_rate=cut_at_cents(rate.ad_valorem_rate or 0.0))
            found["compared"] += 1
            found[difference(rate, row, "mfn") or "agree"] += 1
    assert found == {
        "compared": 11211,
        "agree": 11196,
        "we read what they do not state": 10,
        "they compute what the text refers to": 4,
        # 8456.40.90: the database prints its own number, 0.022, as the text.
        "they differ from the text": 1,
    }
    assert unread == ["0.022"]


def at_cents(text: str | None) -> str:
    return str(cut_at_cents(number(text)))


def cut_at_cents(amount: float) -> float:
    return amount if amount >= NOT_STATED else math.floor(amount * 100 + 1e-9) / 100
