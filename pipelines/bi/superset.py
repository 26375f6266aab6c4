"""A dashboard for Apache Superset: a ZIP of YAML that `superset import-dashboards` or its page takes in.

Belongs here: Superset's words for charts.yml and the headline numbers. Does not belong here: SQL; a dataset is a
headline number, word for word, or its view in PostgreSQL.

Ids are made of names, and dates are fixed: the same release gives the same bytes. `import-dashboards` leaves charts and
datasets that are already there as they are; docs/bi/superset.md says how to bring a newer bundle in over them.
"""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import StatecraftError
from pipelines.files import replace_file
from pipelines.headlines import SCHEMA, Headline, headlines

CHARTS = Path(__file__).with_name("charts.yml")
FOLDER, DATABASE, TITLE = "statecraft", "Statecraft", "Economic statecraft: headline numbers"
VERSION = "1.0.0"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "statecraft/superset")
_NO_DAY = (2000, 1, 1, 0, 0, 0)
_GENERIC = {
    "VARCHAR": "STRING",
    "DATE": "DATE",
    "DOUBLE": "FLOAT",
    "BIGINT": "BIGINT",
    "INTEGER": "INTEGER",
    "BOOLEAN": "BOOLEAN",
}
_HEIGHTS, _HEIGHT, _ROW_WIDTH = {"ladder": 70, "rows": 60}, 50, 12
_VIZ = {
    "number": "big_number_total",
    "area": "echarts_area",
    "bars": "echarts_timeseries_bar",
    "lines": "echarts_timeseries_line",
    "ladder": "pivot_table_v2",
    "rows": "table",
}

#: Headline -> column -> DuckDB's type.
Kinds = Mapping[str, Mapping[str, str]]


@cache
def charts() -> tuple[dict[str, Any], ...]:
    """The charts as charts.yml states them."""
    return tuple(yaml.safe_load(CHARTS.read_text(encoding="utf-8"))["charts"])


def write_bundle(path: Path, uri: str, kinds: Kinds) -> int:
    """Write the bundle for the database at this address, which holds no password. Returns the number of charts."""
    if path.suffix != ".zip":
        raise StatecraftError("Superset imports .zip files.", "Name one: -o statecraft-superset.zip.")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, document in sorted(documents(uri, kinds).items()):
            text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
            bundle.writestr(zipfile.ZipInfo(f"{FOLDER}/{name}", _NO_DAY), text)
    replace_file(path, packed.getvalue())
    return len(charts())


def documents(uri: str, kinds: Kinds) -> dict[str, dict[str, Any]]:
    """Every file of the bundle, by its path."""
    used = {chart["headline"] for chart in charts()}
    made: dict[str, dict[str, Any]] = {
        "metadata.yaml": {"version": VERSION, "type": "Dashboard", "timestamp": "2000-01-01T00:00:00+00:00"},
        f"databases/{DATABASE}.yaml": _database(uri),
        "dashboards/statecraft.yaml": _dashboard(),
    }
    for headline in headlines():
        if headline.name in used:
            by_view = uri.startswith("postgresql")
            made[f"datasets/{DATABASE}/{headline.name}.yaml"] = _dataset(headline, kinds[headline.name], by_view)
    for chart in charts():
        made[f"charts/{chart['name']}.yaml"] = _chart(chart)
    return made


def _id(kind: str, name: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{kind}/{name}"))


def _database(uri: str) -> dict[str, Any]:
    closed = dict.fromkeys(("allow_run_async", "allow_ctas", "allow_cvas", "allow_dml"), False)
    return {
        "database_name": DATABASE,
        "sqlalchemy_uri": uri,
        "cache_timeout": 0,
        "expose_in_sqllab": True,
        **closed,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": _id("database", DATABASE),
        "version": VERSION,
    }


def _dataset(headline: Headline, kinds: Mapping[str, str], by_view: bool) -> dict[str, Any]:
    dated = [name for name, kind in kinds.items() if kind == "DATE"]
    metrics = {
        expression: words
        for chart in charts()
        if chart["headline"] == headline.name
        for words, expression in chart.get("metrics", {}).items()
    }
    return {
        "table_name": headline.name,
        "main_dttm_col": dated[0] if dated else None,
        "description": headline.title,
        "schema": SCHEMA if by_view else None,
        "sql": None if by_view else headline.sql,
        "params": None,
        "metrics": [
            {"metric_name": words, "verbose_name": words, "metric_type": None, "expression": expression}
            for expression, words in metrics.items()
        ],
        "columns": [
            {
                "column_name": name,
                "verbose_name": None,
                "description": words,
                "type": _GENERIC.get(kinds[name], kinds[name]),
                "is_dttm": name in dated,
                "is_active": True,
                "groupby": True,
                "filterable": True,
                "expression": None,
                "python_date_format": None,
            }
            for name, words in headline.columns.items()
        ],
        "uuid": _id("dataset", headline.name),
        "version": VERSION,
        "database_uuid": _id("database", DATABASE),
    }


def _chart(chart: Mapping[str, Any]) -> dict[str, Any]:
    viz = _VIZ[chart["kind"]]
    return {
        "slice_name": chart["title"],
        "viz_type": viz,
        "params": {"viz_type": viz, "adhoc_filters": _filters(chart), **_params(chart)},
        "cache_timeout": None,
        "uuid": _id("chart", chart["name"]),
        "version": VERSION,
        "dataset_uuid": _id("dataset", chart["headline"]),
    }


def _filters(chart: Mapping[str, Any]) -> list[dict[str, Any]]:
    asked = {"clause": "WHERE", "expressionType": "SIMPLE", "operator": "IS TRUE", "comparator": None}
    return [{**asked, "subject": chart["only"]}] if "only" in chart else []


def _params(chart: Mapping[str, Any]) -> dict[str, Any]:
    """A chart in the words of its kind; metrics are the dataset's own, by name."""
    kind, limit = chart["kind"], chart.get("limit", 10_000)
    metrics, shape = list(chart.get("metrics", {})), chart.get("format")
    if kind == "number":
        return {"metric": metrics[0], "y_axis_format": shape, "header_font_size": 0.4}
    if kind == "ladder":
        by = {"groupbyRows": chart["rows"], "groupbyColumns": [chart["by"]]}
        dated = {"temporal_columns_lookup": {chart["by"]: True}, "time_grain_sqla": "P1Y", "date_format": "%Y"}
        order = {"rowOrder": "key_a_to_z", "colOrder": "key_a_to_z", "aggregateFunction": "Maximum"}
        return {**by, **dated, **order, "metrics": metrics, "valueFormat": shape, "row_limit": limit}
    if kind == "rows":
        column, ascending = chart["order"]
        dollars = {name: {"d3NumberFormat": "$,.3s"} for name in chart["columns"] if name.endswith("_usd")}
        asked = {"query_mode": "raw", "all_columns": chart["columns"], "row_limit": limit, "column_config": dollars}
        # Superset keeps this pair as text.
        return {**asked, "order_by_cols": [json.dumps([column, ascending])], "table_timestamp_format": "%Y-%m-%d"}
    dated_axis = chart["x"] != "product_name"
    drawn = {
        "x_axis": chart["x"],
        "metrics": metrics,
        "groupby": [chart["by"]] if "by" in chart else [],
        "y_axis_format": shape,
        "row_limit": limit,
        "show_legend": bool("by" in chart or len(metrics) > 1),
        "rich_tooltip": True,
        "tooltipTimeFormat": "%Y-%m-%d",
    }
    if dated_axis:
        drawn |= {"time_grain_sqla": None, "x_axis_time_format": "%Y"}
    else:
        drawn |= {"orientation": "horizontal", "x_axis_sort": metrics[0], "x_axis_sort_asc": True, "order_desc": True}
    return drawn | ({"stack": "Stack", "opacity": 0.8} if kind in ("area", "bars") and dated_axis else {})


def _dashboard() -> dict[str, Any]:
    return {
        "dashboard_title": TITLE,
        "description": "Headline numbers of Statecraft; each is a saved query of docs/queries/headline.",
        "css": "",
        "slug": "statecraft",
        "published": True,
        "uuid": _id("dashboard", FOLDER),
        "position": _position(),
        "metadata": {"color_scheme": "supersetColors", "refresh_frequency": 0, "cross_filters_enabled": False},
        "version": VERSION,
    }


def _position() -> dict[str, Any]:
    """Superset's grid: rows of twelve columns, filled in the order of charts.yml."""
    rows = [f"ROW-{number}" for number, _ in enumerate(_rows())]
    made: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"id": "ROOT_ID", "type": "ROOT", "children": ["GRID_ID"]},
        "GRID_ID": {"id": "GRID_ID", "type": "GRID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"id": "HEADER_ID", "type": "HEADER", "meta": {"text": TITLE}},
    }
    for row, held in zip(rows, _rows(), strict=True):
        parents, children = ["ROOT_ID", "GRID_ID"], [f"CHART-{chart['name']}" for chart in held]
        meta: dict[str, Any] = {"background": "BACKGROUND_TRANSPARENT"}
        made[row] = {"id": row, "type": "ROW", "children": children, "parents": parents, "meta": meta}
        for child, chart in zip(children, held, strict=True):
            meta = {
                "uuid": _id("chart", chart["name"]),
                "chartId": charts().index(chart) + 1,
                "height": _HEIGHTS.get(chart["kind"], _HEIGHT),
            }
            meta |= {"width": chart["width"], "sliceName": chart["title"]}
            made[child] = {"id": child, "type": "CHART", "children": [], "parents": [*parents, row], "meta": meta}
    return made


def _rows() -> Iterator[list[dict[str, Any]]]:
    row: list[dict[str, Any]] = []
    for chart in charts():
        if sum(c["width"] for c in row) + chart["width"] > _ROW_WIDTH:
            yield row
            row = []
        row.append(chart)
    yield row
