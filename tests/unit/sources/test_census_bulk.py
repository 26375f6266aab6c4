"""The monthly bulk file of census_imports: what a month comes to, and every archive that is refused."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date

import polars as pl
import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from pipelines.files import sha256_of
from pipelines.formats.census_scope import codes
from pipelines.sources.census_imports import bulk_file
from tests.faults.bulk_file import (
    MONTH,
    Entry,
    archive,
    bomb,
    bulk_month,
    detail,
    lacking_one_record,
    longer_by_a_field,
    members,
)

KNOWN = date(2025, 9, 4)
JULY = date(2025, 7, 1)


def delivery(*contents: bytes, name: str = "IMDB2507.ZIP", known_on: date | None = KNOWN) -> Delivery:
    files = tuple(DeliveredFile(name, content, sha256_of(content)) for content in contents)
    return Delivery(files, known_on=known_on)


def read(content: bytes, name: str = "IMDB2507.ZIP", known_on: date | None = KNOWN) -> dict[str, Parsed]:
    parsed = parser("census_imports")(delivery(content, name=name, known_on=known_on), load_spec("census_imports"))
    return {part.thing: part for part in parsed}


def refused(rule: str, content: bytes, name: str = "IMDB2507.ZIP", known_on: date | None = KNOWN) -> LandingError:
    with pytest.raises(LandingError) as caught:
        read(content, name, known_on)
    assert caught.value.rule == rule, str(caught.value)
    assert caught.value.action == load_spec("census_imports").runbook[rule]
    assert caught.value.file == name
    return caught.value


def with_detail(*records: str) -> bytes:
    return archive({**members(), "IMP_DETL.TXT": "".join(f"{record}\r\n" for record in records)})


def test_flows_are_sums_over_programmes_districts_and_provisions() -> None:
    flows = read(bulk_month())["flows"]
    assert (flows.vintage_id, flows.known_on) == ("bulk_2025-07_known_2025-09-04", KNOWN)
    rows = flows.frame.sort("partner_code", "product_code").select(
        *("partner_code", "product_code", "import_value_consumption_usd", "import_value_general_usd"),
        *("dutiable_value_usd", "calculated_duty_usd", "import_charges_usd", "quantity_1", "quantity_1_unit"),
    )
    assert rows.rows() == [
        ("2010", "8471300100", 7500, 7500, 1500, 375, 150, 15, "NO"),
        ("5700", "7326908688", 700, 300, 700, 20, 14, None, None),
        ("5700", "8471300100", 6000, 6000, 5000, 1250, 120, 12, "NO"),
        ("5800", "7326908688", 900, 900, 0, 0, 18, None, None),
    ]
    assert flows.frame.select("product_level", "period_start", "period_months").unique().rows() == [("HTS10", JULY, 1)]


def test_scope_is_every_partner_so_that_silence_means_no_trade() -> None:
    parsed = read(bulk_month())
    for thing in ("flows", "claims"):
        cells = parsed[thing].cells
        assert cells is not None
        assert set(cells["partner_code"]) == set(codes("partner"))
    assert all(
        part.columns == tuple(load_spec("census_imports").things[thing].values) for thing, part in parsed.items()
    )


def test_controls_are_the_publishers_own_totals_by_product() -> None:
    controls = read(bulk_month())["controls"].frame.sort("product_code")
    assert controls.select("group_code", "product_code", "import_value_consumption_usd", "quantity_1").rows() == [
        ("-", "7326908688", 1600, None),
        ("-", "8471300100", 13500, 27),
    ]


def test_claims_are_by_programme_and_those_of_usmca_are_one() -> None:
    claims = read(bulk_month())["claims"].frame.sort("partner_code", "program_code")
    assert claims.select(pl.exclude("product_level", "period_start", "period_months")).rows() == [
        ("2010", "8471300100", "S", 6000, 7500),
        ("5800", "7326908688", "KR", 900, 900),
    ]


def test_records_of_earlier_months_alone_are_left_out() -> None:
    carrier = Entry("9999999999", "5830")
    without, beside = (read(bulk_month(entries=entries))["flows"].frame for entries in (MONTH, (*MONTH, carrier)))
    assert beside.sort("partner_code", "product_code").equals(without.sort("partner_code", "product_code"))


def test_a_zero_quantity_beside_a_value_is_unknown_and_without_one_is_none() -> None:
    entries = (Entry("8471300100", "5700", value=50), Entry("8471300100", "2010", value=0, general=9))
    flows = read(bulk_month(entries=entries))["flows"].frame.sort("partner_code")
    assert flows["quantity_1"].to_list() == [0, None]
    assert flows["quantity_1_unit"].to_list() == ["NO", "NO"]


def test_figures_may_be_padded_with_blanks_and_texts_may_be_broken() -> None:
    texts = members()
    padded = texts["IMP_DETL.TXT"].replace("000000000005000", "           5000")
    assert padded != texts["IMP_DETL.TXT"]
    product = texts["IMP_COMM.TXT"].encode().replace(b"A PRODUCT", b"A PR\xd6DU\x00T")
    whole = read(bulk_month())["flows"].frame.sort("partner_code", "product_code")
    again = read(archive({**texts, "IMP_DETL.TXT": padded, "IMP_COMM.TXT": product}))["flows"].frame
    assert again.sort("partner_code", "product_code").equals(whole)


def test_batches_end_where_lines_end(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(bulk_month())
    monkeypatch.setattr(bulk_file, "BATCH_BYTES", 1000)
    for thing, part in read(bulk_month()).items():
        key = load_spec("census_imports").things[thing].key
        assert part.frame.sort(key).equals(whole[thing].frame.sort(key))


def test_several_months_are_a_vintage_each() -> None:
    files = tuple(
        DeliveredFile(f"IMDB25{month[5:]}.ZIP", bulk_month(month), sha256_of(bulk_month(month)))
        for month in ("2025-06", "2025-07")
    )
    named = Delivery(files, vintage_id="back", known_on=KNOWN)
    parsed = list(parser("census_imports")(named, load_spec("census_imports")))
    assert [part.vintage_id for part in parsed] == ["back_2025-06"] * 3 + ["back_2025-07"] * 3


def test_the_day_of_knowledge_comes_from_the_delivery_or_the_fetched_name() -> None:
    assert read(bulk_month(), "IMDB2507_read-2025-09-05.zip", None)["flows"].known_on == date(2025, 9, 5)
    refused("known_on_missing", bulk_month(), known_on=None)


@pytest.mark.parametrize("cut", [10, 400, 60])
def test_a_cut_archive_is_damaged(cut: int) -> None:
    refused("zip_damaged", bulk_month()[:-cut])


def test_a_damaged_member_is_heard() -> None:
    content = bytearray(bulk_month())
    at = content.index(b"IMP_DETL.TXT") + 60
    content[at : at + 20] = bytes(20)
    refused("zip_damaged", bytes(content))


def test_a_page_instead_of_an_archive_is_damaged() -> None:
    refused("zip_damaged", b"<html>Not here</html>")


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(bulk_month())
    local, central = content.index(b"PK\x03\x04"), content.index(b"PK\x01\x02")
    for at in (local + 6, central + 8):
        flags = struct.unpack_from("<H", content, at)[0]
        struct.pack_into("<H", content, at, flags | 1)
    refused("zip_encrypted", bytes(content))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    too_large = bomb()
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert "fold" in str(refused("zip_too_large", too_large))
    monkeypatch.undo()
    monkeypatch.setattr(bulk_file, "LARGEST_UNPACKED_BYTES", 1000)
    refused("zip_too_large", bulk_month())


def test_a_crowd_of_members_is_refused() -> None:
    refused("zip_too_large", archive({**members(), **{f"page{n}.txt": "" for n in range(80)}}))


def test_members_must_be_those_of_a_month() -> None:
    texts = members()
    del texts["imp_CTY.txt"]
    assert "IMP_CTY" in str(refused("zip_members", archive(texts)))
    assert "IMP_PORT" in str(refused("zip_members", archive({**members(), "IMP_PORT.TXT": "x"})))
    assert "twice" in str(refused("zip_members", archive({**members(), "copy/imp_detl.txt": "x"})))


def test_a_changed_layout_is_refused() -> None:
    assert "[703]" in str(refused("layout_changed", longer_by_a_field()))
    texts = members()
    refused("layout_changed", archive({**texts, "IMP_DETL.TXT": texts["IMP_DETL.TXT"] + "short\r\n"}))
    refused("layout_changed", archive({**texts, "imp_CTY.txt": texts["imp_CTY.txt"].replace("A COUNTRY", "A LAND", 1)}))
    short = "".join(line[:300] + "\r\n" for line in texts["IMP_COMM.TXT"].splitlines())
    refused("layout_changed", archive({**texts, "IMP_COMM.TXT": short}))
    refused("layout_changed", archive({**texts, "IMP_DETL.TXT": "0" * 10_000}))


def test_a_figure_that_is_no_number_is_refused() -> None:
    record = detail(MONTH[0])
    refused("bad_number", with_detail(record[:73] + "00000000002,429" + record[88:]))


def test_an_empty_member_is_refused() -> None:
    refused("empty_file", archive({**members(), "IMP_DETL.TXT": ""}))
    refused("empty_file", with_detail(detail(Entry("8471300100", "5700"))))


def test_records_are_of_the_month_the_name_tells() -> None:
    refused("request_mismatch", bulk_month("2025-06"))
    refused("request_mismatch", bulk_month("1925-07"))
    refused("bad_period", with_detail(detail(MONTH[0]), detail(MONTH[1], "2025-06")))
    refused("bad_period", bulk_month("2025-13"), "July.zip")
    assert read(bulk_month("2025-06"), "June.zip")["flows"].frame["period_start"][0] == date(2025, 6, 1)


def test_a_repeated_key_is_refused_even_where_the_totals_repeat_it() -> None:
    refused("key_not_unique", bulk_month(entries=(*MONTH, MONTH[0])))
    texts = members()
    refused("key_not_unique", archive({**texts, "imp_CTY.txt": 2 * texts["imp_CTY.txt"]}))


def test_unknown_partners_and_programmes_are_refused() -> None:
    refused("unknown_partner", bulk_month(entries=(*MONTH, Entry("8471300100", "0003", value=5))))
    refused("unknown_program", bulk_month(entries=(*MONTH, Entry("8471300100", "5700", "?X", value=5))))


def test_detail_must_be_the_published_totals_to_the_dollar() -> None:
    assert "sums by cty_code" in str(refused("control_mismatch", lacking_one_record()))
    texts, fewer = members(), members(MONTH[:-4])
    refused("control_mismatch", archive({**texts, "imp_CTY.txt": fewer["imp_CTY.txt"]}))
    assert "sums by commodity" in str(
        refused("control_mismatch", archive({**texts, "IMP_COMM.TXT": fewer["IMP_COMM.TXT"]}))
    )


def test_bulk_files_come_apart_from_answers_of_the_api() -> None:
    files = (DeliveredFile("IMDB2507.ZIP", bulk_month(), "a"), DeliveredFile("answer.json", b"[]", "b"))
    with pytest.raises(LandingError) as caught:
        list(parser("census_imports")(Delivery(files, known_on=KNOWN), load_spec("census_imports")))
    assert caught.value.rule == "overlapping_files"


def test_the_archive_of_the_tests_is_in_the_publishers_positions() -> None:
    with zipfile.ZipFile(io.BytesIO(bulk_month())) as bundle:
        record = bundle.read("IMP_DETL.TXT").decode().split("\r\n")[0]
    assert (len(record), record[10:14], record[14:16], record[20:22]) == (688, "5700", "00", "69")
    assert (record[22:28], record[73:88], record[178:193]) == ("202507", f"{5000:015d}", f"{5000:015d}")
