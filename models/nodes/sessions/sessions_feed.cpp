#include "models/nodes/sessions/sessions_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/sessions/session_service.h"
#include "models/nodes/sessions/end_session.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kPage = 200;

    // Reasons and causes hold what people and nodes wrote (security U04).
    QString sessionShown(const QString &text) { return toQString(withVisibleEscapes(toStd(text))); }

    SessionRow rowOf(const Session &session, Engine &engine)
    {
        SessionRow row;
        row.id = toQString(session.sessionId);
        row.nodeId = toQString(session.target);
        const Node *node = engine.fleet().node(session.target);
        row.nodeName = node && !node->shownName().isEmpty() ? sessionShown(node->shownName()) : row.nodeId;
        row.owner = session.operatorName.isEmpty() ? session.owner : session.operatorName;
        row.document = session.documentName;
        row.status = enumName(session.status);
        row.reason = sessionShown(session.reason);
        row.details = sessionShown(session.details);
        row.runAs = sessionShown(session.runAs);
        row.type = session.sessionType;
        row.started = session.startDate;
        row.ended = session.endDate.value_or(Instant());
        row.bytesIn = session.bytesIn;
        row.bytesOut = session.bytesOut;
        row.recorded = session.recorded;
        row.recordingRemoved = session.recordingRemovedAt.value_or(Instant());
        row.recordingHash = session.recordingHash;
        row.raw
            = sessionShown(QString::fromUtf8(QJsonDocument(toJson(session)).toJson(QJsonDocument::Indented)));
        return row;
    }

    Result<SessionPage> list(Engine &engine, SessionList which, const QString &token)
    {
        DescribeSessionsRequest request;
        request.state = which;
        request.maxResults = kPage;
        request.nextToken = token;
        return engine.sessions().describeSessions(engine.atConsole(), request);
    }
}

SessionsFeed::SessionsFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine) { }

Result<SessionsFeed::Page> SessionsFeed::read(Engine &engine, const QString &token)
{
    Page page;
    QString more;
    if (token.isEmpty()) { // the active ones, all of them
        do {
            const auto active = list(engine, SessionList::Active, more);
            if (!active)
                return active.error();
            for (const Session &session : active->sessions)
                page.rows << rowOf(session, engine);
            more = active->nextToken;
        } while (!more.isEmpty());
    }
    const auto history = list(engine, SessionList::History, token);
    if (!history)
        return history.error();
    for (const Session &session : history->sessions)
        page.rows << rowOf(session, engine);
    page.nextToken = history->nextToken;
    return page;
}

void SessionsFeed::start(News news)
{
    m_news = std::move(news);
    const auto asked = m_engine.post(
        [this, isFirst = !std::exchange(m_isFollowing, true)](Engine &engine) -> Result<Page> {
            if (isFirst) {
                // Rows are made on the engine's thread, which knows the nodes' names.
                connect(&engine.sessions(), &SessionService::sessionsChanged, &engine.sessions(),
                        [this, &engine](const QList<Session> &sessions) {
                            QList<SessionRow> rows;
                            for (const Session &session : sessions)
                                rows << rowOf(session, engine);
                            QMetaObject::invokeMethod(this, [this, rows] { m_news.arrived(rows); });
                        });
            }
            return read(engine, {});
        });
    onResult(asked, this, [this](const Result<Page> &page) { take(page); });
}

void SessionsFeed::readOlder()
{
    const auto asked = m_engine.post([token = m_older](Engine &engine) { return read(engine, token); });
    onResult(asked, this, [this](const Result<Page> &page) { take(page); });
}

void SessionsFeed::take(const Result<Page> &page)
{
    if (!page)
        return m_news.failed(shownErrorOf(page.error()));
    m_older = page->nextToken;
    m_news.arrived(page->rows);
    m_news.complete(!m_older.isEmpty());
}

void SessionsFeed::terminate(const QString &id, std::function<void(const ShownError &)> done)
{
    endSession(m_engine, id, this, std::move(done));
}

void SessionsFeed::mark(const QString &id, const QString &label, std::function<void(const ShownError &)> done)
{
    const auto asked = m_engine.post([id, label](Engine &engine) -> Result<void> {
        return engine.sessions().markRecording(engine.atConsole(), toId<SessionId>(id), label);
    });
    onResult(asked, this, [done = std::move(done)](const Result<void> &marked) {
        done(marked ? ShownError() : shownErrorOf(marked.error()));
    });
}

void SessionsFeed::recording(const QString &id, RecordingExtent extent,
                             std::function<void(const ShownError &, const SessionRecord &)> done)
{
    using Bytes = Result<QByteArray>;
    struct Asked {
        QFuture<Bytes> text;
        SessionRow session; // as it was when its text was read
    };
    const auto asked = m_engine.post([id, extent](Engine &engine) -> Result<Asked> {
        SessionService &sessions = engine.sessions();
        const auto session = sessions.session(toId<SessionId>(id));
        return Asked {extent == RecordingExtent::Whole
                          ? sessions.recording(engine.atConsole(), toId<SessionId>(id))
                          : sessions.provenPart(engine.atConsole(), toId<SessionId>(id)),
                      session ? rowOf(*session, engine) : SessionRow()};
    });
    onResult(asked, this, [this, done = std::move(done)](const Result<Asked> &reading) {
        if (!reading)
            return done(shownErrorOf(reading.error()), {});
        onResult(reading->text, this, [done, session = reading->session](const Bytes &cast) {
            done(cast ? ShownError() : shownErrorOf(cast.error()), {session, cast ? *cast : QByteArray()});
        });
    });
}

}
