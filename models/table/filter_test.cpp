#include "models/table/filter_test.h"

#include <QDateTime>
#include <QRegularExpression>

#include <cmath>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    bool isOrdering(FilterOperator op)
    {
        return op == FilterOperator::Less || op == FilterOperator::LessOrEqual
            || op == FilterOperator::Greater || op == FilterOperator::GreaterOrEqual;
    }

    bool isNegated(FilterOperator op)
    {
        return op == FilterOperator::NotEquals || op == FilterOperator::NotContains;
    }

    std::optional<double> numberOf(const QString &text)
    {
        bool is = false;
        const double number = QString(text).remove(u' ').remove(u',').toDouble(&is);
        return is && std::isfinite(number) ? std::optional(number) : std::nullopt;
    }

    std::optional<double> shareOf(const QString &text)
    {
        const auto number = numberOf(QString(text).remove(u'%'));
        return number ? std::optional(*number / 100) : std::nullopt;
    }

    std::optional<double> bytesOf(const QString &text)
    {
        static const QRegularExpression kSize(u"^([0-9.]+)\\s*([kmgt]?)(i?)b?$"_s,
                                              QRegularExpression::CaseInsensitiveOption);
        const auto match = kSize.match(text.trimmed());
        const auto number = match.hasMatch() ? numberOf(match.captured(1)) : std::nullopt;
        if (!number)
            return std::nullopt;
        const QString unit = match.captured(2).toLower();
        const qsizetype power = unit.isEmpty() ? 0 : u"kmgt"_s.indexOf(unit) + 1;
        return *number * std::pow(1024.0, static_cast<double>(power)); // as sizes are shown
    }

    double secondsOf(const QString &unit)
    {
        if (unit == u"秒" || unit.startsWith(u's'))
            return 1;
        if (unit == u"分" || unit == u"m" || unit.startsWith(u"min"))
            return 60;
        if (unit == u"時間" || unit.startsWith(u'h'))
            return 3600;
        if (unit == u"日" || unit.startsWith(u'd'))
            return 86400;
        return 7 * 86400;
    }
}

int compareVersions(const QString &a, const QString &b)
{
    const QStringList left = a.split(u'.');
    const QStringList right = b.split(u'.');
    for (qsizetype i = 0; i < qMin(left.size(), right.size()); ++i) {
        bool numbers[2];
        const qlonglong x = left[i].toLongLong(&numbers[0]);
        const qlonglong y = right[i].toLongLong(&numbers[1]);
        if (numbers[0] && numbers[1] && x != y)
            return x < y ? -1 : 1;
        if (!(numbers[0] && numbers[1]) && left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    }
    return left.size() == right.size() ? 0 : left.size() < right.size() ? -1 : 1;
}

FilterTest::FilterTest(const FilterToken &token, const FilterProperty &property)
    : m_op(token.op),
      m_property(property)
{
    const bool contains = m_op == FilterOperator::Contains || m_op == FilterOperator::NotContains;
    if (isOrdering(m_op) && property.type == FilterType::Text) {
        m_problem = tr("%1 cannot be compared by order. Use = != ~ or !~.").arg(property.title);
        return;
    }
    const bool asText = contains || property.type == FilterType::Text;
    for (const QString &value : token.values) {
        m_whole.insert(value.toCaseFolded());
        m_parts << value;
        if (asText)
            continue;
        const auto limit = limitOf(value, property.type);
        if (!limit)
            return; // the problem is set
        m_limits.push_back(*limit);
        m_ages = m_ages || limit->isAge;
    }
}

std::optional<FilterTest::Limit> FilterTest::timeLimit(const QString &value)
{
    static const QRegularExpression kAge(u"^(in\\s+)?([0-9]{1,9})\\s*(seconds?|secs?|s|minutes?|mins?|m|"
                                         u"hours?|h|days?|d|weeks?|w|秒|分|時間|日|週間)"
                                         "\\s*(ago|前|後)?$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (const auto match = kAge.match(value.trimmed()); match.hasMatch()) {
        const bool future = !match.captured(1).isEmpty() || match.captured(4) == u"後";
        const double seconds = match.captured(2).toDouble() * secondsOf(match.captured(3).toLower());
        return Limit {.number = future ? -seconds : seconds, .text = {}, .isAge = true};
    }
    const QString text = value.trimmed();
    const QDate date = QDate::fromString(text, Qt::ISODate);
    if (text.size() == 10 && date.isValid()) {
        const qint64 begin = date.startOfDay().toMSecsSinceEpoch() * 1000;
        const qint64 end = date.addDays(1).startOfDay().toMSecsSinceEpoch() * 1000;
        return Limit {
            .number = static_cast<double>(begin), .text = {}, .day = static_cast<double>(end - begin)};
    }
    const QDateTime moment = QDateTime::fromString(QString(text).replace(u' ', u'T'), Qt::ISODate);
    if (!moment.isValid())
        return std::nullopt;
    return Limit {.number = static_cast<double>(moment.toMSecsSinceEpoch() * 1000), .text = {}};
}

std::optional<FilterTest::Limit> FilterTest::limitOf(const QString &value, FilterType type)
{
    const auto number
        = [&](const std::optional<double> &read, const QString &example) -> std::optional<Limit> {
        if (read)
            return Limit {.number = *read, .text = {}};
        //: %1: what was typed, %2: an example
        m_problem = tr("\"%1\" is not understood. Enter it like this: %2").arg(value, example);
        return std::nullopt;
    };
    switch (type) {
    case FilterType::Number:
        return number(numberOf(value), u"12"_s);
    case FilterType::Percent:
        return number(shareOf(value), u"80%"_s);
    case FilterType::Size:
        return number(bytesOf(value), u"10 MiB"_s);
    case FilterType::Version:
        return Limit {.text = value.trimmed()};
    case FilterType::Time:
        if (const auto limit = timeLimit(value); limit && (limit->day > 0 || isOrdering(m_op)))
            return limit;
        m_problem = isOrdering(m_op)
            ? tr("\"%1\" is not a time. Enter 5 min ago, in 3 days, 2026-11-20 or 2026-11-20 08:30.")
                  .arg(value)
            : tr("\"%1\" is not a day. Enter 2026-11-20, or use < and >.").arg(value);
        return std::nullopt;
    case FilterType::Text:
        break;
    }
    return Limit {};
}

bool FilterTest::compares(double actual, double wanted) const
{
    switch (m_op) {
    case FilterOperator::Less:
        return actual < wanted;
    case FilterOperator::LessOrEqual:
        return actual <= wanted;
    case FilterOperator::Greater:
        return actual > wanted;
    case FilterOperator::GreaterOrEqual:
        return actual >= wanted;
    default:
        return actual == wanted;
    }
}

bool FilterTest::acceptsText(const QStringList &texts) const
{
    const bool byPart
        = m_property.byPart || m_op == FilterOperator::Contains || m_op == FilterOperator::NotContains;
    for (const QString &text : texts) {
        if (byPart
                ? std::any_of(m_parts.begin(), m_parts.end(),
                              [&](const QString &part) { return text.contains(part, Qt::CaseInsensitive); })
                : m_whole.contains(text.toCaseFolded()))
            return true;
    }
    return false;
}

bool FilterTest::acceptsLimit(const Limit &limit, const FilterValue &value, Instant now) const
{
    switch (m_property.type) {
    case FilterType::Number:
    case FilterType::Size:
        return value.number && compares(*value.number, limit.number);
    case FilterType::Percent: // as shown: whole percents
        return value.number && compares(std::round(*value.number * 100), std::round(limit.number * 100));
    case FilterType::Version:
        return !value.texts.isEmpty() && !value.texts[0].isEmpty()
            && compares(compareVersions(value.texts[0], limit.text), 0);
    case FilterType::Time: {
        if (!value.time || toMicros(*value.time) == 0)
            return false; // never
        const auto micros = static_cast<double>(toMicros(*value.time));
        if (limit.isAge) {
            const double age = (static_cast<double>(toMicros(now)) - micros) / 1e6;
            return limit.number < 0 ? compares(-age, -limit.number) : compares(age, limit.number);
        }
        if (limit.day > 0 && !isOrdering(m_op))
            return micros >= limit.number && micros < limit.number + limit.day;
        const bool afterDay
            = limit.day > 0 && (m_op == FilterOperator::Greater || m_op == FilterOperator::LessOrEqual);
        // > and <= a day mean its end.
        return afterDay ? (m_op == FilterOperator::Greater ? micros >= limit.number + limit.day
                                                           : micros < limit.number + limit.day)
                        : compares(micros, limit.number);
    }
    case FilterType::Text:
        break;
    }
    return false;
}

bool FilterTest::accepts(const FilterValue &value, Instant now) const
{
    if (!m_problem.isEmpty())
        return false;
    const bool found = m_limits.empty()
        ? acceptsText(value.texts)
        : std::any_of(m_limits.begin(), m_limits.end(),
                      [&](const Limit &limit) { return acceptsLimit(limit, value, now); });
    return found != isNegated(m_op);
}

}
