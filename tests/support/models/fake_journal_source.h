#pragma once
// Journals of nodes, of the test's choice, with the filter of the real ones in short: priority, unit, program, a word of the message.

#include "models/nodes/tools/journal_source.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace fb::test {

class FakeJournalSource : public QObject, public JournalSource
{
public:
    void place(const QString &nodeId, bool names, QObject *asker, Answer<JournalPlace> answered) override;
    void query(const QString &nodeId, const JournalQuery &query, QObject *asker,
               Answer<JournalBatch> answered) override;
    void follow(const QString &nodeId, const JournalFollow &follow, QObject *asker,
                Answer<JournalBatch> answered) override;
    void entry(const QString &nodeId, const QString &cursor, QObject *asker,
               Answer<JournalEntry> answered) override;
    void close(const QString &nodeId) override { closed << nodeId; }
    Instant now() const override { return m_now; }

    struct Journal {
        QList<JournalEntry> entries; // oldest first
        std::optional<ShownError> problem; // of everything
        std::optional<QString> noJournal; // why
        NodeClock clock {true, Microseconds(0), Microseconds(1000)};
        bool answers = true; // false: a node that says nothing
        int queries = 0;
        int follows = 0;
        QList<JournalFollow> followed;
    };
    Journal &at(const QString &nodeId); // begins with the sample
    void add(const QString &nodeId, Instant stamp, const QString &message, int priority = 6,
             const QString &unit = QStringLiteral("app.service"));
    static QList<JournalEntry> sample(Instant now);

    QHash<QString, Journal> journals;
    bool isEmpty = false; // new journals begin with nothing
    std::optional<ShownError> entryProblem;
    QList<LogFileRow> files;
    QStringList closed;
    Instant m_now = fromMicros(1790000000000000);

private:
    template <typename T, typename Make>
    void answer(const QString &nodeId, QObject *asker, Answer<T> answered, Make make);
    int m_last = 0;
};

}
