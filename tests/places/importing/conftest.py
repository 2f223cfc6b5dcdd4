"""Small files as the ONS and the Ordnance Survey make them."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from places.models import Ward


class Said:
    """What a command wrote: its lines, and what it put on stderr."""

    def __init__(self, out: str, err: str) -> None:
        self.lines, self.err = [line.strip() for line in out.splitlines()], err


@pytest.fixture
def run() -> Callable[..., Said]:
    """Run a command and return what it said."""

    def ran(name: str, *args: Any) -> Said:
        out, err = io.StringIO(), io.StringIO()
        call_command(name, *map(str, args), stdout=out, stderr=err)
        return Said(out.getvalue(), err.getvalue())

    return ran


@pytest.fixture
def refused(run: Callable[..., Said]) -> Callable[..., str]:
    """Run a command that must fail, and return its sentence."""

    def ran(name: str, *args: Any) -> str:
        with pytest.raises(CommandError) as refusal:
            run(name, *args)
        return str(refusal.value)

    return ran


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Write a file and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "file"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def square(west: float, south: float, size: float = 0.01) -> list[list[float]]:
    east, north = round(west + size, 6), round(south + size, 6)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: str, name: str, ring: list[list[float]], council: str = "E07000012", **more: Any) -> dict:
    """Return a ward as in a file of the ONS of 2024."""
    properties = {"FID": 1, "WD24CD": code, "WD24NM": name, "WD24NMW": "", "LAD24CD": council, **more}
    return {
        "type": "Feature",
        "id": 1,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": properties,
    }


def collection(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": list(features)})


@pytest.fixture
def cambridge(db) -> Ward:
    """A ward where the Ordnance Survey's own example lies: TL 44 58."""
    return Ward.objects.create(
        name="Market", slug="market", code="E05013057", boundary=[[square(0.10, 52.19, 0.04)]]
    )
