#include "models/setup/store_choice.h"

#include "backend/store/store_address.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_StoreChoice : public QObject
{
    Q_OBJECT

private slots:
    void problems_data();
    void problems();
    void passwordFileOfOthers();
    void urlIsWhatTheStoreReads_data();
    void urlIsWhatTheStoreReads();
    void entrance();
    void keptAndReadAgain();
    void nothingKept();
};

namespace {
StoreChoice postgres()
{
    return {.kind = StoreKind::Postgres, .host = u"db.example.org"_s, .user = u"m.tanaka"_s};
}
}

void tst_StoreChoice::problems_data()
{
    QTest::addColumn<StoreChoice>("choice");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const QString &field, auto change) {
        StoreChoice choice = postgres();
        change(choice);
        QTest::addRow("%s", name) << choice << field;
    };
    row("good", {}, [](StoreChoice &) {});
    row("socket", {}, [](StoreChoice &c) { c.host = u"/run/postgresql"_s; });
    row("IPv6", {}, [](StoreChoice &c) { c.host = u"2001:db8::1"_s; });
    row("no host", u"host"_s, [](StoreChoice &c) { c.host.clear(); });
    row("host with an option", u"host"_s, [](StoreChoice &c) { c.host = u"db;sslmode=disable"_s; });
    row("host with a quote", u"host"_s, [](StoreChoice &c) { c.host = u"/run/it's"_s; });
    row("long host", u"host"_s, [](StoreChoice &c) { c.host = QString(254, u'h'); });
    row("port 0", u"port"_s, [](StoreChoice &c) { c.port = 0; });
    row("port 65536", u"port"_s, [](StoreChoice &c) { c.port = 65536; });
    row("no database", u"database"_s, [](StoreChoice &c) { c.database.clear(); });
    row("path as database", u"database"_s, [](StoreChoice &c) { c.database = u"a/b"_s; });
    row("no user", u"user"_s, [](StoreChoice &c) { c.user.clear(); });
    row("password in user", u"user"_s, [](StoreChoice &c) { c.user = u"me:secret"_s; });
    row("no password file", u"passwordFile"_s, [](StoreChoice &c) { c.passwordFile = u"/none/pgpass"_s; });
    row("half a path", u"passwordFile"_s, [](StoreChoice &c) { c.passwordFile = u"pgpass"_s; });
    row("nodes, no name", u"nodeHost"_s, [](StoreChoice &c) { c.fromOtherMachines = true; });
    row("nodes, a line", u"nodeHost"_s, [](StoreChoice &c) {
        c.fromOtherMachines = true;
        c.nodeHost = u"fb-01\nrm -rf /"_s;
    });
    row("nodes, port", u"nodePort"_s, [](StoreChoice &c) {
        c.fromOtherMachines = true;
        c.nodeHost = u"fb-01"_s;
        c.nodePort = 70000;
    });
    row("not asked here", {}, [](StoreChoice &c) {
        c.kind = StoreKind::Here;
        c.host.clear();
    });
    row("nor in the demo", {}, [](StoreChoice &c) {
        c.kind = StoreKind::Demo;
        c.fromOtherMachines = true;
    });
}

void tst_StoreChoice::problems()
{
    QFETCH(StoreChoice, choice);
    QFETCH(QString, field);
    const auto problem = choice.problem();
    QCOMPARE(problem ? problem->field : QString(), field);
    QVERIFY(!problem || !problem->message.isEmpty());
}

void tst_StoreChoice::passwordFileOfOthers()
{
    QTemporaryDir folder;
    StoreChoice choice = postgres();
    choice.passwordFile = folder.filePath(u"pgpass"_s);
    QFile file(choice.passwordFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(!choice.problem());
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    QCOMPARE(choice.problem()->field, u"passwordFile"_s);
}

void tst_StoreChoice::urlIsWhatTheStoreReads_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("options");
    QTest::addRow("name") << u"db.example.org"_s << u"sslmode=verify-full;passfile=/home/me/pgpass;"_s;
    QTest::addRow("IPv6") << u"2001:db8::1"_s << u"sslmode=verify-full;passfile=/home/me/pgpass;"_s;
    QTest::addRow("socket") << u"/run/postgresql"_s << u"passfile=/home/me/pgpass;"_s;
}

void tst_StoreChoice::urlIsWhatTheStoreReads()
{
    QFETCH(QString, host);
    QFETCH(QString, options);
    StoreChoice choice = postgres();
    choice.host = host;
    choice.port = 5433;
    choice.passwordFile = u"/home/me/pgpass"_s;
    const auto address = storeAddress({}, choice.storeUrl());
    QVERIFY2(address, address ? "" : address.error().message.c_str());
    QCOMPARE(address->host, host);
    QCOMPARE(address->port, 5433);
    QCOMPARE(address->database, u"flagbridge"_s);
    QCOMPARE(address->user, u"m.tanaka"_s);
    QCOMPARE(address->connectOptions, options);
    QCOMPARE(StoreChoice().storeUrl(), QString()); // SQLite
}

void tst_StoreChoice::entrance()
{
    StoreChoice choice;
    choice.nodeHost = u"fb-01.example.net"_s;
    choice.nodePort = 9443;
    QCOMPARE(choice.listen(), u"127.0.0.1:9443"_s);
    QCOMPARE(choice.advertise(), QString());
    choice.fromOtherMachines = true;
    QCOMPARE(choice.listen(), u"0.0.0.0:9443"_s);
    QCOMPARE(choice.advertise(), u"fb-01.example.net"_s);
}

void tst_StoreChoice::keptAndReadAgain()
{
    QTemporaryDir folder;
    StoreChoice choice = postgres();
    choice.port = 5433;
    choice.tls = u"require"_s;
    choice.passwordFile = u"/home/me/pgpass"_s;
    choice.fromOtherMachines = true;
    choice.nodePort = 9443;
    choice.nodeHost = u"fb-01"_s;
    QVERIFY(choice.keep(folder.path()));
    const auto again = StoreChoice::kept(folder.path());
    QVERIFY(again);
    QCOMPARE(again->storeUrl(), choice.storeUrl());
    QCOMPARE(again->listen(), choice.listen());
    QCOMPARE(again->advertise(), choice.advertise());
    StoreChoice here;
    QVERIFY(here.keep(folder.path())); // nothing of the one before is left
    QCOMPARE(StoreChoice::kept(folder.path())->storeUrl(), QString());
    QCOMPARE(StoreChoice::kept(folder.path())->host, QString());
    QVERIFY(!choice.keep(u"/proc/none"_s));
}

void tst_StoreChoice::nothingKept()
{
    QTemporaryDir folder;
    QVERIFY(!StoreChoice::kept(folder.path()));
    QVERIFY(!StoreChoice::hasStore(folder.path()));
    QFile ini(folder.filePath(u"engine.ini"_s));
    QVERIFY(ini.open(QIODevice::WriteOnly));
    ini.write("store=oracle\n");
    ini.close();
    QVERIFY(!StoreChoice::kept(folder.path())); // asked again, not guessed
}

FB_TEST(tst_StoreChoice)
#include "tst_store_choice.moc"
