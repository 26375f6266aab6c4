"""Series of trade and tariffs as SDMX-CSV 2.0, with a structure file that describes them.

Belongs here: which series, and under which codes. Does not belong here: the structure's XML (sdmx_structure.py).

Codes other systems know: partners by ISO 3166 (two letters; `SC` and the Schedule C number where ISO has no code),
periods as SDMX writes them, goods by level and number or by edition of the Harmonized System. `_T` is a total.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.citation import of_release
from pipelines.errors import StatecraftError
from pipelines.export import delimited
from pipelines.export.subject import KINDS, Field, Subject
from pipelines.files import sql_text
from pipelines.query import run_query
from pipelines.release import Release
from pipelines.settings import Settings

AGENCY, VERSION = "STATECRAFT", "1.0.0"
EDITIONS = ("HS2012", "HS2017", "HS2022")
TOTAL = "_T"


@dataclass(frozen=True)
class Component:
    """A dimension or attribute. codes: id -> name; none where any text stands (of an attribute: or a date)."""

    id: str
    description: str
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """One dataflow: its dimensions in order, its attributes, and the query that yields a column for each."""

    id: str
    title: str
    dimensions: list[Component]
    attributes: list[Component]
    sql: str

    @property
    def reference(self) -> str:
        return f"{AGENCY}:{self.id}({VERSION})"


_MONTHLY = {"M": "Monthly", "A": "Annual"}
_TRADE_MEASURES = {
    "import_value_consumption_usd": "Imports for consumption, customs value",
    "import_value_general_usd": "General imports, customs value",
    "dutiable_value_usd": "Imports for consumption subject to duty, customs value",
    "calculated_duty_usd": "Duty calculated at entry",
    "import_charges_usd": "Freight, insurance and other charges on imports",
    "export_value_fas_usd": "Exports, free-alongside-ship value",
}
_RATE_MEASURES = {
    "effective_rate": "Statutory rate at the stated shares, weighted by imports",
    "unclaimed_rate": "The same with no preference claimed",
    "tri_rate": "Root of the weighted mean square rate (Anderson and Neary)",
}
_CLASSIFICATIONS = {
    "ALL": "All goods",
    "HS2": "Harmonized System, chapter",
    "HS4": "Harmonized System, heading",
    "HS6": "Harmonized System, subheading, in the edition of the period",
    "HTS8": "Harmonized Tariff Schedule of the United States, eight digits",
    "HTS10": "Harmonized Tariff Schedule of the United States, ten digits",
    "SB10": "Schedule B (exports), ten digits",
    "NAICS3": "North American Industry Classification, subsector",
    "NAICS6": "North American Industry Classification, industry",
    **{edition: f"Harmonized System, edition of {edition[2:]}, subheading" for edition in EDITIONS},
}
_STATUS = Component(
    "OBS_STATUS",
    "Provisional: the publisher will still revise the year. Forecast: a month not over on the day of the release.",
    {"A": "Normal value", "P": "Provisional value", "F": "Forecast value"},
)
_UNITS = {"USD": "US dollars", "FRACTION": "Fraction of customs value"}


def _partner(settings: Settings, release: Release) -> tuple[Component, str]:
    """The codes of partners, and the query that gives each Schedule C code its own."""
    coded = f"""
        select
            partner_code,
            partner_name,
            case
                when iso3 is not null and count(*) over (partition by iso2) = 1 then iso2 else 'SC' || partner_code
            end as code
        from core.dim_partner
        union all select 'ALL', 'All partners', {sql_text(TOTAL)}
    """
    found = run_query(settings, release.database, f"{coded} order by 3")
    codes = dict(found.select("code", "partner_name").iter_rows())
    return Component("PARTNER", "Trading partner of the United States: ISO 3166 two-letter code.", codes), coded


def trade(settings: Settings, release: Release, known_on: date, edition: str | None = None) -> Flow:
    """What is reported of trade, as known on a day; with an edition, at six digits of that edition."""
    partner, coded = _partner(settings, release)
    day = sql_text(known_on)
    if edition is not None and edition not in EDITIONS:
        raise StatecraftError(
            f"There is no edition {edition!r} of the Harmonized System.", f"Held: {', '.join(EDITIONS)}."
        )
    if edition:
        rows = f"""
            select *, {sql_text(edition)} as product_level, hs6 as product_code,
                cast(null as boolean) as is_provisional, null as known_from, basis
            from core.trade_in_hs_edition({sql_text(edition)}, known_on := date {day})
        """
    else:
        rows = f"""
            select *, null as basis from core.fct_trade_flow
            where known_from <= date {day} and date {day} < known_to
        """
    sql = f"""
        select
            case flows.period_months when 1 then 'M' when 12 then 'A' end as FREQ,
            case flows.flow when 'import' then 'M' else 'X' end as FLOW,
            partners.code as PARTNER,
            flows.product_level as CLASSIFICATION,
            case flows.product_code when 'ALL' then {sql_text(TOTAL)} else flows.product_code end as PRODUCT,
            upper(measures.name) as MEASURE,
            case flows.period_months
                when 1 then strftime(flows.period_start, '%Y-%m') else strftime(flows.period_start, '%Y')
            end as TIME_PERIOD,
            {_value(_TRADE_MEASURES, "flows")} as OBS_VALUE,
            'USD' as UNIT_MEASURE,
            case when flows.is_provisional then 'P' when not flows.is_provisional then 'A' end as OBS_STATUS,
            flows.known_from as KNOWN_FROM,
            flows.basis as BASIS
        from ({rows}) as flows
        inner join ({coded}) as partners using (partner_code)
        cross join (values {_names(_TRADE_MEASURES)}) as measures(name)
        where flows.period_months in (1, 12)
    """
    dimensions = [
        Component("FREQ", "Length of the period.", _MONTHLY),
        Component("FLOW", "Direction, seen from the United States.", {"M": "Imports", "X": "Exports"}),
        partner,
        Component("CLASSIFICATION", "Classification of goods and its depth.", _CLASSIFICATIONS),
        Component("PRODUCT", "Number in the classification, digits without dots; _T is all goods."),
        Component("MEASURE", "Which value.", {name.upper(): said for name, said in _TRADE_MEASURES.items()}),
    ]
    attributes = [
        Component("UNIT_MEASURE", "Unit of the value.", _UNITS),
        _STATUS,
        Component("KNOWN_FROM", "Day the publisher made this figure public."),
        Component("BASIS", "How firm a conversion between editions of the Harmonized System is."),
    ]
    return Flow("SC_TRADE", "Trade of the United States by partner and product", dimensions, attributes, sql)


def tariff(settings: Settings, release: Release) -> Flow:
    """Effective tariff rates at fixed trade by month; to come is what was to come on the day of the release."""
    partner, coded = _partner(settings, release)
    sql = f"""
        select
            'M' as FREQ,
            partners.code as PARTNER,
            rates.product_level as CLASSIFICATION,
            case rates.product_code when 'ALL' then {sql_text(TOTAL)} else rates.product_code end as PRODUCT,
            upper(measures.name) as MEASURE,
            cast(rates.weight_year as varchar) as WEIGHT_YEAR,
            strftime(rates.month, '%Y-%m') as TIME_PERIOD,
            {_value(_RATE_MEASURES, "rates")} as OBS_VALUE,
            'FRACTION' as UNIT_MEASURE,
            case when last_day(rates.month) >= date {sql_text(release.created_at.date())} then 'F' else 'A' end
                as OBS_STATUS
        from trade_impact.effective_tariff_monthly as rates
        inner join ({coded}) as partners using (partner_code)
        cross join (values {_names(_RATE_MEASURES)}) as measures(name)
    """
    dimensions = [
        Component("FREQ", "Length of the period.", _MONTHLY),
        partner,
        Component("CLASSIFICATION", "Classification of goods and its depth.", _CLASSIFICATIONS),
        Component("PRODUCT", "Number in the classification, digits without dots; _T is all goods."),
        Component("MEASURE", "Which rate.", {name.upper(): said for name, said in _RATE_MEASURES.items()}),
        Component("WEIGHT_YEAR", "Year whose imports weigh the rates."),
    ]
    attributes = [Component("UNIT_MEASURE", "Unit of the value.", _UNITS), _STATUS]
    return Flow("SC_TARIFF", "Effective US tariff rates at fixed trade", dimensions, attributes, sql)


def _value(measures: dict[str, str], table: str) -> str:
    whens = " ".join(f"when {sql_text(name)} then {table}.{name}" for name in measures)
    return f"case measures.name {whens} end"


def _names(measures: dict[str, str]) -> str:
    return ", ".join(f"({sql_text(name)})" for name in measures)


def write(settings: Settings, release: Release, flow: Flow, path: Path, where: str | None, timeout: float) -> int:
    """Write the series as SDMX-CSV 2.0, in the order of their keys and periods. A value not stated is no row."""
    condition = f" and ({where})" if where else ""
    key = ", ".join(component.id for component in flow.dimensions)
    columns = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(c.id for c in flow.dimensions), "TIME_PERIOD", "OBS_VALUE"]
    columns += [component.id for component in flow.attributes]
    sql = f"""
        select 'dataflow' as STRUCTURE, {sql_text(flow.reference)} as STRUCTURE_ID, 'I' as ACTION,
            {", ".join(columns[3:])}
        from ({flow.sql}) as series where OBS_VALUE is not null{condition}
        order by {key}, TIME_PERIOD
    """
    kinds = run_query(settings, release.database, f"describe {sql}")["column_type"]
    # Named as SDMX does: to DuckDB, KNOWN_FROM and known_from are one name.
    fields = [Field(name, KINDS.get(kind, "text")) for name, kind in zip(columns, kinds, strict=True)]
    subject = Subject(flow.id, flow.title, fields, [], sql, release, of_release(release))
    return delimited.write(settings, subject, path, timeout)
