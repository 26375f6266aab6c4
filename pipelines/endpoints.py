"""Other addresses for publishers: a mirror inside an institution, a proxy that keeps what it has fetched.

Belongs here: reading the file that names them. Does not belong here: the publishers' own addresses (source.yml).

    STATECRAFT_ENDPOINTS   a YAML file: source -> endpoint, as in its source.yml -> address
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from pipelines.errors import StatecraftError

if TYPE_CHECKING:
    from pipelines.contract import SourceSpec

VARIABLE = "STATECRAFT_ENDPOINTS"
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SHAPE = "It is a YAML file of source, endpoint and address, as docs/operations.md shows."


def led_elsewhere(specs: Mapping[str, SourceSpec]) -> dict[str, SourceSpec]:
    """The sources, asked at the addresses of the file $STATECRAFT_ENDPOINTS names; as they are where it is not set.

    Raises StatecraftError: no such file, a source or endpoint there is not, no address, another set of {placeholders}.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return dict(specs)
    path = Path(named).expanduser()
    found = dict(specs)
    for source, addresses in _mapping(_read(path), path).items():
        if source not in specs:
            raise _wrong(path, f"there is no source {source!r}", f"Sources: {', '.join(specs)}.")
        spec = specs[source]
        for endpoint, address in _mapping(addresses, path).items():
            _check(path, spec, endpoint, address)
        found[source] = spec.model_copy(update={"endpoints": {**spec.endpoints, **addresses}})
    return found


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(path, f"it cannot be read ({type(error).__name__})", _SHAPE) from None


def _mapping(found: Any, path: Path) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _wrong(path, f"{found!r} names nothing", _SHAPE)
    return found


def _check(path: Path, spec: SourceSpec, endpoint: str, address: Any) -> None:
    place = f"{spec.name}: {endpoint}"
    if endpoint not in spec.endpoints:
        raise _wrong(path, f"{place} is no endpoint", f"Endpoints of {spec.name}: {', '.join(spec.endpoints)}.")
    split = urlsplit(address) if isinstance(address, str) else None
    if split is None or split.scheme not in ("http", "https") or not split.netloc:
        raise _wrong(path, f"{place}: {address!r} is not an address on the web", "Begin it with https:// or http://.")
    if "@" in split.netloc:  # errors, receipts and releases name addresses
        raise _wrong(path, f"{place}: its address holds a name or a password", "Let the mirror in by other means.")
    wanted = sorted(_PLACEHOLDER.findall(spec.endpoints[endpoint]))
    if sorted(_PLACEHOLDER.findall(address)) != wanted:
        words = ", ".join(wanted) or "none"
        raise _wrong(path, f"{place}: {address!r} has other placeholders", f"Those of source.yml: {words}.")


def _wrong(path: Path, what: str, action: str) -> StatecraftError:
    return StatecraftError(f"{VARIABLE}: {path}: {what}.", action)
