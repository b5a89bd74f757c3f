"""Section `basics`: the delivery addresses of a sub-account. Source: contract/basics.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from xport.client.endpoint import Endpoint, Verdict, rows_under
from xport.client.record import Private, Record
from xport.client.wire import Id, Named, NumberId, Text


@dataclass(frozen=True, slots=True)
class AddressesRequest:
    """Nothing to send: the user-id header says whose addresses."""


@dataclass(frozen=True, slots=True, repr=False)
class Address(Private, Record):
    """One saved delivery address. Names differ from the cart's and the orders' (see there)."""

    id: Id
    name: Text = ""
    province: Text = ""
    city: Text = ""
    district: Text = ""
    address: Text = ""
    phone: Annotated[Text, Named("phone", "mobile", "mobilePhone")] = ""


@dataclass(frozen=True, slots=True)
class Addresses(Record):
    """Whether the platform answers one object or a list is unknown; both become this."""

    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class SaveAddressRequest(Private):
    """Without `id` a new address is made, and a repeat makes another copy."""

    name: Text
    province: Text
    city: Text
    district: Text
    address: Text
    phone: Text
    id: NumberId | None = None


@dataclass(frozen=True, slots=True)
class AddressSaved(Record):
    """The answer holds no data: read the addresses again to learn a new id."""


def _nothing(_data: object) -> object:
    return {}


def _saved(_request: SaveAddressRequest, _answer: AddressSaved) -> Verdict:
    return None  # Code 200 is all this answer says.


# fmt: off
ADDRESSES = Endpoint("basics.addresses", "GET", "/open/address/get", AddressesRequest, Addresses, "read", "inferred", alt_paths=("/open/address/list", "/open/address/info", "/v2/open/address/get"), shape=rows_under("addresses"))  # noqa: E501
SAVE_ADDRESS = Endpoint("basics.save_address", "POST", "/open/address/addOrUpdate", SaveAddressRequest, AddressSaved, "never", "documented", alt_paths=("/v2/open/address/addOrUpdate",), shape=_nothing, judge=_saved)  # noqa: E501
# fmt: on
