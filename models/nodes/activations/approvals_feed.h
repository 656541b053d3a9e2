#pragma once
// ApprovalsSource from the engine in this process: who waits now, and again after each change. Ui thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/activations/approvals_source.h"

#include <QHash>
#include <QSet>

namespace fb {

class ApprovalsFeed : public QObject, public ApprovalsSource
{
    Q_OBJECT
public:
    explicit ApprovalsFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void decide(const QString &id, ApprovalWord word,
                std::function<void(const ShownError &problem)> done) override;

private:
    void read();

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    QHash<QString, Instant> m_asked; // of the requests as they are shown
    QSet<QString> m_shown;
    bool m_isFollowing = false;
};

}
