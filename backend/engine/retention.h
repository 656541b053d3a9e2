#pragma once
// Keeps every table bounded (design 6): once an hour, a little at a time, so that no turn of the engine grows long. Engine thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

namespace fb {

class Retention : public QObject
{
    Q_OBJECT

public:
    explicit Retention(QObject *parent = nullptr);

    // `removeSome` removes at most some thousand rows and says how many; it is called again until it finds none.
    void add(const QString &what, std::function<Result<qint64>()> removeSome);
    void start();
    void runOnce(); // now; goes on by itself

private:
    void next();

    struct Job {
        QString what;
        std::function<Result<qint64>()> removeSome;
    };

    std::vector<Job> m_jobs;
    size_t m_current = 0;
    QTimer m_hourly;
    QTimer m_step; // between two pieces of work
};

}
