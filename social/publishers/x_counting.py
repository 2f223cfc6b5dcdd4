"""Counts text as X does: a weight for each character, one for an emoji, one for an address; pure.

Follows X's published rules (version 3 of its configuration). Where those depend on lists that change, of
emoji and of top-level domains, this counts as X does for what is certain and more, never less, for the rest.
"""

import unicodedata
from itertools import chain
from typing import Final

import regex

ADDRESS_WEIGHT: Final = 23
"""Whatever its length: X puts a short address of its own in its place."""
EMOJI_WEIGHT: Final = 2
_LIGHT = frozenset(chain(range(4352), range(8192, 8206), range(8208, 8224), range(8242, 8248)))
"""Code points that weigh 1; all others weigh 2."""
_SHORTEST_ADDRESS: Final = 4
_LONGEST_ADDRESS: Final = 2000

# Domains that every list has; an address under another one is counted as if X might see one there, or not.
_COUNTRIES: Final = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv "
    "bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es "
    "et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id "
    "ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu "
    "lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np "
    "nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj "
    "sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug us uy uz "
    "va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_TOP_LEVELS: Final = (
    f"{_COUNTRIES} uk eu com org net edu gov int mil info biz name pro coop museum mobi asia tel app dev "
    "page blog news online site website cloud tech digital community city town london wales cymru scot "
    "irish social events tickets charity foundation university school academy education health care "
    "media"
)

_TOP = rf"(?:{'|'.join(_TOP_LEVELS.split())})(?![a-z0-9@+-])"
_LABEL = r"[a-z0-9]++(?:-++[a-z0-9]++)*+"
_DOMAIN = rf"(?:{_LABEL}\.)+{_TOP}"
_PATH = r"/(?:[a-z0-9!*';:=+,.$/%#\[\]_~@|&-]*[a-z0-9=_#/+-])?"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-]"
_STARTS = r"(?:(?<!\S)|(?<=(?<!\S)[(\"“‘«\[]))"
_ADDRESS = (
    # A link of X's own short kind has rules of its own: not certain.
    rf"https?://(?!t\.co\b){_DOMAIN}(?::\d+)?(?:{_PATH})?(?:{_QUERY})?"
    rf"|{_DOMAIN}(?:(?::\d+)?{_PATH}(?:{_QUERY})?)?"
)
_ENDS = r"(?=[.,;:!?)]*(?:\s|$))"
_MAIL = rf"[a-z0-9-]+(?:\.[a-z0-9-]+)?@{_LABEL}(?:\.{_LABEL})+{_ENDS}"
# One address as a whole or none at all, whether X knows its top-level domain or not.
_ONE_OR_NONE = rf"https?://(?!t\.co\b){_LABEL}\.[a-z]{{2,}}+(?:/[a-z0-9/_-]*+)?{_ENDS}"
_CERTAIN = regex.compile(
    rf"{_STARTS}(?:(?P<mail>{_MAIL})|(?P<address>{_ADDRESS})|(?P<perhaps>{_ONE_OR_NONE}))",
    regex.IGNORECASE | regex.ASCII,
)
_PERHAPS_A_DOMAIN = regex.compile(r"(?<=[^\s.])\.(?=[A-Za-z]{2}|[^\x00-\x7f])")
"""The dot that an address needs before its top-level domain."""

_TONE = r"[\U0001F3FB-\U0001F3FF]"
_JOIN = "\u200d"
_BEARS_TONE = (
    # All that bore one in Emoji 11, the list in the vendor's own counter.
    r"[\p{Emoji_Modifier_Base}--[\U0001F46A-\U0001F46D\U0001F46F\U0001F48F\U0001F491\U0001F90C\U0001F90F"
    r"\U0001F91D\U0001F93C\U0001F977\U0001F9BB\U0001F9CD-\U0001F9CF\U0001FA00-\U0001FFFF]]"
)
_HAS_GENDER = r"[🏃🏄🏊👮👱👳👷💁💂🙅🙆🙇🙋🙍🙎🚣🚴🚵🚶🤦🤷🤸🤹🤽🤾🦸🦹🧖🧗🧘🧙🧚🧛🧜🧝]"
_COUNTRY_FLAGS = "|".join(
    "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in country) for country in _COUNTRIES.split()
)
_COUNTED_ONCE = regex.compile(
    "|".join(
        [
            _COUNTRY_FLAGS,
            "🏴(?:\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|"
            "\U000e0077\U000e006c\U000e0073))\U000e007f",
            # Elsewhere the figure may be the end of an address.
            r"(?<![^\s\ufe0f\u20e3])[0-9#*]\ufe0f?\u20e3",
            rf"(?:👨{_JOIN}[👨👩]|👩{_JOIN}👩|[👨👩]){_JOIN}(?:👦{_JOIN}👦|👧{_JOIN}[👦👧]|[👦👧])",
            rf"[👨👩]{_TONE}?{_JOIN}(?:[⚕⚖✈]\ufe0f|[🌾🍳🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦰🦱🦲🦳])",
            rf"{_HAS_GENDER}{_TONE}?{_JOIN}[♀♂]\ufe0f",
            rf"(?:🏳\ufe0f{_JOIN}🌈|🏴{_JOIN}☠\ufe0f)",
            rf"{_BEARS_TONE}{_TONE}",
            r"[\p{Emoji}--\p{Emoji_Presentation}--[0-9#*\u267e\u26a7]]\ufe0f",
        ]
    ),
    regex.VERSION1,
)


def weight(text: str, address_weight: int = ADDRESS_WEIGHT) -> int:
    """Return what X counts in `text`; its own limit is 280."""
    text = unicodedata.normalize("NFC", text)
    total = position = 0
    for match in _CERTAIN.finditer(text):
        total += _at_most(text, position, match.start(), address_weight)
        total += _weight_of(match, address_weight)
        position = match.end()
    return total + _at_most(text, position, len(text), address_weight)


def has_address(text: str) -> bool:
    """Say whether X sees an address in `text`, or might."""
    text = unicodedata.normalize("NFC", text)
    position = 0
    for match in _CERTAIN.finditer(text):
        if match["mail"] is None or _PERHAPS_A_DOMAIN.search(text, position, match.start()):
            return True
        position = match.end()
    return _PERHAPS_A_DOMAIN.search(text, position) is not None


def _weight_of(match: regex.Match[str], address_weight: int) -> int:
    characters = _characters(match[0])
    if match["mail"] is not None:
        return characters
    is_certain = match["address"] is not None and len(match[0]) <= _LONGEST_ADDRESS
    return address_weight if is_certain else max(address_weight, characters)


def _at_most(text: str, start: int, end: int, address_weight: int) -> int:
    """Weigh a stretch without certain addresses: each dot in it might belong to a short one after all."""
    dots = len(_PERHAPS_A_DOMAIN.findall(text, start, end))
    return _characters(text[start:end]) + dots * max(address_weight - _SHORTEST_ADDRESS, 0)


def _characters(text: str) -> int:
    total = position = 0
    for match in _COUNTED_ONCE.finditer(text):
        total += _each(text[position : match.start()]) + EMOJI_WEIGHT
        position = match.end()
    return total + _each(text[position:])


def _each(text: str) -> int:
    return sum(1 if ord(character) in _LIGHT else 2 for character in text)
