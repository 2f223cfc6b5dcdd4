"""Addresses of answering and looking after what came in; part of the inbox's."""

from django.urls import path

from ..views import answer_keeping, answer_rules, answer_templates, answering, handling, together
from . import references  # noqa: F401 - registers the converter

urlpatterns = [
    path("inbox/templates/", answer_templates.listed, name="answer_templates"),
    path("inbox/templates/new/", answer_templates.write, name="answer_template_write"),
    path("inbox/templates/<int:pk>/", answer_templates.edit, name="answer_template"),
    path("inbox/templates/<int:pk>/delete/", answer_templates.remove, name="answer_template_remove"),
    path("inbox/second-person/", answer_rules.rules, name="answering_rules"),
    path("inbox/promises/", answer_rules.promised, name="promises"),
    path("inbox/promises/<int:pk>/kept/", answer_rules.kept, name="promise_kept"),
    path("inbox/<voice:reference>/answer/", answering.answer, name="answer"),
    path("inbox/<voice:reference>/answer/keep/", answer_keeping.keep, name="keep_answer"),
    path("inbox/<voice:reference>/mail-again/", answering.mail_again, name="mail_again"),
    path("inbox/<voice:reference>/approve/", answering.approve, name="approve"),
    path("inbox/<voice:reference>/send-back/", answering.send_back, name="send_back"),
    path("inbox/<voice:reference>/together/", together.together, name="together"),
    path("inbox/<voice:reference>/separate/", together.separate, name="separate"),
    path("inbox/<voice:reference>/assign/", handling.assign, name="assign"),
    path("inbox/<voice:reference>/hand-over/", handling.hand_over, name="hand_over"),
    path("inbox/<voice:reference>/note/", handling.note, name="note"),
]
