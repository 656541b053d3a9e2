#pragma once
// Tunnels as the console lists them (spec/session-manager.md 5): a port of this machine that leads to one a node reaches. Values; ui thread.

#include "backend/core/clock.h"
#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

// What is to be opened, and can be opened again at the next start.
struct TunnelWish {
    QString nodeId;
    QString host; // resolved on the node; empty: the node itself
    int port = 0;
    int localPort = 0; // 0: any free one
    QString name;
    bool keepOpen = false;
    bool operator==(const TunnelWish &) const = default;

    QString target() const; // "localhost:8080", "db.lan:5432"
};

struct TunnelConnectionRow {
    QString peer; // "127.0.0.1:51312"
    Instant opened {};
    bool isConnected = false;
    qint64 toNode = 0;
    qint64 fromNode = 0;
    bool operator==(const TunnelConnectionRow &) const = default;
};

struct TunnelRow {
    enum class State { Opening, Open, Away, Resting, NotOpen };

    QString id;
    TunnelWish wish;
    QString nodeName;
    State state = State::Opening;
    QString cause; // why it is away, rests or is not open
    QString lastRefusal; // of a connection that did not come about
    int localPort = 0; // 0: it does not listen
    QString sessionId;
    Instant opened {};
    qint64 toNode = 0;
    qint64 fromNode = 0;
    qint64 toNodeRate = 0; // bytes a second, now
    qint64 fromNodeRate = 0;
    qint64 connectionsSoFar = 0;
    QList<TunnelConnectionRow> connections;
    bool operator==(const TunnelRow &) const = default;

    QString address() const; // "localhost:15432"; empty: it does not listen
    QString shownName() const { return wish.name.isEmpty() ? wish.target() : wish.name; }
};

struct TunnelTable {
    Q_DECLARE_TR_FUNCTIONS(fb::TunnelTable)
public:
    enum Column { Name, State, Local, Node, Target, Rate, Connections, Total, KeptOpen, Opened };

    static QString idOf(const TunnelRow &row) { return row.id; }
    static QList<TableColumn<TunnelRow>> columns();
    static QList<QPair<QString, QString>> facts(const TunnelRow &row, Instant now); // label, value
    static QString stateWord(TunnelRow::State state);
    static StateKind stateKind(TunnelRow::State state);
};

}
