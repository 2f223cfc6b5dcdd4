"""Lets the demo town's words be read and summed up, as the beat would have done day by day."""

from feedback import reading, summarising
from feedback.models import Consultation, Voice


def make() -> None:
    """File every published word, find the themes, and sum up each notice, consultation and recent week."""
    while reading.read_new():
        pass
    reading.learn_themes()
    notices = Voice.objects.order_by().values_list("notice", flat=True).distinct()
    for about in (
        *map(summarising.about_notice, notices),
        *map(summarising.about_consultation, Consultation.objects.values_list("pk", flat=True)),
    ):
        summarising.refresh(about)
    summarising.refresh_due()
