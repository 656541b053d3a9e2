// What a node may not do, by its profile and by its own configuration (fleet-manager 3.10).

#include "agent/spool/restrictions.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace fb;
using namespace fb::agent;

class tst_Restrictions : public QObject
{
    Q_OBJECT
private slots:
    void namesWhoDenies();
    void staysOnDisk();
    void aDamagedFileIsNoPermission();
    void journalFolder();
    void sandboxRequired();
    void configuration_data();
    void configuration();
};

void tst_Restrictions::namesWhoDenies()
{
    Restrictions restrictions;
    QCOMPARE(restrictions.denialOfPlugin("aws:runShellScript"), std::string());
    restrictions.profile.set_name("strict");
    restrictions.profile.add_denied_plugins("aws:runDockerAction");
    restrictions.profile.add_denied_tools("FleetTool/Files");
    restrictions.own.add_denied_plugins("aws:configureDocker");
    restrictions.own.add_denied_tools("FleetTool/processes");
    QCOMPARE(restrictions.denialOfPlugin("aws:runDockerAction"),
             std::string("aws:runDockerAction is denied by the node profile strict"));
    QCOMPARE(restrictions.denialOfPlugin("aws:configureDocker"),
             std::string("aws:configureDocker is denied by this node's own configuration"));
    QCOMPARE(restrictions.denialOfPlugin("aws:runShellScript"), std::string());
    QCOMPARE(restrictions.denialOfTool("files"),
             std::string("FleetTool/files is denied by the node profile strict"));
    QVERIFY(!restrictions.denialOfTool("transfer").empty()); // it moves files
    QVERIFY(!restrictions.denialOfTool("processes").empty());
    QCOMPARE(restrictions.denialOfTool("services"), std::string());
}

void tst_Restrictions::staysOnDisk()
{
    const QTemporaryDir place;
    const auto folder = PrivateFolder::openOrMake((place.path() + QStringLiteral("/s")).toStdString());
    QVERIFY(readRestrictions(*folder)->denialOfPlugin("aws:runDockerAction").empty()); // none yet
    Restrictions restrictions;
    restrictions.profile.set_name("strict");
    restrictions.profile.add_denied_plugins("aws:runDockerAction");
    restrictions.profile.set_metrics_interval_s(30);
    restrictions.own.add_denied_plugins("aws:runShellScript");
    QVERIFY(writeRestrictions(*folder, restrictions));
    const auto again = readRestrictions(*folder);
    QVERIFY(again);
    QCOMPARE(again->profile.SerializeAsString(), restrictions.profile.SerializeAsString());
    QCOMPARE(again->own.SerializeAsString(), restrictions.own.SerializeAsString());
}

void tst_Restrictions::aDamagedFileIsNoPermission()
{
    const QTemporaryDir place;
    const auto folder = PrivateFolder::openOrMake((place.path() + QStringLiteral("/s")).toStdString());
    for (const char *text : {"no base64!\n\n", "////\n\n"}) {
        QVERIFY(folder->write(kRestrictionsName, text));
        QVERIFY(!readRestrictions(*folder));
    }
}

void tst_Restrictions::configuration_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("plugins"); // or what is wrong
    QTest::addRow("empty") << QByteArray() << QByteArray();
    QTest::addRow("comments and blanks") << QByteArray(
        "\n  # denied-plugins = x\ndenied-plugins=aws:a , aws:b,\r\n denied-tools = FleetTool/files # t\n")
                                         << QByteArray("aws:a aws:b");
    QTest::addRow("again for more") << QByteArray("denied-plugins = aws:a\ndenied-plugins = aws:b")
                                    << QByteArray("aws:a aws:b");
    QTest::addRow("unknown") << QByteArray("denied-plugins = aws:a\nallowed = all\n")
                             << QByteArray(":2: \"allowed\" is not known");
    QTest::addRow("a folder of a journal") << QByteArray("journal-folder = relative/path\n")
                                           << QByteArray(":1: journal-folder is \"relative/path\"");
    QTest::addRow("a sandbox") << QByteArray("network-sandbox = perhaps\n")
                               << QByteArray(":1: network-sandbox is \"perhaps\"; it must be required or");
    QTest::addRow("no value") << QByteArray("denied-plugins\n")
                              << QByteArray(":1: \"denied-plugins\" is not known");
}

void tst_Restrictions::journalFolder()
{
    QTemporaryFile file;
    QVERIFY(file.open() && file.write("journal-folder = /mnt/var/log/journal # of the rescued disk\n") > 0);
    file.close();
    const auto read = readAgentConfiguration(file.fileName().toStdString());
    QVERIFY(read);
    QCOMPARE(read->journalFolder, std::string("/mnt/var/log/journal"));
    QVERIFY(!read->sandboxRequired);
}

void tst_Restrictions::sandboxRequired() // [N08]
{
    for (const bool required : {true, false}) {
        QTemporaryFile file;
        const QByteArray line = required ? "network-sandbox = required\n" : "network-sandbox=available\n";
        QVERIFY(file.open() && file.write(line) > 0);
        file.close();
        const auto read = readAgentConfiguration(file.fileName().toStdString());
        QVERIFY(read && read->sandboxRequired == required);
    }
}

void tst_Restrictions::configuration()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, plugins);
    const QTemporaryDir place;
    QFile file(place.filePath(QStringLiteral("agent.conf")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    const auto read = readAgentConfiguration(file.fileName().toStdString());
    if (!read) {
        QVERIFY2(QByteArray::fromStdString(read.error().message).contains(plugins),
                 read.error().message.c_str());
        QCOMPARE(read.error().code, errors::kValidation);
        return;
    }
    QByteArrayList names;
    for (const std::string &name : read->own.denied_plugins())
        names << QByteArray::fromStdString(name);
    QCOMPARE(names.join(' '), plugins);
    QVERIFY(
        !readAgentConfiguration(place.path().toStdString() + "/none")); // what is asked for has to be there
}

FB_TEST(tst_Restrictions)
#include "tst_restrictions.moc"
