"""To be written in this session."""
from django.http import HttpResponse

def many(request, **k):
    return HttpResponse(status=501)


def approve(request, **k):
    return HttpResponse(status=501)


def refuse(request, **k):
    return HttpResponse(status=501)


def send_back(request, **k):
    return HttpResponse(status=501)


def undo(request, **k):
    return HttpResponse(status=501)


def comment(request, **k):
    return HttpResponse(status=501)


