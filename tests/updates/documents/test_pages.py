"""Documents from the author's upload to the residents' page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from tests import factories
from tests.factories import Cast
from updates import policy
from updates.content import content_hash
from updates.models import Document, Edition
from updates.transitions import Action
from updates.workflow import perform

from . import making


def upload(data: bytes, name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def address(edition: Edition, page: str = "documents") -> str:
    return f"/staff/notices/{edition.notice.reference}/{edition.number}/{page}/"


@pytest.fixture
def add(signed_in, cast: Cast):
    """Post a document to a draft as its author."""

    def post(edition: Edition, data: bytes, title: str = "Plan of the works", **more: object):
        edition.refresh_from_db()
        typed = {"title": title, "file": upload(data), "version": edition.version, **more}
        return signed_in(cast.author).post(address(edition), typed)

    return post


def text(response) -> str:
    return " ".join(html.fromstring(response.content.decode()).xpath("string(//main)").split())


def test_document_is_taken_in_with_its_words(cast: Cast, add):
    edition = factories.draft(cast, "general")

    assert add(edition, making.pdf()).status_code == 302

    document = Document.objects.get(edition=edition)
    assert (document.pages, document.text.strip()) == (1, "The water is off today.")


def test_live_notice_lists_its_documents(cast: Cast, add, client):
    edition = factories.draft(cast, "general")
    add(edition, making.pdf())
    edition.refresh_from_db()
    edition = _published(cast, edition)

    page = html.fromstring(client.get(edition.notice.get_absolute_url()).content.decode())

    [link] = page.xpath("//section[@aria-labelledby='documents']//a")
    assert link.text_content().strip() == "Plan of the works"
    assert link.get("href").endswith(".pdf")
    item = " ".join(link.getparent().text_content().split())
    assert item.startswith("Plan of the works (PDF, ")
    assert item.endswith("1 page)")


def _published(cast: Cast, edition: Edition) -> Edition:
    perform(Action.SUBMIT, edition, by=cast.author)
    perform(Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition), note="Read it.")
    return perform(Action.PUBLISH, edition, by=cast.author)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"nothing", "This is not a PDF."),
        (b"", "This file is empty."),
        (making.with_note(making.note("/Redact")), "Boxes or drawings lie on this PDF"),
    ],
)
def test_refused_document_says_why_and_keeps_its_title(cast: Cast, add, data, sentence):
    edition = factories.draft(cast, "general")

    response = add(edition, data)

    page = html.fromstring(response.content.decode())
    assert sentence in " ".join(page.xpath("//div[contains(@class, 'error-summary')]//li//text()"))
    assert page.xpath("//input[@name='title']/@value") == ["Plan of the works"]
    assert not Document.objects.exists()


def test_too_large_a_document_is_refused(cast: Cast, add, settings):
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024

    response = add(factories.draft(cast, "general"), making.pdf() + b" " * 1024 * 1024)

    assert "larger than 1 MB" in text(response)


def test_eleventh_and_second_of_the_same_are_refused(cast: Cast, add):
    edition = factories.draft(cast, "general")
    add(edition, making.pdf())

    assert "already listed" in text(add(edition, making.pdf()))
    for number in range(9):
        add(edition, making.pdf(b"BT /F1 12 Tf 72 720 Td (%d) Tj ET" % number))
    assert "A notice can carry ten documents" in text(add(edition, making.pdf(b"BT ET")))


def test_document_is_taken_off(cast: Cast, add, signed_in):
    edition = factories.draft(cast, "general")
    add(edition, making.pdf())
    edition.refresh_from_db()
    [document] = edition.documents.all()

    signed_in(cast.author).post(
        address(edition, "documents/remove"), {"version": edition.version, "sha256": document.sha256}
    )

    assert not Document.objects.exists()


def test_somebody_elses_save_in_between_is_said_and_nothing_is_overwritten(cast: Cast, add):
    edition = factories.draft(cast, "general")

    response = add(edition, making.pdf(), version=0)

    assert response.status_code == 409
    assert "Somebody else saved this" in text(response)
    assert not Document.objects.exists()


def test_submitted_edition_takes_no_document(cast: Cast, add, signed_in):
    edition = factories.submitted(cast, "general")

    assert "Documents can be changed while the edition is a draft." in text(
        signed_in(cast.author).get(address(edition))
    )
    assert add(edition, making.pdf()).status_code == 409


def test_others_may_not_add_documents(cast: Cast, signed_in):
    edition = factories.draft(cast, "general")

    assert signed_in(cast.outsider).get(address(edition)).status_code == 403


def test_private_details_in_a_document_are_found(cast: Cast, add):
    edition = factories.draft(cast, "general")
    add(edition, making.pdf(b"BT /F1 12 Tf 72 720 Td (Pay to card 4111 1111 1111 1111) Tj ET"))
    edition.refresh_from_db()

    [found] = policy.blocking(policy.findings(edition))

    assert (found.code, found.where) == ("personal_card", "documents")
    assert found.message.startswith("Plan of the works: ")


def test_words_under_boxes_are_a_warning(cast: Cast, add):
    edition = factories.draft(cast, "general")
    add(edition, making.pdf(making.WORDS + b" 0 g 60 700 300 40 re f"))
    edition.refresh_from_db()

    assert [found.code for found in policy.warnings(policy.findings(edition))] == ["covered_words"]


def test_next_edition_keeps_the_documents(cast: Cast, add):
    edition = factories.draft(cast, "general")
    add(edition, making.pdf())
    edition.refresh_from_db()
    live = _published(cast, edition)

    new = factories.next_edition(cast, live)

    assert [document.title for document in new.documents.all()] == ["Plan of the works"]
    assert new.documents.get().text.strip() == "The water is off today."
