#include "backend/settings/service_setting_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<void> ServiceSettingRepository::put(Transaction &transaction, const ServiceSetting &setting)
{
    return transaction
        .insertRows(u"service_setting"_s, {u"id"_s, u"setting_value"_s, u"modified_at"_s, u"modified_by"_s},
                    {{setting.id, setting.value, toSql(setting.modifiedAt), setting.modifiedBy}},
                    u"ON CONFLICT (id) DO UPDATE SET setting_value = excluded.setting_value, "
                    "modified_at = excluded.modified_at, modified_by = excluded.modified_by"_s)
        .map([](qint64) {});
}

Result<void> ServiceSettingRepository::remove(Transaction &transaction, const QString &id)
{
    return transaction.execute(u"DELETE FROM service_setting WHERE id = ?"_s, {id}).map([](qint64) {});
}

Result<QList<ServiceSetting>> ServiceSettingRepository::all(Reader &reader)
{
    return reader.all(u"SELECT id, setting_value, modified_at, modified_by FROM service_setting"_s, {},
                      [](const Row &row) {
                          return ServiceSetting {.id = row.text(0),
                                                 .value = row.text(1),
                                                 .modifiedAt = row.instantIfAny(2),
                                                 .modifiedBy = row.text(3),
                                                 .arn = {},
                                                 .status = SettingStatus::Customized};
                      });
}

}
