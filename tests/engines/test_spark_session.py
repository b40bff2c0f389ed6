"""Sessions on a Spark: what is missing is said before Spark says it, and nothing is left behind."""

import gc
import socket
import sys
from pathlib import Path

import pytest

from credence.engines.spark_session import last_words, session
from credence.errors import SparkError, SparkMissingError
from tests.engines.spark_cluster import has_spark, write_settings

# What Spark's own Python code has to warn of is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")


def refusal(master: str) -> str:
    with pytest.raises((SparkError, SparkMissingError)) as refused, session(master):
        pytest.fail("it began")
    return str(refused.value)


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert refusal("local[1]") == (
        "Spark needs the package pyspark, which is not here. "
        "Install it with Credence: pip install 'credence[spark]'."
    )


def test_without_java_java_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert refusal("local[1]") == (
        "Spark needs Java 17 or newer, which is not here. Install it, or say in JAVA_HOME where it is."
    )


def test_what_an_old_java_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'class file version 61.0 is too new' >&2\nexit 1\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert refusal("local[1]").startswith(
        "Spark needs Java 17 or newer, which is not here. "
        "Java could not start Spark: class file version 61.0 is too new"
    )
    # pyspark leaves a pipe open to what could not start; here it may be complained of.
    gc.collect()


@pytest.mark.parametrize(
    ("master", "says"),
    [
        ("sc://127.0.0.1:15002", "an address of Spark Connect, which hands out no tasks. Give the master's"),
        ("local[x]", "Could not parse Master URL: 'local[x]'"),
        ("127.0.0.1:7077", "it is no master of Spark's. Give local[*], or"),
        ("spark://127.0.0.1", "it is no master of Spark's. Give local[*], or"),
    ],
)
def test_a_master_that_is_none_is_told_from_one_that_is_away(master: str, says: str) -> None:
    has_spark()
    assert says in refusal(master)


def test_nobody_answers_where_no_master_is() -> None:
    has_spark()
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    for master in (f"spark://127.0.0.1:{port},[::1]:{port}", "spark://127.0.0.1:99999"):
        assert "nobody answers there. Start the master" in refusal(master)


def test_a_process_has_one_session_at_a_time_and_each_ends_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_spark()
    write_settings(tmp_path)
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    with session("local[1]") as context:
        assert "Cannot run multiple SparkContexts at once" in refusal("local[1]")
        assert context.parallelize(range(4), 1).sum() == 6
        assert context.getConf().get("spark.driver.bindAddress") == "127.0.0.1"
    assert context._jsc is None  # noqa: SLF001 - there is no other way to ask


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it did not say why"),
        (
            "An error occurred while calling o1.collect.\n: java.lang.Error: no\n\tat x\n",
            "java.lang.Error: no",
        ),
        (
            "Traceback (most recent call last):\n  File x\nOSError: disk full\n\n\tat a\nDriver stacktrace:",
            "OSError: disk full",
        ),
        (
            "Job aborted: Task 1 failed 4 times, most recent failure: Lost task 1.3: exit 137\n\tat y",
            "Lost task 1.3: exit 137",
        ),
    ],
)
def test_of_many_lines_what_is_to_the_point_is_kept(text: str, words: str) -> None:
    assert last_words(text) == words
