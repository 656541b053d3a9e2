#include "models/nodes/sessions/session_links_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/documents/document_service.h"
#include "backend/language/document.h"
#include "backend/nodes/sessions/session_service.h"
#include "models/nodes/runcommand/document_parameter_of.h"
#include "models/nodes/sessions/end_session.h"
#include "models/nodes/sessions/session_line.h"
#include "models/nodes/sessions/session_watch_line.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    SessionDocument documentOf(Engine &engine, const DocumentIdentifier &found)
    {
        SessionDocument document;
        document.form.name = found.name;
        DocumentReference reference;
        reference.name = found.name;
        const auto content = engine.documents().getDocument(engine.atConsole(), reference);
        if (!content) {
            document.problem = shownErrorOf(content.error());
            return document;
        }
        const auto format = documentFormatNamed(toStd(content->documentFormat));
        const auto parsed = parseDocument(toStd(content->content), format.value_or(DocumentFormat::Json),
                                          DocumentType::Session);
        if (parsed) {
            document.form.description = toQString(parsed->description);
            for (const ParameterDefinition &definition : parsed->parameters)
                document.form.parameters << documentParameterOf(definition);
        }
        const auto preview = engine.sessions().preview(engine.atConsole(), found.name);
        if (!preview) {
            document.problem = shownErrorOf(preview.error());
            return document;
        }
        document.type = preview->sessionType;
        document.idleLimit = preview->preferences.idleTimeout;
        document.longest = preview->preferences.maxDuration;
        document.recorded = preview->preferences.recordingEnabled;
        document.runAs = preview->runAs;
        document.reasonRequired = preview->reasonRequired;
        return document;
    }

    Result<QList<SessionDocument>> readDocuments(Engine &engine)
    {
        const auto found = engine.documents().allDocuments(engine.atConsole(), u"Session"_s);
        if (!found)
            return found.error();
        QList<SessionDocument> documents;
        for (const DocumentIdentifier &each : *found) {
            const SessionDocument document = documentOf(engine, each);
            if (document.type != QLatin1String(kPortSessionType)) // those are tunnels
                documents << document;
        }
        return documents;
    }
}

SessionLinksFeed::SessionLinksFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine)
{
}

SessionLinksFeed::~SessionLinksFeed() = default;

SessionLinksFeed::Line SessionLinksFeed::open(SessionLinkListener &link)
{
    close(link);
    auto line = std::make_shared<SessionLine>(link, *this);
    m_lines.insert(&link, line);
    return line;
}

template <typename Fn>
void SessionLinksFeed::onLine(SessionLinkListener &link, Fn fn)
{
    if (const Line line = m_lines.value(&link)) {
        (void)m_engine.post([line, fn = std::move(fn)](Engine &) -> Result<void> {
            fn(*line);
            return {};
        });
    }
}

void SessionLinksFeed::refuse(const Line &line, const Error &error)
{
    SessionLinkListener *listener = line->listener();
    if (!listener)
        return;
    close(*listener);
    listener->linkRefused(shownErrorOf(error));
}

void SessionLinksFeed::start(SessionLinkListener &link, const SessionWish &wish, int columns, int rows)
{
    const Line line = open(link);
    StartSessionRequest request;
    request.target = wish.nodeId;
    request.documentName = wish.document;
    request.reason = wish.reason;
    request.parameters = wish.parameters;
    const auto asked = m_engine.post([=](Engine &engine) -> Result<void> {
        const auto id = engine.sessions().startSession(engine.atConsole(), request);
        if (!id)
            return id.error();
        return line->attach(engine.sessions(), engine.atConsole(), *id, columns, rows);
    });
    onResult(asked, this, [this, line](const Result<void> &started) {
        if (!started)
            refuse(line, started.error());
    });
}

void SessionLinksFeed::attach(SessionLinkListener &link, const QString &id, int columns, int rows,
                              bool fromEmpty)
{
    const Line line = open(link);
    if (!fromEmpty)
        return join(line, id, columns, rows);
    using Bytes = Result<QByteArray>;
    const auto asked = m_engine.post([id](Engine &engine) -> Result<QFuture<Bytes>> {
        return engine.sessions().shownBefore(engine.atConsole(), toId<SessionId>(id));
    });
    // Without what went before it goes on all the same: the program repaints, and joining says what is wrong.
    onResult(asked, this, [=, this](const Result<QFuture<Bytes>> &future) {
        if (!future)
            return join(line, id, columns, rows);
        onResult(*future, this, [=, this](const Bytes &shown) {
            if (shown)
                line->replay(*shown);
            join(line, id, columns, rows);
        });
    });
}

void SessionLinksFeed::join(const Line &line, const QString &id, int columns, int rows)
{
    if (!line->listener())
        return; // closed meanwhile
    const auto asked = m_engine.post([=](Engine &engine) -> Result<void> {
        auto attached
            = line->attach(engine.sessions(), engine.atConsole(), toId<SessionId>(id), columns, rows);
        if (attached)
            line->repaint(columns, rows);
        return attached;
    });
    onResult(asked, this, [this, line](const Result<void> &attached) {
        if (!attached)
            refuse(line, attached.error());
    });
}

void SessionLinksFeed::watch(SessionLinkListener &link, const QString &id)
{
    close(link);
    const auto line = std::make_shared<SessionWatchLine>(link, *this);
    m_watches.insert(&link, line);
    using Bytes = Result<QByteArray>;
    const auto refuse = [this, line](const Error &error) {
        SessionLinkListener *listener = line->listener();
        if (!listener)
            return;
        close(*listener);
        listener->linkRefused(shownErrorOf(error));
    };
    const auto asked = m_engine.post([line, id](Engine &engine) {
        return line->watch(engine.sessions(), engine.atConsole(), toId<SessionId>(id));
    });
    onResult(asked, this, [=, this](const Result<QFuture<Bytes>> &before) {
        if (!before)
            return refuse(before.error());
        // Without what went before it begins all the same.
        onResult(*before, this, [line](const Bytes &shown) { line->begin(shown ? *shown : QByteArray()); });
    });
}

void SessionLinksFeed::close(SessionLinkListener &link)
{
    if (const auto watched = m_watches.take(&link)) {
        watched->forget();
        (void)m_engine.post([watched](Engine &) -> Result<void> {
            watched->unwatch();
            return {};
        });
    }
    onLine(link, [](SessionLine &line) { line.detach(); });
    if (const Line line = m_lines.take(&link))
        line->forget();
}

void SessionLinksFeed::type(SessionLinkListener &link, const QByteArray &bytes)
{
    onLine(link, [bytes](SessionLine &line) { line.type(bytes); });
}

void SessionLinksFeed::consumed(SessionLinkListener &link, qint64 bytes)
{
    if (const auto watched = m_watches.value(&link))
        return watched->addConsumed(bytes);
    const Line line = m_lines.value(&link);
    if (line && line->addConsumed(bytes)) // else it is on its way already
        onLine(link, [](SessionLine &each) { each.passConsumed(); });
}

void SessionLinksFeed::resize(SessionLinkListener &link, int columns, int rows)
{
    onLine(link, [=](SessionLine &line) { line.resize(columns, rows); });
}

void SessionLinksFeed::end(const QString &id, std::function<void(const ShownError &)> done)
{
    endSession(m_engine, id, this, std::move(done));
}

void SessionLinksFeed::documents(std::function<void(const QList<SessionDocument> &, const ShownError &)> done)
{
    const auto asked = m_engine.post([](Engine &engine) { return readDocuments(engine); });
    onResult(asked, this, [done = std::move(done)](const Result<QList<SessionDocument>> &read) {
        done(read ? *read : QList<SessionDocument>(), read ? ShownError() : shownErrorOf(read.error()));
    });
}

}
