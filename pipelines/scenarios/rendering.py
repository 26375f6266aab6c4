"""The models of models/ as plain SQL for one DuckDB session, without dbt: the same text, over other relations.

Belongs here: rendering a model file. Does not belong here: which models are run, and over what (computing.py).

A user's scenario is worked out over a released file and changes no warehouse, so there is nothing for dbt to build. The
models and macros are read as they are; only what dbt supplies is supplied here: refs, variables, DuckDB's dialect.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.settings import PROJECT_ROOT

#: Files of macros/ that models of tariffs and scenarios use.
MACROS = ("dialect.sql", "intervals.sql", "scenario.sql", "tariff.sql", "tariff_cell.sql", "tariff_sets.sql")


def rendered(model: str, relations: Callable[[str], str]) -> str:
    """The SQL of a model. relations: the name of a model it reads -> what to read in its place."""
    environment = _environment()
    text = (_macros() + "\n{#- -#}\n" + _model_file(model).read_text(encoding="utf-8")).strip()
    return environment.from_string(text).render(ref=relations).strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PROJECT_ROOT / "macros"),
        extensions=["jinja2.ext.do"],
        undefined=StrictUndefined,
        autoescape=False,
    )
    variables = yaml.safe_load((PROJECT_ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    environment.globals.update(config=lambda **_: "", var=variables.__getitem__, **{"return": lambda value: value})
    return environment


@cache
def _macros() -> str:
    """The macros, with each dispatched call already DuckDB's."""
    texts = [(PROJECT_ROOT / "macros" / name).read_text(encoding="utf-8") for name in MACROS]
    return re.sub(r"adapter\.dispatch\('(\w+)'\)", r"duckdb__\1", "\n".join(texts))


@cache
def _model_file(model: str) -> Path:
    [path] = (PROJECT_ROOT / "models").rglob(f"{model}.sql")
    return path


def model_refs(model: str) -> set[str]:
    """Names of the models a model reads."""
    return set(re.findall(r"\bref\(\s*'(\w+)'\s*\)", _model_file(model).read_text(encoding="utf-8")))
