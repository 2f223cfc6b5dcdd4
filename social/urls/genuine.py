"""Addresses of social: is it genuine? (public)."""

from django.urls import path

from ..views import genuine

app_name = "genuine"
urlpatterns = [
    path("verify/", genuine.verify, name="verify"),
    path("verify/log/", genuine.public_log, name="log"),
    path("verify/log.jsonl", genuine.log_lines, name="log_lines"),
    path("verify/log/head.json", genuine.log_head, name="log_head"),
    path("official-accounts/", genuine.accounts, name="accounts"),
    path(".well-known/council-accounts.json", genuine.accounts_json, name="accounts_json"),
    path(".well-known/council-log-key.json", genuine.log_key, name="log_key"),
]
