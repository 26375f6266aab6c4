"""One loopback publisher a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.asking import BODY
from tests.faults.publisher import Publisher


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """Serves BODY at /data, and whatever the test registers."""
    with Publisher() as publisher:
        publisher.register("/data", BODY)
        yield publisher
