#pragma once
// Sessions as the console lists them (spec/session-manager.md 2, 5). Values; ui thread.

#include "backend/core/clock.h"
#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct SessionRow {
    QString id;
    QString nodeId;
    QString nodeName;
    QString owner; // name of the operator
    QString document;
    QString status; // AWS's: "Connected"
    QString reason;
    QString details; // cause of the end
    QString runAs;
    QString type; // AWS's: "Standard_Stream", "Port"
    Instant started {};
    Instant ended {}; // zero: not ended
    qint64 bytesIn = 0; // typed
    qint64 bytesOut = 0; // shown
    bool recorded = false;
    Instant recordingRemoved {}; // to free space; 0: it was not
    QString recordingHash; // head of its hash chain, once it has ended
    QString raw; // JSON
    bool operator==(const SessionRow &) const = default;
    bool isPort() const { return type == u"Port"; }
    bool isEnded() const { return toMicros(ended) > 0; }
};

struct SessionTable {
    Q_DECLARE_TR_FUNCTIONS(fb::SessionTable)
public:
    enum Column { Node, Status, Owner, Started, Duration, Document, Reason, Bytes, Cause, Id, Recording };

    static QString idOf(const SessionRow &row) { return row.id; }
    static QString whyNoRecording(const SessionRow &row); // empty: there is one
    static QList<TableColumn<SessionRow>> columns();
    static QList<QPair<QString, QString>> facts(const SessionRow &row, Instant now); // label, value
    static QString statusWord(const QString &status);
    static StateKind statusKind(const QString &status);
    static QString
    causeWord(const QString &details); // why it ended; what the engine says of its own accord stays as it is
};

}
