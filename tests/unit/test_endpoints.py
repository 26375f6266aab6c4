"""Publishers asked at other addresses: what the file may say, and what is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.contract import SourceSpec, all_specs, load_spec
from pipelines.endpoints import VARIABLE, led_elsewhere
from pipelines.errors import StatecraftError


@pytest.fixture
def specs() -> dict[str, SourceSpec]:
    return {name: load_spec(name) for name in ("ofac_sdn", "bis_entity_list")}


def said(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file the variable names."""
    path = folder / "endpoints.yml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_without_the_variable_publishers_are_asked_where_they_are(
    specs: dict[str, SourceSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert led_elsewhere(specs) == specs


def test_only_what_is_named_is_asked_elsewhere(
    specs: dict[str, SourceSpec], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(tmp_path, "bis_entity_list:\n  part: https://mirror.example/{date}/744.xml\n", monkeypatch)
    found = led_elsewhere(specs)
    assert found["ofac_sdn"] == specs["ofac_sdn"]
    ours, theirs = found["bis_entity_list"].endpoints, specs["bis_entity_list"].endpoints
    assert ours == {**theirs, "part": "https://mirror.example/{date}/744.xml"}


def test_a_question_that_is_the_sources_own_may_stay(
    specs: dict[str, SourceSpec], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {**specs["ofac_sdn"].endpoints, "sdn": "https://treasury.example/list?form=csv"}
    asking = {"ofac_sdn": specs["ofac_sdn"].model_copy(update={"endpoints": own})}
    said(tmp_path, "ofac_sdn: {sdn: 'https://mirror.example/list?form=csv'}", monkeypatch)
    assert led_elsewhere(asking)["ofac_sdn"].endpoints["sdn"] == "https://mirror.example/list?form=csv"
    said(tmp_path, "ofac_sdn: {sdn: 'https://mirror.example/list?form=csv&key=hushhush'}", monkeypatch)
    with pytest.raises(StatecraftError, match=r"than that of source\.yml"):
        led_elsewhere(asking)


def test_an_empty_file_changes_nothing(
    specs: dict[str, SourceSpec], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(tmp_path, "# nothing yet\n", monkeypatch)
    assert led_elsewhere(specs) == specs


def test_the_warehouse_asks_where_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(tmp_path, "ofac_sdn: {sdn: 'http://127.0.0.1:9/sdn.csv'}", monkeypatch)
    assert all_specs()["ofac_sdn"].endpoints["sdn"] == "http://127.0.0.1:9/sdn.csv"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ofac: {sdn: 'https://mirror.example/sdn.csv'}", "there is no source 'ofac'"),
        ("ofac_sdn: {list: 'https://mirror.example/sdn.csv'}", "ofac_sdn: list is no endpoint"),
        ("ofac_sdn: {sdn: mirror.example/sdn.csv}", "not an address on the web"),
        ("ofac_sdn: {sdn: 'file:///etc/passwd'}", "not an address on the web"),
        ("ofac_sdn: {sdn: 'https://me:hushhush@mirror.example/'}", "holds a name or a password"),
        ("ofac_sdn: {sdn: 'ftp://me:hushhush@mirror.example/'}", "holds a name or a password"),
        ("ofac_sdn: {sdn: 'me:hushhush@mirror.example/'}", "holds a name or a password"),
        ("ofac_sdn: {sdn: 'https:/me:hushhush@mirror.example/'}", "holds a name or a password"),
        ("ofac_sdn: {sdn: 'https://me:hush/hushhush@mirror.example/'}", "holds a name or a password"),
        ("ofac_sdn: {sdn: 'https://me:hushhush%40mirror.example/'}", "not an address on the web"),
        ("ofac_sdn: {sdn: 'https://[mirror.example/'}", "not an address on the web"),
        ("ofac_sdn: {sdn: ['me', 'hushhush']}", "not an address on the web"),
        ("ofac_sdn: {sdn: 'https://mirror.example/sdn.csv?key=hushhush'}", "than that of source.yml"),
        ("ofac_sdn: {sdn: 'mirror.example/sdn.csv?key=hushhush'}", "than that of source.yml"),
        ("ofac_sdn: {sdn: 'https://mirror.example/sdn.csv#hushhush'}", "than that of source.yml"),
        ("ofac_sdn: {sdn: 5}", "not an address on the web"),
        ("bis_entity_list: {part: 'https://mirror.example/744.xml'}", "has other placeholders"),
        ("ofac_sdn: {sdn: 'https://mirror.example/{date}.csv'}", "has other placeholders"),
        ("ofac_sdn: https://mirror.example", "ofac_sdn: there is a str where names should be"),
        ("ofac_sdn: https://me:hushhush@mirror.example", "ofac_sdn: there is a str where"),
        ("- ofac_sdn", "there is a list where names should be"),
        ("ofac_sdn: {sdn", "it cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    text: str, words: str, specs: dict[str, SourceSpec], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = said(tmp_path, text, monkeypatch)
    with pytest.raises(StatecraftError) as refused:
        led_elsewhere(specs)
    assert words in refused.value.what and str(path) in refused.value.what and VARIABLE in refused.value.what
    assert refused.value.action and "hushhush" not in str(refused.value)


def test_a_file_that_is_not_there_is_said(
    specs: dict[str, SourceSpec], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.yml"))
    with pytest.raises(StatecraftError, match="FileNotFoundError"):
        led_elsewhere(specs)
