#pragma once
// The file of a backup: a tar archive under zstd, by libarchive. Read, its bytes are hostile: names and sizes are what the reader's caller
// makes of them. One thread each.

#include "backend/backup/file_descriptor.h"
#include "backend/core/result.h"

#include <QByteArray>

#include <memory>
#include <optional>

struct archive;

namespace fb {

class BackupWriter
{
public:
    // Writes FILE.part, mode 0600. ConflictException when FILE is there already.
    static Result<std::unique_ptr<BackupWriter>> create(const QString &file);
    ~BackupWriter(); // what was not committed is removed
    BackupWriter(const BackupWriter &) = delete;
    BackupWriter &operator=(const BackupWriter &) = delete;

    Result<void> addBytes(const QString &path, const QByteArray &bytes);
    // The first `size` bytes; the SHA-256 (hex) of what was there to be read of them.
    Result<QString> addFile(const QString &path, int descriptor, qint64 size);
    Result<void> commit(); // on the disk, and under its name
    qint64 size() const; // of the archive, once it is committed

private:
    explicit BackupWriter(QString file);
    Error broken() const;
    Result<void> addEntry(const QString &path, qint64 size);
    Result<void> addData(const char *bytes, size_t count);

    QString m_file;
    FileDescriptor m_descriptor;
    std::unique_ptr<archive, int (*)(archive *)> m_archive;
    qint64 m_size = 0;
    bool m_committed = false;
};

class BackupReader
{
public:
    struct Entry {
        QString path;
        qint64 size = 0;
    };

    static Result<std::unique_ptr<BackupReader>> open(const QString &file);
    // ValidationException when the archive is damaged, or holds what is no file.
    Result<std::optional<Entry>> next(); // nothing: the end
    Result<QByteArray> bytes(const Entry &entry, qint64 most); // the whole of a small one
    Result<QString> extract(const Entry &entry, int descriptor); // its SHA-256, hex

private:
    explicit BackupReader(QString file);
    Error damaged() const;

    QString m_file;
    FileDescriptor m_descriptor;
    std::unique_ptr<archive, int (*)(archive *)> m_archive;
};

}
