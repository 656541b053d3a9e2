#include "backend/engine/engine_thread.h"

#include <QAbstractEventDispatcher>

#include <utility>

namespace fb {

EngineThread::EngineThread(EngineOptions options, MasterKeyRequest masterKey, QObject *parent)
    : QObject(parent),
      m_engine(std::make_unique<Engine>(std::move(options), std::move(masterKey)))
{
    m_thread.setObjectName(QStringLiteral("engine"));
    m_engine->moveToThread(&m_thread);
    m_thread.start();
}

EngineThread::~EngineThread()
{
    if (!m_stopping)
        stop();
    // The engine is destroyed on its own thread, after its last work there.
    QMetaObject::invokeMethod(
        QAbstractEventDispatcher::instance(&m_thread),
        [this] {
            m_waiting.clear();
            m_engine.reset();
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

QFuture<Result<EngineInfo>> EngineThread::start()
{
    auto promise = std::make_shared<QPromise<Result<EngineInfo>>>();
    promise->start();
    QMetaObject::invokeMethod(
        m_engine.get(),
        [this, promise] {
            m_phase = Phase::Starting;
            m_engine->start([this, promise](const Result<EngineInfo> &info) {
                m_phase = info ? Phase::Started : Phase::Failed;
                promise->addResult(info);
                promise->finish();
                for (const Job &job : std::exchange(m_waiting, {})) {
                    if (info)
                        job(*m_engine);
                }
            });
        },
        Qt::QueuedConnection);
    return promise->future();
}

void EngineThread::run(Job job)
{
    QMetaObject::invokeMethod(
        m_engine.get(),
        [this, job = std::move(job)] {
            if (m_phase == Phase::Started)
                job(*m_engine);
            else if (m_phase != Phase::Failed)
                m_waiting.push_back(job);
        },
        Qt::QueuedConnection);
}

QFuture<void> EngineThread::stop()
{
    m_stopping = true;
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QMetaObject::invokeMethod(
        m_engine.get(),
        [engine = m_engine.get(), promise] { engine->stop([promise] { promise->finish(); }); },
        Qt::QueuedConnection);
    return promise->future();
}

}
