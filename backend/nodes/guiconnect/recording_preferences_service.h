#pragma once
// ssm-guiconnect's preferences for recordings of remote desktops: kept and given back. The recording itself is another program's
// (spec/fleet-manager.md 6). Engine thread.

#include "backend/nodes/guiconnect/recording_preferences_repository.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"

namespace fb {

class OperationTable;

class RecordingPreferencesService
{
public:
    RecordingPreferencesService(Database &database, AuditLog &audit, const Access &access, const Clock &clock)
        : m_database(database),
          m_audit(audit),
          m_access(access),
          m_clock(clock)
    {
    }

    // ResourceNotFoundException: none are set.
    Result<RecordingPreferences> get(const Principal &who);
    Result<void> update(const Principal &who, const RecordingPreferences &preferences);
    Result<void> remove(const Principal &who); // ResourceNotFoundException

private:
    Result<std::optional<RecordingPreferences>> stored();
    Result<void> mayChange(const Principal &who, const QString &action);

    Database &m_database;
    AuditLog &m_audit;
    const Access &m_access;
    const Clock &m_clock;
    RecordingPreferencesRepository m_rows;
};

void bindRecordingPreferences(OperationTable &operations, RecordingPreferencesService &service);

}
