"""Somebody who reads pages in a browser, and what can be said of a page that is open.

Belongs here: opening, and looking at what a page is made of. Does not belong here: assertions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

LAPTOP, PHONE = (1280, 800), (400, 800)

#: What a page gets wrong for those who do not see it or use no mouse; nothing where it is right.
FAULTS = """() => {
  const faults = [];
  const named = (element) => (element.getAttribute("aria-label") || "").trim() || element.textContent.trim()
    || (element.labels && element.labels.length && element.labels[0].textContent.trim())
    || (element.getAttribute("aria-labelledby") || "").split(" ").some((id) => document.getElementById(id));
  const told = "a[href], button, input, select, summary, svg[role=img], [role=region]";
  for (const element of document.querySelectorAll(told))
    if (!named(element)) faults.push(`no name: ${element.outerHTML.slice(0, 80)}`);
  let before = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) faults.push(`${heading.tagName} after H${before}: ${heading.textContent}`);
    before = level;
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one H1");
  for (const landmark of ["body > header", "body > header > nav", "body > main", "body > footer"])
    if (document.querySelectorAll(landmark).length !== 1) faults.push(`not one ${landmark}`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`id twice: ${id}`);
  for (const table of document.querySelectorAll("table"))
    if (!table.querySelector("th[scope=col]")) faults.push("a table without headings");
  if (!document.documentElement.lang) faults.push("no language");
  return faults;
}"""

#: Texts whose contrast with what lies behind them is too low (WCAG 2.1, level AA), pictures aside.
PALE_TEXTS = """() => {
  const channel = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const pale = new Set();
  for (const element of document.querySelectorAll("body *:not(svg *, option, script)")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(parts(style.color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) pale.add(`${ratio.toFixed(1)}: ${element.tagName} ${element.className} ${style.color}`);
  }
  return [...pale];
}"""


FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass
class Reader:
    """Somebody with a browser window. complaints: of its console. asked_elsewhere: requests that left the server."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    asked_elsewhere: list[str] = field(default_factory=list)

    @staticmethod
    @contextmanager
    def at(browser: Browser, address: str, size: tuple[int, int] = LAPTOP, **choices: Any) -> Iterator[Reader]:
        """A window of its own. choices: as of playwright's new_context."""
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", locale="en-GB", **choices
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        somebody = Reader(context.new_page(), address)
        page = somebody.page
        page.on("console", lambda message: somebody.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
        context.on(
            "request",
            lambda request: None if request.url.startswith(address) else somebody.asked_elsewhere.append(request.url),
        )
        try:
            yield somebody
        finally:
            context.close()

    def opens(self, path: str) -> int:
        """Go there. Returns the status of the answer."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        return answer.status

    @property
    def faults(self) -> list[str]:
        found: list[str] = self.page.evaluate(FAULTS)
        return found

    @property
    def pale_texts(self) -> list[str]:
        found: list[str] = self.page.evaluate(PALE_TEXTS)
        return found

    @property
    def runs_over(self) -> int:
        """Pixels by which the page is wider than the window."""
        found: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return found

    def first_paint(self) -> float:
        """Milliseconds from asking to the first content on the screen."""
        # Asked again and again from here: the page's own rules forbid it to evaluate what it is told to wait for.
        for _ in range(100):
            found: float | None = self.page.evaluate(FIRST_PAINT)
            if found is not None:
                return found
            self.page.wait_for_timeout(50)
        raise AssertionError("nothing was painted within five seconds")

    def cards(self) -> dict[str, str]:
        """Name -> heading of the cards on the page."""
        found: dict[str, str] = self.page.eval_on_selector_all(
            ".card", "cards => Object.fromEntries(cards.map(card => [card.id, card.querySelector('h2').textContent]))"
        )
        return found

    def nothing_in(self) -> list[str]:
        """What cards say that have nothing to show."""
        return self.page.locator(".card > .nothing").all_inner_texts()
