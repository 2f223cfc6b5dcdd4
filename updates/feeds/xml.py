"""How the feeds write XML: whatever people typed, a parser reads what comes out."""

import re
from xml.etree import ElementTree

# XML 1.0, 2.2: no control characters but tab and line ends, no surrogates, and two that are no characters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def told(text: str) -> str:
    """Return `text` with a space for what XML cannot hold: one such character would silence the feed."""
    return _NOT_IN_XML.sub(" ", text)


def add(
    parent: ElementTree.Element, name: str, text: object = None, **attributes: str
) -> ElementTree.Element:
    """Append an element with its text, made fit for XML, and return it."""
    made = ElementTree.SubElement(parent, name, {key: told(value) for key, value in attributes.items()})
    if text is not None:
        made.text = told(str(text))
    return made


def written(root: ElementTree.Element) -> bytes:
    """Return the document in UTF-8, with its declaration."""
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
