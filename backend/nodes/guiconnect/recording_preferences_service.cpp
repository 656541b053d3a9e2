#include "backend/nodes/guiconnect/recording_preferences_service.h"

#include "backend/api/operation_table.h"
#include "backend/base/fail.h"

#include <QUuid>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kUpdateAction = "ssm-guiconnect:UpdateConnectionRecordingPreferences";
    constexpr auto kDeleteAction = "ssm-guiconnect:DeleteConnectionRecordingPreferences";
    constexpr auto kAuditTarget = "connection recording preferences";

    Error noneSet()
    {
        return makeError(errors::kResourceNotFound, "No connection recording preferences are set.");
    }

    QJsonObject answerWith(const QString &token, const std::optional<RecordingPreferences> &preferences)
    {
        QJsonObject answer {
            {u"ClientToken"_s, token.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : token}};
        if (preferences)
            answer.insert(u"ConnectionRecordingPreferences"_s, toJson(*preferences));
        return answer;
    }
}

Result<std::optional<RecordingPreferences>> RecordingPreferencesService::stored()
{
    return m_rows.find(m_database.reader());
}

Result<RecordingPreferences> RecordingPreferencesService::get(const Principal &who)
{
    if (auto allowed = m_access.check(who, actions::kGetServiceSetting); !allowed)
        return allowed.error();
    const auto preferences = stored();
    if (!preferences)
        return preferences.error();
    return *preferences ? Result<RecordingPreferences>(**preferences) : noneSet();
}

Result<void> RecordingPreferencesService::mayChange(const Principal &who, const QString &action)
{
    const Action needed = action == QLatin1String(kDeleteAction) ? actions::kResetServiceSetting
                                                                 : actions::kUpdateServiceSetting;
    auto allowed = m_access.check(who, needed, {.resource = QString::fromLatin1(kAuditTarget)});
    if (!allowed)
        (void)m_audit.record({.who = who,
                              .action = action,
                              .target = QString::fromLatin1(kAuditTarget),
                              .result = toQString(allowed.error().code.name())});
    return allowed;
}

Result<void> RecordingPreferencesService::update(const Principal &who,
                                                 const RecordingPreferences &preferences)
{
    const QString action = QString::fromLatin1(kUpdateAction);
    if (auto allowed = mayChange(who, action); !allowed)
        return allowed;
    if (auto valid = validate(preferences); !valid)
        return valid;
    const auto before = stored();
    if (!before)
        return before.error();
    return m_database.write([&](Transaction &tx) -> Result<void> {
        m_audit.append(tx,
                       {.who = who,
                        .action = action,
                        .target = QString::fromLatin1(kAuditTarget),
                        .diff = auditDiff(before->value_or(RecordingPreferences()), preferences)});
        return m_rows.put(tx, preferences, who.name, m_clock.now());
    });
}

Result<void> RecordingPreferencesService::remove(const Principal &who)
{
    const QString action = QString::fromLatin1(kDeleteAction);
    if (auto allowed = mayChange(who, action); !allowed)
        return allowed;
    const auto before = stored();
    if (!before)
        return before.error();
    if (!*before)
        return noneSet();
    return m_database.write([&](Transaction &tx) -> Result<void> {
        m_audit.append(tx,
                       {.who = who,
                        .action = action,
                        .target = QString::fromLatin1(kAuditTarget),
                        .diff = auditDiff(**before, RecordingPreferences())});
        return m_rows.remove(tx);
    });
}

void bindRecordingPreferences(OperationTable &operations, RecordingPreferencesService &service)
{
    operations.add(u"ssm-guiconnect.GetConnectionRecordingPreferences"_s,
                   [&service](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       return fromJson<RecordingPreferencesRequest>(input).andThen(
                           [&](const RecordingPreferencesRequest &request) {
                               return service.get(who).map([&](const RecordingPreferences &preferences) {
                                   return answerWith(request.clientToken, preferences);
                               });
                           });
                   });
    operations.add(u"ssm-guiconnect.UpdateConnectionRecordingPreferences"_s,
                   [&service](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       return fromJson<UpdateRecordingPreferencesRequest>(input).andThen(
                           [&](const UpdateRecordingPreferencesRequest &request) {
                               return service.update(who, request.preferences).map([&] {
                                   return answerWith(request.clientToken, request.preferences);
                               });
                           });
                   });
    operations.add(u"ssm-guiconnect.DeleteConnectionRecordingPreferences"_s,
                   [&service](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       return fromJson<RecordingPreferencesRequest>(input).andThen(
                           [&](const RecordingPreferencesRequest &request) {
                               return service.remove(who).map(
                                   [&] { return answerWith(request.clientToken, std::nullopt); });
                           });
                   });
}

}
