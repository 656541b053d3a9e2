#include "tests/support/models/fake_process_source.h"

#include <QPointer>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void FakeProcessSource::list(const QString &, QObject *asker, Listed listed)
{
    ++lists;
    if (!answers)
        return;
    QMetaObject::invokeMethod(
        this,
        [this, asker = QPointer(asker), listed = std::move(listed)] {
            if (asker)
                listed(problem.value_or(ShownError()), problem ? ProcessSnapshot() : snapshot);
        },
        Qt::QueuedConnection);
}

void FakeProcessSource::perform(const QString &, const ProcessDeed &deed, QObject *asker, Done done)
{
    deeds << deed;
    QMetaObject::invokeMethod(
        this,
        [this, asker = QPointer(asker), done = std::move(done)] {
            const ShownError told = std::exchange(refusal, std::nullopt).value_or(ShownError());
            if (asker)
                done(told, told.isEmpty() ? outcome : ProcessOutcome());
        },
        Qt::QueuedConnection);
}

ProcessSnapshot FakeProcessSource::sample(Instant now)
{
    ProcessSnapshot snapshot;
    snapshot.cpuCount = 8;
    snapshot.taken = now;
    const auto add = [&](quint32 pid, quint32 parent, const QString &name, const QString &user, QChar state,
                         double cpu, qint64 mebibytes, const QString &command) {
        ProcessRow row;
        row.pid = pid;
        row.startTicks = 1000 + pid;
        row.parent = parent;
        row.name = name;
        row.user = user;
        row.state = state;
        row.cpuPercent = cpu;
        row.residentBytes = mebibytes << 20;
        row.memoryShare = double(mebibytes) / (16 << 10);
        row.threads = pid % 7 + 1;
        row.handles = int(pid % 90 + 4);
        row.started = now - 63h * 24 + std::chrono::seconds(pid);
        row.readRate = pid % 3 == 0 ? 120e3 : 0;
        row.writeRate = pid % 4 == 0 ? 2.4e6 : 0;
        row.commandLine = command;
        row.isKernelThread = parent == 2 || pid == 2;
        row.guarded = pid == 1               ? u"first"_s
            : row.isKernelThread             ? u"kernel"_s
            : name.startsWith(u"flagbridge") ? u"agent"_s
                                             : QString();
        snapshot.processes << row;
    };
    add(1, 0, u"systemd"_s, u"root"_s, u'S', 0, 13, u"/sbin/init"_s);
    add(2, 0, u"kthreadd"_s, u"root"_s, u'S', 0, 0, {});
    add(15, 2, u"ksoftirqd/0"_s, u"root"_s, u'S', 0.1, 0, {});
    add(412, 1, u"systemd-journal"_s, u"root"_s, u'S', 0.2, 84, u"/lib/systemd/systemd-journald"_s);
    add(688, 1, u"flagbridge-agent"_s, u"root"_s, u'S', 0.1, 11,
        u"/usr/bin/flagbridge-agent --state /var/lib/flagbridge-agent"_s);
    add(702, 1, u"sshd"_s, u"root"_s, u'S', 0, 9, u"sshd: /usr/sbin/sshd -D [listener]"_s);
    add(811, 1, u"postgres"_s, u"postgres"_s, u'S', 0.4, 212,
        u"/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/main"_s);
    add(813, 811, u"postgres"_s, u"postgres"_s, u'S', 1.1, 1840, u"postgres: 16/main: checkpointer"_s);
    add(814, 811, u"postgres"_s, u"postgres"_s, u'D', 3.6, 402, u"postgres: 16/main: background writer"_s);
    add(21907, 811, u"postgres"_s, u"postgres"_s, u'S', 0, 96,
        u"postgres: 16/main: shop shop 10.20.1.13(51442) idle in transaction"_s);
    add(22310, 811, u"postgres"_s, u"postgres"_s, u'R', 96.8, 512,
        u"postgres: 16/main: shop shop 10.20.1.11(40310) SELECT"_s);
    add(30122, 1, u"pg_dump"_s, u"backup"_s, u'R', 41.2, 38,
        u"/usr/lib/postgresql/16/bin/pg_dump --format=custom --file=/srv/backup/shop.dump shop"_s);
    add(30123, 30122, u"zstd"_s, u"backup"_s, u'T', 0, 18, u"zstd -T2 -19"_s);
    add(30340, 1, u"old-report"_s, u"shop"_s, u'Z', 0, 0, {});
    snapshot.total = static_cast<int>(snapshot.processes.size());
    return snapshot;
}

}
