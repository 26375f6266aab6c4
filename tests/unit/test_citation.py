"""A release says how it is cited, in the forms that programs for citations read."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import yaml

from pipelines.citation import ROOT_CITATION, Citation, project, source_lines
from pipelines.contract import all_specs
from pipelines.settings import PROJECT_ROOT

BUILD = Citation("20260608T120000Z-0badcafe", date(2026, 6, 8))
#: What the Citation File Format 1.2.0 requires, and the keys it knows of a reference used here.
REQUIRED = {"cff-version", "message", "title", "authors"}
REFERENCE = {"type", "title", "authors", "url", "notes"}


def test_the_projects_citation_is_of_this_version_and_names_nobody() -> None:
    said = project()
    assert said.keys() >= REQUIRED and said["cff-version"] == "1.2.0" and said["type"] == "software"
    assert said["authors"] == [{"name": "Statecraft contributors"}]
    stated = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (said["version"], said["license"]) == (stated["version"], stated["license"])
    assert "license: Apache-2.0" in ROOT_CITATION.read_text(encoding="utf-8")


def test_a_release_cites_its_build_its_day_and_every_source() -> None:
    said = yaml.safe_load(BUILD.cff(all_specs()))
    assert said.keys() >= REQUIRED and said["type"] == "dataset"
    assert said["date-released"] == "2026-06-08" and isinstance(said["date-released"], str)
    assert said["identifiers"][0]["value"] == BUILD.build_id
    assert len(said["references"]) == len(all_specs()) == len(source_lines())
    for reference in said["references"]:
        assert reference.keys() <= REFERENCE and reference.keys() >= REFERENCE - {"url"}
        assert reference.get("url", "https://").startswith("http")


def test_one_line_and_bibtex_name_the_build() -> None:
    assert BUILD.sentence.startswith("Statecraft contributors (2026). Statecraft: ")
    assert BUILD.sentence.endswith(f"build {BUILD.build_id} [Data set].")
    entry = BUILD.bibtex()
    assert re.match(r"@misc\{statecraft_\w+,\n", entry) and entry.count("{") == entry.count("}")
    assert "month        = jun," in entry and "year         = {2026}" in entry
