"""Where the door leads, and where it does not."""

import ipaddress
import socket
from typing import Any
from unittest.mock import patch

from django.test import SimpleTestCase

from studio.net import Door, NotConnectedError, OutboundRefusedError, is_public, place_of
from tests.net.server import Server, answer, redirect

PRIVATE = (
    "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.255 "
    "192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 "
    "168.63.129.16 :: ::1 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 "
    "64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::1 2002:a9fe:a9fe:: fc00::1 fd00:ec2::254 "
    "fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 4000::1"
)
PUBLIC = "1.1.1.1 8.8.8.8 93.184.216.34 172.32.0.1 ::ffff:8.8.8.8 64:ff9b::808:808 2606:4700::1111 2a00:1450::1"


def resolving(*addresses: str) -> Any:
    """A name service that gives these."""

    def getaddrinfo(host: str, port: int, **_options: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return patch("studio.net.socket.getaddrinfo", side_effect=getaddrinfo)


class PublicTests(SimpleTestCase):
    def test_no_address_of_a_private_network_or_machine_is_public(self) -> None:
        for text in PRIVATE.split():
            with self.subTest(text):
                self.assertFalse(is_public(ipaddress.ip_address(text)))

    def test_what_belongs_to_the_internet_is_public(self) -> None:
        for text in PUBLIC.split():
            with self.subTest(text):
                self.assertTrue(is_public(ipaddress.ip_address(text)))


class PlaceTests(SimpleTestCase):
    def test_a_place_is_a_host_and_a_port(self) -> None:
        told = {
            "http://Example.COM/a?b": "example.com:80",
            "https://example.com": "example.com:443",
            "https://example.com.:8443/": "example.com:8443",
            "http://[::1]:9000/x": "::1:9000",
        }
        self.assertEqual({url: place_of(url) for url in told}, told)

    def test_what_is_not_plain_http_is_refused(self) -> None:
        for url in (
            "", "x", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "http://", "http:///x", "gopher://h/",
            "http://user@example.com/", "http://user:word@example.com/", "http://:word@example.com/",
            "http://[::1/", "http://example.com:99999/", "javascript:alert(1)", "data:text/plain,x",
        ):  # fmt: skip
            with self.subTest(url), self.assertRaises(OutboundRefusedError) as caught:
                place_of(url)
            self.assertFalse(caught.exception.sent)


class DoorTests(SimpleTestCase):
    def call(self, door: Door, url: str) -> bytes:
        return door.call("GET", url, seconds=30, limit=1000).body

    def test_our_own_machine_is_not_reached(self) -> None:
        server = Server(self, answer(b"secret"))
        for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0", "[::ffff:127.0.0.1]", "[::1]"):
            with self.subTest(host), self.assertRaises((OutboundRefusedError, NotConnectedError)) as caught:
                self.call(Door(), f"http://{host}:{server.port}/")
            self.assertFalse(caught.exception.sent)
        self.assertEqual(server.heard, [])

    def test_what_the_operator_named_is_reached_at_that_port_alone(self) -> None:
        server, other = Server(self, answer(b"hello")), Server(self, answer(b"secret"))
        door = Door(allow={server.place, ""})
        self.assertEqual(self.call(door, server.url), b"hello")
        with self.assertRaises(OutboundRefusedError):
            self.call(door, other.url)
        with self.assertRaises(OutboundRefusedError):  # named is a host, not where it leads
            self.call(door, f"http://localhost:{server.port}/")
        self.assertEqual(other.heard, [])

    def test_a_list_that_names_no_port_is_refused_at_once(self) -> None:
        for entry in ("localhost", "127.0.0.1:", ":80", "host:http", "host:123456"):
            with self.subTest(entry), self.assertRaises(ValueError):
                Door(allow={entry})

    def test_one_private_address_among_public_ones_is_enough_to_refuse(self) -> None:
        server = Server(self, answer(b"secret"))
        with resolving("93.184.216.34", "127.0.0.1"), self.assertRaises(OutboundRefusedError):
            self.call(Door(), f"http://rebind.example:{server.port}/")
        self.assertEqual(server.heard, [])

    def test_the_address_that_was_checked_is_the_one_connected_to(self) -> None:
        """A name that changes its meaning between two looks: there is only one look."""
        server = Server(self, answer(b"hello"))
        with resolving("127.0.0.1") as looks:
            self.assertEqual(
                self.call(Door(allow={f"rebind.example:{server.port}"}), f"http://rebind.example:{server.port}/"),
                b"hello",
            )
        self.assertEqual(looks.call_count, 1)
        self.assertIn(f"Host: rebind.example:{server.port}\r\n".encode(), server.heard[0])

    def test_the_next_address_of_a_name_is_tried_when_one_is_silent(self) -> None:
        server = Server(self, answer(b"hello"))
        door = Door(allow={f"two.example:{server.port}"})
        with resolving("::1", "127.0.0.1"):  # the first is no address of its family
            self.assertEqual(self.call(door, f"http://two.example:{server.port}/"), b"hello")

    def test_a_name_that_nobody_knows_is_not_connected(self) -> None:
        with patch("studio.net.socket.getaddrinfo", side_effect=socket.gaierror), self.assertRaises(NotConnectedError):
            self.call(Door(), "http://nowhere.example/")
        with self.assertRaises(NotConnectedError):
            self.call(Door(), f"http://{'a' * 64}.example/")  # longer than a label may be

    def test_a_redirect_to_a_private_address_is_refused(self) -> None:
        inside = Server(self, answer(b"secret"))
        for target in (
            inside.url,
            "http://169.254.169.254/latest/",
            "file:///etc/passwd",
            "http://u:p@h/",
            "http://[x/",
        ):
            outside = Server(self, redirect(target))
            with self.subTest(target), self.assertRaises(OutboundRefusedError):
                Door(allow={outside.place}).download(outside.url, seconds=30, limit=1000)
        self.assertEqual(inside.heard, [])

    def test_proxies_of_the_machine_are_not_used(self) -> None:
        server, proxy = Server(self, answer(b"hello")), Server(self, answer(b"from the proxy"))
        with patch.dict(
            "os.environ", {"HTTP_PROXY": proxy.url, "http_proxy": proxy.url, "NO_PROXY": "", "no_proxy": ""}
        ):
            self.assertEqual(self.call(Door(allow={server.place, proxy.place}), server.url), b"hello")
        self.assertEqual(proxy.heard, [])
