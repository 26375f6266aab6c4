"""The one change made to Great Expectations' own rules: a rule written in SQL is run once.

The library runs such a rule twice, to count its rows and to fetch them, even where it then leaves the rows out. A class
of the same name takes its place in the library's registry: this one only counts. The rows of a rule that did not pass
are fetched by gates.py. A unit test holds that suites get this class.
"""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation as _Library

# The registry says at length that a name is taken over.
_registry = logging.getLogger("great_expectations.expectations.registry")
_level = _registry.level
_registry.setLevel(logging.ERROR)


class UnexpectedRowsExpectation(_Library):
    """`unexpected_rows_expectation` of the suites: passes when its query gives no row."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        count = metrics["unexpected_rows_query.row_count"]
        return {"success": count == 0, "result": {"observed_value": count}}


_registry.setLevel(_level)
