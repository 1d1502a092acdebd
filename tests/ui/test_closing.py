"""Closing the window ends the process within a bound, whatever is being done with a model."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("work", ["loading", "checking", "nothing"])
def test_the_process_ends_though_a_thread_is_at_work(tmp_path: Path, work: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.busy_window", work],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "INKSTONE_HOME": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,  # s; without a bound it never ends
    )
    assert (done.returncode, done.stdout) == (0, "closing\n"), done.stderr
