"""To be written in this session."""
from django.http import HttpResponse

def show(request, **k):
    return HttpResponse(status=501)


def read_again(request, **k):
    return HttpResponse(status=501)


