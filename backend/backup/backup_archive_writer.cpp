#include "backend/backup/backup_archive.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"

#include <QFile>
#include <QFileInfo>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr size_t kWritingBlock = 1024 * 1024;

    QString partOf(const QString &file) { return file + u".part"_s; }

    Error notWritten(const QString &file)
    {
        return qtError(errors::kServiceUnavailable,
                       u"The backup %1 cannot be written: %2."_s.arg(file, systemReason()), u"to"_s);
    }

    using EntryHandle = std::unique_ptr<archive_entry, void (*)(archive_entry *)>;
}

BackupWriter::BackupWriter(QString file)
    : m_file(std::move(file)),
      m_archive(::archive_write_new(), &::archive_write_free)
{
}

BackupWriter::~BackupWriter()
{
    m_archive.reset();
    if (m_descriptor && !m_committed)
        QFile::remove(partOf(m_file));
}

Result<std::unique_ptr<BackupWriter>> BackupWriter::create(const QString &file)
{
    if (QFileInfo::exists(file))
        return fail(errors::kConflict, u"%1 is there already; a backup replaces no file."_s.arg(file),
                    u"to"_s);
    std::unique_ptr<BackupWriter> writer(new BackupWriter(file));
    const QByteArray part = QFile::encodeName(partOf(file));
    ::unlink(part.constData()); // what one that was killed has left
    writer->m_descriptor = FileDescriptor(
        ::open(part.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!writer->m_descriptor)
        return notWritten(file);
    archive *const out = writer->m_archive.get();
    if (::archive_write_set_format_pax_restricted(out) != ARCHIVE_OK
        || ::archive_write_add_filter_zstd(out) != ARCHIVE_OK
        || ::archive_write_open_fd(out, writer->m_descriptor.get()) != ARCHIVE_OK)
        return writer->broken();
    return writer;
}

Error BackupWriter::broken() const
{
    const char *words = ::archive_error_string(m_archive.get());
    return qtError(errors::kServiceUnavailable,
                   u"The backup %1 cannot be written: %2."_s.arg(
                       m_file, words ? QString::fromLocal8Bit(words) : systemReason()),
                   u"to"_s);
}

Result<void> BackupWriter::addEntry(const QString &path, qint64 size)
{
    const EntryHandle entry(::archive_entry_new(), &::archive_entry_free);
    ::archive_entry_set_pathname(entry.get(), path.toLatin1().constData());
    ::archive_entry_set_size(entry.get(), size);
    ::archive_entry_set_filetype(entry.get(), AE_IFREG);
    ::archive_entry_set_perm(entry.get(), S_IRUSR | S_IWUSR);
    if (::archive_write_header(m_archive.get(), entry.get()) != ARCHIVE_OK)
        return broken();
    return {};
}

Result<void> BackupWriter::addData(const char *bytes, size_t count)
{
    while (count > 0) {
        const la_ssize_t written = ::archive_write_data(m_archive.get(), bytes, count);
        if (written <= 0)
            return broken();
        bytes += written;
        count -= static_cast<size_t>(written);
    }
    return {};
}

Result<void> BackupWriter::addBytes(const QString &path, const QByteArray &bytes)
{
    if (auto begun = addEntry(path, bytes.size()); !begun)
        return begun;
    return addData(bytes.constData(), static_cast<size_t>(bytes.size()));
}

Result<QString> BackupWriter::addFile(const QString &path, int descriptor, qint64 size)
{
    if (auto begun = addEntry(path, size); !begun)
        return begun.error();
    std::string block(kWritingBlock, '\0');
    Sha256 hash;
    for (qint64 done = 0; done < size;) {
        const auto wanted = std::min(block.size(), static_cast<size_t>(size - done));
        const ssize_t got = ::pread(descriptor, block.data(), wanted, done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break; // shorter than it should be: the digest shows it, the archive is filled with zeros
        hash.add({block.data(), static_cast<size_t>(got)});
        if (auto added = addData(block.data(), static_cast<size_t>(got)); !added)
            return added.error();
        done += got;
    }
    if (::archive_write_finish_entry(m_archive.get()) != ARCHIVE_OK)
        return broken();
    return toQString(toHex(hash.finish()));
}

Result<void> BackupWriter::commit()
{
    if (::archive_write_close(m_archive.get()) != ARCHIVE_OK)
        return broken();
    struct stat status {
    };
    if (::fsync(m_descriptor.get()) != 0 || ::fstat(m_descriptor.get(), &status) != 0)
        return notWritten(m_file);
    const QByteArray part = QFile::encodeName(partOf(m_file));
    const QByteArray name = QFile::encodeName(m_file);
    // Where the file system cannot keep what has come there meanwhile, looking must do.
    if (::renameat2(AT_FDCWD, part.constData(), AT_FDCWD, name.constData(), RENAME_NOREPLACE) != 0) {
        if (errno != EINVAL || QFileInfo::exists(m_file) || ::rename(part.constData(), name.constData()) != 0)
            return notWritten(m_file);
    }
    m_committed = true;
    m_size = status.st_size;
    const FileDescriptor folder(::open(QFile::encodeName(QFileInfo(m_file).absolutePath()).constData(),
                                       O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0)
        return notWritten(m_file);
    return {};
}

qint64 BackupWriter::size() const { return m_size; }

}
