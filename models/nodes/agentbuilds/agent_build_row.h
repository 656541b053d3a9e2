#pragma once
// Published builds of the agent as the console shows them (spec/documents.md 3.12), with what the fleet makes of them. Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct AgentBuildRow {
    QString version;
    QString platform; // Linux
    QString architecture; // x86_64
    QString sha256; // hex
    qint64 size = 0; // bytes
    bool isSigned = false; // by the release key that is set now
    Instant added {};
    QString addedBy;
    int nodes = 0; // that run it
    int behind = 0; // that can take it and run a lower version
    QString newer; // the highest version for the same platform and architecture; empty: this is it
    bool operator==(const AgentBuildRow &) const = default;

    QString machine() const { return platform + u' ' + architecture; } // as in NodeRow
};

// The key that signs them.
struct ReleaseKeyRow {
    QString hex; // empty: none is set
    Instant setAt {};
    QString setBy;
    bool operator==(const ReleaseKeyRow &) const = default;
};

struct AgentBuildTable {
    Q_DECLARE_TR_FUNCTIONS(fb::AgentBuildTable)
public:
    enum Column { Version, Platform, Architecture, Size, Signed, Nodes, Behind, Added, AddedBy, Sha256 };

    static QString idOf(const AgentBuildRow &row);
    static QString
    versionOrder(const QString &version); // sorts as agents compare: 1.0-rc1 < 1.0 < 1.9 < 1.10
    static QList<TableColumn<AgentBuildRow>> columns();
    static QString title(const AgentBuildRow &row); // "1.4.0, Linux x86_64"
    static QString signedWord(const AgentBuildRow &row);
    static StateKind signedKind(const AgentBuildRow &row);
    static QList<QPair<QString, QString>> facts(const AgentBuildRow &row, Instant now); // label, value
};

}
