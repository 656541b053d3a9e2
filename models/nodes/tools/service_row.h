#pragma once
// A unit of a node's systemd as its table shows it, its details, and what may be done to it (spec/fleet-manager.md 3.8). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

struct ServiceRow {
    QString unit; // neutral for the screen, as all text of the node
    QString description;
    QString loadState; // systemd's own words, here and below
    QString activeState;
    QString subState;
    QString fileState; // empty: no file is installed for it
    std::optional<quint32> mainPid;
    std::optional<qint64> memoryBytes;
    Instant since {}; // in this state; 0: since the start of the machine, or not known
    QString result; // of the last run
    int restarts = 0; // by systemd itself
    bool canStart = false;
    bool canStop = false;
    bool canReload = false;
    bool isStale = false; // its files were changed since systemd read them
    bool isOwn = false; // the agent runs in it
    Instant next {}; // a timer: when it elapses next; 0: not known
    QString triggers; // what it starts
    bool operator==(const ServiceRow &) const = default;

    bool isFailed() const { return activeState == u"failed"; }
    bool isStopped() const { return activeState == u"inactive" || isFailed(); }
    bool isRunning() const { return !isStopped() && subState != u"exited"; }
    bool isMasked() const;
};

struct ServiceSnapshot {
    QList<ServiceRow> units;
    int total = 0; // may be more than are told
};

struct ServiceDetail {
    ServiceRow row;
    QString text; // as it is in its files
    bool isTextCut = false;
    QString textProblem; // why there is none
    QStringList log; // the last lines, oldest first
    bool hasJournal = false;
    QString logProblem;
};

// Something done to a unit.
struct ServiceDeed {
    enum class Kind {
        Start = 1,
        Stop,
        Restart,
        Reload,
        Enable,
        Disable,
        Mask,
        Unmask,
        ResetFailed
    }; // as on the wire
    Kind kind = Kind::Start;
    QString unit;
    bool operator==(const ServiceDeed &) const = default;
};

struct ServiceOutcome {
    QString after; // in systemd's words
    bool goesOn = false; // it was told, and is still at it
};

class ServiceDeeds
{
    Q_DECLARE_TR_FUNCTIONS(fb::ServiceDeeds)
public:
    static QString whyNot(const ServiceRow &row, ServiceDeed::Kind kind); // empty: it can be done
    // What the machine loses without a unit that it needs; empty: it is none of those.
    static QString need(const QString &unit);
};

class ServiceColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::ServiceColumns)
public:
    enum Column { Unit, State, Enabled, Description, Pid, Memory, Since, Next, Restarts };
    static QList<TableColumn<ServiceRow>> all();
    static QString stateWord(const ServiceRow &row);
    static StateKind stateKind(const ServiceRow &row);
    static QString fileWord(const ServiceRow &row); // whether it starts with the machine
    static QString memoryText(const ServiceRow &row);
};

}
