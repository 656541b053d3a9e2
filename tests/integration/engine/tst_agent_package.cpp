#include "tests/support/secret_scan.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace fb::test;
using namespace Qt::StringLiterals;

// The agent's Debian package: built, installed by dpkg, registered with a real engine, upgraded, purged. The machine's own folders
// are covered by throwaway ones in a mount namespace, so nothing of it stays.
class tst_AgentPackage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void saysWhatItNeeds();
    void holdsNoSecrets();
    void installsRegistersUpgradesAndGoes();

private:
    struct Run {
        int exitCode = -1;
        QByteArray output; // both streams
    };
    static Run run(const QString &program, const QStringList &arguments, int milliseconds = 120'000)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(milliseconds)) {
            process.kill();
            process.waitForFinished();
            return {.output = process.readAll() + "\n(not ended in time)"};
        }
        return {.exitCode = process.exitCode(), .output = process.readAll()};
    }
    // On a machine of its own, so to say: /usr, /etc and /var are those of this one, and what is written to them is thrown away.
    static QStringList inCoveredRoot(const QString &script)
    {
        static const QString cover
            = u"mount -t tmpfs none /mnt\n"
              "for f in usr etc var; do\n"
              "  mkdir -p /mnt/$f/upper /mnt/$f/work\n"
              "  mount -t overlay overlay -o lowerdir=/$f,upperdir=/mnt/$f/upper,workdir=/mnt/$f/work /$f\n"
              "done\n"_s;
        return {u"--mount"_s, u"sh"_s, u"-euc"_s, cover + script};
    }

    QTemporaryDir m_folder;
    QString m_package;
};

void tst_AgentPackage::initTestCase()
{
    const Run built
        = run(u"cpack"_s,
              {u"-G"_s, u"DEB"_s, u"--config"_s, QStringLiteral(FB_BINARY_DIR "/CPackConfig.cmake"), u"-D"_s,
               u"CPACK_COMPONENTS_ALL=agent"_s, u"-B"_s, m_folder.path()},
              300'000);
    QVERIFY2(built.exitCode == 0, built.output.constData());
    const QStringList packages = QDir(m_folder.path()).entryList({u"flagbridge-agent_*.deb"_s});
    QCOMPARE(packages.size(), 1);
    m_package = m_folder.filePath(packages.first());
}

void tst_AgentPackage::saysWhatItNeeds()
{
    const Run fields = run(u"dpkg-deb"_s, {u"-f"_s, m_package});
    QCOMPARE(fields.exitCode, 0);
    for (const char *wanted : {"Package: flagbridge-agent", "libssl3", "libc6", "init-system-helpers"})
        QVERIFY2(fields.output.contains(wanted), fields.output.constData());
    QVERIFY2(!fields.output.contains("libqt6"), fields.output.constData()); // a node has no Qt
    const Run files = run(u"dpkg-deb"_s, {u"-c"_s, m_package});
    for (const char *wanted :
         {"./usr/bin/flagbridge-agent\n", "./usr/lib/systemd/system/flagbridge-agent.service\n",
          "./usr/lib/flagbridge/agent-guard\n", "./usr/share/man/man1/flagbridge-agent.1"})
        QVERIFY2(files.output.contains(wanted), files.output.constData());
    QVERIFY2(!files.output.contains("flagbridge-engine"), files.output.constData());
}

// [S11] every file of the package and its scripts, and what the other packages are made of, as far as it is built here
void tst_AgentPackage::holdsNoSecrets()
{
    QTemporaryDir folder;
    const QString agent = folder.filePath(u"agent"_s);
    QCOMPARE(run(u"dpkg-deb"_s, {u"-R"_s, m_package, agent}).exitCode, 0);
    QVERIFY(QFile::exists(agent + u"/DEBIAN/postinst"_s));
    QStringList components {u"engine"_s};
    if (QFile::exists(QStringLiteral(FB_BIN_DIR "/flagbridge")))
        components.append(u"console"_s);
    for (const QString &component : std::as_const(components)) {
        const Run installed = run(u"cmake"_s,
                                  {u"--install"_s, QStringLiteral(FB_BINARY_DIR), u"--component"_s, component,
                                   u"--strip"_s, u"--prefix"_s, folder.filePath(component)});
        QVERIFY2(installed.exitCode == 0, installed.output.constData());
    }
    int files = 0;
    const QStringList found = secretsBelow(folder.path(), SecretKinds::DefaultPasswords, &files);
    QVERIFY(files > 10);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void tst_AgentPackage::installsRegistersUpgradesAndGoes()
{
    if (::getuid() != 0)
        QSKIP("only root may install a package");
    if (run(u"unshare"_s, inCoveredRoot(u"true"_s)).exitCode != 0)
        QSKIP("this machine does not let its folders be covered (mount namespace, overlay)");
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject activation = fleet.createActivation();
    const QString code = fleet.folder() + u"/package-code"_s;
    QFile file(code);
    QVERIFY(file.open(QIODevice::WriteOnly)
            && file.write(activation[u"ActivationCode"_s].toString().toUtf8()) > 0);
    file.close();
    QString registers = activation[u"InstallCommand"_s].toString(); // the line that an operator copies
    registers.replace(QRegularExpression(u"--activation-code \\S+"_s), u"--activation-code-file "_s + code);

    QString script = uR"sh(
dpkg -i PACKAGE
test -x /usr/bin/flagbridge-agent
grep -q '^ExecStart=/usr/bin/flagbridge-agent --state /var/lib/flagbridge-agent ' /usr/lib/systemd/system/flagbridge-agent.service
guard=$(sed -n 's/^ExecStopPost=-\([^ ]*\) .*/\1/p' /usr/lib/systemd/system/flagbridge-agent.service)
test -x "$guard"
test -L /etc/systemd/system/multi-user.target.wants/flagbridge-agent.service
REGISTER
flagbridge-agent --state /var/lib/flagbridge-agent &
agent=$!
read go
network=$(pgrep -P "$agent" -f 'agent network')
grep -q "^Uid:[[:space:]]*$(id -u flagbridge-network)[[:space:]]" "/proc/$network/status"
kill "$agent"
wait "$agent" || true
identity() { find /var/lib/flagbridge-agent -type f -exec sha256sum {} + | sort; }
before=$(identity)
test -n "$before"
touch /usr/bin/flagbridge-agent.old
dpkg -i PACKAGE
test ! -e /usr/bin/flagbridge-agent.old
test "$before" = "$(identity)"
dpkg -r flagbridge-agent
test -d /var/lib/flagbridge-agent
dpkg -P flagbridge-agent
test ! -e /var/lib/flagbridge-agent
test ! -e /usr/bin/flagbridge-agent
test ! -e /etc/systemd/system/multi-user.target.wants/flagbridge-agent.service
echo all went well
)sh"_s;
    script.replace(u"PACKAGE"_s, m_package).replace(u"REGISTER"_s, registers);
    QProcess agent; // reads a line when the node has been seen
    agent.setProcessChannelMode(QProcess::MergedChannels);
    agent.start(u"unshare"_s, inCoveredRoot(script));
    QVERIFY(agent.waitForStarted());
    const bool online = fleet.waitForOnline(1);
    agent.write("\n");
    agent.waitForFinished(120'000);
    const QByteArray said = agent.readAll();
    QVERIFY2(online, said.constData());
    QVERIFY2(agent.exitStatus() == QProcess::NormalExit && agent.exitCode() == 0
                 && said.endsWith("all went well\n"),
             said.constData());
}

FB_TEST(tst_AgentPackage)
#include "tst_agent_package.moc"
