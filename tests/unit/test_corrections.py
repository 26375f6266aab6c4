"""Corrections: made once and in the open, refused as soon as the error they expect is gone."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.contract import all_specs
from pipelines.corrections import CorrectionRule, apply_corrections, load_corrections
from pipelines.errors import LandingError

FRAME = pl.DataFrame({"code": ["1", "2", "2"], "kind": ["a", "a", "b"], "value": ["x", "rCD", None]})


def rule(**changes: object) -> CorrectionRule:
    entry = {
        "thing": "partners",
        "match": {"code": "2", "kind": "a"},
        "column": "value",
        "published": "rCD",
        "corrected": "CD",
        "reason": "a stray letter",
        "status": "open",
    }
    return CorrectionRule.model_validate({**entry, **changes})


def apply(*rules: CorrectionRule, frame: pl.DataFrame = FRAME, file: str = "list.csv", day: date = date(2024, 1, 1)):  # type: ignore[no-untyped-def]
    return apply_corrections(frame, rules, source="s", thing="partners", file=file, known_on=day)


def test_changes_one_value_and_keeps_a_record() -> None:
    corrected, made = apply(rule())
    assert corrected["value"].to_list() == ["x", "CD", None]
    assert [(c.key, c.column_name, c.published_value, c.corrected_value, c.status) for c in made] == [
        ("code=2, kind=a", "value", "rCD", "CD", "open")
    ]


def test_fills_what_was_not_stated() -> None:
    corrected, made = apply(rule(match={"code": "2", "kind": "b"}, published=None))
    assert corrected["value"].to_list() == ["x", "rCD", "CD"]
    assert made[0].published_value == ""


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"published": "zzz"}, "correction_outdated"),
        ({"match": {"code": "9"}}, "correction_outdated"),
        ({"published": None}, "correction_outdated"),
        ({"match": {"code": "2"}}, "correction_ambiguous"),
    ],
)
def test_refuses_when_the_error_is_not_where_it_was(changes: dict[str, object], broken: str) -> None:
    with pytest.raises(LandingError) as error:
        apply(rule(**changes))
    assert error.value.rule == broken
    assert "corrections.yml" in error.value.action


@pytest.mark.parametrize(
    "changes",
    [
        {"from": date(2024, 1, 2)},
        {"until": date(2024, 1, 1)},
        {"files": ["other*"]},
        {"thing": "groups"},
    ],
)
def test_leaves_other_vintages_alone(changes: dict[str, object]) -> None:
    corrected, made = apply(rule(published="gone", **changes))
    assert corrected.equals(FRAME)
    assert made == ()


def test_a_source_without_corrections_has_none() -> None:
    assert load_corrections("iso_countries") == ()


def test_every_correction_names_columns_of_its_thing() -> None:
    for source in ("bis_entity_list", "census_schedule_c"):
        things = all_specs()[source].things
        for each in load_corrections(source):
            assert {*each.match, each.column} <= set(things[each.thing].schema)
