"""Fetching: what is reached, what is refused, and what a bad server can do."""

from __future__ import annotations

import datetime as dt
import gzip
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Generator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make_pdf import pdf
from sayso.errors import InputError
from sayso.ingest import Capture, Metadata, captures
from sayso.ingest.address import is_public
from sayso.ingest.fetch import FetchError, fetch
from sayso.ingest.web import read_fetched

NOTHING = Metadata()
BODY = "The ministry said on Tuesday that it had ordered twelve howitzers."
PAGE = f"<!doctype html><html><body><article><p>{BODY} {BODY} {BODY} {BODY}</p></article></body></html>".encode()
ITEM = f"<item><title>T</title><link>/1</link><description>{BODY}</description></item>"
FEED = f"<rss version='2.0'><channel><title>F</title>{ITEM}</channel></rss>"
WHEN = dt.datetime(2023, 2, 24, 10, 0, 0, 5, tzinfo=dt.UTC)

Answer = tuple[int, dict[str, str], bytes]
seen: list[tuple[str, dict[str, str]]] = []


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        seen.append((self.path, dict(self.headers)))
        status, headers, body = ANSWERS.get(self.path.split("?")[0], missing)(self)
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def missing(_: Handler) -> Answer:
    return 404, {}, b"no"


def conditional(handler: Handler) -> Answer:
    if handler.headers.get("If-None-Match") == '"v1"':
        return 304, {"ETag": '"v1"'}, b""
    return 200, {"Content-Type": "text/html", "ETag": '"v1"', "Last-Modified": "Fri, 24 Feb 2023 10:00:00 GMT"}, PAGE


def fixed(body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> Callable[[Handler], Answer]:
    return lambda _: (status, {"Content-Type": kind} | {k.replace("_", "-"): v for k, v in headers.items()}, body)


ANSWERS: dict[str, Callable[[Handler], Answer]] = {
    "/page": fixed(PAGE, "Text/HTML; charset=UTF-8"),
    "/gzip": fixed(gzip.compress(PAGE), Content_Encoding="gzip"),
    "/deflate": fixed(zlib.compress(PAGE), Content_Encoding="deflate"),
    "/br": fixed(PAGE, Content_Encoding="br"),
    "/bomb": fixed(gzip.compress(b"\n" * 90_000_000), Content_Encoding="gzip"),
    "/short": fixed(PAGE, Content_Length=str(len(PAGE) + 5)),
    "/tagged": conditional,
    "/feed": fixed(FEED.encode(), "text/html"),
    "/pdf": fixed(pdf([[(72, 700, 12, BODY)]]), "application/octet-stream"),
    "/latin": fixed("Пушка и мина на складе у моря".encode("koi8-r"), "text/plain; charset=koi8-r"),
    "/one": fixed(b"", status=302, Location="two?x=ä b#frag"),
    "/two": fixed(b"", status=308, Location="/page"),
    "/loop": fixed(b"", status=301, Location="/loop"),
    "/file": fixed(b"", status=302, Location="file:///etc/passwd"),
    "/inward": fixed(b"", status=302, Location="http://169.254.169.254/latest/meta-data/"),
    "/broken": fixed(b"", status=302, Location="http://[::1/"),
    "/nowhere": fixed(b"", status=302),
    "/busy": fixed(b"", status=429, Retry_After="120"),
    "/later": fixed(b"", status=503, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"),
    "/unsure": fixed(b"", status=503, Retry_After="soon"),
    "/unasked": fixed(b"", status=304),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def fault(url: str, **options: bool) -> InputError:
    with pytest.raises(InputError) as error:
        fetch(url, allow_private=options.get("allow_private", True))
    assert error.value.place == url
    assert "\n" not in str(error.value)
    return error.value


def test_a_page(site: str) -> None:
    seen.clear()
    found = fetch(f"{site}/page?a=1&b=%20", allow_private=True)
    assert (found.url, found.status, found.body) == (f"{site}/page?a=1&b=%20", 200, PAGE)
    assert (found.media_type, found.charset, found.etag) == ("text/html", "utf-8", None)
    ((path, headers),) = seen
    assert path == "/page?a=1&b=%20"
    assert headers["User-Agent"].startswith("sayso")
    assert headers["Host"] == site.removeprefix("http://")


@pytest.mark.parametrize("path", ["/gzip", "/deflate"])
def test_packed_bodies(site: str, path: str) -> None:
    assert fetch(site + path, allow_private=True).body == PAGE


def test_what_has_not_changed_is_not_sent_again(site: str) -> None:
    first = fetch(f"{site}/tagged", allow_private=True)
    assert (first.etag, first.modified) == ('"v1"', "Fri, 24 Feb 2023 10:00:00 GMT")
    again = fetch(f"{site}/tagged", etag=first.etag, modified=first.modified, allow_private=True)
    assert (again.status, again.body, again.etag) == (304, b"", '"v1"')
    assert list(read_fetched(again, NOTHING, WHEN)) == []
    assert seen[-1][1]["If-Modified-Since"] == first.modified


def test_redirects_are_followed(site: str) -> None:
    seen.clear()
    found = fetch(f"{site}/one", allow_private=True)
    assert (found.url, found.body) == (f"{site}/page", PAGE)
    assert len(seen) == 3
    assert seen[1][0].startswith("/two?x=")
    assert " " not in seen[1][0]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/none", "status 404 'Not Found'"),
        ("/br", "content coding 'br'"),
        ("/bomb", "data that unpacks more than 250 times"),
        ("/short", "a body that breaks off"),
        ("/loop", "more than 5 redirects"),
        ("/file", "the address 'file:///etc/passwd'"),
        ("/broken", "a redirect to 'http://[::1/'"),
        ("/nowhere", "status 302 'Found'"),
        ("/unasked", "status 304 'Not Modified'"),
    ],
)
def test_what_a_server_can_do_wrong(site: str, path: str, found: str) -> None:
    assert fault(site + path).found == found


@pytest.mark.parametrize(
    ("path", "wait", "said"),
    [("/busy", 120, "asks to wait 120 seconds"), ("/later", None, "asks to wait"), ("/unsure", 0, "Unavailable'")],
)
def test_a_server_that_asks_to_wait(site: str, path: str, wait: float | None, said: str) -> None:
    error = fault(site + path)
    assert isinstance(error, FetchError)
    assert said in error.found
    assert error.status in (429, 503)
    if wait is None:
        assert error.retry_after is not None
        assert error.retry_after > 1e9
    else:
        assert (error.retry_after or 0) == wait


def test_limits(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ingest.fetch.MAX_BODY", 100)
    assert fault(f"{site}/page").found == "more than 100 bytes"
    assert fault(f"{site}/gzip").found == "more than 100 bytes"


def drip(first: bytes, unit: bytes) -> Generator[int]:
    """A server that sends a little now and then, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                client, _ = listener.accept()
                with client:
                    client.sendall(first)
                    while True:
                        time.sleep(0.05)
                        client.sendall(unit)
            except OSError:
                pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(5)


@pytest.mark.parametrize(
    ("first", "unit"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", b"a"),
    ],
)
def test_a_server_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch, first: bytes, unit: bytes) -> None:
    monkeypatch.setattr("sayso.ingest.fetch.MAX_SECONDS", 0.6)
    server = drip(first, unit)
    began = time.monotonic()
    assert fault(f"http://127.0.0.1:{next(server)}/").found == "more than 1 seconds"
    assert time.monotonic() - began < 10
    server.close()


@pytest.mark.parametrize(
    "answer",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 xyz\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000, b"SSH-2.0-x\r\n"],
)
def test_what_is_no_http(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(4096)
                client.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        assert fault(f"http://127.0.0.1:{listener.getsockname()[1]}/").found.startswith("no answer (")
        thread.join(5)


REFUSED = """127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
::1 :: fe80::1 fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::127.0.0.1
64:ff9b::a00:1 2002:7f00:1:: 2002:a9fe:a9fe:: 2001:0:0:0:0:0:80ff:fffe 2001:db8::1
64:ff9b:1::7f00:1 ::ffff:169.254.169.254"""


@pytest.mark.parametrize("address", REFUSED.split())
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    named = f"[{address}]" if ":" in address else address
    assert "not public" in str(fault(f"http://{named}/", allow_private=False))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1946", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_as_itself(address: ipaddress.IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        outer = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | int(address))
        assert is_public(outer) == is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.0.0.1", "017700000001", "[::ffff:7f00:1]"])
def test_loopback_by_other_names(host: str) -> None:
    assert "not public" in str(fault(f"http://{host}/", allow_private=False))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "http://", "http:///x", "http://a:b@c.example/", "gopher://a",
        "http://a.example:99999/", "http://[::1/", "//a.example", "http://a..example/", "http://\x00/", "x",
        "http://" + "a" * 70 + ".example/",
    ],
)  # fmt: skip
def test_addresses_of_no_page(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    fault(url, allow_private=False)


def lookup(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Makes names lead to these addresses, one answer after another; gives the names asked for."""
    asked: list[str] = []
    left = list(answers)

    def find(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        found = left.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    return asked


def test_a_redirect_inward_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step is let through as if it were public; the second is checked like any other."""
    local = ipaddress.ip_address("127.0.0.1")
    monkeypatch.setattr("sayso.ingest.address.is_public", lambda address: address == local or is_public(address))
    assert "169.254.169.254, which is not public" in str(fault(f"{site}/inward", allow_private=False))


def test_the_address_that_was_checked_is_the_one_reached(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere the second time is not asked a second time."""
    port = site.rsplit(":", 1)[1]
    reached: list[object] = []
    connect = socket.create_connection

    def spy(address: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(address[0])
        return connect_numeric(address[0], address[1], timeout)

    def connect_numeric(host: str, port: int, timeout: float) -> socket.socket:
        one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        one.settimeout(timeout)
        one.connect((host, port))
        return one

    assert connect is socket.create_connection
    monkeypatch.setattr(socket, "create_connection", spy)
    asked = lookup(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    seen.clear()
    assert fetch(f"http://news.example:{port}/page", allow_private=True).body == PAGE
    assert (asked, reached) == (["news.example"], ["127.0.0.1"])
    assert seen[0][1]["Host"] == f"news.example:{port}"


def test_one_address_of_many_that_is_not_public_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    lookup(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    assert "10.0.0.1, which is not public" in str(fault("http://mixed.example/", allow_private=False))


def test_the_next_address_is_tried(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    lookup(monkeypatch, ["127.0.0.1", "127.0.0.2"])
    assert fault("http://two.example/").found == "no answer ([Errno 111] Connection refused)"
    assert tried == ["127.0.0.1", "127.0.0.2"]


def test_https_names_the_host_and_checks_the_certificate(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[object] = []

    def wrap(self: ssl.SSLContext, sock: socket.socket, **options: object) -> ssl.SSLSocket:
        named.append((options["server_hostname"], self.check_hostname, self.verify_mode))
        sock.close()
        raise ssl.SSLCertVerificationError("certificate verify failed")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    port = site.rsplit(":", 1)[1]
    assert "certificate verify failed" in str(fault(f"https://localhost:{port}/page"))
    assert named == [("localhost", True, ssl.CERT_REQUIRED)]


def test_values_that_would_break_the_request(site: str) -> None:
    with pytest.raises(FetchError, match="odd characters"):
        fetch(f"{site}/page", etag='"a"\r\nX: y', allow_private=True)


def through(site: str, path: str) -> list[Capture | InputError]:
    return list(read_fetched(fetch(site + path, allow_private=True), NOTHING, WHEN))


@pytest.mark.parametrize(
    ("path", "media_type", "words"),
    [
        ("/page", "text/html", "twelve howitzers"),
        ("/feed", "application/rss+xml", "twelve howitzers"),
        ("/pdf", "application/pdf", "twelve howitzers"),
        ("/latin", "text/plain", "Пушка и мина"),
    ],
)
def test_what_was_fetched_is_read_by_what_it_is(site: str, path: str, media_type: str, words: str) -> None:
    (found,) = through(site, path)
    assert isinstance(found, Capture), found
    assert found.media_type == media_type
    assert words in found.document.text
    assert found.document.url == f"{site}/{'1' if path == '/feed' else path[1:]}"
    assert found.captured == WHEN.replace(microsecond=0)


def test_an_address_in_place_of_a_path(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (error,) = captures(f"{site}/page", NOTHING)
    assert isinstance(error, InputError)
    assert "not public" in error.found
    monkeypatch.setattr("sayso.ingest.address.is_public", lambda _: True)
    (found,) = captures(f"{site}/page".replace("http", "HTTP"), NOTHING)
    assert isinstance(found, Capture), found
    assert found.document.url == f"{site}/page"
    assert found.captured is not None


def test_the_client_never_connects_by_itself() -> None:
    """What the pinning rests on: without `auto_open` the standard client does not look names up."""
    connection = http.client.HTTPConnection("localhost", 1)
    connection.auto_open = 0
    with pytest.raises(http.client.NotConnected):
        connection.request("GET", "/")
