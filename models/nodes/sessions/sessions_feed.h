#pragma once
// SessionsSource from the engine in this process: the active ones and the newest page of the history, then what changes, older ones by pages. Ui
// thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/sessions/sessions_source.h"

namespace fb {

struct Session;

class SessionsFeed : public QObject, public SessionsSource
{
    Q_OBJECT
public:
    explicit SessionsFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    void readOlder() override;
    Instant now() const override { return m_clock.now(); }
    void terminate(const QString &id, std::function<void(const ShownError &)> done) override;
    void mark(const QString &id, const QString &label, std::function<void(const ShownError &)> done) override;
    void recording(const QString &id, RecordingExtent extent,
                   std::function<void(const ShownError &, const SessionRecord &)> done) override;

private:
    struct Page {
        QList<SessionRow> rows;
        QString nextToken;
    };
    static Result<Page> read(Engine &engine, const QString &token);
    void take(const Result<Page> &page);

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    QString m_older; // token of the next page of the history
    bool m_isFollowing = false;
};

}
