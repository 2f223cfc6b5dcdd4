"""Addresses of the read API: every one answered by the same rules."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from updates.api.reading import router
from updates.api.serving import served

DESCRIPTION = (
    "Everything the council has told the public, as its pages say it. Open to every site and program; "
    "no key is needed. Answers carry an ETag: send it back in If-None-Match and unchanged data cost nothing. "
    "The data are the council's own; name it as the source and link to the notice."
)

app_name = "api"
api = NinjaAPI(
    title=f"{settings.COUNCIL.name}: notices",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    servers=[{"url": settings.PORTAL_URL}],
)
api.add_router("", router)


@api.exception_handler(ValidationError)
def say_what_was_wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer in one sentence what of the request could not be understood."""
    faults = [f"{each['loc'][-1]}: {each['msg']}" for each in error.errors]
    return api.create_response(request, {"detail": "; ".join(faults)}, status=422)


def openapi(request: HttpRequest) -> HttpResponse:
    """Return the description of this API (OpenAPI 3.1)."""
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))


def _patterns() -> list[URLPattern]:
    found = [each for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    for pattern in found:
        pattern.callback = served(pattern.callback)
    return found


urlpatterns = [path("openapi.json", served(openapi), name="openapi"), *_patterns()]
