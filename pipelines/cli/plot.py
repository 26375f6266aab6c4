"""Commands that draw: `statecraft plot PICTURE`, each with the options its question has.

Belongs here: what a person types and where the file goes. Does not belong here: how a picture is drawn (pictures/).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from pipelines.action_life import find
from pipelines.explanation import line_named, partner_named
from pipelines.pictures.dependence import Supplier, dependence
from pipelines.pictures.duty_path import duty_path
from pipelines.pictures.effective_rate import effective_rate
from pipelines.pictures.event_study import event_study
from pipelines.pictures.ladder import ladder
from pipelines.pictures.listings import listings
from pipelines.pictures.moves import moves
from pipelines.pictures.path_travelled import path_travelled
from pipelines.pictures.picture import Picture, write
from pipelines.pictures.scenario_fan import scenario_fan
from pipelines.pictures.two_clocks import two_clocks
from pipelines.query import run_query
from pipelines.release import current
from pipelines.settings import load_settings

console = Console()
ALL = "ALL"
DAY = ["%Y-%m-%d"]
#: How far ahead of today the law is drawn where no last day is given.
AHEAD_DAYS = 183

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="File: .svg, .png, .html (opens offline) or .json (Vega-Lite).",
        dir_okay=False,
    ),
]
Data = Annotated[Path | None, typer.Option("--data", help="Also write the figures drawn, as CSV.", dir_okay=False)]
ShowSql = Annotated[bool, typer.Option("--sql", help="Print the query behind the picture, and draw nothing.")]
Partner = Annotated[str, typer.Option(help="ISO code, Schedule C code or name; ALL for the world.")]

app = typer.Typer(
    name="plot",
    help="Draw a picture of the latest release: SVG, PNG, or HTML that opens offline.\n\n"
    "Example: statecraft plot effective-rate --partner CN --from 2025-01-01 -o china.svg",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


def register(parent: typer.Typer) -> None:
    """Add the commands of this file to the app."""
    parent.add_typer(app)


def ask(query: str) -> pl.DataFrame:
    """One query over the release readers see."""
    settings = load_settings()
    return run_query(settings, current(settings).database, query)


def code_of(partner: str) -> str:
    """Schedule C code of a partner as a person names it; ALL stays. Raises StatecraftError for an unknown one."""
    if partner.upper() == ALL:
        return ALL
    code: str = partner_named(lambda query: ask(query).to_dicts(), partner)["partner_code"]
    return code


def deliver(picture: Picture, output: Path | None, data: Path | None, show_sql: bool) -> None:
    """Write what was asked for and say where it is."""
    if show_sql:
        print(picture.sql)
        return
    path = output or Path(f"{picture.name}.svg")
    write(picture, path)
    console.print(f"{path}: {picture.title}", highlight=False, soft_wrap=True)
    if data:
        picture.frame.write_csv(data)
        console.print(f"{data}: {picture.frame.height:,} rows", highlight=False, soft_wrap=True)


@app.command("effective-rate")
def draw_effective_rate(
    partner: Partner = ALL,
    from_: Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")] = datetime(2018, 1, 1),
    to: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Last day; half a year ahead where not given.")
    ] = None,
    weights: Annotated[int, typer.Option(help="Year whose imports weigh the rates: 2024 or 2025.")] = 2024,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """How high the tariff is, by legal authority over time.

    Example: statecraft plot effective-rate --partner CN --from 2025-01-01 -o china.png
    """
    last = to.date() if to else date.today() + timedelta(AHEAD_DAYS)
    deliver(effective_rate(ask, code_of(partner), from_.date(), last, weights, date.today()), output, data, sql)


@app.command("two-clocks")
def draw_two_clocks(
    act: Annotated[str, typer.Argument(help="Id or document number of the act, or a part of one: 14257, 2025-19001.")],
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """What one act was on every day, as known on every day.

    Example: statecraft plot two-clocks 2025-19001 -o affiliates.svg
    """
    deliver(two_clocks(ask, find(ask, act), date.today()), output, data, sql)


@app.command("ladder")
def draw_ladder(
    year: Annotated[int, typer.Argument(help="Year of the steps.", min=2018, max=9999)] = 2025,
    month: Annotated[
        int | None, typer.Option(help="A month of that year, 1 to 12; the whole year where not given.", min=1, max=12)
    ] = None,
    partner: Partner = ALL,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """From the rate the law states to the duty that was calculated, a step a reason.

    Example: statecraft plot ladder 2025 --partner CN -o ladder.svg
    """
    picture = ladder(ask, code_of(partner), date(year, month or 1, 1), 1 if month else 12)
    deliver(picture, output, data, sql)


@app.command("dependence")
def draw_dependence(
    group: Annotated[
        str, typer.Argument(help="critical_minerals, rare_earths, semiconductors …")
    ] = "critical_minerals",
    year: Annotated[int, typer.Option(help="Year of the imports: 2024 or 2025.")] = 2025,
    supplier: Annotated[Supplier, typer.Option(help="Whose share colours the areas.")] = Supplier.china,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """Where imports hang on one supplier: areas by value, coloured by share.

    Example: statecraft plot dependence semiconductors --supplier largest -o chips.png
    """
    deliver(dependence(ask, group, year, supplier), output, data, sql)


@app.command("event-study")
def draw_event_study(
    specification: Annotated[str, typer.Argument(help="spec_id of trade_impact.estimates.")],
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """What a measure did to trade, month by month around its first hit, with bands.

    Example: statecraft plot event-study SPECIFICATION -o study.svg
    """
    deliver(event_study(ask, specification), output, data, sql)


@app.command("scenarios")
def draw_scenarios(
    partner: Partner = ALL,
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="First day; half a year back where not given.")
    ] = None,
    to: Annotated[datetime | None, typer.Option(formats=DAY, help="Last day; two years ahead where not given.")] = None,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """Where the tariff may go: the law, every scenario, and the fan between the lowest and the highest.

    Example: statecraft plot scenarios --partner CN -o fan.svg
    """
    first = from_.date() if from_ else date.today() - timedelta(AHEAD_DAYS)
    last = to.date() if to else date.today() + timedelta(2 * 365)
    deliver(scenario_fan(ask, code_of(partner), first, last), output, data, sql)


@app.command("duty-path")
def draw_duty_path(
    line: Annotated[str, typer.Argument(help="Line of the tariff schedule, with or without dots: 7326.90.86.88.")],
    partner: Annotated[str, typer.Argument(help="ISO code, Schedule C code or name: CN, CHN, 5700, China.")],
    from_: Annotated[datetime, typer.Option("--from", formats=DAY, help="First day.")] = datetime(2018, 1, 1),
    to: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Last day; half a year ahead where not given.")
    ] = None,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """What one line pays from one partner, by legal authority over time.

    Example: statecraft plot duty-path 7326.90.86.88 CN --from 2024-01-01 -o duty.svg
    """
    today = date.today()
    hts10, _ = line_named(lambda query: ask(query).to_dicts(), line, today, today)
    last = to.date() if to else today + timedelta(AHEAD_DAYS)
    deliver(duty_path(ask, hts10, code_of(partner), from_.date(), last, today), output, data, sql)


@app.command("moves")
def draw_moves(
    country: Annotated[str, typer.Argument(help="Country of the issuers: US, CN, CA …")] = "US",
    from_: Annotated[datetime, typer.Option("--from", formats=DAY, help="First month.")] = datetime(2018, 1, 1),
    to: Annotated[datetime | None, typer.Option(formats=DAY, help="Last month; this one where not given.")] = None,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """Acts that tighten, and that loosen, month by month and by authority.

    Example: statecraft plot moves CN --from 2023-01-01 -o moves.svg
    """
    last = to.date() if to else date.today()
    deliver(moves(ask, country.upper(), from_.date(), last), output, data, sql)


@app.command("path-travelled")
def draw_path_travelled(
    year: Annotated[int, typer.Argument(help="Year of the steps.", min=2018, max=9999)] = 2025,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """How far rates travelled in a year, and how far they got, by partner.

    Example: statecraft plot path-travelled 2025 -o path.svg
    """
    deliver(path_travelled(ask, year), output, data, sql)


@app.command("listings")
def draw_listings(
    list_code: Annotated[
        str, typer.Argument(metavar="LIST", help="US_BIS_EL, CN_MOFCOM_UEL …; ALL for every list.")
    ] = ALL,
    from_: Annotated[datetime, typer.Option("--from", formats=DAY, help="First month.")] = datetime(2018, 1, 1),
    to: Annotated[datetime | None, typer.Option(formats=DAY, help="Last month; this one where not given.")] = None,
    output: Output = None,
    data: Data = None,
    sql: ShowSql = False,
) -> None:
    """Entries added to lists, month by month.

    Example: statecraft plot listings US_BIS_EL -o listings.svg
    """
    last = to.date() if to else date.today()
    deliver(listings(ask, list_code.upper(), from_.date(), last), output, data, sql)
