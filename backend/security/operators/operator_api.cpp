#include "backend/security/operators/operator_api.h"

#include "backend/api/operation_table.h"
#include "backend/base/qt_text.h"
#include "backend/security/operators/operator_service.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct NameRequest {
        QString name;
    };

    constexpr auto fieldsOf(const NameRequest *)
    {
        return fieldTable(field("Name", &NameRequest::name).required().length(1, 64));
    }

    struct PasswordRequest {
        QString name;
        QString password;
    };

    constexpr auto fieldsOf(const PasswordRequest *)
    {
        return fieldTable(field("Name", &PasswordRequest::name).required().length(1, 64),
                          field("Password", &PasswordRequest::password).required().secret());
    }

    struct KeyRequest {
        QString accessKeyId;
        QString operatorName;
        std::optional<Instant> expiresAt;
        QString status;
    };

    constexpr auto fieldsOf(const KeyRequest *)
    {
        using R = KeyRequest;
        return fieldTable(field("AccessKeyId", &R::accessKeyId).length(0, 128),
                          field("OperatorName", &R::operatorName).length(0, 64),
                          field("ExpiresAt", &R::expiresAt),
                          field("Status", &R::status).omitEmpty().oneOf("Active", "Inactive"));
    }

    template <typename T>
    QJsonObject listJson(const QString &name, const QList<T> &rows)
    {
        QJsonArray array;
        for (const T &row : rows)
            array.append(toJson(row));
        return {{name, array}};
    }

    QJsonObject empty() { return {}; }

    void bindKeys(OperationTable &operations, OperatorService &operators)
    {
        operations.add(u"ListAccessKeys"_s, [&operators](const Principal &who, const QJsonObject &input) {
            return fromJson<KeyRequest>(input)
                .andThen(
                    [&](const KeyRequest &request) { return operators.listKeys(who, request.operatorName); })
                .map([](const QList<AccessKey> &keys) { return listJson(u"AccessKeys"_s, keys); });
        });
        operations.add(u"CreateAccessKey"_s, [&operators](const Principal &who, const QJsonObject &input) {
            return fromJson<KeyRequest>(input)
                .andThen([&](const KeyRequest &request) {
                    return operators.createKey(who, request.operatorName, request.expiresAt);
                })
                .map([](const NewAccessKey &made) {
                    QJsonObject json = toJson(made.key);
                    json.insert(u"SecretAccessKey"_s, toQString(made.secret.view()));
                    return json;
                });
        });
        operations.add(u"UpdateAccessKey"_s, [&operators](const Principal &who, const QJsonObject &input) {
            return fromJson<KeyRequest>(input)
                .andThen([&](const KeyRequest &request) {
                    return operators.setKeyEnabled(who, request.accessKeyId, request.status != u"Inactive"_s);
                })
                .map(empty);
        });
        operations.add(u"DeleteAccessKey"_s, [&operators](const Principal &who, const QJsonObject &input) {
            return fromJson<KeyRequest>(input)
                .andThen(
                    [&](const KeyRequest &request) { return operators.deleteKey(who, request.accessKeyId); })
                .map(empty);
        });
    }
}

void bindOperators(OperationTable &operations, OperatorService &operators)
{
    operations.add(u"ListOperators"_s, [&operators](const Principal &who, const QJsonObject &) {
        return operators.listOperators(who).map(
            [](const QList<Operator> &all) { return listJson(u"Operators"_s, all); });
    });
    operations.add(u"CreateOperator"_s, [&operators](const Principal &who, const QJsonObject &input) {
        return fromJson<Operator>(input)
            .andThen([&](const Operator &wish) { return operators.createOperator(who, wish); })
            .map([](const Operator &made) { return toJson(made); });
    });
    operations.add(u"UpdateOperator"_s, [&operators](const Principal &who, const QJsonObject &input) {
        return fromJson<Operator>(input)
            .andThen([&](const Operator &wish) { return operators.updateOperator(who, wish); })
            .map([](const Operator &changed) { return toJson(changed); });
    });
    operations.add(u"DeleteOperator"_s, [&operators](const Principal &who, const QJsonObject &input) {
        return fromJson<NameRequest>(input)
            .andThen([&](const NameRequest &request) { return operators.deleteOperator(who, request.name); })
            .map(empty);
    });
    operations.addLater(
        u"SetOperatorPassword"_s,
        [&operators](const Principal &who, const QJsonObject &input, const OperationTable::Reply &reply) {
            const auto request = fromJson<PasswordRequest>(input);
            if (!request)
                return reply(request.error());
            operators.setPassword(who, request->name, SecretBytes(toStd(request->password)),
                                  [reply](const Result<void> &done) { reply(done.map(empty)); });
        });
    operations.add(u"ListOperatorGroups"_s, [&operators](const Principal &who, const QJsonObject &) {
        return operators.listGroups(who).map(
            [](const QList<OperatorGroup> &all) { return listJson(u"Groups"_s, all); });
    });
    operations.add(u"PutOperatorGroup"_s, [&operators](const Principal &who, const QJsonObject &input) {
        return fromJson<OperatorGroup>(input)
            .andThen([&](const OperatorGroup &group) { return operators.putGroup(who, group); })
            .map(empty);
    });
    operations.add(u"DeleteOperatorGroup"_s, [&operators](const Principal &who, const QJsonObject &input) {
        return fromJson<NameRequest>(input)
            .andThen([&](const NameRequest &request) { return operators.deleteGroup(who, request.name); })
            .map(empty);
    });
    bindKeys(operations, operators);
}

}
