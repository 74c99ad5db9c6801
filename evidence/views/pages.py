"""Pages of documents as pictures, with a quote marked on them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from accounts.attachment import SANDBOX
from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence import shelf
from evidence.actions.see_page import NoDocument, see_page
from evidence.forms import PageWanted
from evidence.ingest import IngestRefused, Problem
from evidence.ingest.drawing import Picture
from evidence.storage import FileMissing

KINDS = {"png": "image/png", "svg": "image/svg+xml"}


@require_safe
@requires(Permission.READ_EVIDENCE)
def page(request: ActingRequest, pk: int, page: int) -> HttpResponse:
    revision = found(shelf.revision_of(request.acting.organisation, pk))
    width, quote = PageWanted(request.GET).look()
    try:
        picture = see_page(of=revision, page=page, width=width, quote=quote, by=request.user, at=timezone.now())
    except NoDocument:
        return found(None)
    except (IngestRefused, FileMissing) as problem:
        return no_picture(problem)
    return picture_response(picture)


def picture_response(picture: Picture, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(picture.content, content_type=KINDS[picture.kind], status=status)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def no_picture(problem: Exception) -> HttpResponse:
    """Say in the picture's place why there is none; a page that does not exist is a page not found."""
    if isinstance(problem, IngestRefused) and problem.code is Problem.NO_PAGE:
        return found(None)
    text = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="160" viewBox="0 0 800 160" font-size="20" '
        'font-family="sans-serif"><rect width="100%" height="100%" fill="#fffefb"/>'
        '<text x="24" y="64" fill="#211f1b">This page cannot be shown.</text>'
        '<text x="24" y="96" fill="#625c51" font-size="15">{}</text></svg>',
        str(problem)[:120],
    )
    return picture_response(Picture(text.encode(), "svg"), status=422)
