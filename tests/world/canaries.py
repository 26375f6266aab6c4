"""Secrets planted to be looked for: in every variable that may hold one, and in every byte that is left behind.

Belongs here: the values, their spellings, and searching files of all kinds for them. Does not belong here: what is run.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

import duckdb
import polars as pl

from pipelines.archive import Archive
from pipelines.contract import all_specs
from pipelines.files import sql_name
from pipelines.settings import PROJECT_ROOT, Settings

#: In every canary: whatever is cut off or put together, this would still show.
MARK = "kAnArIe7Bird"
#: Variables that hold a secret, or an address that does: name -> form of the value around the canary.
SECRETS = {
    "CENSUS_API_KEY": "{}",
    "COMTRADE_API_KEY": "{}",
    "PGPASSWORD": "{}",
    "STATECRAFT_ALERT_WEBHOOK": "http://127.0.0.1:{{port}}/hooks/{}",
    "STATECRAFT_SMTP_PASSWORD": "{}",
    "HTTPS_PROXY": "http://user:{}@127.0.0.1:9",
}
#: Variables of ours that hold none.
PLAIN = {
    *("STATECRAFT_ALERT_EMAIL", "STATECRAFT_ALERT_FROM", "STATECRAFT_SMTP", "STATECRAFT_SMTP_USER"),
    *("STATECRAFT_HOME", "STATECRAFT_EXPECTATIONS", "STATECRAFT_ENGINE", "STATECRAFT_MEMORY_LIMIT"),
    *("STATECRAFT_THREADS", "STATECRAFT_KEEP_RELEASES", "STATECRAFT_KEEP_DAYS", "STATECRAFT_SERVING"),
    *("STATECRAFT_COMTRADE_REPORTERS", "STATECRAFT_COMTRADE_YEARS", "STATECRAFT_COMTRADE_PRODUCTS"),
    *("STATECRAFT_ASSUME", "STATECRAFT_RAW", "STATECRAFT_SPARK_TABLES", "STATECRAFT_TEMP"),
    *("STATECRAFT_UI_NAMES", "STATECRAFT_WORK_DATABASE", "STATECRAFT_ASK_AGAIN_MINUTES"),
    *("STATECRAFT_ENDPOINTS", "STATECRAFT_SERVING_ONLY"),
}
_NAMED = re.compile(r"\b((?:STATECRAFT|PG)_?[A-Z]+(?:_[A-Z]+)*)\b")


def canary(name: str) -> str:
    """The secret of a variable; its signs are those that are spelled otherwise in addresses and pages."""
    signs = "" if "://" in SECRETS[name] else "/odd+signs&more="
    return f"{MARK}-{name.lower().replace('_', '-')}{signs}"


def planted(port: int) -> dict[str, str]:
    """An environment with a canary in every secret. port: of the server that takes webhooks."""
    return {name: form.format(canary(name)).replace("{port}", str(port)) for name, form in SECRETS.items()}


def spellings(value: str) -> set[bytes]:
    """Ways a secret may be written down: plain, in addresses, pages, JSON, base64 wherever it begins, hex, UTF-16."""
    raw = value.encode()
    found = {raw, raw.hex().encode(), raw[::-1], value.encode("utf-16-le")}
    found |= {spelled.encode() for spelled in (quote(value, safe=""), quote(value), quote_plus(value))}
    found |= {html.escape(value).encode(), json.dumps(value)[1:-1].encode(), value.lower().encode()}
    for pad in range(3):  # without the first and last letters, which hang on what stands beside
        inside = base64.b64encode(b"x" * pad + raw)[4 if pad else 0 : -4]
        found |= {inside, inside.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def _marks() -> set[bytes]:
    return {MARK.encode(), *(spelled for name in SECRETS for spelled in spellings(canary(name)))}


def variables_named() -> set[str]:
    """Every variable of the environment that the code or a source names."""
    found = {spec.key_environment for spec in all_specs().values() if spec.key_environment}
    for folder in ("pipelines", "dashboard"):
        for path in (PROJECT_ROOT / folder).rglob("*.py"):
            found |= set(_NAMED.findall(path.read_text(encoding="utf-8")))
    return {name for name in found if name not in ("PGPASSFILE", "PG_")}


def places(texts: Mapping[str, str], settings: Settings) -> list[str]:
    """Where a canary is: in what was said, and in every file below the home, unpacked. Empty where it is nowhere."""
    marks = _marks()
    found = [name for name, text in texts.items() if _holds(text.encode(), marks)]
    for path in sorted(settings.home.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found += [f"{path.relative_to(settings.home)}{inside}" for inside in _inside(path, marks)]
        if _holds(path.name.encode(), marks):
            found.append(f"name of {path}")
    archive = Archive(settings)
    found += [f"archive {sha}" for sha in sorted(archive.objects()) if _holds(_unpacked(archive.get(sha)), marks)]
    return found


def _inside(path: Path, marks: set[bytes]) -> Iterator[str]:
    content = path.read_bytes()
    if _holds(_unpacked(content), marks):
        yield ""
    if path.suffix == ".zip" or content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(path) as packed:
            yield from (f"/{name}" for name in packed.namelist() if _holds(packed.read(name), marks))
    elif path.suffix == ".parquet":
        texts = pl.read_parquet(path).select(pl.selectors.string()).unique()
        if _holds(texts.write_csv().encode(), marks):
            yield " (rows)"
    elif path.suffix == ".duckdb":
        yield from _tables(path)


def _tables(path: Path) -> Iterator[str]:
    """Tables of a database with the mark in a row: a database packs its texts."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        with duckdb.connect(str(copy), read_only=True, config={"memory_limit": "500MB", "threads": "2"}) as con:
            listed = "select schema_name, table_name from duckdb_tables() where not internal and not temporary"
            for schema, table in con.execute(listed).fetchall():
                name = f"{sql_name(schema)}.{sql_name(table)}"
                if con.execute(f"select 1 from {name} as r where contains(r::varchar, ?) limit 1", [MARK]).fetchall():
                    yield f" ({name})"


def _unpacked(content: bytes) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content


def _holds(content: bytes, marks: set[bytes]) -> bool:
    return any(mark in content for mark in marks)
