#include "tests/support/models/fake_events_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

EventRow FakeEventsSource::event(qint64 sequence, Instant time)
{
    struct Kind {
        QString type;
        QString resource;
        QString status;
    };
    const Kind kinds[] {
        {u"EC2 Command Invocation Status-change Notification"_s,
         u"command/3f2c9e10-8b1d-4c55-9e6e-2a1f9fd47a81"_s, u"Success"_s},
        {u"Managed Node State Change"_s, u"managed-instance/mi-0c41f7b29d83a65e2"_s, u"ConnectionLost"_s},
        {u"EC2 Command Status-change Notification"_s, u"command/3f2c9e10-8b1d-4c55-9e6e-2a1f9fd47a81"_s,
         u"InProgress"_s},
        {u"Session State Change"_s, u"session/m.tanaka-0a1b2c3d4e5f60718"_s, u"Terminated"_s},
        {u"Document State Change"_s, u"document/Fb-PatchWebTier"_s, u"Active"_s},
        {u"Activation State Change"_s, u"activation/5c0e7d1a-2f43-4d5b-9b1e-0c1d2e3f4a5b"_s, QString()},
        {u"EC2 Command Invocation Status-change Notification"_s,
         u"command/3f2c9e10-8b1d-4c55-9e6e-2a1f9fd47a81"_s, u"Failed"_s},
    };
    const Kind &kind = kinds[static_cast<size_t>(sequence) % std::size(kinds)];
    EventRow row;
    row.sequence = sequence;
    row.time = time;
    row.type = kind.type;
    row.source = u"aws.ssm"_s;
    row.resources = {u"arn:aws:ssm:xx-local-1:000000000000:"_s + kind.resource};
    row.status = kind.status;
    row.json = u"{\n    \"detail-type\": \"%1\",\n    \"source\": \"aws.ssm\",\n    \"detail\": {\n        "
               "\"status\": \"%2\"\n    }\n}\n"_s.arg(kind.type, kind.status);
    return row;
}

QList<EventRow> FakeEventsSource::sample(Instant now)
{
    QList<EventRow> rows;
    for (int i = 0; i < 40; ++i)
        rows << event(8200 - i, now - i * 47s);
    return rows;
}

}
