"""Scenario files: what may be said, what is said of what may not, and that the shipped ones are about the law."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.contract import OPEN_END
from pipelines.errors import StatecraftError
from pipelines.law import read as law
from pipelines.law.files import rows
from pipelines.scenarios.form import Scenario, read
from pipelines.scenarios.names import Names, check
from pipelines.scenarios.rendering import rendered
from pipelines.scenarios.tables import shipped, tables

HEAD = "title: Mine\nquestion: What if?\nsteps:\n"
#: Scheduled days of the law that scenarios are about: those from the end of the truce on that are not yet history.
CLIFFS = (date(2026, 11, 10), date(2029, 1, 1))


def scenario(*steps: dict[str, Any]) -> Scenario:
    return Scenario.model_validate({"id": "mine", "title": "Mine", "question": "What if?", "steps": list(steps)})


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            "{operation: rescale, measures: m, from: 2027-01-01, rate: 25}",
            "step 1 (rescale): 'rate' input should be less",
        ),
        ("{operation: rescale, measures: m, from: 2027-01-01}", "needs 'rate' (0.25 is 25 %) or 'factor'"),
        ("{operation: hold, measures: m, from: 2027-01-01}", "step 1 (hold): needs 'as_on'"),
        ("{operation: remove, from: 2027-01-01}", "names no measures: give measures, programmes, authorities"),
        ("{operation: remove, measures: m, from: 2027-01-01, rate: 0.1}", "has 'rate', which remove does not take"),
        ("{operation: remove, measures: m, from: 2027-02-01, until: 2027-01-01}", "ends (2027-01-01) before it begins"),
        ("{operation: remove, measures: m, from: 2027-01-01, color: red}", "'color' is no field; there are operation"),
        ("{operation: remove, measures: m, from: 2027-01-01, partners: [NO]}", 'NO" is Norway'),
        ("{operation: remove, measures: m, from: 2027-01-01, products: [x7]}", "has product 'x7': give 2 to 10 digits"),
        ("{operation: delete, measures: m, from: 2027-01-01}", "'operation' input should be 'remove'"),
        ("{operation: shift, measures: m, day: 2027-01-01, to: 2027-01-01}", "shifts a day to itself"),
        ("{operation: add, from: 2027-01-01, rate: 0.1}", "needs one of 'like'"),
        ("{operation: add, programme: s122, from: 2027-01-01, rate: 0.1}", "needs 'partners' (ALL for every one)"),
        ("{operation: add, like: m, measures: n, from: 2027-01-01}", "what is added is said by 'like'"),
    ],
)
def test_what_is_wrong_is_said_by_step_and_field(tmp_path: Path, step: str, said: str) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(f"{HEAD}  - {step}\n")
    with pytest.raises(StatecraftError) as refused:
        read(file)
    assert said in str(refused.value)


def test_codes_without_quotes_stay_as_written(tmp_path: Path) -> None:
    """YAML would read 0102 as octal, 66, and the step would hit furs and leather instead of live animals."""
    file = tmp_path / "mine.yml"
    file.write_text(
        f"{HEAD}  - {{operation: rescale, measures: m, from: 2027-01-01, factor: 1.5, products: [0102, 0304, 85],\n"
        "     partners: [5700, 1220]}\n"
    )
    [step] = read(file).steps
    assert step.products == ("0102", "0304", "85") and step.partners == ("5700", "1220")
    assert step.factor == 1.5 and step.from_ == date(2027, 1, 1)


def test_goods_that_no_line_of_the_schedule_has_are_refused() -> None:
    step = {"operation": "remove", "programmes": "s122", "from": date(2027, 1, 1)}
    held = Names(frozenset({"s122"}), frozenset(), frozenset({"ALL"}), {}, frozenset({"0102210000", "8541100000"}))
    check(scenario({**step, "products": ["0102", "ALL"], "products_except": "8541100000"}), held)
    with pytest.raises(StatecraftError, match="'products' has '66': no line of the schedule begins so"):
        check(scenario({**step, "products": ["66", "0102"]}), held)


def test_what_is_no_scenario_at_all_is_said_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    for text, said in (
        ("- a\n", "holds no scenario"),
        ("a: [", "is not YAML"),
        ("title: T\n", "'question' is missing"),
    ):
        file.write_text(text)
        with pytest.raises(StatecraftError, match=said):
            read(file)
    with pytest.raises(StatecraftError, match="cannot be read"):
        read(tmp_path / "nothing.yml")


def test_a_shift_holds_the_law_of_the_earlier_day_until_the_later() -> None:
    put_off = {"operation": "shift", "measures": "m", "day": date(2027, 1, 1), "to": date(2028, 1, 1)}
    brought_forward = {**put_off, "to": date(2026, 12, 1)}
    steps = tables([scenario(put_off, brought_forward)])["scenario__steps"]
    assert steps["operation"].to_list() == ["hold", "hold"] and steps["stated_operation"].to_list() == [
        "shift",
        "shift",
    ]
    assert steps["valid_from"].to_list() == [date(2027, 1, 1), date(2026, 12, 1)]
    assert steps["valid_to"].to_list() == [date(2028, 1, 1), date(2027, 1, 1)]
    assert steps["as_on"].to_list() == [date(2026, 12, 31), date(2027, 1, 1)]


def test_names_become_rows_and_what_is_only_left_out_is_left_out_of_all() -> None:
    step = {"operation": "remove", "programmes": "s122", "measures_except": ["m"], "from": date(2027, 1, 1),
            "partners_except": [5700], "products": [8541]}  # fmt: skip
    made = tables([scenario(step)])
    assert made["scenario__scopes"].rows() == [
        ("mine", 1, "measure", "m", True),
        ("mine", 1, "programme", "s122", False),
        ("mine", 1, "partner", "ALL", False),
        ("mine", 1, "partner", "5700", True),
        ("mine", 1, "product", "8541", False),
    ]
    [row] = made["scenario__steps"].to_dicts()
    assert row["names_goods"] and row["names_partners"]
    assert row["valid_to"] == row["as_on"] == OPEN_END


def test_shipped_scenarios_name_what_the_law_has() -> None:
    statements = law.tables()["law__statements"]
    known = {
        "measure": set(statements["measure_id"]),
        "programme": {row["programme"] for row in rows("programmes")},
        "authority": set(statements["authority"]),
    }
    made = tables(shipped())
    wrong = [
        (scenario_id, code)
        for scenario_id, _, kind, code, _ in made["scenario__scopes"].rows()
        if kind in known and code not in known[kind]
    ]
    wrong += [(s, like) for s, like in made["scenario__steps"].select("scenario_id", "like_measure_id").rows()
              if like and like not in known["measure"]]  # fmt: skip
    assert wrong == []
    assert {s.kind for s in shipped()} == {"cliff", "court", "tightening", "widening", "loosening"}
    assert [s.id for s in shipped() if not (s.author and s.source)] == []


def test_every_scheduled_step_of_the_law_is_put_off_in_some_scenario() -> None:
    """Days on which a statement of a measure begins or ends."""
    statements = law.tables()["law__statements"]
    first, last = CLIFFS
    days = pl.concat(
        [statements.select("measure_id", "programme", day=end) for end in ("valid_from", "valid_to")]
    ).filter(pl.col("day").is_between(first, last, closed="left"))
    # Ended for good in February 2026, by a later statement.
    days = days.filter(~pl.col("programme").str.starts_with("ieepa")).unique()
    no_cliff = next(s for s in shipped() if s.id == "no_cliff_taken")
    covered = {
        (measure, day)
        for measure, programme, day in days.rows()
        for step in no_cliff.steps
        if (measure in step.measures or programme in step.programmes)
        and step.window[0] <= day < (step.window[1] or OPEN_END)
    }
    assert [row for row in days.rows() if (row[0], row[2]) not in covered] == []


def test_models_are_rendered_without_dbt() -> None:
    sql = rendered("int_scenario__keyed_lines", lambda name: f"there.{name}")
    assert "there.stg_scenario__scopes" in sql and "array_to_string" in sql
    assert "{{" not in sql and "adapter" not in sql
