#include "models/nodes/tools/processes_view_model.h"

#include <QHash>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    constexpr int kMostDepth = 40; // that is shown; deeper ones stand there too
}

ProcessesViewModel::ProcessesViewModel(ProcessSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId),
      m_table([](const ProcessRow &row) { return row.id(); }, ProcessColumns::all()),
      m_reading(m_interval, [this] { ask(); })
{
}

ProcessesViewModel::~ProcessesViewModel() { m_source.close(m_nodeId); }

void ProcessesViewModel::setInterval(std::chrono::seconds interval)
{
    m_interval = std::clamp(interval, 1s, 60s);
    m_reading.setInterval(m_interval);
}

void ProcessesViewModel::ask()
{
    m_source.list(m_nodeId, this, [this](const ShownError &problem, const ProcessSnapshot &snapshot) {
        take(problem, snapshot);
        m_reading.answered();
    });
}

void ProcessesViewModel::take(const ShownError &problem, const ProcessSnapshot &snapshot)
{
    m_problem = problem;
    if (problem.isEmpty()) {
        m_state = State::Live;
        m_snapshot = snapshot;
        m_total = snapshot.total;
        m_asOf = m_source.now();
        show();
    } else {
        m_state = problem.code == QLatin1StringView(kNotConnected) ? State::Offline : State::Failed;
    }
    emit changed();
}

void ProcessesViewModel::setTree(bool tree)
{
    if (std::exchange(m_isTree, tree) == tree)
        return;
    m_table.showAnew();
    show();
    m_table.sortBy({{ProcessColumns::Name, Qt::AscendingOrder}});
    emit changed();
}

void ProcessesViewModel::setOfAllCores(bool all)
{
    if (std::exchange(m_isOfAllCores, all) == all)
        return;
    m_table.showAnew();
    show();
    emit changed();
}

void ProcessesViewModel::show()
{
    QList<ProcessRow> rows = m_snapshot.processes;
    for (ProcessRow &row : rows) {
        if (m_isOfAllCores && row.cpuPercent)
            *row.cpuPercent /= std::max(1, m_snapshot.cpuCount);
    }
    if (m_isTree)
        placeInTree(rows);
    m_table.setNow(m_source.now());
    m_table.showOnly(rows);
}

void ProcessesViewModel::placeInTree(QList<ProcessRow> &rows) const
{
    QHash<quint32, qsizetype> byPid;
    for (qsizetype i = 0; i < rows.size(); ++i)
        byPid.insert(rows[i].pid, i);
    for (ProcessRow &row : rows) {
        // The way up to the first of them. What the node tells may be wrong: it may go round.
        QList<quint32> way {row.pid};
        for (qsizetype at = byPid.value(row.parent, -1); at >= 0 && way.size() < kMostDepth;
             at = byPid.value(rows[at].parent, -1)) {
            if (way.contains(rows[at].pid))
                break;
            way.prepend(rows[at].pid);
        }
        row.depth = static_cast<int>(way.size()) - 1;
        QStringList places;
        for (const quint32 pid : std::as_const(way))
            places << u"%1"_s.arg(pid, 10, 10, QLatin1Char('0'));
        row.treePlace = places.join(u'/');
    }
}

void ProcessesViewModel::perform(const ProcessDeed &deed)
{
    m_source.perform(
        m_nodeId, deed, this, [this, deed](const ShownError &problem, const ProcessOutcome &outcome) {
            if (!problem.isEmpty())
                emit refused(deed, problem);
            else
                emit done(deed, outcome);
            readNow();
            if (problem.isEmpty() && deed.kind == ProcessDeed::Kind::Signal
                && deed.signal == ProcessSignals::kTerm) {
                const QString id = ProcessRow {.pid = deed.pid, .startTicks = deed.startTicks}.id();
                QTimer::singleShot(kPatience, this, [this, id] {
                    const ProcessRow *row = process(id);
                    if (m_state == State::Live && row && row->state != u'Z')
                        emit stillRuns(id);
                });
            }
        });
}

}
