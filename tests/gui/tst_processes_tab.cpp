// A node's page > Processes: what it shows in each state, and that everything dangerous is asked first.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/fleet/node_page.h"
#include "ui/nodes/tools/processes_tab.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_ProcessesTab : public QObject
{
    Q_OBJECT
private slots:
    void readsOnlyWhileItIsShown();
    void terminateIsAskedFirst();
    void byKeyboard();
    void signalsAndPriority();
    void startAProcess();
    void guardedOnesCannotBeChosen();
    void offlineAndBack();
    void refusedSaysWhy();
    void stillRunningOffersKill();
    void treeEndsWithAnotherSort();
    void hostileTexts();

private:
    static DataTable *open(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"fleet/%1?tab=processes"_s.arg(shown.fleet->nodes().idAt(7)));
        (void)QTest::qWaitFor([&] { return shown.visible("processTable") != nullptr; });
        return qobject_cast<DataTable *>(shown.visible("processTable"));
    }
    // As it stands in the menu of what can be done.
    static void choose(ConsoleFixture &shown, const char *action)
    {
        auto *menu = qobject_cast<QPushButton *>(shown.visible("processActions"))->menu();
        emit menu->aboutToShow();
        auto *entry = menu->findChild<QAction *>(QString::fromLatin1(action));
        QVERIFY2(entry && entry->isEnabled(), action);
        entry->trigger();
    }
    static Banner *banner(ConsoleFixture &shown) { return shown.find<Banner>("processesBanner"); }
};

void tst_ProcessesTab::readsOnlyWhileItIsShown()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"fleet/"_s + shown.fleet->nodes().idAt(7));
    QCOMPARE(shown.processSource.lists, 0);
    QVERIFY(open(shown));
    shown.find<QComboBox>("processInterval")->setCurrentIndex(0);
    QTRY_VERIFY(shown.processSource.lists >= 2);
    const QString status = shown.find<QLabel>("processesStatus")->text();
    QVERIFY2(status.startsWith(u"14 process"), qPrintable(status));
    shown.window().openAddress(u"audit"_s);
    const int lists = shown.processSource.lists;
    QTest::qWait(1500); // longer than the interval: nothing more is asked
    QVERIFY(shown.processSource.lists <= lists + 1); // one was on its way
    shown.window().openAddress(u"fleet"_s);
    QTRY_VERIFY(shown.processSource.closed.size() <= 1);
}

void tst_ProcessesTab::terminateIsAskedFirst()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"30122.31122"_s);
    shown.click("processEnd");
    QVERIFY(shown.processSource.deeds.isEmpty());
    QTRY_VERIFY(shown.visible("processEndCancel"));
    QTRY_COMPARE(shown.window().focusWidget()->objectName(), u"processEndCancel"_s);
    shown.click("processEndCancel");
    QTRY_VERIFY(!shown.visible("processEndConfirm"));
    QVERIFY(shown.processSource.deeds.isEmpty());
    shown.click("processEnd");
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    shown.click("processEndConfirm");
    QTRY_COMPARE(shown.processSource.deeds.size(), 1);
    const ProcessDeed deed = shown.processSource.deeds.first();
    QCOMPARE(deed.pid, 30122U);
    QCOMPARE(deed.startTicks, 31122U);
    QCOMPARE(deed.signal, ProcessSignals::kTerm);
    QVERIFY(deed.kind == ProcessDeed::Kind::Signal);
    QTRY_VERIFY2(banner(shown)->statement().startsWith(u"The signal was sent to 1 process"),
                 qPrintable(banner(shown)->statement()));

    choose(shown, "processTerminateTree");
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    shown.click("processEndConfirm");
    QTRY_COMPARE(shown.processSource.deeds.size(), 2);
    QVERIFY(shown.processSource.deeds.last().kind == ProcessDeed::Kind::SignalTree);
    choose(shown, "processKill");
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    shown.click("processEndConfirm");
    QTRY_COMPARE(shown.processSource.deeds.size(), 3);
    QCOMPARE(shown.processSource.deeds.last().signal, ProcessSignals::kKill);
}

void tst_ProcessesTab::byKeyboard()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->setFocus();
    table->select(u"22310.23310"_s);
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("processEndConfirm"));
    QVERIFY(shown.processSource.deeds.isEmpty());
    qobject_cast<NodePage *>(shown.window().page())->focusFilter();
    QTest::keyClicks(shown.window().focusWidget(), u"pg_dump"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QVERIFY(table->model()->index(0, ProcessColumns::Command).data().toString().contains(u"--format=custom"));
}

void tst_ProcessesTab::signalsAndPriority()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"30122.31122"_s);
    choose(shown, "processSignal");
    QTRY_VERIFY(shown.visible("signalChoice"));
    auto *signal = static_cast<QComboBox *>(shown.visible("signalChoice"));
    signal->setCurrentIndex(signal->findData(1));
    static_cast<QCheckBox *>(shown.visible("signalTree"))->setChecked(true);
    shown.click("signalSend");
    QTRY_COMPARE(shown.processSource.deeds.size(), 1);
    QCOMPARE(shown.processSource.deeds.last().signal, 1);
    QVERIFY(shown.processSource.deeds.last().kind == ProcessDeed::Kind::SignalTree);
    choose(shown, "processPriority");
    QTRY_VERIFY(shown.visible("priorityValue"));
    static_cast<QSpinBox *>(shown.visible("priorityValue"))->setValue(12);
    shown.click("prioritySet");
    QTRY_COMPARE(shown.processSource.deeds.size(), 2);
    QCOMPARE(shown.processSource.deeds.last().nice, 12);
}

void tst_ProcessesTab::startAProcess()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    shown.click("processStart");
    QTRY_VERIFY(shown.visible("startProgram"));
    auto *program = static_cast<QLineEdit *>(shown.visible("startProgram"));
    shown.click("startConfirm");
    QVERIFY(shown.processSource.deeds.isEmpty());
    QTRY_COMPARE(shown.window().focusWidget(), program);
    program->setText(u"bin/sh"_s);
    shown.click("startConfirm");
    QVERIFY(shown.processSource.deeds.isEmpty());
    program->setText(u"rsync"_s);
    static_cast<QPlainTextEdit *>(shown.visible("startArguments"))->setPlainText(u"-a\n/srv/a b\n/srv/c"_s);
    static_cast<QLineEdit *>(shown.visible("startUser"))->setText(u"backup"_s);
    shown.click("startConfirm");
    QTRY_COMPARE(shown.processSource.deeds.size(), 1);
    QCOMPARE(shown.processSource.deeds.last().arguments, (QStringList {u"-a"_s, u"/srv/a b"_s, u"/srv/c"_s}));
    QCOMPARE(shown.processSource.deeds.last().user, u"backup"_s);
    QTRY_COMPARE(banner(shown)->statement(), u"rsync was started as process 4711."_s);
}

void tst_ProcessesTab::guardedOnesCannotBeChosen()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    for (const QString &id : {u"1.1001"_s, u"15.1015"_s, u"688.1688"_s}) {
        table->select(id);
        QVERIFY(!shown.visible("processEnd")->isEnabled());
        QVERIFY(shown.visible("processEnd")->toolTip().contains(u"cannot be changed"));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(!shown.visible("processEndConfirm"));
    }
    table->select(u"702.1702"_s);
    QVERIFY(shown.visible("processEnd")->isEnabled());
}

void tst_ProcessesTab::offlineAndBack()
{
    ConsoleFixture shown(Fleet::Sample);
    const ShownError away {.kind = ShownError::Kind::Unavailable,
                           .code = u"TargetNotConnected"_s,
                           .message = u"it is not connected."_s,
                           .field = {}};
    shown.processSource.problem = away;
    shown.window().openAddress(u"fleet/%1?tab=processes"_s.arg(shown.fleet->nodes().idAt(7)));
    QTRY_VERIFY(shown.visible("processesEmpty"));
    shown.processSource.problem.reset();
    shown.find<QComboBox>("processInterval")->setCurrentIndex(0);
    QTRY_VERIFY(shown.visible("processTable"));
    static_cast<DataTable *>(shown.visible("processTable"))->select(u"702.1702"_s);
    QVERIFY(shown.visible("processEnd")->isEnabled());
    shown.processSource.problem = away;
    QTRY_VERIFY(!shown.visible("processEnd")->isEnabled());
    QVERIFY(!shown.visible("processStart")->isEnabled());
    QVERIFY(shown.visible("processTable")); // what was known last stays
    QVERIFY(shown.find<QLabel>("processesStatus")->text().startsWith(u"Not connected."));
    shown.processSource.problem.reset();
    QTRY_VERIFY(shown.visible("processEnd")->isEnabled());
}

void tst_ProcessesTab::refusedSaysWhy()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"702.1702"_s);
    shown.processSource.refusal
        = ShownError {.kind = ShownError::Kind::State,
                      .code = u"RefusedByNode"_s,
                      .message = u"cannot send a signal to process 702: Operation not permitted"_s,
                      .field = {}};
    shown.click("processEnd");
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    shown.click("processEndConfirm");
    QTRY_COMPARE(banner(shown)->statement(), u"The signal was not sent to process 702."_s);
    QVERIFY(banner(shown)->accessibleDescription().contains(u"Operation not permitted"));
}

void tst_ProcessesTab::stillRunningOffersKill()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"22310.23310"_s);
    shown.click("processEnd");
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    shown.click("processEndConfirm");
    QTRY_COMPARE_WITH_TIMEOUT(banner(shown)->statement(), u"postgres (22310) is still running."_s, 15'000);
    emit banner(shown)->actionClicked();
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    shown.click("processEndConfirm");
    QTRY_COMPARE(shown.processSource.deeds.size(), 2);
    QCOMPARE(shown.processSource.deeds.last().signal, ProcessSignals::kKill);
}

void tst_ProcessesTab::treeEndsWithAnotherSort()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    auto *tree = static_cast<QToolButton *>(shown.visible("processTree"));
    table->grab(); // what stands there is seen
    shown.click("processTree");
    QVERIFY(tree->isChecked());
    for (int row = 0; row < table->model()->rowCount(); ++row) // the same processes, shown otherwise
        QVERIFY(!table->isTinted(table->model()->index(row, ProcessColumns::Name)));
    const auto first = [&](int column) { return table->model()->index(0, column).data().toString(); };
    QCOMPARE(first(ProcessColumns::Pid), u"1"_s);
    table->horizontalHeader()->setSortIndicator(ProcessColumns::Memory, Qt::DescendingOrder);
    QVERIFY(!tree->isChecked());
    QCOMPARE(first(ProcessColumns::Pid), u"813"_s); // the largest
    QVERIFY(!first(ProcessColumns::Name).contains(u'└'));
}

void tst_ProcessesTab::hostileTexts()
{
    ConsoleFixture shown(Fleet::Sample);
    ProcessRow evil = shown.processSource.snapshot.processes.last();
    evil.pid = 31337;
    evil.name = u"<b>a</b>\u202e"_s + QString(300, u'w');
    evil.commandLine = u"<img src=x>"_s;
    shown.processSource.snapshot.processes << evil;
    DataTable *table = open(shown);
    table->select(evil.id());
    shown.click("processEnd");
    QTRY_VERIFY(shown.visible("processEndConfirm"));
    const QList<QLabel *> labels = shown.window().findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->text().contains(u"<b>") || label->text().contains(u"<img"))
            QVERIFY(label->textFormat() == Qt::PlainText);
        QVERIFY(!label->text().contains(u'\u202e'));
    }
}

FB_TEST(tst_ProcessesTab)

}

#include "tst_processes_tab.moc"
