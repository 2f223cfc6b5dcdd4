"""Notes on written summaries that words they were made from are shown no more; must not make summaries."""

from django.db.models import Q

from look import times

from .digesting.scope import monday
from .enums import SummaryScope
from .models import Summary, Voice


def note(voice: Voice) -> None:
    """Let every summary that may have read `voice` be made anew: it was hidden, shortened or is being erased.

    Its sentences go at once without this; what stays wrong until then is whom the audit counts. One query.
    """
    about = Q(scope=SummaryScope.NOTICE, notice=voice.notice_id) | _week(voice)
    if voice.response_id is not None:
        about |= Q(scope=SummaryScope.CONSULTATION, consultation__responses=voice.response_id)
    rows = Summary.objects.filter(about).order_by()
    Summary.objects.filter(pk__in=rows.values("pk")).update(has_lost_words=True)


def _week(voice: Voice) -> Q:
    week = monday(times.in_zone(voice.received_at).date())
    return Q(scope=SummaryScope.WEEK, week=week) & (Q(ward=None) | Q(ward=voice.ward_id))
