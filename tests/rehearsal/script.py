"""What publishers do in a month, day by day, and what must follow: data.

Belongs here: the tables. Does not belong here: how a publisher does it (publishers.py), how that is judged
(rehearsal.py).

follows: PUBLISHED (a release with what the publisher states), NOTHING (no release, or one that only records what
another publisher's gate refused that day), or words that the incident, the alert and `statecraft status` must say; then
there is no release and what was held stands. Where a day has no line for a source, the publisher states what it stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PUBLISHED, NOTHING = "published", "nothing"
OFAC, REGISTER, SCHEDULE, CENSUS = "ofac_sdn", "federal_register", "usitc_hts", "census_imports"


@dataclass(frozen=True)
class Turn:
    """One publisher on one day of November 2026. kind: the fault in a word, "" where all is well."""

    day: int
    source: str
    does: str
    follows: str
    kind: str = ""

    @property
    def date(self) -> date:
        return date(2026, 11, self.day)

    @property
    def is_stopped(self) -> bool:
        return self.follows not in (PUBLISHED, NOTHING)


_NO_ANSWER = "broke off or did not answer"
MONTH = (
    Turn(2, OFAC, "designates", PUBLISHED),
    Turn(2, REGISTER, "publishes", PUBLISHED),
    Turn(2, CENSUS, "is_sound", PUBLISHED),
    Turn(3, SCHEDULE, "releases", PUBLISHED),
    Turn(4, OFAC, "half_a_list", "rule shrunk", "a half list"),
    Turn(4, CENSUS, "is_late", NOTHING, "late"),
    Turn(5, OFAC, "designates", PUBLISHED),
    Turn(5, CENSUS, "wrong_duties", "rule duty_above_limit", "wrong"),
    Turn(6, REGISTER, "wrong_volume", "rule volume_unlike_year", "wrong"),
    Turn(6, CENSUS, "is_sound", PUBLISHED),
    Turn(9, OFAC, "same_again", PUBLISHED, "repeated"),
    Turn(9, REGISTER, "publishes", PUBLISHED),
    Turn(10, OFAC, "unreachable", _NO_ANSWER, "unreachable"),
    Turn(10, SCHEDULE, "renames_a_column", "rule unknown_field", "a changed schema"),
    Turn(11, OFAC, "designates", _NO_ANSWER),
    Turn(11, OFAC, "unreachable", _NO_ANSWER, "unreachable"),
    Turn(11, SCHEDULE, "is_sound", PUBLISHED),
    Turn(12, OFAC, "unreachable", _NO_ANSWER, "unreachable"),
    Turn(12, REGISTER, "pages_missing", "are announced", "partial"),
    Turn(13, OFAC, "is_sound", PUBLISHED),
    Turn(13, REGISTER, "is_sound", PUBLISHED),
    Turn(16, OFAC, "clock_ahead", PUBLISHED, "clock skew"),
    Turn(16, SCHEDULE, "takes_the_edition_back", NOTHING, "withdrawn"),
    Turn(17, OFAC, "clock_behind", PUBLISHED, "clock skew"),
    Turn(18, OFAC, "edition_of_before", "rule served_again", "repeated"),
    Turn(19, OFAC, "is_sound", PUBLISHED),
    Turn(19, REGISTER, "renames_a_field", "rule", "a changed schema"),
    Turn(20, OFAC, "one_cell_more", "rule cell_count", "a changed schema"),
    Turn(20, REGISTER, "is_sound", PUBLISHED),
    Turn(23, OFAC, "delists", PUBLISHED),
    Turn(23, SCHEDULE, "half_an_edition", "rule shrunk", "partial"),
    Turn(24, OFAC, "maintenance", "Down for maintenance", "wrong"),
    Turn(24, SCHEDULE, "is_sound", PUBLISHED),
    Turn(25, OFAC, "designates", PUBLISHED),
    Turn(25, REGISTER, "withdraws", PUBLISHED, "withdrawn"),
    Turn(26, OFAC, "cut_short", "rule truncated_file", "partial"),
    Turn(26, SCHEDULE, "withdrawn", "does not exist", "withdrawn"),
    Turn(27, OFAC, "is_sound", PUBLISHED),
    Turn(27, REGISTER, "away_for_a_moment", PUBLISHED, "a moment away"),
    Turn(27, SCHEDULE, "releases", PUBLISHED),
)
#: The worst of it in five days, with two publishers.
WEEK = (
    Turn(2, OFAC, "designates", PUBLISHED),
    Turn(2, REGISTER, "is_late", NOTHING, "late"),
    Turn(3, OFAC, "half_a_list", "rule shrunk", "a half list"),
    Turn(3, REGISTER, "unreachable", _NO_ANSWER, "unreachable"),
    Turn(4, OFAC, "clock_ahead", PUBLISHED, "clock skew"),
    Turn(4, REGISTER, "wrong_volume", "rule volume_unlike_year", "wrong"),
    Turn(5, OFAC, "cut_short", "rule truncated_file", "partial"),
    Turn(5, REGISTER, "pages_missing", "are announced", "partial"),
    Turn(6, OFAC, "away_for_a_moment", PUBLISHED, "a moment away"),
    Turn(6, REGISTER, "is_sound", PUBLISHED),
)
