#pragma once
// Sessions that say and do what a test tells them. Answers come later, on the event loop, as the engine's do.

#include "models/nodes/sessions/session_links_source.h"

#include <QHash>
#include <QObject>

namespace fb::test {

class FakeSessionLinksSource : public SessionLinksSource
{
public:
    struct Call { // of start() or attach()
        QString node; // of a start
        QString id; // given or asked for
        int columns = 0;
        int rows = 0;
        SessionWish wish;
    };

    void start(SessionLinkListener &link, const SessionWish &wish, int columns, int rows) override;
    void attach(SessionLinkListener &link, const QString &id, int columns, int rows, bool fromEmpty) override;
    void watch(SessionLinkListener &link, const QString &id) override;
    void close(SessionLinkListener &link) override { m_ids.remove(&link); }
    void type(SessionLinkListener &link, const QByteArray &bytes) override;
    void consumed(SessionLinkListener &link, qint64 bytes) override
    {
        consumedBytes[m_ids.value(&link)] += bytes;
    }
    void resize(SessionLinkListener &link, int columns, int rows) override
    {
        sizes[m_ids.value(&link)] = {columns, rows};
    }
    void end(const QString &id, std::function<void(const ShownError &)> done) override;
    void documents(std::function<void(const QList<SessionDocument> &, const ShownError &)> done) override;
    Instant now() const override { return fromMicros(1790000000000000); }
    Tick tick() const override { return m_tick; }

    // What a node or an engine would do.
    void say(const QString &id, const QByteArray &bytes);
    void change(const QString &id, const QString &status, const QString &details = {});
    void takeOver(const QString &id);
    void setWatchedBy(const QString &id, const QString &names);
    void pass(std::chrono::seconds time) { m_tick += time; }
    QString idOn(const QString &node) const; // of the session that was started there last
    static QList<SessionDocument> sampleDocuments();

    QList<Call> started;
    QList<Call> attached;
    QStringList watched;
    QHash<QString, QByteArray> typed; // by session
    QHash<QString, qint64> consumedBytes;
    QHash<QString, QPair<int, int>> sizes;
    QStringList ended;
    std::optional<ShownError> refusal; // of the next start or attach
    bool connects = true; // by themselves; else they stay Connecting
    QList<SessionDocument> known = sampleDocuments();
    std::chrono::seconds idleLimit {1200};
    std::chrono::seconds longest {0};
    QHash<QString, QByteArray> screens; // what a node's shell says first, by name

private:
    SessionLinkListener *linkOf(const QString &id) const;
    void later(std::function<void()> fn);

    QObject m_loop;
    QHash<SessionLinkListener *, QString> m_ids;
    QHash<QString, SessionNews> m_news;
    Tick m_tick {std::chrono::hours(1)};
    int m_count = 0;
};

}
