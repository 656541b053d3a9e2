#include "backend/engine/artifact_sweep_repository.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kName = u"artifact-sweep"_s;
}

Result<void> ArtifactSweepRepository::put(Transaction &tx, const QJsonObject &sweep)
{
    return tx
        .execute(
            u"INSERT INTO store_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value "
            "= excluded.value"_s,
            {kName, QString::fromUtf8(QJsonDocument(sweep).toJson(QJsonDocument::Compact))})
        .map([](qint64) {});
}

Result<void> ArtifactSweepRepository::remove(Transaction &tx)
{
    return tx.execute(u"DELETE FROM store_state WHERE name = ?"_s, {kName}).map([](qint64) {});
}

Result<std::optional<QJsonObject>> ArtifactSweepRepository::find(Reader &reader) const
{
    return reader.one(u"SELECT value FROM store_state WHERE name = ?"_s, {kName},
                      [](const Row &row) { return QJsonDocument::fromJson(row.text(0).toUtf8()).object(); });
}

}
