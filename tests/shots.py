"""`make shots`: the pictures of README and docs, taken from a desk with fresh practice data.

`python -m tests.shots --all FOLDER` takes every page in both themes and both sizes instead, for
looking at.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.stack import HOME, LAUNCH, Stack, chromium, running_stack

PICTURES = HOME / "docs" / "pictures"
HEAVY = 260_000  # bytes
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 640}


@dataclass(frozen=True)
class Shot:
    """A picture: who looks at which address. `open` is a pattern of the first link to follow."""

    name: str
    person: str
    path: str
    open: str = ""
    phone: bool = False
    dark: bool = False


SHOTS = (
    Shot("find", "Ana Ruiz", "/catalog/?q=mug&qty=20"),
    Shot("item", "Ana Ruiz", "/catalog/?q=mug&qty=20&on=1688", r"/catalog/1688/items/"),
    Shot("cart", "Ana Ruiz", "/cart/"),
    Shot("checkout", "Ana Ruiz", "/checkout/"),
    Shot("request", "Ana Ruiz", "/orders/?view=approval", r"/requests/R-\d+/$"),
    Shot("home", "Ana Ruiz", "/"),
    Shot("orders", "Maria Keller", "/orders/"),
    Shot("order", "Maria Keller", "/orders/?view=moving", r"/orders/R-\d+/\d+/$"),
    Shot("approve", "Maria Keller", "/approvals/", r"/approvals/\d+/$"),
    Shot("approve-phone", "Maria Keller", "/approvals/", r"/approvals/\d+/$", phone=True),
    Shot("home-manager", "Maria Keller", "/", phone=True, dark=True),
    Shot("payments", "Frank Osei", "/payments/"),
    Shot("stuck", "Frank Osei", "/stuck/"),
    Shot("connections", "Ingrid Holm", "/connections/"),
    Shot("receive", "陈晓", "/receive/", phone=True),
    Shot("home-finance", "Frank Osei", "/", dark=True),
)


def main(arguments: list[str]) -> None:
    """Take the pictures of SHOTS; with `--all FOLDER`, each in every theme and size."""
    with (
        tempfile.TemporaryDirectory(prefix="quayside-shots-") as var,
        running_stack(Path(var)) as stack,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), **LAUNCH)
        if arguments[:1] == ["--all"]:
            folder = Path(arguments[1])
            only = arguments[2:]
            for shot in SHOTS:
                if only and shot.name not in only:
                    continue
                for phone in (False, True):
                    for dark in (False, True):
                        name = f"{shot.name}-{'360' if phone else '1440'}{'-dark' if dark else ''}"
                        copy = Shot(name, shot.person, shot.path, shot.open, phone, dark)
                        take(browser, stack, copy, folder, whole=True)
        else:
            for shot in SHOTS:
                take(browser, stack, shot, PICTURES)
        browser.close()


def take(browser: Browser, stack: Stack, shot: Shot, folder: Path, *, whole: bool = False) -> None:
    """One picture."""
    context = browser.new_context(viewport=PHONE if shot.phone else DESKTOP, device_scale_factor=1)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(stack.url + "/account/login/")
    page.get_by_role("button", name=shot.person).first.click()
    page.wait_for_load_state()
    page.goto(stack.url + shot.path)
    if shot.open:
        follow(page, stack, shot.open)
    if shot.dark:
        page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    data = page.screenshot(full_page=whole)
    folder.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(data)) as image:
        save(image.convert("RGB"), folder / f"{shot.name}.png")
    sys.stdout.write(f"{shot.name}  {page.url}\n")
    context.close()


def save(image: Image.Image, path: Path) -> None:
    """As it is, unless its pictures of goods make it heavy: then in 256 colours."""
    image.save(path, optimize=True)
    if path.stat().st_size > HEAVY:
        image.quantize(256, kmeans=1).save(path, optimize=True)


def follow(page: Page, stack: Stack, pattern: str) -> None:
    """Open the first link whose address matches."""
    page.wait_for_timeout(800)
    links = page.eval_on_selector_all("main a[href]", "found => found.map(a => a.href)")
    target = next((link for link in links if re.search(pattern, link.partition("?")[0])), None)
    if target is None:
        raise SystemExit(f"No link like {pattern} on {page.url}")
    page.goto(target)


if __name__ == "__main__":
    main(sys.argv[1:])
