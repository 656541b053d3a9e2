#include "tests/support/models/fake_sessions_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<SessionRow> FakeSessionsSource::sample(Instant now)
{
    const QStringList nodes {u"db-tyo-primary"_s, u"web-tyo-01"_s, u"edge-fra-02"_s, u"queue-tyo-01"_s};
    const QStringList reasons {u"Slow queries since 10:20"_s, u"Roll out nginx 1.26"_s, QString(),
                               u"<b>check</b> the disks"_s};
    const QStringList statuses {u"Connected"_s,  u"Connected"_s,  u"Disconnected"_s,
                                u"Terminated"_s, u"Terminated"_s, u"Failed"_s};
    QList<SessionRow> rows;
    for (int i = 0; i < 12; ++i) {
        SessionRow row;
        row.id = u"m.tanaka-0a1b2c3d4e5f607%1"_s.arg(10 + i);
        row.nodeName = nodes[i % 4];
        row.nodeId = u"mi-0c41f7b29d83a65e%1"_s.arg(i % 4);
        row.owner = i % 3 == 1 ? u"k.suzuki"_s : u"m.tanaka"_s;
        row.document = u"SSM-SessionManagerRunShell"_s;
        row.status = i < 6 ? statuses[i] : u"Terminated"_s;
        row.reason = reasons[i % 4];
        row.runAs = u"ssm-user"_s;
        row.started = now - (i * 53min + 4min);
        if (i >= 3) {
            row.ended = row.started + 17min;
            row.details = row.status == u"Failed" ? u"node connection lost"_s : u"exited 0"_s;
        }
        row.bytesOut = 1200 + i * 77'000;
        row.recorded = i != 4;
        row.raw = u"{\n    \"SessionId\": \"%1\"\n}\n"_s.arg(row.id);
        rows << row;
    }
    return rows;
}

}
