#pragma once
// All the SQL of service settings: those that are not at their default. Thread: the caller's transaction or reader.

#include "backend/settings/service_setting.h"
#include "backend/store/transaction.h"

namespace fb {

class ServiceSettingRepository
{
public:
    Result<void> put(Transaction &transaction, const ServiceSetting &setting);
    Result<void> remove(Transaction &transaction, const QString &id);
    Result<QList<ServiceSetting>> all(Reader &reader); // id, value, when and by whom
};

}
