#include "tests/support/models/fake_hardware_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<HardwareRow> FakeHardwareSource::sample(Instant now)
{
    const QStringList web {u"4f2c9b6d0e1a43c5b7d8e9f001122334"_s,
                           u"4 x AMD EPYC 7B12"_s,
                           u"15.6 GiB"_s,
                           u"SeaBIOS 1.16.2 04/01/2014"_s,
                           u"QEMU Standard PC (i440FX)"_s,
                           u"web-tyo-04"_s,
                           u"10.20.2.14"_s,
                           u"52:54:00:3a:91:0c"_s,
                           u"a41f09c2be7730d1 40.0 GiB"_s};
    QStringList copy = web;
    copy[0] = u"9a70e1c45bd24f0c8a1b2c3d4e5f6071"_s;
    copy[5] = u"web-tyo-04-copy"_s;
    copy[6] = u"10.20.2.71"_s;
    copy[7] = u"52:54:00:77:00:1e"_s;
    copy[8] = u"0b77aa12cd0e4f19 40.0 GiB"_s;
    QStringList changed = web;
    changed[1] = u"8 x Intel Xeon Gold 6338"_s;
    changed[2] = u"31.2 GiB"_s;
    changed[3] = u"Hyper-V UEFI 4.1"_s;
    changed[6] = u"10.30.7.9"_s;
    changed[7] = u"00:15:5d:01:4a:02"_s;
    changed[8] = u"77c1d5e0b922ffe3 80.0 GiB"_s;
    return {{.id = u"mi-0a1b2c3d4e5f60718"_s,
             .name = u"web-tyo-04"_s,
             .cause = HardwareRow::Cause::OtherMachine,
             .address = u"10.20.2.71"_s,
             .seen = now - 4min,
             .accepted = web,
             .other = copy,
             .raw = u"{\n    \"Cause\": \"FingerprintMismatch\"\n}"_s},
            {.id = u"mi-1122334455667788a"_s,
             .name = u"lab-osa-03"_s,
             .cause = HardwareRow::Cause::Changed,
             .address = u"10.30.7.9"_s,
             .seen = now - 3h,
             .accepted = web,
             .other = changed,
             .raw = u"{}"_s},
            {.id = u"mi-ffeeddccbbaa99887"_s,
             .name = u"<b>x</b>\u202e"_s + QString(2000, u'n'),
             .cause = HardwareRow::Cause::Duplicate,
             .address = u"198.51.100.7"_s,
             .seen = now - 26h,
             .accepted = {},
             .other = {QString(500, u'm'), u"<img src=x>\u202e"_s},
             .raw = u"{}"_s}};
}

void FakeHardwareSource::decide(const QString &id, HardwareWord word,
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
