#pragma once
// One value's way to JSON and back, by type; field_table.h puts them together. Errors carry the path of the value. Any thread.

#include "backend/base/compact_text.h"
#include "backend/base/fail.h"
#include "backend/base/field.h"
#include "backend/base/field_traits.h"
#include "backend/base/qt_text.h"
#include "backend/core/clock.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QStringList>

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

namespace fb::fields {

QString member(const QString &path, const char *name); // "Targets[0].Key"
QString member(const QString &path, const QString &key);
QString element(const QString &path, qsizetype index);

// The checks of FieldRules; `path` names the value in the error.
Result<void> checkText(const QString &text, const FieldRules &rules, const QString &path);
Result<void> checkNumber(double number, const FieldRules &rules, const QString &path);
Result<void> checkCount(qsizetype count, const FieldRules &rules, const QString &path);
tl::unexpected<Error> wrongType(const QJsonValue &value, const QString &wanted, const QString &path);
tl::unexpected<Error> notOneOf(const QString &text, const QStringList &names, const QString &path);
Result<double> wholeNumber(const QJsonValue &value, double min, double max, const QString &path);
QString cellText(const QJsonValue &value); // for CSV: text as it is, lists and objects as compact JSON

template <typename T>
QJsonValue toJsonValue(const T &value);
template <typename T>
Result<T> fromJsonValue(const QJsonValue &json, const QString &path);
template <typename T>
Result<void> checkValue(const T &value, const FieldRules &rules, const QString &path);
template <HasFields T>
QJsonObject toJsonObject(const T &object);
template <HasFields T>
Result<T> fromJsonObject(const QJsonObject &json, const QString &path);
template <HasFields T>
Result<void> checkObject(const T &object, const QString &path);

template <typename T>
QJsonValue toJsonValue(const T &value)
{
    if constexpr (IsOptional<T>::value)
        return value ? toJsonValue(*value) : QJsonValue();
    else if constexpr (HasFields<T>)
        return toJsonObject(value);
    else if constexpr (IsId<T>::value)
        return toQString(value);
    else if constexpr (HasNames<T>)
        return enumName(value);
    else if constexpr (std::is_same_v<T, Instant>) // seconds since 1970, as AWS writes times
        return static_cast<double>(toMicros(value)) / 1e6;
    else if constexpr (std::is_same_v<T, std::chrono::seconds>)
        return static_cast<qint64>(value.count());
    else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, double>)
        return value;
    else if constexpr (std::is_integral_v<T>)
        return static_cast<qint64>(value);
    else if constexpr (IsList<T>::value) {
        QJsonArray array;
        for (const auto &item : value)
            array.append(toJsonValue(item));
        return array;
    } else if constexpr (IsMap<T>::value) {
        QJsonObject object;
        for (auto it = value.cbegin(); it != value.cend(); ++it)
            object.insert(it.key(), toJsonValue(it.value()));
        return object;
    } else if constexpr (std::is_same_v<T, CompactText>)
        return value.text();
    else // QString, QJsonObject, QJsonArray
        return QJsonValue(value);
}

template <HasNames Enum>
Result<Enum> enumFromName(const QString &text, const QString &path)
{
    QStringList names;
    for (const auto &row : namesOf(static_cast<const Enum *>(nullptr))) {
        if (text == QLatin1String(row.name))
            return row.value;
        names.append(QString::fromLatin1(row.name));
    }
    return notOneOf(text, names, path);
}

template <typename T>
Result<T> listFromJson(const QJsonValue &json, const QString &path)
{
    if (!json.isArray())
        return wrongType(json, QStringLiteral("a list"), path);
    T out;
    const QJsonArray array = json.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        auto item = fromJsonValue<typename T::value_type>(array.at(i), element(path, i));
        if (!item)
            return fail(item.error());
        out.append(std::move(*item));
    }
    return out;
}

template <typename T>
Result<T> mapFromJson(const QJsonValue &json, const QString &path)
{
    if (!json.isObject())
        return wrongType(json, QStringLiteral("an object"), path);
    T out;
    const QJsonObject object = json.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        auto item = fromJsonValue<typename T::mapped_type>(it.value(), member(path, it.key()));
        if (!item)
            return fail(item.error());
        out.insert(it.key(), std::move(*item));
    }
    return out;
}

template <typename T>
Result<T> fromJsonValue(const QJsonValue &json, const QString &path)
{
    if constexpr (IsOptional<T>::value) {
        if (json.isNull() || json.isUndefined())
            return T();
        auto value = fromJsonValue<typename T::value_type>(json, path);
        if (!value)
            return fail(value.error());
        return T(std::move(*value));
    } else if constexpr (HasFields<T>) {
        if (!json.isObject())
            return wrongType(json, QStringLiteral("an object"), path);
        return fromJsonObject<T>(json.toObject(), path);
    } else if constexpr (IsList<T>::value) {
        return listFromJson<T>(json, path);
    } else if constexpr (IsMap<T>::value) {
        return mapFromJson<T>(json, path);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!json.isBool())
            return wrongType(json, QStringLiteral("true or false"), path);
        return json.toBool();
    } else if constexpr (std::is_same_v<T, double>) {
        if (!json.isDouble())
            return wrongType(json, QStringLiteral("a number"), path);
        return json.toDouble();
    } else if constexpr (std::is_same_v<T, Instant>) {
        if (!json.isDouble() || std::abs(json.toDouble()) > 9e9)
            return wrongType(json, QStringLiteral("a time in seconds since 1970"), path);
        return fromMicros(std::llround(json.toDouble() * 1e6));
    } else if constexpr (std::is_same_v<T, std::chrono::seconds>) {
        return wholeNumber(json, -9e15, 9e15, path).map([](double number) {
            return std::chrono::seconds(static_cast<int64_t>(number));
        });
    } else if constexpr (std::is_same_v<T, QJsonObject>) {
        if (!json.isObject())
            return wrongType(json, QStringLiteral("an object"), path);
        return json.toObject();
    } else if constexpr (std::is_same_v<T, QJsonArray>) {
        if (!json.isArray())
            return wrongType(json, QStringLiteral("a list"), path);
        return json.toArray();
    } else if constexpr (std::is_integral_v<T>) {
        constexpr double kMost = 9007199254740992.0; // 2^53: what a JSON number holds exactly
        const double low = std::max(static_cast<double>(std::numeric_limits<T>::min()), -kMost);
        const double high = std::min(static_cast<double>(std::numeric_limits<T>::max()), kMost);
        return wholeNumber(json, low, high, path).map([](double number) { return static_cast<T>(number); });
    } else {
        if (!json.isString())
            return wrongType(json, QStringLiteral("a text"), path);
        if constexpr (HasNames<T>)
            return enumFromName<T>(json.toString(), path);
        else if constexpr (IsId<T>::value)
            return toId<T>(json.toString());
        else
            return T(json.toString());
    }
}

template <typename T>
Result<void> checkValue(const T &value, const FieldRules &rules, const QString &path)
{
    if constexpr (IsOptional<T>::value) {
        return value ? checkValue(*value, rules, path) : Result<void>();
    } else if constexpr (HasFields<T>) {
        return checkObject(value, path);
    } else if constexpr (IsList<T>::value) {
        if (auto counted = checkCount(value.size(), rules, path); !counted)
            return counted;
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (auto checked = checkValue(value.at(i), rules, element(path, i)); !checked)
                return checked;
        }
        return {};
    } else if constexpr (IsMap<T>::value) {
        if (auto counted = checkCount(value.size(), rules, path); !counted)
            return counted;
        FieldRules inner = rules; // of a map of lists, `items` bounds the map
        inner.minItems = 0;
        inner.maxItems = -1;
        for (auto it = value.cbegin(); it != value.cend(); ++it) {
            if (auto checked = checkValue(it.value(), inner, member(path, it.key())); !checked)
                return checked;
        }
        return {};
    } else if constexpr (IsId<T>::value) {
        return checkText(toQString(value), rules, path);
    } else if constexpr (std::is_same_v<T, QString> || std::is_same_v<T, CompactText>) {
        return checkText(value, rules, path);
    } else if constexpr (std::is_same_v<T, std::chrono::seconds>) {
        return checkNumber(static_cast<double>(value.count()), rules, path);
    } else if constexpr (std::is_same_v<T, bool> || HasNames<T> || std::is_same_v<T, Instant>) {
        return {};
    } else if constexpr (std::is_arithmetic_v<T>) {
        return checkNumber(static_cast<double>(value), rules, path);
    } else {
        return {};
    }
}

}
