#include "tests/support/models/fake_fleet_settings_source.h"

#include <algorithm>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<FleetSettingRow> FakeFleetSettingsSource::sample(Instant now)
{
    const auto row = [](const QString &id, const QString &byDefault, const QStringList &allowed = {}) {
        FleetSettingRow made;
        made.id = id;
        made.value = byDefault;
        made.byDefault = byDefault;
        made.allowed = allowed;
        return made;
    };
    const auto customized = [now](FleetSettingRow made, const QString &value, std::chrono::hours age) {
        made.value = value;
        made.isCustomized = true;
        made.changed = now - age;
        made.changedBy = u"mori"_s;
        return made;
    };
    const QStringList truth {u"true"_s, u"false"_s};
    const QString none = u"$None"_s;
    const auto number = [row](const QString &id, const QString &byDefault, int least, int most) {
        FleetSettingRow made = row(id, byDefault);
        made.least = least;
        made.most = most;
        return made;
    };
    const auto room = [number](const QString &id, const QString &byDefault, qint64 used) {
        FleetSettingRow made = number(id, byDefault, 1, 16 * 1024 * 1024);
        made.used = used;
        return made;
    };
    constexpr qint64 kMiB = 1024 * 1024;
    return {
        room(u"/flagbridge/artifacts/agent-builds-mib"_s, u"4096"_s, 61 * kMiB),
        room(u"/flagbridge/artifacts/document-files-mib"_s, u"10240"_s, 812 * kMiB),
        room(u"/flagbridge/artifacts/least-free-mib"_s, u"512"_s, 88'000 * kMiB),
        customized(room(u"/flagbridge/artifacts/outputs-mib"_s, u"20480"_s, 28'900 * kMiB), u"32768"_s, 70h),
        room(u"/flagbridge/artifacts/recordings-mib"_s, u"20480"_s, 1'730 * kMiB),
        row(u"/flagbridge/artifacts/remove-recordings"_s, u"false"_s, truth),
        room(u"/flagbridge/artifacts/total-mib"_s, u"51200"_s, 31'503 * kMiB),
        number(u"/flagbridge/fleet-manager/desktop-idle-minutes"_s, u"10"_s, 2, 1440),
        number(u"/flagbridge/fleet-manager/desktop-minutes"_s, u"60"_s, 5, 1440),
        number(u"/flagbridge/fleet-manager/desktops-at-once"_s, u"5"_s, 1, 20),
        customized(row(u"/flagbridge/managed-instance/hardware-similarity-threshold"_s, u"40"_s), u"60"_s,
                   3h),
        row(u"/flagbridge/managed-instance/strict-hardware"_s, u"false"_s, truth),
        customized(row(u"/flagbridge/s3/access-key-id"_s, none), u"AKFLEET7"_s, 30h),
        customized(row(u"/flagbridge/s3/endpoint"_s, none), u"https://minio.example.net:9000"_s, 30h),
        row(u"/flagbridge/s3/region"_s, u"us-east-1"_s),
        customized(row(u"/flagbridge/s3/secret-access-key"_s, none), u"$Secret"_s, 30h),
        customized(row(u"/flagbridge/session-manager/denied-forwards"_s, none),
                   u"10.0.0.0/8, 192.0.2.17, fd00::/8"_s, 200h),
        customized(row(u"/flagbridge/session-manager/reason-required"_s, u"false"_s, truth), u"true"_s, 26h),
        row(u"/ssm/appmanager/appmanager-enabled"_s, u"True"_s, {u"True"_s, u"False"_s}),
        row(u"/ssm/automation/customer-script-log-destination"_s, none),
        row(u"/ssm/automation/customer-script-log-group-name"_s, none),
        row(u"/ssm/automation/enable-adaptive-concurrency"_s, u"false"_s, truth),
        row(u"/ssm/documents/console/public-sharing-permission"_s, u"Enable"_s, {u"Enable"_s, u"Disable"_s}),
        row(u"/ssm/managed-instance/activation-tier"_s, u"standard"_s, {u"standard"_s, u"advanced"_s}),
        customized(row(u"/ssm/managed-instance/default-ec2-instance-management-role"_s, none), u"strict"_s,
                   50h),
        row(u"/ssm/opsinsights/opscenter"_s, u"Disabled"_s, {u"Enabled"_s, u"Disabled"_s}),
        row(u"/ssm/parameter-store/default-parameter-tier"_s, u"Standard"_s,
            {u"Standard"_s, u"Advanced"_s, u"Intelligent-Tiering"_s}),
        row(u"/ssm/parameter-store/high-throughput-enabled"_s, u"false"_s, truth),
    };
}

void FakeFleetSettingsSource::answer(const QString &id, const std::function<void(FleetSettingRow &)> &edit,
                                     const Done &done)
{
    const ShownError problem = std::exchange(refusal, {});
    later([this, id, edit, problem, done] {
        const auto row = std::find_if(values.begin(), values.end(),
                                      [&id](const FleetSettingRow &each) { return each.id == id; });
        if (problem.isEmpty() && row != values.end()) {
            edit(*row);
            news.arrived({*row});
        }
        done(problem);
    });
}

void FakeFleetSettingsSource::change(const QString &id, const QString &value, Done done)
{
    changes.append({id, value});
    answer(
        id,
        [value, now = now()](FleetSettingRow &row) {
            row.value = value;
            row.isCustomized = true;
            row.changed = now;
            row.changedBy = u"m.tanaka"_s;
        },
        done);
}

void FakeFleetSettingsSource::reset(const QString &id, Done done)
{
    resets << id;
    answer(
        id,
        [](FleetSettingRow &row) {
            row.value = row.byDefault;
            row.isCustomized = false;
            row.changed = {};
            row.changedBy.clear();
        },
        done);
}

}
