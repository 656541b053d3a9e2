#pragma once
// A thread that runs what it is given, in order: for file work that must not hold up the engine thread. post() from any thread; the
// destructor runs what is queued and waits.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace fb {

class JobThread
{
public:
    JobThread();
    ~JobThread();
    JobThread(const JobThread &) = delete;
    JobThread &operator=(const JobThread &) = delete;
    void post(std::function<void()> job);

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    std::thread m_thread;
};

}
