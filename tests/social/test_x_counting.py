"""Counting as X does: fixed cases, and X's own counter as the oracle."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from social.publishers.registry import publisher_for
from social.publishers.x_counting import has_address, weight
from tests.social.posts import FAMILY, content

X = publisher_for("x")
TONED = "👩🏽‍🚒"
WALES = "🏴󠁧󠁢󠁷󠁬󠁳󠁿"

# What X's own counter says of each.
EXACT = {
    "": 0,
    "Hello": 5,
    "Café": 4,
    "Cafe\u0301": 4,
    "中文": 4,
    "é…–—“”": 7,
    "£5 €5": 6,
    "council.gov.uk": 23,
    "See council.gov.uk.": 28,
    "“council.gov.uk”": 25,
    "http://COUNCIL.GOV.UK/A": 23,
    "https://www.council.gov.uk/n/N7K3Q/": 23,
    "https://council.gov.uk/?q=a&b=c#d, then": 29,
    f"https://council.gov.uk/{'a' * 300}": 23,
    "(https://council.gov.uk)": 25,
    "https://riverbank.example/n/N7K3Q/": 34,
    "water@riverbank.gov.uk": 22,
    "john.smith@riverbank.gov.uk, 10.30 p.m.": 39,
    "e.g. this; i.e. that...and more": 31,
    "#Flood @council": 15,
    FAMILY: 2,
    TONED: 2,
    "👍🏻👍": 4,
    "❤️": 2,
    "1️⃣": 2,
    "🇬🇧": 2,
    WALES: 2,
}
# X's own counter says less of these, for they hang on lists that change; ours never says less than it.
SAFELY_HIGHER = {
    "Mr.Smith": (8, 27),
    "https://council.gov.uk/straße": (23, 25),
    "(https://council.gov.uk/a_(b))": (25, 28),
    "https://t.co/abc": (23, 35),
}
ATOMS = (
    "https:// http:// council.gov.uk riverbank.example https://riverbank.example/n/ a b.com x.co.uk t.co / "
    "/path ?q=1 . , ( ) - _ @ # $ é ü.de 中 한국 xn--p1ai :8080 & = “ ” ’ \" ' … – John name 1 10.30 e.g. "
    f"p.m. {FAMILY} {TONED} 🏽 \u200d \ufe0f ❤️ 🇬🇧 🇦 {WALES} 1️⃣ © 🫠 %20 ~ + ! ? ; | [ ] * com org uk info "
    "water@riverbank.gov.uk \u200f \u202a е \uff20 \uff03 https://t.co/abc a-b -- museum foo_bar"
).split()
TEXTS = st.lists(st.sampled_from([*ATOMS, " ", " ", " ", "\n", "\xa0", "\u3000"]), max_size=10).map("".join)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = st.lists(
    st.sampled_from(
        ["Burst", "main", "“Quay”", "10.30", "council.gov.uk", "https://council.gov.uk/n/A1/", "£5,"]
    ),
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(("text", "expected"), EXACT.items(), ids=range(len(EXACT)))
def test_a_text_weighs_what_x_says(text, expected):
    assert weight(text) == expected


@pytest.mark.parametrize(("text", "weights"), SAFELY_HIGHER.items(), ids=range(len(SAFELY_HIGHER)))
def test_where_it_is_not_certain_more_is_counted(text, weights):
    assert weight(text) == weights[1]


def test_xs_own_counter_says_the_same_of_the_fixed_cases(x_counter):
    assert x_counter(list(EXACT)) == list(EXACT.values())
    assert x_counter(list(SAFELY_HIGHER)) == [theirs for theirs, _ours in SAFELY_HIGHER.values()]


@pytest.mark.parametrize("texts", [TEXTS, ANY_TEXT], ids=["pieces", "anything"])
def test_never_less_than_xs_own_counter(x_counter, texts):
    """Hypothesis makes a thousand texts at a time, for one Node."""

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(texts, min_size=1000, max_size=1000))
    def check(many):
        theirs = x_counter(many)
        assert [text for text, least in zip(many, theirs, strict=True) if weight(text) < least] == []

    check()


def test_just_as_xs_own_counter_in_plain_sentences(x_counter):
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(WORDS, min_size=300, max_size=300))
    def check(many):
        assert [weight(text) for text in many] == x_counter(many)

    check()


@pytest.mark.parametrize(
    ("text", "has_one"),
    [("Water is back.", False), ("See council.gov.uk.", True), ("a@b.gov.uk", False), ("10.30 p.m.", False)],
)
def test_an_address_is_seen(text, has_one):
    assert has_address(text) is has_one


def test_generated_text_is_shortened_until_x_takes_it():
    [post] = X.compose(content(summary="Low or no water. " * 60), "", X.limits)

    assert 260 < X.count(post.text, X.limits) <= 280
    assert post.text.endswith("https://riverbank.example/n/N7K3Q/")


def test_a_persons_words_are_refused_and_not_cut():
    words = "Water " * 60
    [post] = X.compose(content(), words, X.limits)

    assert post.text.startswith(words.strip())
    assert len(X.problems(post, X.limits)) == 1


@pytest.mark.parametrize("text", ["$GBP and $EUR", "A\ufeffB"])
def test_what_x_would_not_take_is_said(text):
    [post] = X.compose(content(), text, X.limits)

    assert len(X.problems(post, X.limits)) == 1
