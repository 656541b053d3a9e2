#pragma once
// One row of an answer, by column index from 0, and the values one binds: toSql(instant), toSql(id). Thread: that of the query.

#include "backend/base/qt_text.h"
#include "backend/core/clock.h"

#include <QByteArray>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <chrono>
#include <optional>
#include <type_traits>

namespace fb {

class Row
{
public:
    explicit Row(const QSqlQuery &query) : m_query(query) { }

    QString text(int column) const { return m_query.value(column).toString(); } // "" for NULL
    qint64 integer(int column) const { return m_query.value(column).toLongLong(); } // 0 for NULL
    double real(int column) const { return m_query.value(column).toDouble(); }
    QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    bool boolean(int column) const { return m_query.value(column).toBool(); }
    Instant instant(int column) const { return fromMicros(integer(column)); }
    std::chrono::seconds seconds(int column) const { return std::chrono::seconds(integer(column)); }
    bool isNull(int column) const { return m_query.isNull(column); } // also of empty bytes, on SQLite
    std::optional<Instant> instantIfAny(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(instant(column));
    }
    std::optional<qint64> integerIfAny(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(integer(column));
    }
    template <typename IdType>
    IdType id(int column) const
    {
        return toId<IdType>(text(column));
    }

private:
    const QSqlQuery &m_query;
};

inline QVariant toSql(Instant instant) { return QVariant(static_cast<qint64>(toMicros(instant))); }
inline QVariant toSql(std::chrono::seconds duration)
{
    return QVariant(static_cast<qint64>(duration.count()));
}
template <typename Tag>
QVariant toSql(const Id<Tag> &id)
{
    return QVariant(toQString(id));
}
template <typename T>
QVariant toSql(const std::optional<T> &value) // NULL for nothing
{
    if constexpr (std::is_constructible_v<QVariant, T>)
        return value ? QVariant(*value) : QVariant();
    else
        return value ? toSql(*value) : QVariant();
}

}
