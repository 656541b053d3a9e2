"""A client of session data channels, written from the description of the stock plugin's protocol (spec/session-manager.md 3.2) and from nothing of
Flagbridge's own: WebSocket, messages, acknowledgements, handshake, and smux for tunnels."""

import base64
import hashlib
import json
import os
import socket
import struct
import threading
import time
import urllib.parse
import uuid

OUTPUT, SIZE, HANDSHAKE_REQUEST, HANDSHAKE_RESPONSE, HANDSHAKE_COMPLETE, FLAG, STDERR, EXIT_CODE = 1, 3, 5, 6, 7, 10, 11, 12
HEADER = struct.Struct(">I32sIQqQ16s32sII")


class WebSocket:
    """A client's end of RFC 6455, as little as is needed."""

    def __init__(self, url, headers=()):
        place = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((place.hostname, place.port), 10)
        self.socket.settimeout(20)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {place.path}?{place.query} HTTP/1.1", f"Host: {place.netloc}", "Upgrade: websocket",
                 "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", *headers]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self._more()
        head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        self.status = int(head.split()[1])
        self.close_code = None
        self.lock = threading.Lock()
        if self.status == 101:
            wanted = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())
            assert wanted in head, "the server did not answer our key"

    def _more(self):
        piece = self.socket.recv(65536)
        if not piece:
            raise EOFError
        self.bytes += piece

    def _take(self, count):
        while len(self.bytes) < count:
            self._more()
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def send(self, payload, opcode=2):
        mask = os.urandom(4)
        size = len(payload)
        head = bytes([0x80 | opcode]) + (bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + struct.pack(">H", size)
                                         if size < 65536 else bytes([0x80 | 127]) + struct.pack(">Q", size))
        number = int.from_bytes(payload, "big") ^ int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        with self.lock:
            self.socket.sendall(head + mask + number.to_bytes(size, "big"))

    def receive(self):
        """The next message; None once it is closed."""
        whole = b""
        while True:
            try:
                first, second = self._take(2)
                size = second & 0x7f
                if size == 126:
                    size, = struct.unpack(">H", self._take(2))
                elif size == 127:
                    size, = struct.unpack(">Q", self._take(8))
                payload = self._take(size)
            except (EOFError, OSError):
                return None
            opcode = first & 0x0f
            if opcode == 8:
                self.close_code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005
                return None
            if opcode == 9:
                self.send(payload, 10)
            elif opcode in (0, 1, 2):
                whole += payload
                if first & 0x80:
                    return whole

    def cut(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()


def encode(kind, sequence, payload, payload_type=0, flags=0):
    number = uuid.uuid4().bytes
    return HEADER.pack(116, kind.encode().ljust(32), 1, int(time.time() * 1000), sequence, flags, number[8:] + number[:8],
                       hashlib.sha256(payload).digest(), payload_type, len(payload)) + payload


def decode(message):
    header, kind, schema, created, sequence, flags, number, digest, payload_type, size = HEADER.unpack_from(message)
    payload = message[HEADER.size:]
    assert header == 116 and schema == 1 and size == len(payload) and len(payload) <= 4096, (header, schema, size)
    assert abs(created / 1000 - time.time()) < 600
    assert not payload or digest == hashlib.sha256(payload).digest(), "a wrong digest"
    return kind.decode().rstrip(" \0"), sequence, flags, uuid.UUID(bytes=number[8:] + number[:8]), payload_type, payload


class PluginClient:
    """One session. What comes is read on a thread of its own; `output`, `errors` and the rest grow as it does."""

    def __init__(self, answer, version="1.2.707.0"):
        self.client_id = str(uuid.uuid4())
        self.version = version
        self.session = answer["SessionId"]
        self.output = bytearray()
        self.errors = b""
        self.handshake = None
        self.completed = False
        self.exit_code = None
        self.flags = []
        self.closed_text = None
        self.expected = 0
        self.ahead = {}
        self.sequence = 0
        self.unacknowledged = {}
        self.doubled = 0
        self.mutes = False  # takes messages, and acknowledges none
        self.changed = threading.Condition()
        self.on_output = None
        self.open(answer)

    def open(self, answer):
        self.socket = WebSocket(answer["StreamUrl"])
        assert self.socket.status == 101, self.socket.status
        self.socket.send(json.dumps({"MessageSchemaVersion": "1.0", "RequestId": str(uuid.uuid4()), "TokenValue": answer["TokenValue"],
                                     "ClientId": self.client_id, "ClientVersion": self.version}).encode(), 1)
        with self.changed:
            again = sorted(self.unacknowledged)
            for sequence in again:
                self.socket.send(self.unacknowledged[sequence])
        self.thread = threading.Thread(target=self._read, args=(self.socket,), daemon=True)
        self.thread.start()

    def _read(self, web_socket):
        while (message := web_socket.receive()) is not None:
            with self.changed:
                self._take(web_socket, message)
                self.changed.notify_all()
        with self.changed:
            self.changed.notify_all()

    def _take(self, web_socket, message):
        kind, sequence, _, number, payload_type, payload = decode(message)
        if kind == "acknowledge":
            content = json.loads(payload)
            assert content["AcknowledgedMessageType"] == "input_stream_data" and content["IsSequentialMessage"] is True
            self.unacknowledged.pop(content["AcknowledgedMessageSequenceNumber"], None)
        elif kind == "channel_closed":
            content = json.loads(payload)
            assert content["SessionId"] == self.session and content["MessageType"] == "channel_closed"
            self.closed_text = content["Output"]
        elif kind == "output_stream_data":
            if self.mutes:
                return
            if sequence < self.expected:  # as the plugin: dropped without a word
                self.doubled += 1
                return
            web_socket.send(encode("acknowledge", 0, json.dumps({
                "AcknowledgedMessageType": kind, "AcknowledgedMessageId": str(number), "AcknowledgedMessageSequenceNumber": sequence,
                "IsSequentialMessage": True}).encode(), 0, 3))
            self.ahead[sequence] = (payload_type, payload)
            while self.expected in self.ahead:
                self._show(*self.ahead.pop(self.expected))
                self.expected += 1
        else:
            assert kind in ("start_publication", "pause_publication"), kind

    def _show(self, payload_type, payload):
        if payload_type == HANDSHAKE_REQUEST:
            self.handshake = json.loads(payload)
            actions = [{"ActionType": each["ActionType"], "ActionStatus": 1 if each["ActionType"] == "SessionType" else 3,
                        "ActionResult": None, "Error": ""} for each in self.handshake["RequestedClientActions"]]
            self._send(HANDSHAKE_RESPONSE, json.dumps({"ClientVersion": self.version, "ProcessedClientActions": actions,
                                                       "Errors": None}).encode())
        elif payload_type == HANDSHAKE_COMPLETE:
            json.loads(payload)
            self.completed = True
        elif payload_type == OUTPUT:
            assert len(payload) <= 1024
            self.output += payload
            if self.on_output:
                self.on_output(payload)
        elif payload_type == STDERR:
            self.errors += payload
        elif payload_type == EXIT_CODE:
            self.exit_code = int(payload)
        elif payload_type == FLAG:
            self.flags.append(struct.unpack(">I", payload)[0])

    def _send(self, payload_type, payload):
        message = encode("input_stream_data", self.sequence, payload, payload_type)
        self.unacknowledged[self.sequence] = message
        self.sequence += 1
        self.socket.send(message)

    def send(self, payload_type, payload):
        with self.changed:
            self._send(payload_type, payload)

    def type(self, text):
        self.send(OUTPUT, text.encode())

    def resize(self, columns, rows):
        self.send(SIZE, json.dumps({"cols": columns, "rows": rows}).encode())

    def flag(self, number):
        self.send(FLAG, struct.pack(">I", number))

    def wait(self, holds, what, seconds=30):
        with self.changed:
            assert self.changed.wait_for(holds, seconds), f"{what} never came; so far {self.output[-200:]!r} {self.closed_text!r}"

    def wait_shaken(self):
        self.wait(lambda: self.completed, "the handshake's end")
        action, = self.handshake["RequestedClientActions"]
        assert action["ActionType"] == "SessionType"
        return action["ActionParameters"]

    def wait_closed(self):
        self.wait(lambda: self.closed_text is not None, "channel_closed")
        self.thread.join(10)
        assert not self.thread.is_alive()
        return self.closed_text


class Tunnel:
    """The client's end of smux 1 over a port session: connections by number."""

    def __init__(self, client):
        self.client = client
        self.bytes = b""
        self.received = {}
        self.finished = set()
        self.next = 1
        with client.changed:
            client.on_output = self._take
            self._take(client.output)

    def _take(self, payload):
        self.bytes += payload
        while len(self.bytes) >= 8:
            version, command, size, number = struct.unpack("<BBHI", self.bytes[:8])
            assert version == 1 and command <= 3
            if len(self.bytes) < 8 + size:
                return
            body, self.bytes = self.bytes[8:8 + size], self.bytes[8 + size:]
            if command == 2:
                self.received[number].append(body)
            elif command == 1:
                self.finished.add(number)

    def _frame(self, command, number, body=b""):
        frame = struct.pack("<BBHI", 1, command, len(body), number) + body
        for at in range(0, len(frame), 1024):
            self.client.send(OUTPUT, frame[at:at + 1024])

    def connect(self):
        number, self.next = self.next, self.next + 2
        self.received[number] = []
        self._frame(0, number)
        return number

    def write(self, number, body):
        for at in range(0, len(body), 32768):
            self._frame(2, number, body[at:at + 32768])

    def finish(self, number):
        self._frame(1, number)

    def read_all(self, number, seconds=60):
        self.client.wait(lambda: number in self.finished, f"the end of connection {number}", seconds)
        return b"".join(self.received[number])
