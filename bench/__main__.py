"""Runs the measurements by name, or all of them: `make bench`."""

import importlib
import os
import pkgutil
import sys

import bench


def names() -> list[str]:
    """Return the measurements there are, in the order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name[0] != "_")


def main(chosen: list[str]) -> int:
    """Run each chosen measurement's main(); 2 if a name is unknown."""
    unknown = set(chosen) - set(names())
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(names())}.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_portal.settings.dev")
    for name in chosen or names():
        print(f"\n{name}\n{'=' * len(name)}")
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
