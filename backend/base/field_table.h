#pragma once
// One declaration a struct, from which JSON both ways, validation that names the field, CSV and the audit diff are all made (design 3).
//
//     enum class Status { Pending, InProgress };
//     constexpr auto namesOf(const Status *)
//     {
//         return std::array {EnumName<Status> {Status::Pending, "Pending"}, EnumName<Status> {Status::InProgress, "InProgress"}};
//     }
//     struct Target { QString key; QStringList values; };
//     template <std::same_as<Target> T>
//     constexpr auto fieldsOf(const T *) // a template, so that only those pay for the table's types who use it
//     {
//         return fieldTable(field("Key", &T::key).required().length(1, 163),
//                           field("Values", &T::values).items(0, 50).length(0, 256));
//     }
//     QJsonObject json = toJson(target);
//     Result<Target> back = fromJson<Target>(json);            // "Targets[0].Key is ..." with the dotted path in Error::field
//
// Member types: QString, CompactText, bool, integers, double, enums with namesOf, QStringList and QList of any of these, QMap<QString, ...>, Id<>,
// Instant (seconds since 1970, as AWS writes times), std::chrono::seconds, std::optional, nested structs, QJsonObject, QJsonArray.
// Both functions stand in the struct's namespace, right after it. Any thread.

#include "backend/base/field_value.h"

namespace fb {

namespace fields {
    template <HasFields T, typename Fn>
    void forEachField(const Fn &fn)
    {
        std::apply([&fn](const auto &...field) { (fn(field), ...); },
                   fieldsOf(static_cast<const T *>(nullptr)));
    }

    // Until fn returns an error.
    template <HasFields T, typename Fn>
    Result<void> tryEachField(const Fn &fn)
    {
        Result<void> result;
        std::apply([&](const auto &...field) { ((result = fn(field), result.has_value()) && ...); },
                   fieldsOf(static_cast<const T *>(nullptr)));
        return result;
    }

    inline bool isEmptyJson(const QJsonValue &value)
    {
        return value.isNull() || value.isUndefined() || (value.isString() && value.toString().isEmpty())
            || (value.isArray() && value.toArray().isEmpty())
            || (value.isObject() && value.toObject().isEmpty());
    }

    template <HasFields T>
    QJsonObject toJsonObject(const T &object)
    {
        QJsonObject json;
        forEachField<T>([&](const auto &field) {
            const QJsonValue value = toJsonValue(object.*(field.member));
            if (value.isNull() || (field.rules.omitEmpty && isEmptyJson(value)))
                return;
            json.insert(QLatin1String(field.name), value);
        });
        return json;
    }

    template <HasFields T>
    Result<void> checkObject(const T &object, const QString &path)
    {
        return tryEachField<T>([&](const auto &field) -> Result<void> {
            const auto &value = object.*(field.member);
            const QString where = member(path, field.name);
            if (field.rules.required && isEmptyJson(toJsonValue(value)))
                return fail(errors::kValidation, QStringLiteral("%1 is missing; it is required.").arg(where),
                            where);
            if (!field.rules.required && field.rules.omitEmpty && isEmptyJson(toJsonValue(value)))
                return {};
            return checkValue(value, field.rules, where);
        });
    }

    template <HasFields T>
    Result<T> fromJsonObject(const QJsonObject &json, const QString &path)
    {
        T object {};
        auto parsed = tryEachField<T>([&](const auto &field) -> Result<void> {
            using Member = typename std::decay_t<decltype(field)>::MemberType;
            const auto it = json.constFind(QLatin1String(field.name));
            if (it == json.constEnd() || it->isNull())
                return {}; // the member keeps its default
            auto value = fromJsonValue<Member>(it.value(), member(path, field.name));
            if (!value)
                return fail(value.error());
            object.*(field.member) = std::move(*value);
            return {};
        });
        if (!parsed)
            return fail(parsed.error());
        return object;
    }
}

template <HasFields T>
QJsonObject toJson(const T &object)
{
    return fields::toJsonObject(object);
}

// Reads and validates. Members the table does not name are ignored, as AWS does; see unknownMember() for input that must be strict.
template <HasFields T>
Result<T> fromJson(const QJsonObject &json)
{
    auto object = fields::fromJsonObject<T>(json, QString());
    if (!object)
        return object;
    if (auto checked = fields::checkObject(*object, QString()); !checked)
        return fail(checked.error());
    return object;
}

template <HasFields T>
Result<void> validate(const T &object)
{
    return fields::checkObject(object, QString());
}

template <HasNames Enum>
Result<Enum> enumNamed(const QString &text, const QString &field)
{
    return fields::enumFromName<Enum>(text, field);
}

// The first top-level member of `json` that T does not know; empty if none.
template <HasFields T>
QString unknownMember(const QJsonObject &json)
{
    QStringList known;
    fields::forEachField<T>([&](const auto &field) { known.append(QString::fromLatin1(field.name)); });
    for (const QString &key : json.keys()) {
        if (!known.contains(key))
            return key;
    }
    return {};
}

template <HasFields T>
QStringList csvHeader()
{
    QStringList names;
    fields::forEachField<T>([&](const auto &field) {
        if (!field.rules.secret)
            names.append(QString::fromLatin1(field.name));
    });
    return names;
}

// One row's cells, for csvLine(); secret fields are left out of header and row alike.
template <HasFields T>
QStringList csvRow(const T &object)
{
    QStringList cells;
    fields::forEachField<T>([&](const auto &field) {
        if (!field.rules.secret)
            cells.append(fields::cellText(fields::toJsonValue(object.*(field.member))));
    });
    return cells;
}

// What changed: {"Key": {"from": ..., "to": ...}}; a secret's values are replaced by "***".
template <HasFields T>
QJsonObject auditDiff(const T &before, const T &after)
{
    QJsonObject changes;
    fields::forEachField<T>([&](const auto &field) {
        const QJsonValue from = fields::toJsonValue(before.*(field.member));
        const QJsonValue to = fields::toJsonValue(after.*(field.member));
        if (from == to)
            return;
        const QJsonValue hidden = QStringLiteral("***");
        changes.insert(QLatin1String(field.name),
                       QJsonObject {{QStringLiteral("from"), field.rules.secret ? hidden : from},
                                    {QStringLiteral("to"), field.rules.secret ? hidden : to}});
    });
    return changes;
}

}
