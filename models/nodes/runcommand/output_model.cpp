#include "models/nodes/runcommand/output_model.h"

#include "backend/core/text_safety.h"
#include "models/table/relative_time.h"

#include <utility>

namespace fb {

void OutputModel::apply(const QList<RunChunk> &chunks)
{
    for (const RunChunk &chunk : chunks) {
        std::shared_ptr<Node> &node = m_nodes[chunk.nodeId];
        if (!node)
            node = std::make_shared<Node>();
        Stream &stream = node->streams[{chunk.step, chunk.stream}];
        const qint64 known = stream.received - chunk.offset; // bytes of this chunk that came before
        if (known < 0) { // they come again from the store, with what is missing before them
            emit holeFound(chunk.nodeId);
            continue;
        }
        const bool saysMore = toMicros(chunk.removed) > 0 && !std::exchange(stream.isRemoved, true)
            && known <= chunk.bytes.size(); // a page that was open has it all
        if (known >= chunk.bytes.size()) {
            if (saysMore)
                addRemoved(chunk, *node);
            continue;
        }
        QByteArray fresh = chunk.bytes.mid(known);
        stream.received += fresh.size();
        if (node->kept + fresh.size() > kShownBytes) {
            fresh.truncate(qMax<qint64>(0, kShownBytes - node->kept));
            node->cut = true;
        }
        if (fresh.isEmpty())
            continue;
        node->kept += fresh.size();
        node->errors = node->errors || chunk.stream == RunStream::Err;
        QString decoded
            = (stream.heldReturn ? QStringLiteral("\r") : QString()) + QString(stream.decoder.decode(fresh));
        stream.heldReturn = decoded.endsWith(u'\r'); // its line feed may come with the next bytes
        if (stream.heldReturn)
            decoded.chop(1);
        decoded.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
        const QString text = QString::fromStdString(withVisibleEscapes(decoded.toStdString()));
        if (!text.isEmpty()) // half of a character
            add(chunk, *node, text);
        if (saysMore)
            addRemoved(chunk, *node);
    }
}

void OutputModel::add(const RunChunk &chunk, Node &node, const QString &text)
{
    if (!node.parts.isEmpty() && node.parts.last().stream == chunk.stream)
        node.parts.last().text += text;
    else
        node.parts.append({chunk.stream, text});
    emit appended(chunk.nodeId, chunk.stream, text);
}

void OutputModel::addRemoved(const RunChunk &chunk, Node &node)
{
    add(chunk, node,
        u'\n'
            + tr("[The rest of this output was removed on %1 to free space.]")
                  .arg(RelativeTime::exact(chunk.removed))
            + u'\n');
}

QList<OutputPart> OutputModel::parts(const QString &nodeId) const
{
    const auto node = m_nodes.value(nodeId);
    return node ? node->parts : QList<OutputPart>();
}

QString OutputModel::text(const QString &nodeId) const
{
    QString text;
    const QList<OutputPart> all = parts(nodeId);
    for (const OutputPart &part : all)
        text += part.text;
    return text;
}

qint64 OutputModel::receivedBytes(const QString &nodeId) const
{
    qint64 bytes = 0;
    if (const auto node = m_nodes.value(nodeId)) {
        for (const auto &[kind, stream] : node->streams)
            bytes += stream.received;
    }
    return bytes;
}

bool OutputModel::isCut(const QString &nodeId) const
{
    const auto node = m_nodes.value(nodeId);
    return node && node->cut;
}

bool OutputModel::hasErrors(const QString &nodeId) const
{
    const auto node = m_nodes.value(nodeId);
    return node && node->errors;
}

}
