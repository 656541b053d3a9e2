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

template <std::same_as<Principal> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name), field("Role", &T::role), field("Source", &T::source));
}

template <std::same_as<AuditEntry> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Sequence", &T::sequence), field("Time", &T::at), field("Who", &T::who),
                      field("Action", &T::action), field("Target", &T::target), field("Result", &T::result),
                      field("Diff", &T::diff));
}

struct AuditVerdict {
    bool intact = true;
    qint64 entries = 0; // read
    qint64 firstBad = 0; // sequence number of the first bad or missing row; 0 when intact
    QString problem; // what is wrong with it
    bool anchored = true; // its ends were compared with the anchors, which takes the key
};

template <std::same_as<AuditVerdict> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Intact", &T::intact), field("Entries", &T::entries),
                      field("FirstBad", &T::firstBad), field("Problem", &T::problem).omitEmpty(),
                      field("Anchored", &T::anchored));
}

// A place in the chain.
struct AuditAnchor {
    qint64 sequence = 0;
    QByteArray hash; // hex
};

}
