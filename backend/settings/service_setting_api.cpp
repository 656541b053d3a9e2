#include "backend/settings/service_setting_api.h"

#include "backend/api/operation_table.h"
#include "backend/settings/service_settings.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct SettingRequest {
        QString id;
        QString value;
    };

    constexpr auto fieldsOf(const SettingRequest *)
    {
        return fieldTable(field("SettingId", &SettingRequest::id).required().length(1, 1000),
                          field("SettingValue", &SettingRequest::value));
    }

    QJsonObject answerOf(const ServiceSetting &setting) { return {{u"ServiceSetting"_s, toJson(setting)}}; }
}

void bindServiceSettings(OperationTable &operations, ServiceSettings &settings)
{
    operations.add(u"GetServiceSetting"_s, [&settings](const Principal &who, const QJsonObject &input) {
        return fromJson<SettingRequest>(input)
            .andThen([&](const SettingRequest &request) { return settings.get(who, request.id); })
            .map(answerOf);
    });
    operations.add(u"UpdateServiceSetting"_s, [&settings](const Principal &who, const QJsonObject &input) {
        return fromJson<SettingRequest>(input)
            .andThen([&](const SettingRequest &request) {
                return settings.update(who, request.id, request.value);
            })
            .map([] { return QJsonObject(); });
    });
    operations.add(u"ResetServiceSetting"_s, [&settings](const Principal &who, const QJsonObject &input) {
        return fromJson<SettingRequest>(input)
            .andThen([&](const SettingRequest &request) { return settings.reset(who, request.id); })
            .map(answerOf);
    });
}

}
