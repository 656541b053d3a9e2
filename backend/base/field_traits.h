#pragma once
// Which kind of type a field's value has: what field_value.h asks to choose its way to JSON. Any thread.

#include "backend/core/id.h"

#include <QList>
#include <QMap>
#include <QString>

#include <optional>
#include <type_traits>

namespace fb::fields {

template <typename T>
struct IsOptional : std::false_type {
};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {
};
template <typename T>
struct IsId : std::false_type {
};
template <typename Tag>
struct IsId<Id<Tag>> : std::true_type {
};
template <typename T>
struct IsList : std::false_type {
};
template <typename T>
struct IsList<QList<T>> : std::true_type {
};
template <typename T>
struct IsMap : std::false_type {
};
template <typename T>
struct IsMap<QMap<QString, T>> : std::true_type {
};

}
