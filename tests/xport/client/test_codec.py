"""Values and records: tolerant on reading, exact on writing, no digit lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import CNY, Money

from xport.client.codec import Codec, encode, specs, to_json
from xport.client.envelope import open_envelope, parse_json
from xport.client.record import Record
from xport.client.wire import (
    AMOUNT_FEN,
    FEN,
    FLAG,
    ID,
    TEXT,
    WHOLE,
    YUAN,
    Ali1688Time,
    AmountFen,
    ChinaTime,
    EpochMs,
    Fen,
    Flag,
    Id,
    JsonText,
    Misfit,
    Named,
    NumberId,
    Text,
    Whole,
    Yuan,
)


@dataclass(frozen=True, slots=True)
class Part(Record):
    part_id: Id
    twin: Annotated[Text | None, Named("twin", "tvvin")] = None


@dataclass(frozen=True, slots=True)
class Everything(Record):
    the_id: Id
    number_id: NumberId
    count: Whole = 0
    flag: Flag | None = None
    fen: Fen | None = None
    yuan: Yuan | None = None
    amount: AmountFen | None = None
    at_ms: EpochMs | None = None
    at_china: ChinaTime | None = None
    at_ali: Ali1688Time | None = None
    parts: JsonText[tuple[Part, ...]] = ()
    children: tuple[Part, ...] = ()


ids = st.text("0123456789", min_size=1, max_size=25)
fen = st.integers(-(10**14), 10**14).map(lambda minor: Money(Decimal(minor).scaleb(-2), CNY))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(days=7000), timedelta(days=40000)).map(EPOCH.__add__)
seconds = moments.map(lambda moment: moment.replace(microsecond=0))
milliseconds = moments.map(
    lambda moment: moment - timedelta(microseconds=moment.microsecond % 1000)
)
parts = st.lists(st.builds(Part, part_id=ids), max_size=3).map(tuple)
everything = st.builds(
    Everything,
    the_id=ids,
    number_id=st.integers(0, 10**25).map(str),
    count=st.integers(-(10**12), 10**12),
    flag=st.none() | st.booleans(),
    fen=st.none() | fen,
    yuan=st.none() | fen,
    amount=st.none() | fen,
    at_ms=st.none() | milliseconds,
    at_china=st.none() | seconds,
    at_ali=st.none() | milliseconds,
    parts=parts,
    children=parts,
)


@given(everything)
def test_what_is_written_is_read_again(value: Everything) -> None:
    wire = parse_json(to_json(encode(value)).encode())

    assert Codec().decode(Everything, wire) == value


@given(st.integers(0, 10**30))
def test_an_id_keeps_every_digit_as_number_and_as_text(number: int) -> None:
    for spelling in (f'{{"partId": {number}}}', f'{{"partId": "{number}"}}'):
        assert Codec().decode(Part, parse_json(spelling.encode())).part_id == str(number)


@given(st.decimals(0, 10**9, places=2))
def test_money_is_never_a_float(amount: Decimal) -> None:
    as_number = parse_json(f"[{amount}]".encode())[0]

    assert YUAN.read(as_number).amount == amount
    assert YUAN.read(str(amount)).amount == amount
    assert FEN.read(str(int(amount * 100))).amount == amount


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.decimals(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(json_values)
def test_no_answer_raises_anything_but_a_misfit(data: Any) -> None:
    for spec in specs(Everything):
        record = {"theId": 1, "numberId": 1} | {spec.names[0]: data}
        try:
            Codec().decode(Everything, record)
        except Misfit as misfit:
            assert misfit.path[0] == spec.names[0]


@pytest.mark.parametrize(
    ("scalar", "wire", "value"),
    [
        (ID, 2542285634920880794, "2542285634920880794"),
        (ID, " 12 ", "12"),
        (TEXT, 200, "200"),
        (TEXT, Decimal("25.0"), "25.0"),
        (TEXT, False, "false"),
        (WHOLE, "2.0", 2),
        (WHOLE, Decimal("2.0"), 2),
        (FLAG, "TRUE", True),
        (FLAG, 0, False),
        (FEN, "1", Money("0.01", "CNY")),
        (FEN, -200, Money("-2.00", "CNY")),
        (YUAN, 19, Money("19", "CNY")),
        (YUAN, "12.905", Money("12.905", "CNY")),
        (AMOUNT_FEN, {"amount": 600, "currency": "CNY"}, Money("6.00", "CNY")),
        (AMOUNT_FEN, {"amount": "600"}, Money("6.00", "CNY")),
        (AMOUNT_FEN, 600, Money("6.00", "CNY")),
        (AMOUNT_FEN, {"amount": 600, "currency": "JPY"}, Money("600", "JPY")),
    ],
)
def test_values_are_read_in_their_spellings(scalar: Any, wire: Any, value: Any) -> None:
    assert scalar.read(wire) == value


@pytest.mark.parametrize(
    ("scalar", "wire"),
    [
        (ID, True),
        (ID, 1.5),
        (ID, Decimal("1.5")),
        (ID, Decimal("1e999999999")),
        (ID, {}),
        (TEXT, []),
        (TEXT, Decimal("1e999999999")),
        (WHOLE, "many"),
        (WHOLE, True),
        (WHOLE, Decimal("1e999999999")),
        (FLAG, "perhaps"),
        (FEN, "12.90"),
        (FEN, True),
        (FEN, 10**40),
        (YUAN, "NaN"),
        (YUAN, "Infinity"),
        (YUAN, "￥12"),
        (YUAN, True),
        (AMOUNT_FEN, {"amount": None}),
        (AMOUNT_FEN, {"amount": 1, "currency": "ABC"}),
    ],
)
def test_what_does_not_fit_is_a_misfit(scalar: Any, wire: Any) -> None:
    with pytest.raises(Misfit):
        scalar.read(wire)


@pytest.mark.parametrize(
    "wire",
    [
        1779263269000,
        "1779263269000",
        1779263269,
        "2026-05-20 15:47:49",
        "20260520154749000+0800",
        "20260520154749",
        "2026-05-20T07:47:49Z",
    ],
)
def test_every_time_field_reads_every_spelling(wire: Any) -> None:
    expected = datetime(2026, 5, 20, 7, 47, 49, tzinfo=UTC)
    record = {"theId": 1, "numberId": 1, "atMs": wire, "atChina": wire, "atAli": wire}

    value = Codec().decode(Everything, record)

    assert value.at_ms == value.at_china == value.at_ali == expected
    assert value.at_ms and value.at_ms.tzinfo is UTC


@pytest.mark.parametrize("wire", [None, "", 0, "0"])
def test_no_time_is_none(wire: Any) -> None:
    record = {"theId": 1, "numberId": 1, "atMs": wire}

    assert Codec().decode(Everything, record).at_ms is None


@pytest.mark.parametrize("wire", ["soon", "2026-13-01 00:00:00", 10**30, "99999999999999999+0800"])
def test_an_impossible_time_is_a_misfit(wire: Any) -> None:
    with pytest.raises(Misfit) as caught:
        Codec().decode(Everything, {"theId": 1, "numberId": 1, "atMs": wire})

    assert caught.value.path == ["atMs"]


def test_several_names_are_read_and_unknown_fields_kept() -> None:
    part = Codec().decode(Part, {"part_id": 7, "tvvin": "x", "new": [1], "other": None})

    assert (part.part_id, part.twin) == ("7", "x")
    assert part.extra == {"new": [1], "other": None}


def test_the_path_of_a_misfit_leads_through_lists() -> None:
    data = {"theId": 1, "numberId": 2, "children": [{"partId": 1}, None, {"partId": {}}]}

    with pytest.raises(Misfit) as caught:
        Codec().decode(Everything, data)

    assert caught.value.path == ["children", "2", "partId"]


def test_a_list_of_one_may_come_bare() -> None:
    data = {"theId": 1, "numberId": 2, "children": {"partId": 1}}

    assert Codec().decode(Everything, data).children == (Part(part_id="1"),)


def test_json_inside_json_is_written_as_text() -> None:
    body = encode(Everything(the_id="1", number_id="2", parts=(Part(part_id="杯"),)))

    assert body["parts"] == '[{"partId":"杯"}]'
    assert body["numberId"] == 2
    assert "children" in body
    assert "fen" not in body


def test_wrong_json_inside_json_is_a_misfit() -> None:
    with pytest.raises(Misfit, match="JSON text expected"):
        Codec().decode(Everything, {"theId": 1, "numberId": 2, "parts": "[{"})


@pytest.mark.parametrize(
    "fields",
    [
        {"number_id": "12a"},
        {"number_id": ""},
        {"fen": Money("0.001", "CNY")},
        {"fen": Money("1", "EUR")},
        {"yuan": Money("1", "EUR")},
        {"at_ms": datetime(2026, 1, 1)},  # noqa: DTZ001
    ],
)
def test_what_cannot_be_written_exactly_is_not_written(fields: dict[str, Any]) -> None:
    values = {"the_id": "1", "number_id": "1"} | fields

    with pytest.raises(Misfit) as caught:
        encode(Everything(**values))

    assert caught.value.path == [next(iter(fields))]


def test_money_units_are_swapped_by_section_and_by_field() -> None:
    data = {"theId": 1, "numberId": 1, "fen": 100, "yuan": 100, "amount": {"amount": 100}}
    codec = Codec({"shop": "yuan", "shop.yuan": "fen"})

    here = codec.decode(Everything, data, "shop")
    elsewhere = codec.decode(Everything, data, "mall")

    assert (here.fen, here.yuan, here.amount) == (
        Money(100, "CNY"),
        Money(1, "CNY"),
        Money(100, "CNY"),
    )
    assert (elsewhere.fen, elsewhere.yuan) == (Money(1, "CNY"), Money(100, "CNY"))


def test_text_that_no_database_takes_is_made_harmless() -> None:
    parsed = parse_json(rb'{"a": "x\u0000y\ud800z", "b": ["\ud83d\ude00"]}')

    assert parsed == {"a": "x\ufffdy\ufffdz", "b": ["😀"]}


@pytest.mark.parametrize("code", [200, "200", " 200 "])
def test_the_code_may_be_number_or_text(code: Any) -> None:
    envelope = open_envelope({"code": code, "msg": None, "requestId": None})

    assert (envelope.code, envelope.message, envelope.request_id) == ("200", "", "")
