"""What exactly an edition says, as data: the thing an approval is bound to."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict

from . import lists
from .models import Edition
from .parts import registered

_WORDS = [
    "title",
    "summary",
    "body",
    "urgency",
    "is_borough_wide",
    "alt_text",
    "change_note",
    "is_minor",
    "is_correction",
    "expires_at",
    "area",
    "severity",
    "banner_until_at",
]


def content_of(edition: Edition) -> dict[str, Any]:
    """Return everything residents and accounts will be shown if `edition` goes live, as JSON-able data."""
    return {
        "reference": edition.notice.reference,
        "kind": edition.notice.kind,
        **{name: getattr(edition, name) for name in _WORDS},
        "wards": sorted(edition.wards.values_list("code", flat=True)),
        "streets": sorted(edition.streets.values_list("pk", flat=True)),
        "picture": edition.picture.sha256 if edition.picture else "",
        "detail": model_to_dict(edition.detail) if edition.detail else {},
        "lists": {name: lists.content_of(edition, name) for name in lists.MODELS},
        "parts": {part.name: part.digest(edition) for part in registered()},
    }


def content_hash(edition: Edition) -> str:
    """Return the SHA-256 of `content_of(edition)` as 64 hexadecimal digits."""
    canonical = json.dumps(content_of(edition), sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(canonical.encode()).hexdigest()
