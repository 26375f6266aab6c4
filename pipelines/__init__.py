"""From publisher to raw, and out of the marts again. See docs/architecture.md for the rooms."""
