#pragma once
// Files on their way between this machine and nodes (spec/fleet-manager.md 3.4). They go on whatever page is shown, and after a cut link where
// they were. TransferFeed speaks with the engine in this process; tests answer by themselves. Ui thread.

#include "models/table/shown_error.h"

#include <QByteArray>
#include <QList>
#include <QObject>

namespace fb {

struct TransferState {
    enum class Phase { Reading, Running, Waiting, Done, Failed, Cancelled };
    quint64 id = 0;
    QString nodeId;
    bool isUpload = true;
    QString name; // neutral
    qint64 done = 0;
    qint64 total = 0;
    Phase phase = Phase::Reading; // Reading: its digest is made; Waiting: for the node
    ShownError problem; // of Waiting and Failed

    bool isEnded() const { return phase >= Phase::Done; }
};

class TransferSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    // `replace`: what stands at `remote` gives way; else the transfer fails with ConflictException.
    virtual quint64 upload(const QString &nodeId, const QString &local, const QByteArray &remote,
                           bool replace)
        = 0;
    virtual quint64 download(const QString &nodeId, const QByteArray &remote, const QString &local) = 0;
    virtual void cancel(quint64 id) = 0;
    virtual QList<TransferState> transfers(const QString &nodeId) const = 0; // the newest first

signals:
    void changed(const fb::TransferState &transfer);
};

}

Q_DECLARE_METATYPE(fb::TransferState)
