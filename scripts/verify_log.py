#!/usr/bin/env python3
"""Proves that a council's public log is whole, or says where it was tampered with. Needs Python 3.11 only.

    python3 verify_log.py https://portal.example/            reads the log from the portal
    python3 verify_log.py log.jsonl --key BASE64             reads a copy, with a key you noted earlier
    python3 verify_log.py log.jsonl --key BASE64 --text post.txt   … and asks whether these words were posted
    python3 verify_log.py log.jsonl --key BASE64 --expect 1200:HASH   … and whether line 1200 is still the one

It shares no code with the portal. docs/public-log.md describes the format.
Exit code: 0 the log is whole (and what was asked for is in it), 1 it is not, 2 it could not be read.
"""

import argparse
import base64
import hashlib
import json
import sys
import unicodedata
import urllib.request
from collections.abc import Iterator
from pathlib import Path

GENESIS = "0" * 64

# --- Ed25519 (RFC 8032, section 5.1), for checking only -------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # X, Y, Z and T = XY/Z
NEUTRAL: Point = (0, 1, 1, 0)


def add(left: Point, right: Point) -> Point:
    """Add two points of the curve."""
    a = (left[1] - left[0]) * (right[1] - right[0]) % P
    b = (left[1] + left[0]) * (right[1] + right[0]) % P
    c = 2 * left[3] * right[3] * D % P
    d = 2 * left[2] * right[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """Add a point to itself, `number` times."""
    total = NEUTRAL
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(data: bytes) -> Point | None:
    """Read a point from its 32 bytes; None when they name none."""
    number = int.from_bytes(data, "little")
    y, is_odd = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and is_odd):
        return None
    x = P - x if x & 1 != is_odd else x
    return x, y, 1, x * y % P


def same(left: Point, right: Point) -> bool:
    """Say whether two points are one."""
    return (
        not (left[0] * right[2] - right[0] * left[2]) % P
        and not (left[1] * right[2] - right[1] * left[2]) % P
    )


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether `signature` over `message` was made with the private half of `key`."""
    if len(key) != 32 or len(signature) != 64:
        return False
    signer, commitment = point_of(key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if signer is None or commitment is None or BASE is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same(times(scalar, BASE), add(commitment, times(challenge, signer)))


# --- The log ---------------------------------------------------------------------------------------


class Unreadable(Exception):
    """The log or the key could not be read at all."""


class Tampered(Exception):
    """The log is not what the council signed; the text says where."""


def lines_of(source: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a file, or of a portal, page after page."""
    if not source.startswith(("https://", "http://")):
        yield from map(_parsed, Path(source).read_text(encoding="utf-8").splitlines())
        return
    start, site = 1, source.rstrip("/")
    while True:
        page = list(map(_parsed, _fetched(f"{site}/verify/log.jsonl?from={start}").splitlines()))
        yield from page
        if not page:
            return
        start += len(page)


def key_of(source: str) -> str:
    """Return the key a portal shows; whoever controls the portal controls this, so note it and compare."""
    if not source.startswith(("https://", "http://")):
        raise Unreadable("Name the council's key with --key: a file does not hold it.")
    shown = json.loads(_fetched(f"{source.rstrip('/')}/.well-known/council-log-key.json"))
    return str(shown["public_key"])


def check(lines: Iterator[dict[str, str]], key: bytes, *, only_last: bool = False) -> list[dict]:
    """Return what each line says; raises Tampered at the first that is not as it was written.

    Every line names the hash of the one before, so the signature of the last vouches for all of them;
    `only_last` leaves the others' unchecked.
    """
    said: list[dict] = []
    previous, last = GENESIS, None
    for line in lines:
        number = len(said) + 1
        said.append(_checked(line, number, previous))
        previous, last = line["hash"], line
        if not only_last:
            _check_signature(line, number, key)
    if last is not None:
        _check_signature(last, len(said), key)
    return said


def _checked(line: dict[str, str], number: int, previous: str) -> dict:
    if hashlib.sha256(line["body"].encode()).hexdigest() != line["hash"]:
        raise Tampered(f"Line {number}: its text was changed (the hash differs).")
    says = json.loads(line["body"])
    if says["number"] != number:
        raise Tampered(
            f"Line {number}: here stands line {says['number']}; lines are missing or out of order."
        )
    if says["previous"] != previous:
        raise Tampered(f"Line {number}: it does not follow the line before it.")
    return says | {"hash": line["hash"]}


def _check_signature(line: dict[str, str], number: int, key: bytes) -> None:
    if not is_signed(key, line["body"].encode(), base64.b64decode(line["signature"])):
        raise Tampered(f"Line {number}: the council's key did not sign this.")


def _parsed(text: str) -> dict[str, str]:
    line = json.loads(text)
    if not all(isinstance(line.get(name), str) for name in ("body", "hash", "signature")):
        raise Unreadable("A line of the log lacks its text, its hash or its signature.")
    return line


def _fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 only http and https get here
        return str(answer.read().decode())


# --- What may be asked of it -----------------------------------------------------------------------


def text_hash(text: str) -> str:
    """Return the hash under which the log knows a post's words."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()


def copies(said: list[dict], *, text: str = "", link: str = "") -> list[dict]:
    """Return the lines about a post with these words, or at this address."""
    wanted = text_hash(text) if text else ""
    about = [line for line in said if line["kind"] in {"copy", "copy_removed"}]
    return [
        line
        for line in about
        if (wanted and line["data"]["text_sha256"] == wanted) or (link and line["data"]["link"] == link)
    ]


def main() -> int:
    """Check, answer what was asked, and print it."""
    asked = _arguments()
    try:
        key = asked.key or key_of(asked.source)
        said = check(lines_of(asked.source), base64.b64decode(key), only_last=asked.quick)
    except Tampered as problem:
        print(f"NOT WHOLE. {problem}")
        return 1
    except (OSError, ValueError, KeyError, Unreadable) as problem:
        print(f"The log could not be read: {problem}", file=sys.stderr)
        return 2
    print(f"Whole: {len(said)} lines, each as it was written{'' if asked.quick else ' and signed'}.")
    if not asked.key:
        print(f"The key came from the portal itself: {key}. Compare it with one you have from elsewhere.")
    return _answer(asked, said)


def _answer(asked: argparse.Namespace, said: list[dict]) -> int:
    if asked.expect and not _is_still_there(asked.expect, said):
        print(f"NOT THE SAME LOG. Line {asked.expect.partition(':')[0]} is not the one you noted.")
        return 1
    if not (asked.text or asked.link):
        return 0
    text = Path(asked.text).read_text(encoding="utf-8") if asked.text else ""
    found = copies(said, text=text, link=asked.link)
    for line in found:
        print(f"{line['at']} {line['kind']}: {line['data']['channel']} {line['data']['link']}")
    if not found:
        print("Not in the log: the council posted no such thing.")
    return 0 if found else 1


def _is_still_there(expected: str, said: list[dict]) -> bool:
    number, _, noted = expected.partition(":")
    place = int(number) if number.isdigit() else 0
    return 0 < place <= len(said) and said[place - 1]["hash"] == noted


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", help="the portal's address, or a file of JSON lines")
    parser.add_argument("--key", help="the council's public key, base64")
    parser.add_argument("--text", help="a file with a post's words to look for")
    parser.add_argument("--link", help="a post's address to look for", default="")
    parser.add_argument("--expect", metavar="NUMBER:HASH", help="a line you noted earlier")
    parser.add_argument("--quick", action="store_true", help="check the last signature only")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
