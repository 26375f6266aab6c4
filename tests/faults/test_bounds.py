"""Input beyond its bounds: bombs, depth and width of every kind of file taken in, each refused in words."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines import archive, intake, strict_yaml
from pipelines.contract import DeliveredFile, Delivery, all_specs, parser
from pipelines.errors import LandingError, StatecraftError
from pipelines.formats import workbook
from pipelines.scenarios.form import read as read_scenario
from pipelines.screening import asked
from pipelines.sources.cepii_baci import parse as baci
from pipelines.sources.gleif import golden_copy
from tests.unit.rooms import toy_settings
from tests.unit.sources.xlsx import xlsx

DEEP = 100_000
#: Name of a file of JSON by source.
JSON_FILES = {
    "bis_entity_list": "csl_2026-08-01.json",
    "census_imports": "imports_hs_HS2_2021-08.json",
    "federal_register": "documents.json",
    "federal_register_text": "documents.json",
    "gleif": "records.json",
    "ita_screening_list": "consolidated.json",
    "presidential_text": "posts.json",
    "treasury_receipts": "mts_table_4.json",
    "un_comtrade": "comtrade_H6_2023.json",
    "usitc_hts": "hts_2026_rev_11.json",
}
LAUGHS = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
SCENARIO = "title: T\nquestion: Q?\nsteps:\n  - operation: remove\n    from: 2027-01-01\n    measures: {measures}\n"


@pytest.mark.parametrize("opening", ["[", '{"data":', '[{"a":'], ids=["lists", "blocks", "both"])
@pytest.mark.parametrize("source", JSON_FILES)
def test_json_nested_without_end_is_refused(tmp_path: Path, source: str, opening: str) -> None:
    file = tmp_path / JSON_FILES[source]
    file.write_text(opening * DEEP)
    with pytest.raises(StatecraftError) as caught:
        intake.add_files(toy_settings(tmp_path), all_specs()[source], [file], date(2026, 9, 1), None)
    assert caught.value.what and caught.value.action
    assert len(str(caught.value)) < 2_000, "a refusal does not repeat what it refuses"


def test_numbers_of_a_million_digits_are_refused(tmp_path: Path) -> None:
    file = tmp_path / JSON_FILES["treasury_receipts"]
    file.write_text(json.dumps({"data": [], "meta": {"total-count": 0}}).replace("0", "9" * 1_000_000))
    with pytest.raises(LandingError):
        intake.add_files(toy_settings(tmp_path), all_specs()["treasury_receipts"], [file], date(2026, 9, 1), None)


def _book(**parts: str) -> bytes:
    packed = io.BytesIO(xlsx({"Query Parameters": [["a"]]}))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(f"xl/{name}.xml", text)
    return packed.getvalue()


BOOKS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a part too large": (lambda: _book(more="x" * 3_000), "LARGEST_PART_BYTES", "oversized"),
    "parts too large together": (
        lambda: _book(**{f"p{n}": "x" * 900 for n in range(9)}),
        "LARGEST_BOOK_BYTES",
        "oversized",
    ),
    "parts without number": (lambda: _book(**{f"p{n}": "" for n in range(3_000)}), "MOST_PARTS", "oversized"),
    "a workbook in a workbook": (
        lambda: _book(workbook="PK\x03\x04"),
        "MOST_PARTS",
        "truncated_file",
    ),
    "entities": (
        lambda: _book(sharedStrings='<!DOCTYPE x [<!ENTITY a "b">]><sst>&a;</sst>'),
        "MOST_PARTS",
        "truncated_file",
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", BOOKS)
def test_a_workbook_beyond_its_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    make, bound, rule = BOOKS[kind]
    monkeypatch.setattr(workbook, bound, min(getattr(workbook, bound), 2_500))
    with pytest.raises(LandingError) as caught:
        workbook.read_sheets(DeliveredFile("book.xlsx", make(), "0" * 64), "usitc_dataweb")
    assert caught.value.rule == rule and caught.value.action


def _zip(*members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name in members:
            book.writestr(name, "0" * 10_000)
    return packed.getvalue()


def _refused(source: str, name: str, content: bytes) -> str:
    with pytest.raises(LandingError) as caught:
        list(parser(source)(Delivery((DeliveredFile(name, content, "0" * 64),)), all_specs()[source]))
    return caught.value.rule


def test_a_zip_beyond_its_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golden_copy, "LARGEST_UNPACKED_BYTES", 5_000)
    assert _refused("gleif", "lei2-golden-copy.csv.zip", _zip("lei2.csv")) == "oversized"
    monkeypatch.setattr(baci, "MOST_YEARS", 1)
    years = _zip("BACI_HS17_Y2022_V202501.csv", "BACI_HS17_Y2023_V202501.csv")
    assert _refused("cepii_baci", "BACI_HS17_V202501.zip", years) == "oversized"


def test_a_gzip_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_FILE_BYTES", 100_000)
    file = tmp_path / f"{JSON_FILES['census_imports']}.gz"
    file.write_bytes(gzip.compress(b"[" * 1_000_000))
    with pytest.raises(LandingError) as caught:
        intake.add_files(toy_settings(tmp_path), all_specs()["census_imports"], [file], date(2026, 9, 1), None)
    assert caught.value.rule == "oversized"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"l0: &l0 lol\n{LAUGHS}", "anchor"),
        ("a: &a [*a]\n", "anchor"),
        ("[" * 10_000, "nested more than 20 deep"),
        ("- " * 5_000 + "x", "nested more than 20 deep"),
        ("a: " + "x" * strict_yaml.LARGEST_YAML_BYTES, "larger than"),
        ("!!python/object/apply:os.system ['true']", "could not determine a constructor"),
        ("!!python/name:os.system", "could not determine a constructor"),
    ],
    ids=["laughs", "itself", "depth", "depth of lists", "size", "code", "name"],
)
def test_yaml_beyond_its_bounds_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(yaml.YAMLError, match=words):
        strict_yaml.load(text)
    file = tmp_path / "mine.yml"
    file.write_text(text)
    with pytest.raises(StatecraftError, match="is not YAML"):
        read_scenario(file)


def test_plain_yaml_is_read() -> None:
    assert strict_yaml.load("a: [1, {b: x}]\nc: 2026-01-01\n") == {"a": [1, {"b": "x"}], "c": date(2026, 1, 1)}


@pytest.mark.parametrize("name", ["../../etc/passwd", "{{ 7 * 7 }}", "x'; drop table t; --", "$(true)", "/etc/passwd"])
def test_a_name_in_a_scenario_is_a_name(tmp_path: Path, name: str) -> None:
    """No field of a scenario is a path, a template or SQL: names are compared with those of the release."""
    file = tmp_path / "mine.yml"
    file.write_text(SCENARIO.format(measures=json.dumps(name)))
    assert read_scenario(file).steps[0].measures == (name,)


@pytest.mark.parametrize(
    ("content", "bound", "most", "words"),
    [
        ("name\n" + "A Firm\n" * 100, "LARGEST_ASKED_BYTES", 500, "is larger than"),
        (",".join(f"c{n}" for n in range(51)) + "\n", "MOST_COLUMNS", 50, "more than 50 columns"),
        ("name\nA\n" + "x" * 300 + "\n", "LONGEST_NAME", 200, "more than 200 letters in row 2"),
        (
            'name,x\n"A,1\n' + "B,1\n" * 100,
            "LONGEST_NAME",
            200,
            "more than 200 letters in row 1|does not read as a CSV",
        ),
    ],
    ids=["size", "columns", "name", "a quote missing"],
)
def test_a_file_to_screen_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, bound: str, most: int, words: str
) -> None:
    monkeypatch.setattr(asked, bound, most)
    file = tmp_path / "names.csv"
    file.write_text(content)
    with pytest.raises(StatecraftError, match=words):
        asked.read_asked(file, None, None)
