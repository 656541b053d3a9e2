// The demo fleet against a script that stands in for the agent; with real agents: tests/gui/tst_demo_console.
#include "models/nodes/fleet/demo_fleet.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_DemoFleet : public QObject
{
    Q_OBJECT
private slots:
    void startsSixAndRemovesThem();
    void saysWhenTheAgentIsMissing();
    void saysWhenAnAgentEnds();
    void saysWhenAnActivationIsRefused();

private:
    static QString agentScript(const QTemporaryDir &folder, const QByteArray &body)
    {
        const QString path = folder.filePath(u"agent"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.write("#!/bin/sh\n" + body);
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        return path;
    }
    static void connectAll(FakeFleetSource &source)
    {
        QList<NodeRow> nodes;
        for (const DemoMachine &machine : DemoFleet::machines()) {
            NodeRow row;
            row.id = u"mi-"_s + machine.name;
            row.name = machine.name;
            row.tags = machine.tags;
            row.activationId = u"activation-of-"_s + machine.name;
            row.ping = PingState::Online;
            nodes << row;
        }
        emit source.nodesArrived(nodes);
    }
};

void tst_DemoFleet::startsSixAndRemovesThem()
{
    QTemporaryDir folder;
    FakeFleetSource source;
    FleetViewModel fleet(source);
    const QString state = folder.filePath(u"demo"_s);
    {
        DemoFleet demo(fleet, agentScript(folder, "echo \"$@ <$(cat)>\" > \"$2/arguments\"\nexec sleep 60\n"),
                       state);
        QSignalSpy progress(&demo, &DemoFleet::progressChanged);
        demo.start();
        demo.start(); // twice is once
        QCOMPARE(demo.phase(), DemoFleet::Phase::Starting);
        QCOMPARE(source.wishes.size(), 6);
        QCOMPARE(source.wishes[0].registrationLimit, 1);
        QCOMPARE(source.wishes[0].defaultName, u"shop-web-1"_s);
        QVERIFY(source.wishes[0].tags.contains(u"role=web"_s));
        QFile arguments(state + u"/edge-gw-1/arguments"_s);
        QTRY_VERIFY(arguments.exists() && arguments.size() > 0);
        QVERIFY(arguments.open(QIODevice::ReadOnly));
        const QByteArray line = arguments.readAll();
        QVERIFY2(line.contains("--activation-id") && line.contains("--ca-sha256"), line.constData());
        QVERIFY2(line.contains("--activation-code-file - "),
                 line.constData()); // the code is not among the arguments
        QVERIFY2(line.contains("<pV3kQ8sN2xLr7TzB1mYc4W>"), line.constData());
        QCOMPARE(QFile::permissions(state) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        connectAll(source);
        QCOMPARE(demo.phase(), DemoFleet::Phase::Running);
        QCOMPARE(progress.last()[0].toInt(), 6);
        QVERIFY(demo.isDemoNode(u"mi-shop-db-1"_s));
        NodeRow other; // an operator's own node with the same name and tags
        other.id = u"mi-other"_s;
        other.name = u"shop-db-1"_s;
        other.tags = DemoFleet::machines()[2].tags;
        other.activationId = u"another"_s;
        emit source.nodesArrived({other});
        QVERIFY(!demo.isDemoNode(other.id));
        demo.stopAndRemove();
        QCOMPARE(demo.phase(), DemoFleet::Phase::Stopping);
        QCOMPARE(source.deregistered.size(), 6);
        QVERIFY(QFile::exists(state)); // the agents are still to hear of it
        emit source.nodesRemoved(source.deregistered);
        demo.start(); // not before the end of the earlier one
        QCOMPARE(demo.phase(), DemoFleet::Phase::Stopping);
        QTRY_COMPARE(demo.phase(), DemoFleet::Phase::Stopped);
        QVERIFY(!QFile::exists(state));
    }
}

void tst_DemoFleet::saysWhenTheAgentIsMissing()
{
    QTemporaryDir folder;
    FakeFleetSource source;
    FleetViewModel fleet(source);
    DemoFleet demo(fleet, folder.filePath(u"nothing"_s), folder.filePath(u"demo"_s));
    demo.start();
    QCOMPARE(demo.phase(), DemoFleet::Phase::Failed);
    QVERIFY(demo.problem().contains(folder.filePath(u"nothing"_s)));
    QVERIFY(source.wishes.isEmpty());
}

void tst_DemoFleet::saysWhenAnAgentEnds()
{
    QTemporaryDir folder;
    FakeFleetSource source;
    FleetViewModel fleet(source);
    DemoFleet demo(fleet, agentScript(folder, "exit 7\n"), folder.filePath(u"demo"_s));
    demo.start();
    QTRY_COMPARE(demo.phase(), DemoFleet::Phase::Failed);
    QVERIFY2(demo.problem().contains(u"code 7"_s), qPrintable(demo.problem()));
    QVERIFY(demo.problem().contains(u".log"_s));
}

void tst_DemoFleet::saysWhenAnActivationIsRefused()
{
    QTemporaryDir folder;
    FakeFleetSource source;
    source.refusal = ShownError {.code = u"ServiceUnavailable"_s, .message = u"engine not ready"_s};
    FleetViewModel fleet(source);
    DemoFleet demo(fleet, agentScript(folder, "exec sleep 60\n"), folder.filePath(u"demo"_s));
    demo.start();
    QTRY_COMPARE(demo.phase(), DemoFleet::Phase::Failed);
    QCOMPARE(demo.problem(), u"engine not ready"_s);
}

FB_TEST(tst_DemoFleet)

}

#include "tst_demo_fleet.moc"
