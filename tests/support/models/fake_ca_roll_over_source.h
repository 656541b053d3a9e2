#pragma once
// A fleet's CA of the test's choice, and nodes that are behind with its roll-over. Steps are remembered; the test says how they end.

#include "models/nodes/rollover/ca_roll_over_source.h"

#include <QObject>

namespace fb::test {

class FakeCaRollOverSource : public CaRollOverSource
{
public:
    FakeCaRollOverSource();

    void start(News news) override;
    Instant now() const override { return fromMicros(1790000000000000); }
    void begin(Done done) override { take(QStringLiteral("begin"), done); }
    void issue(int accepted, Done done) override { take(QStringLiteral("issue %1").arg(accepted), done); }
    void retire(int accepted, Done done) override { take(QStringLiteral("retire %1").arg(accepted), done); }

    void
    go(ShownFleetCa::Phase phase); // with three nodes behind: one away, one too old, one with a full disk
    void tell() { news.arrived(state, behind); }

    ShownFleetCa state;
    QList<CaNodeRow> behind;
    News news;
    QStringList steps;
    ShownError refusal; // of the next step

private:
    void take(const QString &step, const Done &done);
    void later(std::function<void()> fn)
    {
        QMetaObject::invokeMethod(&m_loop, std::move(fn), Qt::QueuedConnection);
    }

    QObject m_loop;
};

}
