#pragma once
// The files of a node, of the test's choice, and transfers that go as far as the test says.

#include "models/nodes/tools/file_source.h"
#include "models/nodes/tools/transfer_source.h"

#include <QMap>

namespace fb::test {

class FakeFileSource : public QObject, public FileSource
{
public:
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
    void close(const QString &nodeId) override { closed << nodeId; }
    Instant now() const override { return m_now; }

    static QMap<QByteArray, FileListing> sample(Instant now);
    QMap<QByteArray, FileListing> folders;
    QMap<QByteArray, FileContent> contents;
    QStringList tailLines; // told at the next tail
    std::optional<ShownError> problem; // of every list
    std::optional<ShownError> refusal; // of the next deed
    QList<FileListWish> wishes;
    QList<FileDeed> deeds;
    QList<FileWork> works;
    QList<Step> steps;
    QList<FileWorkState> workStates; // told one after the other; none left: finished
    std::optional<FileSaveOutcome> conflict; // of the next save
    QList<QByteArray> written;
    QStringList closed;
    Instant m_now = fromMicros(1790000000000000);

private:
    template <typename T>
    void later(QObject *asker, Answer<T> answered, const ShownError &problem, const T &value);
    FileWorkState nextState();
};

class FakeTransferSource : public TransferSource
{
    Q_OBJECT
public:
    using TransferSource::TransferSource;
    quint64 upload(const QString &nodeId, const QString &local, const QByteArray &remote,
                   bool replace) override;
    quint64 download(const QString &nodeId, const QByteArray &remote, const QString &local) override;
    void cancel(quint64 id) override { cancelled << id; }
    QList<TransferState> transfers(const QString &nodeId) const override;
    void tell(const TransferState &state);

    struct Wish {
        QString local;
        QByteArray remote;
        bool isUpload = true;
        bool replace = false;
    };
    QList<Wish> wishes;
    QList<TransferState> states; // the newest first
    QList<quint64> cancelled;
};

}
