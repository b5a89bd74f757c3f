"""To be written in this session."""
from django.http import HttpResponse

def form(request, **k):
    return HttpResponse(status=501)


def count_in(request, **k):
    return HttpResponse(status=501)


def listing(request, **k):
    return HttpResponse(status=501)


def scan(request, **k):
    return HttpResponse(status=501)


