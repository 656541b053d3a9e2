#!/usr/bin/env python3
"""Sessions over the AWS wire as `aws ssm start-session` makes them: StartSession through botocore, then the data channel of the answer, spoken
by plugin_client. Reads a JSON object with the engine's place and keys from standard input; writes a line a check, "PASS name" or "FAIL name: why".
"restart" waits for a second line of input while the engine is stopped and started."""

import hashlib
import json
import os
import socketserver
import sqlite3
import sys
import threading
import time
import traceback
import uuid

import botocore.config
import botocore.exceptions
import botocore.session

from plugin_client import OUTPUT, PluginClient, Tunnel, WebSocket, encode

setup = json.loads(sys.stdin.readline())
node = setup["node"]


def client_of(key):
    return botocore.session.Session().create_client(
        "ssm", region_name="eu-1", endpoint_url=setup["url"], aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"], config=botocore.config.Config(retries={"max_attempts": 1}))


ssm = client_of(setup["administrator"])
operator = client_of(setup["roles"]["Operator"])


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return str(error)
    raise AssertionError(f"{code} did not come")


def start(document=None, **parameters):
    arguments = {"DocumentName": document} if document else {}
    if parameters:
        arguments["Parameters"] = {name: [value] for name, value in parameters.items()}
    return ssm.start_session(Target=node, **arguments)


def session(identity, state="History"):
    until = time.time() + 20
    while time.time() < until:
        rows = ssm.describe_sessions(State=state, Filters=[{"key": "SessionId", "value": identity}])["Sessions"]
        if rows:
            return rows[0]
        time.sleep(0.1)
    raise AssertionError(f"{identity} is not in {state}")


def answer(client, line, mark):
    """What a command prints, between two marks that only its output has."""
    client.type(f"echo {mark}'<'; {line}; echo '>'{mark}\r")
    begin, end = f"{mark}<\r\n".encode(), f">{mark}".encode()
    client.wait(lambda: end in client.output.split(begin, 1)[-1] and begin in client.output, line)
    return client.output.split(begin, 1)[1].split(end, 1)[0].decode().replace("\r\n", "\n").strip()


checks = []


def check(function):
    checks.append(function)
    return function


@check
def shell():  # [session-manager 8.2]
    answered = start()
    assert answered["StreamUrl"].startswith(f"ws://127.0.0.1:") and f"/v1/data-channel/{answered['SessionId']}?" in answered["StreamUrl"]
    assert len(answered["TokenValue"]) <= 300
    client = PluginClient(answered)
    assert client.wait_shaken()["SessionType"] == "Standard_Stream"
    assert client.handshake["AgentVersion"] == "3.3.0.0"
    client.resize(132, 43)
    assert answer(client, "echo $TERM", "m1") == "xterm-256color"
    assert answer(client, "stty size", "m2") == "43 132"
    client.resize(90, 20)
    assert answer(client, "stty size", "m3") == "20 90"  # [session-manager 8.3]
    assert answer(client, "printf '%s' 'äöü日本語'", "m4") == "äöü日本語"
    # A message that is broken on the way is not acknowledged; it is taken once it comes whole, and once only.
    broken = bytearray(encode("input_stream_data", client.sequence, b"echo bro''ken\r", OUTPUT))
    broken[-1] ^= 1
    client.socket.send(bytes(broken))
    client.socket.send(b"garbage")
    client.type("echo on''ce\r")
    client.socket.send(client.unacknowledged.get(client.sequence - 1) or encode(
        "input_stream_data", client.sequence - 1, b"echo on''ce\r", OUTPUT))
    client.wait(lambda: b"once" in client.output, "once")
    client.type("exit 3\r")
    assert client.wait_closed() == ""
    assert b"broken" not in client.output and client.output.count(b"\r\nonce\r\n") == 1, client.output
    ended = session(answered["SessionId"])
    assert ended["Status"] == "Terminated" and ended["Details"] == "exited 3", ended


@check
def resumed():  # [session-manager 8.8]
    client = PluginClient(start())
    client.wait_shaken()
    client.type("stty -echo; seq 1 200000; echo all of th''em\r")
    client.wait(lambda: len(client.output) > 200_000, "the first numbers")
    client.mutes = True  # what it takes now it never acknowledges
    time.sleep(0.2)
    client.socket.cut()
    client.thread.join(10)
    client.mutes = False
    assert session(client.session, "Active")["Status"] in ("Connected", "Disconnected")
    time.sleep(0.5)
    client.open(ssm.resume_session(SessionId=client.session))
    client.wait(lambda: b"all of them" in client.output, "the last number", 60)
    numbers = client.output.split(b"\n1\r\n", 1)[-1] if b"\n1\r\n" in client.output else client.output.split(b"1\r\n", 1)[1]
    expected = b"".join(b"%d\r\n" % number for number in range(2, 200_001))
    assert numbers.startswith(expected), "a number is missing, or came twice"
    refused("AccessDeniedException", operator.resume_session, SessionId=client.session)
    # Another client takes over; the first hears of it.
    second = PluginClient(ssm.resume_session(SessionId=client.session))
    assert client.wait_closed() == "taken over by another client"
    second.wait_shaken()
    assert answer(second, "echo still here", "m1") == "still here"
    assert ssm.terminate_session(SessionId=client.session)["SessionId"] == client.session
    assert "terminated by" in second.wait_closed()
    refused("DoesNotExistException", ssm.resume_session, SessionId=client.session)


def turned_away(answered, token, first=None, headers=()):
    socket = WebSocket(answered["StreamUrl"], headers)
    if socket.status != 101:
        return socket.status
    socket.send(first or json.dumps({"TokenValue": token, "ClientId": str(uuid.uuid4())}).encode(), 1)
    assert socket.receive() is None
    return socket.close_code


@check
def tokens():  # [session-manager 8.28]
    one, other = start(), start()
    assert turned_away(one, "x" * 43) == 1008
    assert turned_away(one, other["TokenValue"]) == 1008  # of another session: used up by it
    assert turned_away(other, other["TokenValue"]) == 1008
    assert turned_away(one, "", b"{") == 1008
    assert turned_away(one, one["TokenValue"], headers=["Origin: http://evil.example"]) in (400, 403)
    client = PluginClient(one)
    client.wait_shaken()
    assert turned_away(one, one["TokenValue"]) == 1008  # a second time
    assert answer(client, "echo unharmed", "m1") == "unharmed"
    for strange in ("http://127.0.0.1/", one["StreamUrl"].replace("publish_subscribe", "publish")):
        assert WebSocket(one["StreamUrl"].split("/v1")[0] + "/" + strange.split("/", 3)[3]).status in (400, 404)
    with sqlite3.connect(f"file:{setup['database']}?mode=ro", uri=True) as database:
        told = database.execute("SELECT count(*) FROM audit_entry WHERE action = 'flagbridge:OpenDataChannel' AND target LIKE ?",
                                ("%" + one["SessionId"],)).fetchone()[0]
    assert told == 4, told  # each that was turned away, at its session
    client.flag(2)
    client.wait_closed()
    assert session(one["SessionId"])["Status"] == "Terminated"
    ssm.terminate_session(SessionId=other["SessionId"])


class Numbers(socketserver.BaseRequestHandler):
    """Reads all, and answers with its SHA-256 and one and a half megabytes."""
    body = os.urandom(1_500_000)

    def handle(self):
        digest, size = hashlib.sha256(), int.from_bytes(self.request.recv(4, socketserver.socket.MSG_WAITALL), "big")
        while size > 0:
            piece = self.request.recv(min(65536, size))
            digest.update(piece)
            size -= len(piece)
        self.request.sendall(digest.digest() + self.body)


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while piece := self.request.recv(65536):
            self.request.sendall(piece)


def served(handler):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda request, address: None  # cut in the middle, as the session is
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return str(server.server_address[1])


@check
def tunnels():
    port = served(Numbers)
    client = PluginClient(start("AWS-StartPortForwardingSession", portNumber=port, localPortNumber="0"))
    properties = client.wait_shaken()
    assert properties["SessionType"] == "Port" and properties["Properties"]["type"] == "LocalPortForwarding"
    assert properties["Properties"]["portNumber"] == port
    tunnel = Tunnel(client)
    connections = [tunnel.connect() for _ in range(3)]
    bodies = {number: os.urandom(300_000) for number in connections}
    for number in connections:
        tunnel.write(number, len(bodies[number]).to_bytes(4, "big") + bodies[number])
    for number in connections:
        got = tunnel.read_all(number)
        assert got[:32] == hashlib.sha256(bodies[number]).digest(), "what was sent came otherwise"
        assert got[32:] == Numbers.body, "what was received came otherwise"
        tunnel.finish(number)
    # A plugin that is cut goes on with the connections it has.
    number = tunnel.connect()
    tunnel.write(number, (5).to_bytes(4, "big") + b"ab")
    client.socket.cut()
    client.thread.join(10)
    client.open(ssm.resume_session(SessionId=client.session))
    tunnel.write(number, b"cde")
    assert tunnel.read_all(number)[:32] == hashlib.sha256(b"abcde").digest()
    client.flag(2)
    client.wait_closed()
    ended = session(client.session)
    assert ended["Status"] == "Terminated", ended


@check
def tunnel_refusals():
    client = PluginClient(start("AWS-StartPortForwardingSessionToRemoteHost", host="169.254.169.254", portNumber="80"))
    client.wait_shaken()
    tunnel = Tunnel(client)
    number = tunnel.connect()
    assert tunnel.read_all(number) == b"" and client.flags == [3]
    number = tunnel.connect()
    assert tunnel.read_all(number) == b"" and client.flags == [3, 3]  # the session stays
    client.send(OUTPUT, b"\x07 no smux")
    assert "smux" in client.wait_closed()
    old = PluginClient(start("AWS-StartPortForwardingSession", portNumber="80"), version="1.1.50.0")
    assert "1.1.50.0" in old.wait_closed()
    refused("ValidationException", ssm.start_session, Target=node, DocumentName="AWS-StartPortForwardingSession",
            Parameters={"portNumber": ["70000"]})


@check
def ssh():
    client = PluginClient(start("AWS-StartSSHSession", portNumber=served(Echo)))
    assert "type" not in client.wait_shaken()["Properties"]
    body = os.urandom(200_000)
    for at in range(0, len(body), 1024):
        client.send(OUTPUT, body[at:at + 1024])
    client.wait(lambda: len(client.output) == len(body), "the echo")
    assert client.output == body
    client.flag(2)
    client.wait_closed()


def document(name, session_type, commands, **properties):
    ssm.create_document(Name=name, DocumentType="Session", DocumentFormat="JSON", Content=json.dumps({
        "schemaVersion": "1.0", "description": "wire", "sessionType": session_type,
        "parameters": {"word": {"type": "String", "allowedPattern": "^[a-z]+$"}},
        "properties": {"linux": {"commands": commands, "runAsElevated": False, **properties}}}))


@check
def commands():
    document("Wire-Interactive", "InteractiveCommands", "tty; echo {{ word }}")
    client = PluginClient(start("Wire-Interactive", word="hello"))
    assert client.wait_shaken()["SessionType"] == "InteractiveCommands"
    client.wait_closed()
    assert b"/dev/pts/" in client.output and b"hello" in client.output, client.output
    message = refused("ValidationException", ssm.start_session, Target=node, DocumentName="Wire-Interactive",
                      Parameters={"word": ["; rm -rf /"]})
    assert "word" in message
    document("Wire-Plain", "NonInteractiveCommands", "echo {{ word }}; echo e >&2; exit 7", separateOutputStream="true")
    client = PluginClient(start("Wire-Plain", word="out"))
    client.wait_shaken()
    client.wait_closed()
    assert (client.output, client.errors, client.exit_code) == (b"out\n", b"e\n", 7), (client.output, client.errors)
    for name in ("Wire-Interactive", "Wire-Plain"):
        ssm.delete_document(Name=name)


@check
def restart():
    client = PluginClient(start())
    client.wait_shaken()
    pid = answer(client, "echo $$", "m1")
    print("RESTART", flush=True)
    assert "The engine stops" in client.wait_closed()
    setup["url"] = json.loads(sys.stdin.readline())["url"]
    until = time.time() + 30
    while True:  # its node comes back by itself
        again = client_of(setup["administrator"]).resume_session(SessionId=client.session)
        break
    old = client
    old.closed_text = None
    old.open(again)  # goes on with numbers that the new engine does not know
    old.type("echo lost\r")
    assert "started anew" in old.wait_closed()
    fresh = PluginClient(client_of(setup["administrator"]).resume_session(SessionId=client.session))
    fresh.wait_shaken()
    assert answer(fresh, "echo $$", "m2") == pid and until
    fresh.type("exit\r")
    fresh.wait_closed()


for each in checks:
    try:
        each()
        print(f"PASS {each.__name__}", flush=True)
    except Exception as error:  # a check that fails ends itself alone
        line = traceback.extract_tb(error.__traceback__)[1].lineno
        print(f"FAIL {each.__name__}: line {line}: {type(error).__name__}: {error}", flush=True)
