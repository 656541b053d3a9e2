#include "backend/store/artifact_files.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/store/artifact_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kBlockBytes = 1024 * 1024;

    Error systemError(const QString &what, const QString &path)
    {
        const int number = errno;
        return qtError(
            errors::kServiceUnavailable,
            u"The artifact %1 cannot be %2: %3."_s.arg(path, what, QString::fromLocal8Bit(strerror(number))));
    }

    class File
    {
    public:
        File(const QString &path, int flags)
            : m_descriptor(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW,
                                  S_IRUSR | S_IWUSR))
        {
        }
        ~File()
        {
            if (m_descriptor >= 0)
                ::close(m_descriptor);
        }
        File(const File &) = delete;
        File &operator=(const File &) = delete;
        explicit operator bool() const { return m_descriptor >= 0; }
        int get() const { return m_descriptor; }
        qint64 size() const
        {
            struct stat status {
            };
            return fstat(m_descriptor, &status) == 0 ? status.st_size : -1;
        }

    private:
        int m_descriptor;
    };

    bool syncFolder(const QString &path)
    {
        const File folder(path, O_RDONLY | O_DIRECTORY);
        return folder && fsync(folder.get()) == 0;
    }

    Result<QByteArray> readAt(const File &file, const QString &path, qint64 offset, qint64 most)
    {
        QByteArray bytes(most, Qt::Uninitialized);
        qint64 done = 0;
        while (done < most) {
            const ssize_t count
                = pread(file.get(), bytes.data() + done, static_cast<size_t>(most - done), offset + done);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return systemError(u"read"_s, path);
            if (count == 0)
                break;
            done += count;
        }
        bytes.truncate(done);
        return bytes;
    }

    Result<QString> digestOf(const File &file, const QString &path, qint64 length)
    {
        Sha256 hash;
        for (qint64 offset = 0; offset < length; offset += kBlockBytes) {
            const auto block = readAt(file, path, offset, std::min(kBlockBytes, length - offset));
            if (!block)
                return block.error();
            hash.add(viewOf(*block));
        }
        return toQString(toHex(hash.finish()));
    }
}

ArtifactFiles::ArtifactFiles(const QString &dataDir) : m_folder(dataDir + u"/artifacts"_s) { }

QString ArtifactFiles::openPath(const QString &id) const { return m_folder + u"/open/"_s + id; }

QString ArtifactFiles::sealedPath(const QString &sha256) const
{
    return m_folder + u"/sealed/"_s + sha256.left(2) + u'/' + sha256;
}

Result<void> ArtifactFiles::makeFolders() const
{
    for (const QString &folder : {m_folder, m_folder + u"/open"_s, m_folder + u"/sealed"_s}) {
        if (mkdir(QFile::encodeName(folder).constData(), S_IRWXU) != 0 && errno != EEXIST)
            return systemError(u"stored"_s, folder);
    }
    return {};
}

Result<void> ArtifactFiles::append(const QString &id, qint64 offset, const QByteArray &bytes) const
{
    const QString path = openPath(id);
    const File file(path, O_CREAT | O_WRONLY);
    if (!file)
        return systemError(u"opened"_s, path);
    const qint64 size = file.size();
    if (size < offset)
        return fail(
            errors::kInternal,
            u"The artifact %1 has %2 bytes; %3 were stored before. The file was cut or lost."_s.arg(path)
                .arg(size)
                .arg(offset));
    if (size > offset && ftruncate(file.get(), offset) != 0)
        return systemError(u"cut"_s, path);
    qint64 done = 0;
    while (done < bytes.size()) {
        const ssize_t count = pwrite(file.get(), bytes.constData() + done,
                                     static_cast<size_t>(bytes.size() - done), offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError(u"written"_s, path);
        done += count;
    }
    if (fdatasync(file.get()) != 0)
        return systemError(u"written"_s, path);
    if (offset == 0 && !syncFolder(m_folder + u"/open"_s))
        return systemError(u"written"_s, m_folder);
    return {};
}

Result<QByteArray> ArtifactFiles::readOpen(const QString &id, qint64 offset, qint64 most) const
{
    const File file(openPath(id), O_RDONLY);
    return file ? readAt(file, openPath(id), offset, most) : systemError(u"read"_s, openPath(id));
}

Result<QByteArray> ArtifactFiles::readSealed(const QString &sha256, qint64 length, qint64 offset, qint64 most,
                                             bool verify) const
{
    const QString path = sealedPath(sha256);
    const File file(path, O_RDONLY);
    if (!file)
        return systemError(u"read"_s, path);
    if (verify) {
        const auto digest = digestOf(file, path, length);
        if (!digest)
            return digest.error();
        if (file.size() != length || *digest != sha256)
            return fail(errors::kInternal,
                        u"The artifact %1 is damaged: its bytes are not those that were stored."_s.arg(path),
                        kArtifactDamagedField);
    }
    return readAt(file, path, offset, most);
}

Result<QString> ArtifactFiles::link(const QString &id, qint64 length) const
{
    const QString from = openPath(id);
    const File file(from, O_CREAT | O_RDWR); // an artifact without a byte has no file yet
    if (!file)
        return systemError(u"sealed"_s, from);
    if (file.size() > length && ftruncate(file.get(), length) != 0)
        return systemError(u"sealed"_s, from);
    const auto digest = digestOf(file, from, length);
    if (!digest)
        return digest;
    if (file.size() != length)
        return fail(
            errors::kInternal,
            u"The artifact %1 was cut: it has %2 bytes of %3."_s.arg(from).arg(file.size()).arg(length));
    const QString to = sealedPath(*digest);
    const QString folder = QFileInfo(to).path();
    if (mkdir(QFile::encodeName(folder).constData(), S_IRWXU) != 0 && errno != EEXIST)
        return systemError(u"sealed"_s, folder);
    if (const File present(to, O_RDONLY);
        present) { // the same bytes were sealed before, unless that file is damaged
        const auto same = digestOf(present, to, length);
        if (!same || *same != *digest || present.size() != length)
            ::unlink(QFile::encodeName(to).constData());
    }
    if (::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0
        && errno != EEXIST)
        return systemError(u"sealed"_s, to);
    if (fsync(file.get()) != 0 || !syncFolder(folder) || !syncFolder(m_folder + u"/sealed"_s))
        return systemError(u"sealed"_s, to);
    return digest;
}

void ArtifactFiles::removeOpen(const QString &id) const { QFile::remove(openPath(id)); }

void ArtifactFiles::removeSealed(const QString &sha256) const { QFile::remove(sealedPath(sha256)); }

QStringList ArtifactFiles::sealedFolders() const
{
    return QDir(m_folder + u"/sealed"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

QStringList ArtifactFiles::sealedIn(const QString &folder) const
{
    QStringList digests = QDir(m_folder + u"/sealed/"_s + folder).entryList(QDir::Files | QDir::Hidden);
    digests.removeIf(
        [&folder](const QString &name) { return name.size() != 64 || !name.startsWith(folder); });
    return digests;
}

void ArtifactFiles::removeOpenExcept(const QStringList &ids) const
{
    const QSet<QString> kept(ids.cbegin(), ids.cend());
    const QStringList present = QDir(m_folder + u"/open"_s).entryList(QDir::Files | QDir::Hidden);
    for (const QString &id : present) {
        if (!kept.contains(id))
            removeOpen(id);
    }
}

}
