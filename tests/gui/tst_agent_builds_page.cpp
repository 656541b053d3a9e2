// Builds of the agent: what is published, what the fleet runs, publishing, removing, the release key, the way to the update.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/agentbuilds/agent_builds_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/form_field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_AgentBuildsPage : public QObject
{
    Q_OBJECT
private slots:
    void countsWhatTheFleetRuns();
    void leadsToTheNodes();
    void fillsInTheUpdate();
    void explainsHowToBegin();
    void publishesByKeyboard();
    void problemsStandAtTheirField();
    void closingBreaksOff();
    void removingAsks();
    void setsTheKey();

private:
    static AgentBuildsPage *open(ConsoleFixture &shown, const QString &id = {})
    {
        shown.window().openAddress(id.isEmpty() ? u"agent-builds"_s : u"agent-builds?row="_s + id);
        return qobject_cast<AgentBuildsPage *>(shown.window().page());
    }
    static void click(ConsoleFixture &shown, const char *name)
    {
        QTest::mouseClick(shown.visible(name), Qt::LeftButton);
    }
    static void type(ConsoleFixture &shown, const char *name, const QString &text)
    {
        static_cast<QLineEdit *>(shown.visible(name))->selectAll();
        QTest::keyClicks(shown.visible(name), text);
    }
    static QString cell(ConsoleFixture &shown, AgentBuildTable::Column column)
    {
        auto *table = shown.find<DataTable>("agent-buildsTable");
        return table->currentIndex().siblingAtColumn(column).data().toString();
    }
    static FormField *fieldOf(ConsoleFixture &shown, const char *name)
    {
        return qobject_cast<FormField *>(shown.visible(name)->parentWidget());
    }
    // Opens the sheet and fills it in.
    static void fill(ConsoleFixture &shown)
    {
        QTRY_VERIFY(shown.visible("buildsPublish") && shown.visible("buildsPublish")->isEnabled());
        click(shown, "buildsPublish");
        QTRY_VERIFY(shown.visible("publishFilePath"));
        type(shown, "publishFilePath", u"/builds/agent"_s);
        type(shown, "publishVersion", u"1.5.0"_s);
    }

    const QString m_newest = u"1.4.0/Linux/x86_64"_s;
    const QString m_older = u"0.1.0/Linux/x86_64"_s;
};

void tst_AgentBuildsPage::countsWhatTheFleetRuns()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown, m_newest));
    auto *table = shown.find<DataTable>("agent-buildsTable");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QTRY_COMPARE(table->currentId(), m_newest);
    QTRY_COMPARE(cell(shown, AgentBuildTable::Behind), u"25"_s); // of 26; one is in quarantine
    QCOMPARE(cell(shown, AgentBuildTable::Nodes), u"0"_s);
    QCOMPARE(cell(shown, AgentBuildTable::Signed), u"by the release key"_s);
    open(shown, m_older);
    QTRY_COMPARE(cell(shown, AgentBuildTable::Nodes), u"26"_s);
    QCOMPARE(cell(shown, AgentBuildTable::Behind), u"\u2013"_s); // a higher one is there
    open(shown, u"0.1.0/Linux/aarch64"_s);
    QTRY_COMPARE(cell(shown, AgentBuildTable::Signed), u"by another key"_s);
    QCOMPARE(cell(shown, AgentBuildTable::Behind), u"0"_s);

    NodeRow updated = shown.fleetSource.nodes[0];
    updated.agentVersion = u"1.4.0"_s;
    emit shown.fleetSource.nodesArrived({updated});
    open(shown, m_newest);
    QTRY_COMPARE(cell(shown, AgentBuildTable::Nodes), u"1"_s);
    QCOMPARE(cell(shown, AgentBuildTable::Behind), u"24"_s);
}

void tst_AgentBuildsPage::leadsToTheNodes()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown, m_newest);
    QTRY_VERIFY(shown.visible("buildBehind"));
    QVERIFY(!shown.visible("buildNodes")->isEnabled());
    click(shown, "buildBehind");
    QTRY_COMPARE(shown.window().page()->address(), u"fleet"_s);
    QCOMPARE(shown.fleet->nodes().query().toText(),
             u"agent<1.4.0; machine=Linux x86_64; ping!=Quarantined"_s);
    QTRY_COMPARE(shown.fleet->nodes().rowCount(), 25); // as many as the page counts
    // The build is none for another architecture: its nodes are not behind.
    NodeRow arm = shown.fleetSource.nodes[0];
    arm.machine = u"Linux aarch64"_s;
    emit shown.fleetSource.nodesArrived({arm});
    QTRY_COMPARE(shown.fleet->nodes().rowCount(), 24);
}

void tst_AgentBuildsPage::fillsInTheUpdate()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown, m_older);
    QTRY_VERIFY(shown.visible("buildUpdate"));
    QVERIFY(!shown.visible("buildUpdate")->isEnabled());
    QCOMPARE(shown.visible("buildUpdate")->toolTip(), u"1.4.0 is published for the same machines."_s);
    open(shown, m_newest);
    QTRY_VERIFY(shown.visible("buildUpdate") && shown.visible("buildUpdate")->isEnabled());
    DocumentForm form; // the part of it that is filled in
    form.name = u"AWS-UpdateSSMAgent"_s;
    form.version = u"1"_s;
    form.platforms = QStringList {u"Linux"_s};
    DocumentParameter version;
    version.name = u"version"_s;
    version.hasDefault = true;
    form.parameters = {version};
    click(shown, "buildUpdate");
    QVERIFY(shown.visible("composer"));
    emit shown.runSource.documentsArrived({FakeRunSource::shellScriptDocument(), form});
    click(shown, "composerSend");
    // More nodes than may be run on without a word: their number is asked for.
    if (auto *typed = qobject_cast<QLineEdit *>(shown.visible("sendRunTyped"))) {
        QTest::keyClicks(typed, u"25"_s);
        click(shown, "sendRunConfirm");
    }
    QTRY_COMPARE(shown.runSource.sentRequests.size(), 1);
    const RunRequest &sent = shown.runSource.sentRequests[0];
    QCOMPARE(sent.documentName, u"AWS-UpdateSSMAgent"_s);
    QCOMPARE(sent.parameters.value(u"version"_s), QStringList {u"1.4.0"_s});
    QCOMPARE(sent.targets.nodeIds.size(), 25);
}

void tst_AgentBuildsPage::explainsHowToBegin()
{
    ConsoleFixture shown(Fleet::Empty);
    open(shown);
    QTRY_VERIFY(shown.visible("agent-buildsEmpty"));
    auto *command = qobject_cast<QLabel *>(shown.visible("buildsSignCommand"));
    QVERIFY(command && command->text().startsWith(u"flagbridge-engine agent-build sign --key release.key"));
    click(shown, "buildsSignCommandCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(), command->text());
    QVERIFY(!shown.visible("buildsPublish")->isEnabled());
    QCOMPARE(shown.visible("buildsPublish")->toolTip(), u"Set the release key first."_s);
    QVERIFY(!shown.visible("buildsUpdate")->isEnabled());
    QVERIFY(!shown.visible("releaseKey"));
}

void tst_AgentBuildsPage::publishesByKeyboard()
{
    ConsoleFixture shown(Fleet::Sample);
    AgentBuildsPage *page = open(shown);
    fill(shown);
    QCOMPARE(static_cast<QLineEdit *>(shown.visible("publishSignaturePath"))->text(), u"/builds/agent.sig"_s);
    QVERIFY(static_cast<QLabel *>(shown.visible("publishCommand"))
                ->text()
                .contains(u"--file /builds/agent --version 1.5.0"));
    QTest::keyClick(shown.visible("publishVersion"), Qt::Key_Return);
    QCOMPARE(shown.agentBuildsSource.wishes,
             (QList<BuildWish> {
                 {u"/builds/agent"_s, u"/builds/agent.sig"_s, u"1.5.0"_s, u"Linux"_s, u"x86_64"_s}}));
    QVERIFY(!shown.visible("publishSend")->isEnabled());
    shown.agentBuildsSource.progress({PublishProgress::Phase::Sending, 512 * 1024, 1024 * 1024});
    QCOMPARE(static_cast<QProgressBar *>(shown.visible("publishBar"))->value(), 500);
    QCOMPARE(static_cast<QLabel *>(shown.visible("publishPhase"))->text(),
             u"Sending it to the engine: 512.0 KiB of 1.0 MiB"_s);
    shown.agentBuildsSource.endPublishing();
    QTRY_COMPARE(page->banner().statement(), u"The build 1.5.0, Linux x86_64 was published."_s);
    QTRY_VERIFY(!shown.visible("publishVersion"));
    QCOMPARE(shown.agentBuildsSource.breakOffs, 0);
    open(shown, u"1.5.0/Linux/x86_64"_s);
    QTRY_COMPARE(cell(shown, AgentBuildTable::Version), u"1.5.0"_s);
}

void tst_AgentBuildsPage::problemsStandAtTheirField()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    QTRY_VERIFY(shown.visible("buildsPublish") && shown.visible("buildsPublish")->isEnabled());
    click(shown, "buildsPublish");
    QTRY_VERIFY(shown.visible("publishSend"));
    click(shown, "publishSend");
    QVERIFY(shown.agentBuildsSource.wishes.isEmpty());
    QCOMPARE(fieldOf(shown, "publishFile")->error(), u"Choose the program."_s);
    QCOMPARE(fieldOf(shown, "publishVersion")->error(), u"Enter the version, such as 1.4.0."_s);
    QVERIFY(shown.visible("publishFilePath")->hasFocus());
    type(shown, "publishFilePath", u"/builds/agent"_s);
    type(shown, "publishVersion", u"1.4.0"_s);
    click(shown, "publishSend");
    QCOMPARE(shown.agentBuildsSource.wishes.size(), 1);
    shown.agentBuildsSource.endPublishing({.kind = ShownError::Kind::WrongInput,
                                           .code = u"ValidationException"_s,
                                           .message = u"Signature is not one of this build."_s,
                                           .field = u"Signature"_s});
    QTRY_COMPARE(fieldOf(shown, "publishSignature")->error(), u"Signature is not one of this build."_s);
    QVERIFY(shown.visible("publishSignaturePath")->hasFocus());
    QVERIFY(shown.visible("publishSend")->isEnabled());
    QVERIFY(!shown.visible("publishBar"));
    QCOMPARE(static_cast<QLineEdit *>(shown.visible("publishVersion"))->text(), u"1.4.0"_s);
}

void tst_AgentBuildsPage::closingBreaksOff()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    fill(shown);
    click(shown, "publishSend");
    QTest::keyClick(shown.visible("publishCancel"), Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("publishVersion"));
    QCOMPARE(shown.agentBuildsSource.breakOffs, 1);
    shown.agentBuildsSource.progress({PublishProgress::Phase::Sending, 1, 2}); // comes late, finds nobody
    shown.agentBuildsSource.endPublishing({.kind = ShownError::Kind::Unavailable,
                                           .code = u"ServiceUnavailable"_s,
                                           .message = u"It was broken off."_s,
                                           .field = {}});
    QCOMPARE(shown.agentBuilds->values().totalRows(), 3);
}

void tst_AgentBuildsPage::removingAsks()
{
    ConsoleFixture shown(Fleet::Sample);
    AgentBuildsPage *page = open(shown, m_older);
    QTRY_VERIFY(shown.visible("buildRemove"));
    auto *table = shown.find<DataTable>("agent-buildsTable");
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(shown.visible("buildRemoveConfirm"));
    QVERIFY(shown.agentBuildsSource.removes.isEmpty());
    click(shown, "buildRemoveConfirm");
    QCOMPARE(shown.agentBuildsSource.removes, QStringList {m_older});
    QTRY_COMPARE(page->banner().statement(), u"The build 0.1.0, Linux x86_64 was removed."_s);
    QTRY_COMPARE(table->model()->rowCount(), 2);
}

void tst_AgentBuildsPage::setsTheKey()
{
    ConsoleFixture shown(Fleet::Sample);
    AgentBuildsPage *page = open(shown, m_newest);
    QTRY_VERIFY(shown.visible("releaseKey"));
    QVERIFY(qobject_cast<QLabel *>(shown.visible("releaseKeySetBy"))->text().startsWith(u"set by mori"));
    click(shown, "releaseKeyCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(), FakeAgentBuildsSource::sampleKey());
    click(shown, "releaseKeySet");
    QTRY_VERIFY(shown.visible("releaseKeyFilePath") && shown.visible("releaseKeyFilePath")->hasFocus());
    click(shown, "releaseKeySave");
    QCOMPARE(fieldOf(shown, "releaseKeyFile")->error(), u"Choose the file of the public key."_s);
    type(shown, "releaseKeyFilePath", u"/keys/release.pub"_s);
    shown.agentBuildsSource.refusal = {.kind = ShownError::Kind::WrongInput,
                                       .code = u"ValidationException"_s,
                                       .message = u"The release key must be an Ed25519 public key."_s,
                                       .field = u"ReleaseKey"_s};
    click(shown, "releaseKeySave");
    QTRY_COMPARE(fieldOf(shown, "releaseKeyFile")->error(),
                 u"The release key must be an Ed25519 public key."_s);
    click(shown, "releaseKeySave");
    QTRY_COMPARE(page->banner().statement(), u"The release key was set."_s);
    QCOMPARE(shown.agentBuildsSource.keyFiles.size(), 2);
    QTRY_COMPARE(static_cast<QLabel *>(shown.visible("releaseKey"))->text(), QString(64, u'9'));
    click(shown, "releaseKeyAudit");
    QTRY_VERIFY(shown.window().link().contains(u"audit"));
    QVERIFY(shown.audit->table().query().toText().contains(u"release-key"));
    QTRY_COMPARE(cell(shown, AgentBuildTable::Signed), u"by another key"_s);
}

FB_TEST(tst_AgentBuildsPage)

}

#include "tst_agent_builds_page.moc"
