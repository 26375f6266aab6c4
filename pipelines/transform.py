"""The models as Dagster assets.

Belongs here: building the work database from raw. Does not belong here: what must be built again (build_record.py),
calling dbt (dbt_command.py), SQL (models/), publishing (release.py).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from pipelines import dbt_command, intake, spark_tables
from pipelines.build_record import Choice, choose
from pipelines.errors import StatecraftError
from pipelines.lineage import MARTS, Lineage, raw_table
from pipelines.manifest import run_results
from pipelines.progress import counted, log, step
from pipelines.settings import Settings, load_settings


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


def transform_assets(manifest: Path) -> dg.AssetsDefinition:
    """The models and seeds as one multi-asset, each dbt test as an asset check."""

    @dbt_assets(manifest=manifest, dagster_dbt_translator=Translator(), name="transform")
    def transform(context: dg.AssetExecutionContext) -> Iterator[Any]:
        settings, lineage = load_settings(), Lineage.read(manifest)
        choice, translator = choose(settings, lineage), Translator()
        if choice.stale:
            with step("transform") as words:
                yield from build(settings, manifest, lineage, choice, context, translator)
                words.append(f"{counted(len(choice.stale), 'model')} of {len(lineage.nodes)} built and tested")
        else:
            yield from _events(lineage, [], context, translator)

    return transform


def build(
    settings: Settings,
    manifest: Path,
    lineage: Lineage,
    choice: Choice,
    context: dg.AssetExecutionContext,
    translator: Translator,
) -> Iterator[Any]:
    """Run `dbt build` over the stale models and keep the record. Raises when a model or an error-level test fails."""
    if choice.selection == []:
        choice.complete(settings, lineage)
        yield from _events(lineage, [], context, translator)
        return
    choice.begin(settings)
    command = ["build", "--exclude-resource-type", "unit_test"]
    if choice.full_refresh:
        command.append("--full-refresh")
    if choice.selection:
        command += ["--select", *choice.selection]
    ended: list[dict[str, Any]] = []

    def hear(result: dict[str, Any]) -> None:
        ended.append(result)
        node = lineage.nodes.get(result["data"]["node_info"]["unique_id"])
        if node and node["schema"] in MARTS and result["data"]["node_info"]["node_status"] == "success":
            log.info("%-30s %s", "  built", f"{node['schema']}.{node['name']}")

    done = dbt_command.invoke(settings, manifest, command, hear)
    wrong = [r for r in run_results(settings) if r["status"] in ("error", "fail")]
    failed = [f"{r['unique_id']}: {dbt_command.in_one_line(r['message'] or '')}" for r in wrong]
    if done and not failed:
        if settings.engine == "spark":
            spark_tables.expose(settings, lineage.marts)
        choice.complete(settings, lineage)
        yield from _events(lineage, ended, context, translator)
        return
    for result in ended:
        if result["data"]["node_info"]["unique_id"] not in lineage.nodes:  # tests
            yield from _of_dbt(lineage, result, context, translator)
    error = StatecraftError(
        "dbt did not build and test every model: " + ("; ".join(failed) or "see work/dbt_logs."),
        "The last release stands. Mend the model or the data the test names, then run `statecraft refresh` again.",
    )
    path = intake.record_incident(settings, "models", "transform", error)
    log.error("%s\nEvidence: %s", error, path)
    raise error


def _events(
    lineage: Lineage, ended: list[dict[str, Any]], context: dg.AssetExecutionContext, translator: Translator
) -> Iterator[Any]:
    """Dagster's events, upstream first, as it wants them: of what was built, of what stands as it was, of tests."""
    built = {result["data"]["node_info"]["unique_id"]: result for result in ended}
    for unique_id in lineage.in_order:
        key = translator.get_asset_key(lineage.nodes[unique_id])
        if unique_id in built:
            yield from _of_dbt(lineage, built.pop(unique_id), context, translator)
        elif key in context.selected_asset_keys:
            yield dg.Output(None, context.output_for_asset_key(key), metadata={"unchanged": True})
    for result in built.values():
        yield from _of_dbt(lineage, result, context, translator)


def _of_dbt(
    lineage: Lineage, result: dict[str, Any], context: dg.AssetExecutionContext, translator: Translator
) -> Iterator[Any]:
    event = DbtCoreCliEventMessage(raw_event=result, event_history_metadata={})
    yield from event.to_default_asset_events(lineage.manifest, translator, context)
