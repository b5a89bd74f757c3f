"""Pictures decode, differ and are the same every time."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from xport.sandbox.world import World
from xport.sandbox.world.kinds import KINDS
from xport.sandbox.world.pictures import VIEWS, UnknownPicture, draw
from xport.sandbox.world.pictures.gallery import DRAWINGS


def opened(name: str, size: int = 96) -> Image.Image:
    image = Image.open(BytesIO(draw(name, size)))
    image.load()
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def test_every_kind_has_a_drawing():
    assert set(DRAWINGS) == {made.key for made in KINDS}


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_a_kind_is_drawn_in_every_view_and_colour(kind: str):
    colours = next(made.colours for made in KINDS if made.key == kind)
    for view in VIEWS:
        image = opened(f"{kind}-00c0ffee-{colours[0].key}-{view}.jpg")
        assert image.format == "JPEG"
        assert image.size == (96, 96)
    fronts = [opened(f"{kind}-00c0ffee-{colour.key}-front.jpg") for colour in colours]
    assert all(difference(one, two) > 0.4 for one, two in zip(fronts, fronts[1:], strict=False))


def test_all_names_that_goods_carry_can_be_drawn(world: World):
    for shelf in (world.taobao, world.ali):
        for good in [*shelf.goods[::173], shelf.goods[-1]]:
            names = {*good.picture_names, good.main_picture}
            names |= {sku.picture_name for sku in good.skus if sku.picture_name}
            for name in names:
                assert opened(name, 64).size == (64, 64)


def test_main_pictures_tell_goods_apart(world: World):
    mugs = [good for good in world.ali.goods if good.kind == "mug"][:20]
    drawn = {draw(good.main_picture, 96) for good in mugs}
    assert len(drawn) == len(mugs)


def test_a_picture_is_the_same_every_time():
    name = "mug-0123abcd-red-front.jpg"
    first = draw(name, 200)
    draw.cache_clear()
    assert draw(name, 200) == first


@pytest.mark.parametrize(
    "name",
    ["", "mug.jpg", "mug-0123abcd-red-side.jpg", "mug-0123abcd-infrared-front.jpg",
     "unicorn-0123abcd-red-front.jpg", "../mug-0123abcd-red-front.jpg", "mug-123-red-front.jpg"],
)  # fmt: skip
def test_other_names_are_unknown(name: str):
    with pytest.raises(UnknownPicture):
        draw(name)


def test_sizes_have_limits():
    for size in (0, 15, 1201, 100_000):
        with pytest.raises(ValueError, match="size"):
            draw("mug-0123abcd-red-front.jpg", size)
    assert opened("mug-0123abcd-red-front.jpg", 480).size == (480, 480)
