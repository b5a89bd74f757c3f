"""A digest of everything a world says, to compare worlds made in different processes.

Run as a script it prints the digest of a fresh world.
"""

from __future__ import annotations

from hashlib import sha256

from xport.sandbox.world import Good, World


def described(good: Good) -> str:
    """All fields of a good as one text."""
    eager = {
        name: getattr(good, name)
        for name in Good.__dataclass_fields__
        if name not in ("details", "category", "seller", "tags")
    }
    parts = (
        eager,
        sorted(good.tags),
        good.category.path_zh,
        good.category.category_id,
        good.seller.company_name,
        good.seller.open_id,
        good.seller.scores,
        good.skus,
        good.attributes,
        good.description_html,
        good.picture_names,
    )
    return repr(parts)


def fingerprint(world: World, step: int = 11) -> str:
    """Every eleventh good of both shelves."""
    digest = sha256()
    for shelf in (world.taobao, world.ali):
        for good in shelf.goods[::step]:
            digest.update(described(good).encode())
    return digest.hexdigest()


if __name__ == "__main__":
    import sys

    sys.stdout.write(fingerprint(World.generate()))
