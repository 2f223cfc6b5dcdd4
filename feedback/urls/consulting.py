"""Addresses of consultations: staff."""

from django.urls import path

from ..views import (
    consulting,
    consulting_answers,
    consulting_codes,
    consulting_moves,
    consulting_outcome,
    consulting_write,
)
from . import references  # noqa: F401 - registers the converter

_ONE = "consultations/<consultation:reference>/"

app_name = "consulting"
urlpatterns = [
    path("consultations/", consulting.listed, name="list"),
    path("consultations/start/", consulting.start, name="start"),
    path(_ONE, consulting.page, name="page"),
    path(f"{_ONE}preview/", consulting.preview, name="preview"),
    path(f"{_ONE}words/", consulting_write.words, name="words"),
    path(f"{_ONE}questions/new/", consulting_write.new_item, name="new_item"),
    path(f"{_ONE}questions/<int:number>/", consulting_write.item, name="item"),
    path(f"{_ONE}questions/<int:number>/move/", consulting_write.move_item, name="move_item"),
    path(f"{_ONE}questions/<int:number>/remove/", consulting_write.remove_item, name="remove_item"),
    path(f"{_ONE}move/<slug:act>/", consulting_moves.move, name="move"),
    path(f"{_ONE}longer/", consulting_moves.longer, name="longer"),
    path(f"{_ONE}longer/decide/", consulting_moves.decide_longer, name="decide_longer"),
    path(f"{_ONE}codes/", consulting_codes.codes, name="codes"),
    path(f"{_ONE}codes/table/", consulting_codes.table, name="codes_table"),
    path(f"{_ONE}enter/", consulting_answers.enter, name="enter"),
    path(f"{_ONE}results/", consulting_answers.results_page, name="results"),
    path(f"{_ONE}answers/", consulting_answers.answers, name="answers"),
    path(f"{_ONE}answers/<int:pk>/", consulting_answers.answer, name="answer"),
    path(f"{_ONE}outcome/", consulting_outcome.outcome, name="outcome"),
    path(f"{_ONE}outcome/decide/", consulting_outcome.decide, name="decide_outcome"),
]
