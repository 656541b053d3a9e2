#include "backend/security/operators/operator_repository.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Principal principalOf(const Row &row)
    {
        return {.name = row.text(0),
                .role = enumNamed<Role>(row.text(1), u"role"_s).value_or(Role::Viewer),
                .source = {}};
    }

    QString jsonText(const QJsonValue &value)
    {
        const QJsonDocument document
            = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
        return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
    }

    QString statementsText(const QList<PermissionStatement> &statements)
    {
        QJsonArray array;
        for (const PermissionStatement &statement : statements)
            array.append(toJson(statement));
        return jsonText(array);
    }

    // What cannot be read denies everything: it may have been a Deny.
    QList<PermissionStatement> statementsOf(const QString &text)
    {
        QList<PermissionStatement> statements;
        for (const QJsonValue &each : QJsonDocument::fromJson(text.toUtf8()).array())
            statements.append(fromJson<PermissionStatement>(each.toObject())
                                  .value_or(PermissionStatement {
                                      .effect = Effect::Deny, .actions = {u"*"_s}, .scope = {}}));
        return statements;
    }

    Operator operatorOf(const Row &row)
    {
        const auto scope = fromJson<PermissionScope>(QJsonDocument::fromJson(row.text(3).toUtf8()).object());
        return {.name = row.text(0),
                .role = enumNamed<Role>(row.text(1), u"role"_s).value_or(Role::Viewer),
                .enabled = row.boolean(2) && scope.has_value(), // an unknown narrowing is no wide permission
                .groups = {},
                .scope = scope.value_or(PermissionScope {}),
                .statements = statementsOf(row.text(4)),
                .createDate = row.instant(5),
                .lastSignInAt = row.instantIfAny(6),
                .hasPassword = !row.text(7).isEmpty()};
    }

    AccessKey keyOf(const Row &row)
    {
        return {.accessKeyId = row.text(0),
                .operatorName = row.text(1),
                .enabled = row.boolean(2),
                .createDate = row.instant(3),
                .expiresAt = row.instantIfAny(4),
                .lastUsedAt = row.instantIfAny(5),
                .lastUsedFrom = row.text(6)};
    }
}

Result<Principal> OperatorRepository::owner(Transaction &tx, const QString &osUser, Instant now,
                                            const QString &source) const
{
    // Who runs the engine holds its master key: that user is an Administrator, whatever a store says that was edited or made elsewhere.
    auto stored = tx.execute(u"INSERT INTO operator_account (name, role, created_at) SELECT ?, "
                             u"'Administrator', ? WHERE NOT EXISTS "
                             "(SELECT 1 FROM operator_account WHERE role = 'Administrator' AND enabled = 1) "
                             "ON CONFLICT (name) DO UPDATE SET role = 'Administrator', enabled = 1"_s,
                             {osUser, toSql(now)});
    if (!stored)
        return stored.error();
    auto found
        = tx.one(u"SELECT name, role FROM operator_account WHERE role = 'Administrator' AND enabled = 1 "
                 "ORDER BY CASE WHEN name = ? THEN 0 ELSE 1 END, created_at, name LIMIT 1"_s,
                 {osUser}, principalOf);
    if (!found)
        return found.error();
    if (!*found)
        return fail(errors::kInternal, u"The store has operators but no Administrator."_s);
    Principal owner = **found;
    owner.source = source;
    return owner;
}

Result<QList<Operator>> OperatorRepository::all(Reader &reader) const
{
    auto operators
        = reader.all(u"SELECT name, role, enabled, scope, statements, created_at, last_sign_in_at, "
                     "password_hash FROM operator_account ORDER BY name"_s,
                     {}, operatorOf);
    if (!operators)
        return operators;
    const auto members = reader.all(u"SELECT operator_name, group_name FROM operator_group_member "
                                    "ORDER BY operator_name, group_name"_s,
                                    {}, [](const Row &row) { return std::pair(row.text(0), row.text(1)); });
    if (!members)
        return members.error();
    for (const auto &[name, group] : *members) {
        for (Operator &who : *operators) {
            if (who.name == name)
                who.groups.append(group);
        }
    }
    return operators;
}

Result<void> OperatorRepository::put(Transaction &tx, const Operator &who) const
{
    auto stored
        = tx.insertRows(u"operator_account"_s,
                        {u"name"_s, u"role"_s, u"enabled"_s, u"scope"_s, u"statements"_s, u"created_at"_s},
                        {{who.name, enumName(who.role), who.enabled ? 1 : 0, jsonText(toJson(who.scope)),
                          statementsText(who.statements), toSql(who.createDate)}},
                        u"ON CONFLICT (name) DO UPDATE SET role = excluded.role, enabled = excluded.enabled, "
                        "scope = excluded.scope, statements = excluded.statements"_s);
    if (!stored)
        return stored.error();
    auto cleared = tx.execute(u"DELETE FROM operator_group_member WHERE operator_name = ?"_s, {who.name});
    if (!cleared)
        return cleared.error();
    QList<QVariantList> rows;
    for (const QString &group : who.groups)
        rows.append({group, who.name});
    if (rows.isEmpty())
        return {};
    return tx.insertRows(u"operator_group_member"_s, {u"group_name"_s, u"operator_name"_s}, rows, {})
        .map([](qint64) {});
}

Result<void> OperatorRepository::remove(Transaction &tx, const QString &name) const
{
    for (const auto &sql : {u"DELETE FROM access_key WHERE operator_name = ?"_s,
                            u"DELETE FROM operator_group_member WHERE operator_name = ?"_s,
                            u"DELETE FROM operator_account WHERE name = ?"_s}) {
        if (auto removed = tx.execute(sql, {name}); !removed)
            return removed.error();
    }
    return {};
}

Result<QList<OperatorGroup>> OperatorRepository::groups(Reader &reader) const
{
    return reader.all(
        u"SELECT name, description, statements FROM operator_group ORDER BY name"_s, {}, [](const Row &row) {
            return OperatorGroup {
                .name = row.text(0), .description = row.text(1), .statements = statementsOf(row.text(2))};
        });
}

Result<void> OperatorRepository::putGroup(Transaction &tx, const OperatorGroup &group, Instant now) const
{
    return tx
        .insertRows(u"operator_group"_s, {u"name"_s, u"description"_s, u"statements"_s, u"created_at"_s},
                    {{group.name, group.description, statementsText(group.statements), toSql(now)}},
                    u"ON CONFLICT (name) DO UPDATE SET description = excluded.description, "
                    "statements = excluded.statements"_s)
        .map([](qint64) {});
}

Result<void> OperatorRepository::removeGroup(Transaction &tx, const QString &name) const
{
    auto members = tx.execute(u"DELETE FROM operator_group_member WHERE group_name = ?"_s, {name});
    if (!members)
        return members.error();
    return tx.execute(u"DELETE FROM operator_group WHERE name = ?"_s, {name}).map([](qint64) {});
}

Result<QList<AccessKey>> OperatorRepository::keys(Reader &reader) const
{
    return reader.all(u"SELECT access_key_id, operator_name, enabled, created_at, expires_at, last_used_at, "
                      "last_used_from FROM access_key ORDER BY operator_name, created_at, access_key_id"_s,
                      {}, keyOf);
}

Result<void> OperatorRepository::putKey(Transaction &tx, const AccessKey &key) const
{
    return tx
        .insertRows(u"access_key"_s,
                    {u"access_key_id"_s, u"operator_name"_s, u"enabled"_s, u"created_at"_s, u"expires_at"_s,
                     u"last_used_at"_s, u"last_used_from"_s},
                    {{key.accessKeyId, key.operatorName, key.enabled ? 1 : 0, toSql(key.createDate),
                      toSql(key.expiresAt), toSql(key.lastUsedAt), key.lastUsedFrom}},
                    u"ON CONFLICT (access_key_id) DO UPDATE SET enabled = excluded.enabled, "
                    "expires_at = excluded.expires_at"_s)
        .map([](qint64) {});
}

Result<void> OperatorRepository::keyUsed(Transaction &tx, const QString &accessKeyId, Instant at,
                                         const QString &from) const
{
    return tx
        .execute(u"UPDATE access_key SET last_used_at = ?, last_used_from = ? WHERE access_key_id = ?"_s,
                 {toSql(at), from, accessKeyId})
        .map([](qint64) {});
}

Result<void> OperatorRepository::removeKey(Transaction &tx, const QString &accessKeyId) const
{
    return tx.execute(u"DELETE FROM access_key WHERE access_key_id = ?"_s, {accessKeyId}).map([](qint64) {});
}

Result<QString> OperatorRepository::passwordHash(Reader &reader, const QString &name) const
{
    return reader
        .one(u"SELECT password_hash FROM operator_account WHERE name = ?"_s, {name},
             [](const Row &row) { return row.text(0); })
        .map([](const std::optional<QString> &hash) { return hash.value_or(QString()); });
}

Result<void> OperatorRepository::setPasswordHash(Transaction &tx, const QString &name, const QString &hash,
                                                 Instant now) const
{
    return tx
        .execute(u"UPDATE operator_account SET password_hash = ?, password_changed_at = ?, "
                 "failed_sign_ins = 0, locked_until = NULL WHERE name = ?"_s,
                 {hash, toSql(now), name})
        .map([](qint64) {});
}

QString osUserName()
{
    passwd entry {};
    passwd *found = nullptr;
    std::array<char, 4096> buffer {};
    if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return u"uid-%1"_s.arg(geteuid());
}

}
