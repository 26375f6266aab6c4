"""What a refresh ends with: what was built, and results with the SQL that made them."""

from __future__ import annotations

from rich.console import Console

from pipelines.cli.look import print_frame
from pipelines.files import read_json
from pipelines.landing import Landing
from pipelines.query import run_query
from pipelines.release import current
from pipelines.settings import PROJECT_ROOT, Settings

#: Shown in this order after a refresh; each is one readable query over the release.
RESULTS = PROJECT_ROOT / "docs" / "queries" / "first"


def show(settings: Settings, console: Console, results: bool = True) -> None:
    """Print the state of the warehouse and, if asked, the results."""
    found = current(settings)
    held = Landing(settings).vintages(status="accepted")
    checks = read_json(found.path / "checks.json")
    gates = {door: checks[door] for door in ("landing_gate", "release_gate")}
    passed = ", ".join(
        f"{door.replace('_', ' ')} {sum(r['passed'] for r in rows)} of {len(rows)} rules"
        for door, rows in gates.items()
    )
    tests = checks["dbt_tests"]
    failed = sum(t["status"] not in ("pass", "success") for t in tests)
    console.print()
    console.print(f"[bold]Release {found.build_id}[/bold]", highlight=False)
    console.print(f"  vintages   {len(held)} held, from {len({v.source for v in held})} sources", highlight=False)
    console.print(f"  rows       {found.rows:,} in {len(found.tables)} tables", highlight=False)
    console.print(
        f"  gates      {passed}; {len(tests) - failed} of {len(tests)} model tests", highlight=False, soft_wrap=True
    )
    console.print(f"  where      {settings.releases / 'latest' / 'statecraft.duckdb'}", highlight=False, soft_wrap=True)
    if not results:
        return
    for path in sorted(RESULTS.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        title, query = text.split("\n", 1)
        console.print(f"\n[bold]{title.removeprefix('-- ')}[/bold]", soft_wrap=True)
        print_frame(console, run_query(settings, found.database, query))
        console.print()
        console.print(query.strip(), style="dim", markup=False, highlight=False, soft_wrap=True)
