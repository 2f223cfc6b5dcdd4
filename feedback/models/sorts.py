"""The three sorts of what residents send, each with its own rules; all are rows of one table."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from accounts.enums import Kind
from updates.enums import Urgency
from updates.models import Notice

from ..enums import Sort, Status
from ..working_days import answer_due_on, today
from .voice import Voice, VoiceQuerySet


def is_urgent(notice: Notice, at: dt.datetime) -> bool:
    """Say whether a question about `notice` cannot wait: an outage or an emergency, not over at that time."""
    is_over = notice.ended_at is not None and notice.ended_at <= at
    return not is_over and (notice.kind == Kind.OUTAGE or notice.urgency == Urgency.EMERGENCY)


class _OfSort(models.Manager.from_queryset(VoiceQuerySet)):  # type: ignore[misc]
    """The rows of one sort; `Voice.objects` has them all."""

    def get_queryset(self) -> Any:
        """Return the rows whose sort is the one the class stands for."""
        return super().get_queryset().filter(sort=self.model.stands_for)


class Question(Voice):
    """Something a resident wants answered."""

    stands_for: ClassVar[str] = Sort.QUESTION
    prefix = "Q"

    objects: ClassVar[Any] = _OfSort()

    class Meta:
        proxy = True

    def get_absolute_url(self) -> str:
        """Return the question's lasting public address, without the host."""
        return reverse("feedback:question", args=[self.reference])

    def fill_in(self) -> None:
        """Reckon the day the answer is due when the question is first kept."""
        super().fill_in()
        if self.due_on is None:
            self.reckon_due()

    def reckon_due(self) -> None:
        """Set the day the answer is due: by when it came in, how urgent it is, and what is asked for."""
        urgent = is_urgent(self.notice, self.received_at)
        self.due_on = answer_due_on(
            self.received_at, urgent=urgent, for_information=self.is_information_request
        )

    @property
    def promising(self) -> Any:
        """Return the answer that holds what was promised: to many, the answer to the first of them."""
        return self.asked_with.current_answer if self.asked_with else self.current_answer

    @property
    def wants_mail(self) -> bool:
        """Say whether the answer may go by e-mail: there is an address, and it was given for that."""
        return bool(self.email) and self.wants_reply

    @property
    def is_overdue(self) -> bool:
        """Say whether it still lacks an answer after the day it was due. Reads the clock: for staff pages."""
        is_open = self.status in (Status.WAITING, Status.PUBLISHED) and self.current_answer_id is None
        return is_open and self.due_on is not None and self.due_on < today()


class Feedback(Voice):
    """Something a resident wants known, without an answer; or a press on "useful", without a word."""

    stands_for: ClassVar[str] = Sort.FEEDBACK
    prefix = "F"
    is_overdue = False

    objects: ClassVar[Any] = _OfSort()

    class Meta:
        proxy = True


class Remark(Voice):
    """What somebody wrote in answer to a question of a consultation."""

    stands_for: ClassVar[str] = Sort.REMARK
    prefix = "R"
    is_overdue = False

    objects: ClassVar[Any] = _OfSort()

    class Meta:
        proxy = True
