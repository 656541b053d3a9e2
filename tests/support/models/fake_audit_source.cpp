#include "tests/support/models/fake_audit_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<AuditLogRow> FakeAuditSource::sample(Instant now)
{
    const QStringList actions {u"ssm:SendCommand"_s, u"ssm:CreateActivation"_s, u"ssm:StartSession"_s,
                               u"ssm:UpdateDocument"_s, u"ssm:AddTagsToResource"_s};
    const QStringList targets {u"AWS-RunShellScript on 214 nodes"_s, u"activation 5c0e7d1a"_s,
                               u"mi-0c41f7b29d83a65e2"_s, u"Fb-PatchWebTier"_s, u"mi-0a11c2d3e4f506172"_s};
    const QStringList people {u"m.tanaka"_s, u"k.suzuki"_s, u"engine"_s};
    QList<AuditLogRow> rows;
    for (int i = 0; i < 24; ++i) {
        AuditLogRow row;
        row.sequence = 1200 - i;
        row.at = now - i * 7min;
        row.who = people[i % 3];
        row.role = i % 3 == 1 ? u"Operator"_s : u"Administrator"_s;
        row.source = i % 3 == 2 ? u"schedule"_s : u"console"_s;
        row.action = actions[i % 5];
        row.target = targets[i % 5];
        row.result = i == 3 ? u"AccessDeniedException"_s : i == 9 ? u"InvalidDocument"_s : u"Success"_s;
        if (i % 5 == 4)
            row.diff
                = u"{\"Name\":{\"from\":\"web-tokyo-7\",\"to\":\"web-tokyo-07\"},\"Tags\":{\"from\":"
                  "[{\"Key\":\"env\",\"Value\":\"test\"}],\"to\":[{\"Key\":\"env\",\"Value\":\"prod\"}]}}"_s;
        else
            row.diff
                = u"{\n    \"DocumentName\": \"AWS-RunShellScript\",\n    \"MaxConcurrency\": \"25\"\n}\n"_s;
        rows << row;
    }
    rows[5].target = u"<img src=file:///etc/passwd> \\x1b[31mred"_s;
    return rows;
}

}
