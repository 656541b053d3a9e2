#pragma once
// What the audit log records: who did what to what, from where, with which result. Plain values; any thread.

#include "backend/base/field.h"
#include "backend/core/clock.h"
#include "backend/security/principal.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace fb {

struct AuditEntry {
    Principal who; // with where the call came from
    QString action; // "ssm:SendCommand"
    QString target; // ARN or id of what was acted on
    QString result = QStringLiteral("Success"); // or the error's code
    QJsonObject diff; // auditDiff() of the change, or other particulars; never a secret
    qint64 sequence = 0; // given by the log
    Instant at {}; // given by the log
};

constexpr auto fieldsOf(const Principal *)
{
    return fieldTable(field("Name", &Principal::name), field("Role", &Principal::role),
                      field("Source", &Principal::source));
}

constexpr auto fieldsOf(const AuditEntry *)
{
    return fieldTable(field("Sequence", &AuditEntry::sequence), field("Time", &AuditEntry::at),
                      field("Who", &AuditEntry::who), field("Action", &AuditEntry::action),
                      field("Target", &AuditEntry::target), field("Result", &AuditEntry::result),
                      field("Diff", &AuditEntry::diff));
}

struct AuditVerdict {
    bool intact = true;
    qint64 entries = 0; // read
    qint64 firstBad = 0; // sequence number of the first bad or missing row; 0 when intact
    QString problem; // what is wrong with it
};

// A place in the chain.
struct AuditAnchor {
    qint64 sequence = 0;
    QByteArray hash; // hex
};

}
