#pragma once
// FileSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "models/nodes/tools/file_source.h"
#include "models/nodes/tools/tool_link.h"

namespace fb {

class FileFeed : public FileSource
{
public:
    explicit FileFeed(EngineThread &engine) : m_link(engine, QStringLiteral("files")) { }

    void list(const QString &nodeId, const FileListWish &wish, QObject *asker,
              Answer<FileListing> answered) override;
    void read(const QString &nodeId, const QByteArray &path, bool forEdit, QObject *asker,
              Answer<FileContent> answered) override;
    void tail(const QString &nodeId, const QByteArray &path, bool again, QObject *asker,
              Answer<FileTailed> answered) override;
    void perform(const QString &nodeId, const FileDeed &deed, QObject *asker,
                 Answer<QString> answered) override;
    void save(const QString &nodeId, const QByteArray &path, const QByteArray &content,
              const QByteArray &digest, QObject *asker, Answer<FileSaveOutcome> answered) override;
    void begin(const QString &nodeId, const FileWork &work, QObject *asker,
               Answer<FileWorkState> answered) override;
    void goOn(const QString &nodeId, const Step &step, QObject *asker,
              Answer<FileWorkState> answered) override;
    void close(const QString &nodeId) override { m_link.close(nodeId); }
    Instant now() const override { return m_clock.now(); }

private:
    ToolLink m_link;
    SystemClock m_clock;
};

}
