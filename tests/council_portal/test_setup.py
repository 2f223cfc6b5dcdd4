"""The set-up as a person meets it on a machine that lacks something."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real.process import free_port

ROOT = Path(__file__).resolve().parents[2]
PRETENDS_OLD = """
import runpy, sys
sys.version_info = (3, 8, 18, "final", 0)
runpy.run_path({script!r}, run_name="__main__")
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the set-up and an empty list of packages."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / "constraints.txt").write_text("# nothing\n")
    return tmp_path


def set_up(clone: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up without any of this machine's settings of pip."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PORTAL_"))}
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": f"http://127.0.0.1:{free_port()}/simple"}
    command = [sys.executable, str(clone / "scripts" / "setup.py")]
    return subprocess.run(
        command, cwd=clone, env={**kept, **nowhere, **env}, capture_output=True, text=True, check=False
    )


def test_python_that_is_too_old_is_one_sentence():
    program = PRETENDS_OLD.format(script=str(ROOT / "scripts" / "setup.py"))
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(
        "The portal needs Python 3.11 or newer, and this computer's python3 is 3.8: install"
    )


def test_setup_script_can_be_read_by_the_oldest_python_3():
    source = (ROOT / "scripts" / "setup.py").read_text()

    assert ast.parse(source, feature_version=(3, 4))


@pytest.mark.slow
def test_no_network_for_pip_is_one_sentence(clone):
    (clone / "requirements.txt").write_text("council-portal-needs-this==1\n")
    (clone / "constraints.txt").write_text("# nothing\n")

    done = set_up(clone)

    assert (done.returncode, done.stderr) == (
        1,
        "The Python packages could not be downloaded because the package index cannot be reached: "
        "check the network connection and run the command again; details are in var/log/install.log.\n",
    )


@pytest.mark.slow
def test_second_set_up_does_nothing_and_a_half_made_one_is_mended(clone):
    first = set_up(clone)
    second = set_up(clone)
    (clone / "var" / "venv" / ".unfinished").touch()
    (clone / "var" / "venv" / "bin" / "pip").unlink()
    third = set_up(clone)

    assert [done.returncode for done in (first, second, third)] == [0, 0, 0]
    assert "Creating the virtual environment" in first.stdout
    assert second.stdout == ""
    assert "Creating the virtual environment" in third.stdout
