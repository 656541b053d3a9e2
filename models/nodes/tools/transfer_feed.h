#pragma once
// TransferSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "models/nodes/tools/file_transfer.h"

#include <vector>

namespace fb {

class TransferFeed : public TransferSource
{
    Q_OBJECT
public:
    static constexpr size_t kKept = 100; // ended ones

    explicit TransferFeed(EngineThread &engine, QObject *parent = nullptr);

    quint64 upload(const QString &nodeId, const QString &local, const QByteArray &remote,
                   bool replace) override;
    quint64 download(const QString &nodeId, const QByteArray &remote, const QString &local) override;
    void cancel(quint64 id) override;
    QList<TransferState> transfers(const QString &nodeId) const override;

private:
    quint64 start(const FileTransfer::Wish &wish);

    EngineThread &m_engine;
    std::vector<std::unique_ptr<FileTransfer>> m_transfers;
    quint64 m_last = 0;
};

}
