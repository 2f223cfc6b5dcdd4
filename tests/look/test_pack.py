"""The form pack: every hint, error and link belongs to a control."""

from lxml import html

from .conftest import WRONG


def _form(response):
    return html.fromstring(response.content)


def test_every_link_of_the_error_summary_lands_on_a_control(gallery):
    page = _form(gallery.post("/events/", WRONG))

    links = page.xpath("//*[@data-error-summary]//a/@href")

    controls = {f"#{name}" for name in page.xpath("//input/@id | //select/@id | //textarea/@id")}
    assert links == [
        "#id_title", "#id_body", "#id_kind_0", "#id_team", "#id_starts_at_0", "#id_agreed",
    ]  # fmt: skip
    assert set(links) - controls == set()


def test_error_about_the_whole_form_lands_on_its_first_control(gallery):
    page = _form(gallery.post("/events/", {"title": "clash"}))

    first = page.xpath("//*[@data-error-summary]//li[1]/a")[0]

    assert (first.get("href"), first.text) == (
        "#id_title",
        "Somebody else changed this draft while you wrote.",
    )


def test_every_described_control_finds_its_description(gallery):
    page = _form(gallery.post("/events/", WRONG))

    named = {name for names in page.xpath("//@aria-describedby") for name in names.split()}

    assert named - set(page.xpath("//@id")) == set()


def test_every_control_has_a_label(gallery):
    page = _form(gallery.get("/events/"))

    controls = page.xpath(
        "//main//input[not(@type='hidden')]/@id | //main//select/@id | //main//textarea/@id"
    )

    assert set(controls) - set(page.xpath("//label/@for")) == set()


def test_ids_are_unique(gallery):
    ids = _form(gallery.post("/events/", WRONG)).xpath("//@id")

    assert sorted(ids) == sorted(set(ids))


def test_counted_text_is_not_cut_by_the_browser(gallery):
    body = _form(gallery.get("/events/")).get_element_by_id("id_body")

    assert (body.get("maxlength"), body.get("data-limit")) == (None, "400")


def test_refused_form_says_what_to_do(gallery):
    page = _form(gallery.post("/events/", WRONG))

    said = [" ".join(link.text_content().split()) for link in page.xpath("//*[@data-error-summary]//a")]

    assert said == [
        "Title: Write an answer.",
        "What is happening: Too long by 100: the most is 400 characters.",
        "Kind of notice: Choose an answer.",
        "Team: Choose an answer.",
        "Off since: There is no such day. Write it like 22 11 2026.",
        "I have read the page and all four posts: Tick this to go on.",
    ]


def test_written_words_come_back_with_the_errors(gallery):
    page = _form(gallery.post("/events/", WRONG))

    kept = [page.get_element_by_id(f"id_starts_at_{box}").get("value") for box in range(4)]

    assert kept == ["31", "2", "2026", "6am"]


def test_no_page_carries_inline_style_or_script(gallery):
    for url in ("/", "/outages/", "/events/", "/notices/", "/projects/"):
        page = _form(gallery.get(url))

        assert page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]") == []


def test_buttons_lose_the_classes_of_other_packs(gallery):
    classes = _form(gallery.get("/events/")).xpath("//main//button/@class")

    assert [name.split() for name in classes] == [
        ["govuk-button"],
        ["govuk-button", "govuk-button--secondary"],
    ]
