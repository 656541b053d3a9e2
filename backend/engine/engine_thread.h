#pragma once
// The engine on a thread of its own, and the only way to it from other threads: post() runs a function there and gives a future of what it
// returned, once that is committed. Owned by the program's main thread.

#include "backend/engine/engine.h"

#include <QFuture>
#include <QPromise>
#include <QThread>

#include <functional>
#include <memory>
#include <type_traits>
#include <vector>

namespace fb {

class EngineThread : public QObject
{
    Q_OBJECT

public:
    EngineThread(EngineOptions options, MasterKeyRequest masterKey, QObject *parent = nullptr);
    ~EngineThread() override; // stops and waits

    QFuture<Result<EngineInfo>> start();
    QFuture<void> stop(); // drains; idempotent

    // fn(Engine &) -> Result<T>, on the engine thread; the future's result comes after the commit of what fn wrote. Before the engine has
    // started it waits for that; an engine that does not start drops it.
    template <typename Fn, typename R = std::invoke_result_t<Fn, Engine &>>
    QFuture<R> post(Fn fn)
    {
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        QFuture<R> future = promise->future();
        auto work = std::make_shared<Fn>(std::move(fn));
        run([promise, work](Engine &engine) {
            auto result = std::make_shared<R>((*work)(engine));
            engine.whenCommitted([promise, result](const Result<void> &committed) {
                promise->addResult(committed ? *result : R(committed.error()));
                promise->finish();
            });
        });
        return future;
    }

    // For connecting to the services' signals, by a function that runs on the engine thread once. Connections need a context object of
    // the receiver's thread, so that slots run there.
    Engine &engine() { return *m_engine; }

private:
    using Job = std::function<void(Engine &)>;
    enum class Phase { New, Starting, Started, Failed };
    void run(Job job);

    QThread m_thread;
    std::unique_ptr<Engine> m_engine;
    // Of the engine thread.
    Phase m_phase = Phase::New;
    std::vector<Job> m_waiting; // for the start
    bool m_stopping = false;
};

}
