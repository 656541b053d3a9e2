#pragma once
// Entries of the audit log as the console shows them. Values; ui thread.

#include "backend/core/clock.h"
#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct AuditLogRow {
    qint64 sequence = 0;
    Instant at {};
    QString who;
    QString role;
    QString source; // where the call came from
    QString action; // "ssm:SendCommand"
    QString target;
    QString result; // "Success", or the error's code
    QString diff; // JSON, indented; empty: none
    bool operator==(const AuditLogRow &) const = default;
};

struct AuditTable {
    Q_DECLARE_TR_FUNCTIONS(fb::AuditTable)
public:
    enum Column { Time, Who, Action, Target, Result, Source, Sequence };

    static QString idOf(const AuditLogRow &row) { return QString::number(row.sequence); }
    static QList<TableColumn<AuditLogRow>> columns();
    static QString resultWord(const QString &result);
    static QList<QPair<QString, QString>> facts(const AuditLogRow &row); // label, value
};

}
