"""Drawing lists: stretches, codes and counts on small documents."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.errors import StatecraftError
from pipelines.law import extract
from pipelines.law.extract import Recipe, held_codes, main, recipes, write

NOTICE = """\
ANNEX I
(1) articles of toys:
9503.00.00   9504.20.80.00
9505.10 and 9506
0101.21.00.10   see page 9507.12.345
ANNEX II
9801.00.10
9801.00.10
Note: 9802.00.40 was left out.
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "notice.txt.gz").write_bytes(gzip.compress(NOTICE.encode()))
    (folder / "list.csv").write_text("# a remark\ncode,tier\n9503.00.00,a\n9504,b\n9505,a\n,a\n", encoding="utf-8")
    return folder


def drawn(documents: Path, **words: Any) -> list[str]:
    return Recipe("toys", **{"document": "notice.txt", **words}).draw(documents)


def test_a_stretch_has_a_beginning_and_an_end(documents: Path) -> None:
    first = drawn(documents, start="^ANNEX I$", to="^ANNEX II$")
    assert first == ["0101210010", "95030000", "9504208000", "950510", "9506"]
    assert drawn(documents, start="^ANNEX II$") == ["98010010", "98020040"]


def test_what_only_looks_like_a_code_is_left(documents: Path) -> None:
    """Other numbers with dots are cut nowhere; a year is four digits, and kept out by the recipe."""
    assert not [code for code in drawn(documents, to="ANNEX II") if code.startswith("9507")]
    (documents / "year.txt").write_text("9503 was added in 2024.", encoding="utf-8")
    assert drawn(documents, document="year.txt", codes=r"95\d\d") == ["9503"]


def test_lines_may_be_dropped_and_lengths_chosen(documents: Path) -> None:
    assert drawn(documents, start="^ANNEX II$", drop=["^Note"]) == ["98010010"]
    assert drawn(documents, digits=[10]) == ["0101210010", "9504208000"]
    assert drawn(documents, codes=r"95\d\d\.\d\d\b", to="ANNEX II") == ["950300", "950420", "950510", "950712"]


def test_compressed_text_is_the_text(documents: Path) -> None:
    assert drawn(documents, document="notice.txt.gz") == drawn(documents)


def test_a_column_of_a_table_others_compiled(documents: Path) -> None:
    assert drawn(documents, document="list.csv", column="code") == ["95030000", "9504", "9505"]
    assert drawn(documents, document="list.csv", column="code", where={"tier": "a"}) == ["95030000", "9505"]


def test_a_workbook_is_read_row_by_row(documents: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}"><si><t>9503.00.00</t></si><si><t>Toys</t></si></sst>'
    cells = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
    sheet = (
        f'<worksheet xmlns="{space}"><sheetData><row>{cells}</row><row><c><v>9504</v></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(documents / "list.xlsx", "w") as book:
        book.writestr("xl/sharedStrings.xml", strings)
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    assert drawn(documents, document="list.xlsx") == ["95030000", "9504"]


@pytest.mark.parametrize("kind", ["printed_count", "counted"])
def test_counts_are_enforced(documents: Path, kind: str) -> None:
    assert len(drawn(documents, start="^ANNEX II$", **{kind: 2})) == 2
    with pytest.raises(StatecraftError, match=r"toys: 2 codes drawn from notice.txt, \w+ are 3"):
        drawn(documents, start="^ANNEX II$", **{kind: 3})


def test_a_document_that_changed_is_refused(documents: Path) -> None:
    with pytest.raises(StatecraftError, match="holds no 'ANNEX III'"):
        drawn(documents, start="ANNEX III")
    with pytest.raises(StatecraftError, match="holds no 'ANNEX I\\$' after it"):
        drawn(documents, start="ANNEX II", to="ANNEX I$")


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A law folder with one recipe."""
    folder = tmp_path / "law"
    (folder / "toys").mkdir(parents=True)
    recipe = {"list": "toys_list", "document": "notice.txt", "from": "^ANNEX II$", "counted": 2}
    (folder / "toys" / "extraction_wood.yml").write_text(yaml.safe_dump([recipe]), encoding="utf-8")
    monkeypatch.setattr(extract, "LAW", folder)
    return folder


def test_recipes_are_read_with_their_authority(law: Path) -> None:
    [recipe] = recipes()
    assert (recipe.list_code, recipe.start, recipe.counted, recipe.authority) == ("toys_list", "^ANNEX II$", 2, "toys")


def test_a_list_is_written_in_order_and_again_alike(law: Path, documents: Path) -> None:
    [recipe] = recipes()
    assert write(recipe, documents) == 2
    assert held_codes(recipe) == ["98010010", "98020040"]
    file = law / "toys" / "lists" / "toys_list.csv"
    first = file.read_bytes()
    assert write(recipe, documents) == 2 and file.read_bytes() == first


def test_dates_typed_beside_a_code_stay(law: Path, documents: Path) -> None:
    [recipe] = recipes()
    file = law / "toys" / "lists" / "toys_list.csv"
    file.parent.mkdir()
    file.write_text("hts_prefix,valid_to\n98010010,2026-06-01\n99999999,2026-06-01\n", encoding="utf-8")
    write(recipe, documents)
    assert file.read_text(encoding="utf-8") == "hts_prefix,valid_to\n98010010,2026-06-01\n98020040,\n"


def test_the_command_says_what_it_drew_or_why_not(
    law: Path, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(documents)]) == 0
    assert capsys.readouterr().out == "toys_list: 2 codes\n"
    assert main([str(documents), "another_list"]) == 0
    assert main([]) == 2
    extract._text.cache_clear()
    (documents / "notice.txt").write_text("ANNEX II\n9801\n", encoding="utf-8")
    assert main([str(documents), "toys_list"]) == 1
    assert "1 codes drawn" in capsys.readouterr().err
