#pragma once
// Settings of the whole fleet as the console shows and changes them (spec/fleet-manager.md 2.3). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct FleetSettingRow {
    QString id; // AWS's: "/ssm/documents/console/public-sharing-permission"
    QString value;
    QString byDefault;
    QStringList allowed; // empty: any text that the engine takes
    int least = 0; // of a number; both 0: it is none
    int most = 0;
    bool isCustomized = false;
    Instant changed {}; // 0: never
    QString changedBy;
    std::optional<qint64> used; // bytes that its limit is about, now; of the disk: those free
    bool operator==(const FleetSettingRow &) const = default;
};

struct FleetSettingTable {
    Q_DECLARE_TR_FUNCTIONS(fb::FleetSettingTable)
public:
    enum Column { Title, Value, State, Area, ChangedBy, Changed, Id };

    static QString idOf(const FleetSettingRow &row) { return row.id; }
    static QList<TableColumn<FleetSettingRow>> columns();
    static QString stateWord(const FleetSettingRow &row);
    static StateKind stateKind(const FleetSettingRow &row);
    static QList<QPair<QString, QString>> facts(const FleetSettingRow &row, Instant now); // label, value
};

}
