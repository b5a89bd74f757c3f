"""Tasks of the border. Arguments are ids; running any of them twice changes nothing."""

from celery import shared_task

from gateway.services import inbox, resolving, sending, sweeping
from gateway.services.tidying import tidy as tidy_rows


@shared_task(name="gateway.run_command")
def run_command(pk: int) -> str:
    return sending.run_command(pk)


@shared_task(name="gateway.resolve_command")
def resolve_command(pk: int) -> str:
    return resolving.resolve(pk)


@shared_task(name="gateway.watch_command")
def watch_command(pk: int) -> bool:
    return resolving.watch(pk)


@shared_task(name="gateway.sweep_commands")
def sweep_commands() -> int:
    return sweeping.sweep_commands()


@shared_task(name="gateway.process_push", acks_late=True)
def process_push(pk: int) -> str:
    return inbox.process(pk)


@shared_task(name="gateway.sweep_pushes")
def sweep_pushes() -> int:
    return inbox.sweep()


@shared_task(name="gateway.tidy")
def tidy() -> int:
    return tidy_rows()
