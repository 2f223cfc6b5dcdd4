"""The stand-alone script: it proves the log whole, and names the line where it is not."""

import base64
import json
import subprocess
import sys

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from scripts import verify_log
from social.models import LogEntry
from social.register import log, signing
from tests import factories

SCRIPT = settings.BASE_DIR / "scripts" / "verify_log.py"


@pytest.fixture
def lines(posted, cast):
    """The log's lines as the portal gives them out."""
    factories.published(
        cast, title="Library opens late", summary="It opens at noon today, for the stocktaking."
    )
    log.catch_up()
    return log.as_lines(LogEntry.objects.order_by("number")).splitlines()


def run(folder, lines, *more, key=None):
    """Run the script on these lines, with no portal on its path."""
    copy = folder / "log.jsonl"
    copy.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    command = [sys.executable, "-I", str(SCRIPT), str(copy), "--key", key or signing.public_key(), *more]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env={}, check=False)


def resigned(line, body):
    """Change a line's text and make its hash fit again, as a forger without the key would."""
    import hashlib

    return json.dumps(json.loads(line) | {"body": body, "hash": hashlib.sha256(body.encode()).hexdigest()})


def test_script_finds_the_log_whole(tmp_path, lines):
    said = run(tmp_path, lines)

    assert (said.returncode, said.stdout) == (
        0,
        f"Whole: {len(lines)} lines, each as it was written and signed.\n",
    )


@pytest.mark.parametrize(
    ("name", "tamper", "sentence"),
    [
        (
            "changed",
            lambda lines: [lines[0].replace("riverbank", "someone-else"), *lines[1:]],
            "text was changed",
        ),
        ("dropped", lambda lines: [lines[0], *lines[2:]], "missing or out of order"),
        ("swapped", lambda lines: [lines[1], lines[0], *lines[2:]], "missing or out of order"),
        (
            "forged",
            lambda lines: [
                *lines[:-1],
                resigned(lines[-1], json.loads(lines[-1])["body"].replace("Library", "Bath house")),
            ],
            "",
        ),
    ],
)
def test_script_names_where_the_log_was_tampered_with(tmp_path, lines, name, tamper, sentence):
    tampered = tamper(lines)
    if tampered == lines:
        pytest.fail("nothing was tampered with")

    said = run(tmp_path, tampered)

    assert said.returncode == 1
    assert said.stdout.startswith("NOT WHOLE. Line ")
    assert sentence in said.stdout


def test_script_knows_another_key(tmp_path, lines):
    other = base64.b64encode(bytes(32)).decode()

    assert "did not sign this" in run(tmp_path, lines, key=other).stdout


def test_script_finds_a_cut_tail_by_a_line_noted_earlier(tmp_path, lines):
    last = json.loads(lines[-1])["hash"]

    assert run(tmp_path, lines, "--expect", f"{len(lines)}:{last}").returncode == 0
    assert run(tmp_path, lines[:-1], "--expect", f"{len(lines)}:{last}").returncode == 1


def test_script_says_whether_words_were_posted(tmp_path, lines, posted):
    words = tmp_path / "post.txt"
    words.write_text(posted.payload["text"].replace("\n\n", "  \n"), encoding="utf-8")
    ours = run(tmp_path, lines, "--text", str(words))
    words.write_text(posted.payload["text"] + " Pay here.", encoding="utf-8")
    not_ours = run(tmp_path, lines, "--text", str(words))

    assert (ours.returncode, posted.remote_url in ours.stdout) == (0, True)
    assert (not_ours.returncode, "posted no such thing" in not_ours.stdout) == (1, True)


def test_script_says_so_when_there_is_nothing_to_read(tmp_path):
    command = [sys.executable, "-I", str(SCRIPT), str(tmp_path / "none"), "--key", "x"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("The log could not be read")


@given(message=st.binary(max_size=200), place=st.integers(0, 63), bit=st.integers(0, 7))
@hypothesis_settings(max_examples=25, deadline=None)
def test_signatures_of_the_library_are_accepted_and_bent_ones_are_not(message, place, bit):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key, signature = private.public_key().public_bytes_raw(), bytearray(private.sign(message))

    assert verify_log.is_signed(key, message, bytes(signature))
    signature[place] ^= 1 << bit
    assert not verify_log.is_signed(key, message, bytes(signature))
