#pragma once
// Sources that answer with values of the test's choice, for pages without an engine: fixed nodes, runs and clock.

#include "models/nodes/fleet/fleet_source.h"
#include "models/nodes/runcommand/run_source.h"

namespace fb::test {

class FakeFleetSource : public FleetSource
{
    Q_OBJECT
public:
    using FleetSource::FleetSource;

    void start() override;
    void createActivation(const fb::ActivationWish &wish) override;
    void createReenrolmentToken(const QString &requestId, const QString &nodeId) override;
    void setQuarantined(const QStringList &nodeIds, bool quarantined) override;
    void deregister(const QStringList &nodeIds) override;
    void setProfile(const QStringList &nodeIds, const QString &profile) override;
    void changeTags(const QList<fb::NodeTagChange> &changes) override;
    void rename(const fb::NodeRename &wish) override;
    void watchNode(const QString &nodeId) override;
    QString agentUrl() const override { return QStringLiteral("wss://fb-01.example.net:8443/agent/v1"); }
    Instant now() const override { return m_now; }

    static QList<NodeRow> sampleFleet(Instant now); // 26 nodes in all states
    QList<NodeRow> nodes; // sent by start()
    QList<ActivationWish> wishes;
    QStringList deregistered;
    QList<QPair<QStringList, QString>> profileChanges;
    QStringList tokens; // nodes they were made for
    QList<QPair<QStringList, bool>> quarantines;
    QList<QList<NodeTagChange>> tagChanges;
    QList<NodeRename> renames;
    QStringList refusedNodes; // whose changes are refused
    std::optional<ShownError> refusal; // of the next activation
    Instant m_now = fromMicros(1790000000000000);

private:
    template <typename Fn>
    void later(Fn fn);
};

class FakeRunSource : public RunSource
{
    Q_OBJECT
public:
    using RunSource::RunSource;

    void start() override;
    void readOlder() override;
    void read(const QString &commandId) override; // of olderRuns
    void loadDocuments() override;
    void send(const QString &requestId, const fb::RunRequest &request) override;
    void cancel(const QString &commandId, const QStringList &nodeIds) override;
    void watch(const QString &commandId) override { watched << commandId; }
    void fetchOutput(const QString &, const QStringList &nodeIds) override { fetched << nodeIds; }
    void readPast(const QString &commandId) override;
    void unwatch(const QString &commandId) override { watched.removeOne(commandId); }
    Instant now() const override { return m_now; }

    static DocumentForm shellScriptDocument();
    static DocumentForm everyParameterDocument(); // a parameter of each type
    static RunRow sampleRun(Instant now); // 214 nodes, half-way
    static RunRow sampleEarlierRun(Instant now); // of the same document, on fewer nodes
    void playEarlierRun();
    void playSampleRun(); // its invocations and outputs, as picture 03
    QList<RunRow> runs; // sent by start()
    QList<RunRequest> sentRequests;
    QList<RunRow> olderRuns; // sent by readOlder(), all at once
    QStringList cancelled;
    QStringList watched;
    QStringList fetched;
    std::optional<ShownError> refusal; // of the next send
    Instant m_now = fromMicros(1790000000000000);

private:
    template <typename Fn>
    void later(Fn fn);
};

}
