#pragma once
// Work on many files, on a thread of its own: measuring, removing, copying, moving. It asks when something is there already, counts what it
// does, and stops when it is told to. Links are taken as they are, other file systems are left alone. Made, asked and ended on one thread.

#include "agent/tools/file_place.h"
#include "agent/tools/tool.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace fb::agent {

class FileJob
{
public:
    enum class Choice { None, Skip, Replace, KeepBoth };
    enum class Kind { Measure, Remove, Copy, Move };

    FileJob(uint64_t id, Kind kind, std::vector<std::string> paths, std::string into, const FileGuard &guard);
    ~FileJob(); // told to stop, and waited for

    uint64_t id() const { return m_id; }
    bool isFinished();
    void cancel();
    void answer(Choice choice, bool forAll);
    wire::FileJob report(std::chrono::milliseconds patience); // earlier when it is over or asks

private:
    struct Walk { // where one is
        int folder;
        std::string name;
        std::string path;
    };

    void run();
    void remove(const Walk &at, uint64_t mount, bool measureOnly);
    bool copy(const Walk &from, int toFolder, const std::string &toName, const std::string &toPath,
              uint64_t mount);
    bool copyFile(const Walk &from, int toFolder, const std::string &toName, const std::string &toPath);
    bool removeCopied(const Walk &from, const struct stat &copied);
    void place(const std::string &path); // one of those to be copied or moved
    Choice ask(const std::string &path);
    std::string freeName(int folder, const std::string &name) const;
    bool isCancelled();
    void at(const std::string &path);
    void done(uint64_t bytes);
    void failed(const Error &error);

    const uint64_t m_id;
    const Kind m_kind;
    const std::vector<std::string> m_paths;
    const std::string m_into;
    const FileGuard &m_guard;
    bool m_isSwept = false; // where it goes

    std::mutex m_mutex;
    std::condition_variable m_changed;
    wire::FileJob m_state;
    bool m_cancelled = false;
    Choice m_choice = Choice::None;
    Choice m_forAll = Choice::None;
    std::thread m_thread; // last: everything else is there when it begins
};

}
