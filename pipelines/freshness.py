"""How old what is held is, source by source, against how often its publisher speaks.

Belongs here: ages. Does not belong here: how they are shown (cli/status.py) or told (service/watch.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.contract import SourceSpec
from pipelines.landing import Landing
from pipelines.settings import Settings


@dataclass(frozen=True)
class Freshness:
    """One table of one source. age_days: since the newest vintage held was published; None where none is held."""

    table: str
    source: str
    held: int
    refused: int
    newest: str
    age_days: int | None
    stale_after_days: int

    @property
    def word(self) -> str:
        """none held, stale or fresh."""
        if self.age_days is None:
            return "none held"
        return "stale" if self.age_days > self.stale_after_days else "fresh"

    def words(self) -> str:
        """Why it is stale and what to do."""
        return (
            f"The newest vintage held is {self.newest}, {self.age_days} days old; its publisher usually speaks within"
            f" {self.stale_after_days}. Ask it: statecraft refresh --source live --only {self.source}."
        )


def freshness(settings: Settings, specs: Mapping[str, SourceSpec], today: date) -> list[Freshness]:
    """Every table of every source, in the order of the specs."""
    landing, found = Landing(settings), []
    for spec in specs.values():
        for thing in spec.things:
            vintages = landing.vintages(spec.table(thing))
            held = [v for v in vintages if v.status == "accepted"]
            found.append(
                Freshness(
                    table=spec.table(thing),
                    source=spec.name,
                    held=len(held),
                    refused=sum(v.status == "refused" for v in vintages),
                    newest=f"{held[-1].vintage_id} ({held[-1].known_on})" if held else "-",
                    age_days=(today - held[-1].known_on).days if held else None,
                    stale_after_days=spec.cadence.stale_after_days,
                )
            )
    return found


def stale(settings: Settings, specs: Mapping[str, SourceSpec], today: date) -> list[Freshness]:
    """Tables of which something is held, and nothing new has come for longer than is usual."""
    return [f for f in freshness(settings, specs, today) if f.word == "stale"]
