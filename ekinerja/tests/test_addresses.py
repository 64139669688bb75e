"""The address of a browser: what a proxy of ours saw, never what the browser says of itself."""

import pytest

from ekinerja.addresses import client_address, is_loopback, line_of, proxies

OURS = proxies(["192.0.2.1", "10.1.0.0/16", "unix"])


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("198.51.100.7", None, "198.51.100.7"),
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.1", "203.0.113.1"),
        ("192.0.2.1", "1.1.1.1, 203.0.113.1", "203.0.113.1"),
        ("192.0.2.1", "1.1.1.1, 203.0.113.1, 10.1.2.3", "203.0.113.1"),
        ("192.0.2.1", "203.0.113.1:4711", "203.0.113.1"),
        ("192.0.2.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("192.0.2.1", "1.1.1.1, bukan alamat", "192.0.2.1"),
        ("192.0.2.1", "1.1.1.1,", "192.0.2.1"),
        ("::ffff:192.0.2.1", "::ffff:203.0.113.1", "203.0.113.1"),
        ("", "203.0.113.1", "203.0.113.1"),
        ("", None, "unix"),
    ],
)
def test_d38_the_header_is_read_as_far_as_our_proxies_wrote_it(remote, forwarded, address):
    assert client_address(remote, forwarded, OURS) == address


def test_d38_without_a_proxy_the_header_says_nothing():
    assert client_address("192.0.2.1", "203.0.113.1", []) == "192.0.2.1"
    assert client_address("", "203.0.113.1", []) == "unix"


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.0/99", "*"])
def test_a_proxy_is_named_by_its_address(wrong):
    with pytest.raises(ValueError):
        proxies([wrong])


def test_an_ipv6_line_counts_once_and_an_ipv4_address_by_itself():
    assert [line_of("2001:db8::1"), line_of("2001:db8::2:0:0:1")] == ["2001:db8::", "2001:db8::"]
    assert [line_of("10.0.0.5"), line_of("unix")] == ["10.0.0.5", "unix"]


@pytest.mark.parametrize(
    ("name", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.0.0.20", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 (refused)
        ("10.0.0.5", False),
        ("ekinerja.example", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine_alone(name, loopback):
    assert is_loopback(name) == loopback
