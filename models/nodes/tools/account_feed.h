#pragma once
// AccountSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "models/nodes/tools/account_source.h"
#include "models/nodes/tools/tool_link.h"

namespace fb {

class AccountFeed : public AccountSource
{
public:
    explicit AccountFeed(EngineThread &engine) : m_link(engine, QStringLiteral("accounts")) { }

    void list(const QString &nodeId, QObject *asker, Listed listed) override;
    void perform(const QString &nodeId, const AccountDeed &deed, QObject *asker, Done done) override;
    void close(const QString &nodeId) override { m_link.close(nodeId); }
    Instant now() const override { return m_clock.now(); }

private:
    ToolLink m_link;
    SystemClock m_clock;
};

}
