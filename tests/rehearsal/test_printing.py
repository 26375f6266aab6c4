"""A publisher that prints what a warehouse holds says the same: what changes in a rehearsal is the script's doing."""

from __future__ import annotations

import json
from datetime import date

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from tests.faults.publishers_formats import ofac_file
from tests.rehearsal.printing import ofac_aliases, ofac_rows, schedule_lines, standing
from tests.world.home import Home

DAY = date(2026, 11, 2)


def read(source: str, vintage_id: str, **files: bytes) -> dict[str, Parsed]:
    """What the source's parser makes of these files, by thing."""
    delivered = tuple(DeliveredFile(name.replace("__", "."), body, "0" * 64, "", DAY) for name, body in files.items())
    found = parser(source)(Delivery(delivered, vintage_id=vintage_id, known_on=DAY), load_spec(source))
    return {parsed.thing: parsed for parsed in found}


def test_the_tariff_schedule_reads_as_it_is_held(built: Home) -> None:
    body = json.dumps(schedule_lines(built)).encode()
    found = read("usitc_hts", "2026_rev_11", hts_2026_rev_11__json=body)
    for thing, key in (("lines", ["htsno"]), ("footnotes", ["htsno", "applies_to"])):
        frame = found[thing].frame.sort(key)
        assert frame.equals(standing(built, f"usitc_hts__{thing}").select(frame.columns).sort(key))


def test_ofacs_list_and_its_other_names_read_as_they_are_held(built: Home) -> None:
    main, names = ofac_file(ofac_rows(built, "US_OFAC_SDN")), ofac_file(ofac_aliases(built, "US_OFAC_SDN"))
    frame = read("ofac_sdn", "sdn-2026-11-02", sdn__csv=main, alt__csv=names)["entries"].frame.sort("entity_number")
    held = standing(built, "ofac_sdn__entries").filter(pl.col("list_code") == "US_OFAC_SDN").sort("entity_number")
    columns = [name for name in frame.columns if name != "alias_count"]
    assert frame.select(columns).equals(held.select(columns))
