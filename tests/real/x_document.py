"""Holds what is asked of the stand-in for X, and what it answers, against X's own API document.

The document is not ours to pass on: `make test` fetches it (scripts/real_parts.py). It is version 2.62, which
describes posts, timelines and users, but neither OAuth nor the upload of pictures.
"""

import json
from collections.abc import Callable
from typing import Any

from openapi_core import Config, OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.templating.paths.exceptions import PathNotFound
from openapi_core.testing import MockRequest, MockResponse

from .parts import PartMissing, why_missing, x_document

HERE = "http://localhost"


class Document:
    """X's own description of its API; `checked` counts the calls it knew, `strange` names the other paths."""

    def __init__(self) -> None:
        path = x_document()
        if not path.exists():
            raise PartMissing(why_missing("X API document", "it was not fetched"))
        described = json.loads(path.read_text()) | {"servers": [{"url": HERE}]}
        # The judge knows no OAuth; the stand-in itself insists on access.
        for functions in described["paths"].values():
            for function in functions.values():
                function.pop("security", None)
        # Its errors are problem+json; the document itself is not beyond reproach, so it is not examined.
        problems: dict[str, Callable[[bytes], Any]] = {"application/problem+json": json.loads}
        config = Config(spec_validator_cls=None, extra_media_type_deserializers=problems)
        self._api = OpenAPI.from_dict(described, config=config)
        self.checked = 0
        self.strange: set[str] = set()

    def problems(self, request: MockRequest, status: int, answer: bytes, kind: str) -> list[str]:
        """Return what is wrong with a call or with what was answered."""
        try:
            self._api.validate_request(request)
            response = MockResponse(data=answer, status_code=status, content_type=kind)
            self._api.validate_response(request, response)
        except PathNotFound:
            self.strange.add(f"{request.method} {request.path}")
            return []
        except OpenAPIError as error:
            return [f"{request.method} {request.path} {status}: {error!r} {error.__cause__!r}"]
        self.checked += 1
        return []


def request(
    method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes
) -> MockRequest:
    """Return a call as the document's judge wants it."""
    more: dict[str, Any] = {"data": body} if body else {}
    return MockRequest(
        HERE,
        method.lower(),
        path,
        args=query,
        headers={"Authorization": headers.get("authorization", "")},
        content_type=headers.get("content-type", "application/json"),
        **more,
    )
