"""Addresses of social: staff."""

from django.urls import path

from ..views import accounts, care, deliveries, drills, proposals, replies, warnings, wording

app_name = "social"
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/connect/", accounts.connect, name="connect"),
    path("accounts/connect/<slug:channel>/", accounts.connect_to, name="connect_to"),
    path("accounts/stop-all/", care.stop_all, name="stop_all"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/check/", accounts.check, name="check"),
    path("accounts/<int:pk>/stop/", care.stop, name="stop"),
    path("accounts/<int:pk>/lock/", care.lock, name="lock"),
    path("accounts/<int:pk>/care/", care.care, name="care"),
    path("accounts/<int:pk>/warn/", warnings.warn, name="warn"),
    path("accounts/<int:pk>/warning/", warnings.warn_in_own_words, name="warn_in_own_words"),
    path("accounts/<int:pk>/warning/end/", warnings.end_warning, name="end_warning"),
    path("accounts/<int:pk>/give-back/", proposals.ask_revoke, name="ask_revoke"),
    path("accounts/<int:pk>/release/", proposals.ask_release, name="ask_release"),
    path("accounts/<int:pk>/teams/", care.teams, name="teams"),
    path("accounts/<int:pk>/disconnect/", care.disconnect, name="disconnect"),
    path("incidents/<int:pk>/take-down/", proposals.ask_remove_post, name="ask_remove_post"),
    path("drills/", drills.drills, name="drills"),
    path("drills/start/", drills.start, name="drill_start"),
    path("drills/<int:pk>/", drills.drill, name="drill"),
    path("drills/<int:pk>/end/", drills.end, name="drill_end"),
    path("steps/", proposals.waiting, name="proposals"),
    path("steps/<int:pk>/", proposals.proposal, name="proposal"),
    path("steps/<int:pk>/agree/", proposals.agree, name="agree"),
    path("steps/<int:pk>/refuse/", proposals.refuse, name="refuse"),
    path("editions/<int:pk>/accounts/", wording.wording, name="wording"),
    path("deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:pk>/retry/", deliveries.retry, name="retry"),
    path("deliveries/<int:pk>/give-up/", deliveries.give_up, name="give_up"),
    path("deliveries/<int:pk>/it-is-there/", deliveries.it_is_there, name="it_is_there"),
    path("deliveries/<int:pk>/not-there/", deliveries.not_there, name="not_there"),
    path("deliveries/<int:pk>/remove-again/", deliveries.remove_again, name="remove_again"),
    path("deliveries/<int:pk>/removed-by-hand/", deliveries.removed_by_hand, name="removed_by_hand"),
    path("inbox/mentions/", replies.mentions, name="mentions"),
    path("inbox/mentions/<int:pk>/join/", replies.join, name="mention_join"),
    path("inbox/mentions/<int:pk>/set-aside/", replies.set_aside, name="mention_set_aside"),
    path("answers/<int:pk>/retry/", replies.retry, name="answer_retry"),
    path("answers/<int:pk>/give-up/", replies.give_up, name="answer_give_up"),
    path("answers/<int:pk>/it-is-there/", replies.it_is_there, name="answer_it_is_there"),
    path("answers/<int:pk>/not-there/", replies.not_there, name="answer_not_there"),
]
