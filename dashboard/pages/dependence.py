"""Dependence: where supply hangs on one country, and what is bought under another's export controls."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.asking import Ask, Asked, Choice, Option
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from dashboard.pages.choices import act, years
from pipelines.files import sql_text
from pipelines.headlines import headline_on
from pipelines.pictures.dependence import Supplier
from pipelines.pictures.dependence import dependence as drawn

#: What a whole card leaves to the areas: names are cut to fit them.
AREAS_WIDTH = 1210
#: Whole years of imports by ten-digit line.
YEARS = years("period_start", "trade_impact.supplier_dependence", "period_months = 12 and product_level = 'HTS10'")


def groups(ask: Ask) -> Sequence[Option]:
    """Groups of goods, those with parts first. A part of the name of another group says what it is a part of."""
    found = ask("""
with groups as (
    select group_code, any_value(group_name) as name, any_value(parent_group_code) as parent_group_code
    from core.bridge_product_group
    group by group_code
)
select groups.group_code,
    case
        when count(*) over (partition by groups.name) > 1 and parents.name is not null
            then groups.name || ', of ' || lower(parents.name)
        else groups.name
    end as shown_name
from groups
left join groups as parents on groups.parent_group_code = parents.group_code
order by groups.parent_group_code is not null, shown_name""")
    return list(found.iter_rows())


def areas(asked: Asked) -> Card:
    """Imports of a group as areas."""
    return of_picture(
        drawn(asked.ask, asked["group"], int(asked["year"]), Supplier(asked["supplier"]), AREAS_WIDTH), height=512
    )


def parts(asked: Asked) -> Card:
    """Groups and their concentration: a headline number."""
    sql = f"""
select product_name, import_value_consumption_usd, top_partner_name, top_share, china_share, hhi, effective_suppliers,
    is_dependent, product_code
from (
{headline_on("dependence", asked.today)}
) as goods
where year_start = date '{asked["year"]}-01-01'
order by top_share desc nulls last, product_code""".strip()
    frame = asked.ask(sql)
    flagged = int(frame["is_dependent"].sum() or 0)
    return Card(
        f"Groups of goods by the share of their largest supplier, {asked['year']}",
        f"{flagged} of {frame.height} are dependent: more than half from one supplier, and an HHI above 4,000. Not"
        " among them: advanced technology, which holds goods of other groups (choose it above).",
        sql,
        frame,
        shown=(
            "product_name",
            "import_value_consumption_usd",
            "top_partner_name",
            "top_share",
            "china_share",
            "hhi",
            "effective_suppliers",
            "is_dependent",
        ),
        labels={
            "product_name": "Goods",
            "import_value_consumption_usd": "Imports",
            "top_partner_name": "Largest supplier",
            "top_share": "Its share",
            "china_share": "China's share",
            "effective_suppliers": "Effective suppliers",
            "is_dependent": "Dependent",
        },
        links={"product_name": lambda row: asked.address("/dependence", group=row["product_code"])},
        rows=20,
    )


def lines(asked: Asked) -> Card:
    """The ten-digit lines of the group that hang on one supplier."""
    sql = f"""
select goods.product_code as hts10, trim(regexp_extract(goods.product_name, '[^>]*$')) as goods,
    goods.import_value_consumption_usd, partners.partner_name as largest_supplier, goods.top_share, goods.china_share,
    goods.hhi
from trade_impact.supplier_dependence as goods
left join core.dim_partner as partners on goods.top_partner_code = partners.partner_code
where goods.product_level = 'HTS10' and goods.period_months = 12 and goods.is_dependent
    and goods.period_start = date '{asked["year"]}-01-01' and exists (
        select 1 from core.bridge_product_group as codes
        where {sql_text(asked["group"])} in (codes.group_code, codes.parent_group_code)
            and starts_with(goods.product_code, codes.product_code)
    )
order by goods.import_value_consumption_usd desc, goods.product_code""".strip()
    frame = asked.ask(sql)
    return Card(
        "Lines of the group that hang on one supplier",
        f"{frame.height} ten-digit lines are dependent; largest imports first.",
        sql,
        frame,
        labels={"import_value_consumption_usd": "Imports", "top_share": "Its share", "china_share": "China's share"},
        links={"hts10": lambda row: f"/duties?line={row['hts10']}"},
        rows=15,
        nothing="No line of this group is dependent.",
    )


def controlled(asked: Asked) -> Card:
    """What is bought of goods under export controls of others: codes that hold nothing else, each on its own."""
    sql = """
select controls.action_id, acts.title, controls.commodity, controls.product_code, controls.period_start,
    controls.days_in_force_count, controls.value_usd, controls.total_value_usd, controls.controlled_share
from trade_impact.exposed_to_controls as controls
inner join core.dim_action as acts on controls.action_id = acts.action_id
where controls.period_months = 12 and controls.measure = 'import_value_consumption_usd'
    and controls.importer_code = 'US' and not controls.has_other_goods and controls.product_code <> 'ALL'
order by controls.period_start desc, controls.value_usd desc nulls last, controls.action_id, controls.provision_id,
    controls.product_code""".strip()
    frame = asked.ask(sql)
    before = frame.filter(frame["days_in_force_count"] == 0).height
    return Card(
        "Bought from a country that controls its export",
        "US imports, in whole years, of codes that hold nothing but goods an act controls, from the country that made"
        f" it. On no day of the year was the control in force in {before} of {frame.height} rows. A code two acts"
        " control stands under each: rows do not add up.",
        sql,
        frame,
        shown=(
            "title",
            "commodity",
            "product_code",
            "period_start",
            "days_in_force_count",
            "value_usd",
            "controlled_share",
        ),
        labels={
            "title": "Act",
            "product_code": "Code",
            "period_start": "Year",
            "days_in_force_count": "Days in force",
            "value_usd": "Imports from it",
            "controlled_share": "Its share",
        },
        words={"period_start": lambda day: str(day.year)},
        links={"title": act},
        rows=15,
        nothing="No whole year of goods under controls is held.",
    )


PAGE = Page(
    address="/dependence",
    name="Dependence",
    title="Where supply hangs on one country",
    question="US imports by group of goods: who sells them, how concentrated that is, and under whose controls.",
    filters=(
        Choice("group", "Group of goods", groups, "critical_minerals"),
        Choice("year", "Imports of", YEARS),
        Choice("supplier", "Coloured by", [("china", "China's share"), ("largest", "largest supplier's share")]),
    ),
    cards={"areas": areas, "parts": parts, "lines": lines, "controlled": controlled},
)
