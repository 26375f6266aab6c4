"""YAML from strangers: small, shallow, without anchors, and of plain values only.

Belongs here: the bounds on a text before and while it is read. Does not belong here: what a file means.

An anchor lets a few lines stand for more values than fit into memory, and no file that people write for us needs one.
"""

from __future__ import annotations

from typing import Any

import yaml

#: A scenario or the head of a text has a hundredth of it.
LARGEST_YAML_BYTES = 1024**2
DEEPEST_YAML = 20


class StrictLoader(yaml.SafeLoader):
    """A SafeLoader that refuses anchors and depth. Raises yaml.YAMLError, as for any other mistake."""

    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.YAMLError("it has an anchor (& or *); write the value out where it is needed")
        if self._depth >= DEEPEST_YAML:
            raise yaml.YAMLError(f"it is nested more than {DEEPEST_YAML} deep")
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1


def load(text: str, loader: type[StrictLoader] = StrictLoader) -> Any:
    """What a text says. Raises yaml.YAMLError, also for one that is too large, too deep, or has anchors."""
    if len(text.encode()) > LARGEST_YAML_BYTES:
        raise yaml.YAMLError(f"it is larger than {LARGEST_YAML_BYTES:,} bytes")
    return yaml.load(text, Loader=loader)
