"""The server: addresses of pages, downloads and files; what it refuses; errors as pages that say what to do.

Belongs here: routes, headers, who may ask. Does not belong here: pages (pages/), how they look (templates/).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard import rendering
from dashboard.asking import Asked, BadQuestionError, read
from dashboard.cards import Card
from dashboard.doorkeeping import Doorkeeper
from dashboard.drawing import png
from dashboard.pages import Page
from dashboard.release_reader import Held, Kept, Reader
from dashboard.site import PAGES
from pipelines.errors import StatecraftError
from pipelines.flat import flat
from pipelines.release import NoReleaseError
from pipelines.settings import Settings

log = logging.getLogger("statecraft.dashboard")
STATIC = Path(__file__).with_name("static")
#: What rendered pages may take of memory.
KEPT_BYTES = 64 * 1024**2


class NotHereError(StatecraftError):
    """There is no such page, or no such card on it."""


class Dashboard:
    """The pages over one warehouse."""

    def __init__(self, settings: Settings, pages: Sequence[Page]) -> None:
        self.reader = Reader(settings)
        self.pages = pages
        self._kept: Kept[bytes] = Kept(KEPT_BYTES)

    def routes(self) -> list[Route | Mount]:
        """Downloads before pages: an act's id may hold a dot."""
        found: list[Route | Mount] = [Mount("/static", StaticFiles(directory=STATIC))]
        for page in self.pages:
            base = page.address.rstrip("/").replace("/{path}", "/{path:path}")
            for kind, handler in (("csv", self._csv), ("png", self._png)):
                found.append(Route(f"{base}/-/{{card}}.{kind}", _of(handler, page)))
            found.append(Route(base or "/", _of(self._page, page)))
        return found

    def warm(self, pages: Sequence[Page]) -> None:
        """Render these pages once as they stand, so that the first reader waits for none of them."""
        try:
            held = self.reader.now()
        except NoReleaseError as error:
            log.warning("%s", error)
            return
        for page in pages:
            if "{path}" not in page.address:
                try:
                    self._rendered(held, page, self._asked(held, page, {}, ""))
                except StatecraftError as error:
                    log.warning("%s is not ready: %s", page.address, error)
                except Exception:
                    log.exception("%s failed", page.address)

    def _page(self, request: Request, page: Page) -> Response:
        held = self.reader.now()
        asked = self._asked(held, page, request.query_params, request.path_params.get("path", ""))
        content = self._rendered(held, page, asked)
        tag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="text/html", headers=headers)

    def _rendered(self, held: Held, page: Page, asked: Asked) -> bytes:
        key = (held.release.build_id, asked.today, page.address, asked.path, urlencode(asked.values))
        content = self._kept.get(key)
        if content is None:
            text, is_whole = rendering.page(self.pages, page, asked, held.release)
            content = text.encode()
            if is_whole:
                self._kept.put(key, content, len(content))
        return content

    def _csv(self, request: Request, page: Page) -> Response:
        name, card = self._card(request, page)
        return _file(flat(card.frame).write_csv().encode(), "text/csv", f"{name}.csv")

    def _png(self, request: Request, page: Page) -> Response:
        name, card = self._card(request, page)
        if card.picture is None:
            raise NotHereError("This card has no picture.", "Its figures are there as CSV.")
        return _file(png(card.picture), "image/png", f"{name}.png")

    def _card(self, request: Request, page: Page) -> tuple[str, Card]:
        name = request.path_params["card"]
        if name not in page.cards:
            raise NotHereError(f"There is no card {name!r} here.", "Go back to the page and take its own links.")
        held = self.reader.now()
        asked = self._asked(held, page, request.query_params, request.path_params.get("path", ""))
        return f"statecraft-{name}-{held.release.build_id}", page.cards[name](asked)

    def _asked(self, held: Held, page: Page, given: Mapping[str, str], path: str) -> Asked:
        today = date.today()
        return Asked(held.ask, today, read(page.filters, given, held.ask, today), path)


def _of(handler: Callable[[Request, Page], Response], page: Page) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        return handler(request, page)

    return endpoint


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def make_app(settings: Settings, hosts: Sequence[str] = (), pages: Sequence[Page] = PAGES) -> Starlette:
    """The dashboard over a warehouse. hosts: names it answers to; any where none is given."""
    dashboard = Dashboard(settings, pages)

    def refused(request: Request, error: Exception) -> Response:
        """An error as a page: what went wrong and what to do, and nothing of how this is made."""
        status, what, action = _told(error)
        if status >= 500 and not isinstance(error, NoReleaseError):
            log.error("%s failed", request.url.path, exc_info=error)
        content = rendering.error(dashboard.pages, status, what, action)
        return Response(content, status, media_type="text/html", headers={"Cache-Control": "no-store"})

    app = Starlette(
        routes=dashboard.routes(),
        middleware=[Middleware(Doorkeeper, hosts=tuple(hosts))],
        exception_handlers={StatecraftError: refused, HTTPException: refused, Exception: refused},
    )
    app.router.redirect_slashes = False
    app.state.dashboard = dashboard
    return app


def _told(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, NoReleaseError):
        return 503, "There is no release to show yet.", "Run `statecraft refresh` and load this page again."
    if isinstance(error, NotHereError):
        return 404, error.what, error.action
    if isinstance(error, BadQuestionError):
        return 400, error.what, error.action
    if isinstance(error, StatecraftError):
        return 422, error.what, error.action
    if isinstance(error, HTTPException):
        known = {
            404: ("There is no such page.", "Take one from the list above."),
            405: ("Pages here are only read.", "Ask with GET."),
        }
        return error.status_code, *known.get(error.status_code, (error.detail, "Go back and try again."))
    return 500, "This page failed, and it is not your doing.", "The server's log says why; other pages still work."
