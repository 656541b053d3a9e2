#include "backend/engine/engine_thread.h"

#include <QAbstractEventDispatcher>

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
        QAbstractEventDispatcher::instance(&m_thread), [this] { m_engine.reset(); },
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
        [engine = m_engine.get(), promise] {
            engine->start([promise](const Result<EngineInfo> &info) {
                promise->addResult(info);
                promise->finish();
            });
        },
        Qt::QueuedConnection);
    return promise->future();
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
