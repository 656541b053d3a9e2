#pragma once
// The words of a field table: a field's wire name, its member and its limits. Read field_table.h first. Any thread.

#include <QString>

#include <array>
#include <concepts>
#include <cstdint>
#include <tuple>

namespace fb {

// Limits of one field; each is optional. Checked by validate() and fromJson().
struct FieldRules {
    bool required = false; // must be in the JSON, and not empty
    bool secret = false; // never in CSV or in an audit diff
    bool omitEmpty = false; // left out of the JSON when empty
    int64_t minLength = 0;
    int64_t maxLength = -1; // characters of a text, or of each text in a list; -1: no limit
    int64_t minItems = 0;
    int64_t maxItems = -1; // of a list or map; -1: no limit
    bool hasRange = false;
    double min = 0;
    double max = 0; // of a number; seconds for a duration
    const char *pattern = nullptr; // of the whole text, or of each text in a list
    std::array<const char *, 16> choices {}; // a text must be one of these, if any is given
};

template <typename Struct, typename Member>
struct Field {
    using MemberType = Member;

    const char *name;
    Member Struct::*member;
    FieldRules rules {};

    constexpr Field required() const
    {
        Field copy = *this;
        copy.rules.required = true;
        return copy;
    }
    constexpr Field secret() const
    {
        Field copy = *this;
        copy.rules.secret = true;
        return copy;
    }
    constexpr Field omitEmpty() const
    {
        Field copy = *this;
        copy.rules.omitEmpty = true;
        return copy;
    }
    constexpr Field length(int64_t min, int64_t max) const
    {
        Field copy = *this;
        copy.rules.minLength = min;
        copy.rules.maxLength = max;
        return copy;
    }
    constexpr Field items(int64_t min, int64_t max) const
    {
        Field copy = *this;
        copy.rules.minItems = min;
        copy.rules.maxItems = max;
        return copy;
    }
    constexpr Field range(double min, double max) const
    {
        Field copy = *this;
        copy.rules.hasRange = true;
        copy.rules.min = min;
        copy.rules.max = max;
        return copy;
    }
    constexpr Field pattern(const char *regularExpression) const
    {
        Field copy = *this;
        copy.rules.pattern = regularExpression;
        return copy;
    }
    template <typename... Text>
    constexpr Field oneOf(Text... texts) const
    {
        static_assert(sizeof...(Text) <= 16);
        Field copy = *this;
        copy.rules.choices = {texts...};
        return copy;
    }
};

template <typename Struct, typename Member>
constexpr Field<Struct, Member> field(const char *name, Member Struct::*member)
{
    return {.name = name, .member = member};
}

template <typename... Fields>
constexpr std::tuple<Fields...> fieldTable(Fields... fields)
{
    return {fields...};
}

// One value of an enum and its name on the wire.
template <typename Enum>
struct EnumName {
    Enum value;
    const char *name;
};

template <typename T>
concept HasFields = requires(const T *object)
{
    fieldsOf(object);
};

template <typename T>
concept HasNames = requires(const T *value)
{
    namesOf(value);
};

// "InProgress" of Status::InProgress; "" for a value without a name.
template <HasNames Enum>
QString enumName(Enum value)
{
    for (const auto &row : namesOf(static_cast<const Enum *>(nullptr))) {
        if (row.value == value)
            return QString::fromLatin1(row.name);
    }
    return {};
}

}
