#include "tests/support/systemd_machine.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTest>

#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kStartTime = 20'000; // ms
    constexpr auto kUnits = "/run/test-units";

    // $0: the cgroup. What systemd would change of the machine is covered: its settings, its unit folder, its journal, its name.
    constexpr auto kEnter
        = "echo $$ > \"$0/cgroup.procs\" && exec unshare --pid --fork --kill-child --mount --cgroup "
          "--ipc --uts --propagation private sh -c \"$1\"";
    constexpr auto kBoot = R"(
set -e
mount -t proc proc /proc
mount --bind /proc/sys /proc/sys
mount -o remount,ro,bind /proc/sys
mount -t tmpfs tmpfs /run
mkdir -p /run/test-units /run/systemd
umount -R -l /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs tmpfs /etc/systemd/system
mount -t tmpfs tmpfs /etc/systemd/system.conf.d 2>/dev/null || true
if [ -d /var/log/journal ]; then mount -t tmpfs tmpfs /var/log/journal; rmdir /var/log/journal 2>/dev/null || true; fi
echo 0123456789abcdef0123456789abcdef > /run/test-machine-id
[ ! -e /etc/machine-id ] || mount --bind /run/test-machine-id /etc/machine-id
for target in test sysinit basic shutdown timers sockets multi-user; do
    printf '[Unit]\nDefaultDependencies=no\n' > /run/test-units/$target.target
done
printf '[Unit]\nDefaultDependencies=no\n[Service]\nType=notify\nExecStart=/lib/systemd/systemd-journald\n' \
    > /run/test-units/systemd-journald.service
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=test SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/test-units \
    /lib/systemd/systemd --system --unit=test.target --show-status=0 --log-target=console
)";

    QString cgroup2()
    {
        QFile mounts(u"/proc/self/mounts"_s);
        if (!mounts.open(QIODevice::ReadOnly))
            return {};
        for (QByteArray line = mounts.readLine(); !line.isEmpty(); line = mounts.readLine()) {
            const QList<QByteArray> parts = line.split(' ');
            if (parts.size() > 3 && parts[2] == "cgroup2")
                return QString::fromUtf8(parts[1]);
        }
        return {};
    }

    // A cgroup is gone when those below it are.
    void removeGroup(const QString &path)
    {
        const QStringList below = QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &name : below)
            removeGroup(path + u'/' + name);
        (void)QTest::qWaitFor([&] { return ::rmdir(QFile::encodeName(path).constData()) == 0; }, 2000);
    }
}

SystemdMachine::~SystemdMachine()
{
    m_process.reset(); // the first process of the namespace goes with it, and takes all others along
    if (!m_group.isEmpty())
        removeGroup(m_group);
}

bool SystemdMachine::fail(const QString &why)
{
    m_whyNot = why;
    if (m_process) {
        m_process->kill9();
        const QByteArray told = m_process->process().readAllStandardError().trimmed();
        if (!told.isEmpty())
            m_whyNot += u": "_s + QString::fromUtf8(told.left(500));
    }
    return false;
}

bool SystemdMachine::start()
{
    if (::geteuid() != 0)
        return fail(u"only root can start a systemd of its own"_s);
    if (!QFile::exists(u"/lib/systemd/systemd"_s) || !QFile::exists(u"/etc/systemd/system"_s))
        return fail(u"systemd is not installed"_s);
    const QString groups = cgroup2();
    if (groups.isEmpty())
        return fail(u"there is no cgroup v2 here"_s);
    const QString group = groups + u"/flagbridge-test-%1"_s.arg(QCoreApplication::applicationPid());
    if (!QDir().mkdir(group))
        return fail(u"the control groups here cannot be written"_s);
    m_group = group;
    m_process = std::make_unique<TestProcess>(
        u"sh"_s, QStringList {u"-c"_s, QString::fromLatin1(kEnter), m_group, QString::fromLatin1(kBoot)});
    const bool isUp = QTest::qWaitFor(
        [this] {
            if (m_process->process().state() == QProcess::NotRunning)
                return true;
            QFile children(u"/proc/%1/task/%1/children"_s.arg(m_process->pid()));
            if (!children.open(QIODevice::ReadOnly))
                return false;
            m_first = children.readAll().trimmed().toLongLong();
            return m_first != 0 && QFile::exists(u"/proc/%1/root/run/systemd/private"_s.arg(m_first))
                && property(u"test.target"_s, u"ActiveState"_s) == "active";
        },
        kStartTime);
    if (m_process->process().state() == QProcess::NotRunning)
        return fail(u"this machine lets no systemd start"_s);
    return isUp || fail(u"systemd did not come up"_s);
}

QStringList SystemdMachine::inside(const QString &program, const QStringList &arguments) const
{
    return QStringList {u"nsenter"_s, u"--target"_s, QString::number(m_first),
                        u"--mount"_s, u"--pid"_s,    u"--cgroup"_s,
                        u"--ipc"_s,   u"--uts"_s,    u"--"_s,
                        program}
    + arguments;
}

QByteArray SystemdMachine::output(const QString &program, const QStringList &arguments) const
{
    QStringList command = inside(program, arguments);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(command.takeFirst(), command);
    process.waitForFinished();
    return process.readAll().trimmed();
}

QByteArray SystemdMachine::property(const QString &unit, const QString &name) const
{
    return output(u"systemctl"_s, {u"show"_s, u"--value"_s, u"--property="_s + name, u"--"_s, unit});
}

void SystemdMachine::writeUnit(const QString &name, const QByteArray &text)
{
    const QString path = u"/proc/%1/root%2/%3"_s.arg(m_first).arg(QLatin1StringView(kUnits), name);
    QDir().mkpath(path.section(u'/', 0, -2));
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly) && file.write(text) == text.size(), qPrintable(path));
    file.close();
    QCOMPARE(output(u"systemctl"_s, {u"daemon-reload"_s}), QByteArray());
}

}
