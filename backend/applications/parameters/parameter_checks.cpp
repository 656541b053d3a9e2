#include "backend/applications/parameters/parameter_checks.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/core/text_safety.h"
#include "backend/language/pattern.h"

#include <QRegularExpression>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kValueField = u"Value"_s;
    const QString kTierField = u"Tier"_s;

    Error costlyPattern(const QString &pattern)
    {
        return qtError(errors::kInvalidAllowedPattern,
                       u"AllowedPattern \"%1\" takes too long to match. Write it without repetitions inside "
                       "repetitions."_s.arg(pattern.left(200)),
                       u"AllowedPattern"_s);
    }
}

Result<void> checkPutShape(const PutParameterRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid;
    if (!request.value)
        return fail(errors::kValidation, u"Value is missing; it is required."_s, kValueField);
    if (request.value->isEmpty())
        return fail(
            errors::kValidation,
            u"1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must "
            "have length greater than or equal to 1."_s,
            kValueField);
    if (request.value->contains(QChar(u'\0'))
        || request.description.value_or(QString()).contains(QChar(u'\0')))
        return fail(errors::kValidation, u"Value or Description has a NUL character; remove it."_s,
                    kValueField);
    if (request.overwrite && !request.tags.isEmpty())
        return fail(
            errors::kValidation,
            u"Invalid request: tags and overwrite can't be used together. To create a parameter with "
            "tags, please remove overwrite flag. To update tags for an existing parameter, please use "
            "AddTagsToResource or RemoveTagsFromResource."_s,
            u"Tags"_s);
    return {};
}

Result<void> checkDataType(const QString &dataType, ParameterKind type)
{
    if (dataType != kTextDataType && dataType != kImageDataType && dataType != kIntegrationDataType)
        return fail(
            errors::kValidation,
            u"The following data type is not supported: %1 (Data type names are all lowercase.)"_s.arg(
                dataType),
            u"DataType"_s);
    if (dataType != kTextDataType && type != ParameterKind::String)
        return fail(errors::kValidation,
                    u"The data type %1 is for parameters of type String; this one is a %2."_s.arg(
                        dataType, enumName(type)),
                    u"DataType"_s);
    return {};
}

Result<ParameterTier> resolveTier(const TierQuestion &question)
{
    using Tier = ParameterTier;
    const bool isAdvanced = question.existing == Tier::Advanced;
    Tier wanted = question.requested.value_or(question.byDefault);
    if (!question.requested && question.existing
        && (isAdvanced || question.byDefault != Tier::IntelligentTiering))
        wanted = *question.existing;
    if (wanted == Tier::Standard && isAdvanced)
        return fail(
            errors::kValidation,
            u"This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the "
            "advanced-parameter tier to the standard-parameter tier: delete it and create it again."_s,
            kTierField);
    if (wanted == Tier::IntelligentTiering)
        wanted = isAdvanced || question.valueBytes > kStandardValueBytes || question.hasPolicies
                || question.standardIsFull
            ? Tier::Advanced
            : Tier::Standard;
    return wanted;
}

Result<void> checkValueSize(qsizetype bytes, ParameterTier tier)
{
    if (tier == ParameterTier::Standard && bytes > kStandardValueBytes)
        return fail(
            errors::kValidation,
            u"Standard tier parameters support a maximum parameter value of %1 bytes; this value has %2. "
            "To create a larger parameter value, up to %3 bytes, give Tier as Advanced."_s
                .arg(kStandardValueBytes)
                .arg(bytes)
                .arg(kAdvancedValueBytes),
            kValueField);
    if (bytes > kAdvancedValueBytes)
        return fail(
            errors::kValidation,
            u"Advanced tier parameters support a maximum parameter value of %1 bytes; this value has %2."_s
                .arg(kAdvancedValueBytes)
                .arg(bytes),
            kValueField);
    return {};
}

Result<void> checkNotNested(const QString &value)
{
    const qsizetype open = value.indexOf(u"{{"_s);
    if (open < 0 || value.indexOf(u"}}"_s, open + 2) < 0)
        return {};
    return fail(errors::kValidation,
                u"Parameter value can't nest another parameter. Do not use \"{{}}\" in the value."_s,
                kValueField);
}

Result<void> checkPattern(const QString &name, const QString &pattern, const QString &value,
                          ParameterKind type)
{
    if (pattern.isEmpty())
        return {};
    const auto compiled = Pattern::compile(toStd(pattern));
    if (!compiled)
        return fail(errors::kInvalidAllowedPattern,
                    u"AllowedPattern \"%1\" is no regular expression: %2."_s.arg(pattern.left(200),
                                                                                 toQString(compiled.error())),
                    u"AllowedPattern"_s);
    const QStringList items = type == ParameterKind::StringList ? value.split(u',') : QStringList {value};
    for (const QString &item : items) {
        std::string bytes = toStd(item);
        const Pattern::Match match = compiled->matchWhole(bytes);
        wipe(bytes); // it may be a secret
        if (match == Pattern::Match::TooCostly)
            return costlyPattern(pattern);
        if (match == Pattern::Match::No)
            return fail(
                errors::kParameterPatternMismatch,
                u"Parameter value, cannot be validated against allowedPattern: %1 (parameter %2)."_s.arg(
                    pattern.left(200), name.left(200)),
                kValueField);
    }
    return {};
}

Result<void> checkValueForm(const QString &value, const QString &dataType)
{
    static const QRegularExpression image(
        QRegularExpression::anchoredPattern(u"ami-([0-9a-f]{8}|[0-9a-f]{17})"_s));
    if (dataType != kImageDataType || image.match(value).hasMatch())
        return {};
    return fail(
        errors::kValidation,
        u"The value of a parameter of data type aws:ec2:image is \"ami-\" and 8 or 17 digits of lower-case "
        "hex."_s,
        kValueField);
}

Result<void> checkMaxResults(int given, int most)
{
    if (given >= 1 && given <= most)
        return {};
    const QString limit
        = given < 1 ? u"greater than or equal to 1"_s : u"less than or equal to %1"_s.arg(most);
    return fail(
        errors::kValidation,
        u"1 validation error detected: Value '%1' at 'maxResults' failed to satisfy constraint: Member "
        "must have value %2"_s.arg(given)
            .arg(limit),
        u"MaxResults"_s);
}

Result<QList<ParameterTag>> withParameterTags(const QList<ParameterTag> &before,
                                              const QList<ParameterTag> &added, int most)
{
    QMap<QString, QString> merged;
    for (const ParameterTag &tag : before)
        merged.insert(tag.key, tag.value);
    for (qsizetype i = 0; i < added.size(); ++i) {
        const ParameterTag &tag = added[i];
        if (auto valid = validate(tag); !valid)
            return valid.error();
        const bool isClean = !hasControlOrBidi(toStd(tag.key)) && !hasControlOrBidi(toStd(tag.value));
        if (tag.key.startsWith(u"aws:"_s, Qt::CaseInsensitive) || !isClean)
            return fail(
                errors::kValidation,
                u"Tags[%1].Key is \"%2\"; keys that begin with aws: are reserved, and control characters "
                "are not allowed."_s.arg(i)
                    .arg(tag.key.left(80)),
                u"Tags[%1].Key"_s.arg(i));
        merged.insert(tag.key, tag.value);
    }
    if (merged.size() > most)
        return fail(errors::kTooManyTags,
                    u"The parameter would have %1 tags; it may have %2."_s.arg(merged.size()).arg(most),
                    u"Tags"_s);
    QList<ParameterTag> tags;
    for (auto it = merged.cbegin(); it != merged.cend(); ++it)
        tags.append({.key = it.key(), .value = it.value()});
    return tags;
}

}
