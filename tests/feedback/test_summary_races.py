"""A summary asked for while comments arrive, on the database councils use: what it says is true."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from feedback import summaries, summarising
from feedback.counting import recount
from feedback.models import Feedback, Summary, Voice
from feedback.reading import shown_words
from tests.feedback.conftest import shown, told

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WRITERS, EACH_WRITES, BEFORE = 4, 250, 10
SAID = (
    "Keep the evening bus, shift workers need it to get home",
    "The library must stay open in the afternoon for pupils",
    "Boat dwellers have no postcode and cannot fill in your form",
)


def _write(notice, moderator, writer: int) -> None:
    """Put public comments there one by one, each decided about before it is committed."""
    for number in range(EACH_WRITES):
        row = Feedback(notice=notice, text=f"{SAID[number % 3]} {writer} {number}.", status="published")
        row.public_text, row.moderated_by, row.moderated_at = row.text, moderator, timezone.now()
        row.save()
    connection.close()


def test_summary_asked_for_while_a_thousand_comments_arrive_is_true(cast, notice):
    about, made = summaries.about_notice(notice.pk), []
    for number in range(BEFORE):
        shown(told(notice, f"{SAID[0]} {number}."), cast.moderator)

    with ThreadPoolExecutor(WRITERS) as writers:
        coming = [writers.submit(_write, notice, cast.moderator, writer) for writer in range(WRITERS)]
        while not all(each.done() for each in coming):
            summary = summarising.make(about)
            made.append(_told(summary))
        for each in coming:
            each.result()

    # It was made several times among them, and later ones came since.
    assert len(made) > 1
    assert max(made) > 0
    public = Voice.objects.filter(status="published").count()
    assert public == BEFORE + WRITERS * EACH_WRITES
    # What it was made from and what came since are all there is: nobody is left out, nobody counted twice.
    assert summary.voices + summaries.out_of_date_by(summary) == public
    assert recount.differences() == []
    assert Summary.objects.get() == summary


def _told(summary: Summary) -> int:
    """Look at the summary as it is told while more arrives; every citation leads to public words."""
    page = summaries.page(summary)
    assert page.main
    for each in page.main + page.smaller_voices:
        behind = list(summaries.behind(each.sentence))
        assert len(behind) == each.comments
        assert each.sentence.text in {shown_words(voice) for voice in behind}
    return page.out_of_date_by
