"""Which addresses of the network may be reached: public ones, unless others are allowed."""

from __future__ import annotations

import ipaddress
import socket

from sayso.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Services of cloud machines that stand on addresses which are public by their number.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16"), ipaddress.ip_address("100.100.100.200")})
# Set aside by the IANA registries of special addresses; not every Python knows of all of them.
_SPECIAL = tuple(
    ipaddress.ip_network(net)
    for net in (
        "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24",
        "100::/64", "2001::/23", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
    )
)  # fmt: skip
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")
_EXPECTED = "an address on the public internet"


def is_public(address: Address) -> bool:
    """Whether an address, and any IPv4 address inside it, is one of the public internet."""
    inside = _inside(address)
    if inside is not None:
        return is_public(inside)
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)
        and address not in _METADATA
        and not any(address in net for net in _SPECIAL)
    )


def _inside(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 address leads to: mapped, compatible, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return last if address in _COMPATIBLE or any(address in net for net in _NAT64) else None


def resolved(host: str, port: int, place: str, *, allow_private: bool) -> list[Address]:
    """The addresses of a host. Raises `InputError` where it has none, or any that is not public
    (all are checked, as whoever owns a name could mix them)."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise InputError(place, f"the host {host[:80]!r} is not found", _EXPECTED) from error
    found = list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in entries))
    for address in found:
        if not allow_private and not is_public(address):
            raise InputError(place, f"the host {host[:80]!r} stands at {address}, which is not public", _EXPECTED)
    if not found:
        raise InputError(place, f"the host {host[:80]!r} has no address", _EXPECTED)
    return found
