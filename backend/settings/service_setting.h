#pragma once
// A setting of the whole fleet, by its AWS id (spec/fleet-manager.md 2.3). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"

#include <array>
#include <optional>

namespace fb {

namespace settings {
    // Which node profile nodes get whose activation names none but Default; kNone: the one it names.
    inline const QString kDefaultHostManagement
        = QStringLiteral("/ssm/managed-instance/default-ec2-instance-management-role");
    inline const QString kPublicDocumentSharing
        = QStringLiteral("/ssm/documents/console/public-sharing-permission");
    // Percent of the nine hardware values that have to be equal; -1: no node is told to have changed.
    inline const QString kHardwareThreshold
        = QStringLiteral("/flagbridge/managed-instance/hardware-similarity-threshold");
    // true: a node whose hardware has changed is refused like another machine.
    inline const QString kStrictHardware = QStringLiteral("/flagbridge/managed-instance/strict-hardware");

    // Addresses and networks that no tunnel reaches, parted by commas, beyond those that every agent refuses; kNone: no more.
    inline const QString kDeniedForwards = QStringLiteral("/flagbridge/session-manager/denied-forwards");
    // true: a session starts with a reason only.
    inline const QString kSessionReason = QStringLiteral("/flagbridge/session-manager/reason-required");

    // Remote desktops of a console: how long one may be, how long nothing may be done in it (minutes), and how many may be open.
    inline const QString kDesktopMinutes = QStringLiteral("/flagbridge/fleet-manager/desktop-minutes");
    inline const QString kDesktopIdleMinutes
        = QStringLiteral("/flagbridge/fleet-manager/desktop-idle-minutes");
    inline const QString kDesktopsAtOnce = QStringLiteral("/flagbridge/fleet-manager/desktops-at-once");

    // Minutes without a key or a click after which a console locks.
    inline const QString kConsoleIdleMinutes = QStringLiteral("/flagbridge/console/idle-lock-minutes");

    // Room for artifacts, in MiB, and whether recordings may be removed to make some (spec/security-and-robustness.md R12).
    inline const QString kArtifactsMiB = QStringLiteral("/flagbridge/artifacts/total-mib"); // all of them
    inline const QString kOutputsMiB = QStringLiteral("/flagbridge/artifacts/outputs-mib");
    inline const QString kRecordingsMiB = QStringLiteral("/flagbridge/artifacts/recordings-mib");
    inline const QString kDocumentFilesMiB = QStringLiteral("/flagbridge/artifacts/document-files-mib");
    inline const QString kAgentBuildsMiB = QStringLiteral("/flagbridge/artifacts/agent-builds-mib");
    inline const QString kLeastFreeMiB
        = QStringLiteral("/flagbridge/artifacts/least-free-mib"); // of the disk
    inline const QString kRemoveRecordings = QStringLiteral("/flagbridge/artifacts/remove-recordings");
    inline const QString kDefaultParameterTier
        = QStringLiteral("/ssm/parameter-store/default-parameter-tier");
    // true: GetParametersByPath leaves out what the caller may not read below a path that is allowed.
    inline const QString kStrictPathDeny = QStringLiteral("/flagbridge/parameter-store/strict-path-deny");
    // How many parameters of each tier there may be.
    inline const QString kStandardParameters
        = QStringLiteral("/flagbridge/parameter-store/standard-parameters");
    inline const QString kAdvancedParameters
        = QStringLiteral("/flagbridge/parameter-store/advanced-parameters");

    // The S3-compatible server that attachments of documents come from: https://host[:port]; kNone: Amazon's own, for addresses that name it.
    inline const QString kS3Endpoint = QStringLiteral("/flagbridge/s3/endpoint");
    inline const QString kS3Region = QStringLiteral("/flagbridge/s3/region");
    inline const QString kS3AccessKeyId = QStringLiteral("/flagbridge/s3/access-key-id"); // kNone: unsigned
    inline const QString kS3SecretAccessKey = QStringLiteral("/flagbridge/s3/secret-access-key"); // a secret

    // What a secret shows as its value once it is set: the value itself is in the vault and is given to nobody.
    inline const QString kSecretSet = QStringLiteral("$Secret");
    inline const QString kNone = QStringLiteral("$None");
}

enum class SettingStatus { Default, Customized, PendingUpdate };

constexpr auto namesOf(const SettingStatus *)
{
    return std::array {EnumName<SettingStatus> {SettingStatus::Default, "Default"},
                       EnumName<SettingStatus> {SettingStatus::Customized, "Customized"},
                       EnumName<SettingStatus> {SettingStatus::PendingUpdate, "PendingUpdate"}};
}

struct ServiceSetting {
    QString id;
    QString value;
    std::optional<Instant> modifiedAt; // nothing: never
    QString modifiedBy;
    QString arn;
    SettingStatus status = SettingStatus::Default;
    bool operator==(const ServiceSetting &) const = default;
};

struct KnownSetting { // with what it takes
    ServiceSetting setting;
    QString byDefault;
    QStringList allowed; // empty: any text that its room takes
    int least = 0; // of a number; both 0: it is none
    int most = 0;
    bool isSecret = false;
};

template <std::same_as<ServiceSetting> S>
constexpr auto fieldsOf(const S *)
{
    return fieldTable(field("SettingId", &S::id), field("SettingValue", &S::value),
                      field("LastModifiedDate", &S::modifiedAt),
                      field("LastModifiedUser", &S::modifiedBy).omitEmpty(), field("ARN", &S::arn),
                      field("Status", &S::status));
}

}
