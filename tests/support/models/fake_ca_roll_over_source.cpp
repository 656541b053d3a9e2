#include "tests/support/models/fake_ca_roll_over_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;

FakeCaRollOverSource::FakeCaRollOverSource()
{
    state = {.sha256 = u"9f3c"_s.repeated(16),
             .notAfter = now() + std::chrono::hours(24 * 365 * 9),
             .nodes = 26,
             .trusting = 26};
}

void FakeCaRollOverSource::start(News told)
{
    news = std::move(told);
    later([this] { tell(); });
}

void FakeCaRollOverSource::go(ShownFleetCa::Phase phase)
{
    using Phase = ShownFleetCa::Phase;
    state.phase = phase;
    if (phase == Phase::Stable) {
        state.nextSha256.clear();
        behind.clear();
    } else {
        state.nextSha256 = u"27d1"_s.repeated(16);
        state.nextNotAfter = now() + std::chrono::hours(24 * 365 * 10);
        const bool issuing = phase == Phase::Issuing;
        behind = {{.id = u"mi-0000000000000000a"_s, .name = u"db-osa-01"_s, .waitedFor = issuing},
                  {.id = u"mi-0000000000000000b"_s,
                   .name = u"web-osa-02"_s,
                   .connected = true,
                   .waitedFor = true,
                   .refusal = u"cannot write /var/lib/flagbridge-agent/node.conf: No space left on device"_s},
                  {.id = u"mi-0000000000000000c"_s,
                   .name = u"web-tyo-07"_s,
                   .connected = true,
                   .trusts = issuing,
                   .waitedFor = true}};
    }
    state.behind = static_cast<int>(behind.size());
    state.waitedFor = static_cast<int>(
        std::count_if(behind.begin(), behind.end(), [](const CaNodeRow &row) { return row.waitedFor; }));
    state.trusting = 26
        - static_cast<int>(std::count_if(behind.begin(), behind.end(),
                                         [](const CaNodeRow &row) { return !row.trusts; }));
    state.renewed = phase == Phase::Issuing ? 23 : 0;
}

void FakeCaRollOverSource::take(const QString &step, const Done &done)
{
    steps << step;
    later([this, done] { done(std::exchange(refusal, {})); });
}

}
