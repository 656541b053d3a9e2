#pragma once
// The store: one write connection on the engine thread with group commit (design 5 and 6), and a pool of read-only connections. Lives on
// the engine thread; read() may be called from any thread.
//
//     auto id = db.write([&](Transaction &tx) -> Result<CommandId> {
//         if (auto stored = m_commands.insert(tx, command); !stored)
//             return stored.error();                                    // undoes only this write
//         tx.onCommitted([this, command] { emit commandCreated(command); });
//         return command.id;
//     });
//     db.whenCommitted([reply, id](const Result<void> &kept) { reply(kept ? id : kept.error()); });
//
// The first write of a turn opens a batch, every write is a savepoint in it, and the batch is committed at the turn's end: nothing may
// leave the engine (replies, acknowledgements, signals) before onCommitted or whenCommitted runs.

#include "backend/core/random.h"
#include "backend/store/fleet_identity.h"
#include "backend/store/transaction.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>

#include <deque>
#include <memory>

namespace fb {

class EngineLock;
class ReadPool;

struct DatabaseOptions {
    QString dataDir; // DIR: holds the SQLite file, the lock, the backups and the artifacts
    QString
        url; // empty: SQLite at DIR/flagbridge.db; else postgresql://user@host:port/database, password from the password file
    QString migrations = QStringLiteral(":/migrations"); // folder of NNNN_name.sql; tests give their own
    int readConnections = 2;
    std::chrono::milliseconds batchCap {20};
    std::chrono::milliseconds readOnlyRetry {5000};
};

class Database : public QObject
{
    Q_OBJECT

public:
    // Locks, opens and migrates. State errors name what to do: another engine holds the store, the database is newer than the program.
    static Result<std::unique_ptr<Database>> open(const DatabaseOptions &options, const Clock &clock,
                                                  Random &random);
    ~Database() override; // commits the open batch

    // fn(Transaction &) -> Result<T>. A write inside a write is a savepoint of it.
    template <typename Fn, typename R = std::invoke_result_t<Fn, Transaction &>>
    R write(Fn fn)
    {
        Transaction transaction = beginWrite();
        if (m_refusal)
            return R(*m_refusal);
        R result = fn(transaction);
        if (auto ended = endWrite(transaction, result ? nullptr : &result.error()); !ended)
            return R(ended.error());
        return result;
    }

    // After the outcome of the open batch; at once when none is open.
    void whenCommitted(std::function<void(const Result<void> &)> fn);
    Result<void> flush(); // commits the open batch now and runs what waits for it

    void
    endReads(); // waits for what read() started, and refuses more: services that reads refer to may go then
    Reader &reader(); // the engine thread's view: sees the rows of the open batch

    // fn(Reader &) -> Result<T>, on a thread of the read pool, in one read-only snapshot of committed rows.
    template <typename Fn, typename R = std::invoke_result_t<Fn, Reader &>>
    QFuture<R> read(Fn fn)
    {
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        QFuture<R> future = promise->future();
        postRead([promise, fn = std::move(fn)](Result<Reader *> reader) mutable {
            promise->addResult(reader ? fn(**reader) : R(reader.error()));
            promise->finish();
        });
        return future;
    }

    // A last step before COMMIT: gives sequence numbers, audit hashes. It gets what the batch's writes staged for it (Transaction::stage
    // with the number returned here) and is not called when that is nothing. Finishers run in the order they were added; on PostgreSQL
    // under one advisory lock, so that the numbers of several engines become visible in order. An error fails the batch.
    using Finisher = std::function<Result<void>(Transaction &, const std::vector<std::any> &)>;
    int addBatchFinisher(Finisher finisher);

    Dialect dialect() const;
    const QString &dataDir() const { return m_options.dataDir; }
    const FleetIdentity &fleet() const { return m_fleet; } // made with the store
    qint64 epoch() const { return m_epoch; } // raised by each opening
    bool isReadOnly() const { return m_unwritable.has_value(); }

signals:
    // Entered when the disk is full, fails, or PostgreSQL is away; left by itself once a trial write succeeds.
    void readOnlyChanged(bool readOnly, const QString &reason);
    void batchFailed(const fb::Error &error);

private:
    struct Waiting {
        Transaction::Effect effect;
        std::function<void(const Result<void> &)> outcome;
    };
    struct Delivery { // what runs once a batch or a single write has ended
        std::vector<Waiting> waiting;
        Result<void> outcome;
        bool wholeBatch = false;
    };

    Database(const DatabaseOptions &options, const Clock &clock);

    Result<void> start(Random &random);
    Result<void> raiseEpoch();
    Transaction beginWrite(); // sets m_refusal when the write cannot start
    Result<void> endWrite(Transaction &transaction, const Error *failed);
    void takeBack(Transaction &transaction, const Error &error);
    Result<void> openBatch();
    Result<void> checkEpoch();
    Result<void> finishBatch(); // finishers and COMMIT, or ROLLBACK
    Result<void> runFinishers();
    Result<void> closeBatch(); // finishBatch, and puts down the outcome for deliver()
    void deliverLater();
    void deliver();
    void noteFailure(); // a fault of the store itself dooms the batch
    void enterReadOnly(const Error &error);
    void tryToWrite();
    Result<void> trialWrite();
    void postRead(std::function<void(Result<Reader *>)> job);

    DatabaseOptions m_options;
    const Clock &m_clock;
    FleetIdentity m_fleet;
    std::unique_ptr<EngineLock> m_lock;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<Reader> m_reader;
    std::unique_ptr<ReadPool> m_readPool;
    std::vector<Finisher> m_finishers;
    std::vector<Waiting> m_waiting; // for the open batch
    std::vector<Transaction::Staged> m_staged; // in the open batch
    std::deque<Delivery> m_deliveries; // of ended batches and writes
    std::optional<Error> m_refusal; // why the write that is starting may not
    std::optional<Error> m_doomed; // why the open batch cannot be committed
    std::optional<Error> m_unwritable; // why the store is read-only
    Tick m_batchBegan {};
    quint64 m_batchNumber = 0;
    qint64 m_epoch = 0;
    int m_depth = 0; // of nested writes
    bool m_batchOpen = false;
    bool m_doomedByStore = false; // the disk or the server, not a clash
    bool m_delivering = false;
};

}
