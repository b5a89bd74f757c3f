"""Addresses of approvals. Writes are POST to `<id>/<verb>/`."""

from django.urls import path

from approvals.views import decide, pages

app_name = "approvals"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("decide/", decide.many, name="many"),
    path("undo/", decide.undo_many, name="undo-many"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/check/", pages.check, name="check"),
    path("<int:pk>/approve/", decide.approve, name="approve"),
    path("<int:pk>/refuse/", decide.refuse, name="refuse"),
    path("<int:pk>/send-back/", decide.send_back, name="send-back"),
    path("<int:pk>/undo/", decide.undo, name="undo"),
    path("<int:pk>/comment/", decide.comment, name="comment"),
]
