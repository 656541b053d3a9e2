#pragma once
// What to do with a QFuture<Result<T>>: onResult(future, context, fn). QFuture::then(context, fn) asserts when the context is already
// gone (Qt 6.4), so this is the one way. Call it on the context's thread; fn runs there, later, and not at all once the context is gone.

#include "backend/core/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThread>

#include <utility>

namespace fb {

template <typename T, typename Fn>
void onResult(const QFuture<Result<T>> &future, QObject *context, Fn fn)
{
    Q_ASSERT(context && context->thread() == QThread::currentThread());
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context, [watcher, fn = std::move(fn)]() mutable {
            watcher->deleteLater();
            const QFuture<Result<T>> done = watcher->future();
            if (done.resultCount() > 0)
                fn(done.resultAt(0));
            else // its promise was dropped: the other side is shutting down
                fn(Result<T>(makeError(errors::kServiceUnavailable,
                                       "The engine stopped before it answered. Start it and try again.")));
        });
    watcher->setFuture(future);
}

// A future that already holds its answer.
template <typename T>
QFuture<Result<T>> readyResult(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

}
