"""What the tags write."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from look.templatetags import look


def _render(source, **context):
    return Template("{% load look %}" + source).render(Context(context))


def test_icon_without_label_is_hidden_from_assistive_technology():
    assert 'aria-hidden="true"' in _render('{% icon "clock" %}')


def test_icon_nobody_drew_is_an_error():
    with pytest.raises(KeyError):
        _render('{% icon "unicorn" %}')


def test_tag_escapes_its_words():
    assert "&lt;b&gt;" in _render("{% tag text=words %}", words="<b>")


def test_state_nobody_listed_is_neutral():
    assert "cp-tone--neutral" in _render('{% state_tag "brand_new" %}')


def test_time_of_nothing_is_nothing():
    assert _render("{% time_at value %}", value=None) == ""


def test_time_is_absolute_with_its_machine_form():
    moment = dt.datetime(2026, 11, 22, 6, 40, tzinfo=dt.UTC)

    shown = _render("{% time_at value %}", value=moment)

    assert shown == '<time datetime="2026-11-22T06:40:00+00:00">Sun 22 Nov, 6:40am</time>'


@pytest.mark.parametrize(
    ("number", "words"), [(0, "none"), (3, "three"), (12, "12"), (1204, "1,204"), (None, "")]
)
def test_counts_in_words(number, words):
    assert look.in_words(number) == words


@pytest.mark.parametrize(("percent", "width"), [(-5, "0"), (72.4, "72"), (250, "100")])
def test_progress_never_leaves_its_track(percent, width):
    assert f'width="{width}" height="8"/></svg>' in look.progress(percent, "words")


def test_shares_of_nothing_draw_an_empty_bar():
    assert 'width="0.00"' in look.shares([("for", 0, "ok")])


def test_steps_before_the_current_one_are_done():
    assert look.steps_with_state(["a", "b", "c"], "b") == [("a", "done"), ("b", "now"), ("c", "next")]


def test_difference_escapes_both_texts():
    shown = look.diff_words("<i>2pm</i>", "<i>4pm</i>")

    assert "<i>" not in shown


def test_difference_marks_only_what_changed():
    assert look.diff_words("back by 2pm", "back by 4pm") == (
        'back by <del class="cp-del">2pm</del> <ins class="cp-ins">4pm</ins>'
    )


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [1, 2, None, 20]),
        (3, [1, 2, 3, 4, None, 20]),
        (7, [1, None, 6, 7, 8, None, 20]),
        (20, [1, None, 19, 20]),
    ],
)
def test_page_numbers_show_ends_and_neighbours(number, shown):
    page = Paginator(range(200), 10).page(number)

    assert look.page_numbers(page) == shown
