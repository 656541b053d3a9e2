#pragma once
// What Parameter Store keeps and shows. Plain values. Meanings: spec/parameter-store.md section 2.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace fb {

enum class ParameterKind { String, StringList, SecureString }; // Type on the wire

constexpr auto namesOf(const ParameterKind *)
{
    using K = ParameterKind;
    return std::array {EnumName<K> {K::String, "String"}, EnumName<K> {K::StringList, "StringList"},
                       EnumName<K> {K::SecureString, "SecureString"}};
}

enum class ParameterTier { Standard, Advanced, IntelligentTiering }; // the last one in requests only

constexpr auto namesOf(const ParameterTier *)
{
    using T = ParameterTier;
    return std::array {EnumName<T> {T::Standard, "Standard"}, EnumName<T> {T::Advanced, "Advanced"},
                       EnumName<T> {T::IntelligentTiering, "Intelligent-Tiering"}};
}

enum class PolicyStatus { Pending, Finished, Failed, InProgress };

constexpr auto namesOf(const PolicyStatus *)
{
    using S = PolicyStatus;
    return std::array {EnumName<S> {S::Pending, "Pending"}, EnumName<S> {S::Finished, "Finished"},
                       EnumName<S> {S::Failed, "Failed"}, EnumName<S> {S::InProgress, "InProgress"}};
}

struct ParameterPolicy { // as it is shown
    QString text; // its JSON
    QString type;
    PolicyStatus status = PolicyStatus::Pending;
    bool operator==(const ParameterPolicy &) const = default;
};
template <std::same_as<ParameterPolicy> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(field("PolicyText", &P::text), field("PolicyType", &P::type),
                      field("PolicyStatus", &P::status));
}

struct ParameterTag {
    QString key;
    QString value;
    bool operator==(const ParameterTag &) const = default;
};
template <std::same_as<ParameterTag> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Key", &T::key).required().length(1, 128),
                      field("Value", &T::value).length(0, 256));
}

struct Parameter { // with its value
    QString name; // as it was created
    ParameterKind type = ParameterKind::String;
    QString value; // of a SecureString that was not decrypted: the sealed blob in base64
    qint64 version = 0;
    QString selector; // ":3", ":prod"; empty: none was given
    Instant modifiedAt {};
    QString arn;
    QString dataType;
    bool operator==(const Parameter &) const = default;
};
template <std::same_as<Parameter> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(field("Name", &P::name), field("Type", &P::type), field("Value", &P::value).secret(),
                      field("Version", &P::version), field("Selector", &P::selector).omitEmpty(),
                      field("LastModifiedDate", &P::modifiedAt), field("ARN", &P::arn),
                      field("DataType", &P::dataType));
}

struct ParameterMetadata {
    QString name;
    QString arn;
    ParameterKind type = ParameterKind::String;
    QString keyId;
    Instant modifiedAt {};
    QString modifiedBy; // ARN
    QString description;
    QString allowedPattern;
    qint64 version = 0;
    ParameterTier tier = ParameterTier::Standard;
    QList<ParameterPolicy> policies;
    QString dataType;
    bool operator==(const ParameterMetadata &) const = default;
};
template <std::same_as<ParameterMetadata> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(
        field("Name", &P::name), field("ARN", &P::arn), field("Type", &P::type),
        field("KeyId", &P::keyId).omitEmpty(), field("LastModifiedDate", &P::modifiedAt),
        field("LastModifiedUser", &P::modifiedBy), field("Description", &P::description).omitEmpty(),
        field("AllowedPattern", &P::allowedPattern).omitEmpty(), field("Version", &P::version),
        field("Tier", &P::tier), field("Policies", &P::policies), field("DataType", &P::dataType));
}

struct ParameterHistory { // one version
    QString name;
    ParameterKind type = ParameterKind::String;
    QString keyId;
    Instant modifiedAt {};
    QString modifiedBy;
    QString description;
    QString value;
    QString allowedPattern;
    qint64 version = 0;
    QStringList labels;
    ParameterTier tier = ParameterTier::Standard;
    QList<ParameterPolicy> policies;
    QString dataType;
    bool operator==(const ParameterHistory &) const = default;
};
template <std::same_as<ParameterHistory> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(field("Name", &P::name), field("Type", &P::type), field("KeyId", &P::keyId).omitEmpty(),
                      field("LastModifiedDate", &P::modifiedAt), field("LastModifiedUser", &P::modifiedBy),
                      field("Description", &P::description).omitEmpty(), field("Value", &P::value).secret(),
                      field("AllowedPattern", &P::allowedPattern).omitEmpty(), field("Version", &P::version),
                      field("Labels", &P::labels), field("Tier", &P::tier), field("Policies", &P::policies),
                      field("DataType", &P::dataType));
}

struct ParameterPath { // of the tree
    QString path; // "/app/"
    qint64 children = 0; // parameters right below it
    qint64 total = 0; // anywhere below it
    bool operator==(const ParameterPath &) const = default;
};
template <std::same_as<ParameterPath> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(field("Path", &P::path), field("Children", &P::children), field("Total", &P::total));
}

// ---- As it is stored

struct ParameterHead {
    qint64 id = 0;
    QString canonicalName; // with its leading slash
    QString name;
    ParameterKind type = ParameterKind::String;
    QString dataType;
    ParameterTier tier = ParameterTier::Standard;
    QString keyName; // of a SecureString
    qint64 version = 0; // the newest
};

struct ParameterVersion {
    qint64 version = 0;
    QByteArray value; // UTF-8, or the sealed blob
    QString dataType;
    ParameterTier tier = ParameterTier::Standard;
    QString description;
    QString allowedPattern;
    QString policies; // JSON list; empty: none
    QString keyName; // empty: not sealed
    qint64 keyGeneration = 0;
    Instant modifiedAt {};
    QString modifiedBy;
};

}
