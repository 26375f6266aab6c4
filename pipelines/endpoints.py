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
_QUERY = re.compile(r"[?#].*", re.DOTALL)
_OTHER_MEANS = "Let the mirror in by other means: addresses are written into receipts and releases."
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
        for endpoint, address in _mapping(addresses, path, f"{source}: ").items():
            _check(path, spec, endpoint, address)
        found[source] = spec.model_copy(update={"endpoints": {**spec.endpoints, **addresses}})
    return found


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(path, f"it cannot be read ({type(error).__name__})", _SHAPE) from None


def _mapping(found: Any, path: Path, place: str = "") -> dict[str, Any]:
    """What should be names and what they stand for; what is there instead may be an address, and is not repeated."""
    if not isinstance(found, dict):
        raise _wrong(path, f"{place}there is a {type(found).__name__} where names should be", _SHAPE)
    return found


def _check(path: Path, spec: SourceSpec, endpoint: str, address: Any) -> None:
    place = f"{spec.name}: {endpoint}"
    if endpoint not in spec.endpoints:
        raise _wrong(path, f"{place} is no endpoint", f"Endpoints of {spec.name}: {', '.join(spec.endpoints)}.")
    own = spec.endpoints[endpoint]
    # Errors, receipts and releases name addresses: one that may hold a secret goes nowhere, and is not repeated here.
    if "@" in str(address):
        raise _wrong(path, f"{place}: its address holds a name or a password", _OTHER_MEANS)
    if _asked(str(address)) not in ("", _asked(own)):
        raise _wrong(path, f"{place}: its address asks more (after a ? or #) than that of source.yml", _OTHER_MEANS)
    if not _is_of_the_web(address):
        raise _wrong(path, f"{place}: that is not an address on the web", "Begin it with https:// or http://.")
    wanted = sorted(_PLACEHOLDER.findall(own))
    if sorted(_PLACEHOLDER.findall(address)) != wanted:
        words = ", ".join(wanted) or "none"
        raise _wrong(path, f"{place}: {address!r} has other placeholders", f"Those of source.yml: {words}.")


def _asked(address: str) -> str:
    """What an address asks beyond its path."""
    return "".join(_QUERY.findall(address))


def _is_of_the_web(address: Any) -> bool:
    try:
        split = urlsplit(address) if isinstance(address, str) else None
        # A port that is no number may be a password whose @ was lost.
        return split is not None and split.scheme in ("http", "https") and bool(split.netloc) and split.port != 0
    except ValueError:
        return False


def _wrong(path: Path, what: str, action: str) -> StatecraftError:
    return StatecraftError(f"{VARIABLE}: {path}: {what}.", action)
