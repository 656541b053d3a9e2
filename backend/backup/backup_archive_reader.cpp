#include "backend/backup/backup_archive.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"

#include <QFile>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr size_t kReadingBlock = 1024 * 1024;
    constexpr qsizetype kLongestPath = 255;
}

BackupReader::BackupReader(QString file)
    : m_file(std::move(file)),
      m_archive(::archive_read_new(), &::archive_read_free)
{
}

Result<std::unique_ptr<BackupReader>> BackupReader::open(const QString &file)
{
    std::unique_ptr<BackupReader> reader(new BackupReader(file));
    reader->m_descriptor = FileDescriptor(::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC));
    if (!reader->m_descriptor)
        return fail(errors::kValidation, u"The backup %1 cannot be read: %2."_s.arg(file, systemReason()),
                    u"from"_s);
    archive *const in = reader->m_archive.get();
    ::archive_read_support_format_tar(in);
    ::archive_read_support_filter_zstd(in);
    if (::archive_read_open_fd(in, reader->m_descriptor.get(), kReadingBlock) != ARCHIVE_OK)
        return fail(
            errors::kValidation,
            u"%1 is no backup of Flagbridge: it is no archive of the kind that backup writes."_s.arg(file),
            u"from"_s);
    return reader;
}

Error BackupReader::damaged() const
{
    const char *words = ::archive_error_string(m_archive.get());
    return qtError(errors::kValidation,
                   u"The backup %1 is damaged: %2. Nothing was changed."_s.arg(
                       m_file, words ? QString::fromLocal8Bit(words) : u"it is cut short"_s),
                   u"from"_s);
}

Result<std::optional<BackupReader::Entry>> BackupReader::next()
{
    archive_entry *entry = nullptr;
    const int found = ::archive_read_next_header(m_archive.get(), &entry);
    if (found == ARCHIVE_EOF)
        return std::optional<Entry>();
    if (found != ARCHIVE_OK)
        return damaged();
    const char *name = ::archive_entry_pathname(entry);
    const QString path = QString::fromLatin1(name ? name : "");
    const qint64 size = ::archive_entry_size(entry);
    if (::archive_entry_filetype(entry) != AE_IFREG || ::archive_entry_hardlink(entry) || size < 0
        || path.isEmpty() || path.size() > kLongestPath)
        return fail(
            errors::kValidation,
            u"The backup %1 holds \"%2\", which is no file that backup writes. Nothing was changed."_s.arg(
                m_file, toQString(withVisibleEscapes(toStd(path.left(kLongestPath))))),
            u"from"_s);
    return std::optional(Entry {path, size});
}

Result<QByteArray> BackupReader::bytes(const Entry &entry, qint64 most)
{
    if (entry.size > most)
        return fail(errors::kValidation,
                    u"%1 in the backup %2 has %3 bytes; it may have %4. Nothing was changed."_s.arg(
                        entry.path, m_file, QString::number(entry.size), QString::number(most)),
                    u"from"_s);
    QByteArray bytes(entry.size, Qt::Uninitialized);
    qsizetype done = 0;
    while (done < bytes.size()) {
        const la_ssize_t got = ::archive_read_data(m_archive.get(), bytes.data() + done,
                                                   static_cast<size_t>(bytes.size() - done));
        if (got <= 0)
            return damaged();
        done += got;
    }
    return bytes;
}

Result<QString> BackupReader::extract(const Entry &entry, int descriptor)
{
    std::string block(kReadingBlock, '\0');
    Sha256 hash;
    for (qint64 done = 0; done < entry.size;) {
        const la_ssize_t got = ::archive_read_data(m_archive.get(), block.data(), block.size());
        if (got <= 0)
            return damaged();
        const auto count = static_cast<size_t>(got);
        hash.add({block.data(), count});
        for (size_t written = 0; written < count;) {
            const ssize_t some = ::pwrite(descriptor, block.data() + written, count - written,
                                          done + static_cast<qint64>(written));
            if (some < 0 && errno == EINTR)
                continue;
            if (some <= 0)
                return fail(errors::kServiceUnavailable,
                            u"%1 of the backup cannot be written: %2."_s.arg(entry.path, systemReason()));
            written += static_cast<size_t>(some);
        }
        done += got;
    }
    return toQString(toHex(hash.finish()));
}

}
