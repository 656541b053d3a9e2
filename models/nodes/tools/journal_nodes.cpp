#include "models/nodes/tools/journal_nodes.h"

#include "models/table/visible_text.h"

#include <QLocale>

#include <cstdlib>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using State = JournalViewModel::State;

    TableCell stateCell(const JournalNodeRow &row)
    {
        switch (row.state) {
        case State::Waiting:
            return {.text = JournalNodeColumns::tr("Loading"),
                    .apiWord = u"loading"_s,
                    .state = StateKind::Waiting};
        case State::Live:
            if (row.dropped > 0)
                return {.text = JournalNodeColumns::tr("%1 dropped").arg(QLocale().toString(row.dropped)),
                        .apiWord = u"dropped"_s,
                        .toolTip = JournalNodeColumns::tr(
                            "Live. It writes more than can be shown: only the newest lines are listed."),
                        .state = StateKind::Warning};
            return {.text = row.isReading ? JournalNodeColumns::tr("Loading older")
                                          : JournalNodeColumns::tr("Live"),
                    .apiWord = u"live"_s,
                    .state = row.isReading ? StateKind::Waiting : StateKind::Success};
        case State::Offline:
            return {.text = JournalNodeColumns::tr("Not connected"),
                    .apiWord = u"offline"_s,
                    .toolTip = row.problem,
                    .state = StateKind::ConnectionLost};
        case State::NoJournal:
            return {.text = JournalNodeColumns::tr("No journal"),
                    .apiWord = u"no-journal"_s,
                    .toolTip = row.problem,
                    .state = StateKind::Cancelled};
        case State::Failed:
            break;
        }
        return {.text = JournalNodeColumns::tr("Failed"),
                .apiWord = u"failed"_s,
                .toolTip = row.problem,
                .state = StateKind::Failed};
    }

    TableCell countCell(qint64 count)
    {
        return {.text = count > 0 ? QLocale().toString(count) : u"–"_s, .sortKey = count};
    }
}

QString JournalNodeColumns::clockText(const NodeClock &clock)
{
    if (!clock.isKnown || std::abs(clock.ahead.count()) <= clock.error.count())
        return {};
    const QString seconds = QLocale().toString(std::abs(double(clock.ahead.count())) / 1e6, 'f', 1);
    return clock.ahead.count() > 0 ? tr("%1 s ahead").arg(seconds) : tr("%1 s behind").arg(seconds);
}

QList<TableColumn<JournalNodeRow>> JournalNodeColumns::all()
{
    using Row = JournalNodeRow;
    return {
        {.key = u"node"_s,
         //: column title
         .title = [] { return tr("Node"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.name, .dot = row.number}; }},
        {.key = u"state"_s,
         //: column title: of a node whose journal is read
         .title = [] { return tr("State"); },
         .cell = [](const Row &row, Instant) { return stateCell(row); }},
        {.key = u"lines"_s,
         //: column title: how many lines a node told
         .title = [] { return tr("Lines"); },
         .cell = [](const Row &row, Instant) { return countCell(row.rows); },
         .type = FilterType::Number},
        {.key = u"dropped"_s,
         //: column title: how many lines were left out because they came too fast
         .title = [] { return tr("Dropped"); },
         .cell = [](const Row &row, Instant) { return countCell(row.dropped); },
         .type = FilterType::Number},
        {.key = u"clock"_s,
         //: column title: how far a node's clock is off
         .title = [] { return tr("Clock"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = clockText(row.clock), .sortKey = qint64(row.clock.ahead.count())};
             }},
    };
}

QList<JournalNodeRow> JournalNodeColumns::rowsOf(const JournalViewModel &model)
{
    QList<JournalNodeRow> rows;
    for (int i = 0; i < model.nodeCount(); ++i) {
        const JournalViewModel::Node &node = model.node(i);
        rows.append(
            {.id = node.id,
             .name = node.name,
             .number = i,
             .state = node.state,
             .isReading = node.isReading,
             .problem = node.state == State::NoJournal ? visibleText(node.place.why) : node.problem.words(),
             .rows = node.rows,
             .dropped = node.dropped,
             .clock = node.clock});
    }
    return rows;
}

}
