"""Asks X's own counter, the npm package twitter-text, how long texts are; one Node for many texts."""

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator

from . import parts

_PROGRAM = """
const counter = require("twitter-text");
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map(text => counter.parseTweet(text).weightedLength)));
"""


@contextlib.contextmanager
def counter() -> Iterator[Callable[[list[str]], list[int]]]:
    """Give a function that returns the weights of texts. Raises PartMissing."""
    node = parts.node_program(parts.X_COUNTER)
    if not (parts.NODE_MODULES / "twitter-text").exists():
        raise parts.PartMissing(parts.why_missing(parts.X_COUNTER, "its npm package is not installed"))

    def weights(texts: list[str]) -> list[int]:
        said = subprocess.run(
            [node, "-e", _PROGRAM],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
            cwd=parts.NODE_MODULES.parent,
        )
        return [int(weight) for weight in json.loads(said.stdout)]

    yield weights
