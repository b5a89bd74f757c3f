"""The picture proxy's address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from desk.pictures import SIZES, NoPicture, is_ours, picture

BY_TEXT = {str(size): size for size in SIZES}


@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """A goods picture; a drawn placeholder where there is none."""
    source, mark = request.GET.get("u", ""), request.GET.get("k", "")
    size = BY_TEXT.get(request.GET.get("s", ""), 0)
    if not size or not is_ours(source, size, mark):
        return HttpResponseNotFound()
    try:
        data = picture(source, size)
    except NoPicture:
        answer = HttpResponse(status=302)
        answer["Location"] = static("img/no-picture.svg")
        answer["Cache-Control"] = "private, max-age=60"
        return answer
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=604800, immutable"
    return answer
