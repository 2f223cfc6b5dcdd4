"""Which tone and which shape a state's word takes; must not know what the state means to any app."""

DEFAULT = "neutral"

# The shape that stands beside the word when a tone is drawn and nobody chose another.
SHAPE = {
    "outage": "alert",
    "event": "calendar",
    "project": "flag",
    "ok": "check",
    "warn": "alert",
    "neutral": "dot",
    "brand": "shield",
}

# A state's word → (tone, shape).
_STATES = {
    "outage": ("outage", "alert"),
    "event": ("event", "calendar"),
    "project": ("project", "flag"),
    "general": ("neutral", "bell"),
    "emergency": ("outage", "alert"),
    "urgent": ("outage", "alert"),
    # an edition
    "draft": ("neutral", "edit"),
    "submitted": ("warn", "eye"),
    "returned": ("warn", "arrow-left"),
    "approved": ("ok", "check"),
    "scheduled": ("project", "clock"),
    "published": ("ok", "check"),
    "live": ("ok", "check"),
    "superseded": ("neutral", "refresh"),
    "withdrawn": ("outage", "cross"),
    "expired": ("neutral", "clock"),
    "ended": ("neutral", "clock"),
    "discarded": ("neutral", "bin"),
    # a delivery
    "queued": ("neutral", "clock"),
    "sending": ("project", "refresh"),
    "sent": ("ok", "check"),
    "retry": ("warn", "refresh"),
    "failed": ("outage", "cross"),
    "unknown": ("warn", "question"),
    "held": ("warn", "pause"),
    "cancelled": ("neutral", "cross"),
    "removing": ("warn", "refresh"),
    "removed": ("neutral", "bin"),
    # an account
    "healthy": ("ok", "check"),
    "connected": ("ok", "check"),
    "broken": ("outage", "alert"),
    "locked": ("outage", "lock"),
    "disconnected": ("neutral", "cross"),
    # moderation
    "pending": ("warn", "eye"),
    "waiting": ("warn", "clock"),
    "shown": ("ok", "check"),
    "answered": ("ok", "comment"),
    "hidden": ("neutral", "lock"),
    "rejected": ("neutral", "cross"),
    # a consultation
    "open": ("ok", "check"),
    "closed": ("warn", "clock"),
    "decided": ("project", "flag"),
    "archived": ("neutral", "list"),
    # an outage
    "reported": ("outage", "alert"),
    "investigating": ("outage", "search"),
    "cause_found": ("outage", "search"),
    "repairing": ("outage", "alert"),
    "checking": ("warn", "eye"),
    "planned": ("warn", "calendar"),
    "restored": ("ok", "check"),
    # a person
    "active": ("ok", "check"),
    "invited": ("warn", "mail"),
    "deactivated": ("neutral", "lock"),
}


def of(state: str) -> tuple[str, str]:
    """Return the tone and the icon for a state's word; neutral for a word nobody listed."""
    return _STATES.get(str(state), (DEFAULT, SHAPE[DEFAULT]))
