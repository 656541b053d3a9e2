#pragma once
// Units of a node, of the test's choice; what is done to them is remembered.

#include "models/nodes/tools/service_source.h"

#include <QObject>

namespace fb::test {

class FakeServiceSource : public QObject, public ServiceSource
{
public:
    void list(const QString &nodeId, const QString &type, QObject *asker, Listed listed) override;
    void detail(const QString &nodeId, const QString &unit, QObject *asker, Told told) override;
    void perform(const QString &nodeId, const ServiceDeed &deed, QObject *asker, Done done) override;
    void close(const QString &nodeId) override { closed << nodeId; }
    Instant now() const override { return m_now; }

    static ServiceSnapshot sample(Instant now); // services and timers
    static ServiceDetail sampleDetail(); // of nginx.service
    ServiceSnapshot snapshot; // of every kind; a list tells those of its own
    ServiceDetail told; // its row is that of the unit
    std::optional<ShownError> problem; // of every list and detail
    std::optional<ShownError> refusal; // of the next deed
    ServiceOutcome outcome; // of each deed
    QList<ServiceDeed> deeds;
    QStringList types; // that were asked for
    QStringList looked; // units whose details were asked for
    QStringList closed;
    bool answersDeeds = true;
    Instant m_now = fromMicros(1790000000000000);
};

}
