#include "backend/nodes/runcommand/order_files.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/byte_encoding.h"
#include "backend/dispatch/order_outbox.h"
#include "backend/store/artifact_owners.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kPiece = 256 * 1024;
    constexpr size_t kHashBytes = 32;

    tl::unexpected<Error> notNamed()
    {
        return fail(errors::kResourceNotFound, u"No order in work on this node names such a file."_s);
    }
}

OrderFiles::OrderFiles(Database &database, ArtifactStore &artifacts, OrderOutbox &outbox,
                       FileChannel &channel, QObject *parent)
    : QObject(parent),
      m_database(database),
      m_artifacts(artifacts),
      m_outbox(outbox),
      m_channel(channel)
{
}

void OrderFiles::addOwner(const QString &name, OrderOwner &owner) { m_owners[name] = &owner; }

Result<QString> OrderFiles::artifactOwner(const NodeId &from, const wire::ArtifactParams &params) const
{
    if (!isUlid(params.order_id()) || params.sha256().size() != kHashBytes)
        return notNamed();
    const Order *order = m_outbox.find(OrderId(params.order_id()));
    const bool isInWork = order && order->node == from
        && (order->state == OrderState::Queued || order->state == OrderState::Seen
            || order->state == OrderState::Held);
    const auto owner = isInWork ? m_owners.find(order->owner) : m_owners.end();
    if (owner == m_owners.end())
        return notNamed();
    const auto content = owner->second->orderContent(*order);
    if (!content)
        return content.error();
    const wire::OrderBody &body = (*content)->body;
    const QString hash = toQString(toHex(params.sha256()));
    const auto names = [&](const auto &file) { return file.sha256() == params.sha256(); };
    if (std::any_of(body.attachments().begin(), body.attachments().end(), names))
        return documentFileArtifact(hash);
    if (std::any_of(body.agent_builds().begin(), body.agent_builds().end(), names))
        return agentBuildArtifact(hash);
    return notNamed();
}

bool OrderFiles::streamOpened(const OutputStreamId &stream, const NodeId &from,
                              const wire::ArtifactParams &params, uint64_t receiveFrom)
{
    if (m_streams.size() >= kMostStreams) {
        m_channel.refuseFile(stream, "busy", "Other nodes take files now.");
        return false;
    }
    const auto owner = artifactOwner(from, params);
    const auto artifact = owner ? m_artifacts.find(m_database.reader(), *owner)
                                : Result<std::optional<ArtifactInfo>>(owner.error());
    const bool isThere = artifact && *artifact && (*artifact)->sealed
        && receiveFrom <= static_cast<uint64_t>((*artifact)->durableLength);
    if (!isThere) {
        m_channel.refuseFile(stream, "not-found",
                             artifact ? std::string("The file is no longer in the store.")
                                      : artifact.error().message);
        return false;
    }
    m_streams[stream] = {.artifact = (*artifact)->id,
                         .size = (*artifact)->durableLength,
                         .read = static_cast<qint64>(receiveFrom),
                         .waiting = {}};
    m_channel.acceptFile(stream);
    readOn(stream);
    return true;
}

void OrderFiles::readOn(const OutputStreamId &stream)
{
    const auto it = m_streams.find(stream);
    if (it == m_streams.end() || it->second.isReading || !it->second.waiting.isEmpty())
        return;
    Giving &giving = it->second;
    if (giving.read >= giving.size) {
        m_channel.finishFile(stream);
        m_streams.erase(it);
        return;
    }
    giving.isReading = true;
    onResult(m_artifacts.read(giving.artifact, giving.read, kPiece), this,
             [this, stream](const Result<QByteArray> &bytes) {
                 const auto known = m_streams.find(stream);
                 if (known == m_streams.end())
                     return; // gone meanwhile
                 known->second.isReading = false;
                 if (!bytes || bytes->isEmpty()) {
                     m_channel.resetFile(stream,
                                         bytes ? std::string("The file is shorter than it was.")
                                               : bytes.error().message);
                     m_streams.erase(known);
                     return;
                 }
                 known->second.read += bytes->size();
                 known->second.waiting = *bytes;
                 give(stream);
             });
}

void OrderFiles::give(const OutputStreamId &stream)
{
    const auto it = m_streams.find(stream);
    if (it == m_streams.end() || it->second.waiting.isEmpty()
        || !m_channel.writeFile(stream, it->second.waiting.toStdString()))
        return;
    it->second.waiting.clear();
    readOn(stream);
}

void OrderFiles::streamWritable(const OutputStreamId &stream) { give(stream); }
void OrderFiles::streamGone(const OutputStreamId &stream) { m_streams.erase(stream); }

}
