"""The models as Dagster assets.

Belongs here: building the work database from raw, and having estimates made as soon as what they rest on stands.
Does not belong here: what must be built again (build_record.py), estimates themselves (estimation/), calling dbt
(dbt_command.py), SQL (models/), publishing (release.py).
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from pipelines import dbt_command, estimation_assets, intake, mending, spark_tables
from pipelines.build_record import Choice, choose
from pipelines.errors import StatecraftError
from pipelines.estimation import tables as estimation
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
        translator, choice = Translator(), choose(settings, lineage)
        if choice.is_empty and estimation.is_current(settings, lineage):
            yield from _events(lineage, [], context, translator)
            return
        ended: list[dict[str, Any]] = []
        with step("transform") as words, mending.reading_work(settings):
            built = 0
            while not (choice.is_empty and estimation.is_current(settings, lineage)):
                if choice.is_empty:
                    estimation_assets.make(settings, lineage, context)
                    choice = choose(settings, lineage)
                    continue
                try:
                    build(settings, manifest, lineage, choice, ended.append)
                except StatecraftError:
                    for result in ended:
                        if result["data"]["node_info"]["unique_id"] not in lineage.nodes:  # tests
                            yield from _of_dbt(lineage, result, context, translator)
                    raise
                built += len(choice.stale)
                choice = choose(settings, lineage)
            yield from _events(lineage, ended, context, translator)
            words.append(f"{counted(built, 'model')} of {len(lineage.nodes)} built and tested")

    return transform


def build(
    settings: Settings,
    manifest: Path,
    lineage: Lineage,
    choice: Choice,
    on_result: Callable[[dict[str, Any]], object],
) -> None:
    """Run `dbt build` over what one wave builds and keep the record.

    on_result gets dbt's event of each model and test that ended. Raises StatecraftError when a model or an error-level
    test fails.
    """
    if choice.selection == []:
        choice.complete(settings, lineage)
        return
    choice.begin(settings)
    command = ["build", "--exclude-resource-type", "unit_test"]
    if choice.full_refresh:
        command.append("--full-refresh")
    if choice.selection:
        command += ["--select", *choice.selection]
    if choice.excluded:
        command += ["--exclude", *choice.excluded]

    def hear(result: dict[str, Any]) -> None:
        on_result(result)
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
        return
    error = StatecraftError(
        "dbt did not build and test every model: " + ("; ".join(failed) or "see work/dbt_logs."),
        "The last release stands. Mend the model or the data the test names, then run `statecraft refresh` again.",
    )
    if not mending.is_of_damage(error):  # else it is told with what is done about it
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
