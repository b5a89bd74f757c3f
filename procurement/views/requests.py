"""To be written in this session."""
from django.http import HttpResponse

def detail(request, **k):
    return HttpResponse(status=501)


def progress(request, **k):
    return HttpResponse(status=501)


def withdraw(request, **k):
    return HttpResponse(status=501)


def to_cart(request, **k):
    return HttpResponse(status=501)


def comment(request, **k):
    return HttpResponse(status=501)


