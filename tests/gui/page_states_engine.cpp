#include "tests/gui/page_states_engine.h"

#include "ui/widgets/data_table.h"

#include <QAbstractItemView>
#include <QPlainTextEdit>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    const auto kHardware = u"/flagbridge/managed-instance/hardware-similarity-threshold"_s;
    const auto kDesktopMinutes = u"/flagbridge/fleet-manager/desktop-minutes"_s;
    const auto kSecret = u"/flagbridge/s3/secret-access-key"_s;
    const auto kOutputs = u"/flagbridge/artifacts/outputs-mib"_s;
    const auto kForwards = u"/flagbridge/session-manager/denied-forwards"_s;

    void openSettings(const QString &name, ConsoleFixture &shown)
    {
        const QString id = name == u"fleet-settings-number" ? kHardware
            : name == u"fleet-settings-minutes"             ? kDesktopMinutes
            : name == u"fleet-settings-secret"              ? kSecret
            : name == u"fleet-settings-room"                ? kOutputs
            : name == u"fleet-settings-size"                ? kOutputs
                                                            : kForwards;
        shown.window().openAddress(u"fleet-settings?row="_s + id);
        QTRY_COMPARE(shown.find<DataTable>("fleet-settingsTable")->currentId(), id);
        if (name == u"fleet-settings" || name == u"fleet-settings-room")
            return;
        QTRY_VERIFY(shown.visible("settingChange"));
        QTest::mouseClick(shown.visible("settingChange"), Qt::LeftButton);
        if (name != u"fleet-settings-wrong")
            return;
        auto *lines = qobject_cast<QPlainTextEdit *>(shown.visible("settingNetworks"));
        QVERIFY(lines);
        lines->setPlainText(u"10.0.0.0/8\n192.0.2\nfd00::/8\nfd00::/200"_s);
        QTest::mouseClick(shown.visible("settingSave"), Qt::LeftButton);
    }

    void openCa(const QString &name, ConsoleFixture &shown)
    {
        using Phase = ShownFleetCa::Phase;
        if (name == u"fleet-ca-ends")
            shown.rollOverSource.state.notAfter = shown.rollOverSource.now() + std::chrono::hours(24 * 40);
        else if (name != u"fleet-ca")
            shown.rollOverSource.go(name == u"fleet-ca-published" ? Phase::Published : Phase::Issuing);
        shown.rollOverSource.tell();
        shown.window().openAddress(name == u"fleet-ca-published" ? u"fleet-ca?row=mi-0000000000000000b"_s
                                                                 : u"fleet-ca"_s);
        if (name != u"fleet-ca-retire")
            return;
        QTRY_VERIFY(shown.visible("caRetire"));
        QTest::mouseClick(shown.visible("caRetire"), Qt::LeftButton);
    }

    constexpr qint64 kMiB = 1024 * 1024;

    // What has no room: the artifact store, a node.
    void openRoom(const QString &name, ConsoleFixture &shown)
    {
        if (name == u"room-store") {
            shown.console->setStoreRoom(
                {.full = StoreRoom::Limit::Outputs, .used = 18'900 * kMiB, .limit = 20'480 * kMiB});
            return;
        }
        if (name == u"room-node") {
            shown.nodeSource.room = {.isSpoolFull = true,
                                     .spoolBytes = 249 * kMiB,
                                     .spoolLimit = 256 * kMiB,
                                     .spoolDropped = 1'340 * kMiB,
                                     .isLogFull = true,
                                     .logLost = 218};
            shown.window().openAddress(u"fleet/%1"_s.arg(shown.fleet->nodes().idAt(7)));
            QTRY_VERIFY(shown.visible("nodeRoom"));
            return;
        }
        const RunRow run = FakeRunSource::sampleEarlierRun(shown.runSource.now());
        emit shown.runSource.runsArrived({run});
        shown.window().openAddress(u"run-command/"_s + run.id);
        InvocationRow row {
            .nodeId = u"mi-00000000000000001"_s, .nodeName = u"web-tyo-001"_s, .details = u"Success"_s};
        row.responseCode = 0;
        emit shown.runSource.invocationsArrived(run.id, {row});
        emit shown.runSource.outputArrived(
            run.id,
            {{.nodeId = row.nodeId,
              .bytes = "Reading package lists...\nBuilding dependency tree...\n",
              .removed = shown.runSource.now() - std::chrono::hours(3)}});
        QWidget *list = shown.visible("outputList");
        QVERIFY(list);
        QTRY_VERIFY(static_cast<QAbstractItemView *>(list)->model()->rowCount() > 0);
        static_cast<QAbstractItemView *>(list)->setCurrentIndex(
            static_cast<QAbstractItemView *>(list)->model()->index(0, 0));
    }

    void openBuilds(const QString &name, ConsoleFixture &shown)
    {
        if (name == u"agent-builds-empty") {
            shown.agentBuildsSource.values.clear();
            shown.agentBuildsSource.releaseKey.clear();
            shown.agentBuildsSource.tell();
        }
        shown.window().openAddress(u"agent-builds?row=1.4.0/Linux/x86_64"_s);
        if (name == u"agent-builds-empty" || name == u"agent-builds")
            return;
        const char *button = name == u"agent-builds-key" ? "releaseKeySet" : "buildsPublish";
        QTRY_VERIFY(shown.visible(button) && shown.visible(button)->isEnabled());
        QTest::mouseClick(shown.visible(button), Qt::LeftButton);
        if (name == u"agent-builds-key")
            return;
        QTRY_VERIFY(shown.visible("publishFilePath"));
        QTest::keyClicks(shown.visible("publishFilePath"), u"/builds/1.5.0/flagbridge-agent"_s);
        QTest::keyClicks(shown.visible("publishVersion"), u"1.5.0"_s);
        QTest::mouseClick(shown.visible("publishSend"), Qt::LeftButton);
        if (name == u"agent-builds-sending")
            shown.agentBuildsSource.progress({PublishProgress::Phase::Sending, 7'340'032, 13'407'232});
        else
            shown.agentBuildsSource.endPublishing(
                {.kind = ShownError::Kind::WrongInput,
                 .code = u"ValidationException"_s,
                 .message
                 = u"Signature is not one of this build by the release key %1... Sign it with: "
                   "flagbridge-engine agent-build sign"_s.arg(FakeAgentBuildsSource::sampleKey().left(16)),
                 .field = u"Signature"_s});
    }
}

QStringList EnginePageStates::names()
{
    return {u"fleet-settings"_s,
            u"fleet-settings-networks"_s,
            u"fleet-settings-wrong"_s,
            u"fleet-settings-number"_s,
            u"fleet-settings-minutes"_s,
            u"fleet-settings-secret"_s,
            u"fleet-settings-room"_s,
            u"fleet-settings-size"_s,
            u"room-store"_s,
            u"room-node"_s,
            u"room-output"_s,
            u"agent-builds"_s,
            u"agent-builds-empty"_s,
            u"agent-builds-sending"_s,
            u"agent-builds-refused"_s,
            u"agent-builds-key"_s,
            u"fleet-ca"_s,
            u"fleet-ca-ends"_s,
            u"fleet-ca-published"_s,
            u"fleet-ca-issuing"_s,
            u"fleet-ca-retire"_s};
}

void EnginePageStates::open(const QString &name, ConsoleFixture &shown)
{
    if (name.startsWith(u"fleet-ca"))
        openCa(name, shown);
    else if (name.startsWith(u"agent-builds"))
        openBuilds(name, shown);
    else if (name.startsWith(u"room-"))
        openRoom(name, shown);
    else
        openSettings(name, shown);
}

}
