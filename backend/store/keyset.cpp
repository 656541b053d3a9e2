#include "backend/store/keyset.h"

#include "backend/base/fail.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // Whole numbers as text with a mark: JSON would round those beyond 2^53.
    constexpr QChar kNumber = u'n';
    constexpr QChar kText = u't';

    bool isNumber(const QVariant &value)
    {
        const int type = value.metaType().id();
        return type == QMetaType::LongLong || type == QMetaType::Int;
    }
}

Keyset::Keyset(QStringList columns, Order order, PageRequest request)
    : m_columns(std::move(columns)),
      m_order(order),
      m_request(std::move(request))
{
    if (m_request.position.isEmpty())
        return;
    const QJsonArray parts = QJsonDocument::fromJson(m_request.position).array();
    m_valid = parts.size() == m_columns.size();
    for (const QJsonValue &part : parts) {
        const QString text = part.toString();
        bool read = text.startsWith(kText);
        QVariant value = text.mid(1);
        if (text.startsWith(kNumber))
            value = text.mid(1).toLongLong(&read);
        m_valid = m_valid && read;
        m_after.append(value);
    }
}

Result<void> Keyset::check() const
{
    if (m_valid)
        return {};
    return fail(errors::kInvalidNextToken, u"NextToken belongs to another list; start this one without it."_s,
                u"NextToken"_s);
}

QString Keyset::condition() const
{
    if (m_after.isEmpty() || !m_valid)
        return m_valid ? u"1 = 1"_s : u"1 = 0"_s;
    const QString marks = QStringList(m_columns.size(), u"?"_s).join(u", "_s);
    return u"(%1) %2 (%3)"_s.arg(m_columns.join(u", "_s), m_order == Order::Ascending ? u">"_s : u"<"_s,
                                 marks);
}

QVariantList Keyset::binds() const { return m_valid ? m_after : QVariantList(); }

QString Keyset::order() const
{
    const QString direction = m_order == Order::Ascending ? u" ASC"_s : u" DESC"_s;
    return m_columns.join(direction + u", "_s) + direction;
}

QByteArray Keyset::positionOf(const QVariantList &key)
{
    QJsonArray parts;
    for (const QVariant &value : key)
        parts.append((isNumber(value) ? kNumber : kText) + value.toString());
    return QJsonDocument(parts).toJson(QJsonDocument::Compact);
}

}
