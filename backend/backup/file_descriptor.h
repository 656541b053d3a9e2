#pragma once
// Closes a descriptor at its end. Inside backend/backup.

#include <QString>

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace fb {

class FileDescriptor
{
public:
    explicit FileDescriptor(int descriptor = -1) : m_descriptor(descriptor) { }
    ~FileDescriptor() { close(); }
    FileDescriptor(FileDescriptor &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) { }
    FileDescriptor &operator=(FileDescriptor &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    explicit operator bool() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }
    void close()
    {
        if (m_descriptor >= 0)
            ::close(std::exchange(m_descriptor, -1));
    }

private:
    int m_descriptor;
};

inline QString systemReason() { return QString::fromLocal8Bit(::strerror(errno)); }

}
