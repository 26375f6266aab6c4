"""Country-codes CSV -> ISO 3166 two- and three-letter codes with the United Nations' English name.

Belongs here: which of its many columns are used. Does not belong here: trading partners (census_schedule_c).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.formats.reference import read_table, refuse_misshapen, single_file, whole_vintage

THING = "countries"
_USED = {"ISO3166-1-Alpha-2": "iso2", "ISO3166-1-Alpha-3": "iso3", "official_name_en": "country_name"}


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the whole list. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    countries = read_table(file, spec, _USED)
    refuse_misshapen(countries, {"iso2": "[A-Z]{2}", "iso3": "[A-Z]{3}"}, file, spec.name)
    yield whole_vintage(delivery, spec, THING, countries)
