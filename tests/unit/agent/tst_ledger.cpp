// The same rules for the ledger of a real node and the one in memory.

#include "agent/supervisor/memory_ledger.h"
#include "agent/supervisor/sqlite_ledger.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace fb;
using namespace fb::agent;

class tst_Ledger : public QObject
{
    Q_OBJECT
private slots:
    void ordersLive_data() { kinds(); }
    void ordersLive();
    void watermark_data() { kinds(); }
    void watermark();
    void rollback_data() { kinds(); }
    void rollback();
    void survivesTheProcess();
    void corruptFileIsSetAside();
    void newerFileIsRefused();
    void modes();

private:
    static void kinds()
    {
        QTest::addColumn<bool>("sqlite");
        QTest::addRow("memory") << false;
        QTest::addRow("sqlite") << true;
    }
    std::unique_ptr<Ledger> make(bool sqlite)
    {
        m_folder = std::make_unique<QTemporaryDir>();
        if (!sqlite)
            return std::make_unique<MemoryLedger>();
        return reopen();
    }
    std::unique_ptr<SqliteLedger> reopen()
    {
        auto opened = SqliteLedger::openIn(m_folder->path().toStdString());
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        m_setAside = opened->setAside;
        return std::move(opened->ledger);
    }
    static LedgerOrder order(uint64_t d)
    {
        return {.key = {"order-" + std::to_string(d), 1}, .dispatchSeq = d, .head = "head", .body = "body"};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_setAside;
};

void tst_Ledger::ordersLive()
{
    QFETCH(bool, sqlite);
    const auto ledger = make(sqlite);
    for (uint64_t d : {3u, 1u, 2u})
        ledger->insert(order(d));
    QVERIFY(ledger->commit());
    const OrderKey key = order(1).key;
    QCOMPARE(ledger->find(key), OrderState::Seen);
    QVERIFY(!ledger->find({"order-1", 2})); // another attempt is another order
    ledger->markStarted(key);
    QCOMPARE(ledger->read(key)->body, std::string("body")); // needed if its worker dies
    ledger->markFinished(key, std::string("result\0x", 8));
    ledger->markRefused(order(2).key, "too-late");
    QVERIFY(ledger->commit());
    QCOMPARE(ledger->read(key)->result, std::string("result\0x", 8));
    QVERIFY(ledger->read(key)->body.empty());
    const auto open = ledger->open();
    QCOMPARE(open.size(), size_t(3));
    QCOMPARE(open[0].dispatchSeq, uint64_t(3)); // by arrival
    QCOMPARE(open[1].state, OrderState::Finished);
    QCOMPARE(open[2].refusal, std::string("too-late"));
}

void tst_Ledger::watermark()
{
    QFETCH(bool, sqlite);
    const auto ledger = make(sqlite);
    for (uint64_t d = 1; d <= 4; ++d)
        ledger->insert(order(d));
    ledger->markSettled(order(3).key, 3);
    ledger->markSettled(order(2).key, 2);
    QVERIFY(ledger->commit());
    QCOMPARE(ledger->facts().settledWatermark, uint64_t(0));
    QVERIFY(ledger->hasSettled(2) && ledger->hasSettled(3) && !ledger->hasSettled(1));
    QCOMPARE(ledger->find(order(3).key), OrderState::Settled);
    ledger->markSettled(order(1).key, 1);
    QVERIFY(ledger->commit());
    QCOMPARE(ledger->facts().settledWatermark, uint64_t(3));
    QVERIFY(!ledger->find(order(2).key)); // forgotten below it
    QCOMPARE(ledger->open().size(), size_t(1));
    ledger->markSettled({"never-seen", 1}, 5);
    ledger->raiseWatermark(4);
    QVERIFY(ledger->commit());
    QCOMPARE(ledger->facts().settledWatermark, uint64_t(5));
    ledger->raiseWatermark(2); // never back
    QCOMPARE(ledger->facts().settledWatermark, uint64_t(5));
}

void tst_Ledger::rollback()
{
    QFETCH(bool, sqlite);
    const auto ledger = make(sqlite);
    ledger->insert(order(1));
    QVERIFY(ledger->commit());
    ledger->insert(order(2));
    ledger->markStarted(order(1).key);
    LedgerFacts facts = ledger->facts();
    facts.leaseEpoch = 9;
    ledger->setFacts(facts);
    ledger->rollback();
    QCOMPARE(ledger->find(order(1).key), OrderState::Seen);
    QVERIFY(!ledger->find(order(2).key));
    QCOMPARE(ledger->facts().leaseEpoch, uint64_t(0));
    QVERIFY(ledger->commit());
}

void tst_Ledger::survivesTheProcess()
{
    auto ledger = make(true);
    ledger->insert(order(1));
    LedgerFacts facts;
    facts.settledWatermark = 0;
    facts.leaseEpoch = 7;
    facts.protocolFloor = 1;
    facts.signedOrdersRequired = true; // [T11] the floor is on disk
    facts.engineClockOffset = -5'000'000;
    ledger->setFacts(facts);
    QVERIFY(ledger->commit());
    ledger->insert(order(2)); // not committed
    ledger.reset();
    const auto again = reopen();
    QVERIFY(again->facts() == facts);
    QCOMPARE(again->open().size(), size_t(1));
    QVERIFY(m_setAside.empty());
}

void tst_Ledger::corruptFileIsSetAside()
{
    auto ledger = make(true);
    ledger->insert(order(1));
    QVERIFY(ledger->commit());
    ledger.reset();
    QFile file(m_folder->filePath(QStringLiteral("ledger.sqlite")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("this is no database at all, and never was");
    file.close();
    const auto again = reopen();
    QVERIFY(!m_setAside.empty());
    QVERIFY(QFile::exists(QString::fromStdString(m_setAside)));
    QVERIFY(again->open().empty());
    again->insert(order(1));
    QVERIFY(again->commit());
}

void tst_Ledger::newerFileIsRefused()
{
    make(true).reset();
    QFile file(m_folder->filePath(QStringLiteral("ledger.sqlite")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(60); // user_version in the file's head
    file.write(QByteArray::fromHex("00000063"));
    file.close();
    const auto opened = SqliteLedger::openIn(m_folder->path().toStdString());
    QVERIFY(!opened);
    QVERIFY(opened.error().message.find("version 99") != std::string::npos);
}

void tst_Ledger::modes() // [N05] also of the files that SQLite makes beside it
{
    const mode_t before = ::umask(0);
    auto ledger = make(true);
    ledger->insert(order(1));
    const bool committed = ledger->commit().has_value();
    ::umask(before);
    QVERIFY(committed);
    const QStringList names = QDir(m_folder->path()).entryList(QDir::Files);
    QVERIFY(names.contains(QStringLiteral("ledger.sqlite-wal")));
    for (const QString &name : names) {
        struct stat status {
        };
        QCOMPARE(::stat(QFile::encodeName(m_folder->filePath(name)).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777u, 0600u);
    }
}

FB_TEST(tst_Ledger)
#include "tst_ledger.moc"
