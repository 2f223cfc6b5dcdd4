"""Words become HTML without becoming a way in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tests import factories
from tests.factories import Cast
from updates import policy, richtext

ALLOWED = {"p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "a", "br", "hr", "blockquote", "div"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/x.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://a.example "onmouseover=alert(1)")',
    "[x](https://a.example/\"onmouseover='alert(1)')",
    "<a href='javascript:x'>x</a>",
    "<!-- x --><style>*{}</style>",
]


def tree(markdown: str) -> html.HtmlElement:
    return html.fragment_fromstring(str(richtext.render(markdown)), create_parent="div")


def is_harmless(markdown: str) -> bool:
    return all(
        element.tag in ALLOWED
        and set(element.attrib) <= {"href", "title", "start"}
        and (element.get("href") or "/").lower().startswith(richtext.SAFE_SCHEMES)
        for element in tree(markdown).iter()
    )


@pytest.mark.parametrize("markdown", HOSTILE)
def test_hostile_words_come_out_harmless(markdown):
    assert is_harmless(markdown)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            ["[a](", ")", "<", ">", "javascript:", "\n", "# ", "- ", "**", "`", "&#", "x", "://", '"', "\x0b"]
        ),
        max_size=25,
    )
)
def test_any_mixture_comes_out_harmless(pieces):
    assert is_harmless("".join(pieces))


def test_headings_start_below_the_title():
    assert [
        element.tag for element in tree("# One\n\n#### Four\n\n###### Six").iter() if element.tag != "div"
    ] == [
        "h2",
        "h4",
        "h4",
    ]


def test_links_lists_and_stress_are_kept():
    shown = tree("**Boil** it:\n\n- [how](https://riverbank.example/boil)")

    assert [(element.tag, element.get("href")) for element in shown.iter() if element.tag != "div"] == [
        ("p", None),
        ("strong", None),
        ("ul", None),
        ("li", None),
        ("a", "https://riverbank.example/boil"),
    ]


def test_right_to_left_words_and_emoji_are_kept():
    assert tree("مرحبا بالعالم 🚰").text_content().strip() == "مرحبا بالعالم 🚰"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_dangerous_link_stops_an_edition(cast: Cast, url):
    edition = factories.draft(cast, "general", body=f"See [this]({url}).")

    assert [finding.code for finding in policy.findings(edition)] == ["dangerous_link"]


@pytest.mark.parametrize(
    "body", ["> [x](javascript:a)", "- [x](javascript:a)", "1. a\n   - [x](javascript:a)"]
)
def test_dangerous_link_is_found_inside_lists_and_quotations(cast: Cast, body):
    edition = factories.draft(cast, "general", body=body)

    assert [finding.code for finding in policy.findings(edition)] == ["dangerous_link"]


def test_words_are_what_a_reader_copies():
    written = "## Boil it\n\nCall **01632 960 100** & [ask](https://riverbank.example/a)."

    assert " ".join(richtext.words(written).split()) == "Boil it Call 01632 960 100 & ask."
