"""UN Comtrade's API -> the answers for reporters and years that were released since they were last read.

The API says first when each reporter's year was last released; only what is newer than what is held is asked for. One
vintage is one reporter, year and selection of products, as of that release. Chapters are always asked for; six-digit
products only where the user names them.

Belongs here: which questions, and halving one whose answer was cut off. Does not belong here: what an answer means.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.files import sha256_of
from pipelines.formats.world_trade import un_codes
from pipelines.http import Answer, Http
from pipelines.progress import log
from pipelines.quota import Quota
from pipelines.sources.un_comtrade.parse import LIMIT

REPORTERS = "STATECRAFT_COMTRADE_REPORTERS"
YEARS = "STATECRAFT_COMTRADE_YEARS"
PRODUCTS = "STATECRAFT_COMTRADE_PRODUCTS"
#: Twenty of the largest traders in goods that report. Taiwan does not: it is there as a partner.
LARGE_TRADERS = "CN,US,DE,NL,JP,IT,FR,KR,GB,HK,IN,MX,BE,CA,ES,SG,AE,PL,CH,VN"
YEARS_BACK = 5
#: An address longer than a few thousand characters is refused.
PRODUCTS_A_CALL = 100
KEY_HEADER = "Ocp-Apim-Subscription-Key"
CHAPTERS = ("AG2",)
FLOWS = ("M", "X")


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Answers of what was released since. Without a key nobody is asked, for most users have none.

    Raises FetchError: options that mean nothing, no answer, an answer that is cut off however little is asked; and,
    where years are wanted by name, no key, or (QuotaSpentError) too few calls left today.
    """
    key = os.environ.get(spec.key_environment or "", "")
    if not key and state.wanted is not None:
        raise FetchError(f"{spec.name}: {spec.key_environment} is not set.", "Set it; the publisher asks for a key.")
    if not key:
        log.warning("%s: %s is not set, so nobody was asked", spec.name, spec.key_environment)
        return
    reporters, years = _reporters(spec), _years(spec, state.today or datetime.now(UTC).date())
    if state.wanted is not None:
        years = [year.first.year for year in state.wanted.years]
    selections = {"HS2": CHAPTERS} | _products(spec)
    api = _Api(http, spec, key, state.quota, must_end=state.wanted is not None)
    if not api.may_put(1):
        return
    for (reporter, year), released_on in sorted(_released(api, reporters, years).items()):
        for name, products in selections.items():
            vintage_id = f"{reporter}_{year}_{name}_released_{released_on}"
            if vintage_id in state.vintage_ids:
                continue
            # A question may be halved: no vintage is begun that may not be ended.
            if not api.may_put(2 * (2 + len(products) // PRODUCTS_A_CALL)):
                return
            yield from api.vintage(vintage_id, un_codes()[reporter], year, products, released_on)


def _reporters(spec: SourceSpec) -> list[str]:
    named = [word.strip().upper() for word in os.environ.get(REPORTERS, LARGE_TRADERS).split(",")]
    unknown = [word for word in named if word not in un_codes()]
    if unknown:
        raise FetchError(
            f"{spec.name}: {REPORTERS} names {unknown}.", "Name countries by two letters, with commas: CN,US."
        )
    return named


def _years(spec: SourceSpec, today: date) -> list[int]:
    named = os.environ.get(YEARS, f"{today.year - YEARS_BACK}-{today.year - 1}")
    found = re.fullmatch(r"\s*(\d{4})(?:\s*-\s*(\d{4}))?\s*", named)
    years = list(range(int(found[1]), int(found[2] or found[1]) + 1)) if found else []
    if not years:
        raise FetchError(f"{spec.name}: {YEARS} is {named!r}.", "Name a year, or the first and the last: 2018-2024.")
    return years


def _products(spec: SourceSpec) -> dict[str, tuple[str, ...]]:
    """The selection of six-digit products, under a name that is another for other products."""
    named = sorted({word.strip() for word in os.environ.get(PRODUCTS, "").split(",") if word.strip()})
    wrong = [word for word in named if not re.fullmatch(r"\d{6}", word)]
    if wrong:
        raise FetchError(f"{spec.name}: {PRODUCTS} names {wrong}.", "Name six-digit codes of the Harmonized System.")
    return {f"HS6-{sha256_of(','.join(named).encode())[:8]}": tuple(named)} if named else {}


def _released(api: _Api, reporters: list[str], years: list[int]) -> dict[tuple[str, int], date]:
    """(reporter, year) -> the day its figures, as reported, were last released."""
    of_code = {un_codes()[name]: name for name in reporters}
    params = {"reporterCode": ",".join(map(str, of_code)), "period": ",".join(map(str, years))}
    answer = api.ask("releases", params)
    found: dict[tuple[str, int], date] = {}
    try:
        for dataset in _listed(answer)[1]:
            place = (of_code.get(int(dataset["reporterCode"]), ""), int(dataset["period"]))
            if dataset["isOriginalClassification"] and place[0] and place[1] in years:
                day = date.fromisoformat(str(dataset["lastReleased"])[:10])
                found[place] = max(day, found.get(place, day))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise api.strange(answer, error) from None
    return found


def _listed(answer: Answer) -> tuple[int, list[dict[str, Any]]]:
    """(rows counted, rows) of an answer. Raises one of the errors of reading where it is none."""
    body = json.loads(answer.content)
    if body.get("error"):
        raise ValueError(str(body["error"])[:200])
    if not isinstance(body["data"], list):
        raise TypeError("`data` is no list")
    return int(body["count"]), body["data"]


@dataclass
class _Api:
    """The API with a key; its calls count against the day's. must_end: too few of them are an error."""

    http: Http
    spec: SourceSpec
    key: str = field(repr=False)
    quota: Quota | None = None
    must_end: bool = False

    def may_put(self, calls: int) -> bool:
        """Whether so many calls may still be made today; says so if not. Raises QuotaSpentError where it must end."""
        if self.quota is None or self.quota.left >= calls:
            return True
        if self.must_end:
            raise self.quota.too_few(self.spec.name, calls)
        words = "%s: %d of %d calls a day are left, and %d are wanted: the next day's run goes on"
        log.warning(words, self.spec.name, self.quota.left, self.quota.limit, calls)
        return False

    def ask(self, endpoint: str, params: dict[str, str]) -> Answer:
        if self.quota is not None:
            self.quota.take()
        url = self.spec.endpoints[endpoint]
        answer = self.http.get(url, params=params, secret_headers={KEY_HEADER: self.key}, kind="json")
        if answer.empty:
            raise FetchError(f"{self.spec.name}: {answer.url} answered that it has nothing (204).", "Try again later.")
        return answer

    def vintage(
        self, vintage_id: str, reporter: int, year: int, products: tuple[str, ...], released_on: date
    ) -> list[Fetched]:
        """All answers to one selection; only when all of them are there."""
        steps = range(0, len(products), PRODUCTS_A_CALL)
        pieces = [products[at : at + PRODUCTS_A_CALL] for at in steps]
        whole = [answer for piece in pieces for answer in self._whole(reporter, year, piece, FLOWS)]
        if products == CHAPTERS and not any(_listed(answer)[0] for answer in whole):
            raise FetchError(
                f"{self.spec.name}: no chapter is answered for {vintage_id}, and it is said to be released.",
                "Look at the reporter's year on the publisher's site; try again later.",
            )
        width = len(str(len(whole)))
        return [
            Fetched(
                name=f"comtrade_{vintage_id}_part-{n:0{width}d}-of-{len(whole)}.json",
                content=answer.content,
                url=answer.url,
                vintage_id=vintage_id,
                published_on=released_on,
                headers=answer.headers,
            )
            for n, answer in enumerate(whole, start=1)
        ]

    def _whole(self, reporter: int, year: int, products: tuple[str, ...], flows: tuple[str, ...]) -> list[Answer]:
        """The answer, or those of its halves where it was cut off."""
        params = {
            "reporterCode": str(reporter),
            "period": str(year),
            "flowCode": ",".join(flows),
            "cmdCode": ",".join(products),
            "partner2Code": "0",
            "motCode": "0",
            "customsCode": "C00",
            "maxRecords": str(LIMIT),
            "includeDesc": "true",
        }
        answer = self.ask("data", params)
        try:
            count, rows = _listed(answer)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise self.strange(answer, error) from None
        if max(count, len(rows)) < LIMIT:
            return [answer]
        if len(flows) > 1:
            halves: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(products, (flow,)) for flow in flows]
        elif len(products) > 1:
            middle = len(products) // 2
            halves = [(products[:middle], flows), (products[middle:], flows)]
        else:
            raise FetchError(
                f"{self.spec.name}: {answer.url} is cut off at {LIMIT:,} rows, and cannot be asked in parts.",
                "Ask for fewer years or products; tell the maintainers.",
            )
        return [whole for half in halves for whole in self._whole(reporter, year, *half)]

    def strange(self, answer: Answer, error: Exception) -> FetchError:
        return FetchError(
            f"{self.spec.name}: {answer.url} did not answer in the form known ({error!r}).",
            "Open the address in a browser; the API may be down or have changed its shape.",
        )
