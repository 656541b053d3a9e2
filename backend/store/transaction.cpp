#include "backend/store/transaction.h"

#include "backend/base/fail.h"
#include "backend/store/sql_connection.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // Values in one statement: below SQLite's 32,766, and small enough that PostgreSQL's text of it stays short.
    constexpr qsizetype kMostValues = 4096;
    // Qt gives each place a name, and SQLite looks names up one by one when it prepares: more rows cost more than they save.
    constexpr qsizetype kMostRows = 64;

    QString insertText(const QString &table, const QStringList &columns, qsizetype rows,
                       const QString &onConflict)
    {
        const QString marks = u'(' + QStringList(columns.size(), u"?"_s).join(u',') + u')';
        return u"INSERT INTO %1 (%2) VALUES %3 %4"_s.arg(table, columns.join(u", "_s),
                                                         QStringList(rows, marks).join(u','), onConflict);
    }
}

Result<int> Reader::each(const QString &sql, const QVariantList &binds,
                         const std::function<void(const Row &)> &fn)
{
    return m_connection.select(sql, binds, fn);
}

Result<qint64> Reader::number(const QString &sql, const QVariantList &binds)
{
    return one(sql, binds, [](const Row &row) { return row.integer(0); }).map([](const auto &found) {
        return found.value_or(0);
    });
}

Dialect Reader::dialect() const { return m_connection.dialect(); }

Result<qint64> Transaction::execute(const QString &sql, const QVariantList &binds)
{
    return m_connection.execute(sql, binds);
}

// Powers of two, so that any number of rows needs few different statements, and each stays prepared.
Result<qint64> Transaction::insertRows(const QString &table, const QStringList &columns,
                                       const QList<QVariantList> &rows, const QString &onConflict)
{
    qsizetype chunk = kMostRows;
    while (chunk > 1 && chunk * columns.size() > kMostValues)
        chunk /= 2;
    qint64 inserted = 0;
    for (qsizetype done = 0; done < rows.size();) {
        while (chunk > rows.size() - done)
            chunk /= 2;
        QVariantList binds;
        binds.reserve(chunk * columns.size());
        for (qsizetype i = 0; i < chunk; ++i) {
            if (rows.at(done + i).size() != columns.size())
                return fail(errors::kInternal,
                            u"A row for %1 has %2 values for %3 columns."_s.arg(table)
                                .arg(rows.at(done + i).size())
                                .arg(columns.size()));
            binds += rows.at(done + i);
        }
        auto count = m_connection.execute(insertText(table, columns, chunk, onConflict), binds);
        if (!count)
            return count;
        inserted += *count;
        done += chunk;
    }
    return inserted;
}

void Transaction::onCommitted(std::function<void()> fn) { m_effects.push_back({std::move(fn), {}}); }

void Transaction::onRolledBack(std::function<void(const Error &)> fn)
{
    m_effects.push_back({{}, std::move(fn)});
}

void Transaction::stage(int finisher, std::any item) { m_staged.push_back({finisher, std::move(item)}); }

Result<qint64> Transaction::takeNumbers(const QString &sequence, qint64 count)
{
    return number(u"INSERT INTO sequence (name, last_number) VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
                  "SET last_number = sequence.last_number + excluded.last_number RETURNING last_number"_s,
                  {sequence, count})
        .map([count](qint64 last) { return last - count + 1; });
}

}
