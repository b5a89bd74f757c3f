"""The Chinese catalogue: whole, sound, and what a person with a Chinese page sees.

Extraction goes by Babel, so that it needs no gettext on the machine: templates are first turned
into calls by Django itself, as makemessages does.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.template import templatize
from moneyed import Money

from catalog.services.reader import leading_title, translated_title
from config.catalogues import LOCALE_DIR, compile_catalogues
from desk import formats
from desk.models.event import record
from gateway import words
from procurement import sentences
from xport.client.errors import SENTENCES

HOME = LOCALE_DIR.parent
ROOMS = ["accounts", "approvals", "catalog", "config", "desk", "gateway", "procurement"]
ROOMS += ["templates"]
CATALOGUE = LOCALE_DIR / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CALL = re.compile(
    r"""\b(?:n?p?gettext|_)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""", re.DOTALL
)
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
#: Days write the month as a name or as a number, as the language does.
DAYS = {"a day", "a day of this year"}
Key = tuple[str | None, str]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


@pytest.fixture
def chinese(settings: Any, tmp_path: Path) -> Iterator[None]:
    """The catalogue, compiled as starting compiles it, for pages in Chinese."""
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(CATALOGUE.read_bytes())
    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    settings.LOCALE_PATHS = [tmp_path]  # pytest-django clears what Django has read before
    with translation.override("zh-hans"):
        yield


def _source(path: Path) -> str:
    """Python source with the calls that makemessages would look at."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(CALL.findall(templatize(text, origin=str(path))))


def _words(folder: Path) -> Iterator[tuple[Key, str]]:
    for path in sorted(folder.rglob("*.*")):
        if path.suffix not in (".py", ".html", ".txt"):
            continue
        source = io.BytesIO(_source(path).encode())
        for line, message, _comments, context in extract("python", source, KEYWORDS):
            first = message[0] if isinstance(message, tuple) else message
            if first:
                yield (context, first), f"{path.relative_to(HOME)}:{line}"


def _of(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _said(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_word_of_the_tree_is_in_the_catalogue(catalogue: Catalog) -> None:
    known: set[Key] = {(message.context, _ids(message)[0]) for message in _of(catalogue)}
    found = dict(word for room in ROOMS for word in _words(HOME / room))

    assert len(found) > 1300
    missing = {key[1]: where for key, where in found.items() if key not in known}
    assert not missing, "run `make words` and translate them"


def test_everything_is_translated_and_nothing_is_guessed(catalogue: Catalog) -> None:
    open_ones = [
        message.id
        for message in _of(catalogue)
        if message.fuzzy or not all(text.strip() for text in _said(message))
    ]
    assert not open_ones
    assert not catalogue.fuzzy
    assert catalogue.num_plurals == 1


def test_holes_are_those_of_the_source(catalogue: Catalog) -> None:
    wrong = []
    for message in _of(catalogue):
        least = set(HOLE.findall(_ids(message)[-1]))
        most = {hole for text in _ids(message) for hole in HOLE.findall(text)}
        if message.context in DAYS:
            least, most = {"%(day)s"}, most | {"%(month)s"}
        for text in _said(message):
            if not least <= set(HOLE.findall(text)) <= most:
                wrong.append((message.id, text))
    assert not wrong


def test_chinese_is_written_with_chinese_marks(catalogue: Catalog) -> None:
    latin = re.compile(r"[一-鿿](?:[,;!?]|[.:](?!\d))|[,;!?][一-鿿]|\.{3}")
    wrong = [text for message in _of(catalogue) for text in _said(message) if latin.search(text)]
    assert not wrong


def test_statuses_fit_a_list(catalogue: Catalog) -> None:
    path = Path(sentences.__file__)
    source = io.BytesIO(path.read_bytes())
    ids = [words[0] if isinstance(words, tuple) else words
           for _line, words, *_rest in extract("python", source, KEYWORDS)]  # fmt: skip
    long = []
    for text in ids:
        message = catalogue.get(text)
        assert message is not None
        for said in _said(message):
            if len(HOLE.sub("三个字", said)) > 22:
                long.append(said)
    assert ids
    assert not long


def test_sentences_of_the_client_are_in_the_catalogue(catalogue: Catalog) -> None:
    assert set(words.SENTENCES) == set(SENTENCES.values())
    for sentence in (*words.SENTENCES, *words.NOT_SENT.values()):
        assert catalogue.get(sentence) is not None


@pytest.mark.django_db
def test_log_in_page_is_chinese(chinese: None, client: Client) -> None:
    page = client.get("/", headers={"accept-language": "zh-CN,zh;q=0.9"}, follow=True)
    html = page.content.decode()

    assert '<html lang="zh-Hans"' in html
    for word in ("登录", "密码", "忘记密码", "快捷键"):
        assert word in html
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    for word in ("Log in", "Password", "Keyboard", "To the page", "Close"):
        assert word not in text


@pytest.mark.django_db
def test_shell_of_a_person_with_a_chinese_page_has_no_english(
    chinese: None, client: Client, django_user_model: Any
) -> None:
    person = django_user_model.objects.create_user(
        "chen@example.com", None, name="陈晓", language="zh-hans"
    )
    client.force_login(person)
    html = client.get("/").content.decode()

    assert '<html lang="zh-Hans"' in html
    for part in re.findall(r"<nav\b.*?</nav>", html, re.DOTALL):
        text = re.sub(r"<[^>]+>", " ", part)
        assert not re.search(r"[A-Za-z]{3,}", text), text
    assert "首页" in html


def test_days_times_and_money_are_written_as_in_chinese(chinese: None) -> None:
    assert formats.day_text(date(2020, 3, 5)) == "2020年3月5日"
    assert formats.exact_text(datetime(2020, 3, 5, 12, 0, tzinfo=UTC)).startswith("2020年3月5日 ")
    assert formats.money_text(Money("1284.20", "EUR")) == "€1,284.20"
    assert formats.money_text(Money("11.80", "CNY")) == "¥11.80"
    assert formats.number_text(Decimal(12400)) == "12,400"
    now = datetime(2020, 3, 5, 12, 0, tzinfo=UTC)
    assert formats.age_text(datetime(2020, 3, 5, 11, 57, tzinfo=UTC), now) == "3 分钟前"


@pytest.mark.django_db
def test_an_event_keeps_a_marketplace_in_english_and_says_it_in_the_readers_language(
    chinese: None,
) -> None:
    from accounts.choices import Marketplace

    event = record(
        "order:1",
        "Ordered at %(marketplace)s as %(remote)s.",
        kind="money",
        marketplace=Marketplace.TAOBAO.label,
        remote="42",
        note="It costs more than was approved.",
    )
    event.refresh_from_db()

    assert event.params["marketplace"] == "Taobao"
    assert event.sentence == "已在淘宝下单，编号 42。"
    assert event.said == "金额高于批准数。"
    with translation.override("en"):
        assert event.sentence == "Ordered at Taobao as 42."


def test_the_clients_sentence_is_said_in_chinese(chinese: None) -> None:
    assert gettext(SENTENCES["42901"]) == "平台要求放慢调用，请过一分钟再试。"


def test_who_reads_chinese_sees_the_sellers_own_words_first(chinese: None) -> None:
    assert leading_title("Stoneware mug", "陶瓷杯") == "陶瓷杯"
    assert leading_title("Stoneware mug", "") == "Stoneware mug"
    assert translated_title("Stoneware mug", "陶瓷杯") == ""
    with translation.override("en"):
        assert leading_title("Stoneware mug", "陶瓷杯") == "Stoneware mug"
        assert translated_title("Stoneware mug", "陶瓷杯") == "Stoneware mug"
        assert translated_title("陶瓷杯", "陶瓷杯") == ""
