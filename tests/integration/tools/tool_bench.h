#pragma once
// An engine and an agent for the tests of tools, and questions answered while one waits.

#include "backend/security/audit_service.h"
#include "backend/store/database.h"
#include "models/table/shown_error.h"
#include "tests/support/live_fleet.h"

#include <QTest>

#include <functional>
#include <optional>

namespace fb::test {

class ToolBench
{
public:
    bool start() { return fleet.startEngine() && fleet.startAgent(); }
    QString node() const { return fleet.nodeId(); }
    QList<AuditEntry> audited(const QString &action); // newest first; waits until there is one

    LiveFleet fleet;
};

// One that answers once: what it got, after waiting.
template <typename T>
struct Answered {
    bool came = false;
    ShownError problem;
    T value {};

    std::function<void(const ShownError &, const T &)> taker()
    {
        came = false;
        return [this](const ShownError &told, const T &got) {
            came = true;
            problem = told;
            value = got;
        };
    }
    bool wait(int milliseconds = 20'000)
    {
        return QTest::qWaitFor([this] { return came; }, milliseconds);
    }
};

}
