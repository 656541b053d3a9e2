#include "tests/support/models/fake_recording_search.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<RecordingMatchRow> FakeRecordingSearch::sample(Instant now)
{
    const auto row = [now](const QString &session, const QString &node, const QString &owner,
                           std::chrono::minutes ago, std::chrono::seconds at, const QString &line) {
        return RecordingMatchRow {.id = {},
                                  .sessionId = session,
                                  .nodeId = u"mi-0a1b2c3d4e5f60001"_s,
                                  .nodeName = node,
                                  .owner = owner,
                                  .started = now - ago,
                                  .at = at,
                                  .line = line};
    };
    QList<RecordingMatchRow> rows {
        row(u"m.tanaka-0a1b2c3d4e5f60721"_s, u"web-tok-01"_s, u"m.tanaka"_s, 42min, 65s,
            u"nginx.service: Failed with result 'exit-code'."_s),
        row(u"m.tanaka-0a1b2c3d4e5f60721"_s, u"web-tok-01"_s, u"m.tanaka"_s, 42min, 131s,
            u"   Active: failed (Result: exit-code) since Thu 2026-11-26 09:14:02 UTC"_s),
        row(u"k.sato-0a1b2c3d4e5f60688"_s, u"batch-osa-01"_s, u"k.sato"_s, 2880min, 3725s,
            u"<b>E: Failed to fetch</b> http://deb.debian.org/debian/dists/bookworm/InRelease"_s),
    };
    for (qsizetype i = 0; i < rows.size(); ++i)
        rows[i].id = rows[i].sessionId + u'#' + QString::number(i);
    return rows;
}

}
