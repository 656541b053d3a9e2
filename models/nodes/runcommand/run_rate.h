#pragma once
// What a rate means for so many nodes (spec/run-command.md 3.3 and 3.5): how many at once, at which error it stops, whether the last nodes
// can still start in time. Values; any thread.

#include <QCoreApplication>
#include <QString>

#include <chrono>
#include <optional>

namespace fb {

class RunRate
{
    Q_DECLARE_TR_FUNCTIONS(fb::RunRate)
public:
    static std::optional<int> atOnce(const QString &maxConcurrency, int nodes); // nothing: not a rate
    static std::optional<int> errorsAllowed(const QString &maxErrors, int nodes);
    // "10 at a time, stops at error 3."; empty where there is nothing to say.
    static QString inWords(const QString &maxConcurrency, const QString &maxErrors, int nodes);
    // Why the last nodes may never start; empty: they can. `execution`: how long one node may take.
    static QString lateWarning(const QString &maxConcurrency, int nodes, std::chrono::seconds timeout,
                               std::chrono::seconds execution);
};

}
