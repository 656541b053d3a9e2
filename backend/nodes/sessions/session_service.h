#pragma once
// Session Manager's rules: shells on nodes through the connection the node dialled, recorded from the first byte (spec/session-manager.md).
// A session lives on without client, link or engine; what its terminal wrote is acknowledged to the node only once it is durable. Engine
// thread.
//
//     auto id = sessions.startSession(who, {.target = u"mi-..."_s});          // Connecting
//     sessions.attach(who, *id, client, 132, 43);                             // Connected once the node is ready too
//     sessions.input(*id, client, "ls\r");   sessions.resize(*id, client, 80, 24);
//     // client->sessionOutput(bytes) ... sessions.consumed(*id, client, bytes.size());
//     sessions.detach(*id, client);                                           // Disconnected; attach() again resumes
//     sessions.terminateSession(who, *id);

#include "backend/nodes/sessions/live_session.h"
#include "backend/nodes/sessions/port_streams.h"
#include "backend/nodes/sessions/recording_search.h"
#include "backend/nodes/sessions/session_parts.h"
#include "backend/nodes/sessions/session_preferences.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <map>

namespace fb {

SecretName recordingKeyName(const SessionId &id); // of the key in its vault envelope

struct SessionPreview {
    QString sessionType; // "Standard_Stream"
    SessionPreferences preferences;
    QString runAs; // empty: the node's own rule
    bool reasonRequired = false;
};

struct SessionTimes {
    std::chrono::seconds idleLimit {0}; // without input; 0: none
    std::chrono::seconds longest {0}; // 0: none
    std::chrono::seconds sinceInput {0};
};

class SessionService : public QObject, public SessionChannelEvents
{
    Q_OBJECT

public:
    explicit SessionService(SessionParts parts, SessionSettings settings = {}, QObject *parent = nullptr);
    ~SessionService() override;
    // Of sessions and connections that begin from here on.
    void setDeniedForwards(const QStringList &networks) { m_settings.deniedForwards = networks; }
    void setReasonRequired(bool required) { m_settings.reasonRequired = required; }
    Result<void> start(); // takes up what an earlier engine left: all are Disconnected until their nodes come

    // ---- Operations
    // In this order: TargetNotConnected, AccessDeniedException, InvalidDocument, ValidationException (parameters), ThrottlingException,
    // ValidationException (reason).
    Result<SessionId> startSession(const Principal &who, const StartSessionRequest &request);
    // The id, also when it has ended or never existed. Another owner's: AccessDeniedException, but for an Administrator.
    Result<SessionId> terminateSession(const Principal &who, const SessionId &id);
    Result<SessionPage> describeSessions(const Principal &who, const DescribeSessionsRequest &request) const;
    Result<bool> isConnected(const Principal &who, const NodeId &node) const; // GetConnectionStatus
    std::optional<Session> session(const SessionId &id) const; // also an ended one
    // What a session of this document would be like, for who is about to start one; empty: the usual document. InvalidDocument.
    Result<SessionPreview> preview(const Principal &who, const QString &documentName);
    std::optional<SessionTimes> times(const SessionId &id) const; // of one that has not ended

    // Whether attach() would take a client of theirs. DoesNotExistException, AccessDeniedException; a refusal is audited.
    Result<void> mayResume(const Principal &who, const SessionId &id);

    // ---- Clients. One at a time: a newer one takes over.
    // DoesNotExistException for one that has ended or never was.
    Result<void> attach(const Principal &who, const SessionId &id, SessionClient *client, int columns,
                        int rows);
    void detach(const SessionId &id, SessionClient *client);
    // What its terminal wrote before what attach() will give, for a client that begins with an empty screen: from the recording, at most the
    // last kMostShownBefore bytes. Empty when it is not recorded. Needs what attach() needs.
    static constexpr qsizetype kMostShownBefore = 8 << 20;
    QFuture<Result<QByteArray>> shownBefore(const Principal &who, const SessionId &id);
    // How many bytes were taken; sessionInputWritable() follows when it was not all.
    qsizetype input(const SessionId &id, SessionClient *client, const QByteArray &bytes);
    void consumed(const SessionId &id, SessionClient *client, qint64 bytes);
    void resize(const SessionId &id, SessionClient *client, int columns, int rows);

    // ---- Watchers (session_watchers.cpp): by an Administrator, or its owner from elsewhere. The owner is shown who looks on.
    struct Watched {
        int columns = 80;
        int rows = 24;
        QFuture<Result<QByteArray>> before; // what its terminal wrote before, as shownBefore()
    };
    // From here on `watcher` is told what the terminal writes. DoesNotExistException for one that has ended or never was,
    // ValidationException for a port session, which has no screen. Audited, its end too.
    Result<Watched> watch(const Principal &who, const SessionId &id, SessionWatcher *watcher);
    void unwatch(const SessionId &id, SessionWatcher *watcher);

    // ---- Port sessions (session_ports.cpp). Their client attaches as a shell's does; it hears of states only, and opens a stream for each TCP
    // connection it has.
    std::optional<PortTarget> portTarget(const SessionId &id) const; // of one that has not ended
    // Until `client` has heard its end or has closed it. ServiceUnavailable while the node is away.
    Result<SessionStream> openPort(const SessionId &id, PortStreamClient *client);
    PortStreams &ports() { return m_ports; } // for the streams that openPort() gave

    // ---- Remote desktops (session_desktops.cpp). Their time is the console's; who gives one more of it, and until when, is the audit log's.
    // 1 to 1440 minutes from now; until when. DoesNotExistException for a session that has ended, ValidationException for one without a port.
    Result<Instant> renewDesktop(const Principal &who, const SessionId &id, std::chrono::minutes time);

    // ---- Recordings. Needs its own permission and is audited.
    // The asciinema v2 text. InternalServerError with field RecordingHash when it was altered or cut.
    QFuture<Result<QByteArray>> recording(const Principal &who, const SessionId &id);
    // Of an altered one the text before the damage, whose hashes are right, with a gap for what cannot be read any more.
    QFuture<Result<QByteArray>> provenPart(const Principal &who, const SessionId &id);
    RecordingSearch &search() { return m_search; } // over all of them

    // A place worth finding again, while it runs: by its owner or an Administrator. 1 to 256 printable characters.
    Result<void> markRecording(const Principal &who, const SessionId &id, const QString &label);

    // Removes recordings and history that are old enough; how many of both. By itself each hour.
    Result<qint64> prune();
    // To make room: recordings of sessions that ended, the oldest first, until so many bytes are freed; some ten at most.
    Result<RemovedArtifacts> removeOldestRecordings(Transaction &tx, qint64 bytes);

    // Deregistered: its sessions end with it, in this transaction.
    Result<void> endSessionsOf(Transaction &tx, const NodeId &node);

    qint64 endAllSessions(const QString &why); // after a restore; how many there are

    void tick(); // time-outs and progress; by itself each second

    // SessionChannelEvents
    void nodeConnected(const NodeId &node, const QByteArray &bootId,
                       const QList<wire::StreamState> &terminals) override;
    void nodeLost(const NodeId &node) override;
    void streamOpened(SessionStream stream, const wire::Opened &opened) override;
    void streamRefused(SessionStream stream, const QString &code, const QString &text) override;
    void streamReceived(SessionStream stream, quint64 offset, const QByteArray &bytes,
                        bool isError = false) override;
    void streamAcknowledged(SessionStream stream, quint64 offset) override;
    void streamWritable(SessionStream stream) override;
    void streamInputGiven(SessionStream stream, quint64 below, bool echo) override;
    void streamFinished(SessionStream stream, const wire::Fin &fin) override;
    void streamReset(SessionStream stream, const QString &code, const QString &text) override;

signals:
    void sessionsChanged(const QList<fb::Session> &sessions); // committed

private:
    using Live = std::shared_ptr<LiveSession>;
    struct Opened { // a document as a session uses it
        QString name;
        std::shared_ptr<const Document> document; // null: the usual one was deleted, so built-in defaults
        SessionBody body;
        SessionPreferences preferences;
    };
    struct Plan { // what a start has been checked for
        QString documentName;
        SessionPreferences preferences;
        wire::PtyParams pty;
        std::optional<PortTarget> port;
        QString sessionType;
    };

    // session_start.cpp
    Result<Plan> plan(const Principal &who, const NodeId &node, const StartSessionRequest &request);
    Result<Opened> openDocument(const Principal &who, const QString &documentName);
    Result<void> checkLimits(const Principal &who, const NodeId &node) const;
    Result<void> beginRecording(LiveSession &live);
    void refused(const Principal &who, const StartSessionRequest &request, const Error &error);
    void openTerminal(LiveSession &live, bool resumed);

    // session_ports.cpp
    Result<SessionStream> openPortSession(const LiveSession &live);
    void portMoved(const SessionId &session, qint64 toNode, qint64 fromNode);

    // session_watchers.cpp
    void watchersChanged(LiveSession &live);
    void auditWatchEnd(const LiveSession &live, const LiveSession::Watching &watching);

    // session_lifecycle.cpp
    void setStatus(LiveSession &live, SessionStatus status, const QString &details = {});
    void updateConnected(LiveSession &live);
    void beginTerminating(LiveSession &live, const QString &details, const char *finReason);
    void conclude(LiveSession &live, SessionStatus status, const QString &details);
    void concludeIfDurable(LiveSession &live);
    Result<void> publish(Transaction &tx, const Session &session);
    Result<void> publishCall(Transaction &tx, const Principal &who, const QString &eventName,
                             const QJsonObject &request, const QJsonObject &response);
    void ended(const SessionId &id);
    void resumeTerminal(LiveSession &live);

    // session_recordings.cpp
    struct Reading;
    Result<void> mayReadRecording(const Principal &who, const SessionId &id); // audited
    std::shared_ptr<Reading> readingOf(const Session &session);
    QFuture<Result<QByteArray>>
    verified(const SessionId &id); // its text, for whoever has checked that it may be read
    void readOn(const std::shared_ptr<Reading> &reading);
    Result<std::optional<qint64>> sealedSize(Reader &reader, const SessionId &id, int lastSegment) const;
    Result<void> removeRecording(Transaction &tx, const SessionId &id, int lastSegment); // its bytes
    void nextSegment(const std::shared_ptr<Reading> &reading);
    Result<void> take(Reading &reading, const QByteArray &bytes);
    QFuture<Result<QByteArray>> shownUpTo(LiveSession &live, quint64 end);
    void beginRecovery(const Live &live);
    void recovered(LiveSession &live, const RecordingPosition &position, const QByteArray &keyEnvelope);

    // session_streams.cpp
    void deliver(LiveSession &live);
    void sendInput(LiveSession &live);
    void acknowledgeDurable(LiveSession &live);
    void artifactDurable(const ArtifactId &artifact, qint64 length);
    void flushRecordings();
    void loseStream(LiveSession &live);

    // A batch may end after this service has: its effects are dropped then. The state is taken up at the next start.
    template <typename Fn>
    std::function<void()> whileAlive(Fn fn)
    {
        return [self = QPointer<SessionService>(this), fn = std::move(fn)] {
            if (self)
                fn();
        };
    }
    LiveSession *find(const SessionId &id) const;
    LiveSession *find(SessionStream stream) const;
    QString arnOf(const Principal &who) const;
    bool mayTouch(const Principal &who, const QString &operatorName) const;

    SessionParts m_parts;
    SessionSettings m_settings;
    SessionRepository m_repository;
    std::map<SessionId, Live> m_live;
    QHash<SessionStream, SessionId> m_streams;
    PortStreams m_ports;
    RecordingSearch m_search;
    QHash<ArtifactId, SessionId> m_recordings;
    QTimer m_timer;
    QTimer m_flushTimer; // gathers a turn's output into one block
    Tick m_progressAt {};
    Tick m_prunedAt {};
    QHash<NodeId, QByteArray> m_bootIds; // of connected nodes
};

}
