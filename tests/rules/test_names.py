"""Laws of naming: models by layer, columns by what they hold; one name means one thing.

Belongs here: names and the types and units that go with them. Does not belong here: whether they are described.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.rules.repository import Model, columns_of, meta_of, models, released_models

WORD = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
#: Dates whose names the contract fixes and that do not follow the endings.
DATE_NAMES = {"period_start", "base_period", "month", "day"}
#: Booleans whose names the contract fixes.
BOOLEAN_NAMES = {"passed"}
#: Words whose names the contract fixes and end like those of a number.
WORD_NAMES = {"value_share"}
#: Ending -> what its unit must begin with.
UNIT_OF_ENDING = {
    "_usd": "US dollars",
    "_kg": "kilograms",
    "_days": "days",
    "_months": "months",
    "_share": "fraction",
    "_rate": "fraction",
    "_pp": "percentage points",
}


@pytest.mark.parametrize("model", models(), ids=lambda model: model.name)
def test_model_name_says_its_layer(model: Model) -> None:
    pattern = {
        "staging": rf"stg_{model.group}__{WORD}",
        "intermediate": rf"int_{model.group}__{WORD}",
        "core": rf"(dim|fct|bridge)_{WORD}",
    }.get(model.layer, rf"(?!stg_|int_|dim_|fct_|bridge_){WORD}")
    assert re.fullmatch(pattern, model.name)


@pytest.mark.parametrize("model", released_models(), ids=lambda model: model.name)
def test_column_names_say_what_they_hold(model: Model) -> None:
    wrong = []
    for column in columns_of(model):
        name, kind = column["name"], column["data_type"]
        is_date_name = name.endswith(("_on", "_from", "_to")) or name in DATE_NAMES
        is_boolean_name = name.startswith(("is_", "has_")) or name in BOOLEAN_NAMES
        if not re.fullmatch(WORD, name):
            wrong.append(f"{name}: not lower case words")
        if (kind == "date") != is_date_name and name != "added_up_from":
            wrong.append(f"{name} is {kind}: dates end in _on, _from or _to")
        if (kind == "boolean") != is_boolean_name:
            wrong.append(f"{name} is {kind}: booleans begin with is_ or has_")
        if (kind == "timestamp") != name.endswith("_at"):
            wrong.append(f"{name} is {kind}: moments end in _at")
        if name.endswith("_code") and kind != "string":
            wrong.append(f"{name} is {kind}: codes are text")
    assert wrong == []


@pytest.mark.parametrize("model", released_models(), ids=lambda model: model.name)
def test_numbers_have_units_and_endings_keep_their_word(model: Model) -> None:
    wrong = []
    for column in columns_of(model):
        unit = meta_of(column).get("unit", "")
        ending = next((e for e in UNIT_OF_ENDING if column["name"].endswith(e)), None)
        if column["data_type"] in {"integer", "bigint", "double"} and not unit:
            wrong.append(f"{column['name']} has no unit")
        if ending and column["name"] not in WORD_NAMES and not unit.startswith(UNIT_OF_ENDING[ending]):
            wrong.append(f"{column['name']} is in {unit or 'no unit'}")
        if column["name"].endswith("_count") and column["data_type"] not in {"integer", "bigint"}:
            wrong.append(f"{column['name']} is {column['data_type']}: counts are whole numbers")
    assert wrong == []


#: The contract gives this name to the text a publisher printed wrongly and to the number a paper found.
TWO_MEANINGS = {"published_value"}


def test_one_name_has_one_type_and_one_unit() -> None:
    meanings: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for model in released_models():
        for column in columns_of(model):
            meanings[column["name"]][column["data_type"], meta_of(column).get("unit", "")].append(model.name)
    assert {name: dict(found) for name, found in meanings.items() if len(found) > 1 and name not in TWO_MEANINGS} == {}


def test_no_ranking_words_for_time() -> None:
    """Interim names outlive their interim."""
    interim = re.compile(r"(^|_)(new|old|final|temp|tmp|v\d+|backup|copy)$")
    assert [m.name for m in models() if interim.search(m.name)] == []
