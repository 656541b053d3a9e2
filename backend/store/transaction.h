#pragma once
// Reading and writing rows. A repository takes a Transaction & to write and a Reader & to read, and never a Database. Placeholders are
// `?`, always bound; columns are named; both databases read the same SQL. Thread: the one whose Database or read pool made it.
//
// A statement that fails dooms its whole write (as PostgreSQL does it): use ON CONFLICT DO NOTHING where a clash is expected.

#include "backend/core/result.h"
#include "backend/store/dialect.h"
#include "backend/store/row.h"

#include <QList>
#include <QString>
#include <QVariant>

#include <any>
#include <functional>
#include <optional>
#include <vector>

namespace fb {

class SqlConnection;

class Reader
{
public:
    explicit Reader(SqlConnection &connection) : m_connection(connection) { }
    virtual ~Reader() = default;

    // Calls fn with each row; the number of rows. fn may query further.
    Result<int> each(const QString &sql, const QVariantList &binds,
                     const std::function<void(const Row &)> &fn);

    // fn(const Row &) -> T: the first row, or nothing.
    template <typename Fn, typename T = std::invoke_result_t<Fn, const Row &>>
    Result<std::optional<T>> one(const QString &sql, const QVariantList &binds, const Fn &fn)
    {
        std::optional<T> found;
        auto rows = each(sql, binds, [&](const Row &row) {
            if (!found)
                found.emplace(fn(row));
        });
        if (!rows)
            return rows.error();
        return found;
    }

    template <typename Fn, typename T = std::invoke_result_t<Fn, const Row &>>
    Result<QList<T>> all(const QString &sql, const QVariantList &binds, const Fn &fn)
    {
        QList<T> found;
        auto rows = each(sql, binds, [&](const Row &row) { found.append(fn(row)); });
        if (!rows)
            return rows.error();
        return found;
    }

    // The first column of the first row as a number; 0 when there is no row: for count(*), max(...), coalesce(...).
    Result<qint64> number(const QString &sql, const QVariantList &binds = {});

    Dialect dialect() const;

protected:
    SqlConnection &m_connection;
};

class Transaction : public Reader
{
public:
    Result<qint64> execute(const QString &sql, const QVariantList &binds = {}); // rows affected
    // INSERT of many rows in few statements. `onConflict` is put at the end, e.g. "ON CONFLICT (id) DO NOTHING".
    Result<qint64> insertRows(const QString &table, const QStringList &columns,
                              const QList<QVariantList> &rows, const QString &onConflict = {});

    // Run on the engine thread, in the order they were given, once the turn's batch is committed, or once this write or the batch is
    // lost. Exactly one of the two kinds runs.
    void onCommitted(std::function<void()> fn);
    void onRolledBack(std::function<void(const Error &)> fn);

    // Hands an item to a batch finisher (Database::addBatchFinisher), which gets those of all writes that were kept, in order.
    void stage(int finisher, std::any item);

    // `count` consecutive numbers of a named sequence that never repeats, in batch order: the first of them. For batch finishers.
    Result<qint64> takeNumbers(const QString &sequence, qint64 count);

private:
    friend class Database;
    struct Effect {
        std::function<void()> committed;
        std::function<void(const Error &)> rolledBack;
    };

    struct Staged {
        int finisher = 0;
        std::any item;
    };

    explicit Transaction(SqlConnection &connection) : Reader(connection) { }

    std::vector<Effect> m_effects;
    std::vector<Staged> m_staged;
    // Where the batch's lists stood when this write began: what a failing outer write takes back of its inner ones.
    size_t m_firstWaiting = 0;
    size_t m_firstStaged = 0;
};

}
