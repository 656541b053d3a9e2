#pragma once
// One file on its way, in chunks over a channel of its own, a few at once so that disk, network and node work side by side; after a cut it begins
// again where the node, or this machine, has come to, for a day. What arrives stands aside until it is whole. Ui thread; files are read and
// written on the pool.

#include "models/nodes/tools/tool_link.h"
#include "models/nodes/tools/transfer_source.h"

#include <QElapsedTimer>
#include <QMap>
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
    void run(); // from where it has come to
    void goOn();
    bool isRun(quint64 run) const { return run == m_run && m_state.phase == TransferState::Phase::Running; }
    void sendNext();
    void send(std::string bytes);
    void finishUpload();
    void endUpload();
    void readNext();
    void keepNext();
    void finishDownload();
    bool failed(const ToolReply &reply); // says what to do about it; false: all is well
    void fail(const ShownError &problem);
    QString partPath() const { return m_wish.local + QStringLiteral(".fbpart"); }

    Wish m_wish;
    ToolLink m_link;
    TransferState m_state;
    QByteArray m_digest;
    bool m_endSent = false; // whether its answer came or not
    qint64 m_modified = 0; // of the file on the node
    quint64 m_run = 0; // answers to another are too late
    qint64 m_asked = 0; // up to here chunks are on their way, or were
    int m_unanswered = 0;
    bool m_isOnDisk = false; // a chunk is being read or written, maybe of an earlier run
    QMap<qint64, std::shared_ptr<const wire::ToolAnswer>> m_arrived; // not yet written, by offset
    QTimer m_retry;
    QElapsedTimer m_age;
};

}
