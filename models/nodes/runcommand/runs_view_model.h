#pragma once
// The state of the list of runs and of the composer: runs, documents, sending. Ui thread.

#include "models/nodes/runcommand/run_source.h"
#include "models/nodes/runcommand/run_table_model.h"
#include "models/table/older_rows.h"

#include <QTimer>

namespace fb {

class RunsViewModel : public QObject
{
    Q_OBJECT
public:
    explicit RunsViewModel(RunSource &source, QObject *parent = nullptr);

    void start();
    RunSource &source() { return m_source; }
    RunTableModel &runs() { return m_runs; }
    bool isLoaded() const { return m_loaded; }
    OlderRows &older() { return m_older; }
    void read(const QString &commandId) { m_source.read(commandId); } // into runs(), or missing()
    const QList<DocumentForm> &documents() const { return m_documents; }
    void loadDocuments() { m_source.loadDocuments(); }

    // Answers with sent or refused, bearing the returned id.
    QString send(const RunRequest &request);

signals:
    void loadedChanged();
    void runsArrived(); // new or changed, whether the filter shows them or not
    void missing(const QString &commandId, const fb::ShownError &problem);
    void documentsChanged();
    void sent(const QString &requestId, const QString &commandId);
    void warned(const QString &commandId); // sent, although there is no room for more output
    void refused(const QString &requestId, const fb::ShownError &problem);
    void problemArose(const fb::ShownError &problem);

private:
    RunSource &m_source;
    RunTableModel m_runs;
    QList<DocumentForm> m_documents;
    QTimer m_ages;
    bool m_loaded = false;
    OlderRows m_older {[this] { m_source.readOlder(); }};
    int m_requests = 0;
};

}
