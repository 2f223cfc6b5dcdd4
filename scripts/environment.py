"""Makes and mends the virtual environment; knows nothing of the tests' other parts."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
VAR = Path(os.environ.get("PORTAL_VAR", ROOT / "var")).resolve()
VENV = VAR / "venv"
PYTHON = VENV / "bin" / "python"
LOG = VAR / "log" / "install.log"
# Present only while pip works: if a run finds it, an earlier one was killed half-way.
UNFINISHED = VENV / ".unfinished"

_UNREACHABLE = re.compile(
    r"connection|timed? ?out|temporary failure in name resolution|max retries|unreachable|proxy",
    re.IGNORECASE,
)


class SetupFailed(Exception):
    """The environment cannot be made; the text is one sentence for the person at the terminal."""


def prepare(*, for_developers: bool) -> None:
    """Bring the virtual environment up to date; instant when nothing changed. Raises SetupFailed."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    lists = [CONSTRAINTS, ROOT / "requirements.txt"]
    if for_developers:
        lists.append(ROOT / "requirements-dev.txt")
    stamp, wanted = VENV / f".stamp-{lists[-1].stem}", _fingerprint(lists)
    if stamp.exists() and stamp.read_text() == wanted and not UNFINISHED.exists():
        return
    if not _is_sound():
        _create()
    _install(lists[-1])
    _make_project_importable()
    stamp.write_text(wanted)


def _fingerprint(lists: list[Path]) -> str:
    """Return what the environment depends on: the lists, this Python, and where the environment lies."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {VENV} {ROOT}".encode())
    for path in lists:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_sound() -> bool:
    """Return whether an environment exists that its own pip can work in and that was not left half-made."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    where = "import pip, sys; print(sys.prefix)"
    probe = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=False)
    # A copied or moved clone still points at its old place.
    pip = VENV / "bin" / "pip"
    return (
        probe.returncode == 0
        and probe.stdout.strip() == str(VENV)
        and pip.exists()
        and str(VENV) in pip.read_text().splitlines()[0]
    )


def _create() -> None:
    print(f"Creating the virtual environment in {_short(VENV)} …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    LOG.write_text(made.stdout + made.stderr)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetupFailed(
            f"Python {version} cannot make a virtual environment here: install its venv module "
            f"(Debian and Ubuntu: apt install python{version}-venv); details are in {_short(LOG)}."
        )


def _install(requirements: Path) -> None:
    """Run pip on one pinned list, showing each package as it comes. Raises SetupFailed."""
    print(f"Installing the packages of {requirements.name} …", flush=True)
    UNFINISHED.touch()
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    failed = _show_progress(
        [*pip, "--retries", "2", "--prefer-binary", "-c", CONSTRAINTS, "-r", requirements]
    )
    # pip downloads everything before it installs anything: an orderly failure leaves a sound environment.
    UNFINISHED.unlink()
    if failed:
        raise SetupFailed(_why_pip_failed())


def _show_progress(command: list[str | Path]) -> int:
    """Run pip with its whole output in the log and one short line per package on the terminal."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with LOG.open("a") as log:
        pip = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        for line in pip.stdout or []:
            log.write(line)
            for words in _worth_showing(line):
                print(f"  {words}", flush=True)
        return pip.wait()


def _worth_showing(line: str) -> Iterator[str]:
    if line.startswith("Collecting "):
        yield line.split()[1]
    elif line.startswith("Installing collected packages"):
        yield "unpacking …"


def _why_pip_failed() -> str:
    lines = LOG.read_text().splitlines()[-200:]
    if any(
        _UNREACHABLE.search(line)
        for line in lines
        if "Retrying" in line or "WARNING" in line or "ERROR" in line
    ):
        return (
            "The Python packages could not be downloaded because the package index cannot be reached: "
            f"check the network connection and run the command again; details are in {_short(LOG)}."
        )
    last = next((line for line in reversed(lines) if line.startswith("ERROR")), "pip gave no reason")
    return f"The Python packages could not be installed ({last.strip()}); details are in {_short(LOG)}."


def _make_project_importable() -> None:
    """Let tools started by name (pytest, lint-imports) find the project, as an editable install would."""
    for folder in VENV.glob("lib/python3*/site-packages"):
        (folder / "council_portal_project.pth").write_text(f"{ROOT}\n")


def _short(path: Path) -> str:
    """Return a path as a person in the project's folder would type it."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
