"""A picture as a page holds it: SVG without a script, with a title and a description, and PNG to take away.

Belongs here: rendering and what makes an SVG fit into a page. Does not belong here: what is drawn (pipelines/pictures).
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from pipelines.pictures.picture import DOTS_PER_INCH, Picture

#: How wide a picture is, with its labels and legend; and of one made of panels, each panel without them.
WIDTHS = {"whole": 1230, "half": 596}
PANEL_WIDTHS = {"whole": 1020, "half": 420}


def svg(picture: Picture, name: str, description: str, width: str, height: int | None) -> str:
    """The picture without its heading (the card has one), to be put into a page under ids that begin with `name`.

    It is laid out for its place rather than scaled to it, so that letters are as large as those of the page.
    """
    import vl_convert  # noqa: PLC0415 (slow to load, and pages without a picture need none)

    drawn = vl_convert.vegalite_to_svg(_laid_out(picture.untitled().to_dict(validate=False), width, height))
    # Two pictures of one page must not share ids.
    drawn = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', drawn)
    drawn = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", drawn)
    drawn = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', drawn)
    words = (
        f'<title id="{name}-title">{escape(picture.title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    labelled = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    return re.sub(r"<svg ([^>]*)>", rf"<svg {labelled} \1>", drawn, count=1).replace(">", f">{words}", 1)


def _laid_out(spec: dict[str, Any], width: str, height: int | None) -> dict[str, Any]:
    """The picture, or each of its panels, at another size."""
    tall = {"height": height} if height else {}
    if "vconcat" in spec:
        panels = [{**panel, "width": PANEL_WIDTHS[width], **tall} for panel in spec["vconcat"]]
        return {**spec, "vconcat": panels}
    return {**spec, "width": WIDTHS[width], "autosize": {"type": "fit", "contains": "padding"}, **tall}


def png(picture: Picture) -> bytes:
    """The picture with its heading and its words on sources, sharp on paper."""
    import vl_convert  # noqa: PLC0415 (see above)

    made: bytes = vl_convert.vegalite_to_png(picture.drawn().to_dict(validate=False), ppi=DOTS_PER_INCH)
    return made
