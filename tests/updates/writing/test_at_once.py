"""Two people, or two windows, at the same moment on PostgreSQL: one of them is told, nothing is mixed."""

import threading

import pytest
from django.db import connection
from django.test import Client

from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast
from updates.models import DraftScratch, Edition, NoticeTemplate
from updates.writing import previews, templates
from updates.writing.templates import TemplateRefused

from .conftest import WORDS
from .test_autosave import WORDS as TYPED

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _together(*jobs) -> list[object]:
    """Run `jobs` at the same moment and return what each returned or raised."""
    start, said = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            start.wait()
            said[number] = job()
        except Exception as error:
            said[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_one_of_two_who_save_a_template_at_once_is_told():
    cast = Cast.make()
    template = templates.start_template(team=cast.team, kind="outage", by=cast.lead, fields=WORDS)

    def save(advice):
        return lambda: templates.save_template(
            template, seen_version=1, by=cast.approver, fields={**WORDS, "advice": advice}
        )

    said = _together(save("One."), save("Two."))

    assert sorted(type(each).__name__ for each in said) == ["NoticeTemplate", "TemplateRefused"]
    assert NoticeTemplate.objects.get().version == 2


def test_template_is_never_approved_over_words_saved_at_the_same_moment():
    cast = Cast.make()
    template = templates.start_template(team=cast.team, kind="outage", by=cast.lead, fields=WORDS)
    seen = templates.template_hash(template)

    said = _together(
        lambda: templates.approve(template, by=cast.approver, seen_hash=seen),
        lambda: templates.save_template(
            template, seen_version=1, by=cast.lead, fields={**WORDS, "advice": "Drink it."}
        ),
    )

    stands = NoticeTemplate.objects.get()
    assert (stands.advice, templates.is_approved(stands), stands.approved_by) == ("Drink it.", False, None)
    assert [
        each for each in said if isinstance(each, Exception) and not isinstance(each, TemplateRefused)
    ] == []


def test_two_windows_that_save_at_once_never_mix():
    cast = Cast.make()
    draft = factories.draft(cast, "general")
    page = f"/staff/notices/{draft.notice.reference}/{draft.number}/autosave/"
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, cast.author)

    def save(client, title):
        return lambda: client.post(page, {**TYPED, "title": title, "version": draft.version}).json()["state"]

    said = _together(save(clients[0], "One"), save(clients[1], "Two"))

    kept = DraftScratch.objects.get().typed["title"][0]
    assert (sorted(said), {kept, Edition.objects.get().title}) == (["clash", "saved"], {"One", "Two"})


def test_half_written_words_kept_from_two_windows_at_once_break_nothing():
    cast = Cast.make()
    draft = factories.draft(cast, "general")
    page = f"/staff/notices/{draft.notice.reference}/{draft.number}/autosave/"
    clients = [Client() for _number in range(4)]
    for client in clients:
        sign_in(client, cast.author)

    said = _together(
        *[
            lambda client=client: client.post(page, {**TYPED, "title": "", "version": "1"}).json()["state"]
            for client in clients
        ]
    )

    assert (said, DraftScratch.objects.count()) == (["kept"] * 4, 1)


def test_openings_at_once_are_all_counted():
    cast = Cast.make()
    link, _token = previews.make_link(
        factories.draft(cast), by=cast.author, purpose="the site office", days=1
    )

    _together(*[lambda: previews.count_opening(link)] * 8)

    link.refresh_from_db()
    assert link.openings == 8
