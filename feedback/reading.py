"""Files published words under a theme and guesses their mood, a little after they are shown."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .analysis import mood, themes
from .analysis.field import Comment
from .enums import Status
from .masking import has_personal_data, mask
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
    rows = list(_with_notice(Voice.objects.filter(status=Status.PUBLISHED, mood="").order_by("pk"))[:BATCH])
    for voice in rows:
        text = shown_words(voice)
        voice.mood = mood.guess(text)
        voice.theme_id = themes.assign(text, known, voice.notice.title)
    _keep_guesses(rows)
    return len(rows)


@transaction.atomic
def _keep_guesses(rows: list[Voice]) -> None:
    """Write what was guessed, but for words that somebody hid or shortened while they were read."""
    there = Voice.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("pk")
    as_read = set(there.values_list("pk", "version"))
    unchanged = [row for row in rows if (row.pk, row.version) in as_read]
    Voice.objects.bulk_update(unchanged, ["mood", "theme"], batch_size=BATCH)


@transaction.atomic
def learn_themes() -> int:
    """Find the themes of the last weeks anew, keep those that go on, and file what was read under them.

    Returns how many there are. A theme found no more is retired: what was filed under it and fits no other
    stays there.
    """
    since = timezone.now() - timedelta(weeks=WEEKS)
    public = Voice.objects.filter(status=Status.PUBLISHED)
    voices = list(_with_notice(public.filter(received_at__gte=since).order_by("-received_at"))[:MOST_READ])
    comments = [
        replace(each, about=voice.notice.title)
        for each, voice in zip(as_comments(voices), voices, strict=True)
    ]
    found = themes.learn(comments, may_say=lambda words: not has_personal_data(words))
    known = dict(_known_themes())
    kept = {_keep(each, known): each for each in found}
    Theme.objects.filter(retired_at=None).exclude(pk__in=kept).update(retired_at=timezone.now())
    for theme, each in kept.items():
        public.filter(pk__in=each.keys).exclude(theme=theme).update(theme=theme)
    grouped = {key for each in found for key in each.keys}
    _file_rest(public, [each for each in comments if each.key not in grouped])
    return len(kept)


def _with_notice(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    return voices.select_related("notice__live_edition")


def _keep(found: themes.Found, known: dict[int, Any]) -> int:
    """Write a theme over the one it goes on from, else as a new one; return its id."""
    fields = {
        "label": found.label,
        "terms": " ".join(found.terms),
        "quoted_id": found.quoted,
        "learned_at": timezone.now(),
    }
    goes_on = themes.same_as(found, known.items())
    if goes_on is None:
        return int(Theme.objects.create(**fields).pk)
    # One old theme goes on in one new one.
    known.pop(goes_on)
    Theme.objects.filter(pk=goes_on).update(**fields)
    return goes_on


def _file_rest(public: QuerySet[Voice], comments: Iterable[Comment]) -> None:
    """File those under a theme that are in no group and are under none, or under one that is no more."""
    known = _known_themes()
    filed: dict[int, list[int]] = {}
    for each in comments:
        theme = themes.assign(each.text, known, each.about)
        if theme is not None:
            filed.setdefault(theme, []).append(each.key)
    free = Q(theme=None) | Q(theme__retired_at__isnull=False)
    for theme, keys in filed.items():
        public.filter(free, pk__in=keys).update(theme=theme)


def _known_themes() -> list[tuple[int, list[str]]]:
    rows = Theme.objects.filter(retired_at=None).order_by("pk").values_list("pk", "terms")
    return [(pk, terms.split()) for pk, terms in rows]
