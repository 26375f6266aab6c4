"""Every page in a headless browser: it renders, can be used, keeps to itself, and can be taken away."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.site import PAGES
from tests.browser.reading import PHONE, Reader

AFFILIATES = "/ledger/US-FR-2025-19001"
STEEL = "/duties?line=7208.27.00.45"
#: Every page, asked what the small world can answer.
ADDRESSES = [page.address for page in PAGES if "{path}" not in page.address and page.address != "/duties"]
ADDRESSES += [STEEL, AFFILIATES]
CARDS = {page.address: set(page.cards) for page in PAGES}
#: Milliseconds until something is seen.
SLOWEST_FIRST_PAINT = 2_000


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_renders(reader: Reader, path: str) -> None:
    assert reader.opens(path) == 200
    assert reader.page.title().endswith(" · Statecraft")
    cards = reader.cards()
    expected = CARDS.get(path.partition("?")[0], {"facts", "clocks", "statuses", "beliefs"})
    assert expected <= set(cards)
    assert not any("failed" in text or "Error" in text for text in reader.nothing_in())
    assert reader.faults == []
    assert reader.runs_over <= 0
    print(f"{path}: first paint after {reader.first_paint():.0f} ms")


def test_the_first_page_is_seen_at_once(reader: Reader) -> None:
    reader.opens("/")
    assert reader.first_paint() < SLOWEST_FIRST_PAINT


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/ledger", "/provenance"])
def test_letters_stand_out(browser: Browser, address: str, path: str, colours: str) -> None:
    with Reader.at(browser, address, color_scheme=colours) as reader:
        reader.opens(path)
        assert reader.pale_texts == []


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_fits_a_telephone(browser: Browser, address: str, path: str) -> None:
    with Reader.at(browser, address, PHONE) as reader:
        reader.opens(path)
        assert reader.runs_over <= 0


@pytest.mark.parametrize("path", ["/", STEEL, "/ledger"])
def test_pages_work_without_scripts(browser: Browser, address: str, path: str) -> None:
    with Reader.at(browser, address, java_script_enabled=False) as reader:
        assert reader.opens(path) == 200
        reader.page.get_by_role("button", name="Show").click()
        assert reader.page.locator("h2").count() > 1


def test_filters_change_what_is_shown_and_the_address_holds_them(reader: Reader) -> None:
    reader.opens("/ledger")
    everything = reader.page.locator("#statuses h2").inner_text()
    reader.page.get_by_label("Words").fill("affiliates rule")
    reader.page.get_by_label("Words").press("Enter")
    reader.page.wait_for_url("**words=affiliates**")
    chosen = reader.page.locator("#statuses h2").inner_text()
    assert chosen != everything
    assert "Affiliates rule" in reader.page.locator("#statuses").inner_text()
    assert reader.page.get_by_label("Words").input_value() == "affiliates rule"
    kept = reader.page.url.removeprefix(reader.address)
    reader.opens(kept)
    assert reader.page.locator("#statuses h2").inner_text() == chosen


def test_days_of_knowledge_are_slid_through(reader: Reader) -> None:
    reader.opens("/ledger?words=affiliates+rule%3A+owned")
    day, slider = reader.page.locator("#f-known_on"), reader.page.locator("input[type=range]")
    assert slider.is_visible() and slider.get_attribute("aria-valuetext") == day.input_value()
    row = reader.page.locator("#statuses tbody tr").first
    assert "planned" in row.inner_text()  # today: nothing confirms that it came back
    before = day.input_value()
    slider.focus()
    reader.page.keyboard.press("ArrowLeft")
    reader.page.wait_for_url("**known_on=**")
    assert day.input_value() < before
    reader.opens("/ledger?words=affiliates+rule%3A+owned&known_on=2025-10-20")
    assert [cell.strip() for cell in row.locator("td").all_inner_texts()][-3:-1] == ["in force", "in force"]


def test_a_line_is_chosen_among_several(reader: Reader) -> None:
    reader.opens("/duties?line=7208.27&partner=5700")
    assert set(reader.cards()) == {"taken-apart"}
    reader.page.get_by_role("link", name="7208.27.00.45").click()
    reader.page.wait_for_url("**line=7208.27.00.45**")
    assert reader.cards()["taken-apart"].startswith("7208.27.00.45 from China on ")
    parts = reader.page.locator("#taken-apart tbody th").all_inner_texts()
    assert parts[0] == "Ordinary duty" and any(part.startswith("Section 232") for part in parts)


def test_an_act_is_read_from_the_ledger_on(reader: Reader) -> None:
    reader.opens("/ledger?words=affiliates+rule%3A+owned")
    reader.page.get_by_role("link", name="Affiliates rule: owned").first.click()
    reader.page.wait_for_url(f"**{AFFILIATES}")
    assert reader.page.locator("h1").inner_text().startswith("Affiliates rule")
    assert reader.page.locator("nav [aria-current=page]").inner_text() == "Policy ledger"
    assert reader.page.locator("#clocks svg[role=img]").count() == 1


def test_an_act_nobody_knows_is_told_in_words(reader: Reader) -> None:
    status = reader.opens("/ledger/US-NOT-AN-ACT")
    assert status in (404, 422) and "No act" in reader.page.locator("h1").inner_text()
    reader.complaints = [text for text in reader.complaints if f"status of {status}" not in text]


def test_a_listed_party_is_found_by_name_and_has_a_history(reader: Reader) -> None:
    reader.opens("/lists?name=huawei")
    entries = reader.page.locator("#found tbody tr")
    assert entries.count() > 0
    entries.first.get_by_role("link").click()
    reader.page.wait_for_url("**/lists/**")
    assert "uawei" in reader.page.locator("h1").inner_text()
    assert set(reader.cards()) == {"wordings", "changes", "names", "elsewhere"}
    assert reader.page.locator("#wordings tbody tr").count() > 0


def test_keys_reach_everything(reader: Reader) -> None:
    reader.opens(STEEL)
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "content"
    reader.opens(STEEL)
    wanted = reader.page.locator("a[href], button, input, select, summary, [tabindex='0']")
    visible = [each for each in wanted.all() if each.is_visible()]
    reached = set()
    for _ in range(4 * len(visible)):  # a day has fields within it
        reader.page.keyboard.press("Tab")
        reached.add(reader.page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    everything = {each.evaluate("each => [...document.querySelectorAll('*')].indexOf(each)") for each in visible}
    assert everything <= reached
    reader.opens(STEEL)
    reader.page.locator("#f-line").focus()
    assert reader.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_query_is_shown_and_copied(reader: Reader) -> None:
    reader.opens("/provenance")
    card = reader.page.locator("#overdue")
    card.get_by_text("SQL", exact=True).press("Enter")
    query = card.locator("pre code").inner_text()
    assert "provenance.overdue_confirmations" in query
    card.get_by_role("button", name="Copy").click()
    card.get_by_text("Copied").wait_for()
    assert reader.page.evaluate("navigator.clipboard.readText()") == query


def test_figures_and_pictures_are_taken_away(reader: Reader, tmp_path: Path) -> None:
    reader.opens(AFFILIATES)
    for kind, begins in (("CSV", b"provision_id,status"), ("PNG", b"\x89PNG\r\n")):
        with reader.page.expect_download() as waiting:
            reader.page.locator("#clocks").get_by_role("link", name=f"{kind}:").click()
        taken = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(taken)
        assert taken.name.startswith("statecraft-clocks-") and taken.suffix == f".{kind.lower()}"
        assert taken.read_bytes().startswith(begins)
    [table] = tmp_path.glob("*.csv")
    rows = list(csv.reader(io.StringIO(table.read_text())))
    reader.page.locator("#clocks").get_by_text("Figures", exact=True).click()
    shown = reader.page.locator("#clocks tbody tr").count()
    assert len(rows) - 1 == shown > 0


def test_what_is_pointed_at_is_told(reader: Reader) -> None:
    reader.opens(AFFILIATES)
    reader.page.locator("#clocks [aria-roledescription='rect mark'], #clocks .mark-rect path").first.hover()
    assert "status:" in reader.page.locator(".tip").inner_text()
