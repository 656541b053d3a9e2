#pragma once
// Possible clones and changed hardware, as the console shows them (spec/fleet-manager.md B3.4, B5). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct HardwareValue {
    QString label; // in the operator's language
    QString accepted;
    QString other;
    bool operator==(const HardwareValue &) const = default;
};

struct HardwareRow {
    enum class Cause { OtherMachine, Duplicate, Changed };

    QString id; // of the node
    QString name;
    Cause cause = Cause::OtherMachine;
    QString address; // where the other one dialled from
    Instant seen {};
    QStringList accepted; // the nine values, in the order of HardwareTable::labels(); empty: none is known
    QStringList other;
    QString raw; // JSON of both
    bool operator==(const HardwareRow &) const = default;
    bool isClone() const { return cause != Cause::Changed; }
};

struct HardwareTable {
    Q_DECLARE_TR_FUNCTIONS(fb::HardwareTable)
public:
    enum Column { Name, Cause, Address, Seen, Differing, Id };

    static QString idOf(const HardwareRow &row) { return row.id; }
    static QList<TableColumn<HardwareRow>> columns();
    static QStringList labels(); // of the nine values
    static QString causeWord(const HardwareRow &row);
    static StateKind causeKind(const HardwareRow &row);
    static QList<HardwareValue> values(const HardwareRow &row);
    static QList<QPair<QString, QString>> facts(const HardwareRow &row, Instant now); // label, value
};

}
