"""Files published words under a theme and guesses their mood, a little after they are shown."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from .analysis import mood, themes
from .analysis.field import Comment
from .enums import Status
from .masking import mask
from .models import Theme, Voice

# Twelve weeks are what the councillors' page looks back; so many texts say what a town speaks of.
WEEKS, MOST_READ = 12, 3000
BATCH = 500


def shown_words(voice: Voice) -> str:
    """Return what of a voice may be read by everybody: the published words, with personal data taken out."""
    return mask(voice.public_text, voice.handle)


def as_comments(voices: Iterable[Voice]) -> list[Comment]:
    """Return voices as the analysis reads them: words, a sign for the writer, the mood."""
    return [Comment(voice.pk, voice.person, shown_words(voice), voice.mood) for voice in voices]


def read_new() -> int:
    """Give each published voice that has none a mood, and a theme if one fits; return how many were read."""
    known = _known_themes()
    rows = list(Voice.objects.filter(status=Status.PUBLISHED, mood="").order_by("pk")[:BATCH])
    for voice in rows:
        text = shown_words(voice)
        voice.mood = mood.guess(text)
        voice.theme_id = themes.assign(text, known)
    Voice.objects.bulk_update(rows, ["mood", "theme"], batch_size=BATCH)
    return len(rows)


@transaction.atomic
def learn_themes() -> int:
    """Find the themes of the last weeks anew, keep those that go on, and file what is filed under none.

    Returns how many there are. A theme found no more is retired: what was filed under it stays there.
    """
    since = timezone.now() - timedelta(weeks=WEEKS)
    voices = Voice.objects.filter(status=Status.PUBLISHED, received_at__gte=since).order_by("-received_at")
    found = themes.learn(as_comments(voices[:MOST_READ]))
    known = dict(_known_themes())
    kept = [_keep(each, known) for each in found]
    Theme.objects.filter(retired_at=None).exclude(pk__in=kept).update(retired_at=timezone.now())
    _file([(voice.pk, shown_words(voice)) for voice in voices.filter(theme=None)[:MOST_READ]])
    return len(kept)


def _keep(found: themes.Found, known: dict[int, Any]) -> int:
    """Write a theme over the one it goes on from, else as a new one; return its id."""
    fields = {"label": found.label, "terms": " ".join(found.terms), "learned_at": timezone.now()}
    goes_on = themes.same_as(found, known.items())
    if goes_on is None:
        return int(Theme.objects.create(**fields).pk)
    # One old theme goes on in one new one.
    known.pop(goes_on)
    Theme.objects.filter(pk=goes_on).update(**fields)
    return goes_on


def _file(texts: list[tuple[int, str]]) -> None:
    known = _known_themes()
    filed: dict[int, list[int]] = {}
    for pk, text in texts:
        theme = themes.assign(text, known)
        if theme is not None:
            filed.setdefault(theme, []).append(pk)
    for theme, pks in filed.items():
        Voice.objects.filter(pk__in=pks).update(theme=theme)


def _known_themes() -> list[tuple[int, list[str]]]:
    rows = Theme.objects.filter(retired_at=None).order_by("pk").values_list("pk", "terms")
    return [(pk, terms.split()) for pk, terms in rows]
