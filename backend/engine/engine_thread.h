#pragma once
// The engine on a thread of its own, and the only way to it from other threads: post() runs a function there and gives a future of what it
// returned, once that is committed. Owned by the program's main thread.

#include "backend/engine/engine.h"

#include <QFuture>
#include <QPromise>
#include <QThread>

#include <memory>
#include <type_traits>

namespace fb {

class EngineThread : public QObject
{
    Q_OBJECT

public:
    EngineThread(EngineOptions options, MasterKeyRequest masterKey, QObject *parent = nullptr);
    ~EngineThread() override; // stops and waits

    QFuture<Result<EngineInfo>> start();
    QFuture<void> stop(); // drains; idempotent

    // fn(Engine &) -> Result<T>, on the engine thread; the future's result comes after the commit of what fn wrote.
    template <typename Fn, typename R = std::invoke_result_t<Fn, Engine &>>
    QFuture<R> post(Fn fn)
    {
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        QFuture<R> future = promise->future();
        QMetaObject::invokeMethod(
            m_engine.get(),
            [engine = m_engine.get(), promise, fn = std::move(fn)]() mutable {
                auto result = std::make_shared<R>(fn(*engine));
                engine->whenCommitted([promise, result](const Result<void> &committed) {
                    promise->addResult(committed ? *result : R(committed.error()));
                    promise->finish();
                });
            },
            Qt::QueuedConnection);
        return future;
    }

    // For connecting to the services' signals, by a function that runs on the engine thread once. Connections need a context object of
    // the receiver's thread, so that slots run there.
    Engine &engine() { return *m_engine; }

private:
    QThread m_thread;
    std::unique_ptr<Engine> m_engine;
    bool m_stopping = false;
};

}
