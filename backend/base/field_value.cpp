#include "backend/base/field_value.h"

#include <QHash>
#include <QJsonDocument>
#include <QRegularExpression>

namespace fb::fields {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kShownCharacters = 80; // of a refused value, in the message

    QString shown(const QString &text)
    {
        return text.size() > kShownCharacters ? text.left(kShownCharacters) + u"…"_s : text;
    }

    QString numberText(double number)
    {
        return std::floor(number) == number ? QString::number(number, 'f', 0)
                                            : QString::number(number, 'g', 15);
    }

    // Compiled once a thread: the patterns are literals of our own tables.
    const QRegularExpression &compiled(const char *pattern)
    {
        thread_local QHash<const char *, QRegularExpression> cache;
        auto it = cache.find(pattern);
        if (it == cache.end())
            it = cache.insert(
                pattern,
                QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(pattern)),
                                   QRegularExpression::DontCaptureOption));
        return *it;
    }

    QString describe(const QJsonValue &value)
    {
        switch (value.type()) {
        case QJsonValue::Bool:
            return value.toBool() ? u"true"_s : u"false"_s;
        case QJsonValue::Double:
            return numberText(value.toDouble());
        case QJsonValue::String:
            return u"the text '%1'"_s.arg(shown(value.toString()));
        case QJsonValue::Array:
            return u"a list"_s;
        case QJsonValue::Object:
            return u"an object"_s;
        default:
            return u"null"_s;
        }
    }
}

QString member(const QString &path, const char *name) { return member(path, QString::fromLatin1(name)); }

QString member(const QString &path, const QString &key) { return path.isEmpty() ? key : path + u'.' + key; }

QString element(const QString &path, qsizetype index) { return path + u'[' + QString::number(index) + u']'; }

Result<void> checkText(const QString &text, const FieldRules &rules, const QString &path)
{
    // counted in characters, not in UTF-16 units
    const qsizetype length = rules.maxLength < 0 && rules.minLength == 0 ? 0 : text.toUcs4().size();
    if (length < rules.minLength || (rules.maxLength >= 0 && length > rules.maxLength)) {
        const QString wanted = rules.maxLength < 0 ? u"at least %1"_s.arg(rules.minLength)
                                                   : u"%1 to %2"_s.arg(rules.minLength).arg(rules.maxLength);
        return fail(errors::kValidation,
                    u"%1 has %2 characters; it must have %3."_s.arg(path).arg(length).arg(wanted), path);
    }
    if (rules.pattern && !compiled(rules.pattern).match(text).hasMatch())
        return fail(
            errors::kValidation,
            u"%1 is '%2'; it must match %3."_s.arg(path, shown(text), QString::fromLatin1(rules.pattern)),
            path);
    if (!rules.choices.front())
        return {};
    QStringList names;
    for (const char *choice : rules.choices) {
        if (choice && text == QLatin1String(choice))
            return {};
        if (choice)
            names.append(QString::fromLatin1(choice));
    }
    return notOneOf(text, names, path);
}

Result<void> checkNumber(double number, const FieldRules &rules, const QString &path)
{
    if (!rules.hasRange || (number >= rules.min && number <= rules.max))
        return {};
    return fail(errors::kValidation,
                u"%1 is %2; it must be %3 to %4."_s.arg(path, numberText(number), numberText(rules.min),
                                                        numberText(rules.max)),
                path);
}

Result<void> checkCount(qsizetype count, const FieldRules &rules, const QString &path)
{
    if (count >= rules.minItems && (rules.maxItems < 0 || count <= rules.maxItems))
        return {};
    const QString wanted = rules.maxItems < 0 ? u"at least %1"_s.arg(rules.minItems)
                                              : u"%1 to %2"_s.arg(rules.minItems).arg(rules.maxItems);
    return fail(errors::kValidation, u"%1 has %2 items; it must have %3."_s.arg(path).arg(count).arg(wanted),
                path);
}

tl::unexpected<Error> wrongType(const QJsonValue &value, const QString &wanted, const QString &path)
{
    return fail(errors::kValidation, u"%1 is %2; it must be %3."_s.arg(path, describe(value), wanted), path);
}

tl::unexpected<Error> notOneOf(const QString &text, const QStringList &names, const QString &path)
{
    return fail(errors::kValidation,
                u"%1 is '%2'; it must be one of %3."_s.arg(path, shown(text), names.join(u", "_s)), path);
}

Result<double> wholeNumber(const QJsonValue &value, double min, double max, const QString &path)
{
    if (!value.isDouble() || std::floor(value.toDouble()) != value.toDouble())
        return wrongType(value, u"a whole number"_s, path);
    if (value.toDouble() < min || value.toDouble() > max)
        return wrongType(value, u"%1 to %2"_s.arg(numberText(min), numberText(max)), path);
    return value.toDouble();
}

QString cellText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return numberText(value.toDouble());
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default:
        return {};
    }
}

}
