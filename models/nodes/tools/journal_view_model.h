#pragma once
// The journal of one node, or of many on one clock (spec/fleet-manager.md 3.8): the newest entries, older ones on demand, and live what comes. Each
// node is asked only for what there is room for, so that one that writes much neither starves the others nor fills the memory; what is left out
// for that is counted. Nothing is shown that an entry not read yet could stand before. Ui thread.

#include "models/nodes/tools/journal_source.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <vector>

namespace fb {

class JournalViewModel : public QObject
{
    Q_OBJECT
public:
    enum class State { Waiting, Live, Offline, NoJournal, Failed };

    static constexpr int kMostNodes = 50;
    static constexpr int kMostRows = 100'000; // the oldest go first
    static constexpr int kPage = 200; // of one node
    static constexpr int kMostWaiting = 2000; // of one node, come and not shown yet
    static constexpr std::chrono::milliseconds kPace {500}; // of asking for what came

    struct Node {
        QString id;
        QString name;
        State state = State::Waiting;
        ShownError problem;
        JournalPlace place;
        NodeClock clock;
        bool hasOlder = false;
        bool isLate = false; // the last search took too long
        bool isReading = false; // older ones, or the first
        qint64 dropped = 0; // lines left out while following
        qint64 rows = 0; // told by it since the filter
    };

    JournalViewModel(JournalSource &source, QObject *parent = nullptr);
    ~JournalViewModel() override; // closes the channels

    void
    setNodes(const QList<QPair<QString, QString>> &idsAndNames); // the first kMostNodes; others begin anew
    int nodeCount() const { return static_cast<int>(m_nodes.size()); }
    const Node &node(int number) const { return m_nodes[static_cast<size_t>(number)].shown; }

    ValueTableModel<JournalRow> &table() { return m_table; }
    const JournalRow *row(const QString &id) const { return m_table.value(id); }
    JournalSource &source() { return m_source; }
    Instant now() const { return m_source.now(); }
    State state() const; // of all together: Live if one is
    bool isReading() const; // the first, or older ones
    bool hasOlder() const;
    bool isCut() const { return m_isCut; } // the oldest rows were let go
    qint64 dropped() const; // of all nodes
    Instant asOf() const { return m_asOf; } // 0: nothing is known yet

    void setLooking(bool looking); // the first look reads at once
    const JournalFilter &filter() const { return m_filter; }
    void setFilter(const JournalFilter &filter); // reads anew
    void readAgain();
    void readOlder();
    bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool following);
    // All fields of one; answered with entryArrived() or entryRefused().
    void readEntry(const QString &rowId);

signals:
    void changed(); // states, counts
    void placesChanged(); // what there is to choose from
    void entryArrived(const QString &rowId, const fb::JournalEntry &entry);
    void entryRefused(const QString &rowId, const fb::ShownError &problem);

private:
    struct Stream {
        Node shown;
        quint64 token = 0; // of what it is asked now; an answer to an earlier one is dropped
        bool knowsPlace = false;
        bool asksFollow = false;
        QString newest; // cursor of the newest entry told
        Instant since {}; // by its clock: where following begins when there is no entry
        QString oldest; // cursor
        Instant oldestAt {}; // by our clock
        std::deque<JournalRow> held; // older, newest first: others may have something in between
        std::deque<JournalRow> waiting; // come while following
        Instant retryAt {};
    };

    void begin(size_t number);
    void readNames(size_t number);
    void readPage(size_t number, const QString &before);
    void takePage(size_t number, const JournalBatch &page);
    void fail(size_t number, const ShownError &problem);
    void release(); // of what is held, all that nothing can stand before any more
    void step(); // of following
    void showWaiting();
    void takeClock(Stream &stream, const NodeClock &clock) const;
    JournalRow rowOf(size_t number, const JournalEntry &entry) const;
    JournalFilter filterFor(const Node &node) const; // by its own clock
    void dropOldest();
    bool follows() const { return m_isFollowing && m_isLooking && toMicros(m_filter.until) == 0; }

    JournalSource &m_source;
    ValueTableModel<JournalRow> m_table;
    std::vector<Stream> m_nodes;
    JournalFilter m_filter;
    QTimer m_pace;
    quint64 m_lastToken = 0;
    quint64 m_entryToken = 0;
    quint64 m_reading = 0; // counts up when all is read anew
    Instant m_asOf {};
    bool m_isFollowing = true;
    bool m_isLooking = false;
    bool m_isCut = false;
    size_t m_first = 0; // whose turn it is
};

}
