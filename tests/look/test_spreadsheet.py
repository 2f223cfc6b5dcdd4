"""A cell that a spreadsheet would run gets an apostrophe; everything else stays as it is."""

import pytest

from look.spreadsheet import lines, neutral


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\t=", "\r=", " =", "＝"])
def test_cell_that_begins_a_formula_gets_an_apostrophe(start):
    assert neutral(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["", "plain", "2 + 2 = 4", "a=b", "12"])
def test_cell_with_plain_words_is_left_alone(cell):
    assert neutral(cell) == cell


def test_cell_that_holds_nothing_is_empty():
    assert neutral(None) == ""


def test_lines_quote_what_needs_it():
    assert list(lines([("A", "B"), ('say "yes"', None)])) == ["A,B\r\n", '"say ""yes""",\r\n']
