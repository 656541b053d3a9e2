#include "backend/nodes/activations/activation_repository.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kColumns = u"id, description, default_name, iam_role, registration_limit, registrations, "
                             u"expires_at, created_at, "
                             "created_by, tags, deleted, requires_approval, allowed_networks, bound_node"_s;

    QString tagsText(const QList<Tag> &tags)
    {
        QJsonArray list;
        for (const Tag &tag : tags)
            list.append(toJson(tag));
        return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
    }

    QList<Tag> tagsFrom(const QString &text)
    {
        QList<Tag> tags;
        for (const QJsonValue &value : QJsonDocument::fromJson(text.toUtf8()).array())
            tags.append({value[u"Key"].toString(), value[u"Value"].toString()});
        return tags;
    }

    Activation activationOf(const Row &row)
    {
        return {.id = row.id<ActivationId>(0),
                .description = row.text(1),
                .defaultInstanceName = row.text(2),
                .iamRole = row.text(3),
                .registrationLimit = static_cast<int>(row.integer(4)),
                .registrationsCount = static_cast<int>(row.integer(5)),
                .expirationDate = row.instant(6),
                .createdDate = row.instant(7),
                .createdBy = row.text(8),
                .tags = tagsFrom(row.text(9)),
                .requiresApproval = row.boolean(11),
                .allowedNetworks = row.text(12).split(u' ', Qt::SkipEmptyParts),
                .boundNode = row.id<NodeId>(13),
                .deleted = row.integer(10) != 0};
    }
}

Result<void> ActivationRepository::insert(Transaction &transaction, const Activation &activation,
                                          const ActivationSecret &secret)
{
    return transaction
        .execute(u"INSERT INTO activation (id, description, default_name, iam_role, registration_limit, "
                 u"registrations, expires_at, "
                 "created_at, created_by, tags, deleted, code_salt, code_hash, requires_approval, "
                 "allowed_networks, "
                 "bound_node) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)"_s,
                 {toSql(activation.id), activation.description, activation.defaultInstanceName,
                  activation.iamRole, activation.registrationLimit, toSql(activation.expirationDate),
                  toSql(activation.createdDate), activation.createdBy, tagsText(activation.tags), secret.salt,
                  secret.hash, activation.requiresApproval ? 1 : 0, activation.allowedNetworks.join(u' '),
                  toSql(activation.boundNode)})
        .map([](qint64) {});
}

Result<void> ActivationRepository::markDeleted(Transaction &transaction, const ActivationId &id)
{
    return transaction.execute(u"UPDATE activation SET deleted = 1 WHERE id = ?"_s, {toSql(id)})
        .map([](qint64) {});
}

Result<bool> ActivationRepository::takePlace(Transaction &transaction, const ActivationId &id)
{
    return transaction
        .execute(
            u"UPDATE activation SET registrations = registrations + 1 WHERE id = ? AND registrations < registration_limit"_s,
            {toSql(id)})
        .map([](qint64 rows) { return rows == 1; });
}

Result<std::optional<Activation>> ActivationRepository::find(Reader &reader, const ActivationId &id)
{
    return reader.one(u"SELECT "_s + kColumns + u" FROM activation WHERE id = ?"_s, {toSql(id)},
                      activationOf);
}

Result<std::optional<ActivationSecret>> ActivationRepository::secretOf(Reader &reader, const ActivationId &id)
{
    return reader.one(u"SELECT code_salt, code_hash FROM activation WHERE id = ?"_s, {toSql(id)},
                      [](const Row &row) {
                          return ActivationSecret {row.bytes(0), row.bytes(1)};
                      });
}

QByteArray ActivationRepository::positionOf(const Activation &activation)
{
    return QByteArray::number(static_cast<qint64>(toMicros(activation.createdDate))) + ' '
        + QByteArray::fromStdString(activation.id.text());
}

Result<QList<Activation>> ActivationRepository::list(Reader &reader, const QByteArray &position, int limit)
{
    const QString select = u"SELECT "_s + kColumns + u" FROM activation WHERE deleted = 0"_s;
    const QString order = u" ORDER BY created_at DESC, id DESC LIMIT "_s + QString::number(limit);
    if (position.isEmpty())
        return reader.all(select + order, {}, activationOf);
    const QList<QByteArray> parts = position.split(' ');
    const qint64 createdAt = parts.value(0).toLongLong();
    return reader.all(select + u" AND (created_at < ? OR (created_at = ? AND id < ?))"_s + order,
                      {createdAt, createdAt, QString::fromLatin1(parts.value(1))}, activationOf);
}

Result<void> ActivationRepository::keepEnrolment(Transaction &transaction, const EnrolmentRecord &record,
                                                 const ActivationId &activation, Instant until)
{
    return transaction
        .execute(
            u"INSERT INTO enrolment (request_hash, node_id, certificate, activation_id, kept_until) VALUES (?, ?, ?, ?, ?)"_s,
            {record.requestHash, toSql(record.node), record.certificateDer, toSql(activation), toSql(until)})
        .map([](qint64) {});
}

Result<std::optional<EnrolmentRecord>> ActivationRepository::enrolment(Reader &reader,
                                                                       const QByteArray &requestHash)
{
    return reader.one(u"SELECT request_hash, node_id, certificate FROM enrolment WHERE request_hash = ?"_s,
                      {requestHash}, [](const Row &row) {
                          return EnrolmentRecord {row.bytes(0), row.id<NodeId>(1), row.bytes(2)};
                      });
}

Result<qint64> ActivationRepository::voidAll(Transaction &transaction, Instant now)
{
    const auto usable
        = transaction.number(u"SELECT count(*) FROM activation WHERE deleted = 0 AND expires_at > ? AND "
                             "registrations < registration_limit"_s,
                             {toSql(now)});
    if (!usable)
        return usable;
    // Back to when it was made, so that a clock that is set back brings none to life.
    for (const QString &sql :
         {u"UPDATE activation SET expires_at = created_at WHERE expires_at > created_at"_s,
          u"DELETE FROM enrolment"_s}) {
        if (auto done = transaction.execute(sql); !done)
            return done;
    }
    return usable;
}

Result<void> ActivationRepository::removeOldEnrolments(Transaction &transaction, Instant now)
{
    return transaction.execute(u"DELETE FROM enrolment WHERE kept_until < ?"_s, {toSql(now)}).map([](qint64) {
    });
}

Result<qint64> ActivationRepository::usableWithRoles(Reader &reader, const QPair<QString, QString> &roles,
                                                     Instant now)
{
    return reader.number(u"SELECT count(*) FROM activation WHERE deleted = 0 AND expires_at > ? "
                         "AND registrations < registration_limit AND iam_role IN (?, ?)"_s,
                         {toSql(now), roles.first, roles.second});
}

}
