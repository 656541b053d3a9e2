#pragma once
// What Run Command stores and shows. Plain values; any thread. Field meanings: spec/run-command.md section 2.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/dispatch/target.h"
#include "backend/nodes/runcommand/command_roll_up.h"
#include "backend/nodes/runcommand/command_state.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace fb {

struct CloudWatchOutputConfig {
    QString logGroupName;
    bool enabled = false;
    bool operator==(const CloudWatchOutputConfig &) const = default;
};

template <std::same_as<CloudWatchOutputConfig> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("CloudWatchLogGroupName", &T::logGroupName).omitEmpty().length(1, 512),
                      field("CloudWatchOutputEnabled", &T::enabled));
}

struct NotificationConfig {
    QString arn; // names a channel
    QStringList events; // All, or some of InProgress, Success, TimedOut, Cancelled, Failed
    QString type; // Command or Invocation
    bool operator==(const NotificationConfig &) const = default;
};

template <std::same_as<NotificationConfig> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("NotificationArn", &T::arn).omitEmpty(),
                      field("NotificationEvents", &T::events)
                          .oneOf("All", "InProgress", "Success", "TimedOut", "Cancelled", "Failed"),
                      field("NotificationType", &T::type).omitEmpty().oneOf("Command", "Invocation"));
}

struct CommandAlarm {
    QString name;
    bool operator==(const CommandAlarm &) const = default;
};

template <std::same_as<CommandAlarm> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name).required().length(1, 255));
}

struct AlarmConfiguration {
    QList<CommandAlarm> alarms; // one
    bool ignorePollAlarmFailure = false;
    bool operator==(const AlarmConfiguration &) const = default;
};

template <std::same_as<AlarmConfiguration> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Alarms", &T::alarms).items(1, 1),
                      field("IgnorePollAlarmFailure", &T::ignorePollAlarmFailure));
}

struct TriggeredAlarm {
    QString name;
    QString state; // ALARM or UNKNOWN
    bool operator==(const TriggeredAlarm &) const = default;
};

template <std::same_as<TriggeredAlarm> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name), field("State", &T::state));
}

// On whose behalf a command was sent.
enum class CommandSource { Direct, Association, MaintenanceWindow, Automation };

constexpr auto namesOf(const CommandSource *)
{
    using Name = EnumName<CommandSource>;
    return std::array {Name {CommandSource::Direct, "Direct"},
                       Name {CommandSource::Association, "Association"},
                       Name {CommandSource::MaintenanceWindow, "MaintenanceWindow"},
                       Name {CommandSource::Automation, "Automation"}};
}

using CommandParameters = QMap<QString, QStringList>;

struct SendCommandRequest {
    QString documentName;
    QString documentVersion; // empty, $DEFAULT, $LATEST or a number
    QString documentHash;
    QString documentHashType; // Sha256
    QStringList instanceIds; // these, or targets
    QList<Target> targets;
    CommandParameters parameters;
    QString comment;
    std::chrono::seconds timeout {3600}; // how long a node may take to start it
    QString maxConcurrency = QStringLiteral("50");
    QString maxErrors = QStringLiteral("0");
    QString outputS3BucketName;
    QString outputS3KeyPrefix;
    QString outputS3Region;
    CloudWatchOutputConfig cloudWatchOutput;
    QString serviceRoleArn;
    NotificationConfig notification;
    std::optional<AlarmConfiguration> alarm;
    bool operator==(const SendCommandRequest &) const = default;
};

// TimeoutSeconds, MaxConcurrency, MaxErrors and Targets have messages of their own: see send_command.cpp.
template <std::same_as<SendCommandRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("DocumentName", &R::documentName).required(),
                      field("DocumentVersion", &R::documentVersion)
                          .omitEmpty()
                          .pattern("\\$DEFAULT|\\$LATEST|[1-9][0-9]{0,8}"),
                      field("DocumentHash", &R::documentHash).omitEmpty().length(0, 256),
                      field("DocumentHashType", &R::documentHashType).omitEmpty().oneOf("Sha256"),
                      field("InstanceIds", &R::instanceIds), field("Targets", &R::targets),
                      field("Parameters", &R::parameters), field("Comment", &R::comment).length(0, 100),
                      field("TimeoutSeconds", &R::timeout), field("MaxConcurrency", &R::maxConcurrency),
                      field("MaxErrors", &R::maxErrors),
                      field("OutputS3BucketName", &R::outputS3BucketName).omitEmpty().length(3, 63),
                      field("OutputS3KeyPrefix", &R::outputS3KeyPrefix).omitEmpty().length(0, 500),
                      field("OutputS3Region", &R::outputS3Region).omitEmpty().length(3, 20),
                      field("CloudWatchOutputConfig", &R::cloudWatchOutput),
                      field("ServiceRoleArn", &R::serviceRoleArn).omitEmpty(),
                      field("NotificationConfig", &R::notification), field("AlarmConfiguration", &R::alarm));
}

struct Command {
    CommandId commandId;
    SendCommandRequest request; // as it was asked, defaults filled in
    QString resolvedVersion; // of the document: the number behind $DEFAULT
    QString contentHash; // SHA-256 of the document's content, hex: names the stored copy
    CommandState state = CommandState::Pending;
    CommandCounts counts;
    int64_t errorLimit = 0; // M
    int64_t concurrency = 0; // C
    bool cancelled = false; // as a whole, by a person or an alarm
    bool stopped = false; // at MaxErrors
    QList<TriggeredAlarm> triggeredAlarms;
    Instant requestedAt {};
    Instant deliverBy {}; // T1: a node that has not acknowledged by then never runs it
    Instant expiresAfter {}; // T1 + E
    std::optional<Instant> completedAt;
    QString requestedBy;
    QString requesterRole; // of that time; checked again at each release
    CommandSource source = CommandSource::Direct;
    QString sourceId; // association, window execution or automation step
    QStringList warnings; // to whom sends it; not stored
    bool operator==(const Command &) const = default;

    CommandStatus status() const { return statusOf(state); }
    QString statusDetails() const { return enumName(state); }
};

// One node's run.
struct Invocation {
    CommandId commandId;
    QString instanceId; // as addressed: a registered node's id, or the unknown one that was asked for
    QString instanceName;
    int ordinal = 0; // place in the release order
    InvocationState state = InvocationState::Pending;
    int responseCode = -1; // 3.6
    QString trace; // document-level error
    QString note; // what came after the end: "arrived after DeliveryTimedOut at ..."
    bool rebooting = false;
    OrderId orderId; // empty until released
    Instant requestedAt {};
    std::optional<Instant> releasedAt;
    std::optional<Instant> acknowledgedAt;
    std::optional<Instant> startedAt;
    std::optional<Instant> endedAt;
    bool operator==(const Invocation &) const = default;

    CommandStatus status() const { return statusOf(state); }
    // "rebooting" while the node is away for its reboot; else the state's name.
    QString statusDetails() const { return rebooting ? QStringLiteral("rebooting") : enumName(state); }
};

enum class OutputStream : uint8_t { StandardOutput = 1, StandardError = 2 };

// Where one stream's bytes are.
struct StoredOutput {
    int64_t length = 0; // bytes kept and durable
    QByteArray inlineBytes; // all of them, while they are few
    QString artifact; // id in the artifact store, once they are many
    int64_t dropped = 0; // bytes beyond the limit of the node's spool, not kept
    bool complete = false; // no more will come
    std::optional<Instant> removedAt; // all but inlineBytes went then, to make room
    bool operator==(const StoredOutput &) const = default;
};

// One step of one node's run: the API's CommandPlugin.
struct InvocationStep {
    CommandId commandId;
    QString instanceId;
    int index = 0;
    QString name;
    QString plugin; // aws:runShellScript
    QString status = QStringLiteral("InProgress"); // as the node says: also Skipped, SuccessAndReboot
    int responseCode = -1;
    std::optional<Instant> startedAt;
    std::optional<Instant> endedAt;
    QString note; // why it was skipped or failed
    StoredOutput standardOutput;
    StoredOutput standardError;
    bool operator==(const InvocationStep &) const = default;
};

struct CommandPlugin {
    QString name;
    CommandStatus status = CommandStatus::Pending;
    QString statusDetails;
    int responseCode = -1;
    std::optional<Instant> responseStartDateTime;
    std::optional<Instant> responseFinishDateTime;
    QString output; // at most 2,500 characters, both streams
    bool operator==(const CommandPlugin &) const = default;
};

template <std::same_as<CommandPlugin> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(
        field("Name", &P::name), field("Status", &P::status), field("StatusDetails", &P::statusDetails),
        field("ResponseCode", &P::responseCode), field("ResponseStartDateTime", &P::responseStartDateTime),
        field("ResponseFinishDateTime", &P::responseFinishDateTime), field("Output", &P::output));
}

}

Q_DECLARE_METATYPE(fb::Command)
Q_DECLARE_METATYPE(fb::Invocation)
