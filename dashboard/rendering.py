"""Pages as HTML: cards are made one by one, and one that fails says so in its place.

Belongs here: from a page and its question to text. Does not belong here: what it looks like (templates/, static/).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.asking import Asked
from dashboard.cards import Card, failed
from dashboard.drawing import svg
from dashboard.origins import Origin, origins, vintage
from dashboard.pages import Maker, Page
from dashboard.release_reader import Kept
from pipelines.errors import QueryError, StatecraftError
from pipelines.explanation import in_percent
from pipelines.pictures.theme import AUTHORITY_NAMES
from pipelines.release import Release

log = logging.getLogger("statecraft.dashboard")
HERE = Path(__file__).parent
#: Cards of one page that are made at the same time.
AT_ONCE = 2
#: What drawings may take of memory.
_DRAWN: Kept[str] = Kept(16 * 1024**2)


@dataclass(frozen=True)
class Shown:
    """A card as a page holds it. drawing: its picture as SVG. is_broken: it failed, and might not the next time."""

    name: str
    card: Card
    drawing: Markup | None = None
    origins: list[Origin] = field(default_factory=list)
    csv: str = ""
    png: str = ""
    is_broken: bool = False

    @property
    def vintage(self) -> str:
        """How old what decides its figures is."""
        return vintage(self.origins)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # A file's address changes with its content, so that browsers may keep it for good.
    contents = b"".join(path.read_bytes() for path in sorted((HERE / "static").iterdir()))
    made.globals["version"] = hashlib.sha256(contents).hexdigest()[:12]
    made.filters["in_percent"] = in_percent
    made.filters["bare"] = lambda rate: rate.removesuffix(" %")
    made.filters["authority"] = lambda code: AUTHORITY_NAMES.get(code, code)
    return made


def page(pages: Sequence[Page], shown: Page, asked: Asked, release: Release) -> tuple[str, bool]:
    """A page as asked, and whether it is as good as it gets, so that it may be kept."""
    # A card waits for the engine or the renderer most of the time: two at once take less than one after the other.
    with ThreadPoolExecutor(AT_ONCE) as makers:
        made = list(makers.map(lambda card: _shown(card[0], card[1], shown, asked, release), shown.cards.items()))
    text = (
        _environment()
        .get_template("page.html")
        .render(
            pages=pages,
            page=shown,
            heading=shown.heading(asked) if shown.heading else shown.title,
            asked=asked,
            base=_base(shown, asked),
            cards=[each for each in made if not (each.card.is_optional and each.card.frame.is_empty())],
            release=release,
        )
    )
    return text, not any(each.is_broken for each in made)


def error(pages: Sequence[Page], status: int, what: str, action: str) -> str:
    """A page that says what went wrong and what to do."""
    return _environment().get_template("error.html").render(pages=pages, status=status, what=what, action=action)


def _drawing(name: str, card: Card, of: tuple[str, date]) -> Markup:
    """The card's picture. A filter that does not reach it changes nothing of what was drawn of this release today."""
    picture = card.picture
    assert picture is not None
    key = (*of, name, picture.title, *picture.subtitle, picture.sql, card.finding, card.width, card.height)
    drawn = _DRAWN.get(key)
    if drawn is None:
        drawn = svg(picture, name, card.finding, card.width, card.height)
        _DRAWN.put(key, drawn, len(drawn))
    return Markup(drawn)


def _called(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _base(shown: Page, asked: Asked) -> str:
    return shown.address.replace("{path}", quote(asked.path, safe="/:"))


def _shown(name: str, make: Maker, shown: Page, asked: Asked, release: Release) -> Shown:
    try:
        card = make(asked)
        drawing = _drawing(name, card, (release.build_id, asked.today)) if card.picture else None
    except StatecraftError as error:
        is_broken = isinstance(error, QueryError)
        return Shown(name, failed(_called(name), error.what, error.action), is_broken=is_broken)
    except Exception:
        # One broken card must not take the others with it.
        log.exception("%s of %s failed", name, shown.address)
        return Shown(
            name,
            failed(_called(name), "This card failed, and it is not your doing.", "The log says why."),
            is_broken=True,
        )
    base = _base(shown, asked).rstrip("/")
    return Shown(
        name,
        card,
        drawing,
        origins(asked.ask, [card.sql, *card.also_sql]),
        asked.address(f"{base}/-/{name}.csv"),
        asked.address(f"{base}/-/{name}.png") if card.picture else "",
    )
