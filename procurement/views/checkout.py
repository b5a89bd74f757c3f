"""To be written in this session."""
from django.http import HttpResponse

def show(request, **k):
    return HttpResponse(status=501)


def quote(request, **k):
    return HttpResponse(status=501)


def ask(request, **k):
    return HttpResponse(status=501)


