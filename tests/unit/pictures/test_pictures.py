"""Pictures draw what was asked, and their files open without a network."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines.errors import StatecraftError
from pipelines.pictures.dependence import Supplier, dependence
from pipelines.pictures.effective_rate import effective_rate
from pipelines.pictures.event_study import event_study
from pipelines.pictures.ladder import ladder
from pipelines.pictures.picture import Picture, write
from pipelines.pictures.scenario_fan import scenario_fan
from pipelines.pictures.theme import STATUS_COLOURS
from pipelines.pictures.two_clocks import two_clocks
from pipelines.settings import PROJECT_ROOT
from tests.unit.pictures.toy_answers import ask

TODAY = date(2026, 11, 29)


def tariff() -> Picture:
    return effective_rate(ask, "ALL", date(2025, 1, 1), date(2027, 1, 1), 2024, TODAY)


def test_the_tariff_is_stacked_by_authority_and_its_last_step_has_an_end() -> None:
    picture = tariff()
    layers = picture.drawn().to_dict()
    drawn = layers["datasets"][layers["layer"][0]["data"]["name"]]
    assert [(row["day"][:10], row["authority"], row["effective_rate"]) for row in drawn] == [
        ("2025-01-01", "Ordinary duty", 0.02),
        ("2025-01-01", "IEEPA", 0.0),
        ("2025-04-05", "Ordinary duty", 0.02),
        ("2025-04-05", "IEEPA", 0.1),
        ("2027-01-01", "Ordinary duty", 0.02),
        ("2027-01-01", "IEEPA", 0.1),
    ]
    assert "Highest 12.0% on 2025-04-05; 12.0% at the end." in picture.subtitle[0]


def test_a_status_is_a_box_over_both_clocks_and_a_plan_is_pale() -> None:
    layers = two_clocks(ask, "US-RULE", TODAY).drawn().to_dict()
    boxes = layers["datasets"][layers["layer"][0]["data"]["name"]]
    assert [(row["status"], row["certainty"], row["known_to"][:10]) for row in boxes] == [
        ("in force", "stated", "2025-11-12"),
        ("in force", "stated", "2026-11-30"),
        ("suspended", "stated", "2026-11-30"),
        ("in force", "planned", "2026-11-30"),
    ]


def test_the_ladder_starts_each_step_where_the_last_one_ended() -> None:
    picture = ladder(ask, "ALL", date(2025, 1, 1), 12)
    [bars] = picture.drawn().to_dict()["datasets"].values()
    assert [(bar["name"], bar["kind"], bar["label"]) for bar in bars] == [
        ("statutory", "level", "12.0 %"),
        ("USMCA", "less", "-2.0 pp"),
        ("expected", "level", "10.0 %"),
        ("residual", "less", "-2.0 pp"),
        ("calculated", "level", "8.0 %"),
    ]
    assert "Also in residual: timing, diversion." in picture.subtitle[0]


def test_areas_are_as_large_as_imports_and_grey_where_a_share_is_not_known() -> None:
    picture = dependence(ask, "rare_earths", 2025, Supplier.china)
    layers = picture.drawn().to_dict()
    known, unknown = (layers["datasets"][layer["data"]["name"]] for layer in layers["layer"][:2])
    areas = {row["product_code"]: (row["x2"] - row["x"]) * (row["y2"] - row["y"]) for row in [*known, *unknown]}
    assert [row["product_code"] for row in unknown] == ["2846908000"]
    assert areas["2846908000"] / areas["2846100000"] == pytest.approx(2.5, rel=0.02)  # less the gaps


def test_a_path_of_estimates_shows_what_was_published() -> None:
    picture = event_study(ask, "event_study_values")
    drawn = json.dumps(picture.drawn().to_dict())
    assert "1,000 observations, 97 clusters" in picture.subtitle[1]
    assert "published: a paper" in drawn
    assert "Months before: flat as far as seen (p = 0.4)." in picture.subtitle[1]
    assert '"horizon_months": -1' in drawn  # what all others are set against


def test_every_status_has_a_colour() -> None:
    [model] = yaml.safe_load((PROJECT_ROOT / "models/marts/core/fct_action_status.yml").read_text())["models"]
    [status] = [column for column in model["columns"] if column["name"] == "status"]
    assert set(STATUS_COLOURS) == set(re.findall(r"[a-z_]+", status["description"])) - {"or"}


def test_the_fan_holds_the_law_and_the_scenarios_in_it() -> None:
    picture = scenario_fan(ask, "ALL", date(2027, 1, 1), date(2027, 12, 31))
    assert set(picture.frame["scenario"]) == {"law", "higher", "lower"}
    assert "By law 11.0% on 2027-01-03; in the fan from 10.0% to 14.0%." in picture.subtitle[0]
    picture.drawn().to_dict()


def test_files_open_without_a_network(tmp_path: Path) -> None:
    picture = tariff()
    for suffix in (".svg", ".png", ".html", ".json"):
        write(picture, tmp_path / f"tariff{suffix}")
    assert (tmp_path / "tariff.png").read_bytes().startswith(b"\x89PNG")
    assert ET.parse(tmp_path / "tariff.svg").getroot().tag.endswith("svg")
    assert not re.search(r"<(script|link)[^>]+(src|href)=", (tmp_path / "tariff.html").read_text())
    assert json.loads((tmp_path / "tariff.json").read_text())["title"]["text"] == picture.title


def test_what_cannot_be_drawn_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StatecraftError, match=r"\.svg, \.png, \.html, \.json"):
        write(tariff(), tmp_path / "tariff.bmp")
    with pytest.raises(StatecraftError, match="No status of US-NONE"):
        two_clocks(ask, "US-NONE", TODAY)
    with pytest.raises(StatecraftError, match="No rates of 5700"):
        effective_rate(ask, "5700", date(2025, 1, 1), date(2025, 2, 1), 2024, TODAY)
    with pytest.raises(StatecraftError, match="Periods of 1 months held: none"):
        ladder(ask, "ALL", date(2025, 1, 1), 1)
    with pytest.raises(StatecraftError, match="Groups: rare_earths"):
        dependence(ask, "toys", 2025, Supplier.largest)
    with pytest.raises(StatecraftError, match="Drawable: event_study_values"):
        event_study(ask, "none")
    with pytest.raises(StatecraftError, match="No scenario reaches 5700"):
        scenario_fan(ask, "5700", date(2027, 1, 1), date(2027, 12, 31))
