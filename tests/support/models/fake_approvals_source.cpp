#include "tests/support/models/fake_approvals_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<ApprovalRow> FakeApprovalsSource::sample(Instant now)
{
    return {{.id = u"mi-0a1b2c3d4e5f60718"_s,
             .name = u"web-tyo-09"_s,
             .isExpired = false,
             .address = u"10.20.2.39"_s,
             .asked = now - 4min,
             .platform = u"Debian GNU/Linux 12"_s,
             .activationId = u"5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s},
            {.id = u"mi-1122334455667788a"_s,
             .name = u"lab-osa-03"_s,
             .isExpired = true,
             .address = u"2001:db8:20::17"_s,
             .asked = now - 26h,
             .platform = u"Ubuntu 24.04"_s,
             .activationId = u"91d2b0f4-6a3c-4c0f-8a2e-77c1d5e0b922"_s},
            {.id = u"mi-ffeeddccbbaa99887"_s,
             .name = u"<b>x</b>\u202e"_s + QString(2000, u'n'),
             .isExpired = false,
             .address = u"198.51.100.7"_s,
             .asked = now - 2h,
             .platform = u"<img src=x>"_s + QString(1000, u'p'),
             .activationId = u"ffe31c02-93b7-4f18-9e3b-5a2d1c0b8e44"_s}};
}

void FakeApprovalsSource::decide(const QString &id, ApprovalWord word,
                                 std::function<void(const ShownError &problem)> done)
{
    decided.append({id, word});
    const ShownError problem = std::exchange(refusal, {});
    later([this, id, problem, done] {
        if (problem.isEmpty())
            news.removed({id});
        done(problem);
    });
}

}
