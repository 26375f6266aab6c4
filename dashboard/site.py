"""All pages, in the order of the navigation.

Belongs here: which pages there are. Does not belong here: what they say (pages/).
"""

from __future__ import annotations

from dashboard.pages import (
    Page,
    act,
    dependence,
    duties,
    entry,
    estimates,
    ledger,
    lists,
    overview,
    predictability,
    provenance,
    scenarios,
)

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    duties.PAGE,
    ledger.PAGE,
    act.PAGE,
    lists.PAGE,
    entry.PAGE,
    predictability.PAGE,
    dependence.PAGE,
    estimates.PAGE,
    scenarios.PAGE,
    provenance.PAGE,
)
