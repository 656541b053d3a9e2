#include "tests/support/models/fake_activations_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<ActivationRow> FakeActivationsSource::sample(Instant now)
{
    const auto row = [&](const QString &id, const QString &name, int used, int limit, Instant expires,
                         const QStringList &tags) {
        return ActivationRow {.id = id,
                              .defaultName = name,
                              .description = {},
                              .profile = u"Default"_s,
                              .limit = limit,
                              .used = used,
                              .expires = expires,
                              .created = now - 26h,
                              .createdBy = u"m.tanaka"_s,
                              .tags = tags,
                              .raw = u"{\n    \"ActivationId\": \"%1\"\n}\n"_s.arg(id)};
    };
    return {row(u"5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s, u"web-tyo"_s, 3, 10, now + 24h * 6,
                {u"env=prod"_s, u"role=web"_s}),
            row(u"91d2b0f4-6a3c-4c0f-8a2e-77c1d5e0b922"_s, {}, 4, 4, now + 3h, {u"env=dev"_s}),
            row(u"c7f7a2e8-0c55-4f7b-b0de-3b6a9f1e4d33"_s, u"build"_s, 0, 5, now - 2h, {}),
            row(u"ffe31c02-93b7-4f18-9e3b-5a2d1c0b8e44"_s, u"<b>x</b>\u202e"_s + QString(2000, u'n'), 1, 100,
                now + 40min, {u"<img src=x>="_s + QString(5000, u'v')})};
}

void FakeActivationsSource::remove(const QString &id, std::function<void(const ShownError &problem)> done)
{
    removed << id;
    const ShownError problem = std::exchange(refusal, {});
    later([this, id, problem, done] {
        if (problem.isEmpty())
            news.removed({id});
        done(problem);
    });
}

}
