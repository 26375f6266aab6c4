"""Whether a refresh would change anything, told in a second without starting Dagster or dbt.

Belongs here: comparing what is wanted with what is on record, room by room.
Does not belong here: doing anything about it. Where in doubt, there is news.
"""

from __future__ import annotations

from pipelines import release
from pipelines.contract import all_specs
from pipelines.intake import Origin, has_news
from pipelines.landing import Landing
from pipelines.lineage import Lineage
from pipelines.manifest import current_manifest
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse


def anything_to_do(settings: Settings, source: str, only: list[str]) -> bool:
    """True unless every room already holds what this refresh would leave there."""
    origin, specs = Origin.named(source, settings), all_specs()
    if any(has_news(settings, spec, origin) for name, spec in specs.items() if not only or name in only):
        return True
    if Landing(settings).vintages(status="candidate"):
        return True
    warehouse = Warehouse(settings)
    if not all(warehouse.is_current(spec, thing) for spec in specs.values() for thing in spec.things):
        return True
    manifest, published = current_manifest(), release.releases(settings)
    if manifest is None or not published or release.latest(settings) is None:
        return True
    state, _ = release.wanted_state(settings, Lineage.read(manifest))
    return state != published[0].state
