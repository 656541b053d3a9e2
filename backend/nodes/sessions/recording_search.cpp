#include "backend/nodes/sessions/recording_search.h"

#include "backend/base/elsewhere.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/text_safety.h"
#include "backend/events/arn.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_DECLARE_LOGGING_CATEGORY(lcSessions)

namespace {

    constexpr int kLeastText = 2;
    constexpr int kMostText = 200;
    constexpr int kMostMatchesAPage = 500;
    constexpr qint64 kSearchReadBytes = 4 << 20;
    constexpr int kCompression = 3;

    SecretName textName(const SessionId &id)
    {
        return {.purpose = u"recording-text"_s, .name = toQString(id), .version = 1};
    }

    QString textOwner(const SessionId &id) { return u"session/%1/text"_s.arg(toQString(id)); }

    // Sealed and compressed: what is authenticated may be unpacked by the size it says.
    Result<QByteArray> opened(const Vault &vault, const SessionId &id, const QByteArray &sealed)
    {
        const auto packed = vault.unseal(textName(id), sealed);
        if (!packed)
            return packed.error();
        const std::string_view bytes = packed->view();
        return qUncompress(reinterpret_cast<const uchar *>(bytes.data()),
                           static_cast<qsizetype>(bytes.size()));
    }
}

// One page under way.
struct RecordingSearch::Search {
    Principal who;
    RecordingSearchRequest request;
    QString scope;
    QList<Session> sessions; // of this page; one more tells whether there is a next one
    qsizetype at = 0;
    RecordingSearchPage page;
    QPromise<Result<RecordingSearchPage>> promise;
};

RecordingSearch::RecordingSearch(Parts parts, ReadCast readCast, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_readCast(std::move(readCast))
{
    m_pool.setMaxThreadCount(1);
}

RecordingSearch::~RecordingSearch()
{
    m_pool.clear();
    m_pool.waitForDone(); // what it is at needs the vault
}

QFuture<Result<RecordingSearchPage>> RecordingSearch::search(const Principal &who,
                                                             const RecordingSearchRequest &request)
{
    using Page = RecordingSearchPage;
    const AccessTarget target {.resource = u"recordings of sessions"_s};
    const auto allowed = m_parts.access.check(who, actions::kSearchRecordings, target);
    if (request.nextToken.isEmpty() || !allowed) {
        const auto audited = m_parts.audit.record(
            {.who = who,
             .action = toQString(actions::kSearchRecordings.name()),
             .target = u"recordings"_s,
             .result = allowed ? u"Success"_s : toQString(allowed.error().code.name()),
             .diff = {{u"Text"_s, toQString(withVisibleEscapes(toStd(request.text.left(kMostText))))}}});
        if (allowed && !audited)
            return readyResult<Page>(audited.error()); // unseen reading is not allowed
    }
    if (!allowed)
        return readyResult<Page>(allowed.error());
    const size_t length = codePointCount(toStd(request.text));
    if (length < kLeastText || length > kMostText)
        return readyResult<Page>(qtError(
            errors::kValidation,
            u"Text has %1 characters; it must have %2 to %3."_s.arg(length).arg(kLeastText).arg(kMostText),
            u"Text"_s));
    auto search = std::make_shared<Search>();
    search->who = who;
    search->request = request;
    search->scope
        = u"SearchRecordings|%1|%2"_s.arg(request.caseSensitive ? u"case"_s : QString(), request.text);
    const auto position = m_parts.tokens.open(search->scope, request.nextToken);
    if (!position)
        return readyResult<Page>(position.error());
    SessionQuery query {.list = std::nullopt, .recordedOnly = true, .limit = kSessionsAPage + 1};
    if (!position->isEmpty()) {
        const qsizetype space = position->indexOf(' ');
        query.after
            = SessionMark {position->left(space).toLongLong(), QString::fromUtf8(position->mid(space + 1))};
    }
    const auto sessions = m_repository.list(m_parts.database.reader(), query);
    if (!sessions)
        return readyResult<Page>(sessions.error());
    search->sessions = *sessions;
    search->promise.start();
    nextSession(search);
    return search->promise.future();
}

void RecordingSearch::nextSession(const std::shared_ptr<Search> &search)
{
    while (search->at < std::min<qsizetype>(search->sessions.size(), kSessionsAPage)
           && search->page.matches.size() < kMostMatchesAPage) {
        const Session &session = search->sessions[search->at++];
        const AccessTarget target {.resource = u"recording of session "_s + toQString(session.sessionId)};
        if (!m_parts.access.check(search->who, actions::kReadRecording, target))
            continue; // as if it were not there
        return searchSession(search, session);
    }
    finish(search);
}

void RecordingSearch::searchSession(const std::shared_ptr<Search> &search, const Session &session)
{
    textOf(session, [this, search, session](const Text &text) {
        ++search->page.searched;
        if (!text) {
            search->page.unreadable << session.sessionId;
            return nextSession(search);
        }
        const auto found = elsewhere<ScreenText::Found>(
            [text = *text, request = search->request] {
                return Result<ScreenText::Found>(ScreenText::find(
                    text, request.text, request.caseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive,
                    kMostPerSession));
            },
            &m_pool);
        onResult(found, this, [this, search, session](const Result<ScreenText::Found> &hits) {
            if (hits) {
                for (const ScreenTextHit &hit : hits->hits)
                    search->page.matches << RecordingMatch {session, hit.at, hit.line};
                if (hits->isCut)
                    search->page.cut << session.sessionId;
            }
            nextSession(search);
        });
    });
}

void RecordingSearch::finish(const std::shared_ptr<Search> &search)
{
    if (search->at > 0 && search->at < search->sessions.size()) {
        const Session &last = search->sessions[search->at - 1];
        search->page.nextToken
            = m_parts.tokens.issue(search->scope,
                                   QByteArray::number(static_cast<qint64>(toMicros(last.startDate))) + ' '
                                       + toQString(last.sessionId).toUtf8());
    }
    search->promise.addResult(search->page);
    search->promise.finish();
}

// ---- The texts -----------------------------------------------------------------------------------------------------

void RecordingSearch::textOf(const Session &session, std::function<void(const Text &)> done)
{
    const auto kept = m_parts.artifacts.find(m_parts.database.reader(), textOwner(session.sessionId));
    if (!kept || !*kept || !(*kept)->sealed)
        return makeText(session, std::move(done));
    auto sealed = std::make_shared<QByteArray>();
    auto readOn = std::make_shared<std::function<void()>>();
    const auto take = [this, session, sealed, readOn, done](const Text &bytes) {
        if (bytes && !bytes->isEmpty()) {
            *sealed += *bytes;
            return (*readOn)();
        }
        *readOn = {}; // it holds itself
        if (!bytes)
            return makeText(session, done); // damaged: the recording itself is the truth
        const auto unpacked = elsewhere<QByteArray>(
            [&vault = m_parts.vault, id = session.sessionId, sealed] { return opened(vault, id, *sealed); },
            &m_pool);
        onResult(unpacked, this, [this, session, done](const Text &text) {
            if (text)
                done(text);
            else
                makeText(session, done);
        });
    };
    *readOn = [this, id = (*kept)->id, sealed, take] {
        onResult(m_parts.artifacts.read(id, sealed->size(), kSearchReadBytes), this, take);
    };
    (*readOn)();
}

void RecordingSearch::makeText(const Session &session, std::function<void(const Text &)> done)
{
    struct Made {
        QByteArray text;
        QByteArray sealed;
    };
    onResult(m_readCast(session.sessionId), this, [this, session, done](const Text &cast) {
        if (!cast)
            return done(cast);
        const auto made = elsewhere<Made>(
            [cast = *cast, &vault = m_parts.vault, id = session.sessionId, keeps = isEnded(session.status)] {
                Made result {.text = ScreenText::of(cast), .sealed = {}};
                if (keeps) {
                    const QByteArray packed = qCompress(result.text, kCompression);
                    result.sealed
                        = vault.seal(textName(id), {packed.constData(), static_cast<size_t>(packed.size())});
                }
                return Result<Made>(result);
            },
            &m_pool);
        onResult(made, this, [this, id = session.sessionId, done](const Result<Made> &result) {
            if (!result)
                return done(result.error());
            if (!result->sealed.isEmpty())
                keep(id, result->sealed);
            done(result->text);
        });
    });
}

void RecordingSearch::keep(const SessionId &id, const QByteArray &sealed)
{
    // One that an engine left half written is begun anew; one that is being sealed now refuses, and is as good.
    const auto earlier = m_parts.artifacts.find(m_parts.database.reader(), textOwner(id));
    if (earlier && *earlier && !(*earlier)->sealed) {
        auto removed = m_parts.database.write(
            [&](Transaction &tx) { return m_parts.artifacts.remove(tx, (*earlier)->id); });
        if (!removed)
            return;
    }
    const auto artifact = m_parts.artifacts.open(textOwner(id));
    if (!artifact)
        return;
    if (const auto appended = m_parts.artifacts.append(artifact->id, sealed); !appended) {
        qCWarning(lcSessions, "text of %s is not kept: %s", id.text().c_str(),
                  appended.error().message.c_str());
        return;
    }
    m_parts.artifacts.seal(artifact->id);
}

void RecordingSearch::prepare(const SessionId &id)
{
    m_toPrepare << id;
    prepareNext();
}

void RecordingSearch::prepareNext()
{
    if (m_isPreparing || m_toPrepare.isEmpty())
        return;
    const auto session = m_repository.find(m_parts.database.reader(), m_toPrepare.takeFirst());
    if (!session || !*session || !(*session)->recorded)
        return prepareNext();
    m_isPreparing = true;
    textOf(**session, [this](const Text &) {
        m_isPreparing = false;
        prepareNext();
    });
}

Result<void> RecordingSearch::forget(Transaction &tx, const SessionId &id)
{
    const auto kept = m_parts.artifacts.find(tx, textOwner(id));
    if (!kept)
        return kept.error();
    return *kept ? m_parts.artifacts.remove(tx, (*kept)->id) : Result<void>();
}

}
