#pragma once
// What PutParameter checks of a value: tier and size, nesting, pattern, data type (spec/parameter-store.md 3.2, 3.3). Plain functions; any
// thread. No message repeats a value: it may be a secret.

#include "backend/applications/parameters/parameter.h"
#include "backend/applications/parameters/parameter_requests.h"
#include "backend/core/result.h"

namespace fb {

struct ParameterLimits {
    qint64 standard = 10'000; // parameters of that tier
    qint64 advanced = 100'000;
    int versions = 100; // kept of one parameter
    int labels = 10; // of one version
    int tags = 50;
};

inline constexpr qsizetype kStandardValueBytes = 4096;
inline constexpr qsizetype kAdvancedValueBytes = 8192;
inline const QString kTextDataType = QStringLiteral("text");
inline const QString kImageDataType = QStringLiteral("aws:ec2:image");
inline const QString kIntegrationDataType = QStringLiteral("aws:ssm:integration");

// Lengths and what has to be there: the first of the checks.
Result<void> checkPutShape(const PutParameterRequest &request);
Result<void> checkDataType(const QString &dataType, ParameterKind type);

struct TierQuestion {
    std::optional<ParameterTier> requested;
    std::optional<ParameterTier> existing;
    ParameterTier byDefault = ParameterTier::Standard; // the fleet's setting
    qsizetype valueBytes = 0;
    bool hasPolicies = false;
    bool standardIsFull = false;
};
// The tier that is used: never IntelligentTiering.
Result<ParameterTier> resolveTier(const TierQuestion &question);
Result<void> checkValueSize(qsizetype bytes, ParameterTier tier);

// Nesting, then the pattern (empty: none), then the form that the data type wants.
Result<void> checkNotNested(const QString &value);
Result<void> checkPattern(const QString &name, const QString &pattern, const QString &value,
                          ParameterKind type);
Result<void> checkValueForm(const QString &value, const QString &dataType);

// 1 to `most`, in AWS's words.
Result<void> checkMaxResults(int given, int most);

// `before` with `added`, those of one key replaced. TooManyTagsError beyond `most`, ValidationException for reserved keys.
Result<QList<ParameterTag>> withParameterTags(const QList<ParameterTag> &before,
                                              const QList<ParameterTag> &added, int most);

}
