#pragma once
// One engine a data folder: an advisory lock on DIR/engine.lock, which the kernel drops when its holder dies, however it dies. The file
// names the holder's process id. Any thread.

#include "backend/core/result.h"

#include <QString>

#include <memory>

namespace fb {

class EngineLock
{
public:
    // ConflictException naming the process that holds it.
    static Result<std::unique_ptr<EngineLock>> take(const QString &dataDir);
    ~EngineLock();
    EngineLock(const EngineLock &) = delete;
    EngineLock &operator=(const EngineLock &) = delete;

private:
    explicit EngineLock(int file) : m_file(file) { }

    int m_file;
};

}
