#pragma once
// Entries of the audit log as the console shows them. Values; ui thread.

#include "backend/core/clock.h"
#include "models/table/state_kind.h"
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
    enum ResultKind { Done, Denied, Refused, ResultKinds };
    static ResultKind kindOf(const QString &result);
    static QString kindWord(ResultKind kind);
    static StateKind lookOf(ResultKind kind);
    static QString resultWord(const QString &result);
    struct Change { // of one field
        QString field;
        QString before;
        QString after;
        bool operator==(const Change &) const = default;
    };
    static QList<Change>
    changes(const AuditLogRow &row); // what the entry says was changed; empty: it says none
    static QString
    addressOf(const AuditLogRow &row); // of the page of what was acted on; empty: there is none
    static QList<QPair<QString, QString>> facts(const AuditLogRow &row); // label, value
};

}
