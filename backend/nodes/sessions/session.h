#pragma once
// What Session Manager stores and shows. Plain values; any thread. Field meanings: spec/session-manager.md section 2.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

enum class SessionStatus { Connecting, Connected, Disconnected, Terminating, Terminated, Failed };

constexpr auto namesOf(const SessionStatus *)
{
    using Name = EnumName<SessionStatus>;
    return std::array {
        Name {SessionStatus::Connecting, "Connecting"},     Name {SessionStatus::Connected, "Connected"},
        Name {SessionStatus::Disconnected, "Disconnected"}, Name {SessionStatus::Terminating, "Terminating"},
        Name {SessionStatus::Terminated, "Terminated"},     Name {SessionStatus::Failed, "Failed"}};
}

inline constexpr auto kPortSessionType = "Port";
inline constexpr auto kPlainSessionType = "NonInteractiveCommands"; // without a terminal

// Terminated and Failed: such a session never comes back.
constexpr bool isEnded(SessionStatus status)
{
    return status == SessionStatus::Terminated || status == SessionStatus::Failed;
}

struct Session {
    SessionId sessionId;
    NodeId target;
    SessionStatus status = SessionStatus::Connecting;
    Instant startDate {};
    std::optional<Instant> endDate;
    QString documentName;
    QString owner; // ARN
    QString reason;
    QString details; // cause of the end
    QString maxSessionDuration; // minutes; empty: none
    QString accessType = QStringLiteral("Standard");
    // What the console shows beside AWS's fields.
    QString operatorName;
    QString sessionType = QStringLiteral("Standard_Stream");
    QString runAs; // as the node said it: "runs as deploy"
    QString client; // where it was started from: "console", "control"
    int64_t bytesIn = 0; // from the client to the node
    int64_t bytesOut = 0;
    bool recorded = false;
    std::optional<Instant> recordingRemovedAt; // to make room
    QString recordingHash; // head of the recording's hash chain, hex, once it has ended
    std::optional<int64_t> exitCode;
    QStringList watchedBy; // operators who look on now; not stored
    bool operator==(const Session &) const = default;
};

template <std::same_as<Session> S>
constexpr auto fieldsOf(const S *)
{
    return fieldTable(field("SessionId", &S::sessionId), field("Target", &S::target),
                      field("Status", &S::status), field("StartDate", &S::startDate),
                      field("EndDate", &S::endDate), field("DocumentName", &S::documentName),
                      field("Owner", &S::owner), field("Reason", &S::reason).omitEmpty(),
                      field("Details", &S::details).omitEmpty(),
                      field("MaxSessionDuration", &S::maxSessionDuration).omitEmpty(),
                      field("AccessType", &S::accessType), field("SessionType", &S::sessionType),
                      field("RunAs", &S::runAs).omitEmpty(), field("Client", &S::client).omitEmpty(),
                      field("BytesIn", &S::bytesIn), field("BytesOut", &S::bytesOut),
                      field("Recorded", &S::recorded), field("RecordingRemovedDate", &S::recordingRemovedAt),
                      field("RecordingHash", &S::recordingHash).omitEmpty(), field("ExitCode", &S::exitCode));
}

struct StartSessionRequest {
    QString target;
    QString documentName; // empty: SSM-SessionManagerRunShell
    QString reason;
    QMap<QString, QStringList> parameters;
    bool operator==(const StartSessionRequest &) const = default;
};

template <std::same_as<StartSessionRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Target", &R::target).required().length(1, 400),
        field("DocumentName", &R::documentName).omitEmpty().pattern("[a-zA-Z0-9_\\-.:/]{3,128}"),
        field("Reason", &R::reason).omitEmpty().length(1, 256), field("Parameters", &R::parameters));
}

struct SessionFilter {
    QString key; // InvokedAfter, InvokedBefore, Target, Owner, Status, SessionId, AccessType
    QString value;
    bool operator==(const SessionFilter &) const = default;
};

template <std::same_as<SessionFilter> F>
constexpr auto fieldsOf(const F *) // AWS's model has these two in lower case
{
    return fieldTable(field("key", &F::key).required(), field("value", &F::value).required().length(1, 400));
}

enum class SessionList { Active, History };

constexpr auto namesOf(const SessionList *)
{
    return std::array {EnumName<SessionList> {SessionList::Active, "Active"},
                       EnumName<SessionList> {SessionList::History, "History"}};
}

struct DescribeSessionsRequest {
    SessionList state = SessionList::Active;
    int64_t maxResults = 50;
    QString nextToken;
    QList<SessionFilter> filters; // all must hold
    bool operator==(const DescribeSessionsRequest &) const = default;
};

template <std::same_as<DescribeSessionsRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("State", &R::state).required(), field("MaxResults", &R::maxResults).range(1, 200),
                      field("NextToken", &R::nextToken).omitEmpty(),
                      field("Filters", &R::filters).items(0, 6));
}

struct SessionPage {
    QList<Session> sessions; // newest first
    QString nextToken;
};

template <std::same_as<SessionPage> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Sessions", &T::sessions), field("NextToken", &T::nextToken).omitEmpty());
}

}
