"""A letter as a PDF: A4, with a font that has Latin and Chinese in it."""

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from credence.server.services.deciding.letters.content import Letter, Part

if TYPE_CHECKING:
    from fpdf import FPDF

FONT, FILE = "letter", "letter.otf"
# Millimetres, and points for sizes of type.
MARGIN, LINE, POINT, NUMBER = 20, 5.2, 5, 34
SIZES = {"title": 19, "heading": 12.5, "text": 10, "about": 9}


def pdf(letter: Letter) -> bytes:
    """The letter as a PDF; the same letter gives the same bytes."""
    # Few letters are asked for, and to load this takes a bureau a tenth of its start.
    from fpdf import FPDF  # noqa: PLC0415

    sheet = FPDF(format="A4")
    sheet.set_creation_date(letter.made_at)
    sheet.set_title(letter.title)
    sheet.set_author(letter.sender)
    sheet.set_lang(letter.language)
    sheet.set_margins(MARGIN, MARGIN)
    sheet.set_auto_page_break(auto=True, margin=MARGIN)
    with as_file(files(__package__ or "") / "fonts" / FILE) as path:
        sheet.add_font(FONT, fname=path)
    sheet.add_page()
    _write(sheet, "about", letter.sender)
    _write(sheet, "title", letter.title, 9)
    for line in letter.about:
        _write(sheet, "about", line)
    sheet.ln(2)
    sheet.line(MARGIN, sheet.y, sheet.w - MARGIN, sheet.y)
    sheet.ln(3)
    for part in letter.parts:
        _part(sheet, part)
    return bytes(sheet.output())


def _part(sheet: "FPDF", part: Part) -> None:
    if part.heading:
        # A heading stands on the page of what it is over.
        if sheet.will_page_break(4 * LINE):
            sheet.add_page()
        sheet.ln(2.5)
        _write(sheet, "heading", part.heading, 7)
    for text in part.paragraphs:
        _write(sheet, "text", text)
        sheet.ln(1)
    for text in part.points:
        sheet.set_x(MARGIN)
        sheet.set_font(FONT, size=SIZES["text"])
        sheet.cell(POINT, LINE, "•")
        _write(sheet, "text", text)
    for text, number in part.rows:
        _row(sheet, text, number)


def _row(sheet: "FPDF", text: str, number: str) -> None:
    """A text with its number at the right margin; both stand on one page, with a line under them."""
    sheet.set_font(FONT, size=SIZES["text"])
    width = sheet.epw - NUMBER
    lines = sheet.multi_cell(width, LINE, text, align="L", dry_run=True, output="LINES")
    assert isinstance(lines, list), "lines were asked for"
    if sheet.will_page_break(LINE * len(lines) + 2):
        sheet.add_page()
    top = sheet.y
    sheet.multi_cell(width, LINE, text, align="L", new_x="LMARGIN", new_y="NEXT")
    end = sheet.y
    sheet.set_xy(sheet.l_margin + width, top)
    sheet.cell(NUMBER, LINE, number, align="R")
    sheet.set_draw_color(200)
    sheet.line(sheet.l_margin, end + 0.8, sheet.w - sheet.r_margin, end + 0.8)
    sheet.set_draw_color(0)
    sheet.set_xy(sheet.l_margin, end + 1.8)


def _write(sheet: "FPDF", size: str, text: str, line: float = LINE) -> None:
    sheet.set_font(FONT, size=SIZES[size])
    sheet.multi_cell(0, line, text, align="L", new_x="LMARGIN", new_y="NEXT")
