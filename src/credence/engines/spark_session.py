"""A session on a Spark: begun without noise, ended with everything that it began.

pyspark is imported when a session is asked for: Credence works without it. The settings are Spark's own,
read as Spark reads them (`spark-defaults.conf` in `SPARK_CONF_DIR`); what stands here goes before them.
"""

import re
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from os import environ
from shutil import which
from subprocess import TimeoutExpired
from tempfile import TemporaryFile
from typing import IO, Any

from credence.errors import SparkError, SparkMissingError

SETTINGS = {"spark.app.name": "Credence", "spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
# On one machine nobody else has to reach the driver, and nobody else shall.
ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
}
HERE = re.compile(r"local(\[.*)?|spark://(127\.[0-9.]+|localhost|\[::1\]):[0-9]+")
MASTER = re.compile(r"local(\[[^]]+\])?|spark://\S+:[0-9]+|k8s://\S+|yarn")
ADDRESS = re.compile(r"(\[[0-9a-f:]+\]|[^/,:]+):([0-9]{1,5})")
CONNECT = (
    "it is an address of Spark Connect, which hands out no tasks. Give the master's, like spark://host:7077."
)
NO_MASTER = "it is no master of Spark's. Give local[*], or the master's address like spark://host:7077."
SILENCE = "nobody answers there. Start the master, or give the address that its page and its log show."
PACKAGE, EXTRA = "the package pyspark", "Install it with Credence: pip install 'credence[spark]'."
JAVA, PLACE = "Java 17 or newer", "Install it, or say in JAVA_HOME where it is."
WORDS_MOST, ANSWER_SECONDS, END_SECONDS = 400, 10, 30


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A SparkContext, while it is used.

    Raises:
        SparkMissingError: pyspark or Java is not installed here.
        SparkError: Nobody answers there, or Spark could not do what was asked of it meanwhile.
    """
    _look(master)
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    settings = SETTINGS | {"spark.master": master} | (ALONE if HERE.fullmatch(master) else {})
    with _java(settings) as (gateway, conf):
        try:
            with _context(master, conf, gateway) as context:
                yield context
        except (Py4JError, PySparkException) as error:
            # Java is asked for its words, so that it must still be there.
            raise SparkError(master, last_words(str(error))) from None


def _look(master: str) -> None:
    """Look whether all that is needed is there, before Spark says it in its own way."""
    if find_spec("pyspark") is None:
        raise SparkMissingError(PACKAGE, EXTRA)
    if "JAVA_HOME" not in environ and which("java") is None:
        raise SparkMissingError(JAVA, PLACE)
    if not MASTER.fullmatch(master):
        raise SparkError(master, CONNECT if master.startswith("sc:") else NO_MASTER)
    masters = ADDRESS.findall(master.removeprefix("spark://")) if master.startswith("spark:") else []
    if masters and not any(_answers(host.strip("[]"), int(port)) for host, port in masters):
        raise SparkError(master, SILENCE)


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), ANSWER_SECONDS).close()
    except (OSError, OverflowError):  # away, or a port that cannot be
        return False
    return True


@contextmanager
def _java(settings: dict[str, str]) -> Iterator[tuple[Any, Any]]:
    """A Java of our own with its settings, apart from one that the process may have for something else."""
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415
    from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415

    others = SparkContext._gateway, SparkContext._jvm  # noqa: SLF001
    # Settings that are made while there is another Java are kept there, where ours does not find them.
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001
    conf = SparkConf(loadDefaults=False).setAll([*settings.items()])
    with TemporaryFile() as words:
        try:
            gateway = launch_gateway(conf, {"stdout": words, "stderr": words})  # type: ignore[no-untyped-call]
        except PySparkRuntimeError:
            SparkContext._gateway, SparkContext._jvm = others  # noqa: SLF001
            raise SparkMissingError(JAVA, f"Java could not start Spark: {_read(words)}") from None
        try:
            yield gateway, conf
        finally:
            SparkContext._gateway, SparkContext._jvm = others  # noqa: SLF001
            gateway.shutdown()
            gateway.proc.stdin.close()
            with suppress(TimeoutExpired):
                gateway.proc.wait(END_SECONDS)
            gateway.proc.kill()


@contextmanager
def _context(master: str, conf: Any, gateway: Any) -> Iterator[Any]:  # noqa: ANN401
    from pyspark import SparkContext  # noqa: PLC0415

    interrupted = signal.getsignal(signal.SIGINT)
    try:
        context = SparkContext(conf=conf, gateway=gateway)
    except ValueError as error:  # one context a process
        raise SparkError(master, last_words(str(error))) from None
    if "PYSPARK_PYTHON" not in environ:
        context.pythonExec = sys.executable
    try:
        yield context
    finally:
        context.stop()
        # pyspark takes it over for good. It does so in the main thread alone, where it can be taken back.
        with suppress(ValueError):
            signal.signal(signal.SIGINT, interrupted)


def _read(words: IO[bytes]) -> str:
    words.seek(0)
    return " ".join(words.read().decode(errors="replace").split())[:WORDS_MOST]


def last_words(text: str) -> str:
    """What is to the point in what Java and Python say of an error on many lines."""
    of_traces = ("Driver stacktrace", "Caused by", "Traceback")
    said = [line for line in text.splitlines() if line[:1].strip() and not line.startswith(of_traces)]
    return said[-1].split("most recent failure: ")[-1].removeprefix(": ") if said else "it did not say why"
