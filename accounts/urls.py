"""Addresses under /staff/ that accounts owns: people, teams, trail, oneself, the invitation's link."""

from django.urls import path

from .views import invitations, me, people, teams, trail

app_name = "accounts"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/second-factor/", me.second_factor, name="second_factor"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/<int:pk>/end/", me.end_session, name="end_session"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/", people.roles, name="roles"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<int:pk>/second-factor/", people.reset_factor, name="reset_factor"),
    path("people/<int:pk>/sessions/end/", people.end_sessions, name="end_sessions"),
    path("people/invitations/", invitations.invited, name="invited"),
    path("people/invitations/new/", invitations.invite, name="invite"),
    path("people/invitations/<int:pk>/renew/", invitations.renew, name="renew"),
    path("people/invitations/<int:pk>/revoke/", invitations.revoke, name="revoke"),
    path("join/<str:token>/", invitations.accept, name="accept"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.new_team, name="new_team"),
    path("teams/<slug:slug>/", teams.team, name="team"),
    path("audit/", trail.trail, name="trail"),
    path("audit/export/", trail.export, name="trail_export"),
]
