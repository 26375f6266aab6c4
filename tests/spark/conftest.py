"""One cluster for the session, and one warehouse on it, as its first refresh leaves it.

Belongs here: fixtures. Does not belong here: how a cluster is started (cluster.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.spark.cluster import Cluster, cluster
from tests.world.home import Home


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("spark") / "cluster") as running:
        yield running


@pytest.fixture(scope="session")
def on_spark(spark: Cluster, tmp_path_factory: pytest.TempPathFactory, pack: Path, expectations: Path) -> Home:
    """A warehouse of the small world whose models the cluster runs. A metastore holds one warehouse, so tests share it."""
    home = Home(tmp_path_factory.mktemp("home") / "on_spark", pack, expectations, engine=spark.environment)
    done = home.statecraft("refresh", "--source", pack)
    assert done.returncode == 0, done.stderr[-5000:]
    return home


@pytest.fixture
def on_duckdb(built: Home, tmp_path: Path) -> Home:
    """The same world built by DuckDB, to do the same with. A warehouse that moved is built anew."""
    return built.at(tmp_path / "warehouse")
