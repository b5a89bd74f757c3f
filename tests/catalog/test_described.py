"""The seller's HTML: what comes through, and what never does."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from catalog.views.described import Block, description_blocks


def drawn(html):
    return render_to_string("catalog/_description.html", {"description": description_blocks(html)})


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        '<a href="javascript:alert(1)">x</a>',
        "<iframe src=https://evil.example></iframe>",
        '<img src=x onerror="alert(1)">',
        '<img src="https://evil.example/pixel.gif">',
        '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
        "<svg><script>alert(1)</script></svg>",
        "<style>body{display:none}</style>",
        '<p style="position:fixed">x</p>',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<map name="a"><area href="https://evil.example"></map>',
        "<form action=https://evil.example><input></form>",
        "<table><tr><td><script>alert(1)</script></td></tr></table>",
    ],
)
def test_nothing_foreign_survives(html):
    page = drawn(f"<p>before</p>{html}<p>after</p>").lower()

    for bad in ("script", "onclick", "onerror", "evil", "style", "href", "data:"):
        assert bad not in page
    for tag in ("<iframe", "<form", "<svg", "<a", "<map", "<input"):
        assert tag not in page
    assert "before" in page


def test_escaped_markup_stays_escaped():
    assert "&lt;script&gt;" in drawn("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")


def test_allowed_pictures_come_through_our_proxy():
    html = '<p>杯</p><img src="//cbu01.alicdn.com/a.jpg" width="750" usemap="#m">'

    assert description_blocks(html)[1] == Block("picture", "https://cbu01.alicdn.com/a.jpg")
    assert 'src="/pictures/?u=https%3A%2F%2Fcbu01.alicdn.com%2Fa.jpg' in drawn(html)


def test_words_hidden_for_search_machines_stay_hidden():
    html = '<p>杯</p><p style="display:none">关键词 爆款</p>'

    assert description_blocks(html) == [Block("text", "杯")]


def test_text_lists_and_tables_stay_in_order():
    html = (
        "天<b>穹</b><p>一<br>二</p><ul><li>陶瓷</li><li>骨瓷</li></ul>"
        "<table><tr><td>材质</td><td><p>陶</p><p>瓷</p></td></tr></table>尾"
    )

    assert description_blocks(html) == [
        Block("text", "天穹"),
        Block("text", "一"),
        Block("text", "二"),
        Block("list", rows=(("陶瓷",), ("骨瓷",))),
        Block("table", rows=(("材质", "陶 瓷"),)),
        Block("text", "尾"),
    ]


def test_a_table_that_only_places_pictures_is_read_as_a_flow():
    html = (
        '<table><tr><td><img src="https://img.alicdn.com/a.jpg"></td></tr>'
        "<tr><td>说明</td></tr></table>"
    )

    assert description_blocks(html) == [
        Block("picture", "https://img.alicdn.com/a.jpg"),
        Block("text", "说明"),
    ]


@given(st.text(alphabet="<>/=\"'&;abptdrlihmgsc 杯", max_size=200))
def test_no_html_breaks_the_reading(html):
    for block in description_blocks(html):
        assert block.kind in ("text", "picture", "list", "table")
