#pragma once
// What the Run Command pages show: commands, their nodes, their output. Plain values, filled by RunFeed from the engine. Any thread.

#include "backend/core/clock.h"
#include "models/table/state_kind.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace fb {

using RunParameters = QMap<QString, QStringList>;

// Nodes of one command by state, in the fixed order of bars and legends (look.md 2).
struct RunCounts {
    int succeeded = 0;
    int failed = 0;
    int timedOut = 0;
    int running = 0;
    int waiting = 0;
    int cancelled = 0; // and undeliverable, wrong platform, denied: no result and none due

    int total() const { return succeeded + failed + timedOut + running + waiting + cancelled; }
    int done() const { return succeeded + failed + timedOut + cancelled; }
    void add(StateKind kind);
    bool operator==(const RunCounts &) const = default;
};

struct RunTargets {
    QStringList nodeIds; // either these
    QStringList tags; // or these, "key=value": values of one key OR, keys AND
    bool all = false; // or every node
    bool operator==(const RunTargets &) const = default;
};

struct RunRow {
    QString id;
    QString documentName;
    QString documentVersion;
    QString comment;
    QString status; // the API's Status
    QString details; // the API's StatusDetails
    RunTargets targets;
    RunParameters parameters;
    QString maxConcurrency; // "50", "10%"
    QString maxErrors;
    std::chrono::seconds timeout {3600};
    QString requestedBy;
    Instant requested {};
    Instant finished {}; // 0 while it runs
    RunCounts counts;

    bool operator==(const RunRow &) const = default;
};

struct InvocationRow {
    QString nodeId;
    QString nodeName;
    QString platform;
    QString details; // the API's StatusDetails
    int responseCode = -1; // -1 until a step ended
    Instant started {};
    Instant finished {};
    QString note; // why it never ran, or what came late

    bool operator==(const InvocationRow &) const = default;
};

enum class RunStream { Out, Err };

struct RunChunk {
    QString nodeId;
    RunStream stream = RunStream::Out;
    qint64 offset = 0; // of its first byte in the stream; what is known already is skipped
    QByteArray bytes;
    int step = 0; // of the document, from 0
    Instant removed {}; // when what would follow went, to make room; 0: it has not
};

// Something that happened to a run, or that somebody did with it.
struct RunHappening {
    Instant at {};
    QString status; // the API's StatusDetails, of an event
    QString who; // who did it; empty: nobody, it came about
    QString action; // the API's operation, of what somebody did
    QString result; // "Success", or why it was refused
    bool operator==(const RunHappening &) const = default;
};

struct RunPast { // newest first, both
    QList<RunHappening> events;
    QList<RunHappening> changes;
};

struct RunRequest {
    QString documentName;
    QString documentVersion; // empty: the default
    RunParameters parameters;
    RunTargets targets;
    QString comment;
    QString maxConcurrency {QStringLiteral("50")};
    QString maxErrors {QStringLiteral("0")};
    std::chrono::seconds timeout {600};

    bool operator==(const RunRequest &) const = default;
};

// StatusDetails in words and kinds (spec/run-command.md 2.3 and 3.7).
class RunWords
{
    Q_DECLARE_TR_FUNCTIONS(fb::RunWords)
public:
    static QString word(const QString &details);
    static StateKind kind(const QString &details);
    static bool isOver(const QString &details);
    static QString kindWord(StateKind kind); // legend word: "Succeeded", "Waiting"
    static QString targetsText(const RunTargets &targets);
};

}

Q_DECLARE_METATYPE(fb::RunRow)
