"""To be written in this session."""
from django.http import HttpResponse

def listing(request, **k):
    return HttpResponse(status=501)


def read_many(request, **k):
    return HttpResponse(status=501)


def detail(request, **k):
    return HttpResponse(status=501)


def live(request, **k):
    return HttpResponse(status=501)


def read_again(request, **k):
    return HttpResponse(status=501)


def cancel(request, **k):
    return HttpResponse(status=501)


def undo(request, **k):
    return HttpResponse(status=501)


def confirm(request, **k):
    return HttpResponse(status=501)


def comment(request, **k):
    return HttpResponse(status=501)


