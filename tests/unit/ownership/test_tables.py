"""From raw to the tables beside it: what is an edge, when an entry stands, who is linked, and what is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.contract import OPEN_END, load_spec
from pipelines.ownership import edges, listed, tables
from pipelines.ownership.graph import Graph
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

FIRST, SECOND, THIRD = date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)
CHILD, PARENT, TOP = "CHILD", "PARENT", "TOP"
RELATIONSHIP: dict[str, Any] = {
    "child_id": CHILD,
    "parent_id": PARENT,
    "relationship_type": edges.DIRECT,
    "child_id_type": "LEI",
    "parent_id_type": "LEI",
    "relationship_status": "ACTIVE",
    "starts_on": date(2015, 1, 1),
    "known_from": FIRST,
    "known_to": OPEN_END,
}
HOLDING: dict[str, Any] = {
    "owner_id": "x",
    "owned_id": "a",
    "share": 0.6,
    "valid_from": date(2020, 1, 1),
    "valid_to": OPEN_END,
    "source": "register",
    "known_from": FIRST,
    "known_to": OPEN_END,
}
ENTRY: dict[str, Any] = {
    "list_code": "US_BIS_EL",
    "entry_key": "CN:alphaworks",
    "entity_name": "Alpha Works Co., Ltd.",
    "aliases": "Alfa Werke | Beta",
    "country_code": "CN",
    "is_person": False,
    "known_from": FIRST,
    "known_to": OPEN_END,
}


def raw(folder: Path, table: str, rows: Sequence[dict[str, Any]]) -> list[Path]:
    """Rows as a raw file of a source's thing, columns that are not given NULL."""
    source, thing = table.split("__")
    clocks = {"known_from": pl.Date(), "known_to": pl.Date()}
    schema = {**load_spec(source).things[thing].schema, **clocks}
    Warehouse(Settings(folder, "400MB", 1)).write_own_table(table, pl.DataFrame(rows, schema=schema, orient="row"))
    return list(Warehouse(Settings(folder, "400MB", 1)).files(table))


def of_gleif(tmp_path: Path, *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    files = raw(tmp_path, "gleif__relationships", [{**RELATIONSHIP, **row} for row in rows])
    return edges.edges(files, []).select("owner_id", "owned_id", "valid_from", "valid_to").rows()


def test_the_parent_owns_the_child_by_at_least_one_half(tmp_path: Path) -> None:
    (edge,) = edges.edges(raw(tmp_path, "gleif__relationships", [RELATIONSHIP]), []).rows(named=True)
    assert (edge["owner_id"], edge["owned_id"]) == (PARENT, CHILD)
    assert (edge["share"], edge["share_basis"], edge["source"]) == (0.5, "consolidation", "gleif")


@pytest.mark.parametrize(
    "row",
    [
        {"relationship_type": "IS_FUND-MANAGED_BY"},
        {"relationship_type": "IS_SUBFUND_OF"},
        {"relationship_type": "IS_FEEDER_TO"},
        {"relationship_type": "IS_INTERNATIONAL_BRANCH_OF"},
        {"registration_status": "ANNULLED"},
        {"registration_status": "DUPLICATE"},
        {"child_id_type": "ISIN"},
        {"parent_id": CHILD},
        {"ends_on": date(2014, 1, 1)},
    ],
)
def test_what_is_no_holding_is_no_edge(row: dict[str, Any], tmp_path: Path) -> None:
    assert of_gleif(tmp_path, row) == []


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ({}, (date(2015, 1, 1), OPEN_END)),
        ({"ends_on": date(2020, 1, 1)}, (date(2015, 1, 1), date(2020, 1, 1))),
        ({"starts_on": None}, (FIRST, OPEN_END)),
        ({"known_to": THIRD}, (date(2015, 1, 1), THIRD)),
        ({"relationship_status": "INACTIVE", "updated_on": SECOND}, (date(2015, 1, 1), SECOND)),
    ],
)
def test_an_edge_has_the_days_of_its_record(row: dict[str, Any], days: tuple[date, date], tmp_path: Path) -> None:
    assert of_gleif(tmp_path, row) == [(PARENT, CHILD, *days)]


def test_a_record_that_was_revised_counts_as_last_told(tmp_path: Path) -> None:
    revised = [{"known_to": SECOND}, {"known_from": SECOND, "ends_on": date(2022, 6, 1)}]
    assert of_gleif(tmp_path, *revised) == [(PARENT, CHILD, date(2015, 1, 1), date(2022, 6, 1))]


def test_a_record_that_was_taken_back_later_is_no_edge_on_any_day(tmp_path: Path) -> None:
    published = {"registration_status": "PUBLISHED", "known_to": SECOND}
    back = {"registration_status": "ERRONEOUS", "known_from": SECOND}
    other = {"parent_id": TOP, "registration_status": "PUBLISHED"}
    assert of_gleif(tmp_path, published, back, other) == [(TOP, CHILD, date(2015, 1, 1), OPEN_END)]


def test_an_edge_is_known_from_its_own_first_statement(tmp_path: Path) -> None:
    restated = [{"known_to": SECOND}, {"known_from": SECOND}]
    told = raw(tmp_path, "gleif__relationships", [{**RELATIONSHIP, **row} for row in restated])
    rows = [{**HOLDING, **restated[0]}, {**HOLDING, **restated[1], "share": 0.4}]
    own = raw(tmp_path, "ownership_edges__edges", [*rows, {**HOLDING, "owned_id": "b", "known_from": THIRD}])
    found = edges.edges(told, own).select("owned_id", "share", "known_from").rows()
    assert found == [(CHILD, 0.5, FIRST), ("a", 0.4, FIRST), ("b", 0.6, THIRD)]


def test_an_ultimate_parent_stands_in_where_no_direct_one_is_told(tmp_path: Path) -> None:
    direct = {"starts_on": date(2018, 1, 1), "ends_on": date(2020, 1, 1)}
    ultimate = {"parent_id": TOP, "relationship_type": edges.ULTIMATE}
    assert of_gleif(tmp_path, direct, ultimate) == [
        (PARENT, CHILD, date(2018, 1, 1), date(2020, 1, 1)),
        (TOP, CHILD, date(2015, 1, 1), date(2018, 1, 1)),
        (TOP, CHILD, date(2020, 1, 1), OPEN_END),
    ]


def test_a_users_parties_are_known_by_their_lei_where_one_is_given(tmp_path: Path) -> None:
    rows = [{**HOLDING, "owner_lei": PARENT}, {**HOLDING, "owned_id": "b", "known_to": SECOND}]
    found = edges.edges([], raw(tmp_path, "ownership_edges__edges", rows))
    assert found.select("owner_id", "owned_id", "valid_to").rows() == [(PARENT, "a", OPEN_END), ("x", "b", SECOND)]


def largest(tmp_path: Path, *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    graph = Graph.of(edges.edges([], raw(tmp_path, "ownership_edges__edges", rows)))
    found = graph.edges.frame
    days = pl.col("begins", "ends").cast(pl.Date)
    named = found.with_columns(days, owned=graph.ids.gather(found["owned"]))
    return sorted(named.select("owned", "units", "begins", "ends").rows())


def test_two_sources_of_one_holding_do_not_make_two(tmp_path: Path) -> None:
    begins, sixty = date(2020, 1, 1), 60_000_000
    report = {**HOLDING, "source": "report", "share": 0.4}
    assert largest(tmp_path, HOLDING, report, {**HOLDING, "owned_id": "b"}) == [
        ("a", sixty, begins, OPEN_END),
        ("b", sixty, begins, OPEN_END),
    ]
    later = {**HOLDING, "source": "report", "share": 0.9, "valid_from": SECOND}
    assert largest(tmp_path, HOLDING, later) == [
        ("a", sixty, begins, SECOND),
        ("a", 90_000_000, SECOND, OPEN_END),
    ]


def stated(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{**ENTRY, **row} for row in rows], schema=listed.STATEMENTS, orient="row")


def standing(*rows: dict[str, Any]) -> list[tuple[date, date]]:
    found = listed.standing(stated(*rows))
    return [(begins, ends) for begins, ends in found.select(pl.col("begins", "ends").cast(pl.Date)).rows()]


def test_an_entry_stands_from_the_day_it_states_until_an_edition_drops_it() -> None:
    assert standing({}) == [(FIRST, OPEN_END)]
    assert standing({"begins_on": date(2019, 5, 21)}) == [(date(2019, 5, 21), OPEN_END)]
    assert standing({"begins_on": date(2019, 5, 21), "known_to": SECOND}) == [(date(2019, 5, 21), SECOND)]
    assert standing({"ends_on": date(2022, 1, 1), "begins_on": date(2019, 1, 1)}) == [
        (date(2019, 1, 1), date(2022, 1, 1))
    ]


def test_a_revision_does_not_part_it_and_an_absence_does() -> None:
    revised = standing({"known_to": SECOND}, {"known_from": SECOND, "entity_name": "Alpha"})
    assert revised == [(FIRST, OPEN_END)]
    listed_again = standing({"known_to": SECOND}, {"known_from": THIRD, "begins_on": THIRD})
    assert listed_again == [(FIRST, SECOND), (THIRD, OPEN_END)]


def links(owners: Sequence[tuple[str | None, ...]], *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    schema = dict.fromkeys(("entity_id", "name", "country_code", "entry_key"), pl.String())
    found = listed.links(stated(*(rows or ({},))), pl.DataFrame(owners, schema=schema, orient="row"))
    return found.select("entry_key", "entity_id", "link_method").rows()


def test_a_user_says_which_owner_is_which_entry() -> None:
    assert links([("x", "Anything", "DE", "CN:alphaworks")]) == [("CN:alphaworks", "x", "entry_key")]
    assert links([("x", "Anything", "DE", "CN:unknown")]) == []


@pytest.mark.parametrize("name", ["ALPHA WORKS COMPANY LIMITED", "Works Alpha", "alfa werke"])
def test_the_same_name_in_the_same_country_links(name: str) -> None:
    assert links([("x", name, "CN", None)]) == [("CN:alphaworks", "x", "name_and_country")]


def test_the_country_of_an_address_is_as_good_as_the_heading() -> None:
    found = [("CN:alphaworks", "x", "name_and_country")]
    assert links([("x", "Alpha Works", "HK", None)], {"address_country_codes": "CN,HK"}) == found
    assert links([("x", "Alpha Works", "HK", None)], {"country_code": None, "address_country_codes": "HK"}) == found


@pytest.mark.parametrize(
    ("owner", "row"),
    [
        (("x", "Alpha Works", "DE", None), {}),
        (("x", "Alpha Works", None, None), {}),
        (("x", "Alpha Works", "CN", None), {"country_code": None}),
        (("x", "Alpha Works", "AE", None), {"address_country_codes": "HK,SG"}),
        (("x", "Alpha Works Nanjing", "CN", None), {}),
        (("x", "Alpha Works", "CN", None), {"is_person": True}),
    ],
)
def test_another_country_none_or_another_name_links_nobody(owner: tuple[str | None, ...], row: dict[str, Any]) -> None:
    assert links([owner], row) == []


def test_a_name_of_many_owners_is_nobodys_and_the_entrys_rare_name_still_links() -> None:
    many = [(f"x{number}", "Alpha Works", "CN", None) for number in range(4)]
    assert links(many) == []
    assert links([*many, ("y", "Beta", "CN", None)]) == [("CN:alphaworks", "y", "name_and_country")]
    assert len(links(many[:3])) == 3


def test_an_entry_of_several_names_may_link_to_more_owners_than_bear_one_of_them() -> None:
    names = ["Alpha Works", "Works Alpha", "Alfa Werke", "Beta"]
    found = links([(f"x{number}", name, "CN", None) for number, name in enumerate(names)])
    assert [entity for _, entity, _ in found] == ["x0", "x1", "x2", "x3"]
    # Owners are counted, not their names: one owner under four spellings bears the name once.
    spelt = ["Alpha Works", "Works Alpha", "Alpha Works Ltd", "Alpha Works Co., Ltd."]
    assert links([("x", name, "CN", None) for name in spelt]) == [("CN:alphaworks", "x", "name_and_country")]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Settings]:
    """x, listed, owns 60 % of a, which GLEIF says consolidates c; x and y, another list's, own b together."""
    raw(
        tmp_path,
        "ownership_edges__edges",
        [
            {**HOLDING, "owner_name": "Alpha Works", "owner_country_code": "CN"},
            {**HOLDING, "owned_id": "b", "share": 0.3},
            {**HOLDING, "owner_id": "y", "owned_id": "b", "share": 0.2, "owner_entry_key": "CN:gammaplant"},
        ],
    )
    raw(tmp_path, "gleif__relationships", [{**RELATIONSHIP, "parent_id": "a", "child_id": "c"}])
    entry = {**ENTRY, "first_citation_on": date(2021, 1, 1)}
    entry.pop("is_person")
    raw(tmp_path, "bis_entity_list__entries", [entry])
    gamma = {**entry, "list_code": "US_BIS_MEU", "entry_key": "CN:gammaplant", "entity_name": "Gamma", "aliases": None}
    raw(tmp_path, "ita_screening_list__entries", [gamma])
    yield Settings(tmp_path, "400MB", 1)


def test_lists_of_one_rule_are_added_up_and_a_list_alone_is_not(world: Settings) -> None:
    found = tables.made(Warehouse(world))["ownership__reach"]
    columns = ["rule_code", "entry_key", "entity_id", "ownership_share", "share_basis", "path", "is_aggregate"]
    alpha, gamma = "CN:alphaworks", "CN:gammaplant"
    ways = {"a": "x > 60 % > a", "c": "x > 60 % > a > at least 50 % > c"}
    alone = [
        ("US_BIS_EL_ALONE", alpha, "a", 0.6, "stated", ways["a"], False),
        ("US_BIS_EL_ALONE", alpha, "c", 0.5, "consolidation", ways["c"], False),
    ]
    assert found.select(columns).rows() == [
        ("BIS_AFFILIATES", alpha, "a", 0.6, "stated", ways["a"], False),
        ("BIS_AFFILIATES", alpha, "b", 0.5, "stated", "x > 30 % > b", True),
        ("BIS_AFFILIATES", alpha, "c", 0.5, "consolidation", ways["c"], False),
        ("BIS_AFFILIATES", gamma, "b", 0.5, "stated", "y > 20 % > b", True),
        *alone,
    ]
    assert set(found["valid_from"]) == {date(2021, 1, 1)}


def test_an_entity_that_is_listed_itself_is_not_reached_but_passes_reach_on(world: Settings) -> None:
    extra = {**HOLDING, "owned_id": "y", "share": 0.9, "owned_entry_key": None}
    rows = pl.read_parquet(list(Warehouse(world).files("ownership_edges__edges"))).to_dicts()
    raw(world.home, "ownership_edges__edges", [*rows, extra, {**HOLDING, "owner_id": "y", "owned_id": "d"}])
    found = tables.made(Warehouse(world))["ownership__reach"].filter(pl.col("rule_code") == "BIS_AFFILIATES")
    reached = found.filter(pl.col("entry_key") == "CN:alphaworks")
    assert set(reached["entity_id"]) == {"a", "b", "c", "d"}
    assert reached.filter(pl.col("entity_id") == "d")["path"].to_list() == ["x > 90 % > y > 60 % > d"]


def test_keys_that_last_across_editions_are_used_where_they_are_worked_out(world: Settings) -> None:
    followed = {
        "list_code": ["US_BIS_EL", "US_BIS_MEU"],
        "stated_key": ["CN:alphaworks", "CN:gammaplant"],
        "entry_key": ["CN:lasting", "CN:gammaplant"],
        "method": ["name", "first"],
        "country_code": ["CN", "CN"],
        "known_from": [FIRST, FIRST],
        "known_to": [OPEN_END, OPEN_END],
    }
    Warehouse(world).write_own_table("list_identity__keys", pl.DataFrame(followed))
    made = tables.made(Warehouse(world))
    assert made["ownership__links"]["entry_key"].to_list() == ["CN:lasting", "CN:gammaplant"]


def test_orders_have_their_own_days_and_persons_are_told(tmp_path: Path) -> None:
    clocks = {"known_from": FIRST, "known_to": OPEN_END}
    order = {
        "entry_key": "BETA:2019-06-05",
        "entity_name": "Beta",
        "effective_on": SECOND,
        "expires_on": THIRD,
        **clocks,
    }
    raw(tmp_path, "bis_denied_persons__entries", [order])
    doe = {"list_code": "US_OFAC_SDN", "entity_number": 36, "entity_name": "DOE, Jo", "kind": "individual", **clocks}
    raw(tmp_path, "ofac_sdn__entries", [doe, {**doe, "entity_number": 37, "kind": "entity"}])
    found = listed.statements(Warehouse(Settings(tmp_path, "400MB", 1))).sort("entry_key")
    assert found.select("entry_key", "begins_on", "ends_on", "is_person").rows() == [
        ("US_BIS_DPL/BETA:2019-06-05", SECOND, THIRD, False),
        ("US_OFAC_SDN/36", None, None, True),
        ("US_OFAC_SDN/37", None, None, False),
    ]


def test_tables_are_written_once_and_again_when_raw_changed(world: Settings) -> None:
    warehouse = Warehouse(world)
    tables.write(world)
    before = {name: list(warehouse.files(name)) for name in tables.TABLES}
    assert all(before.values())
    tables.write(world)
    assert before == {name: list(warehouse.files(name)) for name in tables.TABLES}
    raw(world.home, "gleif__relationships", [RELATIONSHIP])
    tables.write(world)
    assert all(before[name] != list(warehouse.files(name)) for name in tables.TABLES)


def test_without_edges_there_is_nothing_to_reach(tmp_path: Path) -> None:
    made = tables.made(Warehouse(Settings(tmp_path, "400MB", 1)))
    assert set(made) == set(tables.TABLES)
    assert all(frame.is_empty() for frame in made.values())
