// A node's page > Services: what it shows in each state, what is asked first, what cannot be done and why.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/fleet/node_page.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QGraphicsEffect>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;
using DeedKind = ServiceDeed::Kind;

class tst_ServicesTab : public QObject
{
    Q_OBJECT
private slots:
    void readsOnlyWhileItIsShown();
    void kindsAndChoices();
    void detailsOfAUnit();
    void whatIsAskedFirst();
    void theAgentsOwnUnit();
    void whatCannotBeDone();
    void doneAndRefused();
    void offlineKeepsWhatIsKnown();
    void noSystemd();
    void hostileTexts();

private:
    static DataTable *open(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"fleet/%1?tab=services"_s.arg(shown.fleet->nodes().idAt(7)));
        (void)QTest::qWaitFor([&] { return shown.visible("serviceTable") != nullptr; });
        return qobject_cast<DataTable *>(shown.visible("serviceTable"));
    }
    static QAction *action(ConsoleFixture &shown, const char *name) { return shown.find<QAction>(name); }
    static Banner *banner(ConsoleFixture &shown) { return shown.find<Banner>("servicesBanner"); }
    static QString text(ConsoleFixture &shown, const char *label)
    {
        return shown.find<QLabel>(label)->text();
    }
};

void tst_ServicesTab::readsOnlyWhileItIsShown()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"fleet/"_s + shown.fleet->nodes().idAt(7));
    QVERIFY(shown.serviceSource.types.isEmpty());
    DataTable *table = open(shown);
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), 14);
    QVERIFY(text(shown, "servicesStatus").startsWith(u"14 unit"));
    qobject_cast<NodePage *>(shown.window().page())->focusFilter();
    QTest::keyClicks(shown.window().focusWidget(), u"enabled=disabled"_s);
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 2);
}

void tst_ServicesTab::kindsAndChoices()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    auto *choice = shown.find<QComboBox>("serviceChoice");
    auto *type = shown.find<QComboBox>("serviceType");
    QCOMPARE(choice->itemText(0), u"All (14)"_s);
    QCOMPARE(choice->itemText(1), u"Running (8)"_s);
    QCOMPARE(choice->itemText(2), u"Failed (1)"_s);
    choice->setCurrentIndex(2);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QVERIFY(!table->model()->index(0, 0).data().toString().isEmpty());
    choice->setCurrentIndex(1);
    QTRY_COMPARE(table->model()->rowCount(), 8);
    type->setCurrentIndex(type->findData(u"timer"_s));
    QTRY_VERIFY(shown.visible("serviceTable") && table->model()->rowCount() == 2);
    QCOMPARE(shown.serviceSource.types.last(), u"timer"_s);
    QCOMPARE(choice->itemText(1), u"Active (2)"_s);
    type->setCurrentIndex(type->findData(u"target"_s)); // there are none: a list all the same
    QTRY_COMPARE(shown.serviceSource.types.last(), u"target"_s);
    QTRY_COMPARE(choice->itemText(0), u"All (0)"_s);
}

void tst_ServicesTab::detailsOfAUnit()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"nginx.service"_s);
    QVERIFY(shown.serviceSource.looked.isEmpty() && !shown.visible("servicePane"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(shown.visible("servicePane"));
    QCOMPARE(shown.serviceSource.looked, QStringList {u"nginx.service"_s});
    QTRY_VERIFY(shown.find<TextViewer>("serviceLog")->text().contains(u"upstream timed out"));
    QVERIFY(shown.find<TextViewer>("serviceText")
                ->text()
                .contains(u"# /etc/systemd/system/nginx.service.d/limits.conf"));
    shown.serviceSource.told = {};
    shown.serviceSource.told.textProblem = u"No files found for ssh.service."_s;
    table->select(u"ssh.service"_s); // the pane follows
    QTRY_COMPARE(shown.serviceSource.looked.last(), u"ssh.service"_s);
    QTRY_VERIFY(text(shown, "serviceLogNote").contains(u"keeps no journal"));
    QVERIFY(text(shown, "serviceTextNote").contains(u"No files found"));
    QVERIFY(shown.find<TextViewer>("serviceLog")->text().isEmpty());
    QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(!shown.visible("servicePane"));
    shown.click("servicePaneToggle");
    QVERIFY(shown.visible("servicePane"));
    const qsizetype before = shown.serviceSource.looked.size();
    shown.click("serviceRefresh"); // the details too
    QTRY_VERIFY(shown.serviceSource.looked.size() > before);
    shown.click("servicePaneClose");
    QVERIFY(!shown.visible("servicePane"));
    QVERIFY(!shown.find<QToolButton>("servicePaneToggle")->isChecked());
}

void tst_ServicesTab::whatIsAskedFirst()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"ssh.service"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F8);
    QTRY_VERIFY(shown.visible("serviceAskCancel"));
    QTRY_COMPARE(shown.window().focusWidget()->objectName(), u"serviceAskCancel"_s);
    const auto says = [&](QStringView words) {
        const QList<QLabel *> labels = shown.window().findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [words](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
    };
    QVERIFY(says(u"SSH access"));
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("serviceAskConfirm"));
    QVERIFY(shown.serviceSource.deeds.isEmpty());
    action(shown, "serviceMask")->trigger();
    QTRY_VERIFY(shown.visible("serviceAskConfirm"));
    QVERIFY(says(u"until it is unmasked"));
    shown.click("serviceAskConfirm");
    QTRY_COMPARE(shown.serviceSource.deeds, (QList<ServiceDeed> {{DeedKind::Mask, u"ssh.service"_s}}));
    QTRY_VERIFY(!shown.visible("serviceAskConfirm"));
    table->select(u"dbus.service"_s); // a restart of what the machine needs
    shown.click("serviceRestartButton");
    QTRY_VERIFY(shown.visible("serviceAskConfirm"));
    QVERIFY(says(u"communicate through"));
    shown.click("serviceAskConfirm");
    QTRY_COMPARE(shown.serviceSource.deeds.size(), 2);
    QTRY_VERIFY(!shown.visible("serviceAskConfirm"));
    table->select(u"nginx.service"_s); // of anything else: at once
    table->setFocus();
    QTRY_VERIFY(action(shown, "serviceRestart")->isEnabled());
    QTest::keyClick(table, Qt::Key_F9);
    QTRY_COMPARE(shown.serviceSource.deeds.size(), 3);
    QCOMPARE(shown.serviceSource.deeds.last(), (ServiceDeed {DeedKind::Restart, u"nginx.service"_s}));
    table->select(u"rsync.service"_s);
    QTest::keyClick(table, Qt::Key_F7);
    QTRY_COMPARE(shown.serviceSource.deeds.size(), 4);
    QCOMPARE(shown.serviceSource.deeds.last(), (ServiceDeed {DeedKind::Start, u"rsync.service"_s}));
    QVERIFY(!shown.visible("serviceAskConfirm"));
}

void tst_ServicesTab::theAgentsOwnUnit()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"flagbridge-agent.service"_s);
    for (const char *name : {"serviceStop", "serviceDisable", "serviceMask"}) {
        QVERIFY2(!action(shown, name)->isEnabled(), name);
        QVERIFY2(action(shown, name)->toolTip().contains(u"cut off"), name);
    }
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F8);
    QVERIFY(!shown.visible("serviceAskConfirm"));
    QTest::keyClick(table, Qt::Key_F9);
    QTRY_VERIFY(shown.visible("serviceAskConfirm"));
    shown.click("serviceAskConfirm");
    QTRY_COMPARE(shown.serviceSource.deeds,
                 (QList<ServiceDeed> {{DeedKind::Restart, u"flagbridge-agent.service"_s}}));
}

void tst_ServicesTab::whatCannotBeDone()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    QVERIFY(!shown.visible("serviceActions")->isEnabled()); // of what?
    table->select(u"bluetooth.service"_s);
    auto *menu = qobject_cast<QPushButton *>(shown.visible("serviceActions"))->menu();
    QCOMPARE(menu->actions().contains(action(shown, "serviceStart")), true);
    QVERIFY(menu->toolTipsVisible());
    QVERIFY(!action(shown, "serviceStart")->isEnabled());
    QVERIFY(action(shown, "serviceStart")->toolTip().contains(u"masked"));
    QVERIFY(action(shown, "serviceUnmask")->isEnabled());
    table->select(u"nginx.service"_s);
    QVERIFY(!action(shown, "serviceStart")->isEnabled() && !action(shown, "serviceUnmask")->isEnabled());
    QVERIFY(action(shown, "serviceReload")->isEnabled() && action(shown, "serviceDisable")->isEnabled());
    table->select(u"checkout-worker.service"_s);
    QVERIFY(action(shown, "serviceReset")->isEnabled() && !action(shown, "serviceStop")->isEnabled());
    auto *type = shown.find<QComboBox>("serviceType");
    ServiceRow target = shown.serviceSource.snapshot.units.first();
    target.unit = u"multi-user.target"_s;
    shown.serviceSource.snapshot.units << target;
    type->setCurrentIndex(type->findData(u"target"_s));
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->select(target.unit);
    QVERIFY(!shown.visible("serviceActions")->isEnabled());
    QVERIFY(shown.visible("serviceActions")->toolTip().contains(u"only be viewed"));
}

void tst_ServicesTab::doneAndRefused()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"rsync.service"_s);
    shown.serviceSource.outcome = {.after = u"active (running), disabled, process 3001"_s, .goesOn = false};
    action(shown, "serviceStart")->trigger();
    QTRY_COMPARE(banner(shown)->statement(), u"rsync.service was started."_s);
    QVERIFY(banner(shown)->accessibleDescription().contains(u"process 3001"));
    shown.serviceSource.outcome = {.after = u"activating (start), disabled"_s, .goesOn = true};
    action(shown, "serviceStart")->trigger();
    QTRY_COMPARE(banner(shown)->statement(), u"systemd is still working on rsync.service."_s);
    shown.serviceSource.refusal
        = ShownError {.kind = ShownError::Kind::State,
                      .code = u"RefusedByNode"_s,
                      .message = u"Job for rsync.service failed because the control process exited."_s,
                      .field = {}};
    action(shown, "serviceStart")->trigger();
    QTRY_COMPARE(banner(shown)->statement(), u"rsync.service was not started."_s);
    QVERIFY(banner(shown)->accessibleDescription().contains(u"control process exited"));
    shown.serviceSource.answersDeeds = false; // while it is done nothing else is
    table->select(u"nginx.service"_s);
    action(shown, "serviceReload")->trigger();
    QVERIFY(!shown.visible("serviceActions")->isEnabled());
    QVERIFY(shown.visible("serviceRestartButton")->toolTip().contains(u"Wait"));
    QCOMPARE(text(shown, "servicesStatus"), u"Waiting for systemd: nginx.service"_s);
    table->select(u"cron.service"_s);
    QVERIFY(shown.visible("serviceActions")->isEnabled());
}

void tst_ServicesTab::offlineKeepsWhatIsKnown()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"nginx.service"_s);
    shown.serviceSource.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                              .code = u"TargetNotConnected"_s,
                                              .message = u"it is not connected."_s,
                                              .field = {}};
    shown.click("serviceRefresh");
    QTRY_VERIFY(!shown.visible("serviceActions")->isEnabled());
    QVERIFY(!shown.visible("serviceRestartButton")->isEnabled());
    QCOMPARE(shown.visible("serviceRestartButton")->toolTip(), u"The node is not connected."_s);
    QVERIFY(text(shown, "servicesStatus").startsWith(u"Not connected. As of "));
    QVERIFY(table->isVisible() && table->graphicsEffect()->isEnabled());
    // It is greyed over the page's ground, not over nothing.
    const QImage seen = shown.window().grab().toImage();
    const QPoint corner = table->mapTo(&shown.window(), QPoint(table->width() / 2, table->height() - 20));
    QVERIFY(seen.pixelColor(corner * seen.devicePixelRatio()).lightness() > 200);
    shown.serviceSource.problem.reset();
    shown.click("serviceRefresh");
    QTRY_VERIFY(shown.visible("serviceActions")->isEnabled());
}

void tst_ServicesTab::noSystemd()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.serviceSource.problem = ShownError {.kind = ShownError::Kind::State,
                                              .code = u"UnsupportedPlatformType"_s,
                                              .message = u"This node was not started by systemd."_s,
                                              .field = {}};
    QVERIFY(!open(shown));
    QTRY_VERIFY(shown.visible("servicesEmpty"));
    QVERIFY(text(shown, "servicesEmpty").contains(u"not started by systemd"));
}

void tst_ServicesTab::hostileTexts()
{
    ConsoleFixture shown(Fleet::Sample);
    ServiceRow evil = shown.serviceSource.snapshot.units.last();
    evil.unit = u"<b>evil</b>\u202e.service"_s;
    evil.description = u"<img src=x>\u202e"_s + QString(600, u'w');
    evil.activeState = u"<i>active</i>"_s;
    evil.subState = u"running"_s;
    evil.fileState = u"enabled"_s;
    shown.serviceSource.snapshot.units << evil;
    shown.serviceSource.told.log = {u"a\x1b[31m\u202e<b>"_s};
    shown.serviceSource.told.text = u"# <b>\x1b]0;x\x07"_s;
    DataTable *table = open(shown);
    table->select(evil.unit);
    emit table->opened(evil.unit);
    QTRY_VERIFY(!shown.find<TextViewer>("serviceLog")->text().isEmpty());
    for (const char *viewer : {"serviceLog", "serviceText"})
        QVERIFY(!shown.find<TextViewer>(viewer)->text().contains(u'\x1b'));
    action(shown, "serviceStop")->trigger();
    QTRY_VERIFY(shown.visible("serviceAskConfirm"));
    const QList<QLabel *> labels = shown.window().findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->text().contains(u"<b>") || label->text().contains(u"<img"))
            QVERIFY(label->textFormat() == Qt::PlainText);
        QVERIFY(!label->text().contains(u'\u202e'));
    }
}

FB_TEST(tst_ServicesTab)

}

#include "tst_services_tab.moc"
