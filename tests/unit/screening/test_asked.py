"""The user's file: separators, encodings, headings, and what is said of files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import StatecraftError
from pipelines.screening.asked import Asked, read_asked


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.csv"


def asked(file: Path, content: str | bytes, column: str | None = None, encoding: str | None = None) -> Asked:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_asked(file, column, encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator(file: Path, separator: str) -> None:
    rows = [["id", "Company Name", "Country"], ["1", '"Huawei; Ltd, A|B\tC"', "China"], ["2", "Acme", ""]]
    found = asked(file, "\n".join(separator.join(row) for row in rows))
    assert (found.column, found.country_column) == ("Company Name", "Country")
    assert found.names.rows() == [(1, "Huawei; Ltd, A|B\tC", "China"), (2, "Acme", None)]


@pytest.mark.parametrize(
    ("headings", "column"),
    [
        ("id,NAME,company", "NAME"),
        ("id,Entity_Name", "Entity_Name"),
        ("id,Razón Social", "Razón Social"),
        ("supplier,amount", "supplier"),
        ("country,customer-name", "customer-name"),
    ],
)
def test_the_column_is_guessed(file: Path, headings: str, column: str) -> None:
    assert asked(file, f"{headings}\nA,B\n" if headings.count(",") == 1 else f"{headings}\nA,B,C\n").column == column


def test_the_column_is_told(file: Path) -> None:
    found = asked(file, "name,Trading As\nA,B\n", column="trading as")
    assert (found.column, found.names["name"].to_list()) == ("Trading As", ["B"])


def test_a_list_without_a_heading_loses_no_name(file: Path) -> None:
    found = asked(file, "Huawei Technologies\nAcme Ltd\n")
    assert found.column is None and found.names["row"].to_list() == [1, 2]
    assert found.names["name"].to_list() == ["Huawei Technologies", "Acme Ltd"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_known_by_its_mark(file: Path, codec: str) -> None:
    assert asked(file, "name\nŠkoda\n华为\n".encode(codec)).names["name"].to_list() == ["Škoda", "华为"]


def test_another_encoding_is_told(file: Path) -> None:
    assert asked(file, "name\nMüller\n".encode("cp1252"), encoding="cp1252").names["name"].to_list() == ["Müller"]


def test_rows_without_a_name_are_counted_and_rows_keep_their_number(file: Path) -> None:
    found = asked(file, 'name,x\nA,1\n,2\n"--",3\nB,4\n')
    assert found.blank_rows == 2 and found.names.select("row", "name").rows() == [(1, "A"), (4, "B")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"name\n", "holds no name"),
        (b"name,x\n,1\n..,2\n", "holds no name"),
        (b"id,amount\n1,2\n", "Which column .* It has: id, amount. Say it with --column"),
        (b"name\nM\xfcller\n", "is not utf-8: line 2 .* --encoding cp1252"),
        (b"PK\x03\x04whatever", "is a workbook"),
        (b"\xd0\xcf\x11\xe0whatever", "old Excel workbook"),
        (b"PAR1whatever", "Parquet"),
        (b"%PDF-1.4", "PDF"),
        (b"\x1f\x8bwhatever", "compressed"),
        (b"<!DOCTYPE html><html><body>not found</body></html>", "web page"),
        (b"name\x00\n\x00A\n", "zero bytes"),
        (b"name,x\nA,1,2,3\n", "does not read as a CSV separated by a comma"),
    ],
)
def test_what_is_wrong_is_said(file: Path, content: bytes, words: str) -> None:
    with pytest.raises(StatecraftError) as caught:
        asked(file, content)
    assert caught.match(f"(?s){words}")


def test_a_file_that_is_not_there_a_folder_and_a_column_that_is_not_there(file: Path) -> None:
    with pytest.raises(StatecraftError, match="does not exist"):
        read_asked(file, None, None)
    with pytest.raises(StatecraftError, match="is a folder"):
        read_asked(file.parent, None, None)
    with pytest.raises(StatecraftError, match=r"no column 'firm'. It has: name, x\."):
        asked(file, "name,x\nA,1\n", column="firm")
    with pytest.raises(StatecraftError, match="There is no encoding 'utf-99'"):
        asked(file, "name\nA\n", encoding="utf-99")
