"""A month of the Census Bureau's bulk file of imports, made by hand from a few records.

Belongs here: records in the publisher's positions, totals that add up, and the archive around them.
Does not belong here: how such a file is served (publishers_formats.py) or broken (each test breaks its own).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

MEASURES = (
    *("cards", "con_qy1", "con_qy2", "con_val", "dut_val", "cal_dut", "con_cha", "con_cif"),
    *("gen_qy1", "gen_qy2", "gen_val", "gen_cha", "gen_cif", "air_val", "air_wgt", "air_cha"),
    *("ves_val", "ves_wgt", "ves_cha", "cnt_val", "cnt_wgt", "cnt_cha"),
)


@dataclass(frozen=True)
class Entry:
    """One record of detail. con_val, dut_val, cal_dut, con_qy1 and gen_val as named; all else is 0."""

    product: str
    partner: str
    programme: str = "00"
    value: int = 0
    dutiable: int = 0
    duty: int = 0
    quantity: int = 0
    general: int | None = None
    district: str = "20"
    provision: str = "61"

    def figures(self) -> dict[str, int]:
        general = self.value if self.general is None else self.general
        charges = self.value // 50
        return {
            **{"con_val": self.value, "dut_val": self.dutiable, "cal_dut": self.duty, "con_qy1": self.quantity},
            **{"gen_val": general, "con_cha": charges, "cards": int(self.value + general > 0)},
        }


#: Two products, three partners, four programmes; the last record is of earlier months.
MONTH = (
    Entry("8471300100", "5700", value=5000, dutiable=5000, duty=1250, quantity=10, provision="69"),
    Entry("8471300100", "5700", value=1000, quantity=2, district="07", provision="10"),
    Entry("8471300100", "2010", "S", value=4000, quantity=8, provision="18"),
    Entry("8471300100", "2010", "S+", value=2000, quantity=4, provision="18"),
    Entry("8471300100", "2010", value=1500, dutiable=1500, duty=375, quantity=3),
    Entry("7326908688", "5800", "KR", value=900, provision="18"),
    Entry("7326908688", "5700", value=700, dutiable=700, duty=20, general=0),
    Entry("7326908688", "5700", general=300, provision="00"),
    Entry("7326908688", "2010", "CA"),
)
UNITS = {"8471300100": "NO", "7326908688": "X"}


def _figures(figures: Mapping[str, int], names: Iterable[str]) -> str:
    return "".join(f"{figures.get(name, 0):015d}" for name in names)


def detail(entry: Entry, month: str = "2025-07") -> str:
    """One record of IMP_DETL, with figures since January that are not the month's."""
    codes = f"{entry.product}{entry.partner}{entry.programme:<2}{entry.district}{entry.district}{entry.provision}"
    return codes + month.replace("-", "") + _figures(entry.figures(), MEASURES) + f"{7:015d}" * len(MEASURES)


def _sums(entries: Sequence[Entry], by: str) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = {}
    for entry in entries:
        held = sums.setdefault(getattr(entry, by), {})
        for name, figure in entry.figures().items():
            held[name] = held.get(name, 0) + figure
    return sums


def members(entries: Sequence[Entry] = MONTH, month: str = "2025-07") -> dict[str, str]:
    """Member -> text: detail, the totals that follow from it, and some documentation."""
    period, plain = month.replace("-", ""), [name for name in MEASURES if "_qy" not in name]
    country = [
        f"{code}{'A COUNTRY':<30}{period}{_figures(sums, plain)}{_figures({}, plain)}"
        for code, sums in _sums(entries, "partner").items()
    ]
    commodity = [
        f"{code}{'A PRODUCT':<50}{UNITS.get(code, 'KG'):<3}{'':<3}{period}{_figures(sums, MEASURES)}"
        + _figures({}, MEASURES)
        for code, sums in _sums(entries, "product").items()
    ]
    return {
        "IMP_DETL.TXT": _lines(detail(entry, month) for entry in entries),
        "imp_CTY.txt": _lines(country),
        "IMP_COMM.TXT": _lines(commodity),
        "IMP_DE.TXT": _lines(["07 a district"]),
        "Documentation/IMDB.pdf": "words",
        "COUNTRY.TXT": "words",
    }


def _lines(records: Iterable[str]) -> str:
    return "".join(f"{record}\r\n" for record in records)


def archive(texts: Mapping[str, str | bytes]) -> bytes:
    """The members zipped, as the publisher does it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in texts.items():
            bundle.writestr(name, text)
    return packed.getvalue()


def bulk_month(month: str = "2025-07", entries: Sequence[Entry] = MONTH) -> bytes:
    """A whole, sound month."""
    return archive(members(entries, month))


def lacking_one_record(month: str = "2025-07") -> bytes:
    """Sound in form; the first record of detail is lost, the totals are those with it."""
    return archive({**members(month=month), "IMP_DETL.TXT": members(MONTH[1:], month)["IMP_DETL.TXT"]})


def longer_by_a_field(month: str = "2025-07") -> bytes:
    """A layout with one figure more in every record of detail."""
    text = members(month=month)["IMP_DETL.TXT"].replace("\r\n", f"{0:015d}\r\n")
    return archive({**members(month=month), "IMP_DETL.TXT": text})


def bomb(month: str = "2025-07") -> bytes:
    """Small, and far too large unpacked."""
    zeros = bytes(100 * 1024**2)
    return archive({**members(month=month), "IMP_DETL.TXT": zeros})


def worth(entry: Entry, value: int) -> Entry:
    """The same record with another value."""
    return replace(entry, value=value)
