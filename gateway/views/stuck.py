"""To be written in this session."""
from django.http import HttpResponse

def listing(request, **k):
    return HttpResponse(status=501)


def ask(request, **k):
    return HttpResponse(status=501)


def send_again(request, **k):
    return HttpResponse(status=501)


def pick(request, **k):
    return HttpResponse(status=501)


def give_up(request, **k):
    return HttpResponse(status=501)


