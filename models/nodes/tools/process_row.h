#pragma once
// A process of a node as its table shows it, and what may be done to one (spec/fleet-manager.md 3.5). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

struct ProcessRow {
    quint32 pid = 0;
    quint64 startTicks = 0;
    quint32 parent = 0;
    QString name; // neutral for the screen, as all text of the node
    QString commandLine;
    QString user;
    QChar state;
    std::optional<double> cpuPercent; // of one core, or of all: as asked for
    qint64 residentBytes = 0;
    double memoryShare = 0; // 0 to 1
    int threads = 0;
    std::optional<int> handles;
    Instant started {};
    std::optional<double> readRate; // bytes per s
    std::optional<double> writeRate;
    int nice = 0;
    bool isKernelThread = false;
    QString guarded; // nothing may be done to it: "first", "kernel", "agent"; empty: something may
    int depth = 0; // in the tree
    QString treePlace; // sorts below its parent; empty: no tree is shown
    bool operator==(const ProcessRow &) const = default;

    QString id() const; // names one process for good: pid and start
};

struct ProcessSnapshot {
    QList<ProcessRow> processes;
    int total = 0; // may be more than are told
    int cpuCount = 1;
    Instant taken {};
};

// Something done to a process, or one started.
struct ProcessDeed {
    enum class Kind { Signal, SignalTree, Priority, Start };
    Kind kind = Kind::Signal;
    quint32 pid = 0;
    quint64 startTicks = 0;
    int signal = 0;
    int nice = 0;
    QString program;
    QStringList arguments;
    QString folder; // empty: /
    QString user; // empty: the agent's own
    bool operator==(const ProcessDeed &) const = default;
};

struct ProcessOutcome {
    int sent = 0; // processes that got the signal
    QStringList failures; // in the node's words
    quint32 startedPid = 0;
};

class ProcessColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::ProcessColumns)
public:
    enum Column {
        Name,
        Pid,
        User,
        State,
        Cpu,
        Memory,
        MemoryShare,
        Threads,
        Handles,
        Started,
        Read,
        Write,
        Command,
        Parent,
        Nice
    };
    static QList<TableColumn<ProcessRow>> all();
    static QString stateWord(QChar state);
    static StateKind stateKind(QChar state);
    static QString guardWord(const QString &guarded); // why nothing may be done to it
};

// A signal that can be chosen: its number on Linux, its name.
struct ProcessSignal {
    int number;
    QString name; // "TERM"
    QString meaning; // translated
};

class ProcessSignals
{
    Q_DECLARE_TR_FUNCTIONS(fb::ProcessSignals)
public:
    static constexpr int kTerm = 15;
    static constexpr int kKill = 9;
    static QList<ProcessSignal> all();
};

}
