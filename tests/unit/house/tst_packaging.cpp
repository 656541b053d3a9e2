// Files beside the programs say what the programs need, and documents point at what is there.

#include "tests/support/secret_scan.h"
#include "tests/support/test_main.h"
#include "tests/unit/house/source_tree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

class tst_Packaging : public QObject
{
    Q_OBJECT
private slots:
    void unitsSayWhatTheProgramsNeed_data();
    void unitsSayWhatTheProgramsNeed();
    void linksBetweenDocumentsHold();
    void secretsAreFound_data();
    void secretsAreFound();
    void noSecretsAreShipped();

private:
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void tst_Packaging::unitsSayWhatTheProgramsNeed_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QByteArray>("line");
    QTest::addRow("workers are not killed with their supervisor")
        << "flagbridge-agent" << QByteArrayLiteral("KillMode=process");
    QTest::addRow("workers get cgroups of their own")
        << "flagbridge-agent" << QByteArrayLiteral("Delegate=yes");
    QTest::addRow("the agent starts from its state alone, and an update restarts the service")
        << "flagbridge-agent"
        << QByteArrayLiteral(
               "ExecStart=@bindir@/flagbridge-agent --state /var/lib/flagbridge-agent --restart-with "
               "\"systemctl restart flagbridge-agent.service\"");
    QTest::addRow("an update that cannot run is taken back")
        << "flagbridge-agent"
        << QByteArrayLiteral("ExecStopPost=-@libdir@/flagbridge/agent-guard @bindir@/flagbridge-agent "
                             "/var/lib/flagbridge-agent");
    QTest::addRow("the master key is a credential")
        << "flagbridge-engine"
        << QByteArrayLiteral("LoadCredential=flagbridge.master:/etc/flagbridge/master.key");
    QTest::addRow("a missing key is not tried again")
        << "flagbridge-engine" << QByteArrayLiteral("RestartPreventExitStatus=78");
    QTest::addRow("no key in a core dump") << "flagbridge-engine" << QByteArrayLiteral("LimitCORE=0");
}

void tst_Packaging::unitsSayWhatTheProgramsNeed()
{
    QFETCH(QString, unit);
    QFETCH(QByteArray, line);
    const QByteArray text = read(QStringLiteral(FB_SOURCE_DIR "/resources/systemd/%1.service.in").arg(unit));
    QVERIFY2(text.split('\n').contains(line), text.constData());
}

void tst_Packaging::linksBetweenDocumentsHold()
{
    const QDir root(QStringLiteral(FB_SOURCE_DIR));
    QStringList documents = fb::test::sourceFiles({QStringLiteral("docs")}, {QStringLiteral(".md")});
    documents.append(QStringLiteral("README.md"));
    static const QRegularExpression link(QStringLiteral("\\]\\(([^)#]+)(#[^)]*)?\\)"));
    QStringList broken;
    int links = 0;
    for (const QString &document : documents) {
        for (auto match = link.globalMatch(QString::fromUtf8(read(root.filePath(document))));
             match.hasNext();) {
            const QString target = match.next().captured(1);
            if (target.startsWith(QStringLiteral("https://")))
                continue;
            ++links;
            if (!QFileInfo::exists(QFileInfo(root.filePath(document)).dir().filePath(target)))
                broken.append(document + QStringLiteral(" -> ") + target);
        }
    }
    QVERIFY(links > 3);
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

void tst_Packaging::secretsAreFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isFound");
    const QByteArray body = QByteArray("MIGHAgEAMBMGByqGSM49").repeated(3);
    const auto key = [&body](const char *kind, const char *end) {
        return "x-----BEGIN " + QByteArray(kind) + "-----" + end
            + body; // never whole in a file of this repository
    };
    QTest::addRow("key") << key("PRIVATE KEY", "\n") << true;
    QTest::addRow("key in a string") << key("EC PRIVATE KEY", "\\n") << true;
    QTest::addRow("key of Windows") << key("RSA PRIVATE KEY", "\r\n") << true;
    QTest::addRow("key of SSH") << key("OPENSSH PRIVATE KEY", "\n") << true;
    QTest::addRow("encrypted key") << key("RSA PRIVATE KEY",
                                          "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n")
                                   << true;
    QTest::addRow("public key") << key("PUBLIC KEY", "\n") << false;
    QTest::addRow("its first line alone") << QByteArray("-----BEGIN ") + "PRIVATE KEY-----\n.*" << false;
    QTest::addRow("AWS") << QByteArray("AKIA") + "ABCDEFGHIJKLMNOP" << true;
    QTest::addRow("AWS, of the manuals") << QByteArray("AKIA") + "IOSFODNN7EXAMPLE" << false;
    QTest::addRow("GitHub") << "gh" + QByteArray("p_") + QByteArray(36, 'a') << true;
    QTest::addRow("web token") << "eyJ" + QByteArray(20, 'a') + ".eyJ" + QByteArray(20, 'b') + '.'
            + QByteArray(20, 'c')
                               << true;
    QTest::addRow("in an address") << QByteArray("postgresql://flag:") + "hunter22@db/x" << true;
    QTest::addRow("address without") << QByteArray("postgresql://flag@db:5432/x") << false;
    QTest::addRow("default password") << QByteArray("admin_") + "password=hunter2" << true;
    QTest::addRow("default password in JSON") << QByteArray("\"Pass") + "word\": \"changeme1\"" << true;
    QTest::addRow("a place for one") << QByteArray("password=$1 PASSWORD=%1 password: <password> secret=\"\"")
                                     << false;
}

void tst_Packaging::secretsAreFound() // the search itself
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isFound);
    QCOMPARE(!fb::test::secretsIn(text, fb::test::SecretKinds::DefaultPasswords).isEmpty(), isFound);
}

// [S11] what is made into a package, compressed into a program, or shown to users. The packages themselves: tst_AgentPackage.
void tst_Packaging::noSecretsAreShipped()
{
    using fb::test::SecretKinds;
    QStringList found;
    int files = 0;
    const auto look = [&](const char *folder, SecretKinds kinds) {
        found += fb::test::secretsBelow(QStringLiteral(FB_SOURCE_DIR "/") + QLatin1String(folder), kinds,
                                        &files);
    };
    for (const char *folder : {"resources", "docs", "translations"})
        look(folder, SecretKinds::DefaultPasswords);
    for (const char *folder : {"app", "ui", "models", "backend", "agent", "tests"}) // with the tests' data
        look(folder, SecretKinds::KeysAndTokens);
    for (const char *file : {"README.md", "CMakeLists.txt", "CMakePresets.json", "dev"})
        found += fb::test::secretsInFile(QStringLiteral(FB_SOURCE_DIR "/") + QLatin1String(file),
                                         SecretKinds::DefaultPasswords);
    QVERIFY(files > 500);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

FB_TEST(tst_Packaging)
#include "tst_packaging.moc"
