#pragma once
// Agent builds of the test's choice. A publishing waits for the test to end it.

#include "models/nodes/agentbuilds/agent_builds_source.h"

#include <QObject>

namespace fb::test {

class FakeAgentBuildsSource : public AgentBuildsSource
{
public:
    void start(News news) override;
    Instant now() const override { return fromMicros(1790000000000000); }
    void publish(const BuildWish &wish, std::function<void(const PublishProgress &)> progress,
                 Done done) override;
    void breakOff() override { ++breakOffs; }
    void remove(const AgentBuildRow &build, Done done) override;
    void setReleaseKey(const QString &file, Done done) override;

    void endPublishing(const ShownError &problem = {});
    void tell()
    {
        news.arrived(
            values,
            {.hex = releaseKey, .setAt = now() - std::chrono::hours(700), .setBy = QStringLiteral("mori")});
    }

    // 1.4.0 and 0.1.0 for x86_64, 0.1.0 for aarch64 of an earlier key.
    static QList<AgentBuildRow> sample(Instant now);
    static QString sampleKey();

    QList<AgentBuildRow> values;
    QString releaseKey;
    News news;
    QList<BuildWish> wishes;
    std::function<void(const PublishProgress &)> progress; // of the last wish
    QStringList removes;
    QStringList keyFiles;
    int breakOffs = 0;
    ShownError refusal; // of the next removal or key

private:
    void later(std::function<void()> fn)
    {
        QMetaObject::invokeMethod(&m_loop, std::move(fn), Qt::QueuedConnection);
    }

    Done m_published;
    QObject m_loop;
};

}
