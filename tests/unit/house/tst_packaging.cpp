// Files beside the programs say what the programs need, and documents point at what is there.

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
    void noKeysAreShipped();

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

// Private keys belong to machines, never to a repository or a package.
void tst_Packaging::noKeysAreShipped()
{
    static const QRegularExpression key(
        QStringLiteral("-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\\n[A-Za-z0-9+/]{20}"));
    QStringList found;
    for (const QString &path :
         fb::test::sourceFiles({QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("models"),
                                QStringLiteral("backend"), QStringLiteral("agent"),
                                QStringLiteral("resources"), QStringLiteral("docs"), QStringLiteral("tests")},
                               {QString()})) {
        if (key.match(QString::fromLatin1(read(QStringLiteral(FB_SOURCE_DIR "/") + path))).hasMatch())
            found.append(path);
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

FB_TEST(tst_Packaging)
#include "tst_packaging.moc"
