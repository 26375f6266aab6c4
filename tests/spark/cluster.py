"""A real Spark cluster on loopback, from the pyspark package: a master, two workers, a Thrift server.

Belongs here: starting it, stopping it, and killing a worker. Does not belong here: what runs on it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyspark

SPARK = Path(pyspark.__file__).parent
HOST = "127.0.0.1"
JAVA = 17
WORKERS = 2
#: Memory of each worker's executor, and of the Thrift server.
EXECUTOR_MEMORY, SERVER_MEMORY = "900m", "2400m"
START_SECONDS = 120
#: A killed Java gives its memory back before it is gone: for a moment it is listed by its bare name.
STOP_SECONDS = 30
#: States of processes that have ended and are only listed: zombie, dead.
DEAD = "ZX"
#: A cluster that lives for minutes and sees little data gains nothing from the compiler's and collector's best efforts.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC"
#: Nor does little data gain from many tasks, from waiting for the worker that is nearest to it (both are here), or from
#: planning a query anew after each of its stages, from compiling what runs once, or from plans written out for a page
#: nobody opens; and tables that live as long as the server need no metastore, which takes half of its time. None of
#: this changes what a query answers (benchmarks/spark.py goes without it).
LITTLE_DATA = {
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.maxPlanStringLength": "2000",
    "spark.locality.wait": "0s",
}
_LOGGING = """\
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
"""


class NoJavaError(RuntimeError):
    """Spark needs a Java runtime, which no Python package brings."""


def require_java() -> None:
    """Raise NoJavaError unless the Java that Spark would start is recent enough."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    wanted = (
        f"Spark needs Java {JAVA} or later: install it (Debian and Ubuntu: apt install openjdk-{JAVA}-jre-headless), "
        "or set JAVA_HOME."
    )
    if java is None or not Path(java).exists():
        raise NoJavaError(f"No Java was found. {wanted}")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version.group(1)) < JAVA:
        raise NoJavaError(f"{java} is another Java. {wanted}")


@dataclass
class Cluster:
    """A running cluster. folder: its logs, metastore and scratch space. sessions: every session it ever started."""

    folder: Path
    thrift_port: int
    master: str
    executor_memory: str
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    sessions: set[int] = field(default_factory=set)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a refresh use this cluster."""
        return {
            "STATECRAFT_ENGINE": "spark",
            "STATECRAFT_SPARK_HOST": HOST,
            "STATECRAFT_SPARK_PORT": str(self.thrift_port),
            "STATECRAFT_THREADS": "8",
        }

    def start_worker(self, name: str, cores: int = 1) -> None:
        """Start a worker, or start it again."""
        scratch = self.folder / name
        arguments = [
            "--host",
            HOST,
            "--cores",
            str(cores),
            "--memory",
            self.executor_memory,
            "--work-dir",
            str(scratch),
        ]
        self.run(name, ["spark-class", "org.apache.spark.deploy.worker.Worker", *arguments, self.master])

    def kill_worker(self, name: str) -> None:
        """Kill a worker and its executors, as a machine that goes away."""
        _kill(self.processes.pop(name))

    def run(self, name: str, command: list[str], memory: str = "256m") -> None:
        """Start one of Spark's own programs in a session of its own; its words go to <name>.log."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [str(SPARK / "bin" / command[0]), *command[1:]],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                env=self._environment(memory),
                start_new_session=True,
            )
        self.sessions.add(self.processes[name].pid)

    def _environment(self, memory: str) -> dict[str, str]:
        own = {
            "SPARK_HOME": str(SPARK),
            "SPARK_CONF_DIR": str(self.folder / "conf"),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": str(self.folder / "scratch"),
            "SPARK_DAEMON_MEMORY": memory,
        }
        return {**os.environ, **own}

    def wait_for(self, port: int, name: str) -> None:
        """Wait until a program answers at its port. Raises RuntimeError with its last words if it does not."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.processes[name].poll() is None:
            with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
                return
            time.sleep(0.3)
        words = (self.folder / f"{name}.log").read_text(errors="replace")[-3000:]
        raise RuntimeError(f"Spark's {name} did not answer at {HOST}:{port}:\n{words}")

    def stop(self) -> None:
        """Stop everything that was started, executors included, and see it gone."""
        for process in reversed(list(self.processes.values())):
            _kill(process)
        self.processes.clear()
        until = time.monotonic() + STOP_SECONDS
        while self.running() and time.monotonic() < until:
            time.sleep(0.1)

    def running(self) -> list[str]:
        """Command lines of all that runs in this cluster's sessions: its programs, and executors that workers start."""
        listed = subprocess.run(["ps", "-eww", "-o", "sid=,stat=,args="], capture_output=True, text=True, check=True)
        lines = (line.split(maxsplit=2) for line in listed.stdout.splitlines())
        return [line[2] for line in lines if int(line[0]) in self.sessions and line[1][0] not in DEAD]


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def cluster(
    folder: Path,
    cores: int = 1,
    server_memory: str = SERVER_MEMORY,
    executor_memory: str = EXECUTOR_MEMORY,
    java_options: str = SHORT_LIVED,
    settings: Mapping[str, str] = LITTLE_DATA,
) -> Iterator[Cluster]:
    """Start a cluster, and stop it at the end. Raises NoJavaError where there is no Java.

    cores: of each worker.  settings: Spark's, besides those the Thrift server must have.
    """
    require_java()
    (folder / "conf").mkdir(parents=True)
    (folder / "conf" / "log4j2.properties").write_text(_LOGGING)
    master_port, thrift_port = _free_port(), _free_port()
    running = Cluster(folder, thrift_port, f"spark://{HOST}:{master_port}", executor_memory)
    try:
        master = ["--host", HOST, "--port", str(master_port), "--webui-port", "0"]
        running.run("master", ["spark-class", "org.apache.spark.deploy.master.Master", *master])
        running.wait_for(master_port, "master")
        for number in range(1, WORKERS + 1):
            running.start_worker(f"worker-{number}", cores)
        running.run("thrift", _thrift_server(running, java_options, settings), server_memory)
        running.wait_for(thrift_port, "thrift")
        yield running
    finally:
        running.stop()


def _thrift_server(running: Cluster, java_options: str, others: Mapping[str, str]) -> list[str]:
    metastore = f"jdbc:derby:;databaseName={running.folder / 'metastore'};create=true"
    settings = {
        "spark.driver.host": HOST,
        "spark.executor.memory": running.executor_memory,
        "spark.hadoop.javax.jdo.option.ConnectionURL": metastore,
        # Half for what is young: planning makes much that is soon forgotten.
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={running.folder} -XX:NewRatio=1 {java_options}",
        "spark.executor.extraJavaOptions": java_options,
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(running.folder / "warehouse"),
        "spark.ui.enabled": "false",
    }
    confs = [part for name, value in {**settings, **others}.items() for part in ("--conf", f"{name}={value}")]
    server = ["--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2", "spark-internal"]
    where = ["--hiveconf", f"hive.server2.thrift.port={running.thrift_port}"]
    where += ["--hiveconf", f"hive.server2.thrift.bind.host={HOST}"]
    return ["spark-submit", "--master", running.master, *confs, *server, *where]
