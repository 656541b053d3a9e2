#pragma once
// Writes what a query of journals gives into a file, newest first, all nodes on one clock: JSON lines or text, a page of each node at a time, at
// most kMostEntries; whole or not at all. Ui thread.

#include "models/nodes/tools/journal_source.h"

#include <QObject>
#include <QSaveFile>

#include <deque>
#include <vector>

namespace fb {

class JournalExport : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMostEntries = 100'000;
    enum class Form { JsonLines, Text };

    struct From {
        QString nodeId;
        QString name;
        NodeClock clock;
    };
    JournalExport(JournalSource &source, const QList<From> &nodes, const JournalFilter &filter,
                  const QString &file, Form form, QObject *parent = nullptr);

    void start();
    void cancel(); // nothing is left behind
    int written() const { return m_written; }
    bool isCut() const { return m_isCut; } // there are more than it takes, or a search took too long
    QString file() const { return m_out.fileName(); }
    const QString &problem() const { return m_problem; } // empty: it went well, or was cancelled

signals:
    void progressed();
    void finished(bool whole);

private:
    struct Stream {
        From from;
        std::deque<JournalEntry> entries;
        QString oldest;
        bool hasMore = true;
        bool isAsking = false;
    };

    void ask(size_t number);
    void writeSome();
    bool write(const Stream &stream, const JournalEntry &entry);
    void fail(const QString &why);

    JournalSource &m_source;
    std::vector<Stream> m_nodes;
    JournalFilter m_filter;
    QSaveFile m_out;
    Form m_form;
    int m_written = 0;
    bool m_isCut = false;
    bool m_isOver = false;
    QString m_problem;
};

}
