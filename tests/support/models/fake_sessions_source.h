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
    void mark(const QString &id, const QString &label, std::function<void(const ShownError &)> done) override
    {
        marked << id + u' ' + label;
        later([this, done] { done(markRefusal); });
    }
    void recording(const QString &id, RecordingExtent extent,
                   std::function<void(const ShownError &, const SessionRecord &)> done) override
    {
        ++readings;
        later([this, id, extent, done] {
            SessionRow session;
            for (const SessionRow &each : std::as_const(values)) {
                if (each.id == id)
                    session = each;
            }
            if (extent == RecordingExtent::ProvenPart)
                return done(provenRefusal, {session, provenPart});
            done(refusal, {session, casts.value(id, cast)});
        });
    }

    static QList<SessionRow> sample(Instant now); // 12, three of them open
    static QByteArray sampleCast(); // 17 minutes of work on a web server, with marks, a new size and a gap
    QStringList terminated;
    QStringList marked; // "<session> <label>"
    ShownError markRefusal; // empty: none
    ShownError refusal; // of recordings; empty: none
    QByteArray cast = "{\"version\": 2}\n"; // of every session but those of `casts`
    QHash<QString, QByteArray> casts; // by session
    QByteArray provenPart; // of an altered one
    ShownError provenRefusal; // of that; empty: none
    int readings = 0; // of recordings
};

}
