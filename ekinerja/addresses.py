"""Where a request comes from: the one address that can be believed. Standard library only."""

from ipaddress import ip_address, ip_network

SOCKET = "unix"  # a server that listens on a socket file sees no address: only the proxy reaches it
NETWORK_OF_ONE_LINE = 64  # bits: an IPv6 line has as many addresses as it likes within them


def parse(text):
    """The address in `text`, with or without a port, IPv4 also where it is written as IPv6; else None."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def proxies(names):
    """The networks of the proxies named in the settings. Raises ValueError for what is no address."""
    return [SOCKET if name == SOCKET else ip_network(name) for name in names]


def is_loopback(name):
    """Whether a host name or address is this machine alone."""
    address = parse(name)
    return address.is_loopback if address else name.lower() == "localhost"


def is_proxy(text, known):
    """Whether the request or its last hop came through one of the proxies `known`."""
    address = parse(text)
    if address is None:
        return not text and SOCKET in known
    return any(address in network for network in known if network != SOCKET)


def client_address(remote, forwarded, known):
    """The address of the browser as text.

    `remote` is where the connection comes from, `forwarded` the header X-Forwarded-For, to which every
    proxy adds the address it saw at the end. It is read from the end and only as far as proxies of ours
    wrote it: what a browser writes itself stands before that and is never reached.
    """
    seen = remote
    hops = forwarded.split(",") if forwarded else []
    while hops and is_proxy(seen, known):
        hop = hops.pop().strip()
        if parse(hop) is None:
            break
        seen = hop
    return str(parse(seen) or remote or SOCKET)


def line_of(address):
    """What attempts are counted by: an IPv4 address, or the network of an IPv6 line."""
    found = parse(address)
    if found is None or found.version == 4:
        return address
    return str(ip_network((found, NETWORK_OF_ONE_LINE), strict=False).network_address)
