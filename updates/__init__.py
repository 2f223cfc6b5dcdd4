"""Notices, editions, the publishing workflow and the public pages."""
