#include "backend/store/engine_lock.h"

#include "backend/base/fail.h"

#include <QByteArray>
#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<EngineLock>> EngineLock::take(const QString &dataDir)
{
    const QString path = dataDir + u"/engine.lock"_s;
    const int file = ::open(QFile::encodeName(path).constData(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW,
                            S_IRUSR | S_IWUSR);
    if (file < 0)
        return fail(
            errors::kServiceUnavailable,
            u"The lock %1 cannot be opened: %2."_s.arg(path, QString::fromLocal8Bit(strerror(errno))));
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 32> holder {};
        const ssize_t length = pread(file, holder.data(), holder.size() - 1, 0);
        ::close(file);
        const QString pid = length > 0 ? QString::fromLatin1(holder.data()).trimmed() : u"unknown"_s;
        return fail(
            errors::kConflict,
            u"Another engine (process %1) already works on %2. Stop it, or give this one another --data."_s
                .arg(pid, dataDir));
    }
    const QByteArray pid = QByteArray::number(getpid()) + '\n';
    if (ftruncate(file, 0) != 0 || pwrite(file, pid.constData(), static_cast<size_t>(pid.size()), 0) < 0) {
        ::close(file); // a full disk: the lock alone would not tell who holds it
        return fail(
            errors::kServiceUnavailable,
            u"The lock %1 cannot be written: %2."_s.arg(path, QString::fromLocal8Bit(strerror(errno))));
    }
    return std::unique_ptr<EngineLock>(new EngineLock(file));
}

EngineLock::~EngineLock() { ::close(m_file); }

}
