"""The choice of what must be built again, and the models as Dagster assets.

Belongs here: building the work database from raw. Does not belong here: calling dbt (dbt_command.py), SQL (models/),
publishing (release.py).

`work/built.json` records the fingerprint each model was last built with (lineage.py). A run builds the models whose
fingerprint differs, after striking them from the record, and writes the record when dbt has built and tested them all:
a run killed between leaves them stale, never half-trusted.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from pipelines import dbt_command, intake
from pipelines.errors import StatecraftError
from pipelines.files import read_json, write_json
from pipelines.lineage import MARTS, Lineage, raw_table
from pipelines.manifest import code_fingerprint, run_results
from pipelines.progress import counted, log, step
from pipelines.settings import Settings, load_settings
from pipelines.warehouse import Warehouse

#: Beyond this many stale models the selection is left out: dbt then builds everything.
SELECT_AT_MOST = 200
_CODE_KEY, _PLACE_KEY = "code", "place"


class Translator(DagsterDbtTranslator):
    """Names and groups: raw tables keep the keys of the assets that write them, marts are grouped by schema."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey(["raw", raw_table(dict(dbt_resource_props))])
        if dbt_resource_props["resource_type"] == "seed":
            return dg.AssetKey(["seeds", dbt_resource_props["name"]])
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        if dbt_resource_props["resource_type"] == "seed":
            return "seeds"
        schema: str = dbt_resource_props["schema"]
        return schema


def stale_models(settings: Settings, lineage: Lineage) -> tuple[list[str], dict[str, str]]:
    """Unique ids whose fingerprint differs from the last complete build, and all current fingerprints."""
    current, built = lineage.fingerprints(Warehouse(settings).state()), _built(settings)
    return [k for k, fingerprint in current.items() if built.get(k) != fingerprint], current


def _record(settings: Settings) -> Path:
    return settings.work / "built.json"


def _built(settings: Settings) -> dict[str, str]:
    """The record; empty where the work database is gone, or was built elsewhere: its views name raw files by place."""
    record = _record(settings)
    built = read_json(record) if record.exists() and settings.work_database.exists() else {}
    return built if built.get(_PLACE_KEY) == str(settings.raw) else {}


def transform_assets(manifest: Path) -> dg.AssetsDefinition:
    """The models and seeds as one multi-asset, each dbt test as an asset check."""

    @dbt_assets(manifest=manifest, dagster_dbt_translator=Translator(), name="transform")
    def transform(context: dg.AssetExecutionContext) -> Iterator[Any]:
        settings = load_settings()
        lineage = Lineage.read(manifest)
        stale, current = stale_models(settings, lineage)
        translator = Translator()
        # What stands is reported first: nothing unchanged lies downstream of anything stale.
        for unique_id in lineage.in_order:
            if unique_id not in stale:
                name = context.output_for_asset_key(translator.get_asset_key(lineage.nodes[unique_id]))
                yield dg.Output(None, name, metadata={"unchanged": True})
        if stale:
            with step("transform") as words:
                yield from build(settings, manifest, lineage, stale, current, context, translator)
                words.append(f"{counted(len(stale), 'model')} of {len(current)} built and tested")

    return transform


def build(
    settings: Settings,
    manifest: Path,
    lineage: Lineage,
    stale: list[str],
    current: dict[str, str],
    context: dg.AssetExecutionContext,
    translator: Translator,
) -> Iterator[Any]:
    """Run `dbt build` over the stale models and keep the record. Raises when a model or an error-level test fails."""
    kept = _built(settings)
    write_json(_record(settings), {k: v for k, v in kept.items() if k not in stale})
    command = ["build", "--exclude-resource-type", "unit_test"]
    code = code_fingerprint()
    if kept.get(_CODE_KEY) != code:  # rows an older rule made must not live on in incremental tables
        command.append("--full-refresh")
    if len(stale) < min(len(current), SELECT_AT_MOST):
        command += ["--select", *(lineage.nodes[k]["name"] for k in stale)]
    ended: list[dict[str, Any]] = []

    def hear(result: dict[str, Any]) -> None:
        ended.append(result)
        node = lineage.nodes.get(result["data"]["node_info"]["unique_id"])
        if node and node["schema"] in MARTS and result["data"]["node_info"]["node_status"] == "success":
            log.info("%-30s %s", "  built", f"{node['schema']}.{node['name']}")

    done = dbt_command.invoke(settings, manifest, command, hear)
    for result in ended:
        event = DbtCoreCliEventMessage(raw_event=result, event_history_metadata={})
        yield from event.to_default_asset_events(lineage.manifest, translator, context)
    failed = [f"{r['unique_id']}: {r['message']}" for r in run_results(settings) if r["status"] in ("error", "fail")]
    if not done or failed:
        error = StatecraftError(
            "dbt did not build and test every model: " + ("; ".join(failed) or "see work/dbt_logs."),
            "The last release stands. Mend the model or the data the test names, then run `statecraft refresh` again.",
        )
        path = intake.record_incident(settings, "models", "transform", error)
        log.error("%s\nEvidence: %s", error, path)
        raise error
    write_json(_record(settings), {**current, _CODE_KEY: code, _PLACE_KEY: str(settings.raw)})
