#pragma once
// Activations as the console shows them (spec/fleet-manager.md B2); never their codes. Values; ui thread.

#include "models/nodes/fleet/fleet_change.h"
#include "models/table/value_table_model.h"

namespace fb {

struct ActivationRow {
    QString id;
    QString defaultName; // of the nodes that join; empty: their host names
    QString description;
    QString profile; // IamRole
    int limit = 1;
    int used = 0;
    Instant expires {};
    Instant created {};
    QString createdBy;
    QStringList tags; // "key=value", given to each node
    bool requiresApproval = false;
    QStringList networks; // that nodes may come from; none: any
    QString boundNode; // a token for this node alone
    QString raw; // JSON, indented
    bool operator==(const ActivationRow &) const = default;
};

struct ActivationTable {
    Q_DECLARE_TR_FUNCTIONS(fb::ActivationTable)
public:
    enum Column { Name, State, Used, Expires, Tags, CreatedBy, Created, Id };

    static QString idOf(const ActivationRow &row) { return row.id; }
    static QList<TableColumn<ActivationRow>> columns();
    static QString apiState(const ActivationRow &row, Instant now); // Active, Full, Expired
    static QString stateWord(const ActivationRow &row, Instant now);
    static StateKind stateKind(const ActivationRow &row, Instant now);
    static QString expiresText(const ActivationRow &row, Instant now); // "in 6 days", "3 h ago"
    static QList<QPair<QString, QString>> facts(const ActivationRow &row, Instant now); // label, value
};

}
