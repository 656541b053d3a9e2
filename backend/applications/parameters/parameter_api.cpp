#include "backend/applications/parameters/parameter_api.h"

#include "backend/api/operation_table.h"
#include "backend/applications/parameters/parameter_service.h"
#include "backend/base/fail.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct OneParameterName {
        QString name;
    };
    constexpr auto fieldsOf(const OneParameterName *)
    {
        return fieldTable(field("Name", &OneParameterName::name).required().length(1, 2048));
    }

    struct PathsRequest {
        QString path = QStringLiteral("/");
        QString startAfter;
    };
    constexpr auto fieldsOf(const PathsRequest *)
    {
        return fieldTable(field("Path", &PathsRequest::path).length(1, 2048),
                          field("StartAfter", &PathsRequest::startAfter).omitEmpty().length(0, 2048));
    }

    struct PathList {
        QList<ParameterPath> paths;
    };
    constexpr auto fieldsOf(const PathList *) { return fieldTable(field("Paths", &PathList::paths)); }

    struct KeyRequest {
        QString keyId;
        int days = ParameterKeys::kMostDays;
    };
    constexpr auto fieldsOf(const KeyRequest *)
    {
        return fieldTable(field("KeyId", &KeyRequest::keyId).required().length(1, 256),
                          field("PendingWindowInDays", &KeyRequest::days));
    }

    struct KeyList {
        QList<ParameterKey> keys;
    };
    constexpr auto fieldsOf(const KeyList *) { return fieldTable(field("Keys", &KeyList::keys)); }

    // An operation of one request and one answer, both with field tables.
    template <typename Request, typename Answer>
    void bind(OperationTable &table, const QString &name, ParameterService &parameters,
              Result<Answer> (ParameterService::*operation)(const Principal &, const Request &))
    {
        table.add(name, [&parameters, operation](const Principal &who, const QJsonObject &input) {
            return fromJson<Request>(input).andThen([&](const Request &request) {
                return (parameters.*operation)(who, request).map([](const Answer &answer) {
                    return toJson(answer);
                });
            });
        });
    }

    template <typename Fn>
    void bindKey(OperationTable &table, const QString &name, const Fn &fn)
    {
        table.add(name, [fn](const Principal &who, const QJsonObject &input) {
            return fromJson<KeyRequest>(input).andThen([&](const KeyRequest &request) {
                return fn(who, request).map([](const ParameterKey &key) {
                    return QJsonObject {{u"Key"_s, toJson(key)}};
                });
            });
        });
    }

    void bindKeys(OperationTable &table, ParameterKeys &keys)
    {
        table.add(u"DescribeParameterKeys"_s, [&keys](const Principal &who, const QJsonObject &) {
            return keys.keys(who).map([](const QList<ParameterKey> &all) { return toJson(KeyList {all}); });
        });
        bindKey(table, u"CreateParameterKey"_s, [&keys](const Principal &who, const KeyRequest &request) {
            return keys.createKey(who, request.keyId);
        });
        bindKey(table, u"RotateParameterKey"_s, [&keys](const Principal &who, const KeyRequest &request) {
            return keys.rotateKey(who, request.keyId);
        });
        bindKey(table, u"EnableParameterKey"_s, [&keys](const Principal &who, const KeyRequest &request) {
            return keys.setEnabled(who, request.keyId, true);
        });
        bindKey(table, u"DisableParameterKey"_s, [&keys](const Principal &who, const KeyRequest &request) {
            return keys.setEnabled(who, request.keyId, false);
        });
        bindKey(table, u"ScheduleParameterKeyDeletion"_s,
                [&keys](const Principal &who, const KeyRequest &request) {
                    return keys.scheduleDeletion(who, request.keyId, request.days);
                });
        bindKey(table, u"CancelParameterKeyDeletion"_s,
                [&keys](const Principal &who, const KeyRequest &request) {
                    return keys.cancelDeletion(who, request.keyId);
                });
    }
}

void bindParameters(OperationTable &operations, ParameterService &parameters)
{
    using S = ParameterService;
    bind(operations, u"PutParameter"_s, parameters, &S::putParameter);
    bind(operations, u"GetParameters"_s, parameters, &S::getParameters);
    bind(operations, u"GetParametersByPath"_s, parameters, &S::getParametersByPath);
    bind(operations, u"GetParameterHistory"_s, parameters, &S::getParameterHistory);
    bind(operations, u"DescribeParameters"_s, parameters, &S::describeParameters);
    bind(operations, u"LabelParameterVersion"_s, parameters, &S::labelParameterVersion);
    bind(operations, u"UnlabelParameterVersion"_s, parameters, &S::unlabelParameterVersion);
    bind(operations, u"DeleteParameters"_s, parameters, &S::deleteParameters);
    operations.add(u"GetParameter"_s, [&parameters](const Principal &who, const QJsonObject &input) {
        return fromJson<GetParameterRequest>(input).andThen([&](const GetParameterRequest &request) {
            return parameters.getParameter(who, request).map([](const Parameter &parameter) {
                return QJsonObject {{u"Parameter"_s, toJson(parameter)}};
            });
        });
    });
    operations.add(u"DeleteParameter"_s, [&parameters](const Principal &who, const QJsonObject &input) {
        return fromJson<OneParameterName>(input)
            .andThen([&](const OneParameterName &request) {
                return parameters.deleteParameter(who, request.name);
            })
            .map([] { return QJsonObject(); });
    });
    operations.add(
        u"DescribeParameterPaths"_s, [&parameters](const Principal &who, const QJsonObject &input) {
            return fromJson<PathsRequest>(input).andThen([&](const PathsRequest &request) {
                return parameters.paths(who, request.path, request.startAfter)
                    .map([](const QList<ParameterPath> &paths) { return toJson(PathList {paths}); });
            });
        });
    bindKeys(operations, parameters.keys());
}

}
