"""Addresses of consultations: public."""

from django.urls import path

from ..views import consultations, consultations_answer, consultations_confirm, paper, you_said
from . import references  # noqa: F401 - registers the converter

_ONE = "consultations/<consultation:reference>/"

app_name = "consultations"
urlpatterns = [
    path("consultations/", consultations.listed, name="list"),
    path(_ONE, consultations.page, name="page"),
    path(f"{_ONE}words/<int:number>/", consultations.words, name="words"),
    path(f"{_ONE}answer/", consultations_answer.begin, name="answer"),
    path(f"{_ONE}answer/<slug:token>/", consultations_answer.go_on, name="go_on"),
    path(f"{_ONE}answer/<slug:token>/check/", consultations_answer.check, name="check"),
    path(f"{_ONE}answer/<slug:token>/saved/", consultations_answer.saved, name="saved"),
    path(f"{_ONE}answer/<slug:token>/received/", consultations_answer.received, name="received"),
    path(f"{_ONE}paper/", paper.form, name="paper"),
    path(f"{_ONE}paper/large/", paper.large_form, name="large_paper"),
    path(f"{_ONE}confirm/<str:token>/", consultations_confirm.confirm, name="confirm"),
    path("you-said/", you_said.page, name="you_said"),
]
