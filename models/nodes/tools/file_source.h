#pragma once
// Where the file system of a node is read and changed. FileFeed speaks with the engine in this process; tests answer by themselves. Answers
// come later, on the ui thread, and not at all after the one who asked is gone.

#include "models/nodes/tools/file_row.h"

#include <functional>

namespace fb {

class FileSource
{
public:
    virtual ~FileSource() = default;
    template <typename T>
    using Answer = std::function<void(const ShownError &problem, const T &value)>;

    virtual void list(const QString &nodeId, const FileListWish &wish, QObject *asker,
                      Answer<FileListing> answered)
        = 0;
    virtual void read(const QString &nodeId, const QByteArray &path, bool forEdit, QObject *asker,
                      Answer<FileContent> answered)
        = 0;
    // `again`: what came since the call before; else its last lines.
    virtual void tail(const QString &nodeId, const QByteArray &path, bool again, QObject *asker,
                      Answer<FileTailed> answered)
        = 0;
    // Answered with the digest of a checksum; else empty.
    virtual void perform(const QString &nodeId, const FileDeed &deed, QObject *asker,
                         Answer<QString> answered)
        = 0;
    virtual void save(const QString &nodeId, const QByteArray &path, const QByteArray &content,
                      const QByteArray &digest, QObject *asker, Answer<FileSaveOutcome> answered)
        = 0;
    virtual void begin(const QString &nodeId, const FileWork &work, QObject *asker,
                       Answer<FileWorkState> answered)
        = 0;
    struct Step {
        quint64 id = 0;
        bool cancel = false;
        std::optional<FileChoice> choice; // the answer to its question
        bool forAll = false;
    };
    virtual void goOn(const QString &nodeId, const Step &step, QObject *asker, Answer<FileWorkState> answered)
        = 0;
    virtual void close(const QString &nodeId) = 0; // nobody looks at it any more
    virtual Instant now() const = 0;
};

}
