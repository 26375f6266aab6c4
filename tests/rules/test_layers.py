"""Laws of direction: each layer reads the one before it, from the first model on and without exceptions.

Belongs here: what may read what. Does not belong here: how things are called (test_names.py).
"""

from __future__ import annotations

import re

from tests.rules.repository import LAYERS, models, seeds, yaml_entries

#: What each layer may read. Provenance describes the pipeline, not the world, so it has no facts in core to read.
MAY_READ = {
    "staging": set[str](),
    "intermediate": {"staging", "intermediate", "seed"},
    "core": {"intermediate"},
    "policy_events": {"core"},
    "trade_impact": {"core"},
    "provenance": {"intermediate"},
}


def test_every_model_stands_in_a_known_layer() -> None:
    assert {m.name: m.layer for m in models() if m.layer not in LAYERS} == {}


def test_a_layer_reads_only_the_layer_before_it() -> None:
    layer_of = {model.name: model.layer for model in models()} | dict.fromkeys(seeds(), "seed")
    broken = [
        f"{model.name} ({model.layer}) reads {ref} ({layer_of.get(ref, 'unknown')})"
        for model in models()
        for ref in model.refs
        if layer_of.get(ref) not in MAY_READ[model.layer]
    ]
    assert broken == []


def test_provenance_reads_only_what_describes_the_pipeline() -> None:
    broken = [
        f"{model.name} reads {ref}"
        for model in models()
        for ref in model.refs
        if model.layer == "provenance" and not ref.startswith("int_provenance__")
    ]
    assert broken == []


def test_only_staging_reads_raw_and_reads_one_table() -> None:
    for model in models():
        reads = re.findall(r"raw_parquet\('(\w+)', '(\w+)'\)", model.sql)
        if model.layer == "staging":
            assert [f"stg_{source}__{thing}" for source, thing in reads] == [model.name], model.name
        else:
            assert reads == [], model.name
        assert "source(" not in model.code, f"{model.name} names a source itself"


def test_staging_renames_and_casts_and_nothing_else() -> None:
    forbidden = re.compile(r"\b(join|union|group by|distinct|over \(|where)\b")
    assert {
        m.name: forbidden.findall(m.code) for m in models() if m.layer == "staging" and forbidden.search(m.code)
    } == {}


def test_every_raw_table_has_one_staging_view() -> None:
    declared = {
        f"stg_{source['name']}__{table['name'].removeprefix('raw_' + source['name'] + '__')}"
        for source in yaml_entries("sources").values()
        for table in source["tables"]
    }
    assert declared == {model.name for model in models() if model.layer == "staging"}


def test_every_intermediate_model_is_read() -> None:
    read = {ref for model in models() for ref in model.refs}
    unread = [m.name for m in models() if m.layer == "intermediate" and m.name not in read]
    assert unread == []
