#include "backend/store/read_pool.h"

#include "backend/base/fail.h"
#include "backend/store/sql_connection.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr size_t kMostWaiting = 1024;

    Error stopping()
    {
        return makeError(errors::kServiceUnavailable, "The engine is stopping. Start it and try again.");
    }
}

ReadPool::ReadPool(StoreAddress address, int threads) : m_address(std::move(address))
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

ReadPool::~ReadPool() { stop(); }

void ReadPool::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

void ReadPool::post(Job job)
{
    std::optional<Error> refused;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            refused = stopping();
        else if (m_jobs.size() >= kMostWaiting)
            refused = makeError(errors::kThrottling,
                                "1024 reads of the store are already waiting. Try again in a moment.");
        else
            m_jobs.push_back(std::move(job));
    }
    if (refused)
        job(*refused);
    else
        m_wake.notify_one();
}

void ReadPool::work()
{
    std::unique_ptr<SqlConnection> connection;
    for (;;) {
        Job job;
        bool stop = false;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
            if (m_jobs.empty())
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
            stop = m_stopping;
        }
        if (stop)
            job(stopping());
        else
            runJob(connection, job);
    }
}

void ReadPool::runJob(std::unique_ptr<SqlConnection> &connection, const Job &job)
{
    const QString begin
        = m_address.dialect == Dialect::Sqlite ? u"BEGIN"_s : u"BEGIN ISOLATION LEVEL REPEATABLE READ"_s;
    if (connection && !connection->run(begin)) // the server went away in between: once more from the start
        connection.reset();
    if (!connection) {
        auto opened = SqlConnection::open(m_address, SqlConnection::Mode::ReadOnly);
        if (!opened)
            return job(opened.error());
        connection = std::move(*opened);
        if (auto begun = connection->run(begin); !begun) {
            connection.reset();
            return job(begun.error());
        }
    }
    Reader reader(*connection);
    job(&reader);
    connection->rollBack(); // nothing to keep; ends the snapshot also after an error
    const auto failure = connection->takeFailure();
    if (failure && failure->fault == StoreFault::Unwritable)
        connection.reset();
}

}
