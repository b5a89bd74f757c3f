"""To be written in this session."""
from django.http import HttpResponse

def listing(request, **k):
    return HttpResponse(status=501)


def detail(request, **k):
    return HttpResponse(status=501)


def check(request, **k):
    return HttpResponse(status=501)


