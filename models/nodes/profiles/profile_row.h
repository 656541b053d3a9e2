#pragma once
// Node profiles as the console shows and changes them (spec/fleet-manager.md 3.10). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct ProfileRow {
    QString name;
    QString description;
    QStringList deniedPlugins; // "aws:runDockerAction"
    QStringList deniedTools; // "FleetTool/files"
    int reportInterval = 300; // seconds
    int metricsInterval = 60; // seconds
    QString logLevel = QStringLiteral("info"); // debug, info, warning, error
    QString updateChannel = QStringLiteral("stable");
    QString proxy;
    int nodes = 0;
    bool isForNewNodes = false;
    bool isBuiltIn = false;
    Instant changed {}; // 0: never
    QString changedBy;
    bool operator==(const ProfileRow &) const = default;
};

struct ProfileTable {
    Q_DECLARE_TR_FUNCTIONS(fb::ProfileTable)
public:
    enum Column { Name, NewNodes, Nodes, Denies, Description, Changed };

    static QString idOf(const ProfileRow &row) { return row.name; }
    static QList<TableColumn<ProfileRow>> columns();
    static QString denies(const ProfileRow &row); // in one line; "nothing" where it denies none
    static QString levelWord(const QString &logLevel);
    static QList<QPair<QString, QString>> facts(const ProfileRow &row, Instant now); // label, value
};

}
