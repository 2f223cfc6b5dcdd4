"""A workbook holds what was given to it, as text that runs nothing."""

import io
import re
import zipfile

import pytest

from look.workbook import CELL_MOST, Sheet, whole


def parts(rows: list[list[object]]) -> dict[str, str]:
    content = whole([Sheet("Words", rows, [10, 60])], "words.xlsx").content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def cells(rows: list[list[object]]) -> str:
    return parts(rows)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "{=1}"]
)
def test_formula_is_written_as_text(typed):
    sheet = cells([["Words"], [typed]])
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == 2


def test_address_is_no_link():
    found = parts([["Words"], ["https://evil.example/"]])
    assert not any("hyperlink" in name or "hyperlink" in part for name, part in found.items())


def test_number_stays_a_number():
    assert re.search(r'<c r="A2" s="\d+"><v>86</v></c>', cells([["Comments"], [86]]))


def test_heading_stays_in_sight():
    assert 'state="frozen"' in cells([["Words"], ["One"]])


def test_long_text_is_no_longer_than_excel_takes():
    assert "x" * CELL_MOST in cells([["Words"], ["x" * 100_000]])
    assert "x" * (CELL_MOST + 1) not in cells([["Words"], ["x" * 100_000]])


def test_signs_no_file_may_hold_do_no_harm():
    assert "<script>" not in cells([["Words"], ["<script>\x00\x0b & more"]])
