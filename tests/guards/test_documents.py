"""The documents keep their word: every dependency is explained, every link leads somewhere."""

import json
import re
import tomllib

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
LISTS = ["requirements.txt", "requirements-dev.txt"]
NPM_LISTS = ["package.json", "tests/real/package.json"]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_dependencies_names_every_requirement_and_no_other():
    assert sorted(_explained()) == sorted(_required() | _required_from_npm())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_link_to_a_file_leads_somewhere(document):
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text())
    files = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]

    assert [name for name in files if not (document.parent / name).exists()] == []


def test_changelog_knows_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)

    assert headings[0] in ("Unreleased", version)


def _required() -> set[str]:
    lines = [line for name in LISTS for line in (ROOT / name).read_text().splitlines()]
    return {line.partition("==")[0].lower() for line in lines if "==" in line}


def _required_from_npm() -> set[str]:
    packages = [json.loads((ROOT / name).read_text()) for name in NPM_LISTS]
    return {
        f"npm: {name}"
        for package in packages
        for kind in ("dependencies", "devDependencies")
        for name in package.get(kind, {})
    }


def _explained() -> list[str]:
    """Return the names in the tables' first column; several stand in one row, separated by commas."""
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "dependencies.md").read_text(), re.M)
    names = []
    for row in rows:
        prefix = "npm: " if row.startswith("npm: ") else ""
        names += [f"{prefix}{name.strip().lower()}" for name in row.removeprefix("npm: ").split(",")]
    return [name for name in names if name != "package"]
