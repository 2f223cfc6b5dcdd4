"""Turns what people wrote on the practice network into steps of history, through the portal's own doors."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from feedback import answering, listing, moderation
from feedback.enums import HiddenReason
from feedback.masking import mask
from feedback.models import Question, Voice
from outbox.enums import Status
from outbox.receipt import Receipt
from social.models import Account, AnswerPost, Delivery, Reply, Watch
from social.replies import collecting, sending
from social.sandbox import network
from updates.conversation import speaker

from .notices import Step, Town


def steps(town: Town, number: int, row: dict[str, Any]) -> list[Step]:
    """Return what happened to one reply, or one mention that belongs to no notice yet."""
    story, label = _ReplyStory(town, row), f"reply {number} to {row['to']}"
    at = town.calendar.moment(row["at"])
    if "on" in row:
        # Hours ago and days ago change places around midnight: nobody answers what is not posted yet.
        at = max(at, town.live_at[row["on"]] + timedelta(minutes=2))
    made = [Step(at, 0, label, story.write)]
    if "moderator" in row:
        decided = min(at + timedelta(minutes=15), max(town.calendar.now, at + timedelta(minutes=1)))
        made.append(Step(decided, 1, label, story.decide))
        if "answer" in row:
            answered = max(town.calendar.moment(row["answered"]), decided + timedelta(minutes=1))
            made.append(Step(answered, 2, label, story.answer))
    return made


class _ReplyStory:
    """One reply's way home, through moderation, and back as an answer."""

    def __init__(self, town: Town, row: dict[str, Any]) -> None:
        self.town, self.row = town, row
        self.remote_id = ""

    def write(self) -> None:
        """Somebody writes it, and the portal asks for what is new."""
        account = Account.objects.get(handle=self.row["to"])
        text = self.town.calendar.fill(self.row["text"])
        self.remote_id = network.say(self.row["from"], text, self._parent(account)).remote_id
        Watch.objects.filter(account=account).update(replies_next_at=timezone.now())
        collecting.collect(account.pk)

    def decide(self) -> None:
        """A moderator shows it, or hides it for a fixed reason."""
        voice, by = self._voice(), self.town.people[self.row["moderator"]]
        if reason := self.row.get("reason"):
            moderation.hide(voice, by=by, seen_version=voice.version, reason=HiddenReason(reason))
        else:
            shown = mask(voice.text, voice.handle)
            moderation.publish(voice, by=by, seen_version=voice.version, public_text=shown)

    def answer(self) -> None:
        """The team answers on the portal, and under the question on the network."""
        question = self._voice()
        assert isinstance(question, Question)
        text = self.town.calendar.fill(self.row["answer"])
        url = f"{settings.PORTAL_URL}{question.get_absolute_url()}"
        post = speaker().usual_words(str(question.source_key), text, url=url, is_correction=False)
        answering.answer_publicly(
            question,
            by=self.town.people[self.row["answered_by"]],
            seen_version=question.version,
            text=text,
            post=post,
        )
        sending.send_one(AnswerPost.objects.get(reply__remote_id=self.remote_id).pk)

    def _parent(self, account: Account) -> Receipt | None:
        if "on" not in self.row:
            return None
        posts = Delivery.objects.filter(edition__notice=self.town.notices[self.row["on"]], account=account)
        post = posts.filter(status=Status.SENT).order_by("-edition__number", "part").first()
        assert post is not None  # the notice was published to this account before
        return Receipt(post.remote_id)

    def _voice(self) -> Voice:
        found = listing.find(Reply.objects.get(remote_id=self.remote_id).voice)
        assert found is not None  # it was handed over when it was collected
        return found
