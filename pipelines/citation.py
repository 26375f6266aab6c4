"""How a release is cited: from CITATION.cff at the project's root, with the build, its day and its sources.

Belongs here: the citation as CFF, BibTeX and a sentence. Does not belong here: writing a release (release.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from pipelines.contract import SourceSpec, all_specs
from pipelines.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from pipelines.release import Release

ROOT_CITATION = PROJECT_ROOT / "CITATION.cff"


@dataclass(frozen=True)
class Citation:
    """One build and the day it was made."""

    build_id: str
    made_on: date

    @property
    def sentence(self) -> str:
        """One line to paste."""
        said = project()
        return (
            f"{said['authors'][0]['name']} ({self.made_on.year}). {said['title']}. Version {said['version']},"
            f" build {self.build_id} [Data set]."
        )

    def bibtex(self) -> str:
        """An entry for BibTeX: @misc, which every style knows."""
        said = project()
        return "\n".join(
            (
                f"@misc{{statecraft_{self.build_id.replace('-', '_')},",
                f"  author       = {{{{{said['authors'][0]['name']}}}}},",
                f"  title        = {{{{{said['title']}}}}},",
                f"  year         = {{{self.made_on.year}}},",
                f"  month        = {self.made_on:%b}".lower() + ",",
                f"  howpublished = {{Data set, version {said['version']}, build {self.build_id}}},",
                f"  note         = {{Licence: {said['license']}}}",
                "}",
            )
        )

    def cff(self, specs: dict[str, SourceSpec]) -> str:
        """The release's own CITATION.cff: what is cited, and the sources as its references."""
        said = {
            **project(),
            "type": "dataset",
            "date-released": self.made_on.isoformat(),
            "identifiers": [{"type": "other", "value": self.build_id, "description": "Build of this release."}],
            "references": [_reference(spec) for spec in specs.values()],
        }
        return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=120)


def of_release(release: Release) -> Citation:
    return Citation(release.build_id, release.created_at.date())


@cache
def project() -> dict[str, Any]:
    """CITATION.cff of the project: what holds for every build of it."""
    said: dict[str, Any] = yaml.safe_load(ROOT_CITATION.read_text(encoding="utf-8"))
    return said


def _reference(spec: SourceSpec) -> dict[str, Any]:
    """A source as it is cited: its publisher is its author; its licence a note, for CFF's own key takes SPDX only."""
    reference: dict[str, Any] = {"type": "data", "title": spec.title, "authors": [{"name": spec.publisher}]}
    if spec.homepage.startswith("http"):
        reference["url"] = spec.homepage
    return {**reference, "notes": f"Licence: {spec.licence}"}


def source_lines() -> list[str]:
    """One line a source, for who cites the publishers themselves."""
    return [f"{spec.publisher}: {spec.title}. {spec.homepage}" for spec in all_specs().values()]
