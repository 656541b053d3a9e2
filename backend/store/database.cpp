#include "backend/store/database.h"

#include "backend/base/fail.h"
#include "backend/store/engine_lock.h"
#include "backend/store/migrator.h"
#include "backend/store/read_pool.h"
#include "backend/store/sql_connection.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcStore, "fb.store")

namespace {
    constexpr auto kFinisherLock
        = "SELECT pg_advisory_xact_lock(5060731472)"; // numbers become visible in order
    constexpr qsizetype kProbeCharacters
        = 65536; // a full disk must not look free because one page still fits

    QString savepoint(int depth) { return u"w%1"_s.arg(depth); }
}

Database::Database(const DatabaseOptions &options, const Clock &clock)
    : m_options(options),
      m_clock(clock) { }

Database::~Database()
{
    if (m_connection && m_depth == 0)
        static_cast<void>(flush());
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions &options, const Clock &clock,
                                                 Random &random)
{
    std::unique_ptr<Database> database(new Database(options, clock));
    if (auto started = database->start(random); !started)
        return started.error();
    return database;
}

Result<void> Database::start(Random &random)
{
    if (!QDir().mkpath(m_options.dataDir))
        return fail(errors::kServiceUnavailable,
                    u"The data folder %1 cannot be made."_s.arg(m_options.dataDir));
    QFile::setPermissions(m_options.dataDir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const auto address = storeAddress(m_options.dataDir, m_options.url);
    if (!address)
        return address.error();
    auto lock = EngineLock::take(m_options.dataDir);
    if (!lock)
        return lock.error();
    m_lock = std::move(*lock);
    auto connection = SqlConnection::open(*address, SqlConnection::Mode::ReadWrite);
    if (!connection)
        return connection.error();
    m_connection = std::move(*connection);
    m_reader = std::make_unique<Reader>(*m_connection);

    const auto migrations = Migrator::readFolder(m_options.migrations);
    if (!migrations)
        return migrations.error();
    Migrator migrator(*m_connection, *address, m_options.dataDir, m_clock);
    if (auto migrated = migrator.migrate(*migrations); !migrated)
        return migrated;
    if (auto raised = raiseEpoch(); !raised)
        return raised;
    m_readPool = std::make_unique<ReadPool>(*address, m_options.readConnections);

    auto identified = write([&](Transaction &tx) -> Result<void> {
        const QList<QVariantList> defaults {{u"fleet_id"_s, toQString(newUuid(random))},
                                            {u"account_id"_s, m_fleet.accountId},
                                            {u"region"_s, m_fleet.region}};
        if (auto kept = tx.insertRows(u"store_state"_s, {u"name"_s, u"value"_s}, defaults,
                                      u"ON CONFLICT (name) DO NOTHING"_s);
            !kept)
            return kept.error();
        return tx
            .each(u"SELECT name, value FROM store_state"_s, {},
                  [this](const Row &row) {
                      if (row.text(0) == u"fleet_id"_s)
                          m_fleet.fleetId = row.id<FleetId>(1);
                      else if (row.text(0) == u"account_id"_s)
                          m_fleet.accountId = row.text(1);
                      else if (row.text(0) == u"region"_s)
                          m_fleet.region = row.text(1);
                  })
            .map([](int) {});
    });
    return identified ? flush() : identified;
}

Result<void> Database::raiseEpoch()
{
    auto raised = m_connection->execute(
        u"INSERT INTO store_state (name, value) VALUES ('epoch', '1') ON CONFLICT (name) DO UPDATE "
        "SET value = CAST(CAST(store_state.value AS BIGINT) + 1 AS TEXT)"_s,
        {});
    if (!raised)
        return raised.error();
    return m_reader->number(u"SELECT CAST(value AS BIGINT) FROM store_state WHERE name = 'epoch'"_s)
        .map([this](qint64 epoch) { m_epoch = epoch; });
}

Dialect Database::dialect() const { return m_connection->dialect(); }

Reader &Database::reader() { return *m_reader; }

int Database::addBatchFinisher(Finisher finisher)
{
    m_finishers.push_back(std::move(finisher));
    return static_cast<int>(m_finishers.size()) - 1;
}

void Database::endReads()
{
    if (m_readPool)
        m_readPool->stop();
}

void Database::postRead(std::function<void(Result<Reader *>)> job) { m_readPool->post(std::move(job)); }

// A lock file can be deleted: the epoch in the file itself then still tells that a second engine came.
Result<void> Database::checkEpoch()
{
    if (dialect() == Dialect::Postgres)
        return {};
    const auto epoch
        = m_reader->number(u"SELECT CAST(value AS BIGINT) FROM store_state WHERE name = 'epoch'"_s);
    if (!epoch)
        return epoch.error();
    if (*epoch != m_epoch)
        return fail(
            errors::kServiceUnavailable,
            u"Another engine has taken over the store in %1. Stop one of the two."_s.arg(m_options.dataDir));
    return {};
}

Result<void> Database::openBatch()
{
    auto begun = m_connection->control(dialect() == Dialect::Sqlite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
    if (begun)
        begun = checkEpoch();
    if (!begun) {
        const auto failure = m_connection->takeFailure();
        m_connection->rollBack();
        if (!failure || failure->fault == StoreFault::Unwritable)
            enterReadOnly(begun.error());
        return begun;
    }
    m_batchOpen = true;
    m_batchBegan = m_clock.tick();
    m_doomed.reset();
    m_doomedByStore = false;
    const quint64 number = ++m_batchNumber;
    QMetaObject::invokeMethod(
        this,
        [this, number] { // the turn's end
            if (m_batchOpen && m_batchNumber == number && m_depth == 0)
                static_cast<void>(closeBatch());
            deliver();
        },
        Qt::QueuedConnection);
    return {};
}

Transaction Database::beginWrite()
{
    Transaction transaction(*m_connection);
    m_refusal.reset();
    if (m_depth == 0 && m_batchOpen && m_clock.tick() - m_batchBegan >= m_options.batchCap)
        static_cast<void>(closeBatch());
    if (m_unwritable)
        m_refusal = m_unwritable;
    else if (m_doomed)
        m_refusal = m_doomed;
    else if (m_connection->failure())
        m_refusal = m_connection->failure()->error;
    else if (!m_batchOpen) {
        if (auto opened = openBatch(); !opened)
            m_refusal = opened.error();
    }
    if (m_refusal)
        return transaction;
    if (auto marked = m_connection->control(u"SAVEPOINT "_s + savepoint(m_depth)); !marked) {
        noteFailure();
        m_refusal = marked.error();
        return transaction;
    }
    ++m_depth;
    transaction.m_firstWaiting = m_waiting.size();
    transaction.m_firstStaged = m_staged.size();
    return transaction;
}

void Database::noteFailure()
{
    const auto failure = m_connection->takeFailure();
    if (!failure || m_doomed)
        return;
    if (failure->fault == StoreFault::Statement)
        return;
    m_doomed = failure->error;
    m_doomedByStore = failure->fault == StoreFault::Unwritable;
}

Result<void> Database::endWrite(Transaction &transaction, const Error *failed)
{
    --m_depth;
    const auto failure = m_connection->failure();
    noteFailure();
    if (m_doomed) {
        takeBack(transaction, *m_doomed);
        return *m_doomed;
    }
    if (!failure && !failed) {
        if (auto released = m_connection->control(u"RELEASE SAVEPOINT "_s + savepoint(m_depth)); !released) {
            noteFailure();
            m_doomed = released.error();
            takeBack(transaction, *m_doomed);
            return released;
        }
        for (auto &effect : transaction.m_effects)
            m_waiting.push_back({.effect = std::move(effect), .outcome = {}});
        std::move(transaction.m_staged.begin(), transaction.m_staged.end(), std::back_inserter(m_staged));
        return {};
    }
    Result<void> undone = m_connection->control(u"ROLLBACK TO SAVEPOINT "_s + savepoint(m_depth));
    if (undone)
        undone = m_connection->control(u"RELEASE SAVEPOINT "_s + savepoint(m_depth));
    if (!undone) {
        noteFailure();
        m_doomed = undone.error();
        takeBack(transaction, *m_doomed);
        return undone;
    }
    takeBack(transaction, failed ? *failed : failure->error);
    if (failed)
        return {}; // the caller has the error already
    return failure->error;
}

// Effects of a lost write, and of the writes inside it.
void Database::takeBack(Transaction &transaction, const Error &error)
{
    m_staged.resize(transaction.m_firstStaged);
    Delivery lost {.waiting = {}, .outcome = error, .wholeBatch = false};
    std::vector<Waiting> kept;
    for (size_t i = 0; i < m_waiting.size(); ++i) {
        const bool inner = i >= transaction.m_firstWaiting && !m_waiting[i].outcome;
        (inner ? lost.waiting : kept).push_back(std::move(m_waiting[i]));
    }
    m_waiting = std::move(kept);
    for (auto &effect : transaction.m_effects)
        lost.waiting.push_back({.effect = std::move(effect), .outcome = {}});
    if (lost.waiting.empty())
        return;
    m_deliveries.push_back(std::move(lost));
    deliverLater();
}

Result<void> Database::runFinishers()
{
    if (m_staged.empty())
        return {};
    if (dialect() == Dialect::Postgres) {
        if (auto locked = m_connection->run(QString::fromLatin1(kFinisherLock)); !locked)
            return locked;
    }
    std::vector<std::vector<std::any>> items(m_finishers.size());
    for (auto &staged : m_staged)
        items.at(static_cast<size_t>(staged.finisher)).push_back(std::move(staged.item));
    m_staged.clear();
    Transaction transaction(*m_connection);
    for (size_t i = 0; i < items.size(); ++i) {
        if (items[i].empty())
            continue;
        if (auto finished = m_finishers[i](transaction, items[i]); !finished)
            return finished;
    }
    for (auto &effect : transaction.m_effects)
        m_waiting.push_back({.effect = std::move(effect), .outcome = {}});
    return {};
}

Result<void> Database::finishBatch()
{
    Result<void> outcome;
    if (m_doomed)
        outcome = *m_doomed;
    if (outcome)
        outcome = runFinishers();
    if (outcome && m_connection->failure())
        outcome = m_connection->failure()->error;
    if (outcome)
        outcome = m_connection->control(u"COMMIT"_s);
    if (!outcome) {
        noteFailure();
        m_connection->rollBack();
    }
    static_cast<void>(m_connection->takeFailure());
    return outcome;
}

Result<void> Database::closeBatch()
{
    const Result<void> outcome = finishBatch();
    const bool unwritable = !outcome && m_doomedByStore;
    m_batchOpen = false;
    m_doomed.reset();
    m_doomedByStore = false;
    m_deliveries.push_back({.waiting = std::move(m_waiting), .outcome = outcome, .wholeBatch = true});
    m_waiting.clear();
    m_staged.clear();
    deliverLater();
    if (unwritable)
        enterReadOnly(outcome.error());
    return outcome;
}

void Database::deliverLater() { QMetaObject::invokeMethod(this, &Database::deliver, Qt::QueuedConnection); }

void Database::deliver()
{
    if (m_delivering || m_depth > 0)
        return;
    m_delivering = true;
    while (!m_deliveries.empty()) {
        const Delivery delivery = std::move(m_deliveries.front());
        m_deliveries.pop_front();
        for (const Waiting &waiting : delivery.waiting) {
            if (waiting.outcome)
                waiting.outcome(delivery.outcome);
            else if (delivery.outcome && waiting.effect.committed)
                waiting.effect.committed();
            else if (!delivery.outcome && waiting.effect.rolledBack)
                waiting.effect.rolledBack(delivery.outcome.error());
        }
        if (delivery.wholeBatch && !delivery.outcome)
            emit batchFailed(delivery.outcome.error());
    }
    m_delivering = false;
}

void Database::whenCommitted(std::function<void(const Result<void> &)> fn)
{
    if (m_batchOpen) {
        m_waiting.push_back({.effect = {}, .outcome = std::move(fn)});
        return;
    }
    for (auto last = m_deliveries.rbegin(); last != m_deliveries.rend(); ++last) {
        if (last->wholeBatch) {
            last->waiting.push_back({.effect = {}, .outcome = std::move(fn)});
            return;
        }
    }
    fn({});
}

Result<void> Database::flush()
{
    Q_ASSERT(m_depth == 0);
    Result<void> outcome;
    if (m_batchOpen)
        outcome = closeBatch();
    deliver();
    return outcome;
}

void Database::enterReadOnly(const Error &error)
{
    if (m_unwritable)
        return;
    m_unwritable = qtError(errors::kServiceUnavailable,
                           u"Nothing can be stored at the moment. %1"_s.arg(toQString(error.message)));
    qCCritical(lcStore).noquote() << "read-only:" << toQString(error.message);
    QMetaObject::invokeMethod(
        this, [this, reason = toQString(error.message)] { emit readOnlyChanged(true, reason); },
        Qt::QueuedConnection);
    QTimer::singleShot(m_options.readOnlyRetry, this, &Database::tryToWrite);
}

void Database::tryToWrite()
{
    Result<void> tried = trialWrite();
    if (!tried) {
        m_connection->rollBack();
        static_cast<void>(m_connection->takeFailure());
        if (dialect() == Dialect::Postgres)
            static_cast<void>(m_connection->reconnect()); // the next try finds out
        QTimer::singleShot(m_options.readOnlyRetry, this, &Database::tryToWrite);
        return;
    }
    m_unwritable.reset();
    qCInfo(lcStore) << "writing again";
    emit readOnlyChanged(false, {});
}

Result<void> Database::trialWrite()
{
    if (auto mine = checkEpoch(); !mine)
        return mine;
    const auto stored = m_connection->execute(
        u"INSERT INTO store_state (name, value) VALUES ('write-probe', ?) ON CONFLICT (name) DO UPDATE "
        "SET value = excluded.value"_s,
        {QString(kProbeCharacters, u'0')});
    const auto removed = m_connection->execute(u"DELETE FROM store_state WHERE name = 'write-probe'"_s, {});
    if (!stored)
        return stored.error();
    return removed.map([](qint64) {});
}

}
