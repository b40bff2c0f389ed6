import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from credence.events.scratch import abandoned, scratch_folder

WORKER = """
import sys, time
from pathlib import Path
from credence.events.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1])) as scratch:
    (scratch / "half done").write_text("ana")
    print(scratch, flush=True)
    time.sleep(60)
"""


def test_a_scratch_folder_is_gone_when_the_work_is_done(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as scratch:
        (scratch / "file").write_text("half done", encoding="utf-8")
    assert not scratch.exists()


def test_a_scratch_folder_is_gone_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), scratch_folder(tmp_path) as scratch:
        (scratch / "file").write_text(str(1 / 0), encoding="utf-8")
    assert not scratch.exists()


def test_a_folder_without_any_work_has_nothing_abandoned(tmp_path: Path) -> None:
    assert abandoned(tmp_path) == []


def test_only_the_folder_of_a_killed_process_is_abandoned(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WORKER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as worker:
        assert worker.stdout is not None
        theirs = Path(worker.stdout.readline().strip())
        with scratch_folder(tmp_path):
            assert abandoned(tmp_path) == []
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            assert abandoned(tmp_path) == [theirs]
