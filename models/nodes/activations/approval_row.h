#pragma once
// Who waits for an operator's word, as the console shows it (spec/fleet-manager.md B3.1, B3.3). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct ApprovalRow {
    QString id; // of the node
    QString name;
    bool isExpired = false; // its certificate; else it is new
    QString address; // where it asked from
    Instant asked {};
    QString platform;
    QString activationId; // it joined with
    bool operator==(const ApprovalRow &) const = default;
};

struct ApprovalTable {
    Q_DECLARE_TR_FUNCTIONS(fb::ApprovalTable)
public:
    enum Column { Name, Cause, Address, Asked, Platform, Id };

    static QString idOf(const ApprovalRow &row) { return row.id; }
    static QList<TableColumn<ApprovalRow>> columns();
    static QString causeWord(const ApprovalRow &row);
    static QList<QPair<QString, QString>> facts(const ApprovalRow &row, Instant now); // label, value
};

}
