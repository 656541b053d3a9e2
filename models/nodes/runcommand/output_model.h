#pragma once
// The live output of one command, node by node: bytes in any cut, text out. Bounded: of each node at most kShownBytes are kept here,
// the whole stays in the engine's store. Control characters come out as visible escapes (security U04). Ui thread.

#include "models/nodes/runcommand/run.h"

#include <QHash>
#include <QObject>
#include <QStringDecoder>

#include <map>

namespace fb {

struct OutputPart {
    RunStream stream;
    QString text;
};

class OutputModel : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kShownBytes = 1024 * 1024;

    using QObject::QObject;

    void apply(const QList<RunChunk> &chunks);
    QList<OutputPart> parts(const QString &nodeId) const; // in the order they came
    QString text(const QString &nodeId) const; // all parts
    qint64 receivedBytes(const QString &nodeId) const;
    bool isCut(const QString &nodeId) const; // more came than is kept here
    bool hasErrors(const QString &nodeId) const; // anything on standard error
    QStringList nodes() const { return m_nodes.keys(); }

signals:
    void holeFound(const QString &nodeId); // bytes came whose forerunners are not here
    void appended(const QString &nodeId, fb::RunStream stream, const QString &text);

private:
    struct Stream {
        QStringDecoder decoder {QStringDecoder::Utf8};
        qint64 received = 0;
        bool heldReturn = false;
        bool isRemoved = false; // and said to be
    };
    struct Node {
        std::map<std::pair<int, RunStream>, Stream> streams; // by step
        QList<OutputPart> parts;
        qint64 kept = 0;
        bool cut = false;
        bool errors = false;
    };
    void add(const RunChunk &chunk, Node &node, const QString &text);
    void addRemoved(const RunChunk &chunk, Node &node);

    QHash<QString, std::shared_ptr<Node>> m_nodes;
};

}
