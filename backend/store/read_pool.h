#pragma once
// Threads with a read-only connection each, for lists, aggregates and exports. post() from any thread.

#include "backend/store/store_address.h"
#include "backend/store/transaction.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fb {

class ReadPool
{
public:
    using Job = std::function<void(Result<Reader *>)>;

    ReadPool(StoreAddress address, int threads);
    ~ReadPool(); // stop()
    void stop(); // runs what is queued with an error, waits for what runs; later jobs are refused. Idempotent

    // The job runs in one snapshot. With 1,024 waiting it is refused at once, on the caller's thread.
    void post(Job job);

private:
    void work();
    void runJob(std::unique_ptr<SqlConnection> &connection, const Job &job);

    StoreAddress m_address;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

}
