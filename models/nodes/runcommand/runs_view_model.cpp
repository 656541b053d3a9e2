#include "models/nodes/runcommand/runs_view_model.h"

namespace fb {

RunsViewModel::RunsViewModel(RunSource &source, QObject *parent) : QObject(parent), m_source(source)
{
    m_runs.setNow(m_source.now());
    m_runs.sort(static_cast<int>(RunTableModel::Column::Requested));
    connect(&m_source, &RunSource::runsArrived, this, [this](const QList<RunRow> &runs) {
        m_runs.applyRuns(runs);
        emit runsArrived();
    });
    connect(&m_source, &RunSource::firstListComplete, this, [this] {
        m_loaded = true;
        emit loadedChanged();
    });
    connect(&m_source, &RunSource::runMissing, this, &RunsViewModel::missing);
    connect(&m_source, &RunSource::olderRead, &m_older, &OlderRows::answered);
    connect(&m_source, &RunSource::olderFailed, &m_older, &OlderRows::failed);
    connect(&m_source, &RunSource::documentsArrived, this, [this](const QList<DocumentForm> &documents) {
        if (documents == m_documents)
            return;
        m_documents = documents;
        emit documentsChanged();
    });
    connect(&m_source, &RunSource::sent, this, &RunsViewModel::sent);
    connect(&m_source, &RunSource::warned, this, &RunsViewModel::warned);
    connect(&m_source, &RunSource::refused, this, &RunsViewModel::refused);
    connect(&m_source, &RunSource::problemArose, this, &RunsViewModel::problemArose);
    m_ages.setInterval(std::chrono::seconds(1));
    connect(&m_ages, &QTimer::timeout, this, [this] { m_runs.setNow(m_source.now()); });
}

void RunsViewModel::start()
{
    m_ages.start();
    m_source.start();
    m_source.loadDocuments();
}

QString RunsViewModel::send(const RunRequest &request)
{
    const QString id = QString::number(++m_requests);
    m_source.send(id, request);
    return id;
}

}
