"""One cluster for the session, and one warehouse on it, as its first refresh leaves it.

Belongs here: fixtures. Does not belong here: how a cluster is started (cluster.py).
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.spark.cluster import Cluster, NoJavaError, cluster, require_java
from tests.world.home import Home


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster, of which nothing is left at the end. Without Java the session ends here, in one sentence."""
    try:
        require_java()
    except NoJavaError as error:
        pytest.exit(str(error), returncode=1)
    # A session that is told to end must come to the lines that stop the cluster.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with cluster(tmp_path_factory.mktemp("spark") / "cluster") as running:
        yield running
    assert running.sessions and running.running() == []


@pytest.fixture(scope="session")
def on_spark(spark: Cluster, tmp_path_factory: pytest.TempPathFactory, pack: Path, expectations: Path) -> Home:
    """A warehouse of the small world on the cluster. A catalog holds one warehouse, so tests share it."""
    home = Home(tmp_path_factory.mktemp("home") / "on_spark", pack, expectations, engine=spark.environment)
    done = home.statecraft("refresh", "--source", pack)
    assert done.returncode == 0, done.stderr[-5000:]
    return home


@pytest.fixture(scope="session")
def on_duckdb(built: Home) -> Home:
    """The same world built by DuckDB, to do the same with, in the same order."""
    return built.at(built.path.with_name("warehouse"))
