"""The command that answers a what-if: a scenario's rates by day and partner, beside the law's.

Belongs here: what a person types and sees. Does not belong here: the form of a scenario (scenarios/form.py), the
working out (scenarios/computing.py).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console

from pipelines.cli.look import Format, print_frame, write_frame
from pipelines.errors import StatecraftError
from pipelines.explanation import partner_named
from pipelines.files import sql_text
from pipelines.law.files import rows
from pipelines.query import run_query
from pipelines.release import current
from pipelines.scenarios import form, names
from pipelines.scenarios.computing import path_of
from pipelines.scenarios.form import Scenario, Step
from pipelines.scenarios.tables import shipped
from pipelines.settings import load_settings

console = Console()
PARTNERS_SHOWN = 10
OPEN_END = date.max
HELP = """What would rates be if the law were otherwise? Works a scenario file out over the latest release.

FILE is a YAML file of yours, or the id of a scenario that comes with the project (--list).
The release is only read: no scenario changes it.

\b
A file:
  title: Chips at 25 %
  question: What if chips pay 25 %, and the surcharge of 2026 is back?
  steps:
    - operation: add          # a new measure
      programme: s232_semiconductors  # as which it stacks
      rate: 0.25              # 25 %
      partners: ALL           # or codes, ISO letters, groups: [CN, EU27]
      products: [8541, 8542]  # beginnings of tariff lines, or ALL
      from: 2027-01-01
    - operation: hold         # the law of another day
      authorities: [S122]     # or measures, programmes
      as_on: 2026-07-23
      from: 2027-01-01
      until: 2027-05-31       # the first day it no longer holds

\b
Operations, and what they take:
  remove   measures hold nothing        from, until
  rescale  they hold at another rate    from, until, rate or factor
  hold     they are as on another day   from, until, as_on, rate, factor
  shift    they begin or end on `to`    day, to
           instead of on `day`
  add      a new measure, `like` one    from, until, rate, factor, as_on
           of the law as on a day, or
           of a `programme`

Any step may be limited by partners, partners_except, products, products_except.
Of several steps about one measure the last decides. core.fct_measure has measures and their days.
More: docs/methods/scenarios.md
"""


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command(help=HELP)(scenario)


def scenario(
    file: Annotated[str | None, typer.Argument(help="Scenario file, or the id of a shipped scenario.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the scenarios that come with the project.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what each step does, and to what, instead of working it out.")
    ] = False,
    partner: Annotated[
        list[str] | None, typer.Option(help="Only these partners: ISO code, Schedule C code, name.")
    ] = None,
    format: Annotated[Format, typer.Option(help="table prints; the others hold every partner.")] = Format.table,
    output: Annotated[Path | None, typer.Option(help="File to write instead of stdout.")] = None,
) -> None:
    settings = load_settings()
    database = current(settings).database

    def ask(query: str) -> list[dict[str, Any]]:
        return run_query(settings, database, query).to_dicts()

    if list_:
        kinds = [{"id": s.id, "kind": s.kind, "title": s.title, "steps": len(s.steps)} for s in shipped()]
        write_frame(console, pl.DataFrame(kinds), format, output)
        return
    if file is None:
        raise StatecraftError("Which scenario?", "Give a file, or the id of one of `statecraft scenario --list`.")
    asked = _read(file)
    held = names.Names.of_release(ask, (row["programme"] for row in rows("programmes")))
    names.check(asked, held)
    if explain:
        _explain(asked, ask)
        return
    path = path_of(settings, database, asked)
    if partner:
        wanted = [partner_named(ask, text)["partner_code"] for text in partner]
        path = path.filter(pl.col("partner_code").is_in(wanted))
    if format is not Format.table or output:
        write_frame(console, path, format, output)
        return
    _print(asked, path, bool(partner))


def _read(text: str) -> Scenario:
    """The scenario of a file, or the shipped one of that id."""
    path = Path(text)
    if path.suffix in (".yml", ".yaml") or path.exists():
        return form.read(path)
    found = [s for s in shipped() if s.id == text]
    if not found:
        raise StatecraftError(
            f"There is no scenario {text!r}.", f"Give a file (.yml), or one of {', '.join(s.id for s in shipped())}."
        )
    return found[0]


def _print(asked: Scenario, path: pl.DataFrame, is_chosen: bool) -> None:
    console.print(f"[bold]{asked.id}[/bold] {asked.title}", highlight=False)
    console.print(f"  {asked.question}", highlight=False, markup=False)
    if path.is_empty():
        console.print("No trade of the weight year is with these partners.")
        return
    [year] = path["weight_year"].unique()
    console.print(
        f"  Statutory rates at imports of {year}; law as last known, with what it schedules.", highlight=False
    )
    world = path if is_chosen else path.filter(pl.col("partner_code") == "ALL")
    print_frame(console, _shown(world), rows=400)
    if path["exposed_import_value_consumption_usd"].max() == 0:
        console.print("It touches no trade: see --explain for what its steps are about on their days.")
    elif not is_chosen:
        most = _most_moved(path)
        console.print("\nPartners whose duty it moves most, each when it moves most", highlight=False)
        print_frame(console, _shown(most))
        console.print("--partner CN shows one over time; --format csv has all.", highlight=False)


def _shown(path: pl.DataFrame) -> pl.DataFrame:
    """As people read it: percent, billions, and whom."""
    ends = pl.when(pl.col("valid_to") < OPEN_END).then(pl.col("valid_to").cast(pl.String)).otherwise(pl.lit("on"))
    return path.select(
        pl.coalesce("partner_name", "partner_code").alias("partner"),
        pl.col("valid_from").alias("from"),
        ends.alias("to"),
        (100 * pl.col("law_effective_rate")).round(3).alias("law_%"),
        (100 * pl.col("effective_rate")).round(3).alias("scenario_%"),
        pl.col("difference_pp").round(3),
        (pl.col("exposed_import_value_consumption_usd") / 1e9).round(2).alias("exposed_bn_usd"),
    )


def _most_moved(path: pl.DataFrame) -> pl.DataFrame:
    """The partners whose duty differs most in dollars, each in the interval in which it does."""
    moved = (pl.col("difference_pp") * pl.col("import_value_consumption_usd")).abs()
    partners = path.filter((pl.col("partner_code") != "ALL") & (pl.col("exposed_import_value_consumption_usd") > 0))
    return (
        partners.with_columns(moved=moved)
        .sort("moved", "partner_code", "valid_from", descending=[True, False, False])
        .unique("partner_code", keep="first", maintain_order=True)
        .head(PARTNERS_SHOWN)
    )


def _explain(asked: Scenario, ask: names.Ask) -> None:
    console.print(f"[bold]{asked.id}[/bold] {asked.title} ({asked.kind})", highlight=False)
    for label, text in (("asks", asked.question), ("by", asked.author), ("rests on", asked.source)):
        if text:
            console.print(f"  {label}: {text}", highlight=False, markup=False, soft_wrap=True)
    for number, step in enumerate(asked.steps, 1):
        console.print(f"\n[bold]{number}. {step.operation}[/bold] {step.why}", highlight=False)
        console.print(f"   {_in_words(step)}", highlight=False, markup=False, soft_wrap=True)
        held = ask(_held_query(step))
        print_frame(console, pl.DataFrame(held) if held else pl.DataFrame({"measures": ["none holds anything then"]}))


def _in_words(step: Step) -> str:
    begins, ends, law_of = step.window
    words = [f"from {begins} until {ends or 'further notice'}"]
    if law_of is not None and step.operation != "add":
        words.append(f"as the law has it on {law_of}")
    if step.rate is not None:
        words.append(f"at {100 * step.rate:g} %")
    if step.factor is not None:
        words.append(f"at {step.factor:g} times the rate")
    for field in ("programme", "like", "partners", "partners_except", "products", "products_except"):
        value = getattr(step, field)
        if value:
            text = value if isinstance(value, str) else ", ".join(value)
            words.append(f"{field.replace('_', ' ')} {text}")
    return "; ".join(words)


def _held_query(step: Step) -> str:
    """Statements the step is about, on the day whose law it takes."""
    begins, _, law_of = step.window
    named = [
        f"{column} in ({', '.join(sql_text(code) for code in codes)})"
        for column, codes in (
            ("measure_id", (*step.measures, *((step.like,) if step.like else ()))),
            ("programme", step.programmes),
            ("authority", step.authorities),
        )
        if codes
    ]
    day = law_of or begins
    left_out = "".join(f" and measure_id <> {sql_text(code)}" for code in step.measures_except)
    return (
        "select measure_id, heading, operation, measure_rate, valid_from, valid_to, action_id from core.fct_measure "
        f"where ({' or '.join(named) or 'false'}){left_out} and known_to = date '9999-12-31' "
        f"and valid_from <= date '{day}' and valid_to > date '{day}' order by measure_id"
    )
