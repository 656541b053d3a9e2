#pragma once
// Work that takes a moment, on a thread of the pool; its answer by onResult() where it is wanted. Any thread.

#include "backend/core/result.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace fb {

template <typename T>
QFuture<Result<T>> elsewhere(std::function<Result<T>()> work,
                             QThreadPool *pool = QThreadPool::globalInstance())
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    pool->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

}
