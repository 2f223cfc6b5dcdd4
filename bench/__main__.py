"""Runs the measurements by name, or all; numbers are other sizes: `python -m bench places 200 2000`."""

import importlib
import pkgutil
import subprocess
import sys

import bench


def names() -> list[str]:
    """Return the measurements there are, in the order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name[0] != "_")


def main(arguments: list[str]) -> int:
    """Run each chosen measurement's main(); 1 if one of them failed, 2 if a name is unknown."""
    sizes = [int(each) for each in arguments if each.isdecimal()]
    chosen = [each for each in arguments if not each.isdecimal()]
    unknown = set(chosen) - set(names())
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(names())}.")
        return 2
    if len(chosen) == 1:
        module = importlib.import_module(f"bench.{chosen[0]}")
        module.main(sizes or module.SIZES)
        return 0
    return max(_apart(name, sizes) for name in chosen or names())


def _apart(name: str, sizes: list[int]) -> int:
    """Run one measurement in a process of its own, so that none inherits another's settings or memory."""
    print(f"\n{name}\n{'=' * len(name)}", flush=True)
    command = [sys.executable, "-m", "bench", name, *map(str, sizes)]
    return subprocess.run(command, check=False).returncode  # noqa: S603 names and numbers looked at above


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
