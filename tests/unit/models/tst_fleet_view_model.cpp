#include "models/nodes/fleet/fleet_view_model.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_FleetViewModel : public QObject
{
    Q_OBJECT
private slots:
    void countsByState();
    void detailFollowsTheChosenNode();
    void activationsAnswerTheirRequest();
    void factsLeaveOutWhatIsUnknown();
};

void tst_FleetViewModel::countsByState()
{
    FakeFleetSource source;
    source.nodes = FakeFleetSource::sampleFleet(source.now());
    FleetViewModel fleet(source);
    QSignalSpy loaded(&fleet, &FleetViewModel::loadedChanged);
    QSignalSpy counts(&fleet, &FleetViewModel::countsChanged);
    QVERIFY(!fleet.isLoaded());
    fleet.start();
    QVERIFY(fleet.isLoaded());
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(fleet.counts(),
             (FleetCounts {.total = 26, .online = 23, .silent = 1, .lost = 1, .quarantined = 1}));
    counts.clear();
    NodeRow back = *std::find_if(source.nodes.begin(), source.nodes.end(),
                                 [](const NodeRow &row) { return row.ping == PingState::ConnectionLost; });
    back.ping = PingState::Online;
    emit source.nodesArrived({back});
    QCOMPARE(counts.size(), 1);
    QCOMPARE(fleet.counts().lost, 0);
    emit source.nodesArrived({back}); // the same again
    QCOMPARE(counts.size(), 1);
    emit source.nodesRemoved({back.id});
    QCOMPARE(fleet.counts().total, 25);
}

void tst_FleetViewModel::detailFollowsTheChosenNode()
{
    FakeFleetSource source;
    source.nodes = FakeFleetSource::sampleFleet(source.now());
    FleetViewModel fleet(source);
    fleet.start();
    QVERIFY(!fleet.detail());
    fleet.showDetail(source.nodes[3].id);
    QVERIFY(fleet.detail());
    QCOMPARE(fleet.detail()->kernel, u"6.8.0-49-generic"_s);
    NodeDetail late; // an answer about a node that is no longer shown
    late.node = source.nodes[5];
    emit source.detailArrived(late);
    QCOMPARE(fleet.detail()->node.id, source.nodes[3].id);
    emit source.nodesRemoved({source.nodes[3].id});
    QVERIFY(!fleet.detail());
}

void tst_FleetViewModel::activationsAnswerTheirRequest()
{
    FakeFleetSource source;
    FleetViewModel fleet(source);
    QSignalSpy made(&fleet, &FleetViewModel::activationMade);
    QSignalSpy refused(&fleet, &FleetViewModel::activationRefused);
    ActivationWish wish;
    wish.registrationLimit = 10;
    const QString first = fleet.createActivation(wish);
    QCOMPARE(made.size(), 0); // never before the call returns
    QTRY_COMPARE(made.size(), 1);
    QCOMPARE(made[0][0].value<ActivationMade>().requestId, first);
    source.refusal = ShownError {
        .kind = ShownError::Kind::WrongInput, .code = u"ValidationException"_s, .message = u"no"_s};
    const QString second = fleet.createActivation(wish);
    QVERIFY(second != first);
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused[0][0].toString(), second);
}

void tst_FleetViewModel::factsLeaveOutWhatIsUnknown()
{
    NodeDetail detail;
    detail.node.platform = u"Debian GNU/Linux 12"_s;
    QStringList labels;
    const QList<NodeFact> facts = NodeFacts::of(detail, fromMicros(1790000000000000));
    for (const NodeFact &fact : facts)
        labels << fact.label;
    QCOMPARE(labels, (QStringList {u"Platform"_s, u"Last ping"_s}));
}

FB_TEST(tst_FleetViewModel)

}

#include "tst_fleet_view_model.moc"
