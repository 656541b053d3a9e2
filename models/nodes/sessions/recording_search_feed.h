#pragma once
// RecordingSearchSource from the engine in this process, page after page. Ui thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/sessions/recording_match.h"

namespace fb {

class RecordingSearchFeed : public QObject, public RecordingSearchSource
{
    Q_OBJECT
public:
    explicit RecordingSearchFeed(EngineThread &engine, QObject *parent = nullptr);

    static constexpr int kMatchesAtOnce = 200; // then it waits to be asked for older ones

    void start(News news) override;
    void readOlder() override;
    Instant now() const override { return m_clock.now(); }
    void search(const QString &text, bool caseSensitive) override;
    void stop() override;
    const RecordingSearchState &state() const override { return m_state; }
    void setStateHandler(std::function<void()> changed) override { m_changed = std::move(changed); }

private:
    struct Page {
        QList<RecordingMatchRow> rows; // their ids are still empty
        QString nextToken;
        int searched = 0;
        int cut = 0;
        int unreadable = 0;
    };
    void nextPage();
    void take(const Page &page);
    void setState(const RecordingSearchState &state);

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    std::function<void()> m_changed;
    RecordingSearchState m_state;
    bool m_caseSensitive = false;
    QString m_older; // token of the next page
    QStringList m_ids;
    int m_goal = 0; // matches at which it rests
    int m_search = 0; // counts up: answers of an earlier one are dropped
};

}
