#pragma once
// Words that stood on screens, over all recordings (spec/session-manager.md 5). A recording's screen text is made once, after its session's end or
// when it is first searched, and kept sealed beside it; one of a running session is made anew each time. Engine thread, but for the reading of
// the text itself.

#include "backend/base/paging_token.h"
#include "backend/nodes/sessions/screen_text.h"
#include "backend/nodes/sessions/session_repository.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "backend/security/vault.h"
#include "backend/store/artifact_store.h"

#include <QFuture>
#include <QObject>
#include <QThreadPool>

#include <functional>

namespace fb {

struct RecordingSearchRequest {
    QString text; // 2 to 200 characters, literally
    bool caseSensitive = false;
    QString nextToken;
};

struct RecordingMatch {
    Session session;
    qint64 at = 0; // milliseconds since its start: the line stood on the screen
    QString line; // hostile
};

struct RecordingSearchPage {
    QList<RecordingMatch> matches; // newest session first, in each in the order of time
    QList<SessionId> cut; // sessions with more than kMostPerSession
    QList<SessionId> unreadable; // damaged or altered
    int searched = 0; // sessions
    QString nextToken; // empty: all were searched
};

class RecordingSearch : public QObject
{
    Q_OBJECT
public:
    struct Parts { // borrowed for life
        Database &database;
        ArtifactStore &artifacts;
        const Vault &vault;
        AuditLog &audit;
        const Access &access;
        const PagingTokens &tokens;
    };
    using ReadCast = std::function<QFuture<Result<QByteArray>>(const SessionId &)>; // verified asciinema v2

    RecordingSearch(Parts parts, ReadCast readCast, QObject *parent = nullptr);
    ~RecordingSearch() override;

    static constexpr int kMostPerSession = 100;
    static constexpr int kSessionsAPage = 20;

    // One page of sessions. Recordings that `who` may not read are passed over. AccessDeniedException, ValidationException (text),
    // InvalidNextToken. The first page is audited with the words; it shows what recordings hold.
    QFuture<Result<RecordingSearchPage>> search(const Principal &who, const RecordingSearchRequest &request);

    void prepare(const SessionId &id); // its recording has ended: make its text, one after the other
    Result<void> forget(Transaction &tx, const SessionId &id); // with its recording

private:
    struct Search;
    using Text = Result<QByteArray>;
    void nextSession(const std::shared_ptr<Search> &search);
    void searchSession(const std::shared_ptr<Search> &search, const Session &session);
    void finish(const std::shared_ptr<Search> &search);
    void textOf(const Session &session, std::function<void(const Text &)> done);
    void makeText(const Session &session, std::function<void(const Text &)> done);
    void keep(const SessionId &id, const QByteArray &sealed);
    void prepareNext();

    Parts m_parts;
    ReadCast m_readCast;
    SessionRepository m_repository;
    QList<SessionId> m_toPrepare;
    bool m_isPreparing = false;
    QThreadPool m_pool; // one thread: the engine's others are for what is waited for; it borrows the vault
};

}
