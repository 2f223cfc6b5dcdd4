"""The tokens keep WCAG 2.2's contrast (1.4.3: 4.5 to 1 for text; 1.4.11: 3 to 1 for lines)."""

import re

import pytest
from django.conf import settings

TONES = ["outage", "event", "project", "ok", "warn", "neutral"]
TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "link")
        for ground in ("paper", "paper-2", "card", "brand-soft")
    ],
    *[(tone, ground) for tone in TONES for ground in (f"{tone}-soft", "card", "paper")],
    *[("on-fill", f"{tone}-fill") for tone in TONES],
    *[(ink, f"{tone}-soft") for tone in TONES for ink in ("ink", "link")],
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("brand-ink", "card"),
    ("brand-ink", "brand-soft"),
    ("focus-ink", "focus"),
]
LINES = [("line-strong", "paper"), ("line-strong", "card"), ("ink", "card"), ("brand-accent", "brand")]


def _tokens() -> dict[str, dict[str, str]]:
    """Return the colours of each scheme, by name, as the stylesheet's one file of tokens has them."""
    text = (settings.BASE_DIR / "static" / "scss" / "_tokens.scss").read_text()
    light, dark = text.split("prefers-color-scheme: dark", 1)
    read = re.compile(r"--cp-([a-z0-9-]+): (#[0-9a-f]{6});").findall
    return {"light": dict(read(light)), "dark": {**dict(read(light)), **dict(read(dark))}}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3.0, LINES)])
def test_pairs_of_tokens_have_enough_contrast(scheme, least, pairs):
    colours = _tokens()[scheme]

    weak = [
        f"{ink} on {ground}: {_contrast(colours[ink], colours[ground]):.2f}"
        for ink, ground in pairs
        if _contrast(colours[ink], colours[ground]) < least
    ]

    assert weak == []
