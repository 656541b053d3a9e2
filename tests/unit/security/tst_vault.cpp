#include "backend/security/vault.h"

#include "backend/security/fleet_ca.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_Vault : public QObject
{
    Q_OBJECT

private slots:
    void keepsSecretsThroughARestart_data() { test::addDatabaseRows(); }
    void keepsSecretsThroughARestart();
    void refusesAnotherKey_data() { test::addDatabaseRows(); }
    void refusesAnotherKey();
    void opensNowhereElse_data();
    void opensNowhereElse();
    void everyFlippedBitShows();
    void neverRepeatsANonce();
    void leavesNothingInClear();
    void putIfAbsentKeepsTheFirst_data() { test::addDatabaseRows(); }
    void putIfAbsentKeepsTheFirst();
};

namespace {
const std::string kMaster(32, 'k');
const SecretName kWhat {.purpose = u"parameter"_s, .name = u"/prod/db"_s, .version = 3};

std::unique_ptr<Vault> openedVault(test::TestDatabase &db, std::string_view master = kMaster)
{
    auto vault = Vault::open(*db, SecretBytes(master), db.clock, db.random);
    if (!vault)
        qFatal("%s", vault.error().message.c_str());
    return std::move(*vault);
}
}

void tst_Vault::keepsSecretsThroughARestart()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QVERIFY(!*Vault::hasKey(db->reader()));
    {
        const auto vault = openedVault(db);
        QVERIFY(db->write([&](Transaction &tx) { return vault->put(tx, kWhat, "s3cret"); }));
        QVERIFY(db->flush());
    }
    db.reopen();
    QVERIFY(*Vault::hasKey(db->reader()));
    const auto vault = openedVault(db);
    const auto item = vault->get(db->reader(), kWhat.purpose, kWhat.name);
    QVERIFY(item && *item);
    QCOMPARE((*item)->secret.view(), std::string_view("s3cret"));
    QCOMPARE((*item)->version, qint64(3));
    QVERIFY(vault->derive("a").equals(openedVault(db)->derive("a")));
    QVERIFY(!vault->derive("a").equals(vault->derive("b")));
}

// [S02] a key id that does not match: refused, nothing is stored, no fall-back
void tst_Vault::refusesAnotherKey()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    openedVault(db);
    QVERIFY(db->flush());
    const auto other = Vault::open(*db, SecretBytes(std::string(32, 'x')), db.clock, db.random);
    QVERIFY(!other);
    QVERIFY(other.error().code == errors::kMasterKeyUnavailable);
    const auto shortKey = Vault::open(*db, SecretBytes("short"), db.clock, db.random);
    QVERIFY(!shortKey);
    QVERIFY(shortKey.error().code == errors::kMasterKeyUnavailable);
    const auto empty = Vault::open(*db, SecretBytes(), db.clock, db.random);
    QVERIFY(!empty);
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM vault_key"_s), qint64(1));
}

void tst_Vault::opensNowhereElse_data()
{
    QTest::addColumn<QString>("purpose");
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("version");
    QTest::addRow("another purpose") << u"fleet-ca"_s << kWhat.name << kWhat.version;
    QTest::addRow("[S04] another name") << kWhat.purpose << u"/prod/dc"_s << kWhat.version;
    QTest::addRow("[S04] an older version") << kWhat.purpose << kWhat.name << kWhat.version - 1;
    QTest::addRow("the border between purpose and name moved")
        << u"parameter/"_s << u"prod/db"_s << kWhat.version;
}

void tst_Vault::opensNowhereElse()
{
    QFETCH(QString, purpose);
    QFETCH(QString, name);
    QFETCH(qint64, version);
    test::TestDatabase db(u"sqlite"_s);
    const auto vault = openedVault(db);
    const QByteArray envelope = vault->seal(kWhat, "s3cret");
    QVERIFY(vault->unseal(kWhat, envelope));
    QVERIFY(!vault->unseal({.purpose = purpose, .name = name, .version = version}, envelope));
    test::TestDatabase otherFleet(u"sqlite"_s);
    otherFleet.random = test::SeededRandom(77);
    QFile::remove(otherFleet.sqliteFile());
    otherFleet.reopen();
    QVERIFY(otherFleet->fleet().fleetId != db->fleet().fleetId);
    QVERIFY(!openedVault(otherFleet)->unseal(kWhat, envelope));
}

void tst_Vault::everyFlippedBitShows()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto vault = openedVault(db);
    const QByteArray envelope = vault->seal(kWhat, "s3cret");
    for (qsizetype i = 0; i < envelope.size(); ++i) {
        QByteArray altered = envelope;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        QVERIFY2(!vault->unseal(kWhat, altered), qPrintable(QString::number(i)));
        QVERIFY(!vault->unseal(kWhat, envelope.left(i)));
    }
    QByteArray otherKey = envelope;
    otherKey[5] = static_cast<char>(otherKey[5] ^ 1);
    QVERIFY(vault->unseal(kWhat, otherKey).error().code == errors::kMasterKeyUnavailable);
}

// [S05] every sealing has its own key and nonces
void tst_Vault::neverRepeatsANonce()
{
    test::TestDatabase db(u"sqlite"_s);
    SecureRandom random;
    auto vault = Vault::open(*db, SecretBytes(kMaster), db.clock, random);
    QVERIFY(vault);
    QSet<QByteArray> wraps;
    QSet<QByteArray> nonces;
    for (int i = 0; i < 2000; ++i) {
        const QByteArray envelope = (*vault)->seal(kWhat, "s3cret");
        wraps.insert(envelope.mid(12, 12));
        nonces.insert(envelope.mid(72, 12));
    }
    QCOMPARE(wraps.size(), 2000);
    QCOMPARE(nonces.size(), 2000);
}

// [S01] neither a secret nor the CA's key stands in any file of the store, nor in the log
void tst_Vault::leavesNothingInClear()
{
    static QByteArray log;
    log.clear();
    const auto previous = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { log += text.toUtf8() + '\n'; });
    test::TestDatabase db(u"sqlite"_s);
    const QByteArray canary = "canary-7f3a-secret-value";
    const auto vault = openedVault(db);
    auto ca = FleetCa::open(*db, *vault, db.clock, db.random);
    QVERIFY(ca);
    const auto caItem = vault->get(db->reader(), u"fleet-ca"_s, u"key"_s);
    QVERIFY(caItem && *caItem);
    const QByteArray pem = toBytes((*caItem)->secret.view());
    const QByteArray pemLine = pem.split('\n').at(1); // base64 of the key
    const QByteArray keyBytes
        = QByteArray::fromBase64(pem.split('\n').at(1) + pem.split('\n').at(2)).mid(36, 32);
    QVERIFY(pemLine.size() > 40);
    QCOMPARE(keyBytes.size(), 32);
    QVERIFY(db->write([&](Transaction &tx) { return vault->put(tx, kWhat, viewOf(canary)); }));
    QVERIFY(db->flush());
    // as a failing statement would log it
    static_cast<void>(db->write([&](Transaction &tx) {
        return tx.execute(u"INSERT INTO vault_key (key_id, stored_at) VALUES (?, NULL)"_s,
                          {QString::fromLatin1(canary)});
    }));
    static_cast<void>(db->flush());

    int files = 0;
    const auto searched = [&] {
        QDirIterator it(db.dataDir(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            ++files;
            for (const QByteArray &secret :
                 {canary, pemLine, keyBytes, QByteArray(kMaster.c_str()), canary.toHex(), canary.toBase64()})
                QVERIFY2(!bytes.contains(secret),
                         qPrintable(file.fileName() + u" holds "_s + QString::fromLatin1(secret)));
        }
    };
    searched(); // with the WAL as it is while the engine runs
    QVERIFY(files >= 3); // database, WAL, lock
    db.close();
    searched();
    qInstallMessageHandler(previous);
    QVERIFY(!log.contains(canary));
    QVERIFY(!log.contains(pemLine));
    QVERIFY(log.contains("vault_key")); // the statement was logged, its value was not
}

void tst_Vault::putIfAbsentKeepsTheFirst()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto vault = openedVault(db);
    for (const char *secret : {"first", "second"}) {
        std::string kept;
        QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
            auto stored = vault->putIfAbsent(tx, kWhat, secret);
            if (!stored)
                return stored.error();
            kept = stored->view();
            return {};
        }));
        QCOMPARE(kept, std::string("first"));
    }
    QVERIFY(*db->write([&](Transaction &tx) { return vault->remove(tx, kWhat.purpose, kWhat.name); }));
    QVERIFY(!vault->get(db->reader(), kWhat.purpose, kWhat.name)->has_value());
}

FB_TEST(tst_Vault)
#include "tst_vault.moc"
