#include "tests/support/models/fake_service_source.h"

#include <QPointer>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void FakeServiceSource::list(const QString &, const QString &type, QObject *asker, Listed listed)
{
    types << type;
    QMetaObject::invokeMethod(
        this,
        [this, type, asker = QPointer(asker), listed = std::move(listed)] {
            if (!asker)
                return;
            if (problem)
                return listed(*problem, {});
            ServiceSnapshot shown;
            for (const ServiceRow &row : std::as_const(snapshot.units)) {
                if (row.unit.endsWith(u'.' + type))
                    shown.units << row;
            }
            shown.total = std::max(snapshot.total, static_cast<int>(shown.units.size()));
            listed({}, shown);
        },
        Qt::QueuedConnection);
}

void FakeServiceSource::detail(const QString &, const QString &unit, QObject *asker, Told answered)
{
    looked << unit;
    QMetaObject::invokeMethod(
        this,
        [this, unit, asker = QPointer(asker), answered = std::move(answered)] {
            if (!asker)
                return;
            if (problem)
                return answered(*problem, {});
            ServiceDetail detail = told;
            for (const ServiceRow &row : std::as_const(snapshot.units)) {
                if (row.unit == unit)
                    detail.row = row;
            }
            answered({}, detail);
        },
        Qt::QueuedConnection);
}

void FakeServiceSource::perform(const QString &, const ServiceDeed &deed, QObject *asker, Done done)
{
    deeds << deed;
    if (!answersDeeds)
        return;
    QMetaObject::invokeMethod(
        this,
        [this, asker = QPointer(asker), done = std::move(done)] {
            const ShownError answer = std::exchange(refusal, std::nullopt).value_or(ShownError());
            if (asker)
                done(answer, answer.isEmpty() ? outcome : ServiceOutcome());
        },
        Qt::QueuedConnection);
}

ServiceSnapshot FakeServiceSource::sample(Instant now)
{
    ServiceSnapshot snapshot;
    const auto unit
        = [&](const QString &name, const QString &description, const QString &active, const QString &sub,
              const QString &file, quint32 pid, qint64 kib, Microseconds ago) {
              ServiceRow row;
              row.unit = name;
              row.description = description;
              row.loadState = file == u"masked" ? u"masked"_s : u"loaded"_s;
              row.activeState = active;
              row.subState = sub;
              row.fileState = file;
              if (pid != 0)
                  row.mainPid = pid;
              if (kib != 0)
                  row.memoryBytes = kib * 1024;
              if (ago.count() > 0)
                  row.since = now - ago;
              row.result = u"success"_s;
              row.canStart = file != u"masked";
              row.canStop = true;
              snapshot.units << row;
          };
    const auto active = u"active"_s;
    const auto inactive = u"inactive"_s;
    const auto running = u"running"_s;
    const auto dead = u"dead"_s;
    const auto enabled = u"enabled"_s;
    const auto disabled = u"disabled"_s;
    const auto fixed = u"static"_s;
    unit(u"apparmor.service"_s, u"Load AppArmor profiles"_s, active, u"exited"_s, enabled, 0, 0, 24h * 12);
    unit(u"apt-daily.service"_s, u"Daily apt download activities"_s, inactive, dead, fixed, 0, 0, 5h);
    unit(u"bluetooth.service"_s, u"Bluetooth service"_s, inactive, dead, u"masked"_s, 0, 0, 0s);
    unit(u"checkout-worker.service"_s, u"Checkout queue worker"_s, u"failed"_s, u"failed"_s, enabled, 0, 0,
         18min);
    snapshot.units.last().result = u"exit-code"_s;
    snapshot.units.last().restarts = 5;
    unit(u"cron.service"_s, u"Regular background program processing daemon"_s, active, running, enabled, 498,
         1460, 24h * 12);
    unit(u"dbus.service"_s, u"D-Bus System Message Bus"_s, active, running, fixed, 503, 4300, 24h * 12);
    unit(u"flagbridge-agent.service"_s, u"Flagbridge agent"_s, active, running, enabled, 640, 23'900,
         24h * 3);
    snapshot.units.last().isOwn = true;
    unit(u"networking.service"_s, u"Raise network interfaces"_s, active, u"exited"_s, enabled, 0, 0,
         24h * 12);
    unit(u"nginx.service"_s, u"A high performance web server and a reverse proxy server"_s, active, running,
         enabled, 812, 14'200, 42min);
    snapshot.units.last().canReload = true;
    unit(u"postgresql@15-main.service"_s, u"PostgreSQL Cluster 15-main"_s, active, running,
         u"enabled-runtime"_s, 901, 186'000, 24h * 2);
    snapshot.units.last().canReload = true;
    unit(u"report.service"_s, u"Nightly report"_s, u"activating"_s, u"start"_s, disabled, 2208, 8800, 20s);
    unit(u"rsync.service"_s, u"fast remote file copy program daemon"_s, inactive, dead, disabled, 0, 0, 0s);
    unit(u"ssh.service"_s, u"OpenBSD Secure Shell server"_s, active, running, enabled, 611, 5600, 24h * 12);
    snapshot.units.last().canReload = true;
    unit(u"systemd-journald.service"_s, u"Journal Service"_s, active, running, fixed, 233, 38'100, 24h * 12);
    unit(u"apt-daily.timer"_s, u"Daily apt download activities"_s, active, u"waiting"_s, enabled, 0, 0,
         24h * 12);
    snapshot.units.last().next = now + 7h;
    snapshot.units.last().triggers = u"apt-daily.service"_s;
    unit(u"fstrim.timer"_s, u"Discard unused blocks once a week"_s, active, u"waiting"_s, enabled, 0, 0,
         24h * 12);
    snapshot.units.last().next = now + 24h * 3;
    snapshot.units.last().triggers = u"fstrim.service"_s;
    return snapshot;
}

ServiceDetail FakeServiceSource::sampleDetail()
{
    ServiceDetail detail;
    detail.text
        = u"# /lib/systemd/system/nginx.service\n[Unit]\nDescription=A high performance web server and a "
          "reverse proxy server\nDocumentation=man:nginx(8)\nAfter=network-online.target "
          "remote-fs.target\nWants=network-online.target\n\n[Service]\nType=forking\n"
          "PIDFile=/run/nginx.pid\nExecStartPre=/usr/sbin/nginx -t -q -g 'daemon on; master_process on;'\n"
          "ExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\n"
          "ExecReload=/usr/sbin/nginx -g 'daemon on; master_process on;' -s reload\nTimeoutStopSec=5\n\n"
          "[Install]\nWantedBy=multi-user.target\n\n"
          "# /etc/systemd/system/nginx.service.d/limits.conf\n[Service]\nLimitNOFILE=65536\n"_s;
    detail.hasJournal = true;
    for (int minute = 10; minute < 18; ++minute)
        detail.log << u"2026-09-21T13:%1:07+0000 shop-web-07 nginx[812]: 10.0.4.%1 GET /checkout 200"_s.arg(
            minute);
    detail.log
        << u"2026-09-21T13:18:41+0000 shop-web-07 nginx[812]: upstream timed out (110: Connection timed out) "
           "while reading the answer from 10.0.4.20:8080"_s;
    return detail;
}

}
