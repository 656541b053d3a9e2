// Who is let in, served, and let in again: approvals, quarantine, re-enrolment, and what an activation asks for.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/activations/approvals_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_NodeTrust : public QObject
{
    Q_OBJECT
private slots:
    void listsWhoWaits();
    void approves();
    void rejectsOnlyWhenAsked();
    void aRefusalIsABanner();
    void nobodyWaits();
    void theWizardAsksForMore();
    void aWrongNetworkIsSaidAtItsField();
    void quarantineAndRelease();
    void reenrolShowsTheCodeOnce();
    void aRefusedTokenCanBeTriedAgain();

private:
    static constexpr auto kNew = "mi-0a1b2c3d4e5f60718";
    static constexpr auto kExpired = "mi-1122334455667788a";

    static ApprovalsPage *open(ConsoleFixture &shown, const char *row = nullptr)
    {
        shown.window().openAddress(row ? u"approvals?row="_s + QLatin1String(row) : u"approvals"_s);
        return qobject_cast<ApprovalsPage *>(shown.window().page());
    }
    static DataTable *table(ConsoleFixture &shown) { return shown.find<DataTable>("approvalsTable"); }
};

void tst_NodeTrust::listsWhoWaits()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown, kExpired));
    QTRY_COMPARE(table(shown)->model()->rowCount(), 3);
    const int row = table(shown)->currentIndex().row();
    QCOMPARE(table(shown)->model()->index(row, 0).data().toString(), u"lab-osa-03"_s);
    QCOMPARE(table(shown)->model()->index(row, 1).data().toString(), u"Certificate expired"_s);
    QCOMPARE(table(shown)->model()->index(row, 2).data().toString(), u"2001:db8:20::17"_s);
    QTRY_VERIFY(shown.visible("approvalApprove") && shown.visible("approvalReject"));
    for (int i = 0; i < 3; ++i) // hostile names are shown, not obeyed
        QVERIFY(!table(shown)->model()->index(i, 0).data().toString().contains(QChar(0x202e)));
}

void tst_NodeTrust::approves()
{
    ConsoleFixture shown(Fleet::Sample);
    ApprovalsPage *page = open(shown, kNew);
    QTRY_VERIFY(shown.visible("approvalApprove"));
    shown.click("approvalApprove");
    QCOMPARE(shown.approvalsSource.decided.size(), 1);
    QCOMPARE(shown.approvalsSource.decided[0].first, QString::fromLatin1(kNew));
    QCOMPARE(shown.approvalsSource.decided[0].second, ApprovalWord::Approve);
    QTRY_COMPARE(table(shown)->model()->rowCount(), 2);
    QTRY_COMPARE(page->banner().statement(), u"web-tyo-09 was approved."_s);
}

void tst_NodeTrust::rejectsOnlyWhenAsked()
{
    ConsoleFixture shown(Fleet::Sample);
    ApprovalsPage *page = open(shown, kExpired);
    QTRY_VERIFY(shown.visible("approvalReject"));
    shown.click("approvalReject");
    QVERIFY(shown.visible("approvalSheet"));
    shown.click("approvalCancel");
    QVERIFY(shown.approvalsSource.decided.isEmpty());
    shown.click("approvalReject");
    shown.click("approvalConfirm");
    QCOMPARE(shown.approvalsSource.decided.size(), 1);
    QCOMPARE(shown.approvalsSource.decided[0].second, ApprovalWord::Reject);
    QTRY_COMPARE(page->banner().statement(), u"lab-osa-03 was rejected."_s);
}

void tst_NodeTrust::aRefusalIsABanner()
{
    ConsoleFixture shown(Fleet::Sample);
    ApprovalsPage *page = open(shown, kNew);
    QTRY_VERIFY(shown.visible("approvalApprove"));
    shown.approvalsSource.refusal = ShownError {.kind = ShownError::Kind::State,
                                                .code = u"InvalidInstanceId"_s,
                                                .message = u"It does not wait any more."_s};
    shown.click("approvalApprove");
    QTRY_COMPARE(page->banner().statement(), u"web-tyo-09 was not approved."_s);
    QCOMPARE(table(shown)->model()->rowCount(), 3);
}

void tst_NodeTrust::nobodyWaits()
{
    ConsoleFixture shown(Fleet::Empty);
    QVERIFY(open(shown));
    QTRY_VERIFY(!table(shown)->isVisible()); // words stand in its place
}

void tst_NodeTrust::theWizardAsksForMore()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.find<QAction>("cmdEnrol")->trigger();
    QTest::keyClicks(shown.visible("enrolNetworks"), u"10.20.0.0/16, 2001:db8::/32"_s);
    QTest::keyClick(shown.visible("enrolApproval"), Qt::Key_Space);
    shown.click("enrolNext");
    shown.click("enrolNext");
    QCOMPARE(shown.fleetSource.wishes.size(), 1);
    QVERIFY(shown.fleetSource.wishes[0].requiresApproval);
    QCOMPARE(shown.fleetSource.wishes[0].networks, (QStringList {u"10.20.0.0/16"_s, u"2001:db8::/32"_s}));
}

void tst_NodeTrust::aWrongNetworkIsSaidAtItsField()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.fleetSource.refusal = ShownError {.kind = ShownError::Kind::WrongInput,
                                            .code = u"ValidationException"_s,
                                            .message = u"AllowedNetworks[0] is \"10.20\"."_s,
                                            .field = u"AllowedNetworks[0]"_s};
    shown.find<QAction>("cmdEnrol")->trigger();
    QTest::keyClicks(shown.visible("enrolNetworks"), u"10.20"_s);
    shown.click("enrolNext");
    shown.click("enrolNext");
    QTRY_VERIFY(shown.visible("enrolNetworks") && shown.visible("enrolNetworks")->hasFocus());
    QCOMPARE(static_cast<QLineEdit *>(shown.visible("enrolNetworks"))->text(), u"10.20"_s); // nothing is lost
}

void tst_NodeTrust::quarantineAndRelease()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString node = shown.fleet->nodes().idAt(7);
    shown.window().openAddress(u"fleet/"_s + node);
    QTRY_VERIFY(shown.find<QAction>("nodeQuarantine"));
    shown.find<QAction>("nodeQuarantine")->trigger();
    QVERIFY(shown.visible("quarantineSheet"));
    QVERIFY(shown.fleetSource.quarantines.isEmpty());
    shown.click("quarantineConfirm");
    QCOMPARE(shown.fleetSource.quarantines.size(), 1);
    QCOMPARE(shown.fleetSource.quarantines[0].first, QStringList {node});
    QVERIFY(shown.fleetSource.quarantines[0].second);
    QTRY_COMPARE(shown.fleet->nodes().node(node)->ping, PingState::Quarantined);
    shown.find<QAction>("nodeRelease")->trigger();
    QVERIFY(!shown.fleetSource.quarantines.last().second);
    QTRY_COMPARE(shown.fleet->nodes().node(node)->ping, PingState::Online);
}

void tst_NodeTrust::reenrolShowsTheCodeOnce()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString node = shown.fleet->nodes().idAt(7);
    shown.window().openAddress(u"fleet/"_s + node);
    QTRY_VERIFY(shown.find<QAction>("nodeReenrol"));
    shown.find<QAction>("nodeReenrol")->trigger();
    QVERIFY(!shown.visible("reenrolText"));
    shown.click("reenrolMake");
    QCOMPARE(shown.fleetSource.tokens, QStringList {node});
    QTRY_VERIFY(shown.visible("reenrolText"));
    const QString text = static_cast<QPlainTextEdit *>(shown.visible("reenrolText"))->toPlainText();
    QVERIFY(text.contains(u"pV3kQ8sN2xLr7TzB1mYc4W"_s));
    shown.click("reenrolCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(), text);
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(u"x-kde-passwordManagerHint"_s));
    shown.click("reenrolCancel");
    QTRY_VERIFY(!shown.visible("reenrolSheet"));
    shown.find<QAction>("nodeReenrol")->trigger();
    QVERIFY(!shown.visible("reenrolText")); // it is kept nowhere
}

void tst_NodeTrust::aRefusedTokenCanBeTriedAgain()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"fleet/"_s + shown.fleet->nodes().idAt(7));
    QTRY_VERIFY(shown.find<QAction>("nodeReenrol"));
    shown.find<QAction>("nodeReenrol")->trigger();
    shown.fleetSource.refusal = ShownError {
        .kind = ShownError::Kind::State, .code = u"AccessDeniedException"_s, .message = u"You may not."_s};
    shown.click("reenrolMake");
    QTRY_VERIFY(shown.visible("reenrolMake")->isEnabled());
    QVERIFY(!shown.visible("reenrolText"));
    shown.click("reenrolMake");
    QTRY_VERIFY(shown.visible("reenrolText"));
}

FB_TEST(tst_NodeTrust)

}

#include "tst_node_trust.moc"
