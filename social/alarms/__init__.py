"""Calls people on duty, by mail and webhook, through the delivery engine."""
