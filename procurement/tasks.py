"""Tasks of procurement. Arguments are ids; running any of them twice changes nothing."""

from celery import shared_task

from accounts.models import SubAccount
from procurement.models import PurchaseOrder
from procurement.services import polling, tracking
from xport.client import ReadFailed


@shared_task(name="procurement.poll_orders")
def poll_orders() -> int:
    polling.open_orders()
    return polling.start_polls()


@shared_task(name="procurement.poll_cursor", acks_late=True)
def poll_cursor(sub_account_id: int, marketplace: str) -> int:
    account = SubAccount.objects.get(pk=sub_account_id)
    return polling.poll(sub_account=account, marketplace=marketplace)


@shared_task(name="procurement.reread_due")
def reread_due() -> int:
    return polling.reread_due()


@shared_task(name="procurement.read_order", acks_late=True)
def read_order(pk: int) -> bool:
    return polling.read_one(pk)


@shared_task(name="procurement.poll_parcels")
def poll_parcels() -> int:
    return tracking.start_reading()


@shared_task(name="procurement.read_parcels", acks_late=True)
def read_parcels(pk: int) -> int:
    order = PurchaseOrder.objects.select_related("sub_account").get(pk=pk)
    try:
        return tracking.read_parcels(order=order)
    except ReadFailed:
        return 0  # noted as the channel's failure; the next sweep asks again
