#include "tests/support/models/fake_session_links_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;

void FakeSessionLinksSource::later(std::function<void()> fn)
{
    QMetaObject::invokeMethod(&m_loop, std::move(fn), Qt::QueuedConnection);
}

SessionLinkListener *FakeSessionLinksSource::linkOf(const QString &id) const
{
    return m_ids.key(id, nullptr);
}

void FakeSessionLinksSource::start(SessionLinkListener &link, const SessionWish &wish, int columns, int rows)
{
    const QString id = u"m.tanaka-0f00000000000%1"_s.arg(++m_count, 4, 10, QChar(u'0'));
    m_ids.insert(&link, id);
    started << Call {wish.nodeId, id, columns, rows, wish};
    if (refusal) {
        const ShownError problem = *std::exchange(refusal, std::nullopt);
        return later([this, id, problem] {
            if (auto *refused = linkOf(id)) {
                m_ids.remove(refused);
                refused->linkRefused(problem);
            }
        });
    }
    SessionNews news;
    news.id = id;
    news.status = u"Connecting"_s;
    news.owner = u"m.tanaka"_s;
    news.document = wish.document.isEmpty() ? u"SSM-SessionManagerRunShell"_s : wish.document;
    news.reason = wish.reason;
    news.recorded = true;
    news.started = now();
    news.idleLimit = idleLimit;
    news.longest = longest;
    m_news.insert(id, news);
    later([this, id, name = wish.nodeName] {
        change(id, u"Connecting"_s);
        if (connects) {
            m_news[id].runAs = u"runs as ops"_s;
            change(id, u"Connected"_s);
            say(id, screens.value(name, name.toUtf8() + "$ "));
        }
    });
}

void FakeSessionLinksSource::attach(SessionLinkListener &link, const QString &id, int columns, int rows, bool)
{
    m_ids.insert(&link, id);
    attached << Call {{}, id, columns, rows, {}};
    if (refusal) {
        const ShownError problem = *std::exchange(refusal, std::nullopt);
        return later([this, id, problem] {
            if (auto *refused = linkOf(id)) {
                m_ids.remove(refused);
                refused->linkRefused(problem);
            }
        });
    }
    SessionNews &news = m_news[id];
    news.id = id;
    news.recorded = true;
    news.idleLimit = idleLimit;
    news.started = now();
    later([this, id] { change(id, u"Connected"_s); });
}

void FakeSessionLinksSource::watch(SessionLinkListener &link, const QString &id)
{
    m_ids.insert(&link, id);
    watched << id;
    if (refusal) {
        const ShownError problem = *std::exchange(refusal, std::nullopt);
        return later([this, id, problem] {
            if (auto *refused = linkOf(id)) {
                m_ids.remove(refused);
                refused->linkRefused(problem);
            }
        });
    }
    SessionNews &news = m_news[id];
    news.id = id;
    news.recorded = true;
    news.owner = u"k.suzuki"_s;
    news.reason = u"Slow queries since 10:20"_s;
    news.started = now();
    later([this, id] {
        if (auto *watching = linkOf(id))
            watching->linkResized(100, 30);
        change(id, u"Connected"_s);
        say(id, screens.value(id, "$ "));
    });
}

void FakeSessionLinksSource::setWatchedBy(const QString &id, const QString &names)
{
    m_news[id].watchedBy = names;
    if (auto *link = linkOf(id))
        link->linkChanged(m_news[id]);
}

void FakeSessionLinksSource::type(SessionLinkListener &link, const QByteArray &bytes)
{
    typed[m_ids.value(&link)] += bytes;
}

void FakeSessionLinksSource::end(const QString &id, std::function<void(const ShownError &)> done)
{
    ended << id;
    later([this, id, done = std::move(done)] {
        change(id, u"Terminated"_s, u"terminated by m.tanaka"_s);
        done({});
    });
}

void FakeSessionLinksSource::documents(
    std::function<void(const QList<SessionDocument> &, const ShownError &)> done)
{
    later([this, done = std::move(done)] { done(known, {}); });
}

void FakeSessionLinksSource::say(const QString &id, const QByteArray &bytes)
{
    if (auto *link = linkOf(id))
        link->linkOutput(bytes);
}

void FakeSessionLinksSource::change(const QString &id, const QString &status, const QString &details)
{
    SessionNews &news = m_news[id];
    news.status = status;
    news.details = details;
    if (auto *link = linkOf(id))
        link->linkChanged(SessionNews(news));
}

void FakeSessionLinksSource::takeOver(const QString &id)
{
    if (auto *link = linkOf(id))
        link->linkTakenOver();
}

QString FakeSessionLinksSource::idOn(const QString &node) const
{
    for (auto call = started.rbegin(); call != started.rend(); ++call) {
        if (call->wish.nodeName == node)
            return call->id;
    }
    return {};
}

QList<SessionDocument> FakeSessionLinksSource::sampleDocuments()
{
    SessionDocument shell;
    shell.form.name = u"SSM-SessionManagerRunShell"_s;
    shell.form.description = u"A shell, with the preferences of Session Manager"_s;
    shell.type = u"Standard_Stream"_s;
    shell.idleLimit = std::chrono::minutes(20);
    shell.recorded = true;
    SessionDocument tail;
    tail.form.name = u"Fb-TailLog"_s;
    tail.form.description = u"Follows one log"_s;
    tail.type = u"InteractiveCommands"_s;
    tail.idleLimit = std::chrono::minutes(20);
    tail.longest = std::chrono::minutes(60);
    tail.recorded = true;
    tail.runAs = u"deploy"_s;
    tail.reasonRequired = true;
    DocumentParameter path;
    path.name = u"logpath"_s;
    path.description = u"The log to follow"_s;
    path.allowedPattern = u"^/var/log/[a-z.]+$"_s;
    tail.form.parameters << path;
    SessionDocument tunnel;
    tunnel.form.name = u"AWS-StartPortForwardingSession"_s;
    tunnel.problem
        = {.kind = ShownError::Kind::WrongInput,
           .code = u"InvalidDocument"_s,
           .message
           = u"AWS-StartPortForwardingSession opens a Port session, which this engine does not serve."_s,
           .field = u"DocumentName"_s};
    return {tail, shell, tunnel};
}

}
