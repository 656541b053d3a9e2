#include "models/nodes/sessions/recording_search_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/sessions/session_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString shown(const QString &text) { return toQString(withVisibleEscapes(toStd(text))); } // U04

    RecordingMatchRow rowOf(const RecordingMatch &match, Engine &engine)
    {
        const Session &session = match.session;
        RecordingMatchRow row;
        row.sessionId = toQString(session.sessionId);
        row.nodeId = toQString(session.target);
        const Node *node = engine.fleet().node(session.target);
        row.nodeName = node && !node->shownName().isEmpty() ? shown(node->shownName()) : row.nodeId;
        row.owner = session.operatorName.isEmpty() ? session.owner : session.operatorName;
        row.started = session.startDate;
        row.at = std::chrono::milliseconds(match.at);
        row.line = shown(match.line);
        return row;
    }
}

RecordingSearchFeed::RecordingSearchFeed(EngineThread &engine, QObject *parent)
    : QObject(parent),
      m_engine(engine)
{
}

void RecordingSearchFeed::start(News news)
{
    m_news = std::move(news);
    if (!m_state.text.isEmpty())
        return search(m_state.text, m_caseSensitive);
    QMetaObject::invokeMethod(
        this, [this] { m_news.complete(false); }, Qt::QueuedConnection);
}

void RecordingSearchFeed::search(const QString &text, bool caseSensitive)
{
    ++m_search;
    m_news.removed(std::exchange(m_ids, {}));
    m_caseSensitive = caseSensitive;
    m_older.clear();
    m_goal = kMatchesAtOnce;
    setState({.text = text, .isRunning = true});
    nextPage();
}

void RecordingSearchFeed::readOlder()
{
    m_goal = m_state.matches + kMatchesAtOnce;
    RecordingSearchState running = m_state;
    running.isRunning = true;
    running.isStopped = false;
    setState(running);
    nextPage();
}

void RecordingSearchFeed::stop()
{
    if (!m_state.isRunning)
        return;
    ++m_search;
    RecordingSearchState stopped = m_state;
    stopped.isRunning = false;
    stopped.isStopped = true;
    setState(stopped);
    m_news.complete(!m_older.isEmpty());
}

void RecordingSearchFeed::setState(const RecordingSearchState &state)
{
    m_state = state;
    if (m_changed)
        m_changed();
}

void RecordingSearchFeed::nextPage()
{
    using Found = Result<RecordingSearchPage>;
    const RecordingSearchRequest request {
        .text = m_state.text, .caseSensitive = m_caseSensitive, .nextToken = m_older};
    const auto fail = [this, search = m_search](const Error &error) {
        if (search != m_search)
            return;
        RecordingSearchState failed = m_state;
        failed.isRunning = false;
        setState(failed);
        m_news.failed(shownErrorOf(error));
    };
    const auto asked = m_engine.post([request](Engine &engine) -> Result<QFuture<Found>> {
        return engine.sessions().search().search(engine.atConsole(), request);
    });
    onResult(asked, this, [=, this, search = m_search](const Result<QFuture<Found>> &searching) {
        if (!searching)
            return fail(searching.error());
        onResult(*searching, this, [=, this](const Found &found) {
            if (!found)
                return fail(found.error());
            if (search != m_search)
                return;
            // Rows are made on the engine's thread, which knows the nodes' names.
            const auto made = m_engine.post([found = *found](Engine &engine) -> Result<Page> {
                Page page {.rows = {},
                           .nextToken = found.nextToken,
                           .searched = found.searched,
                           .cut = static_cast<int>(found.cut.size()),
                           .unreadable = static_cast<int>(found.unreadable.size())};
                for (const RecordingMatch &match : found.matches)
                    page.rows << rowOf(match, engine);
                return page;
            });
            onResult(made, this, [=, this](const Result<Page> &page) {
                if (!page)
                    return fail(page.error());
                if (search == m_search)
                    take(*page);
            });
        });
    });
}

void RecordingSearchFeed::take(const Page &page)
{
    QList<RecordingMatchRow> rows = page.rows;
    for (RecordingMatchRow &row : rows) {
        row.id = row.sessionId + u'#' + QString::number(m_ids.size());
        m_ids << row.id;
    }
    m_older = page.nextToken;
    RecordingSearchState state = m_state;
    state.searched += page.searched;
    state.cut += page.cut;
    state.unreadable += page.unreadable;
    state.matches += static_cast<int>(rows.size());
    state.isRunning = !m_older.isEmpty() && state.matches < m_goal;
    if (!rows.isEmpty())
        m_news.arrived(rows);
    setState(state);
    if (state.isRunning)
        nextPage();
    else
        m_news.complete(!m_older.isEmpty());
}

}
