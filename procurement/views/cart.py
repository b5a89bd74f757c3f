"""To be written in this session."""
from django.http import HttpResponse

def show(request, **k):
    return HttpResponse(status=501)


def add(request, **k):
    return HttpResponse(status=501)


def quantity(request, **k):
    return HttpResponse(status=501)


def save(request, **k):
    return HttpResponse(status=501)


def restore(request, **k):
    return HttpResponse(status=501)


def remove(request, **k):
    return HttpResponse(status=501)


def put_back(request, **k):
    return HttpResponse(status=501)


