#include "models/shared/documents/document_file.h"

#include <QFileInfo>
#include <QLocale>
#include <QStringDecoder>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString proposedName(const QString &path)
    {
        QString name;
        for (const QChar c : QFileInfo(path).completeBaseName()) {
            const bool allowed = c.unicode() < 128 && (c.isLetterOrNumber() || u"_-."_s.contains(c));
            name += allowed ? c : QChar(u'-');
        }
        return name.left(128);
    }
}

DocumentFile DocumentFile::read(const QString &path)
{
    DocumentFile file;
    const QString shown = QFileInfo(path).fileName();
    // Without waiting for a writer at the other end of a FIFO; what it is is asked of the open file, not of its name.
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        file.refusal = tr("%1 cannot be opened.").arg(shown);
        return file;
    }
    struct ::stat found {
    };
    if (::fstat(fd, &found) != 0 || !S_ISREG(found.st_mode))
        file.refusal = tr("%1 is not a regular file.").arg(shown);
    else if (found.st_size > kMostBytes)
        file.refusal = tr("%1 is %2; a document may be at most 64 KiB.")
                           .arg(shown, QLocale().formattedDataSize(found.st_size));
    QByteArray bytes;
    if (file.refusal.isEmpty()) {
        bytes.resize(kMostBytes + 1);
        const ssize_t got = ::pread(fd, bytes.data(), static_cast<size_t>(bytes.size()), 0);
        bytes.resize(qMax<ssize_t>(0, got));
        if (got < 0)
            file.refusal = tr("%1 cannot be read.").arg(shown);
        else if (got > kMostBytes) // it grew meanwhile
            file.refusal = tr("%1 is larger than 64 KiB.").arg(shown);
    }
    ::close(fd);
    if (!file.refusal.isEmpty())
        return file;
    QStringDecoder decoder(QStringDecoder::Utf8);
    file.content = decoder.decode(bytes);
    if (decoder.hasError() || file.content.contains(QChar(u'\0'))) {
        file.content.clear();
        file.refusal = tr("%1 is not text in UTF-8.").arg(shown);
        return file;
    }
    const bool looksJson = file.content.trimmed().startsWith(u'{');
    file.format = path.endsWith(u".json", Qt::CaseInsensitive) || looksJson ? u"JSON"_s : u"YAML"_s;
    file.name = proposedName(path);
    return file;
}

}
