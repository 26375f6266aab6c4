"""The lists of law/ against the publishers' documents: drawn again, they are the lists committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.law.extract import Recipe, held_codes, recipes
from pipelines.law.files import rows

pytestmark = pytest.mark.shared_data


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: f"{recipe.authority}-{recipe.list_code}")
def test_a_list_drawn_again_is_the_list_committed(recipe: Recipe, shared_data: Path) -> None:
    """Drawing refuses a document whose codes are not as many as it prints, or as were counted."""
    assert sorted(held_codes(recipe)) == recipe.draw(shared_data)


def test_counts_of_the_lists_are_those_of_their_recipes() -> None:
    """lists.csv repeats what a document prints; both are held to it."""
    printed = {row["list_code"]: row["printed_count"] for row in rows("lists") if row["printed_count"]}
    of_recipes = {r.list_code: str(r.printed_count) for r in recipes() if r.printed_count is not None}
    differing = {
        code: (count, printed[code]) for code, count in of_recipes.items() if printed.get(code, count) != count
    }
    assert differing == {}


def test_every_list_that_claims_an_official_document_is_drawn_from_one() -> None:
    drawn = {recipe.list_code for recipe in recipes()}
    official = {row["list_code"] for row in rows("lists") if row["evidence"] == "official"}
    assert official - drawn == set()
