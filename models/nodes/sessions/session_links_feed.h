#pragma once
// SessionLinksSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/sessions/session_links_source.h"

#include <QHash>

#include <memory>

namespace fb {

class SessionLine;
class SessionWatchLine;

class SessionLinksFeed : public QObject, public SessionLinksSource
{
    Q_OBJECT
public:
    explicit SessionLinksFeed(EngineThread &engine, QObject *parent = nullptr);
    ~SessionLinksFeed() override;

    void start(SessionLinkListener &link, const SessionWish &wish, int columns, int rows) override;
    void attach(SessionLinkListener &link, const QString &id, int columns, int rows, bool fromEmpty) override;
    void watch(SessionLinkListener &link, const QString &id) override;
    void close(SessionLinkListener &link) override;
    void type(SessionLinkListener &link, const QByteArray &bytes) override;
    void consumed(SessionLinkListener &link, qint64 bytes) override;
    void resize(SessionLinkListener &link, int columns, int rows) override;
    void end(const QString &id, std::function<void(const ShownError &)> done) override;
    void documents(std::function<void(const QList<SessionDocument> &, const ShownError &)> done) override;
    Instant now() const override { return m_clock.now(); }
    Tick tick() const override { return m_clock.tick(); }

private:
    using Line = std::shared_ptr<SessionLine>;
    Line open(SessionLinkListener &link);
    template <typename Fn>
    void onLine(SessionLinkListener &link, Fn fn);
    void refuse(const Line &line, const Error &error);
    void join(const Line &line, const QString &id, int columns, int rows);

    EngineThread &m_engine;
    SystemClock m_clock;
    QHash<SessionLinkListener *, Line> m_lines;
    QHash<SessionLinkListener *, std::shared_ptr<SessionWatchLine>> m_watches;
};

}
