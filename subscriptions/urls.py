"""Addresses of subscriptions; those with a token are a subscriber's own."""

from django.urls import path

from .views import join, own

app_name = "subscriptions"
urlpatterns = [
    path("subscribe/", join.join, name="join"),
    path("subscribe/sent/", join.sent, name="sent"),
    path("subscriptions/", join.my_link, name="my_link"),
    path("subscriptions/sent/", join.link_sent, name="link_sent"),
    path("subscriptions/confirm/<str:token>/", own.confirm, name="confirm"),
    path("subscriptions/leave/<str:token>/", own.leave, name="leave"),
    path("subscriptions/<str:token>/", own.manage, name="manage"),
    path("subscriptions/<str:token>/<int:pk>/", own.change, name="change"),
]
