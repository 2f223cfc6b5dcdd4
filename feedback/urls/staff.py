"""Addresses of feedback: staff."""

from django.urls import path

from ..views import inbox, summary

app_name = "inbox"
urlpatterns = [
    path("inbox/", inbox.queue, name="queue"),
    path("inbox/<str:reference>/", inbox.item, name="item"),
    path("inbox/<str:reference>/publish/", inbox.publish, name="publish"),
    path("inbox/<str:reference>/hide/", inbox.hide, name="hide"),
    path("inbox/<str:reference>/undo/", inbox.undo, name="undo"),
    path("inbox/<str:reference>/answer/", inbox.answer, name="answer"),
    path("inbox/<str:reference>/mail-again/", inbox.mail_again, name="mail_again"),
    path("summary/", summary.page, name="summary"),
    path("summary/words.csv", summary.export, name="export"),
]
