"""A standalone Spark for tests: a master and workers of its own on this machine, gone afterwards."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

MASTER, WORKER = (f"org.apache.spark.deploy.{name}" for name in ("master.Master", "worker.Worker"))
HERE = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
START_SECONDS = 120
# Short lives: the programs are to start fast, and several of them share two cores.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": JAVA,
    "spark.driver.extraJavaOptions": JAVA,
}

# Planning and compiling a statement for millions of people takes longer than running it for a few.
FEW_PEOPLE = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "1",
}


@dataclass
class Cluster:
    """A master, and workers of one core; `settings` is the folder for SPARK_CONF_DIR."""

    folder: Path
    url: str = ""
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def settings(self) -> Path:
        return self.folder / "conf"

    @property
    def workers(self) -> list[subprocess.Popen[bytes]]:
        return [program for program in self.programs[1:] if program.poll() is None]

    def add_worker(self) -> None:
        place = self.folder / f"work-{len(self.programs)}"
        self._start(WORKER, "--cores", "1", "--memory", "1g", "--work-dir", str(place), self.url)
        self._said("Successfully registered with master")

    def kill_worker(self) -> None:
        """Kill a worker and its executor, and let nobody clean up."""
        program = self.workers[0]
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()

    def set(self, **more: str) -> None:
        """Write the settings of those who use it."""
        write_settings(self.settings, **more)

    def start(self) -> None:
        self.set()
        self._start(MASTER)
        self.url = self._said(r"Starting Spark master at (\S+)")[1]

    def stop(self) -> None:
        for program in self.programs:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()

    def _start(self, name: str, *words: str) -> None:
        pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
        program = Path(pyspark.__path__[0]) / "bin" / "spark-class"
        environment = os.environ | {
            "SPARK_DAEMON_JAVA_OPTS": JAVA,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_LOCAL_DIRS": str(self.folder / "local"),
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        with self._words().open("wb") as words_file:
            started = subprocess.Popen(
                [program, name, *HERE, *words],
                env=environment,
                cwd=self.folder,
                stdout=words_file,
                stderr=words_file,
                start_new_session=True,
            )
        self.programs.append(started)

    def _words(self, number: int = 0) -> Path:
        return self.folder / f"program-{len(self.programs) + number}.log"

    def _said(self, form: str) -> re.Match[str]:
        """What the program that was started last says of itself, when it does."""
        words = self._words(-1)
        for _ in range(START_SECONDS * 10):
            found = re.search(form, words.read_text(encoding="utf-8"))
            if found:
                return found
            time.sleep(0.1)
        return pytest.fail(words.read_text(encoding="utf-8"))


def write_settings(folder: Path, **more: str) -> None:
    """Write a folder for SPARK_CONF_DIR."""
    folder.mkdir(exist_ok=True)
    settings = SETTINGS | more
    lines = [f"{name} {value}\n" for name, value in settings.items()]
    (folder / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")


def has_spark() -> None:
    """Skip the test where there is no Java or no Spark."""
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed, and Spark needs it")


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster while it is used; the test is skipped where there is no Java or no Spark."""
    has_spark()
    made = Cluster(folder)
    try:
        made.start()
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        made.stop()
