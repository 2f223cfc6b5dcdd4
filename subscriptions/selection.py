"""What each reader of a batch is told, as things stand when it is sent, and its words; writes nothing."""

from collections import defaultdict
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings

from updates.models import Edition

from . import composing, mailings
from .composing import Words
from .enums import TOLD, Occasion
from .models import Batch, Copy

# Different digests kept ready; a batch has few, because neighbours follow the same.
_KEPT = 50


class Selection:
    """The editions and words of one batch's mails."""

    def __init__(self, batch: Batch, readers: list[list]) -> None:
        """Read what the batch's kind of mailing needs; up to three queries."""
        self._mailing = batch.mailing
        self._batch = batch
        self._subscribers = [reader[0] for reader in readers]
        self._said = {pk for reader in readers for pk in reader[2]}
        self._words: dict[tuple[int, ...], Words] = {}

    @property
    def headers(self) -> dict[str, str]:
        """What lets a mailbox sort these mails (RFC 2919)."""
        name = "digests" if self._mailing.is_digest else "notices"
        return {"List-Id": f"<{name}.{urlsplit(settings.PORTAL_URL).hostname}>"}

    def editions(self, subscriber_id: int, said: list[int]) -> list[int]:
        """Return the editions to tell this subscriber now; none when nothing is left to tell."""
        if self._mailing.occasion == Occasion.WITHDRAWN:
            return said if subscriber_id in self._told_of_notice else []
        if not self._mailing.is_digest:
            return said
        known = self._known[subscriber_id]
        shown = (self._live[pk].pk for pk in said if pk in self._live)
        return [pk for pk in dict.fromkeys(shown) if pk not in known]

    def words(self, editions: list[int]) -> Words:
        """Return the words, with marks; a digest's are composed once for all who get the same."""
        if not self._mailing.is_digest:
            return Words(self._mailing.subject, self._mailing.text, self._mailing.html)
        key = tuple(editions)
        if key not in self._words:
            if len(self._words) >= _KEPT:
                self._words.clear()
            shown = {edition.pk: edition for edition in self._live.values()}
            self._words[key] = composing.digest([shown[pk] for pk in editions], self._mailing.occasion)
        return self._words[key]

    @cached_property
    def _live(self) -> dict[int, Edition]:
        """What residents read now of each notice of the digest, by the edition that was chosen."""
        rows = Edition.objects.filter(pk__in=self._said, notice__withdrawn_at=None)
        live = dict(rows.values_list("pk", "notice__live_edition_id"))
        shown = Edition.objects.select_related("notice", "outage", "event", "project")
        found = shown.prefetch_related("wards").in_bulk(live.values())
        return {pk: found[edition] for pk, edition in live.items()}

    @cached_property
    def _known(self) -> dict[int, set[int]]:
        """What each subscriber was sent already, by another mail."""
        shown = {edition.pk for edition in self._live.values()}
        copies = Copy.objects.filter(subscriber__in=self._subscribers, edition__in=shown, result__in=TOLD)
        known: dict[int, set[int]] = defaultdict(set)
        for subscriber_id, edition_id in copies.exclude(batch=self._batch).values_list(
            "subscriber_id", "edition_id"
        ):
            known[subscriber_id].add(edition_id)
        return known

    @cached_property
    def _told_of_notice(self) -> set[int]:
        edition = self._mailing.edition
        assert edition is not None  # only a digest has none
        return mailings.told(edition.notice, self._subscribers)
