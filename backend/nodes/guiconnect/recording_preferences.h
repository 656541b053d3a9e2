#pragma once
// What ssm-guiconnect's operations take and give (spec/fleet-manager.md 6). Plain values; any thread.

#include "backend/base/field_table.h"

#include <QList>
#include <QString>

namespace fb {

struct RecordingBucket {
    QString bucketName;
    QString bucketOwner;
    bool operator==(const RecordingBucket &) const = default;
};
template <std::same_as<RecordingBucket> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(
        field("BucketName", &T::bucketName).required().pattern("[a-z0-9][a-z0-9.\\-]{1,61}[a-z0-9]"),
        field("BucketOwner", &T::bucketOwner).required().pattern("[0-9]{12}"));
}

struct RecordingDestinations {
    QList<RecordingBucket> s3Buckets;
    bool operator==(const RecordingDestinations &) const = default;
};
template <std::same_as<RecordingDestinations> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("S3Buckets", &T::s3Buckets).required().items(1, 1));
}

struct RecordingPreferences {
    QString kmsKeyArn;
    RecordingDestinations recordingDestinations;
    bool operator==(const RecordingPreferences &) const = default;
};
template <std::same_as<RecordingPreferences> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("KMSKeyArn", &T::kmsKeyArn).required().length(1, 2048),
                      field("RecordingDestinations", &T::recordingDestinations).required());
}

struct RecordingPreferencesRequest { // of all three; Update alone has preferences
    QString clientToken;
};
template <std::same_as<RecordingPreferencesRequest> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("ClientToken", &T::clientToken).omitEmpty().length(1, 64));
}

struct UpdateRecordingPreferencesRequest {
    QString clientToken;
    RecordingPreferences preferences;
};
template <std::same_as<UpdateRecordingPreferencesRequest> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("ClientToken", &T::clientToken).omitEmpty().length(1, 64),
                      field("ConnectionRecordingPreferences", &T::preferences).required());
}

}
