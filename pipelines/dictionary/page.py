"""The dictionary as one HTML file that asks nothing of any other: styles, script and drawings are in it.

Belongs here: the page. Does not belong here: what it says (facts.py).
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipelines.citation import Citation
from pipelines.dictionary.drawing import drawing
from pipelines.dictionary.facts import Dictionary
from pipelines.lineage import MARTS
from pipelines.reference_docs import SCHEMA_WORDS

#: Below a release's folder.
PLACE = Path("docs") / "dictionary.html"


def page(found: Dictionary, citation: Citation) -> str:
    """The whole page."""
    places = set(found.by_name) | {f"source:{name}" for name in found.sources}
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("page.html.jinja").render(
        dictionary=found,
        citation=citation,
        schemas={schema: SCHEMA_WORDS[schema] for schema in MARTS},
        draw=lambda entry: Markup(drawing(entry.made_of, entry.name, found.makes(entry.name), places)),
    )
