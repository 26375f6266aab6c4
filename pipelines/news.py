"""Whether a refresh would change anything, told in a second without starting Dagster or dbt.

Belongs here: comparing what is wanted with what is on record, room by room; the pipeline's own record is brought up to
date first. Does not belong here: doing anything about the rest. Where in doubt, there is news.
"""

from __future__ import annotations

from pipelines import own_tables, release
from pipelines.build_record import owes_tests
from pipelines.contract import SourceSpec, all_specs
from pipelines.estimation import tables as estimation
from pipelines.intake import Origin, has_news
from pipelines.landing import Landing
from pipelines.lineage import Lineage
from pipelines.manifest import current_manifest
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse


def sources_with_news(settings: Settings, source: str, only: list[str]) -> list[str]:
    """Names of sources that have something to land, to judge, or to bring up in raw."""
    origin, specs = Origin.named(source, settings), all_specs()
    landing, warehouse = Landing(settings), Warehouse(settings)
    waiting = {v.source for v in landing.vintages(status="candidate")}

    def has_any(spec: SourceSpec) -> bool:
        asked = not only or spec.name in only
        current = all(warehouse.is_current(spec, thing) for thing in spec.things)
        return spec.name in waiting or not current or (asked and has_news(settings, spec, origin))

    return [name for name, spec in specs.items() if has_any(spec)]


def is_published(settings: Settings) -> bool:
    """Whether the newest release is what raw, the pipeline's own record and the project's code make now."""
    manifest, published = current_manifest(), release.releases(settings)
    if manifest is None or not published or release.latest(settings) is None:
        return False
    lineage = Lineage.read(manifest)
    # A refused vintage changes no raw, and yet is on record.
    own_tables.write(settings, all_specs(), lineage)
    state, _ = release.wanted_state(settings, lineage)
    stands = state == published[0].state and not owes_tests(settings, lineage)
    return stands and estimation.is_current(settings, lineage)
