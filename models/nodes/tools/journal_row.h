#pragma once
// Entries of a node's journal as a table shows them, what is asked of a journal, and the log files of a node without one
// (spec/fleet-manager.md 3.8). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

struct JournalField {
    QString name;
    QByteArray value; // at most 64 KiB
    qint64 size = 0; // of the whole
    bool operator==(const JournalField &) const = default;
};

struct JournalEntry { // as the node tells it; text is neutral for the screen
    QString cursor;
    Instant stamp {}; // of the node's clock
    int priority = -1; // 0 to 7; -1: it says none
    QString identifier;
    QString unit;
    QString pid;
    QString message; // its beginning
    qint64 messageSize = 0; // bytes of the whole
    QString boot;
    QList<JournalField> fields; // when they were asked for
    int fieldsLeftOut = 0;
    bool operator==(const JournalEntry &) const = default;

    quint64 sequence() const; // among the entries of one journal, by its cursor
    QByteArray json() const; // of its fields, as `journalctl --output=json` writes it; one line
    QByteArray line() const; // of its fields, as `journalctl --output=short-iso` writes it; one line
};

struct JournalRow {
    QString nodeId;
    QString nodeName;
    int nodeNumber = 0; // among those that are shown
    JournalEntry entry;
    Instant at {}; // by our clock
    QString timeText; // made once: many rows are sorted by it again and again
    bool operator==(const JournalRow &) const = default;

    QString id() const;
};

class JournalColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::JournalColumns)
public:
    enum Column { Time, Priority, Node, Source, Pid, Message, Unit };
    static QList<TableColumn<JournalRow>> all();
    static QString priorityWord(int priority); // "Error"; of -1 nothing
    static QString priorityKey(int priority); // "err"
    static StateKind priorityKind(int priority);
    static QString sizeText(qint64 bytes);
};

struct JournalFilter {
    QStringList units;
    QStringList identifiers;
    int priority = -1; // this and what is more severe; -1: all
    QString boot; // empty: all
    Instant since {}; // 0: no bound
    Instant until {};
    QString text; // a pattern
    std::optional<bool> matchCase; // nothing: if the pattern has a capital letter
    bool operator==(const JournalFilter &) const = default;
};

// How far a node's clock is ahead of ours, and how wrong this may be: half of the time that the question took on its way.
struct NodeClock {
    bool isKnown = false;
    Microseconds ahead {0};
    Microseconds error {0};

    // Of a request sent and answered by our clock, taken up and answered by the node's.
    static NodeClock of(Instant sent, Instant began, Instant ended, Instant received);
    Instant corrected(Instant stamp) const; // by our clock; as it is where the difference may be none
    JournalFilter asTheirs(JournalFilter filter) const; // its times by the node's clock
};

struct JournalBoot {
    QString id;
    Instant first {};
    Instant last {};
    bool operator==(const JournalBoot &) const = default;
};

struct LogFileRow {
    QByteArray path;
    qint64 size = 0;
    Instant modified {};
    bool operator==(const LogFileRow &) const = default;

    QString id() const { return QString::fromLatin1(path.toPercentEncoding()); }
};

class LogFileColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::LogFileColumns)
public:
    enum Column { Path, Size, Modified };
    static QList<TableColumn<LogFileRow>> all();
};

struct JournalPlace {
    bool hasJournal = false;
    QString why; // there is none
    QList<JournalBoot> boots; // newest first
    QStringList units;
    QStringList identifiers;
    QList<LogFileRow> files; // without a journal
    bool isCut = false; // there are other files
    NodeClock clock;
};

struct JournalBatch {
    QList<JournalEntry> entries;
    bool hasMore = false;
    bool isLate = false; // the search was ended: there may be others
    qint64 dropped = 0; // before these, while following
    Instant began {}; // by the node's clock
    NodeClock clock;
};

struct JournalQuery {
    JournalFilter filter;
    QString before; // a cursor; empty: the newest
    int most = 200; // 1 to 1000
    bool isWhole = false; // all fields
};

struct JournalFollow {
    JournalFilter filter;
    QString after; // a cursor; empty: since
    Instant since {};
    int most = 500; // 1 to 1000
};

}
