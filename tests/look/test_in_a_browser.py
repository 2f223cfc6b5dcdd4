"""The gallery in a real browser: accessible in both schemes, narrow, by keyboard, without script."""

import pytest

from tests.real.browser import axe_faults

from .conftest import PAGES

pytestmark = pytest.mark.slow
ALL = [*PAGES, "form-errors"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing(gallery_address, browser_page, name, scheme):
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto(f"{gallery_address}/{name}.html")

    assert axe_faults(browser_page) == []


@pytest.mark.parametrize("name", ALL)
def test_page_reflows_at_320_pixels(gallery_address, browser_page, name):
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.goto(f"{gallery_address}/{name}.html")

    assert browser_page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", ALL)
def test_page_reflows_with_text_at_200_percent(gallery_address, browser_page, name):
    browser_page.set_viewport_size({"width": 640, "height": 900})
    browser_page.goto(f"{gallery_address}/{name}.html")
    browser_page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert browser_page.evaluate("document.documentElement.scrollWidth") == 640


def test_refused_form_puts_the_reader_at_the_summary(gallery_address, browser_page):
    browser_page.goto(f"{gallery_address}/form-errors.html")

    assert browser_page.evaluate("document.activeElement.hasAttribute('data-error-summary')") is True


def test_every_link_of_the_summary_moves_focus_to_its_control(gallery_address, browser_page):
    browser_page.goto(f"{gallery_address}/form-errors.html")
    links = browser_page.locator("[data-error-summary] a")
    landed = []
    for at in range(links.count()):
        browser_page.evaluate("document.querySelector('[data-error-summary]').focus()")
        links.nth(at).click()
        landed.append("#" + browser_page.evaluate("document.activeElement.id"))

    assert landed == [links.nth(at).get_attribute("href") for at in range(links.count())]


def test_count_says_how_much_is_left_and_how_much_too_much(gallery_address, browser_page):
    browser_page.goto(f"{gallery_address}/form.html")
    count = browser_page.locator("#id_body_count")
    said = [count.text_content()]
    for text in ("x" * 390, "x" * 399, "\n" * 201, "🙂" * 400):
        browser_page.fill("#id_body", text)
        said.append(count.text_content())

    assert said == [
        "You can write up to 400 characters.",
        "10 characters left.",
        "1 character left.",
        "2 too many.",
        "0 characters left.",
    ]


def test_second_press_on_send_is_swallowed(gallery_address, browser_page):
    browser_page.goto(f"{gallery_address}/form.html")
    # Runs after the page's own listener: notes what it decided, and sends nothing.
    browser_page.evaluate(
        """() => {
          window.swallowed = []
          window.addEventListener('submit', (event) => {
            window.swallowed.push(event.defaultPrevented)
            event.preventDefault()
          })
        }"""
    )
    browser_page.click("#submit-id-save")
    browser_page.click("#submit-id-save", force=True)

    assert browser_page.evaluate("window.swallowed") == [False, True]


def test_page_says_everything_without_script(gallery_address, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{gallery_address}/notice.html")

    assert page.locator(".cp-timeline__item").first.locator("time").text_content() == "Sun 22 Nov, 11:20am"
    context.close()


THUMBS = (
    ".govuk-button, .cp-nav a, .cp-footer li a, .cp-pagination a, summary, .cp-link-button, .govuk-input, "
    ".govuk-select, .govuk-radios__input, .govuk-checkboxes__input"
)


@pytest.mark.parametrize("name", ALL)
def test_targets_are_large_enough_for_a_thumb(gallery_address, browser_page, name):
    browser_page.set_viewport_size({"width": 390, "height": 844})
    browser_page.goto(f"{gallery_address}/{name}.html")

    small = browser_page.evaluate(
        """(thumbs) => [...document.querySelectorAll(thumbs)]
          .filter((part) => part.offsetParent && part.getBoundingClientRect().height < 44)
          .map((part) => part.outerHTML)""",
        THUMBS,
    )

    assert small == []
