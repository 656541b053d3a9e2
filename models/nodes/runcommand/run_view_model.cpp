#include "models/nodes/runcommand/run_view_model.h"

namespace fb {

RunViewModel::RunViewModel(RunSource &source, const RunRow &known, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_run(known)
{
    m_invocations.setNow(m_source.now());
    m_invocations.sort(static_cast<int>(InvocationTableModel::Column::Node));
    m_regroup.setSingleShot(true);
    m_regroup.setInterval(std::chrono::milliseconds(250));
    connect(&m_regroup, &QTimer::timeout, this, &RunViewModel::regroup);
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_invocations.setNow(m_source.now());
        emit ticked();
        if (isOver())
            m_second.stop();
    });
    connect(&m_source, &RunSource::runsArrived, this, [this](const QList<RunRow> &runs) {
        for (const RunRow &run : runs) {
            if (run.id == m_run.id && run != m_run) {
                m_run = run;
                emit runChanged();
                emit countsChanged();
            }
        }
    });
    connect(&m_source, &RunSource::invocationsArrived, this,
            [this](const QString &commandId, const QList<InvocationRow> &invocations) {
                if (commandId != m_run.id)
                    return;
                m_invocations.applyInvocations(invocations);
                emit countsChanged();
                if (!m_regroup.isActive())
                    m_regroup.start();
            });
    connect(&m_source, &RunSource::outputArrived, this,
            [this](const QString &commandId, const QList<RunChunk> &chunks) {
                if (commandId != m_run.id)
                    return;
                m_output.apply(chunks);
                if (!m_regroup.isActive())
                    m_regroup.start();
            });
    m_fetch.setSingleShot(true);
    m_fetch.setInterval(std::chrono::milliseconds(300)); // the store needs a moment to have them
    connect(&m_fetch, &QTimer::timeout, this, &RunViewModel::fetchMissing);
    connect(&m_output, &OutputModel::holeFound, this, [this](const QString &nodeId) {
        m_missing.insert(nodeId);
        if (!m_fetch.isActive())
            m_fetch.start();
    });
    connect(&m_source, &RunSource::pastArrived, this, [this](const QString &commandId, const RunPast &past) {
        if (commandId != m_run.id)
            return;
        m_past = past;
        emit pastChanged();
    });
    connect(&m_source, &RunSource::problemArose, this, &RunViewModel::problemArose);
    m_invocations.setOutputs([this](const QString &nodeId) { return m_output.text(nodeId); });
    m_source.watch(m_run.id);
    m_second.start();
}

RunViewModel::~RunViewModel() { m_source.unwatch(m_run.id); }

RunCounts RunViewModel::counts() const
{
    return m_invocations.totalRows() > 0 ? m_invocations.counts() : m_run.counts;
}

const OutputGroup *RunViewModel::group(const QString &key) const
{
    const auto found = std::find_if(m_groups.begin(), m_groups.end(),
                                    [&](const OutputGroup &group) { return group.key == key; });
    return found == m_groups.end() ? nullptr : &*found;
}

double RunViewModel::nodesPerSecond() const
{
    const Instant end = toMicros(m_run.finished) > 0 ? m_run.finished : m_source.now();
    const double seconds = static_cast<double>((end - m_run.requested).count()) / 1e6;
    return seconds <= 0 ? 0 : counts().done() / seconds;
}

RunRequest RunViewModel::again() const
{
    return {.documentName = m_run.documentName,
            .documentVersion = {},
            .parameters = m_run.parameters,
            .targets = m_run.targets,
            .comment = m_run.comment,
            .maxConcurrency = m_run.maxConcurrency,
            .maxErrors = m_run.maxErrors,
            .timeout = m_run.timeout};
}

QStringList RunViewModel::failedNodes() const
{
    QStringList ids;
    for (const InvocationRow &row : m_invocations.all()) {
        const StateKind kind = RunWords::kind(row.details);
        if (kind == StateKind::Failed || kind == StateKind::TimedOut)
            ids << row.nodeId;
    }
    return ids;
}

RunRequest RunViewModel::againOnFailed() const
{
    RunRequest request = again();
    request.targets = {};
    request.targets.nodeIds = failedNodes();
    return request;
}

RunRequest RunViewModel::copy() const
{
    RunRequest request = again();
    request.comment.clear();
    request.targets = {};
    return request;
}

void RunViewModel::fetchMissing()
{
    m_source.fetchOutput(m_run.id, QStringList(m_missing.begin(), m_missing.end()));
    m_missing.clear();
}

void RunViewModel::regroup()
{
    m_groups = groupOutputs(m_invocations.all(), [this](const QString &nodeId) {
        const QList<OutputPart> parts = m_output.parts(nodeId);
        return OutputOf {m_output.text(nodeId),
                         !parts.isEmpty()
                             && std::all_of(parts.begin(), parts.end(), [](const OutputPart &part) {
                                    return part.stream == RunStream::Err;
                                })};
    });
    emit groupsChanged();
}

}
