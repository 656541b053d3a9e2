#include "backend/api/aws_call.h"

#include "backend/api/json_body.h"
#include "backend/base/qt_text.h"
#include "backend/core/url_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
#include "backend/api/ssm_names.inc"

    constexpr std::string_view kSsmTarget = "AmazonSSM.";
    constexpr std::string_view kJsonType = "application/x-amz-json-1.1";

    // A REST-JSON operation; {Name} in the path is a member of the input.
    struct RestRoute {
        std::string_view service;
        std::string_view method;
        std::string_view path;
        std::string_view operation;
        int status = 200;
    };

    constexpr RestRoute kRestRoutes[] = {
        {"resource-groups", "POST", "/groups", "CreateGroup"},
        {"resource-groups", "POST", "/delete-group", "DeleteGroup"},
        {"resource-groups", "POST", "/get-group", "GetGroup"},
        {"resource-groups", "POST", "/get-group-query", "GetGroupQuery"},
        {"resource-groups", "GET", "/resources/{Arn}/tags", "GetTags"},
        {"resource-groups", "POST", "/list-group-resources", "ListGroupResources"},
        {"resource-groups", "POST", "/groups-list", "ListGroups"},
        {"resource-groups", "POST", "/resources/search", "SearchResources"},
        {"resource-groups", "PUT", "/resources/{Arn}/tags", "Tag"},
        {"resource-groups", "PATCH", "/resources/{Arn}/tags", "Untag"},
        {"resource-groups", "POST", "/update-group", "UpdateGroup"},
        {"resource-groups", "POST", "/update-group-query", "UpdateGroupQuery"},
        {"ssm-guiconnect", "POST", "/DeleteConnectionRecordingPreferences",
         "DeleteConnectionRecordingPreferences"},
        {"ssm-guiconnect", "POST", "/GetConnectionRecordingPreferences", "GetConnectionRecordingPreferences"},
        {"ssm-guiconnect", "POST", "/UpdateConnectionRecordingPreferences",
         "UpdateConnectionRecordingPreferences"},
    };

    Error unknownOperation(std::string_view what)
    {
        return makeError(errors::kUnknownOperation,
                         fmt::format("There is no operation {} here.", what.substr(0, 120)));
    }

    std::string_view nextPart(std::string_view &path)
    {
        const size_t slash = path.find('/', 1);
        const std::string_view part = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
        return part;
    }

    // The members that `path` gives, if it is of this form.
    std::optional<QJsonObject> matched(std::string_view pattern, std::string_view path)
    {
        QJsonObject members;
        while (!pattern.empty() && !path.empty()) {
            const std::string_view form = nextPart(pattern);
            const std::string_view part = nextPart(path);
            if (!form.starts_with("/{")) {
                if (form != part)
                    return std::nullopt;
                continue;
            }
            const auto text = percentDecoded(part.substr(1));
            if (!text || text->empty())
                return std::nullopt;
            members.insert(toQString(form.substr(2, form.size() - 3)), toQString(*text));
        }
        return pattern.empty() && path.empty() ? std::optional(members) : std::nullopt;
    }

    Result<AwsCall> readRestCall(const HttpRequest &request, std::string_view service)
    {
        for (const RestRoute &route : kRestRoutes) {
            if (route.service != service || route.method != request.method)
                continue;
            const auto members = matched(route.path, request.path);
            if (!members)
                continue;
            auto input = readJsonBody(request.body);
            if (!input)
                return input.error();
            for (auto it = members->begin(); it != members->end(); ++it)
                input->insert(it.key(), it.value());
            return AwsCall {.protocol = WireProtocol::RestJson,
                            .operation = toQString(route.service) + u'.' + toQString(route.operation),
                            .input = std::move(*input),
                            .status = route.status};
        }
        return unknownOperation(request.method + ' ' + request.path);
    }

    Result<AwsCall> readJsonCall(const HttpRequest &request)
    {
        const std::string_view target = request.header("x-amz-target").value_or(std::string_view());
        const std::string_view name = target.substr(std::min(target.size(), kSsmTarget.size()));
        if (request.method != "POST" || request.path != "/" || !request.query.empty()
            || !target.starts_with(kSsmTarget) || !std::ranges::binary_search(kSsmOperations, name))
            return unknownOperation(target.empty() ? request.method + ' ' + request.path
                                                   : std::string(target));
        const std::string_view type = request.header("content-type").value_or(std::string_view());
        if (!type.starts_with(kJsonType))
            return makeError(
                errors::kSerialization,
                fmt::format("Content-Type is \"{}\"; it must be {}.", type.substr(0, 80), kJsonType),
                "Content-Type");
        auto input = readJsonBody(request.body);
        if (!input)
            return input.error();
        return AwsCall {.operation = toQString(name), .input = std::move(*input)};
    }

    HttpAnswer answer(WireProtocol protocol, int status, std::string body, const std::string &requestId)
    {
        const bool isRest = protocol == WireProtocol::RestJson;
        return {.status = status,
                .headers = {{"Content-Type", std::string(isRest ? "application/json" : kJsonType)},
                            {"x-amzn-RequestId", requestId}},
                .body = std::move(body)};
    }
}

Result<AwsCall> readAwsCall(const HttpRequest &request, std::string_view service)
{
    return service == "ssm" ? readJsonCall(request) : readRestCall(request, service);
}

WireProtocol protocolOf(const HttpRequest &request)
{
    return request.header("x-amz-target") ? WireProtocol::Json : WireProtocol::RestJson;
}

HttpAnswer successAnswer(const AwsCall &call, const QJsonObject &output, const std::string &requestId)
{
    return answer(call.protocol, call.status, writeJsonBody(output), requestId);
}

HttpAnswer errorAnswer(WireProtocol protocol, const Error &error, const std::string &requestId)
{
    const std::string_view code = error.code.name();
    const bool isLower
        = protocol == WireProtocol::Json && std::ranges::binary_search(kLowerCaseMessage, code);
    QJsonObject body {{isLower ? u"message"_s : u"Message"_s, toQString(error.message)}};
    if (protocol == WireProtocol::Json)
        body.insert(u"__type"_s, toQString(code));
    constexpr int kNotFound = 404; // as the REST services say it; ssm says 400 to all
    const bool isMissing = protocol == WireProtocol::RestJson && error.code == errors::kResourceNotFound;
    HttpAnswer refused
        = answer(protocol, isMissing ? kNotFound : httpStatus(error.code), writeJsonBody(body), requestId);
    if (protocol == WireProtocol::RestJson)
        refused.headers.emplace_back("x-amzn-ErrorType", std::string(code));
    return refused;
}

}
