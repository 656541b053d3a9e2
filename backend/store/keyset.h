#pragma once
// Pages of a list by the last row's key, never by OFFSET: a page costs the same at row 10 and at row 100,000, and rows that come or go
// meanwhile are neither shown twice nor skipped (style 7). For repositories; any thread.
//
//     const Keyset keyset({u"created_at"_s, u"id"_s}, Keyset::Order::Descending, page);      // the last column makes it unique
//     auto rows = reader.all(u"SELECT ... FROM command WHERE status = ? AND %1 ORDER BY %2 LIMIT ?"_s
//                                .arg(keyset.condition(), keyset.order()), QVariantList {status} + keyset.binds() << keyset.rowLimit(), fn);
//     return keyset.page(*rows, [](const Command &c) { return QVariantList {toSql(c.createdAt), toSql(c.id)}; });
//
// The position goes through PagingTokens on its way to a client and back (base/paging_token.h), which keep it from being made up.

#include "backend/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace fb {

struct PageRequest {
    int limit = 50; // rows a page
    QByteArray position; // of the page before; empty for the first
};

template <typename T>
struct Page {
    QList<T> rows;
    QByteArray next; // position of the next page; empty when this is the last
};

class Keyset
{
public:
    enum class Order { Ascending, Descending };

    // Columns are SQL names, the same in each page of a list, and none of them is ever NULL.
    Keyset(QStringList columns, Order order, PageRequest request);

    // InvalidNextToken when the position is not one of this list.
    Result<void> check() const;
    QString condition() const; // "1 = 1" on the first page
    QVariantList binds() const; // of condition()
    QString order() const; // "created_at DESC, id DESC"
    int rowLimit() const { return m_request.limit + 1; } // one more tells whether there is a next page

    // `rows` as read with rowLimit(); `key` gives a row's values for the columns: whole numbers or texts.
    template <typename T, typename Key>
    Page<T> page(QList<T> rows, const Key &key) const
    {
        Page<T> result;
        if (rows.size() > m_request.limit) {
            rows.resize(m_request.limit);
            result.next = positionOf(key(rows.back()));
        }
        result.rows = std::move(rows);
        return result;
    }

private:
    static QByteArray positionOf(const QVariantList &key);

    QStringList m_columns;
    Order m_order;
    PageRequest m_request;
    QVariantList m_after; // the key the page begins after; empty on the first page
    bool m_valid = true;
};

}
