"""The drawings of the icons, 24 by 24, in the colour of the text around them; must not draw anything else."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Outlines: a pen of two units, round ends.
_LINES = {
    "arrow-left": '<path d="M20 12H4m7-7-7 7 7 7"/>',
    "arrow-right": '<path d="M4 12h16m-7-7 7 7-7 7"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21.5h4"/>',
    "bin": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6m4-6v6"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8 3v5m8-5v5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "comment": '<path d="M4 5h16v11h-9l-5 4.5V16H4z"/>',
    "cross": '<path stroke-width="3.4" d="m6 6 12 12M18 6 6 18"/>',
    "download": '<path d="M12 4v11m-5-4.5 5 5 5-5M4 20h16"/>',
    "edit": '<path d="m4 20 1-5L16 4l4 4L9 19zM13.5 6.5l4 4"/>',
    "external": '<path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9"/>',
    "eye": '<path d="M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "flag": '<path d="M5.5 21.5v-18m0 .5h13l-3 4.5 3 4.5h-13"/>',
    "link": '<path d="m10 14 4-4M8 11l-2.5 2.5a3.5 3.5 0 0 0 5 5L13 16m3-3 2.5-2.5a3.5 3.5 0 0 0-5-5L11 8"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
    "lock": '<path d="M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3M12 14.5v2"/>',
    "mail": '<path d="M3.5 6h17v12h-17zm0 .5 8.5 7 8.5-7"/>',
    "pause": '<path stroke-width="3.6" d="M8 5v14M16 5v14"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 5a3.5 '
    "3.5 0 0 1 0 6.5"
    'M18 14.5c2.2.8 3.5 2.6 3.5 5.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5c0-4.5 3.5-7 8-7s8 2.5 8 7"/>',
    "phone": '<path d="M5 4h4l2 5-2.5 2a12 12 0 0 0 4.5 4.5l2-2.5 5 2v4c0 1-1 1.5-2 1.5A15 15 0 0 1 '
    '3.5 6c0-1 .5-2 1.5-2z"/>',
    "picture": '<path d="M4 5h16v14H4zm0 12 5-6 4 4.5 2.5-2.5 4.5 4"/><circle cx="15.5" cy="9" r="1.5"/>',
    "pin": '<path d="M12 21.5s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12z"/><circle cx="12" cy="9.5" '
    'r="2.5"/>',
    "question": '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.5a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 '
    '1-1.3 2m0 2.6v.01"/>',
    "refresh": '<path d="M20 5v5h-5M4 19v-5h5M19 10a7.5 7.5 0 0 0-13.5-2M5 14a7.5 7.5 0 0 0 13.5 2"/>',
    "road": '<path d="M8 3 4 21m12-18 4 18M12 4v3m0 3.5v3m0 3.5v3"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "shield": '<path d="M12 3 4.5 6v5.5c0 5 3.5 8 7.5 9.5 4-1.5 7.5-4.5 7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5"/>',
}

# Solid shapes, for what must be seen at the size of a letter.
_SOLIDS = {
    "alert": '<path fill-rule="evenodd" d="M12 2.5a1.4 1.4 0 0 1 1.2.700l9.4 16.6a1.4 1.4 0 0 1-1.2 2.1H2.6'
    "a1.4 1.4 0 0 1-1.2-2.1L10.8 3.2a1.4 1.4 0 0 1 1.2-.7zM10.8 9v6h2.4V9zm0 7.5v2.4h2.4v-2.4z"
    '"/>',
    "bolt": '<path d="M13.5 2 4.5 14H11l-1 8 9.5-12.5H13z"/>',
    "check": '<path d="M9.3 19.3 2.6 12.6l2.6-2.6 4.1 4.1 9.5-9.5 2.6 2.6z"/>',
    "dot": '<circle cx="12" cy="12" r="6"/>',
    "star": '<path d="m12 2.5 2.9 6.3 6.9.800-5.1 4.7 1.4 6.8L12 17.7l-6.1 3.4 1.4-6.8-5.1-4.7 6.9-.8z"/>',
    "water": '<path d="M12 2s7 8 7 12.8A7 7 0 0 1 5 14.8C5 10 12 2 12 2z"/>',
}

NAMES = frozenset(_LINES) | frozenset(_SOLIDS)

_PEN = mark_safe(
    'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
)
_FILL = mark_safe('fill="currentColor"')


def svg(name: str, label: str = "") -> SafeString:
    """Return the icon as inline SVG: hidden from assistive technology, or named by `label`.

    Raises KeyError for a name that is not drawn, so that a misspelt icon fails in a test and not in silence.
    """
    drawing, paint = (_LINES[name], _PEN) if name in _LINES else (_SOLIDS[name], _FILL)
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="cp-icon" viewBox="0 0 24 24" width="24" height="24" {} {} focusable="false">{}</svg>',
        paint,
        role,
        mark_safe(drawing),
    )
