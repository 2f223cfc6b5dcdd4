"""Words that were taken away are on no page, in no file and behind no number, whatever was made of them."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from feedback import moderation, reading, sharing, summaries, summarising, weekly
from feedback.about_people import Voices
from feedback.counting import recount
from feedback.digesting.scope import monday
from feedback.enums import Status
from feedback.models import Letter, Sentence, Support, Tally, Theme, Voice
from feedback.working_days import today
from tests.feedback.conftest import shown, told

pytestmark = pytest.mark.django_db
SAID = (
    "Keep the evening bus, shift workers need it to get home, says {mark}.",
    "Without the evening bus shift workers cannot get home, says {mark}.",
    "The library must stay open in the afternoon for pupils, says {mark}.",
)
HARMLESS = "A part of this was taken out."
PAGES = ("/staff/summary/?ward=", "/staff/summary/words/?ward=", "/staff/summary/words.csv?ward=")
_ACTS = st.lists(
    st.tuples(st.sampled_from(["hide", "redact", "reopen", "erase"]), st.integers(0, 8)),
    min_size=1,
    max_size=6,
    unique_by=lambda act: act[1],
)
FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))


def mark(number: int) -> str:
    """Return what only one comment says."""
    return f"Quibble{chr(ord('a') + number)}shire"


def take_away(act: str, voice: Voice, by: Any) -> None:
    """Take words away in one of the ways there are."""
    seen = {"by": by, "seen_version": voice.version}
    if act == "erase":
        Voice.objects.filter(pk=voice.pk).update(email="ana@mail.example")
        Voices().erase("ana@mail.example", words=True)
    elif act == "hide":
        moderation.hide(voice, reason="off_topic", **seen)
    elif act == "reopen":
        moderation.undo(voice, **seen)
    else:
        moderation.redact(voice, public_text=HARMLESS, **seen)


def read_again() -> None:
    """Do what the workers do after words were shown or taken away."""
    reading.read_new()
    reading.learn_themes()
    summarising.refresh_due()


def everywhere(reader: Any, notice: Any, shared: str) -> str:
    """Return all that anybody may read of residents' words, as one text."""
    addresses = [*PAGES, shared, notice.get_absolute_url()]
    said = [b"".join(reader.get(each)).decode() for each in addresses]
    pdf = PdfReader(io.BytesIO(reader.get("/staff/summary/report.pdf?ward=").content))
    with zipfile.ZipFile(io.BytesIO(reader.get("/staff/summary/words.xlsx?ward=").content)) as file:
        said.append(file.read("xl/worksheets/sheet1.xml").decode())
    said += [page.extract_text().replace("\n", "") for page in pdf.pages]
    Letter.objects.filter(purpose="digest").delete()
    weekly.write_digests(timezone.now() + timedelta(days=7))
    said += [letter.payload["text"] for letter in Letter.objects.filter(purpose="digest")]
    return "\n".join([*said, *Theme.objects.values_list("label", flat=True), *_terms()])


def _terms() -> list[str]:
    return list(Theme.objects.values_list("terms", flat=True))


@FEW
@given(_ACTS)
def test_words_taken_away_leave_no_trace(cast, notice, as_, acts):
    Voice.objects.all().delete()
    rows = [shown(told(notice, SAID[n % 3].format(mark=mark(n))), cast.moderator) for n in range(9)]
    read_again()
    link = sharing.make(by=cast.councillor, name="Forum", query=f"ward=&week={monday(today())}", days=1)
    reader = as_(cast.councillor)
    assert mark(0).casefold() in everywhere(reader, notice, f"/shared/{link.token}/").casefold()
    for act, number in acts:
        take_away(act, rows[number], cast.moderator)
    gone = {number: mark(number) for _act, number in acts}

    for _turn in ("at once", "once everything is read again"):
        said = everywhere(reader, notice, f"/shared/{link.token}/").casefold()
        assert [word for word in gone.values() if word.casefold() in said] == []
        _assert_nothing_is_made_of(rows, gone)
        read_again()


def _assert_nothing_is_made_of(rows: list[Voice], gone: dict[int, str]) -> None:
    """Look behind the pages: guesses about words, sentences, evidence and numbers."""
    hidden = Voice.objects.exclude(status=Status.PUBLISHED)
    assert not hidden.exclude(theme=None, mood="").exists()
    assert recount.differences() == []
    shown_now = Voice.objects.filter(status=Status.PUBLISHED)
    assert sum(Tally.objects.filter(face="theme").values_list("number", flat=True)) == (
        shown_now.exclude(theme=None, mood="").count()
    )
    cited = [
        each.sentence for summary in summarising.Summary.objects.all() for each in summaries.shown(summary)
    ]
    assert not [each for each in cited if any(word in each.text for word in gone.values())]
    behind = {voice.pk for each in cited for voice in summaries.behind(each)}
    assert behind <= set(shown_now.values_list("pk", flat=True))
    erased = {row.pk for row in rows} - set(Voice.objects.values_list("pk", flat=True))
    assert not Support.objects.filter(voice__in=erased).exists()
    assert not Sentence.objects.filter(taken_from__in=erased).exists()
