"""Takes what is hidden out of a JPEG without touching its pixels; must not decode it."""

import struct

# ISO/IEC 10918-1, table B.1: application data and comments. APP0 (JFIF) and APP14 (Adobe)
# say how to draw it; all others say who, where and with what.
_TOLD_ON = {*range(0xE1, 0xEE), 0xEF, 0xFE}
_SCAN = 0xDA
_HEAD = 4


def bare(data: bytes) -> bytes:
    """Return the JPEG `data` without its hidden segments; what is no JPEG comes back as it is."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while at + _HEAD <= len(data):
        mark, kind, length = struct.unpack_from(">BBH", data, at)
        # Not where a segment begins, or the picture itself: the rest stays untouched.
        if mark != 0xFF or kind == _SCAN or length < 2:  # noqa: PLR2004
            break
        if kind not in _TOLD_ON:
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, data[at:]])
