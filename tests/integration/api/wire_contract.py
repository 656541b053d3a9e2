#!/usr/bin/env python3
"""Calls every operation of the AWS wire through botocore as it is, and checks each answer strictly against the service model: no member it
does not have, none it demands missing, every value of its type. Reads a JSON object with the engine's place and keys from standard input;
writes a line a check, "PASS name" or "FAIL name: why"; ends with the number of failures."""

import base64
import json
import sys
import time
import traceback
import urllib.error
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials
import botocore.exceptions
import botocore.session

setup = json.load(sys.stdin)
failures = 0


class StrictModel:
    """Wraps a client: what came over the wire is compared with the operation's output shape."""

    def __init__(self, client):
        self.client = client
        self.raw = None
        session = client._endpoint.http_session
        send = session.send

        def kept(request):
            response = send(request)
            if "x-amzn-requestid" not in {name.lower() for name in response.headers}:
                raise AssertionError("no request id")
            self.raw = json.loads(response.content) if response.content else {}
            return response

        session.send = kept

    def call(self, operation, **arguments):
        model = self.client.meta.service_model.operation_model(operation)
        method = botocore.xform_name(operation)
        answer = getattr(self.client, method)(**arguments)
        if model.output_shape is not None:
            problems = list(compare(self.raw, model.output_shape, operation))
            if problems:
                raise AssertionError("; ".join(problems[:5]))
        return answer


SCALARS = {"string": str, "integer": int, "long": int, "boolean": bool, "timestamp": (int, float),
           "double": (int, float), "float": (int, float), "blob": str}


# Members that AWS has added since the model of the oldest botocore these checks run with.
NEWER = {"ParameterMetadata.ARN"}


def compare(value, shape, path):
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            yield f"{path} is no object"
            return
        for name in value:
            if name not in shape.members and f"{shape.name}.{name}" not in NEWER:
                yield f"{path}.{name} is not in the model"
        for name in shape.required_members:
            if name not in value:
                yield f"{path}.{name} is missing"
        for name, member in shape.members.items():
            if value.get(name) is not None:
                yield from compare(value[name], member, f"{path}.{name}")
    elif kind == "list":
        if not isinstance(value, list):
            yield f"{path} is no list"
            return
        for index, item in enumerate(value):
            yield from compare(item, shape.member, f"{path}[{index}]")
    elif kind == "map":
        if not isinstance(value, dict):
            yield f"{path} is no map"
            return
        for key, item in value.items():
            yield from compare(item, shape.value, f"{path}[{key}]")
    elif not isinstance(value, SCALARS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{path} is {value!r}, not of type {kind}"
    # AWS itself answers "connected" where older models say "Connected".
    elif kind == "string" and shape.enum and value.lower() not in [name.lower() for name in shape.enum]:
        yield f"{path} is {value!r}, none of the model's values"


def client_of(service, key, validates=True):
    session = botocore.session.Session()
    return session.create_client(
        service, region_name="eu-1", endpoint_url=setup["url"], aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        config=botocore.config.Config(retries={"max_attempts": 1}, parameter_validation=validates))


ssm = StrictModel(client_of("ssm", setup["administrator"]))
loose = StrictModel(client_of("ssm", setup["administrator"], validates=False))
viewer = StrictModel(client_of("ssm", setup["viewer"]))
node = setup["node"]
checks = []


def check(fn):
    checks.append(fn)
    return fn


def refused(code, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except botocore.exceptions.ClientError as error:
        got = error.response["Error"]["Code"]
        assert got == code, f"refused as {got} ({error.response['Error']['Message']}), not as {code}"
        assert error.response["Error"]["Message"], "no message"
        return error.response["Error"]["Message"]
    raise AssertionError(f"not refused; {code} was expected")


def pages(client, operation, member, **arguments):
    found, token, turns = [], None, 0
    while True:
        if token:
            arguments["NextToken"] = token
        answer = client.call(operation, **arguments)
        found += answer[member]
        token = answer.get("NextToken")
        turns += 1
        if not token:
            return found, turns


def succeeds(client, command):
    client.client.get_waiter("command_executed").wait(
        CommandId=command, InstanceId=node, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


# ---- Documents

HELLO = json.dumps({
    "schemaVersion": "2.2", "description": "says hello",
    "parameters": {"name": {"type": "String", "default": "you"}},
    "mainSteps": [{"action": "aws:runShellScript", "name": "hello",
                   "inputs": {"runCommand": ["echo Hello {{ name }}"]}}]})


@check
def documents():
    made = ssm.call("CreateDocument", Name="Wire-Hello", Content=HELLO, DocumentType="Command",
                    Tags=[{"Key": "team", "Value": "web"}])
    assert made["DocumentDescription"]["Status"] == "Active"
    refused("DocumentAlreadyExists", ssm.call, "CreateDocument", Name="Wire-Hello", Content=HELLO,
            DocumentType="Command")
    refused("InvalidDocumentContent", ssm.call, "CreateDocument", Name="Wire-Bad", Content="{", DocumentType="Command")
    refused("ValidationException", ssm.call, "CreateDocument", Name="aws-thing", Content=HELLO,
            DocumentType="Command")
    changed = ssm.call("UpdateDocument", Name="Wire-Hello", Content=HELLO.replace("echo Hello", "echo HELLO"),
                       DocumentVersion="$LATEST")
    assert changed["DocumentDescription"]["DocumentVersion"] == "2"
    refused("DuplicateDocumentContent", ssm.call, "UpdateDocument", Name="Wire-Hello", Content=HELLO,
            DocumentVersion="$LATEST")
    refused("InvalidDocumentVersion", ssm.call, "UpdateDocument", Name="Wire-Hello", Content=HELLO + " ",
            DocumentVersion="1")
    refused("InvalidDocumentOperation", ssm.call, "UpdateDocument", Name="AWS-RunShellScript", Content=HELLO,
            DocumentVersion="$LATEST")
    assert ssm.call("GetDocument", Name="Wire-Hello")["DocumentVersion"] == "1"
    described = ssm.call("DescribeDocument", Name="Wire-Hello")["Document"]
    assert described["LatestVersion"] == "2" and described["DefaultVersion"] == "1"
    refused("InvalidDocument", ssm.call, "GetDocument", Name="Wire-None")
    ssm.call("UpdateDocumentDefaultVersion", Name="Wire-Hello", DocumentVersion="2")
    versions, _ = pages(ssm, "ListDocumentVersions", "DocumentVersions", Name="Wire-Hello", MaxResults=1)
    assert [v["DocumentVersion"] for v in versions] == ["2", "1"]
    everything, turns = pages(ssm, "ListDocuments", "DocumentIdentifiers", MaxResults=5)
    names = [d["Name"] for d in everything]
    assert turns > 2 and len(set(names)) == len(names), (turns, names)
    assert names == sorted(names) and "Wire-Hello" in names, names
    own, _ = pages(ssm, "ListDocuments", "DocumentIdentifiers", Filters=[{"Key": "Owner", "Values": ["Self"]}])
    assert "Wire-Hello" in [d["Name"] for d in own] and all(d["Owner"] != "Amazon" for d in own), own
    refused("InvalidFilterKey", ssm.call, "ListDocuments", Filters=[{"Key": "Colour", "Values": ["red"]}])
    refused("InvalidNextToken", ssm.call, "ListDocuments", NextToken="made up")
    ssm.call("ModifyDocumentPermission", Name="Wire-Hello", PermissionType="Share",
             AccountIdsToAdd=["111122223333"])
    shared = ssm.call("DescribeDocumentPermission", Name="Wire-Hello", PermissionType="Share")
    assert shared["AccountIds"] == ["111122223333"]
    ssm.call("ModifyDocumentPermission", Name="Wire-Hello", PermissionType="Share",
             AccountIdsToRemove=["111122223333"])


@check
def document_tags():
    ssm.call("AddTagsToResource", ResourceType="Document", ResourceId="Wire-Hello",
             Tags=[{"Key": "stage", "Value": "test"}])
    tags = ssm.call("ListTagsForResource", ResourceType="Document", ResourceId="Wire-Hello")["TagList"]
    assert sorted(t["Key"] for t in tags) == ["stage", "team"]
    ssm.call("RemoveTagsFromResource", ResourceType="Document", ResourceId="Wire-Hello", TagKeys=["stage"])
    refused("InvalidResourceId", ssm.call, "ListTagsForResource", ResourceType="Document", ResourceId="Wire-None")
    refused("InvalidResourceType", loose.call, "ListTagsForResource", ResourceType="Nonsense", ResourceId="x")
    refused("TooManyTagsError", ssm.call, "AddTagsToResource", ResourceType="Document", ResourceId="Wire-Hello",
            Tags=[{"Key": f"k{i}", "Value": "v"} for i in range(51)])


# ---- Run Command


@check
def run_command():  # [run-command 8.1]
    sent = ssm.call("SendCommand", DocumentName="Wire-Hello", InstanceIds=[node], Parameters={"name": ["World"]},
                    Comment="from the wire")["Command"]
    succeeds(ssm, sent["CommandId"])
    result = ssm.call("GetCommandInvocation", CommandId=sent["CommandId"], InstanceId=node)
    assert result["StandardOutputContent"] == "HELLO World\n", result["StandardOutputContent"]
    assert result["ResponseCode"] == 0 and result["Status"] == "Success"
    assert ssm.call("GetCommandInvocation", CommandId=sent["CommandId"], InstanceId=node,
                    PluginName="hello")["Status"] == "Success"
    refused("InvalidPluginName", ssm.call, "GetCommandInvocation", CommandId=sent["CommandId"], InstanceId=node,
            PluginName="aws:runShellScript")
    refused("InvocationDoesNotExist", ssm.call, "GetCommandInvocation",
            CommandId="00000000-0000-4000-8000-000000000000", InstanceId=node)
    listed = ssm.call("ListCommands", CommandId=sent["CommandId"])["Commands"][0]
    assert listed["CompletedCount"] == 1 and listed["Comment"] == "from the wire"
    rows = ssm.call("ListCommandInvocations", CommandId=sent["CommandId"], Details=True)["CommandInvocations"]
    assert rows[0]["CommandPlugins"][0]["Output"] == "HELLO World\n"


@check
def run_command_lists():
    for index in range(3):
        sent = ssm.call("SendCommand", DocumentName="Wire-Hello", InstanceIds=[node],
                        Parameters={"name": [str(index)]})["Command"]
    succeeds(ssm, sent["CommandId"])
    commands, turns = pages(ssm, "ListCommands", "Commands", MaxResults=2)
    assert turns >= 2 and len({c["CommandId"] for c in commands}) == len(commands)
    times = [c["RequestedDateTime"] for c in commands]
    assert times == sorted(times, reverse=True)
    some, _ = pages(ssm, "ListCommandInvocations", "CommandInvocations", InstanceId=node, MaxResults=2)
    assert len(some) == len(commands)
    refused("InvalidFilterKey", loose.call, "ListCommands", Filters=[{"key": "Colour", "value": "red"}])
    refused("InvalidCommandId", ssm.call, "ListCommands", CommandId="00000000-0000-4000-8000-000000000000")
    assert ssm.call("ListCommands", Filters=[{"key": "InvokedAfter", "value": "2099-01-01T00:00:00Z"}])["Commands"] == []


@check
def run_command_refusals():
    refused("InvalidDocument", ssm.call, "SendCommand", DocumentName="Wire-None", InstanceIds=[node])
    refused("InvalidInstanceId", ssm.call, "SendCommand", DocumentName="Wire-Hello",
            InstanceIds=["mi-00000000000000000"])
    refused("DuplicateInstanceId", ssm.call, "SendCommand", DocumentName="Wire-Hello", InstanceIds=[node, node])
    refused("InvalidParameters", ssm.call, "SendCommand", DocumentName="Wire-Hello", InstanceIds=[node],
            Parameters={"nobody": ["x"]})
    refused("ValidationException", loose.call, "SendCommand", DocumentName="Wire-Hello", InstanceIds=[node],
            TimeoutSeconds=5)
    refused("ValidationException", loose.call, "SendCommand", DocumentName="Wire-Hello", InstanceIds=node)
    refused("ValidationException", loose.call, "SendCommand")


@check
def cancel():
    sent = ssm.call("SendCommand", DocumentName="AWS-RunShellScript", InstanceIds=[node],
                    Parameters={"commands": ["sleep 60"]})["Command"]
    ssm.call("CancelCommand", CommandId=sent["CommandId"])
    for _ in range(100):
        status = ssm.call("ListCommands", CommandId=sent["CommandId"])["Commands"][0]["Status"]
        if status not in ("Pending", "InProgress", "Cancelling"):
            break
        time.sleep(0.1)
    assert status == "Cancelled", status
    refused("InvalidCommandId", ssm.call, "CancelCommand", CommandId="00000000-0000-4000-8000-000000000000")


# ---- Fleet


@check
def instances():
    rows = ssm.call("DescribeInstanceInformation")["InstanceInformationList"]
    assert [row["InstanceId"] for row in rows] == [node] and rows[0]["PingStatus"] == "Online"
    ssm.call("AddTagsToResource", ResourceType="ManagedInstance", ResourceId=node,
             Tags=[{"Key": "Env", "Value": "dev"}])
    by = [{"Key": "tag:Env", "Values": ["dev", "test"]}, {"Key": "PingStatus", "Values": ["Online"]}]
    assert len(ssm.call("DescribeInstanceInformation", Filters=by)["InstanceInformationList"]) == 1  # [fleet-manager 8.5]
    by[0]["Values"] = ["prod"]
    assert ssm.call("DescribeInstanceInformation", Filters=by)["InstanceInformationList"] == []
    tags = ssm.call("ListTagsForResource", ResourceType="ManagedInstance", ResourceId=node)["TagList"]
    assert {"Key": "Env", "Value": "dev"} in tags
    refused("ValidationException", ssm.call, "AddTagsToResource", ResourceType="ManagedInstance", ResourceId=node,
            Tags=[{"Key": "aws:x", "Value": "y"}])
    refused("InvalidFilterKey", ssm.call, "DescribeInstanceInformation",
            Filters=[{"Key": "Colour", "Values": ["red"]}])
    refused("InvalidInstanceInformationFilterValue", ssm.call, "DescribeInstanceInformation",
            Filters=[{"Key": "PingStatus", "Values": ["Up"]}])
    old = [{"key": "InstanceIds", "valueSet": [node]}]
    assert len(ssm.call("DescribeInstanceInformation", InstanceInformationFilterList=old)["InstanceInformationList"]) == 1
    refused("InvalidInstanceId", ssm.call, "DescribeInstanceInformation",
            InstanceInformationFilterList=[{"key": "InstanceIds", "valueSet": ["mi-00000000000000000"]}])
    refused("InvalidFilterKey", ssm.call, "DescribeInstanceInformation", InstanceInformationFilterList=old,
            Filters=[{"Key": "PingStatus", "Values": ["Online"]}])


@check
def scoped_to_tags():  # [fleet-manager 8.6]
    scoped = StrictModel(client_of("ssm", setup["scoped"]))
    assert len(scoped.call("DescribeInstanceInformation")["InstanceInformationList"]) == 1  # it has Env=dev now
    ssm.call("AddTagsToResource", ResourceType="ManagedInstance", ResourceId=node, Tags=[{"Key": "Env", "Value": "prod"}])
    assert scoped.call("DescribeInstanceInformation")["InstanceInformationList"] == []
    assert scoped.call("DescribeInstanceInformation", Filters=[{"Key": "InstanceIds", "Values": [node]}])["InstanceInformationList"] == []
    refused("AccessDeniedException", scoped.call, "SendCommand", DocumentName="AWS-RunShellScript", InstanceIds=[node],
            Parameters={"commands": ["true"]})
    refused("AccessDeniedException", scoped.call, "AddTagsToResource", ResourceType="ManagedInstance", ResourceId=node,
            Tags=[{"Key": "Env", "Value": "dev"}])  # [T16]
    ssm.call("AddTagsToResource", ResourceType="ManagedInstance", ResourceId=node, Tags=[{"Key": "Env", "Value": "dev"}])
    scoped.call("SendCommand", DocumentName="AWS-RunShellScript", InstanceIds=[node], Parameters={"commands": ["true"]})
    refused("AccessDeniedException", scoped.call, "AddTagsToResource", ResourceType="ManagedInstance", ResourceId=node,
            Tags=[{"Key": "Env", "Value": "prod"}])
    refused("AccessDeniedException", scoped.call, "RemoveTagsFromResource", ResourceType="ManagedInstance",
            ResourceId=node, TagKeys=["Env"])
    refused("AccessDeniedException", scoped.call, "ListCommands")  # of all nodes
    assert ssm.call("GetConnectionStatus", Target=node)["Status"] == "connected"
    assert ssm.call("GetConnectionStatus", Target="mi-00000000000000000")["Status"] == "notconnected"


@check
def activations():
    made = ssm.call("CreateActivation", IamRole="Default", RegistrationLimit=2, Description="wire",
                    Tags=[{"Key": "a", "Value": "b"}])
    assert made["ActivationId"] and made["ActivationCode"]
    rows, _ = pages(ssm, "DescribeActivations", "ActivationList", MaxResults=50)
    assert made["ActivationId"] in [row["ActivationId"] for row in rows]
    ssm.call("DeleteActivation", ActivationId=made["ActivationId"])
    refused("InvalidActivationId", ssm.call, "DeleteActivation",
            ActivationId="00000000-0000-4000-8000-000000000000")
    message = refused("ValidationException", ssm.call, "CreateActivation", IamRole="nope")  # [fleet-manager B8.17]
    assert "Not existing role" in message, message
    refused("InvalidInstanceId", ssm.call, "DeregisterManagedInstance", InstanceId="mi-00000000000000000")
    refused("InvalidInstanceId", ssm.call, "UpdateManagedInstanceRole", InstanceId="mi-00000000000000000",
            IamRole="Default")


@check
def settings():
    setting = "/ssm/parameter-store/default-parameter-tier"
    ssm.call("UpdateServiceSetting", SettingId=setting, SettingValue="Advanced")
    assert ssm.call("GetServiceSetting", SettingId=setting)["ServiceSetting"]["SettingValue"] == "Advanced"
    reset = ssm.call("ResetServiceSetting", SettingId=setting)["ServiceSetting"]
    assert reset["SettingValue"] == "Standard", reset
    refused("ServiceSettingNotFound", ssm.call, "GetServiceSetting", SettingId="/ssm/nothing")


@check
def sessions():
    for state in ("Active", "History"):
        assert isinstance(ssm.call("DescribeSessions", State=state)["Sessions"], list)
    refused("InvalidFilterKey", loose.call, "DescribeSessions", State="Active",
            Filters=[{"key": "Colour", "value": "red"}])
    assert ssm.call("TerminateSession", SessionId="nobody-00000000000000000")["SessionId"]
    started = ssm.call("StartSession", Target=node, Reason="wire")
    again = ssm.call("ResumeSession", SessionId=started["SessionId"])
    assert again["TokenValue"] != started["TokenValue"] and again["StreamUrl"] == started["StreamUrl"]
    row, = ssm.call("DescribeSessions", State="Active", Filters=[{"key": "SessionId", "value": started["SessionId"]}])["Sessions"]
    assert row["Status"] == "Connecting" and row["Reason"] == "wire", row
    ssm.call("TerminateSession", SessionId=started["SessionId"])
    refused("DoesNotExistException", ssm.call, "ResumeSession", SessionId="nobody-00000000000000000")
    refused("TargetNotConnected", ssm.call, "StartSession", Target="mi-00000000000000000")
    refused("InvalidDocument", ssm.call, "StartSession", Target=node, DocumentName="Wire-None")


@check
def reviews():
    for call, code in ((lambda name: ssm.call("UpdateDocumentMetadata", Name=name, DocumentReviews={"Action": "Approve"}),
                        "InvalidDocumentOperation"),
                       (lambda name: ssm.call("ListDocumentMetadataHistory", Name=name, Metadata="DocumentReviews"), "InvalidDocument")):
        assert "change templates" in refused(code, call, name="AWS-RunShellScript")
        refused("InvalidDocument", call, name="Wire-None")


@check
def regions():  # ARNs are in the region that the request is signed for
    elsewhere = StrictModel(botocore.session.Session().create_client(
        "ssm", region_name="eu-north-7", endpoint_url=setup["url"], aws_access_key_id=setup["administrator"]["AccessKeyId"],
        aws_secret_access_key=setup["administrator"]["SecretAccessKey"]))
    value = "arn:aws:ssm:eu-north-7:000000000000:parameter/a"
    elsewhere.call("PutParameter", Name="/wire/arn", Value=value, Type="String")
    got = elsewhere.call("GetParameter", Name="/wire/arn")["Parameter"]
    assert got["ARN"] == "arn:aws:ssm:eu-north-7:000000000000:parameter/wire/arn" and got["Value"] == value, got
    assert elsewhere.call("GetParameter", Name=got["ARN"])["Parameter"]["Version"] == 1
    here = ssm.call("GetParameter", Name="/wire/arn")["Parameter"]
    assert here["ARN"].split(":")[3] == "eu-1" and here["Value"] == value, here
    refused("ValidationException", ssm.call, "GetParameter", Name=got["ARN"])  # of a region that this request is not for
    ssm.call("DeleteParameter", Name="/wire/arn")


def rest(key, path, body, service="ssm-guiconnect"):
    """A signed call of a service that Debian's botocore does not know."""
    request = botocore.awsrequest.AWSRequest(method="POST", url=setup["url"] + path, data=json.dumps(body).encode(),
                                             headers={"Content-Type": "application/json"})
    botocore.auth.SigV4Auth(botocore.credentials.Credentials(key["AccessKeyId"], key["SecretAccessKey"]), service, "eu-1").add_auth(request)
    try:
        with urllib.request.urlopen(urllib.request.Request(request.url, request.data, dict(request.headers.items()))) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, error.headers["x-amzn-ErrorType"]


@check
def recording_preferences():
    administrator, preferences = setup["administrator"], {
        "KMSKeyArn": "arn:aws:kms:eu-1:000000000000:key/x",
        "RecordingDestinations": {"S3Buckets": [{"BucketName": "recordings", "BucketOwner": "000000000000"}]}}
    get, update, delete = (f"/{verb}ConnectionRecordingPreferences" for verb in ("Get", "Update", "Delete"))
    assert rest(administrator, get, {}) == (404, "ResourceNotFoundException")
    assert rest(administrator, delete, {}) == (404, "ResourceNotFoundException")
    status, answer = rest(administrator, update, {"ClientToken": "t", "ConnectionRecordingPreferences": preferences})
    assert status == 200 and answer == {"ClientToken": "t", "ConnectionRecordingPreferences": preferences}, answer
    assert rest(administrator, get, {})[1]["ConnectionRecordingPreferences"] == preferences
    assert rest(setup["viewer"], get, {})[0] == 200
    for path in (update, delete):
        assert rest(setup["viewer"], path, {"ConnectionRecordingPreferences": preferences})[1] == "AccessDeniedException"
    for wrong in (None, {}, {**preferences, "KMSKeyArn": ""}, {**preferences, "KMSKeyArn": 5}, {"KMSKeyArn": "x"},
                  {**preferences, "RecordingDestinations": {"S3Buckets": []}},
                  {**preferences, "RecordingDestinations": {"S3Buckets": [{"BucketName": "x", "BucketOwner": "1"}]}}):
        assert rest(administrator, update, {"ConnectionRecordingPreferences": wrong}) == (400, "ValidationException"), wrong
    assert rest(administrator, get, {"ClientToken": "x" * 65}) == (400, "ValidationException")
    assert rest(administrator, delete, {"ClientToken": "d"}) == (200, {"ClientToken": "d"})
    assert rest(administrator, get, {})[0] == 404


# ---- Parameter Store


@check
def parameters():
    put = ssm.call("PutParameter", Name="/wire/db", Value="v1", Type="String", Description="first",
                   Tags=[{"Key": "a", "Value": "b"}])
    assert put["Version"] == 1 and put["Tier"] == "Standard"
    refused("ParameterAlreadyExists", ssm.call, "PutParameter", Name="/wire/db", Value="v2", Type="String")
    assert ssm.call("PutParameter", Name="/wire/db", Value="v2", Overwrite=True)["Version"] == 2
    got = ssm.call("GetParameter", Name="/wire/db:1")["Parameter"]
    assert got["Value"] == "v1" and got["Selector"] == ":1" and got["ARN"].endswith(":parameter/wire/db")
    refused("ParameterNotFound", ssm.call, "GetParameter", Name="/wire/none")
    refused("ParameterVersionNotFound", ssm.call, "GetParameter", Name="/wire/db:9")
    refused("HierarchyTypeMismatchException", ssm.call, "PutParameter", Name="/wire/db", Value="x", Type="StringList",
            Overwrite=True)
    refused("HierarchyLevelLimitExceededException", ssm.call, "PutParameter", Name="/a" * 16, Value="x", Type="String")
    refused("AccessDeniedException", ssm.call, "PutParameter", Name="/aws/x", Value="x", Type="String")
    refused("ValidationException", ssm.call, "PutParameter", Name="/wire/big", Value="x" * 4097, Type="String",
            Tier="Standard")
    refused("InvalidAllowedPatternException", ssm.call, "PutParameter", Name="/wire/p", Value="x", Type="String",
            AllowedPattern="(")
    refused("ParameterPatternMismatchException", ssm.call, "PutParameter", Name="/wire/p", Value="x", Type="String",
            AllowedPattern="[0-9]+")
    refused("InvalidKeyId", ssm.call, "PutParameter", Name="/wire/s", Value="x", Type="SecureString", KeyId="alias/none")
    ssm.call("LabelParameterVersion", Name="/wire/db", ParameterVersion=1, Labels=["prod", "9bad"])
    assert ssm.call("GetParameter", Name="/wire/db:prod")["Parameter"]["Version"] == 1
    history = ssm.call("GetParameterHistory", Name="/wire/db")["Parameters"]
    assert [h["Version"] for h in history] == [1, 2] and history[0]["Labels"] == ["prod"]
    ssm.call("UnlabelParameterVersion", Name="/wire/db", ParameterVersion=1, Labels=["prod"])
    many = ssm.call("GetParameters", Names=["/wire/db", "/wire/none", "/wire/db:7"])
    assert len(many["Parameters"]) == 1 and many["InvalidParameters"] == ["/wire/none", "/wire/db:7"]
    for index in range(12):
        ssm.call("PutParameter", Name=f"/wire/tree/{index}", Value="x", Type="String")
    below, turns = pages(ssm, "GetParametersByPath", "Parameters", Path="/wire", Recursive=True)
    assert len(below) == 13 and turns == 2
    rows, _ = pages(ssm, "DescribeParameters", "Parameters", MaxResults=5,
                    ParameterFilters=[{"Key": "Path", "Option": "Recursive", "Values": ["/wire"]}])
    assert len(rows) == 13 and rows[0]["LastModifiedUser"]
    refused("InvalidFilterKey", loose.call, "DescribeParameters", ParameterFilters=[{"Key": "Label", "Values": ["x"]}])
    refused("InvalidFilterOption", loose.call, "DescribeParameters",
            ParameterFilters=[{"Key": "Path", "Option": "Equals", "Values": ["/wire"]}])
    tags = ssm.call("ListTagsForResource", ResourceType="Parameter", ResourceId="/wire/db")["TagList"]
    assert tags == [{"Key": "a", "Value": "b"}]


def output_of(sent):
    succeeds(ssm, sent["CommandId"])
    return ssm.call("GetCommandInvocation", CommandId=sent["CommandId"], InstanceId=node)["StandardOutputContent"]


@check
def parameters_in_documents():
    ssm.call("PutParameter", Name="/app/cmds", Value="echo one", Type="StringList")
    content = json.dumps({
        "schemaVersion": "2.2", "parameters": {"commands": {"type": "StringList", "default": ["{{ssm:/app/cmds}}"]}},
        "mainSteps": [{"action": "aws:runShellScript", "name": "run", "inputs": {"runCommand": "{{ commands }}"}}]})
    ssm.call("CreateDocument", Name="Wire-Cmds", Content=content, DocumentType="Command")
    first = ssm.call("SendCommand", DocumentName="Wire-Cmds", InstanceIds=[node])["Command"]
    assert output_of(first) == "one\n", output_of(first)
    ssm.call("PutParameter", Name="/app/cmds", Value="echo three", Overwrite=True)
    second = ssm.call("SendCommand", DocumentName="Wire-Cmds", InstanceIds=[node])["Command"]
    assert output_of(second) == "three\n", output_of(second)
    given = ssm.call("SendCommand", DocumentName="Wire-Cmds", InstanceIds=[node],
                     Parameters={"commands": ["{{ssm:/app/cmds}}"]})["Command"]
    assert output_of(given) == "three\n"
    listed = ssm.call("ListCommands", CommandId=given["CommandId"])["Commands"][0]
    assert listed["Parameters"]["commands"] == ["{{ssm:/app/cmds}}"], listed  # [documents 8.13]
    ssm.call("PutParameter", Name="dbpass", Value="hunter2", Type="SecureString")
    before = len(pages(ssm, "ListCommands", "Commands")[0])
    message = refused("InvalidParameters", ssm.call, "SendCommand", DocumentName="AWS-RunShellScript",
                      InstanceIds=[node], Parameters={"commands": ["echo {{ssm:dbpass}}"]})
    assert "dbpass" in message and len(pages(ssm, "ListCommands", "Commands")[0]) == before  # [documents 8.14]
    ssm.call("DeleteDocument", Name="Wire-Cmds")
    ssm.call("DeleteParameters", Names=["/app/cmds", "dbpass"])


@check
def secrets():  # [parameter-store 8.22]
    ssm.call("PutParameter", Name="/wire/secret", Value="hunter2", Type="SecureString")
    assert ssm.call("GetParameter", Name="/wire/secret", WithDecryption=True)["Parameter"]["Value"] == "hunter2"
    assert base64.b64decode(ssm.call("GetParameter", Name="/wire/secret")["Parameter"]["Value"]).startswith(b"FB1")
    refused("AccessDeniedException", viewer.call, "GetParameter", Name="/wire/secret", WithDecryption=True)
    gone = ssm.call("DeleteParameters", Names=["/wire/secret", "/wire/none"])
    assert gone["DeletedParameters"] == ["/wire/secret"] and gone["InvalidParameters"] == ["/wire/none"]
    refused("ParameterNotFound", ssm.call, "DeleteParameter", Name="/wire/secret")


# ---- Trust


@check
def roles():
    viewer.call("ListCommands")
    for operation, arguments in (
            ("SendCommand", {"DocumentName": "Wire-Hello", "InstanceIds": [node]}),
            ("CreateActivation", {"IamRole": "Default"}),
            ("DeleteDocument", {"Name": "Wire-Hello"}),
            ("UpdateServiceSetting", {"SettingId": "/ssm/parameter-store/default-parameter-tier",
                                      "SettingValue": "Advanced"}),
            ("DeregisterManagedInstance", {"InstanceId": node})):
        refused("AccessDeniedException", viewer.call, operation, **arguments)


# Who may do what by role alone; every operation that is offered stands in one row. V, O, P, A: Viewer, Operator, Approver, Administrator.
MATRIX = {
    "VOPA": ["DescribeActivations", "DescribeDocument", "DescribeDocumentPermission", "DescribeInstanceInformation",
             "DescribeInstanceProperties", "DescribeSessions", "GetCommandInvocation", "GetConnectionStatus", "GetDocument", "GetServiceSetting",
             "DescribeParameters", "GetParameter", "GetParameterHistory", "GetParameters", "GetParametersByPath",
             "ListCommandInvocations", "ListCommands", "ListDocumentVersions", "ListDocuments",
             "ListDocumentMetadataHistory", "ListTagsForResource"],
    "OA": ["AddTagsToResource", "CancelCommand", "CreateDocument", "DeleteDocument", "RemoveTagsFromResource",
           "ResumeSession", "SendCommand", "StartSession", "TerminateSession", "UpdateDocument", "UpdateDocumentMetadata", "DeleteParameter",
           "DeleteParameters", "LabelParameterVersion", "PutParameter", "UnlabelParameterVersion", "UpdateDocumentDefaultVersion"],
    "A": ["CreateActivation", "DeleteActivation", "DeregisterManagedInstance", "ModifyDocumentPermission",
          "ResetServiceSetting", "UpdateManagedInstanceRole", "UpdateServiceSetting"],
}
INPUTS = {"InstanceId": "mi-00000000000000000", "Target": "mi-00000000000000000", "ActivationId": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
          "CommandId": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "SettingId": "/ssm/parameter-store/default-parameter-tier",
          "SettingValue": "Standard", "ResourceType": "Document", "ResourceId": "Matrix-None", "Content": HELLO,
          "DocumentName": "AWS-RunShellScript", "Name": "Matrix-None", "PermissionType": "Share", "State": "Active",
          "SessionId": "nobody-00000000000000000", "DocumentVersion": "1", "IamRole": "Default",
          "Tags": [{"Key": "a", "Value": "b"}], "TagKeys": ["a"], "Names": ["Matrix-None"], "Path": "/matrix",
          "Value": "x", "Labels": ["l"], "ParameterVersion": 1, "DocumentReviews": {"Action": "Approve"}, "Metadata": "DocumentReviews"}
EXTRA = {"SendCommand": {"InstanceIds": [node], "Parameters": {"commands": ["true"]}},
         "UpdateDocument": {"DocumentVersion": "$LATEST"}, "StartSession": {"Target": node}}


OWNERS = {"V": "matrix-viewer", "O": "matrix-operator", "P": "matrix-approver", "A": "matrix-admin"}


def outcome(client, operation, owner="nobody"):
    shape = client.client.meta.service_model.operation_model(operation).input_shape
    arguments = {name: INPUTS[name] for name in shape.required_members if name in INPUTS}
    arguments.update(EXTRA.get(operation, {}))
    if "SessionId" in arguments:
        arguments["SessionId"] = owner + "-00000000000000000"  # another's is refused
    try:
        client.call(operation, **arguments)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return "Success"


@check
def matrix():  # [T15]
    callers = {letter: StrictModel(client_of("ssm", setup["roles"][role], validates=False))
               for letter, role in (("V", "Viewer"), ("O", "Operator"), ("P", "Approver"), ("A", "Administrator"))}
    offered = {operation: roles for roles, row in MATRIX.items() for operation in row}
    wrong = []
    for operation in ssm.client.meta.service_model.operation_names:
        if operation not in offered:
            if outcome(callers["V"], operation) != "UnknownOperationException":
                wrong.append(f"{operation} is offered, but has no row")
            continue
        for letter, caller in callers.items():
            code = outcome(caller, operation, OWNERS[letter])
            may = letter in offered[operation]
            if may == (code == "AccessDeniedException") or code in ("UnknownOperationException", "InternalServerError"):
                wrong.append(f"{operation} by {letter}: {code}")
    for target in [*offered, "CreateAccessKey", "SetOperatorPassword", "ApproveNode", "FollowCommand", "HandOver", "../x", ""]:
        request = urllib.request.Request(setup["url"], data=b"{}", headers={
            "X-Amz-Target": "AmazonSSM." + target, "Content-Type": "application/x-amz-json-1.1"})
        try:
            urllib.request.urlopen(request)
            wrong.append(f"{target} without a signature was answered")
        except urllib.error.HTTPError as error:
            code = json.load(error)["__type"]
            if code != "MissingAuthenticationTokenException":
                wrong.append(f"{target} without a signature: {code}")
    assert not wrong, "; ".join(wrong)


@check
def signatures():
    wrong = StrictModel(client_of("ssm", {**setup["viewer"], "SecretAccessKey": "x" * 40}))
    refused("InvalidSignatureException", wrong.call, "ListCommands")
    unknown = StrictModel(client_of("ssm", {"AccessKeyId": "AKFBAAAAAAAAAAAAAAAA", "SecretAccessKey": "x" * 40}))
    refused("UnrecognizedClientException", unknown.call, "ListCommands")
    unoffered = refused("UnknownOperationException", ssm.call, "DescribeOpsItems")
    assert "DescribeOpsItems" in unoffered


@check
def documents_go():
    ssm.call("DeleteDocument", Name="Wire-Hello")
    refused("InvalidDocument", ssm.call, "DescribeDocument", Name="Wire-Hello")


for each in checks:
    try:
        each()
        print(f"PASS {each.__name__}", flush=True)
    except Exception as error:  # a check that fails ends itself alone
        failures += 1
        line = traceback.extract_tb(error.__traceback__)[1].lineno
        print(f"FAIL {each.__name__}: line {line}: {type(error).__name__}: {error}", flush=True)
sys.exit(failures)
