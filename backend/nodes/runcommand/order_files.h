#pragma once
// Files that orders name by their hash, given to the nodes of these orders (spec/documents.md 3.7, 3.12): one stream of kind file-get each.
// A node gets what an order in work on it names, and nothing else. Engine thread.

#include "backend/dispatch/order.h"
#include "backend/nodes/runcommand/output_channel.h"
#include "backend/store/artifact_store.h"

#include <QObject>

#include <map>

namespace fb {

class OrderOutbox;
class OrderOwner;

class FileChannel
{
public:
    virtual ~FileChannel() = default;
    virtual void acceptFile(const OutputStreamId &stream) = 0;
    virtual void refuseFile(const OutputStreamId &stream, std::string_view code, std::string_view text) = 0;
    // False, and nothing is kept: go on at fileWritable().
    virtual bool writeFile(const OutputStreamId &stream, std::string bytes) = 0;
    virtual void finishFile(const OutputStreamId &stream) = 0;
    virtual void resetFile(const OutputStreamId &stream, std::string_view text) = 0;
};

class OrderFiles : public QObject
{
    Q_OBJECT

public:
    static constexpr size_t kMostStreams = 64; // of all nodes; the others are asked to come again

    OrderFiles(Database &database, ArtifactStore &artifacts, OrderOutbox &outbox, FileChannel &channel,
               QObject *parent = nullptr);

    void addOwner(const QString &name, OrderOwner &owner); // whose orders may name files

    // False: it was refused, and nothing more is heard of it.
    bool streamOpened(const OutputStreamId &stream, const NodeId &from, const wire::ArtifactParams &params,
                      uint64_t receiveFrom);
    void streamWritable(const OutputStreamId &stream);
    void streamGone(const OutputStreamId &stream);

private:
    struct Giving {
        ArtifactId artifact;
        qint64 size = 0;
        qint64 read = 0; // up to here it was read
        QByteArray waiting; // read, not taken
        bool isReading = false;
    };

    Result<QString> artifactOwner(const NodeId &from, const wire::ArtifactParams &params) const;
    void readOn(const OutputStreamId &stream);
    void give(const OutputStreamId &stream);

    Database &m_database;
    ArtifactStore &m_artifacts;
    OrderOutbox &m_outbox;
    FileChannel &m_channel;
    std::map<QString, OrderOwner *> m_owners;
    std::map<OutputStreamId, Giving> m_streams;
};

}
