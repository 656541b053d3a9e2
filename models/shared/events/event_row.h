#pragma once
// Events of the bus as the console shows them (spec/events-and-metrics.md 2.1, 5). Values; ui thread.

#include "backend/core/clock.h"
#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct EventRow {
    qint64 sequence = 0; // the bus order
    Instant time {};
    QString type; // "EC2 Command Status-change Notification"
    QString source; // "aws.ssm"
    QStringList resources; // ARNs
    QString status; // of its detail, the API's; empty: it has none
    QString json; // the whole event, indented
    bool operator==(const EventRow &) const = default;
};

struct EventTable {
    Q_DECLARE_TR_FUNCTIONS(fb::EventTable)
public:
    enum Column { Time, Type, Status, Resource, Source, Sequence };

    static QString idOf(const EventRow &row) { return QString::number(row.sequence); }
    static qint64 orderOf(const EventRow &row) { return row.sequence; }
    static QList<TableColumn<EventRow>> columns();
    static QList<QPair<QString, QString>> facts(const EventRow &row); // label, value
    static StateKind kindOf(const QString &status);
    static QString wordOf(const QString &status); // in the operator's language; what is not known as it is
    static QString resourceOf(const EventRow &row); // "command/3f2c..." of its first resource
    static QString addressOf(const EventRow &row); // of the page that shows its resource; empty: none
};

}
