"""Runs every check that needs no server, all of them even when one fails; must not change a file."""

import os
import subprocess
import sys
import time

from environment import ROOT, VENV

BIN = VENV / "bin"
SHOWN_LINES = 60
# Values that only let production settings load: no server is asked.
AS_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "council_portal.settings.prod",
    "SECRET_KEY": "for-this-check-only-" + "k7Qp2x" * 10,
    "AUDIT_KEY": "for-this-check-only-" + "m3Zr8w" * 10,
    "CREDENTIALS_KEY": "Zm9yLXRoaXMtY2hlY2stb25seS0zMi1ieXRlcy1rZXk=",
    "PUBLIC_LOG_KEY": "Zm9yLXRoaXMtY2hlY2stb25seS0zMi1ieXRlcy1rZXk=",
    "PORTAL_URL": "https://riverbank.example",
    "DATABASE_URL": "postgresql://portal@127.0.0.1:5432/portal",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}
PYTHON, MANAGE = str(BIN / "python"), str(ROOT / "manage.py")


def templates() -> list[str]:
    """Return every template, which djade wants by name."""
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))


def steps() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return each check by its name: the command and what it adds to the environment."""
    return {
        "format": ([str(BIN / "ruff"), "format", "--check", "--output-format", "concise", "."], {}),
        "lint": ([str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."], {}),
        "types": ([str(BIN / "mypy")], {}),
        "imports": ([str(BIN / "lint-imports"), "--no-cache"], {}),
        "migrations": ([PYTHON, MANAGE, "makemigrations", "--check", "--dry-run"], {}),
        "templates": ([str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()], {}),
        "html": ([str(BIN / "djlint"), "--lint", "--quiet", "templates"], {}),
        "production settings": (
            [PYTHON, MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
            AS_PRODUCTION,
        ),
        "stylesheet": ([PYTHON, str(ROOT / "scripts" / "css.py"), "--check"], {}),
    }


def passes(name: str, command: list[str], extra: dict[str, str]) -> bool:
    """Run one check, print its line, and its output only if it failed."""
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **extra}, capture_output=True, text=True, check=False
    )
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"  {name:<22}{word:<8}{time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print(shortened(done.stdout + done.stderr), flush=True)
    return done.returncode == 0


def shortened(text: str) -> str:
    """Return the first lines of a check's output and how many more there are."""
    lines = text.strip().splitlines()
    more = [f"… and {len(lines) - SHOWN_LINES} more lines"] if len(lines) > SHOWN_LINES else []
    return "\n".join([*lines[:SHOWN_LINES], *more, ""])


def main(chosen: list[str]) -> int:
    """Run the chosen checks, or all of them; 1 if any failed."""
    wanted = {name: step for name, step in steps().items() if not chosen or name in chosen}
    failed = [name for name, (command, extra) in wanted.items() if not passes(name, command, extra)]
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
