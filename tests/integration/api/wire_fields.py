#!/usr/bin/env python3
"""Every member of every operation that is offered, with what it cannot be: generated from botocore's service model. Each call must be refused with
400 by an error that names the member, and must change nothing. Reads the engine's place and keys from standard input; writes "PASS fields: how many"
or a "FAIL" line for each call that went otherwise."""

import http.client
import json
import re
import sqlite3
import sys
import urllib.parse

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.session

setup = json.load(sys.stdin)
place = urllib.parse.urlsplit(setup["url"])
model = botocore.session.Session().get_service_model("ssm")
key = setup["administrator"]
signer = botocore.auth.SigV4Auth(botocore.credentials.Credentials(key["AccessKeyId"], key["SecretAccessKey"]), "ssm", "eu-1")
connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)


def call(operation, body):
    request = botocore.awsrequest.AWSRequest(
        method="POST", url=setup["url"] + "/", data=json.dumps(body).encode(),
        headers={"X-Amz-Target": "AmazonSSM." + operation, "Content-Type": "application/x-amz-json-1.1"})
    signer.add_auth(request)
    connection.request("POST", "/", request.data, dict(request.headers.items()))
    response = connection.getresponse()
    answer = json.loads(response.read() or b"{}")
    return response.status, answer.get("__type", "Success"), answer.get("message", answer.get("Message", ""))


# A value of each member that an operation itself has nothing against; what it names does not exist.
USUAL = {
    "InstanceId": "mi-00000000000000000", "InstanceIds": ["mi-00000000000000000"], "Target": "mi-00000000000000000",
    "ActivationId": "00000000-0000-4000-8000-000000000000", "CommandId": "00000000-0000-4000-8000-000000000000",
    "SettingId": "/ssm/parameter-store/none", "SettingValue": "x", "ResourceType": "Document", "ResourceId": "Fields-None",
    "Content": "{}", "DocumentName": "Fields-None", "Name": "Fields-None", "Names": ["Fields-None"], "PermissionType": "Share",
    "State": "Active", "SessionId": "wire-admin-00000000000000000", "DocumentVersion": "1", "IamRole": "Fields-None", "TagKeys": ["a"],
    "Key": "a", "Value": "x", "Values": ["x"], "Labels": ["l"], "ParameterVersion": 1, "Path": "/fields", "key": "Owner", "value": "x",
    "Tags": [{"Key": "a", "Value": "b"}], "AccountIdsToAdd": ["123456789012"],
}
# By operation: so that the call gets as far as the member, or because AWS takes there what the model does not say.
OF_OPERATION = {
    "GetParametersByPath": {"Path": "/fields"}, "PutParameter": {"Name": "/fields/none", "Type": "SecureString", "KeyId": "alias/none"},
    "UpdateDocument": {"DocumentVersion": "$LATEST"}, "SendCommand": {"InstanceIds": ["mi-00000000000000000"]},
}
SKIPPED = set()  # "Operation.Member[].Member": reason in the comment behind it


def usual(name, shape, operation):
    special = OF_OPERATION.get(operation, {})
    if name in special:
        return special[name]
    if name in USUAL and isinstance(USUAL[name], {"list": list, "structure": dict, "map": dict, "integer": int, "long": int}.get(
            shape.type_name, str)):
        return USUAL[name]
    kind = shape.type_name
    if kind == "structure":
        return {each: usual(each, shape.members[each], operation) for each in shape.required_members}
    if kind == "list":
        return [usual(name, shape.member, operation)]
    if kind == "map":
        return {"a": usual("a", shape.value, operation)}
    if kind in ("integer", "long"):
        return shape.metadata.get("min", 1)
    if kind == "boolean":
        return False
    if kind == "timestamp":
        return 1700000000
    if shape.enum:
        return shape.enum[0]
    return "a" * max(1, shape.metadata.get("min", 1))


def wrong_values(shape):
    kind, limits = shape.type_name, shape.metadata
    if kind in ("string", "blob"):
        yield from (("a number", 5), ("true", True), ("an object", {"a": "b"}), ("a list", ["a"]))
        if limits.get("min", 0) > 0:
            yield "too short", "a" * (limits["min"] - 1)
        if "max" in limits and limits["max"] <= 100_000:
            yield "too long", "a" * (limits["max"] + 1)
        if shape.enum:
            yield "no choice", "Fields-None"
        if "pattern" in limits and not re.fullmatch(python_pattern(limits["pattern"]), "\u0001 \u2603"):
            yield "against the pattern", "\u0001 \u2603"
    elif kind in ("integer", "long"):
        yield from (("a text", "x"), ("a text of digits", "1"), ("true", True), ("a fraction", 1.5), ("a list", [1]), ("an object", {}))
        for limit, step in (("min", -1), ("max", 1)):
            if limit in limits:
                yield f"beyond {limit}", limits[limit] + step
        yield "beyond 64 bits", 2 ** 70
    elif kind == "boolean":
        yield from (("a text", "true"), ("a number", 1), ("a list", [True]), ("an object", {}))
    elif kind == "timestamp":
        yield from (("a text", "yesterday"), ("true", True), ("a list", [1]), ("an object", {}))
    elif kind == "list":
        yield from (("a text", "x"), ("a number", 1), ("an object", {"a": "b"}))
    elif kind in ("map", "structure"):
        yield from (("a text", "x"), ("a number", 1), ("a list", ["x"]))


def python_pattern(pattern):
    return pattern.replace("\\p{L}\\p{Z}\\p{N}", "\\w\\s").replace("\\p{L}", "\\w").replace("\\p{N}", "\\d").replace("\\p{Z}", "\\s")


def cases(shape, name, operation):
    """(path, what is wrong, a value of this member with it)"""
    for what, value in wrong_values(shape):
        yield name, what, value
    kind, limits = shape.type_name, shape.metadata
    if kind == "structure":
        base = usual(name, shape, operation)
        for each in shape.required_members:
            yield f"{name}.{each}", "is missing", {k: v for k, v in base.items() if k != each}
        for each, member in shape.members.items():
            for path, what, value in cases(member, each, operation):
                yield f"{name}.{path}", what, {**base, each: value}
    elif kind == "list":
        item = usual(name, shape.member, operation)
        if "max" in limits and limits["max"] <= 1000:
            yield name, "too many", [item] * (limits["max"] + 1)
        if limits.get("min", 0) > 0:
            yield name, "too few", []
        yield name, "null in it", [None]
        for path, what, value in cases(shape.member, name, operation):
            yield path + "[]", what, [value]
    elif kind == "map":
        for path, what, value in cases(shape.value, name, operation):
            yield path + "{}", what, {"a": value}


def rows():
    with sqlite3.connect(f"file:{setup['database']}?mode=ro", uri=True) as database:
        names = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        quiet = [name for name in names if not name.startswith(("audit", "event", "metric", "sqlite", "operator", "access_key", "node_"))]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in quiet}


before = rows()
count = offered = 0
problems = []
for operation in model.operation_names:
    shape = model.operation_model(operation).input_shape
    if shape is None or call(operation, {"Fields": "None"})[1] == "UnknownOperationException":
        continue
    offered += 1
    base = {**usual("", shape, operation), **{k: v for k, v in OF_OPERATION.get(operation, {}).items() if k in shape.members}}
    named_errors = {error.name for error in model.operation_model(operation).error_shapes}
    todo = [(each, "is missing", {k: v for k, v in base.items() if k != each}) for each in shape.required_members]
    todo += [(each, "null", {**base, each: None}) for each in shape.required_members]
    for each, member in shape.members.items():
        todo += [(path, what, {**base, each: value}) for path, what, value in cases(member, each, operation)]
    for path, what, body in todo:
        if f"{operation}.{path}" in SKIPPED or f"{operation}.{path} {what}" in SKIPPED:
            continue
        count += 1
        status, code, message = call(operation, body)
        leaf = re.sub(r"[\[\]{}]", "", path)
        names = leaf.split(".")
        says = any(part in message for part in names[-2:])
        if status != 400 or code not in named_errors | {"ValidationException", "SerializationException"} or not says:
            problems.append(f"{operation}.{path} {what}: {status} {code} {message[:120]}")
for problem in problems:
    print("FAIL", problem)
after = rows()
if before != after:
    print("FAIL rows changed:", {name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]})
elif not problems:
    print(f"PASS fields: {count} calls of {offered} operations")
