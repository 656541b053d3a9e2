#pragma once
// AuditSource from the engine in this process: the newest entries, then what is appended, older ones by pages. Ui thread. Lives until the
// engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/shared/audit/audit_source.h"

namespace fb {

struct AuditEntry;

class AuditFeed : public QObject, public AuditSource
{
    Q_OBJECT
public:
    explicit AuditFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    void readOlder() override;
    Instant now() const override { return m_clock.now(); }
    void verify(std::function<void(qint64, qint64)> progress, Verified done) override;
    void whenBroken(Verified told) override { m_broken = std::move(told); }

private:
    void readBefore(qint64 sequence);
    void take(const QList<AuditEntry> &entries);

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    Verified m_broken;
    qint64 m_oldest = 0; // sequence of the oldest entry handed on; 0: none yet
    bool m_isFollowing = false;
};

}
