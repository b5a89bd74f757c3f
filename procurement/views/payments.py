"""To be written in this session."""
from django.http import HttpResponse

def listing(request, **k):
    return HttpResponse(status=501)


def pay_many(request, **k):
    return HttpResponse(status=501)


def pay(request, **k):
    return HttpResponse(status=501)


def undo(request, **k):
    return HttpResponse(status=501)


def outside(request, **k):
    return HttpResponse(status=501)


