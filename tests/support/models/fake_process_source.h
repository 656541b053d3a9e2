#pragma once
// The processes of a node, of the test's choice; what is done to them is remembered.

#include "models/nodes/tools/process_source.h"

#include <QObject>

namespace fb::test {

class FakeProcessSource : public QObject, public ProcessSource
{
public:
    void list(const QString &nodeId, QObject *asker, Listed listed) override;
    void perform(const QString &nodeId, const ProcessDeed &deed, QObject *asker, Done done) override;
    void close(const QString &nodeId) override { closed << nodeId; }
    Instant now() const override { return m_now; }

    static ProcessSnapshot sample(Instant now);
    ProcessSnapshot snapshot;
    bool answers = true; // false: a node that says nothing
    std::optional<ShownError> problem; // of every list
    std::optional<ShownError> refusal; // of the next deed
    ProcessOutcome outcome {.sent = 1, .failures = {}, .startedPid = 4711};
    QList<ProcessDeed> deeds;
    int lists = 0;
    QStringList closed;
    Instant m_now = fromMicros(1790000000000000);
};

}
