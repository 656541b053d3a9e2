#pragma once
// Tunnels of the test's choice.

#include "models/nodes/sessions/tunnels_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeTunnelsSource : public FakeListSource<TunnelRow, TunnelsSource>
{
public:
    void open(const TunnelWish &wish, std::function<void(const ShownError &, int)> done) override
    {
        opened << wish;
        later([this, done] { done(refusal, freePort); });
    }
    void close(const QString &id, std::function<void(const ShownError &)> done) override
    {
        closed << id;
        later([done] { done({}); });
    }

    void noteRenewal(const QString &sessionId, std::chrono::minutes time,
                     std::function<void(const ShownError &)> done) override
    {
        renewed << qMakePair(sessionId, time);
        later([this, done] { done(renewRefusal); });
    }

    static QList<TunnelRow> sample(Instant now); // four, each in a state of its own
    QList<TunnelWish> opened;
    QStringList closed;
    QList<QPair<QString, std::chrono::minutes>> renewed; // session, time
    ShownError renewRefusal; // empty: none
    ShownError refusal; // empty: none
    int freePort = 0;
};

}
