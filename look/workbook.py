"""Tables as Excel workbooks that run nothing; must not know what they hold."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from xlsxwriter import Workbook

# Excel takes no more characters in a cell, nor in the name of a sheet, and refuses a file with more.
CELL_MOST = 32_767
TITLE_MOST = 31
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """One table: its first row is the heading; `widths` are those of its columns, in characters."""

    title: str
    rows: Iterable[Iterable[object]]
    widths: Sequence[int]


def whole(sheets: Iterable[Sheet], name: str) -> HttpResponse:
    """Return the workbook `name`. Numbers stay numbers; all else is text, which Excel never runs.

    Rows leave memory as they are written, so a large table needs little of it.
    """
    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        for sheet in sheets:
            _write(book, sheet)
    headers = {"Content-Type": TYPE, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), headers=headers)


def _write(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title[:TITLE_MOST])
    bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            _put(page, number, column, cell, plain if number else bold)


def _put(page: Any, row: int, column: int, cell: object, style: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(row, column, cell, style)
    else:
        # write_string, never write: that would take "=1+1" for a formula.
        page.write_string(row, column, "" if cell is None else str(cell)[:CELL_MOST], style)
