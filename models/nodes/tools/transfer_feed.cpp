#include "models/nodes/tools/transfer_feed.h"

#include <algorithm>

namespace fb {

TransferFeed::TransferFeed(EngineThread &engine, QObject *parent) : TransferSource(parent), m_engine(engine)
{
}

quint64 TransferFeed::start(const FileTransfer::Wish &wish)
{
    const auto ended = std::find_if(m_transfers.begin(), m_transfers.end(),
                                    [](const auto &each) { return each->state().isEnded(); });
    if (m_transfers.size() >= kKept && ended != m_transfers.end())
        m_transfers.erase(ended);
    m_transfers.push_back(std::make_unique<FileTransfer>(m_engine, ++m_last, wish));
    FileTransfer *made = m_transfers.back().get();
    connect(made, &FileTransfer::changed, this, [this, made] { emit changed(made->state()); });
    made->start();
    return m_last;
}

quint64 TransferFeed::upload(const QString &nodeId, const QString &local, const QByteArray &remote,
                             bool replace)
{
    return start({.nodeId = nodeId, .isUpload = true, .local = local, .remote = remote, .replace = replace});
}

quint64 TransferFeed::download(const QString &nodeId, const QByteArray &remote, const QString &local)
{
    return start({.nodeId = nodeId, .isUpload = false, .local = local, .remote = remote, .replace = true});
}

void TransferFeed::cancel(quint64 id)
{
    for (const auto &each : m_transfers) {
        if (each->state().id == id)
            each->cancel();
    }
}

QList<TransferState> TransferFeed::transfers(const QString &nodeId) const
{
    QList<TransferState> found;
    for (auto each = m_transfers.rbegin(); each != m_transfers.rend(); ++each) {
        if ((*each)->state().nodeId == nodeId)
            found << (*each)->state();
    }
    return found;
}

}
