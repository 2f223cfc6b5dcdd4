"""Addresses of feedback: staff."""

from django.urls import path

from ..views import (
    bulk,
    inbox,
    objections,
    photos,
    queue,
    sharing,
    summary,
    summary_compare,
    summary_files,
    summary_words,
    theme_names,
)
from . import answering, references  # noqa: F401 - registers the converter

app_name = "inbox"
urlpatterns = [
    path("inbox/", queue.queue, name="queue"),
    path("inbox/many/", bulk.choose, name="bulk"),
    path("inbox/many/decide/", bulk.decide, name="bulk_decide"),
    path("inbox/many/<int:pk>/", bulk.result, name="bulk_result"),
    path("inbox/many/<int:pk>/undo/", bulk.undo, name="bulk_undo"),
    path("inbox/<voice:reference>/", inbox.item, name="item"),
    path("inbox/<voice:reference>/publish/", inbox.publish, name="publish"),
    path("inbox/<voice:reference>/hide/", inbox.hide, name="hide"),
    path("inbox/<voice:reference>/look/", inbox.look, name="look"),
    path("inbox/<voice:reference>/redact/", inbox.redact, name="redact"),
    path("inbox/<voice:reference>/undo/", inbox.undo, name="undo"),
    path("inbox/<voice:reference>/objection/", objections.decide, name="decide_objection"),
    path("inbox/<voice:reference>/turn/", inbox.turn, name="turn"),
    path("inbox/<voice:reference>/photo/", photos.decide, name="photo"),
    path("inbox/<voice:reference>/photo/original/", photos.original, name="photo_original"),
    path("inbox/<voice:reference>/photo/preview/", photos.preview, name="photo_preview"),
    path("inbox/<voice:reference>/photo/result/", photos.result, name="photo_result"),
    *answering.urlpatterns,
    path("summary/", summary.page, name="summary"),
    path("summary/read/", summary.have_read, name="have_read"),
    path("summary/digest/", summary.choose_digest, name="choose_digest"),
    path("summary/words/", summary_words.words, name="words"),
    path("summary/words.csv", summary_words.export, name="export"),
    path("summary/words.xlsx", summary_files.as_workbook, name="workbook"),
    path("summary/report.pdf", summary_files.as_pdf, name="report"),
    path("summary/themes/<int:pk>/", theme_names.name, name="theme"),
    path("summary/share/", sharing.share, name="share"),
    path("summary/share/<int:pk>/end/", sharing.end, name="share_end"),
    path("summary/compare/", summary_compare.compare, name="compare"),
]
