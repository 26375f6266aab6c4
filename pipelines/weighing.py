"""What has landed is judged while other sources still land: the judge has a process of its own, which is idle then.

Belongs here: when a judgement begins. Does not belong here: the judgement (landing_gate.py) and what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from pipelines import landing_gate
from pipelines.contract import SourceSpec
from pipelines.landing_gate import Judgement
from pipelines.settings import Settings

#: The one thread that asks the judge, while a run lasts that lands and judges in one process.
_asking: list[ThreadPoolExecutor] = []
#: Judgements begun and not yet asked for, by table.
_begun: dict[str, Future[Judgement]] = {}


@contextmanager
def ahead() -> Iterator[None]:
    """While it lasts, `begin` begins. What nobody asked for is forgotten at its end."""
    with ThreadPoolExecutor(1) as pool:
        _asking.append(pool)
        try:
            yield
        finally:
            _asking.remove(pool)
            pool.shutdown(wait=True, cancel_futures=True)
            _begun.clear()


def begin(settings: Settings, spec: SourceSpec) -> None:
    """Have the candidates of a source judged, all of whose things have landed."""
    for pool in _asking:
        _begun.update(
            {spec.table(thing): pool.submit(landing_gate.weigh, settings, spec, thing) for thing in spec.things}
        )


def weigh(settings: Settings, spec: SourceSpec, thing: str) -> Judgement:
    """The judgement on a table's candidates: the one that was begun, else a new one."""
    begun = _begun.pop(spec.table(thing), None)
    return begun.result() if begun else landing_gate.weigh(settings, spec, thing)
