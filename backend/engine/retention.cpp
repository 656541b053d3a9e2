#include "backend/engine/retention.h"

#include <QLoggingCategory>

namespace fb {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(retentionLog, "fb.engine.retention")

Retention::Retention(QObject *parent) : QObject(parent)
{
    m_hourly.setInterval(1h);
    connect(&m_hourly, &QTimer::timeout, this, &Retention::runOnce);
    m_step.setInterval(200ms);
    m_step.setSingleShot(true);
    connect(&m_step, &QTimer::timeout, this, &Retention::next);
}

void Retention::add(const QString &what, std::function<Result<qint64>()> removeSome)
{
    m_jobs.push_back({what, std::move(removeSome)});
}

void Retention::start() { m_hourly.start(); }

void Retention::runOnce()
{
    m_current = 0;
    m_step.start();
}

void Retention::next()
{
    if (m_current >= m_jobs.size())
        return;
    const Job &job = m_jobs[m_current];
    const Result<qint64> removed = job.removeSome();
    if (!removed)
        qCWarning(retentionLog) << "removing old" << job.what << "failed:" << removed.error().message.c_str();
    if (!removed || *removed == 0)
        ++m_current;
    m_step.start();
}

}
