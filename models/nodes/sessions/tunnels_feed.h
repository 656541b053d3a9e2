#pragma once
// TunnelsSource from the engine in this process; opens again at start what is kept open, and tries on until its node is there. Ui thread. Lives
// until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/sessions/tunnels_source.h"

#include <QHash>
#include <QTimer>

namespace fb {

class ConsoleSettings;

class TunnelsFeed : public QObject, public TunnelsSource
{
    Q_OBJECT
public:
    TunnelsFeed(EngineThread &engine, ConsoleSettings &settings, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void open(const TunnelWish &wish, std::function<void(const ShownError &, int)> done) override;
    void close(const QString &id, std::function<void(const ShownError &)> done) override;
    void noteRenewal(const QString &sessionId, std::chrono::minutes time,
                     std::function<void(const ShownError &)> done) override;

private:
    struct Kept {
        TunnelWish wish;
        quint64 tunnel = 0; // that it is; 0: not open
        bool isAsked = false;
    };
    struct Passed { // for rates
        Tick at {};
        qint64 toNode = 0;
        qint64 fromNode = 0;
    };
    void take(const QList<QPair<TunnelRow, bool>> &rows); // and whether it is closed
    void reopen();
    void keep();
    QString keptId(qsizetype index) const;

    EngineThread &m_engine;
    ConsoleSettings &m_settings;
    SystemClock m_clock;
    News m_news;
    QTimer m_retry;
    QList<Kept> m_kept;
    QHash<QString, Passed> m_passed; // by row
    bool m_isFollowing = false;
};

}
