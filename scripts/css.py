"""Builds the stylesheet, or with --check says whether the committed one is up to date."""

import subprocess
import sys

from environment import ROOT
from packages import PartMissing, npm_install


def main(arguments: list[str]) -> int:
    """Install the locked build tools once and run the build; 0 when it worked or nothing is out of date."""
    source = [ROOT / "package.json", ROOT / "package-lock.json"]
    try:
        node = npm_install(ROOT / "var" / "node", source, why="Installing the stylesheet's tools from npm …")
    except PartMissing as reason:
        print(f"The stylesheet cannot be built: {reason}", file=sys.stderr)
        return 1
    return subprocess.run(
        [node, ROOT / "scripts" / "build_css.mjs", *arguments], cwd=ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
