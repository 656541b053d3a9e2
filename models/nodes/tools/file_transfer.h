#pragma once
// One file on its way. Chunk after chunk over a channel of its own; after a cut it begins again where the node, or this machine, has come to, for
// a day. What arrives stands aside until it is whole. Ui thread; files are read and written on the pool.

#include "models/nodes/tools/tool_link.h"
#include "models/nodes/tools/transfer_source.h"

#include <QElapsedTimer>
#include <QTimer>

namespace fb {

class FileTransfer : public QObject
{
    Q_OBJECT
public:
    struct Wish {
        QString nodeId;
        bool isUpload = true;
        QString local;
        QByteArray remote;
        bool replace = false;
    };
    FileTransfer(EngineThread &engine, quint64 id, const Wish &wish, QObject *parent = nullptr);
    ~FileTransfer() override;

    void start();
    void cancel();
    const TransferState &state() const { return m_state; }

signals:
    void changed();

private:
    void setPhase(TransferState::Phase phase, const ShownError &problem = {});
    void makeDigest();
    void begin();
    void sendNext();
    void finishUpload();
    void endUpload();
    void readNext();
    void finishDownload();
    void keep(const QByteArray &bytes);
    bool failed(const ToolReply &reply); // says what to do about it; false: all is well
    void fail(const ShownError &problem);
    QString partPath() const { return m_wish.local + QStringLiteral(".fbpart"); }

    Wish m_wish;
    ToolLink m_link;
    TransferState m_state;
    QByteArray m_digest;
    bool m_endSent = false; // whether its answer came or not
    qint64 m_modified = 0; // of the file on the node
    QTimer m_retry;
    QElapsedTimer m_age;
};

}
