#pragma once
// Sessions of the test's choice.

#include "models/nodes/sessions/sessions_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeSessionsSource : public FakeListSource<SessionRow, SessionsSource>
{
public:
    void terminate(const QString &id, std::function<void(const ShownError &)> done) override
    {
        terminated << id;
        later([done] { done({}); });
    }
    void recording(const QString &, std::function<void(const ShownError &, const QByteArray &)> done) override
    {
        later([this, done] { done(refusal, cast); });
    }

    static QList<SessionRow> sample(Instant now); // 12, three of them open
    QStringList terminated;
    ShownError refusal; // of recordings; empty: none
    QByteArray cast = "{\"version\": 2}\n";
};

}
