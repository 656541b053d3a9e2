#include "backend/nodes/guiconnect/recording_preferences_repository.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

Result<void> RecordingPreferencesRepository::put(Transaction &tx, const RecordingPreferences &preferences,
                                                 const QString &who, Instant now)
{
    const QString body = QString::fromUtf8(QJsonDocument(toJson(preferences)).toJson(QJsonDocument::Compact));
    return tx
        .insertRows(u"recording_preferences"_s, {u"id"_s, u"body"_s, u"changed_at"_s, u"changed_by"_s},
                    {{1, body, toSql(now), who}},
                    u"ON CONFLICT (id) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at, "
                    "changed_by = excluded.changed_by"_s)
        .map([](qint64) {});
}

Result<void> RecordingPreferencesRepository::remove(Transaction &tx)
{
    return tx.execute(u"DELETE FROM recording_preferences"_s).map([](qint64) {});
}

Result<std::optional<RecordingPreferences>> RecordingPreferencesRepository::find(Reader &reader)
{
    const auto bodies = reader.all(u"SELECT body FROM recording_preferences"_s, {},
                                   [](const Row &row) { return row.text(0); });
    if (!bodies)
        return bodies.error();
    if (bodies->isEmpty())
        return std::optional<RecordingPreferences>();
    return fromJson<RecordingPreferences>(QJsonDocument::fromJson(bodies->constFirst().toUtf8()).object())
        .map([](const RecordingPreferences &preferences) { return std::optional(preferences); });
}

}
