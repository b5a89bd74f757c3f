"""Addresses of procurement. Writes are POST to `<noun>/<id>/<verb>/`.

An order's number holds a slash (R-1042/1), so its pages use the `order` converter.
"""

from django.urls import include, path, register_converter

from procurement.views import cart, checkout, orders, payments, receive, requests


class OrderNumber:
    """R-1042/1 or X-000123."""

    regex = r"R-\d+/\d+|X-\d+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RequestNumber:
    """R-1042."""

    regex = r"R-\d+"

    def to_python(self, value: str) -> int:
        return int(value[2:])

    def to_url(self, value: str | int) -> str:
        return f"R-{value}" if isinstance(value, int) else value


register_converter(OrderNumber, "order")
register_converter(RequestNumber, "request")

cart_urls = [
    path("", cart.show, name="show"),
    path("add/", cart.add, name="add"),
    path("<int:pk>/quantity/", cart.quantity, name="quantity"),
    path("<int:pk>/save/", cart.save, name="save"),
    path("<int:pk>/restore/", cart.restore, name="restore"),
    path("<int:pk>/remove/", cart.remove, name="remove"),
    path("put-back/", cart.put_back, name="put-back"),
]
checkout_urls = [
    path("", checkout.show, name="show"),
    path("quote/<slug:group>/", checkout.quote, name="quote"),
    path("ask/", checkout.ask, name="ask"),
]
request_urls = [
    path("<request:number>/", requests.detail, name="detail"),
    path("<request:number>/progress/", requests.progress, name="progress"),
    path("<request:number>/withdraw/", requests.withdraw, name="withdraw"),
    path("<request:number>/to-cart/", requests.to_cart, name="to-cart"),
    path("<request:number>/comment/", requests.comment, name="comment"),
]
order_urls = [
    path("", orders.listing, name="list"),
    path("read-again/", orders.read_many, name="read-many"),
    path("<order:number>/", orders.detail, name="detail"),
    path("<order:number>/live/", orders.live, name="live"),
    path("<order:number>/read-again/", orders.read_again, name="read-again"),
    path("<order:number>/cancel/", orders.cancel, name="cancel"),
    path("<order:number>/undo/", orders.undo, name="undo"),
    path("<order:number>/confirm/", orders.confirm, name="confirm"),
    path("<order:number>/comment/", orders.comment, name="comment"),
    path("<order:number>/receive/", receive.form, name="receive"),
    path("<order:number>/count-in/", receive.count_in, name="count-in"),
]
payment_urls = [
    path("", payments.listing, name="list"),
    path("pay/", payments.pay_many, name="pay-many"),
    path("<int:pk>/pay/", payments.pay, name="pay"),
    path("<int:pk>/undo/", payments.undo, name="undo"),
    path("<int:pk>/outside/", payments.outside, name="outside"),
]
receive_urls = [
    path("", receive.listing, name="list"),
    path("scan/", receive.scan, name="scan"),
]

urlpatterns = [
    path("cart/", include((cart_urls, "cart"))),
    path("checkout/", include((checkout_urls, "checkout"))),
    path("requests/", include((request_urls, "requests"))),
    path("orders/", include((order_urls, "orders"))),
    path("payments/", include((payment_urls, "payments"))),
    path("receive/", include((receive_urls, "receive"))),
]
