"""Reading XML: elements that know their place; what could expand, reach out or grow is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence import xml_file
from credence.errors import DefinitionError, SourceNotFoundError
from credence.xml_file import parse_xml, read_xml

BILLION_LAUGHS = b"""<!DOCTYPE lolz [
  <!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
]>
<lolz>&lol1;</lolz>"""


def refused(data: bytes) -> str:
    with pytest.raises(DefinitionError) as caught:
        parse_xml(data, "it.xml")
    return str(caught.value)


def test_an_element_knows_its_name_its_attributes_its_text_and_its_place() -> None:
    root = parse_xml(b'<a x="1">\n <b/>\n <b y="2"> some <c/>text </b><d/></a>', "it.xml")
    second = root.all("b")[1]
    assert (root.tag, root.attributes, root.line, root.path) == ("a", {"x": "1"}, 1, "a")
    assert (second.attributes, second.text, second.line, second.path) == (
        {"y": "2"},
        "some text",
        3,
        "a/b[2]",
    )
    assert second.children[0].path == "a/b[2]/c"
    assert root.first("d") is root.children[2]
    assert root.first("e") is None


def test_a_fault_of_an_element_has_its_line_and_path() -> None:
    fault = parse_xml(b"<a>\n<b/></a>", "it.xml").children[0].fault("is wrong.")
    assert str(fault) == "line 2, a/b: is wrong."


def test_prefixes_are_told_apart_by_their_namespaces() -> None:
    root = parse_xml(b'<p:a xmlns:p="urn:one" xmlns="urn:two" p:x="1" y="2"><b/></p:a>', "it.xml")
    assert (root.tag, root.namespace, root.attributes) == ("a", "urn:one", {"{urn:one}x": "1", "y": "2"})
    assert (root.children[0].tag, root.children[0].namespace) == ("b", "urn:two")


def test_the_five_entities_of_xml_and_other_encodings_are_read() -> None:
    assert parse_xml(b"<a>&lt;&amp;&#233;</a>", "it.xml").text == "<&é"
    latin = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("iso-8859-1")
    assert parse_xml(latin, "it.xml").text == "é"
    assert parse_xml("<a>é</a>".encode("utf-16"), "it.xml").text == "é"


@pytest.mark.parametrize(
    "document",
    [
        BILLION_LAUGHS,
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]><a>&secret;</a>',
        b'<!DOCTYPE a [<!ENTITY % more SYSTEM "file:///etc/passwd"> %more;]><a/>',
    ],
)
def test_whatever_could_expand_or_reach_out_is_refused(document: bytes) -> None:
    assert "line 1: A document type (DOCTYPE) stands here." in refused(document)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "line 1: This is not XML: no element found."),
        (b"<a>\n<b></a>", "line 2: This is not XML: mismatched tag. Look at the brackets and quotes"),
        (b"<a>&who;</a>", "line 1: This is not XML: undefined entity."),
        (b"<a/><b/>", "line 1: This is not XML: junk after document element."),
        (
            b'<?xml version="1.0" encoding="klingon"?><a/>',
            "in an encoding that is not known: save it as UTF-8.",
        ),
        (b"<a>" * 61, "line 1: Elements are nested deeper than 60 levels."),
    ],
)
def test_what_is_not_xml_is_told_with_its_line(document: bytes, said: str) -> None:
    assert said in refused(document)


def test_sixty_levels_are_read() -> None:
    assert parse_xml(b"<a>" * 60 + b"</a>" * 60, "it.xml").children


def test_a_file_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_file, "ELEMENTS_MOST", 3)
    assert len(parse_xml(b"<a><b/><b/></a>", "it.xml").children) == 2
    assert "There are more than 3 elements." in refused(b"<a><b/><b/><b/></a>")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_file, "SIZE_MOST", 1024 * 1024)
    path = tmp_path / "it.xml"
    path.write_bytes(b"<a>" + b" " * 1024 * 1024 + b"</a>")
    assert "The file has more than 1 MB, and is not read." in refused(path.read_bytes())
    with pytest.raises(DefinitionError, match="has more than 1 MB"):
        read_xml(path)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "it.xml"
    path.write_bytes(b"<a/>")
    assert read_xml(path).tag == "a"
    for nothing in (tmp_path, tmp_path / "nothing.xml"):
        with pytest.raises(SourceNotFoundError):
            read_xml(nothing)


PIECES = [
    "<",
    ">",
    "/",
    "&",
    "]]>",
    "<!--",
    "<![CDATA[",
    "<?x ",
    '"',
    "<b>",
    "</a>",
    "\x00",
    "é",
    "<!DOCTYPE a>",
]


@given(edits=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.sampled_from(PIECES)), max_size=4))
def test_a_file_changed_at_random_is_read_or_refused(edits: list[tuple[int, int, str]]) -> None:
    text = '<?xml version="1.0"?><a x="1"><b>text</b><b/></a>'
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    with suppress(DefinitionError):
        assert parse_xml(text.encode(), "it.xml").line >= 1
