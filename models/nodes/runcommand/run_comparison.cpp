#include "models/nodes/runcommand/run_comparison.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kChanges = 6;

    TableCell stateCell(const QString &details)
    {
        if (details.isEmpty())
            return {.text = RunChangeTable::tr("not in this run")};
        return {.text = RunWords::word(details), .apiWord = details, .state = RunWords::kind(details)};
    }

    QString codeText(int code) { return code < 0 ? u"-"_s : QString::number(code); }
}

RunChange RunChangeTable::changeOf(const QString &first, const QString &second)
{
    if (first.isEmpty())
        return RunChange::OnlySecond;
    if (second.isEmpty())
        return RunChange::OnlyFirst;
    if (first == second)
        return RunChange::Same;
    const bool wasGood = RunWords::kind(first) == StateKind::Success;
    const bool isGood = RunWords::kind(second) == StateKind::Success;
    return wasGood == isGood ? RunChange::Other : isGood ? RunChange::Better : RunChange::Worse;
}

QString RunChangeTable::word(RunChange change)
{
    switch (change) {
    case RunChange::Worse:
        //: of a node: it had succeeded in the first run and did not in the second
        return tr("Worse");
    case RunChange::Better:
        //: of a node: it had not succeeded in the first run and did in the second
        return tr("Better");
    case RunChange::Other:
        //: of a node: it succeeded in neither run, but ended in another way
        return tr("Different");
    case RunChange::Same:
        //: of a node: both runs came to the same
        return tr("Same");
    case RunChange::OnlyFirst:
        return tr("First run only");
    case RunChange::OnlySecond:
        return tr("Second run only");
    }
    return {};
}

QList<TableColumn<RunChangeRow>> RunChangeTable::columns()
{
    using Row = RunChangeRow;
    return {{.key = u"node"_s,
             .title = [] { return tr("Node"); },
             .cell =
                 [](const Row &row, Instant) {
                     return TableCell {.text = row.nodeName.isEmpty() ? row.nodeId : row.nodeName};
                 }},
            {.key = u"first"_s,
             .title = [] { return tr("First run"); },
             .cell = [](const Row &row, Instant) { return stateCell(row.first); }},
            {.key = u"second"_s,
             .title = [] { return tr("Second run"); },
             .cell = [](const Row &row, Instant) { return stateCell(row.second); }},
            {.key = u"change"_s,
             //: column title: better, worse, the same
             .title = [] { return tr("Change"); },
             .cell =
                 [](const Row &row, Instant) {
                     const StateKind kind = row.change == RunChange::Worse ? StateKind::Failed
                         : row.change == RunChange::Better                 ? StateKind::Success
                                                                           : StateKind::None;
                     return TableCell {.text = word(row.change),
                                       .sortKey = static_cast<int>(row.change), // the worst first
                                       .state = kind};
                 }},
            {.key = {},
             .title = [] { return tr("Exit codes"); },
             .cell =
                 [](const Row &row, Instant) {
                     return TableCell {
                         .text = row.firstCode == row.secondCode
                             ? codeText(row.firstCode)
                             : u"%1 \u2192 %2"_s.arg(codeText(row.firstCode), codeText(row.secondCode)),
                         .sortKey = row.secondCode};
                 }},
            {.key = u"output"_s,
             .title = [] { return tr("Output"); },
             .cell =
                 [](const Row &row, Instant) {
                     //: of a node's output in two runs
                     return TableCell {.text = row.output == OutputChange::Differs ? tr("differs")
                                           : row.output == OutputChange::Same      ? tr("the same", "output")
                                                                                   : QString()};
                 }},
            {.key = u"id"_s,
             .title = [] { return tr("Node ID"); },
             .cell = [](const Row &row, Instant) { return TableCell {.text = row.nodeId}; }}};
}

RunComparison::RunComparison(RunSource &source, const RunRow &first, const RunRow &second, QObject *parent)
    : QObject(parent),
      m_first(source, first),
      m_second(source, second),
      m_rows(&RunChangeTable::idOf, RunChangeTable::columns()),
      m_counts(kChanges, 0)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds(250));
    connect(&m_soon, &QTimer::timeout, this, &RunComparison::compare);
    const auto later = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    for (RunViewModel *run : {&m_first, &m_second}) {
        connect(run, &RunViewModel::countsChanged, this, later);
        connect(run, &RunViewModel::groupsChanged, this, later);
        connect(&run->output(), &OutputModel::appended, this, later);
    }
}

void RunComparison::compare()
{
    QList<RunChangeRow> rows;
    m_counts.fill(0);
    m_outputs = 0;
    const auto take = [&](const InvocationRow *first, const InvocationRow *second) {
        const InvocationRow &known = second ? *second : *first;
        RunChangeRow row {.nodeId = known.nodeId, .nodeName = known.nodeName};
        if (first) {
            row.first = first->details;
            row.firstCode = first->responseCode;
        }
        if (second) {
            row.second = second->details;
            row.secondCode = second->responseCode;
        }
        row.change = RunChangeTable::changeOf(row.first, row.second);
        if (first && second) {
            const QString before = firstOutput(row.nodeId);
            const QString after = secondOutput(row.nodeId);
            row.output = before.isEmpty() && after.isEmpty() ? OutputChange::None
                : before == after                            ? OutputChange::Same
                                                             : OutputChange::Differs;
        }
        ++m_counts[static_cast<int>(row.change)];
        m_outputs += row.output == OutputChange::Differs ? 1 : 0;
        rows.append(row);
    };
    for (const InvocationRow &row : m_first.invocations().all())
        take(&row, m_second.invocations().invocation(row.nodeId));
    for (const InvocationRow &row : m_second.invocations().all()) {
        if (!m_first.invocations().invocation(row.nodeId))
            take(nullptr, &row);
    }
    m_rows.apply(rows);
    emit changed();
}

}
