"""The way in: deliveries are archived, parsed and landed once, whichever door they come through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines import contract, intake
from pipelines.archive import Archive
from pipelines.contract import Delivery, Fetched, FetchState, Parsed, SourceSpec
from pipelines.errors import FetchError, LandingError, StatecraftError
from pipelines.http import Http
from pipelines.intake import IntakeReport, Origin, add_files, editions, incidents, record_incident, take_in
from pipelines.landing import Landing
from pipelines.settings import Settings
from tests.unit.rooms import day, list_vintage, toy_settings, toy_spec

SPEC = toy_spec()
URL = "https://toys.example/list.csv"
EDITIONS = """
editions:
  - {files: ["a*.csv"], vintage_id: first, known_on: 2024-05-31, evidence: its cover}
  - {files: [b.csv], known_on: 2024-06-01, known_precision: month, sequence: 2}
  - {files: [not_here.csv], known_on: 2024-07-01}
"""


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """A toy format: `entry,name` lines; a file that begins with ! breaks a rule; one without lines states nothing."""
    for file in delivery.files:
        if file.content.startswith(b"!"):
            raise LandingError("this is no list", "Fetch it again.", spec.name, file.name, "not_a_list", ["!"])
        names = dict(line.split(",") for line in file.content.decode().splitlines() if "," in line)
        if names:
            known_on = delivery.known_on or day(0)
            vintage_id = delivery.vintage_id or file.name
            yield list_vintage(0, names, known_on=known_on, vintage_id=vintage_id, sha256=file.sha256)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(contract, "parser", lambda name: parse)
    monkeypatch.setattr(contract, "SOURCES", tmp_path / "sources")
    return toy_settings(tmp_path)


class Publisher:
    """A publisher on the other end of the line; remembers what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers: list[Fetched] = []
        self.asked: list[FetchState] = []
        monkeypatch.setattr(contract, "fetcher", lambda name: self.fetch)

    def fetch(self, http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
        self.asked.append(state)
        yield from self.answers


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    return Publisher(monkeypatch)


def live(settings: Settings) -> IntakeReport:
    return take_in(settings, SPEC, Origin("live"))


def sent(content: str, vintage_id: str = "v1", published: date | None = None, etag: str | None = None) -> Fetched:
    headers = {"etag": etag} if etag else {}
    return Fetched("list.csv", content.encode(), URL, vintage_id, published, headers)


def test_a_live_answer_is_archived_and_landed(settings: Settings, publisher: Publisher) -> None:
    publisher.answers = [sent("a,Ay\n", published=day(3))]
    report = live(settings)
    (vintage,) = report.landed
    assert (vintage.known_on, vintage.vintage_id, vintage.origin, vintage.status) == (day(3), "v1", "live", "candidate")
    (receipt,) = Archive(settings).receipts("toy")
    assert receipt.sha256 == vintage.sha256 and report.archived_bytes == receipt.stored_bytes > 0


def test_what_has_no_date_of_its_own_is_known_today_in_the_publishers_zone(
    settings: Settings, publisher: Publisher
) -> None:
    publisher.answers = [sent("a,Ay\n")]
    (vintage,) = live(settings).landed
    assert vintage.known_on == publisher.asked[0].today


def test_the_same_answer_again_is_known_and_costs_nothing(settings: Settings, publisher: Publisher) -> None:
    publisher.answers = [sent("a,Ay\n", published=day(3))]
    live(settings)
    again = live(settings)
    assert (again.landed, again.known, again.archived_bytes) == ([], 1, 0)
    assert len(list(Archive(settings).receipts("toy"))) == 1


def test_answers_of_one_vintage_make_one_delivery(settings: Settings, publisher: Publisher) -> None:
    publisher.answers = [sent("a,Ay\n"), sent("b,Bee\n"), sent("c,Sea\n", "v2")]
    assert [v.vintage_id for v in live(settings).landed] == ["v1", "v1", "v2"]
    assert len(list((settings.landing / "deliveries" / "toy").iterdir())) == 2


def test_a_publisher_is_told_what_is_held(settings: Settings, publisher: Publisher) -> None:
    publisher.answers = [sent("a,Ay\n", "v1", day(3), '"1"'), sent("a,Ay2\n", "v2", day(4), '"2"')]
    live(settings)
    Landing(settings).mark([v for v in Landing(settings).vintages() if v.vintage_id == "v1"], "accepted")
    live(settings)
    first, second = publisher.asked
    assert (first.vintage_ids, first.validators, first.newest_known_on) == (frozenset(), {}, None)
    assert second.vintage_ids == frozenset({"v1"})  # v2 has not passed its gate
    assert second.validators == {URL: {"etag": '"2"'}}
    assert second.newest_known_on == day(3)


def test_questions_are_counted_by_host_where_there_is_a_bound(
    settings: Settings, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = SPEC.model_copy(
        update={"endpoints": {"a": "https://toys.example/data"}, "key_environment": "TOY", "keyless_calls_a_day": 5}
    )
    take_in(settings, limited, Origin("live"))
    monkeypatch.setenv("TOY", "a key")
    take_in(settings, limited, Origin("live"))
    take_in(settings, limited.model_copy(update={"keyed_calls_a_day": 7}), Origin("live"))
    live(settings)
    counted, keyed, bounded, unlimited = (state.quota for state in publisher.asked)
    assert counted is not None and (keyed, unlimited) == (None, None)
    assert bounded is not None and (bounded.path, bounded.limit) == (counted.path, 7)
    assert (counted.path, counted.limit) == (settings.quotas / "toys.example.json", 5)
    assert counted.day == publisher.asked[0].today


def test_an_answer_that_could_not_be_parsed_is_asked_for_again(settings: Settings, publisher: Publisher) -> None:
    """Its validators would make the publisher say "not modified", and the file would be lost in silence."""
    publisher.answers = [sent("a,Ay\n", "v1", day(3), '"1"')]
    live(settings)
    publisher.answers = [sent("!", "v2", day(4), '"2"')]
    with pytest.raises(LandingError, match="not_a_list"):
        live(settings)
    assert len(list(Archive(settings).receipts("toy"))) == 2  # the evidence is kept
    publisher.answers = []
    live(settings)
    assert publisher.asked[-1].validators == {URL: {"etag": '"1"'}}


def test_a_publisher_that_cannot_be_reached_leaves_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> Iterator[Fetched]:
        raise FetchError("toys.example did not answer.", "Try again later.")

    monkeypatch.setattr(contract, "fetcher", lambda name: unreachable)
    with pytest.raises(FetchError):
        live(settings)
    assert not settings.archive.exists() and not settings.landing.exists()


def test_each_of_a_users_files_is_a_delivery(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "sources" / "toy").mkdir(parents=True)
    (tmp_path / "sources" / "toy" / "editions.yml").write_text(
        'editions:\n  - {files: ["a*.csv"], separately: true}\n  - {files: [not_here.csv], separately: true}\n'
    )
    for name in ("a1.csv", "a2.csv"):
        (tmp_path / name).write_text("a,Ay\n")
    deliveries = [([p.name for p in files], facts) for files, facts in editions(SPEC, tmp_path)]
    assert deliveries == [(["a1.csv"], {}), (["a2.csv"], {})]


def test_a_folder_of_files_is_taken_in_by_its_editions(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "sources" / "toy").mkdir(parents=True)
    (tmp_path / "sources" / "toy" / "editions.yml").write_text(EDITIONS)
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a1.csv", "a2.csv", "b.csv"):
        (folder / name).write_text(f"{name},{name}\n")
    deliveries = [([p.name for p in files], facts) for files, facts in editions(SPEC, folder)]
    assert deliveries == [
        (["a1.csv", "a2.csv"], {"vintage_id": "first", "known_on": date(2024, 5, 31)}),
        (["b.csv"], {"known_on": date(2024, 6, 1), "known_precision": "month", "sequence": 2}),
    ]
    report = take_in(settings, SPEC, Origin("file", folder))
    assert [v.known_on.isoformat() for v in report.landed] == ["2024-05-31", "2024-05-31", "2024-06-01"]
    again = take_in(settings, SPEC, Origin("file", folder))
    assert (again.landed, again.known) == ([], 2)


def test_files_added_by_hand_may_say_when_they_were_known(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("a,Ay\n")
    (vintage,) = add_files(settings, SPEC, [path], day(9), "by hand").landed
    assert (vintage.known_on, vintage.vintage_id, vintage.origin) == (day(9), "by hand", "file")
    assert [r.url for r in Archive(settings).receipts("toy")] == ["file:mine.csv"]  # no path of this machine


def test_refused_bytes_may_be_brought_again_by_hand(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("a,Ay\n")
    landing = Landing(settings)
    landing.mark(add_files(settings, SPEC, [path], day(9), None).landed, "refused", "a rule tripped")
    (vintage,) = add_files(settings, SPEC, [path], day(9), None).landed
    assert (vintage.status, vintage.reason) == ("candidate", "")
    landing.mark([vintage], "accepted")
    assert add_files(settings, SPEC, [path], day(9), None).landed == []


def test_files_that_state_nothing_are_refused(settings: Settings, tmp_path: Path) -> None:
    for content, rule in (("nothing", "nothing_stated"), ("", "empty_body"), (" \n", "empty_body")):
        (tmp_path / "empty.csv").write_text(content)
        with pytest.raises(LandingError) as caught:
            add_files(settings, SPEC, [tmp_path / "empty.csv"], None, None)
        assert (caught.value.rule, caught.value.file) == (rule, "empty.csv")


def test_a_truncated_gzip_is_refused_and_not_taken_for_known(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "list.csv.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00half")
    for _ in range(2):
        with pytest.raises(StatecraftError, match="not a whole gzip"):
            add_files(settings, SPEC, [path], day(0), None)
    assert Landing(settings).vintages() == []


def test_origins_are_named_by_one_word_or_a_folder(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Origin.named("pack", settings) == Origin.named("", settings) == Origin("pack", settings.sample)
    assert Origin.named("live", settings) == Origin("live")
    folder = tmp_path / "some"
    folder.mkdir()
    assert Origin.named(str(folder), settings) == Origin("file", folder)
    (folder / "manifest.json").write_text("{}")
    assert Origin.named(str(folder), settings) == Origin("pack", folder)
    with pytest.raises(StatecraftError, match="not a folder"):
        Origin.named(str(tmp_path / "nowhere"), settings)
    monkeypatch.setattr(contract, "all_specs", lambda: {SPEC.name: SPEC})
    (tmp_path / "lost" / "toy__list").mkdir(parents=True)
    with pytest.raises(StatecraftError, match=r"holds tables of a pack, and no manifest\.json"):
        Origin.named(str(tmp_path / "lost"), settings)


def test_incidents_keep_what_failed_and_what_to_do(settings: Settings) -> None:
    error = LandingError("bad", "Mend it.", "toy", "list.csv", "not_a_list", list(range(9)))
    record_incident(settings, "toy", "landing", StatecraftError("plain", "Do."))
    record_incident(settings, "toy", "landing", error)
    newest, oldest = incidents(settings)
    assert (newest["rule"], newest["file"], newest["action"]) == ("not_a_list", "list.csv", "Mend it.")
    assert newest["rows"] == ["0", "1", "2", "3", "4"] and "bad" in newest["what"]
    assert (oldest["rule"], oldest["rows"]) == ("StatecraftError", [])
    assert intake.incidents(toy_settings(settings.home)) == []
    (settings.incidents / "20990101T000000_toy_landing.json").write_text("{")
    assert incidents(settings) == [newest, oldest]  # what cannot be read tells nothing, and stands in no one's way


def test_what_cannot_be_put_on_record_is_still_told(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    settings.incidents.write_text("a file where a folder should be")
    record_incident(settings, "toy", "landing", StatecraftError("plain", "Do."))
    assert settings.incidents.read_text() == "a file where a folder should be"
