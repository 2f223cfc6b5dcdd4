"""Does for the demo town what the beat would have done day by day: mark, read, sum up."""

from feedback import reading, summaries, summarising
from feedback.consultations import lapsing
from feedback.models import Consultation, Voice


def make() -> None:
    """File every published word, find the themes, and sum up each notice, consultation and recent week."""
    lapsing.mark()
    while reading.read_new():
        pass
    reading.learn_themes()
    notices = Voice.objects.order_by().values_list("notice", flat=True).distinct()
    for about in (
        *map(summaries.about_notice, notices),
        *map(summaries.about_consultation, Consultation.objects.values_list("pk", flat=True)),
    ):
        summarising.refresh(about)
    summarising.refresh_due()
