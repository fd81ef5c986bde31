"""HTTP between a bot and the Bot API on a port: calls read, answers written, connections cut as the answer says."""

from __future__ import annotations

import contextlib
import http.server
import json
import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

_IN_A_FORM = re.compile(rb'name="(\w+)"(; filename="[^"]*")?\r\n(?:[A-Za-z-]+: [^\r]*\r\n)*\r\n(.*?)\r\n--', re.DOTALL)


@dataclass(frozen=True)
class WireAnswer:
    """What comes back over the wire instead of the right answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    taken: bool = False
    """Whether the call is carried out all the same."""
    cut: bool = False
    """Whether the connection ends in the middle of the answer."""
    seconds: float = 0.0
    """How long the answer takes."""


def status(code: int, words: str = "", **parameters: int) -> WireAnswer:
    """A refusal of the Bot API with this status."""
    refused: dict[str, Any] = {"ok": False, "error_code": code, "description": words or f"status {code}"}
    if parameters:
        refused["parameters"] = parameters
    return WireAnswer(code, json.dumps(refused).encode())


GARBAGE = WireAnswer(200, b"\x00\xffno answer at all")
HTML = WireAnswer(502, b"<html><h1>Bad Gateway</h1></html>", "text/html")
PAGE = WireAnswer(200, b"<html>log in to this network</html>", "text/html")
OTHER_TYPE = WireAnswer(200, b'{"ok": true, "result": [1, {"a": null}]}')
CUT = WireAnswer(200, b'{"ok": tr', cut=True)
LOST = WireAnswer(200, b"", taken=True, cut=True)
"""The call is carried out, and the answer never arrives."""


Answering = Callable[[str, str, Mapping[str, str], Callable[[], bool]], WireAnswer]
"""From a token, a method, its parameters, and whether who calls still waits, to the answer."""


class WireServer(http.server.ThreadingHTTPServer):
    """Listens at a port, a free one for 0; `close` cuts every connection."""

    daemon_threads = True
    request_queue_size = 64
    allow_reuse_address = True

    def __init__(self, port: int, answer: Answering) -> None:
        self.answer = answer
        self.open: set[socket.socket] = set()
        self.closing = False
        super().__init__(("127.0.0.1", port), _Handler)

    def close(self) -> None:
        self.closing = True
        self.shutdown()
        self.server_close()
        for each in tuple(self.open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Who called was killed meanwhile."""


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection, kept open."""

    protocol_version = "HTTP/1.1"
    server: WireServer

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        *_, token, method = urlsplit(self.path).path.split("/")
        given = _given(self.headers.get("Content-Type", ""), body)
        self._send(self.server.answer(token.removeprefix("bot"), method, given, self._is_alive))

    do_GET = do_POST

    def _send(self, answer: WireAnswer) -> None:
        if answer.seconds:
            time.sleep(answer.seconds)
        if answer.cut:
            with contextlib.suppress(OSError):
                self.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + answer.body)
                self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _is_alive(self) -> bool:
        """Whether the other side has not hung up: nothing is to be read of it before its answer."""
        if self.server.closing:
            return False
        try:
            return bool(self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


def _given(content_type: str, body: bytes) -> dict[str, str]:
    """The parameters of a call; of a file no more than that it is there."""
    if content_type.startswith("application/json"):
        read = json.loads(body or b"{}")
        return read if isinstance(read, dict) else {}
    if content_type.startswith("multipart/"):
        return {name.decode(): "file" if file else value.decode() for name, file, value in _IN_A_FORM.findall(body)}
    return dict(parse_qsl(body.decode(), keep_blank_values=True))
