"""Sets headings, paragraphs, quotations and tables as a PDF; must not know what they say."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from . import fonts

_FACE = "Atkinson"
# Millimetres: a page that can be bound, and held without covering words.
_MARGIN, _FOOT, _INDENT = 22, 14, 5
# Points.
_BODY, _SMALL, _LEAD, _THIRD, _SECOND, _FIRST = 10.5, 8.5, 12.5, 11.5, 15, 25
_LEADING, _TIGHT, _POINT_IN_MM = 1.45, 1.15, 0.3528
_INK, _MUTED, _BRAND, _LINE = (22, 33, 31), (74, 88, 85), (15, 76, 69), (220, 216, 207)
# Stands for a character the font has no shape for; the end of the document says so.
_NOT_THERE = "*"


class Document:
    """One PDF, written from top to bottom on A4, with an outline and numbered pages."""

    def __init__(self, title: str, *, subtitle: str = "") -> None:
        """Begin it with the council's name, the title and what stands under it."""
        self._lacks = False
        self._pdf = _Pages(format="A4")
        self._pdf.begin(title)
        self._put(settings.COUNCIL.name, _BODY, "B", _BRAND)
        self._put(title, _FIRST, "B", _INK, leading=_TIGHT)
        if subtitle:
            self._gap(2)
            self._put(subtitle, _LEAD, "", _MUTED)

    def heading(self, words: str, *, level: int = 2) -> None:
        """Set a heading; it stands in the outline, and never alone at the foot of a page."""
        size = _SECOND if level == 2 else _THIRD  # noqa: PLR2004 the second level, as on a page of the portal
        self._gap(7 if size == _SECOND else 3)
        self._keep_together(30)
        if size == _SECOND:
            self._rule()
        self._pdf.start_section(words, level=level - 2)
        self._put(words, size, "B", _INK, leading=_TIGHT)
        self._gap(2)

    def paragraph(self, words: str, *, is_small: bool = False) -> None:
        """Set a paragraph of our own words."""
        self._put(words, _SMALL if is_small else _BODY, "", _MUTED if is_small else _INK)
        self._gap(2)

    def quotation(self, words: str, source: str) -> None:
        """Set somebody else's words, indented, with where they are from under them."""
        self._keep_together(18)
        top, page = self._pdf.get_y(), self._pdf.page
        self._put(words, _BODY, "", _INK, indent=_INDENT)
        self._put(source, _SMALL, "", _MUTED, indent=_INDENT)
        if self._pdf.page == page:
            self._pdf.set_draw_color(*_BRAND)
            self._pdf.set_line_width(0.7)
            self._pdf.line(_MARGIN, top + 0.6, _MARGIN, self._pdf.get_y() - 0.6)
        self._gap(3)

    def table(self, heading: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> None:
        """Set a table; its heading comes again on each page, numbers stand to the right."""
        rows = [[self._known(str(cell)) for cell in row] for row in rows]
        numbers = [bool(cells) and all(map(_is_number, cells)) for cells in zip(*rows, strict=True)]
        self._pdf.set_font(_FACE, "", _BODY - 1)
        self._pdf.set_draw_color(*_LINE)
        self._pdf.set_line_width(0.2)
        with self._pdf.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=tuple(widths),
            headings_style=FontFace(emphasis="BOLD", color=_INK),
            line_height=(_BODY - 1) * _LEADING * _POINT_IN_MM,
            padding=1.4,
            text_align=tuple("RIGHT" if number else "LEFT" for number in numbers) or "LEFT",
        ) as table:
            for row in [list(heading), *rows]:
                table.row(row)
        self._gap(3)

    def response(self, name: str) -> HttpResponse:
        """Return the file `name` for download."""
        if self._lacks:
            self.paragraph(
                _("* stands for a letter or sign that this document cannot print. The portal shows it."),
                is_small=True,
            )
        headers = {
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        return HttpResponse(bytes(self._pdf.output()), headers=headers)

    def _put(
        self,
        words: str,
        size: float,
        style: str,
        colour: tuple[int, int, int],
        *,
        leading: float = _LEADING,
        indent: float = 0,
    ) -> None:
        self._pdf.set_font(_FACE, style, size)
        self._pdf.set_text_color(*colour)
        self._pdf.set_x(_MARGIN + indent)
        height = size * leading * _POINT_IN_MM
        self._pdf.multi_cell(0, height, self._known(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _known(self, words: str) -> str:
        """Return the words with a star for each character the font has no shape for."""
        shapes = self._pdf.shapes
        known = "".join(each if ord(each) in shapes or each == "\n" else _stand_in(each) for each in words)
        self._lacks |= known.count(_NOT_THERE) > words.count(_NOT_THERE)
        return known

    def _gap(self, millimetres: float) -> None:
        self._pdf.ln(millimetres)

    def _rule(self) -> None:
        self._pdf.set_draw_color(*_INK)
        self._pdf.set_line_width(0.6)
        self._pdf.line(_MARGIN, self._pdf.get_y(), self._pdf.w - _MARGIN, self._pdf.get_y())
        self._gap(2.5)

    def _keep_together(self, millimetres: float) -> None:
        if self._pdf.will_page_break(millimetres):
            self._pdf.add_page()


class _Pages(FPDF):
    """The pages themselves, each with its foot."""

    def begin(self, title: str) -> None:
        self.add_font(_FACE, fname=fonts.REGULAR)
        self.add_font(_FACE, style="B", fname=fonts.BOLD)
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + 4)
        self.set_title(title)
        self.set_author(settings.COUNCIL.name)
        self.set_lang("en-GB")
        self._words_of_foot = title
        self.add_page()

    @property
    def shapes(self) -> Any:
        """The code points the font has a shape for."""
        return cast(TTFFont, self.fonts[_FACE.lower()]).cmap

    def footer(self) -> None:
        """Set title and page number at the foot; fpdf calls it for each page."""
        self.set_y(-_FOOT)
        self.set_font(_FACE, "", _SMALL)
        self.set_text_color(*_MUTED)
        numbers = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, 5, self._words_of_foot, align="L", new_x=XPos.LMARGIN)
        self.cell(0, 5, numbers, align="R")


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace("−", "").replace("+", "").replace("%", "").strip().isdigit()


def _stand_in(character: str) -> str:
    """What stands for a character without a shape: a space for spaces, nothing for what is invisible."""
    if character.isspace():
        return " "
    return _NOT_THERE if character.isprintable() and not unicodedata.combining(character) else ""
