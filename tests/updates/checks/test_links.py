"""Where links lead, by their addresses alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from updates.checks import links
from updates.checks.texts import Words


def codes(markdown: str, **urls: str) -> list[str]:
    return [finding.code for finding in links.check(Words({"body": markdown}, urls))]


@pytest.mark.parametrize(
    "markdown",
    [
        "[the list](https://riverbank.example/list)",
        "[ring us](tel:+441632960100) or [write](mailto:hello@riverbank.example)",
        "[a notice](/notices/N7K3Q/burst/) [below](#where)",
        "[www.gov.uk](https://www.gov.uk/bank-holidays)",
        "[gov.uk](https://www.gov.uk/)",
        "[https://gov.uk/vat](https://www.gov.uk/vat)",
        "<https://riverbank.example>",
        "[bwrdd dŵr](https://dŵr.example/)",
        "[eine Seite](https://xn--mnchen-3ya.example/)",
        "[пример](https://пример.example/)",
        "[see 12.30](https://riverbank.example)",
        "no link, only brackets [x] (y)",
    ],
)
def test_honest_link_is_left_alone(markdown):
    assert codes(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "code"),
    [
        ("[x](javascript:alert(1))", "dangerous_link"),
        ("[x](JaVaScRiPt:alert(1))", "dangerous_link"),
        ("[x](data:text/html,hi)", "dangerous_link"),
        ("[x](//evil.example/)", "dangerous_link"),
        ("[x](https://)", "broken_link"),
        ("[x](https://host:port/)", "broken_link"),
        ("[x](http:/one)", "dangerous_link"),
        ("[x](https://bank.example@evil.example/)", "disguised_link"),
        ("[x](https://bank.example%2F@evil.example/)", "disguised_link"),
        ("[x](https://192.0.2.7/pay)", "numeric_link"),
        ("[x](https://3221225991/)", "numeric_link"),
        ("[x](https://0x7f.1/)", "numeric_link"),
        ("[x](https://[2001:db8::1]/)", "numeric_link"),
        ("[x](https://rіverbank.example/)", "look_alike_link"),  # a Cyrillic і
        ("[x](https://xn--80ak6aa92e.example/)", "look_alike_link"),  # "apple" in Cyrillic letters
        ("[www.gov.uk](https://gov-uk.example/)", "misleading_link"),
        ("[https://bank.example/login](https://evil.example/login)", "misleading_link"),
        ("[x](http://riverbank.example/)", "unencrypted_link"),
        ("<http://riverbank.example/>", "unencrypted_link"),
        ("[x][1]\n\n[1]: javascript:alert(1)", "dangerous_link"),
    ],
)
def test_link_that_hides_something_is_found(markdown, code):
    assert codes(markdown) == [code]


def test_fields_that_hold_an_address_are_looked_at():
    assert codes("", booking_url="https://user@evil.example") == ["disguised_link"]


def test_found_link_is_shown_where_it_stands():
    [found] = links.check(Words({"body": "Pay [here](http://pay.example/x) today."}))
    [place] = found.excerpts

    assert (place.before, place.found, place.after) == ("Pay [here](", "http://pay.example/x", ") today.")


@given(st.text(max_size=80))
def test_any_address_is_judged(address):
    links.check(Words({"body": f"[x](<{address}>)"}, {"booking_url": f"https://{address}"}))
