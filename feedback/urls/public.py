"""Addresses of feedback: public."""

from django.urls import path

from updates.urls import references as notice_references  # noqa: F401 - registers the converter

from ..views import me_too, objections, photos, public, receipt, residents, sharing
from . import references  # noqa: F401 - registers the converter

app_name = "feedback"
urlpatterns = [
    path("notices/<reference:reference>/ask/", residents.ask, name="ask"),
    path("notices/<reference:reference>/feedback/", residents.give_feedback, name="give"),
    path("notices/<reference:reference>/useful/", residents.say_useful, name="useful"),
    path("notices/<reference:reference>/questions/", public.voices, name="voices"),
    path("questions/<voice:reference>/", public.question, name="question"),
    path("questions/<voice:reference>/me-too/", me_too.press, name="me_too"),
    path("questions/<voice:reference>/me-too/<slug:token>/", me_too.confirm, name="me_too_confirm"),
    path("received/<voice:reference>/<slug:token>/", receipt.received, name="received"),
    path("received/<voice:reference>/<slug:token>/object/", objections.make, name="object"),
    path("shared/<slug:token>/", sharing.shared, name="shared"),
    path("shared/<slug:token>/words/", sharing.shared_words, name="shared_words"),
    path("shared/<slug:token>/report.pdf", sharing.shared_report, name="shared_report"),
    path("feedback/<voice:reference>/photo/", photos.shown, name="photo"),
    path("moderation/", objections.moderation, name="moderation"),
    path("your-address/<str:token>/", receipt.confirm_address, name="confirm_address"),
]
