#include "models/nodes/sessions/tunnel_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString size(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat); }
}

QString TunnelWish::target() const
{
    const QString name = host.isEmpty() ? u"localhost"_s : host;
    return (name.contains(u':') ? u'[' + name + u']' : name) + u':' + QString::number(port);
}

QString TunnelRow::address() const { return localPort == 0 ? QString() : u"localhost:%1"_s.arg(localPort); }

QString TunnelTable::stateWord(TunnelRow::State state)
{
    switch (state) {
    case TunnelRow::State::Opening:
        //: of a tunnel: its session is being started
        return tr("Opening");
    case TunnelRow::State::Open:
        //: of a tunnel: it takes connections
        return tr("Open");
    case TunnelRow::State::Away:
        //: of a tunnel: the node's link is lost
        return tr("Node offline");
    case TunnelRow::State::Resting:
        //: of a tunnel: it listens, and the next connection opens it again
        return tr("Idle");
    case TunnelRow::State::NotOpen:
        break;
    }
    //: of a tunnel that is kept, and could not be opened yet
    return tr("Not open");
}

StateKind TunnelTable::stateKind(TunnelRow::State state)
{
    switch (state) {
    case TunnelRow::State::Opening:
        return StateKind::Running;
    case TunnelRow::State::Open:
        return StateKind::Success;
    case TunnelRow::State::Away:
        return StateKind::ConnectionLost;
    case TunnelRow::State::Resting:
        return StateKind::Waiting;
    case TunnelRow::State::NotOpen:
        break;
    }
    return StateKind::Failed;
}

QList<TableColumn<TunnelRow>> TunnelTable::columns()
{
    using Row = TunnelRow;
    return {
        {.key = u"name"_s,
         //: column title: of a tunnel
         .title = [] { return tr("Tunnel"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.shownName(), 80)}; }},
        {.key = u"state"_s,
         //: column title
         .title = [] { return tr("State"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {
                     .text = stateWord(row.state), .toolTip = row.cause, .state = stateKind(row.state)};
             }},
        {.key = u"local"_s,
         //: column title: the port of this machine that a tunnel listens on
         .title = [] { return tr("On this machine"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = row.address(), .sortKey = row.localPort}; }},
        {.key = u"node"_s,
         //: column title
         .title = [] { return tr("Node"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = row.nodeName, .apiWord = row.wish.nodeId}; }},
        {.key = u"target"_s,
         //: column title: host and port that a tunnel leads to, as the node sees them
         .title = [] { return tr("Destination"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.wish.target(), 80)}; }},
        {.key = {},
         //: column title: bytes a second through a tunnel
         .title = [] { return tr("Now"); },
         .cell =
             [](const Row &row, Instant) {
                 if (row.fromNodeRate == 0 && row.toNodeRate == 0)
                     return TableCell {.text = {}, .sortKey = qint64(0)};
                 return TableCell {
                     //: rates of a tunnel: %1 from the node, %2 to it
                     .text = tr("%1/s in, %2/s out").arg(size(row.fromNodeRate), size(row.toNodeRate)),
                     .sortKey = row.fromNodeRate + row.toNodeRate};
             }},
        {.key = {},
         //: column title: open connections of a tunnel
         .title = [] { return tr("Connections"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = QLocale().toString(row.connections.size()),
                                   .sortKey = qint64(row.connections.size())};
             }},
        {.key = u"bytes"_s,
         //: column title: all bytes that went through a tunnel
         .title = [] { return tr("Total"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = size(row.fromNode + row.toNode),
                                   .sortKey = row.fromNode + row.toNode};
             },
         .type = FilterType::Size},
        {.key = u"kept"_s,
         //: column title: whether a tunnel is opened again by itself
         .title = [] { return tr("Kept open"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.wish.keepOpen ? tr("yes") : tr("no"),
                                   .apiWord = row.wish.keepOpen ? u"yes"_s : u"no"_s};
             }},
        {.key = u"opened"_s,
         //: column title: when the tunnel was opened
         .title = [] { return tr("Opened"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.opened, now); },
         .ages = true,
         .type = FilterType::Time},
    };
}

QList<QPair<QString, QString>> TunnelTable::facts(const TunnelRow &row, Instant now)
{
    constexpr qsizetype kMostConnections = 8;
    QList<QPair<QString, QString>> facts;
    if (!row.cause.isEmpty())
        facts.append({tr("Why"), row.cause});
    facts.append({tr("Address"), row.localPort == 0 ? tr("not listening") : row.address()});
    facts.append({tr("Destination"),
                  row.wish.host.isEmpty()
                      ? tr("port %1 of the node itself").arg(row.wish.port)
                      : tr("%1, as seen from the node").arg(visibleText(row.wish.target(), 120))});
    facts.append(
        {tr("Node"),
         row.nodeName == row.wish.nodeId ? row.nodeName : u"%1, %2"_s.arg(row.nodeName, row.wish.nodeId)});
    facts.append({tr("Kept open"),
                  row.wish.keepOpen ? tr("yes: opened again after a time-out and when the console starts")
                                    : tr("no")});
    if (!row.sessionId.isEmpty())
        facts.append({tr("Session ID"), row.sessionId});
    facts.append({tr("From the node"), tr("%1, now %2/s").arg(size(row.fromNode), size(row.fromNodeRate))});
    facts.append({tr("To the node"), tr("%1, now %2/s").arg(size(row.toNode), size(row.toNodeRate))});
    facts.append(
        {tr("Connections"), tr("%1 open, %2 so far").arg(row.connections.size()).arg(row.connectionsSoFar)});
    for (const TunnelConnectionRow &each : row.connections.mid(0, kMostConnections)) {
        const QString age = RelativeTime::duration(now - each.opened);
        //: label of one connection: the port of the program that made it
        facts.append({tr("Port %1").arg(each.peer.section(u':', -1)),
                      each.isConnected
                          ? tr("%1 in, %2 out, for %3").arg(size(each.fromNode), size(each.toNode), age)
                          : tr("connecting for %1").arg(age)});
    }
    if (!row.lastRefusal.isEmpty())
        facts.append({tr("Last refusal"), row.lastRefusal});
    return facts;
}

}
