#include "backend/nodes/profiles/node_profile_repository.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    NodeProfile profileOf(const Row &row)
    {
        NodeProfile profile = fromJson<NodeProfile>(QJsonDocument::fromJson(row.text(1).toUtf8()).object())
                                  .value_or(NodeProfile {});
        profile.name = row.text(0);
        profile.changedAt = row.instant(2);
        profile.changedBy = row.text(3);
        return profile;
    }
}

Result<void> NodeProfileRepository::put(Transaction &transaction, const NodeProfile &profile)
{
    QJsonObject body = toJson(profile);
    for (const char *apart : {"ChangedAt", "ChangedBy", "Nodes", "IsForNewNodes"})
        body.remove(QLatin1String(apart));
    return transaction
        .insertRows(u"node_profile"_s, {u"name"_s, u"body"_s, u"changed_at"_s, u"changed_by"_s},
                    {{profile.name, QString::fromUtf8(QJsonDocument(body).toJson(QJsonDocument::Compact)),
                      toSql(profile.changedAt), profile.changedBy}},
                    u"ON CONFLICT (name) DO UPDATE SET body = excluded.body, "
                    "changed_at = excluded.changed_at, changed_by = excluded.changed_by"_s)
        .map([](qint64) {});
}

Result<void> NodeProfileRepository::remove(Transaction &transaction, const QString &name)
{
    return transaction.execute(u"DELETE FROM node_profile WHERE name = ?"_s, {name}).map([](qint64) {});
}

Result<QList<NodeProfile>> NodeProfileRepository::all(Reader &reader)
{
    return reader.all(u"SELECT name, body, changed_at, changed_by FROM node_profile ORDER BY name"_s, {},
                      profileOf);
}

}
