from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError
from credence.events.exports.sgml import parse_sgml
from credence.xml_file import XmlElement


def shape(element: XmlElement) -> object:
    return (element.tag, element.text or [shape(child) for child in element.children])


@pytest.mark.parametrize(
    "text",
    [
        "<OFX><A><B>1<C>2</A></OFX>",
        "<ofx>\n<a>\n<b>1</b>\n<c>2\n</a>\n</ofx>",
        "HEAD:1\n\n<OFX><A ><B> 1 </B><C>2</C></A></OFX>",
    ],
)
def test_values_need_no_closing_tag(text: str) -> None:
    root = parse_sgml(text, "a.ofx")
    assert shape(root) == ("OFX", [("A", [("B", "1"), ("C", "2")])])


@pytest.mark.parametrize("memo", ["<MEMO>", "<MEMO></MEMO>", "<MEMO/>"])
def test_an_empty_value_hides_nothing(memo: str) -> None:
    root = parse_sgml(f"<OFX><A>{memo}<B>1</A></OFX>", "a.ofx")
    assert shape(root) == ("OFX", [("A", [("MEMO", []), ("B", "1")])])


def test_a_value_may_hold_signs_of_its_own() -> None:
    root = parse_sgml("<OFX><NAME>A &amp; B < C &lt;D&gt;</OFX>", "a.ofx")
    assert root.children[0].text == "A & B < C <D>"


def test_an_element_knows_its_line_and_its_path() -> None:
    root = parse_sgml("HEAD\n\n<OFX>\n<A>\n<B>1\n</A></OFX>", "a.ofx")
    assert (root.line, root.children[0].children[0].line) == (3, 5)
    assert root.children[0].children[0].path == "OFX/A/B"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<OFX>\n<A><B>1\n", "line 1: </OFX> is missing: the file breaks off. Download it again."),
        (
            "<OFX>\n<CARD>\n</BANK></OFX>",
            "line 3: </BANK> closes what is not open here: <CARD> of line 2 is open. Download it again.",
        ),
        ("</OFX>", "line 1: </OFX> closes what is not open here: nothing is open. Download it again."),
        (
            "<OFX><EXTENSION><TRNAMT>9</OFX>",
            "line 1: </OFX> closes what is not open here: <EXTENSION> of line 1 is open. Download it again.",
        ),
        ("<XFO>1", "line 1: There is no <OFX> in the file."),
        ("<OFX>" + "<A>" * 99, "line 1: Elements are nested deeper than 60 levels."),
        (
            "<OFX>\n<!ENTITY a 'b'>",
            "line 2: '<!ENTITY' stands here. No bank's OFX has that, so it is not read: take it out.",
        ),
    ],
)
def test_what_could_lose_lines_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_sgml(text, "a.ofx")
    assert str(caught.value) == f"a.ofx has 1 fault:\n  {sentence}"


@given(st.text(alphabet="<>/!OFXAMEMO \n&;", max_size=60))
def test_whatever_is_given_is_read_or_refused_with_a_place(text: str) -> None:
    with suppress(DefinitionError):
        assert parse_sgml(text, "a.ofx").tag == "OFX"
