#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/activity/desktop_notifier.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/table_bar.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// What goes on in the background, what is told, and what happens when the engine does not answer (ux.md 7, 9).
class tst_Activity : public QObject
{
    Q_OBJECT
private slots:
    void runsStandInTheDock();
    void cancelSaysWhatItDoes();
    void endIsToldElsewhere();
    void sameKindIsMerged();
    void historyIsNotToldAgain();
    void exportsStandInTheDock();
    void lostNodesAreTold();
    void aFullStoreIsTold();
    void hostileTitlesArePlain();
    void desktopByKindAndHour_data();
    void desktopByKindAndHour();
    void quitAsks();
    void engineThatDoesNotAnswer();
    void docksAreKept();
    void listsAreBounded();

private:
    static RunRow running(ConsoleFixture &shown)
    {
        RunRow run = FakeRunSource::sampleRun(shown.runSource.m_now);
        run.id = u"11111111-2222-4333-8444-000000000001"_s;
        run.details = u"InProgress"_s;
        run.status = u"InProgress"_s;
        return run;
    }
    static void end(ConsoleFixture &shown, RunRow run)
    {
        run.details = u"Success"_s;
        run.status = u"Success"_s;
        run.finished = shown.runSource.m_now;
        run.counts = {.succeeded = run.counts.total()};
        shown.runs->runs().applyRuns({run});
    }
    static QStringList toasts(ConsoleFixture &shown)
    {
        QStringList titles;
        const QList<QLabel *> labels = shown.window().findChildren<QLabel *>(u"toastTitle"_s);
        for (const QLabel *label : labels) {
            if (label->isVisible())
                titles << label->text();
        }
        return titles;
    }
};

void tst_Activity::runsStandInTheDock()
{
    ConsoleFixture shown(Fleet::Sample);
    const RunRow run = running(shown);
    shown.runs->runs().applyRuns({run});
    QTRY_VERIFY(shown.console->activities().find(run.id));
    QTRY_VERIFY2(shown.window().status().text(u"activity"_s).endsWith(u"running"_s),
                 qPrintable(shown.window().status().text(u"activity"_s)));
    QTest::keyClick(&shown.window(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(shown.visible(qPrintable(u"activity-"_s + run.id)));
    QTest::mouseClick(shown.visible(qPrintable(u"activityOpen-"_s + run.id)), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"run-command/"_s + run.id);
    end(shown, run);
    QTRY_VERIFY(shown.console->activities().find(run.id)->isEnded());
    QTRY_VERIFY(!shown.visible(qPrintable(u"activityCancel-"_s + run.id)));
    QTest::mouseClick(shown.visible("activityPanelClear"), Qt::LeftButton); // stays until then
    QTRY_VERIFY(!shown.console->activities().find(run.id));
    QTest::keyClick(&shown.window(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!shown.visible("activityPanel"));
}

void tst_Activity::cancelSaysWhatItDoes()
{
    ConsoleFixture shown(Fleet::Sample);
    const RunRow run = running(shown);
    shown.runs->runs().applyRuns({run});
    shown.find<QAction>("dock-activity-toggle")->trigger();
    QToolButton *cancel = nullptr;
    QTRY_VERIFY(
        (cancel = static_cast<QToolButton *>(shown.visible(qPrintable(u"activityCancel-"_s + run.id)))));
    QVERIFY2(cancel->toolTip().contains(u"skipped"_s)
                 && cancel->toolTip().contains(QString::number(run.counts.running)),
             qPrintable(cancel->toolTip()));
    // Pressed and held while the run goes on: the button stays where it is, and the click counts.
    QTest::mousePress(cancel, Qt::LeftButton);
    shown.runs->runs().applyRuns({run});
    QTest::qWait(300);
    QTest::mouseRelease(shown.visible(qPrintable(u"activityCancel-"_s + run.id)), Qt::LeftButton);
    QVERIFY(shown.runSource.cancelled.isEmpty()); // it asks, as the run's page does
    QWidget *really = nullptr;
    QTRY_VERIFY((really = shown.visible("activityCancelConfirm")));
    QTest::mouseClick(really, Qt::LeftButton);
    QCOMPARE(shown.runSource.cancelled, QStringList {run.id});
}

void tst_Activity::endIsToldElsewhere()
{
    ConsoleFixture shown(Fleet::Sample);
    const RunRow run = running(shown);
    shown.runs->runs().applyRuns({run});
    QTRY_VERIFY(shown.console->activities().find(run.id));
    end(shown, run);
    QTRY_COMPARE(toasts(shown).size(), 1);
    QCOMPARE(shown.window().status().text(u"notices"_s), u"1 new notification"_s);
    QTest::mouseClick(shown.visible("toastOpen"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"run-command/"_s + run.id);
    QVERIFY(toasts(shown).isEmpty());
    shown.find<QAction>("dock-notices-toggle")->trigger(); // it stays listed
    QTRY_VERIFY(shown.visible("noticesPanel"));
    QCOMPARE(shown.console->notices().all().size(), 1);
    QTRY_COMPARE(shown.window().status().text(u"notices"_s), u"Nothing new"_s);
}

void tst_Activity::sameKindIsMerged()
{
    ConsoleFixture shown(Fleet::Sample);
    Notice notice;
    notice.about = u"lost"_s;
    notice.title = u"1 node lost"_s;
    for (int i = 0; i < 5; ++i)
        shown.console->notices().add(notice);
    QCOMPARE(shown.console->notices().all().size(), 1);
    QCOMPARE(shown.console->notices().all()[0].times, 5);
    QVERIFY(toasts(shown).size() <= 3);
    shown.console->notices().markSeen();
    shown.console->notices().add(notice); // after it was seen it is a new one
    QCOMPARE(shown.console->notices().all().size(), 2);
}

void tst_Activity::historyIsNotToldAgain()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRow old = running(shown);
    old.details = u"Failed"_s;
    shown.runs->runs().applyRuns({old});
    QTest::qWait(400); // longer than it takes to look
    QVERIFY(!shown.console->activities().find(old.id));
    QVERIFY(shown.console->notices().all().isEmpty());
}

void tst_Activity::exportsStandInTheDock()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *bar = shown.window().page()->findChild<TableBar *>();
    const QString file = shown.folder.filePath(u"fleet.csv"_s);
    bar->exportTo({file, TextForm::Csv, false, {}});
    QTRY_VERIFY(QFile::exists(file));
    QTRY_COMPARE(shown.console->activities().find(u"export-1"_s)->state, StateKind::Success);
    QTRY_COMPARE(toasts(shown), QStringList {u"The export is ready"_s});
    bar->exportTo({shown.folder.filePath(u"no/folder.csv"_s), TextForm::Csv, false, {}});
    QTRY_COMPARE(shown.console->activities().find(u"export-2"_s)->state, StateKind::Failed);
    QVERIFY(shown.console->notices().all()[0].detail.contains(u"cannot be written"_s));
    QCOMPARE(shown.console->activities().running(), 0);
}

// [R12] told once while it lasts, in the strip as long as it does; a run that is sent meanwhile is sent with a warning
void tst_Activity::aFullStoreIsTold()
{
    ConsoleFixture shown(Fleet::Sample);
    ConsoleFacts facts = shown.console->facts();
    facts.store = u"SQLite"_s;
    shown.console->setFacts(facts);
    StoreRoom room {.full = StoreRoom::Limit::Outputs, .used = 19 << 20, .limit = 20 << 20};
    shown.console->setStoreRoom(room);
    room.used = 18 << 20;
    shown.console->setStoreRoom(room);
    QCOMPARE(shown.console->notices().all().size(), 1);
    const Notice notice = shown.console->notices().all().first();
    QCOMPARE(notice.title, u"The room for outputs is full"_s);
    QVERIFY(notice.detail.contains(u"19.0 MiB of 20.0 MiB"_s)
            && notice.detail.contains(u"the oldest outputs are removed"_s));
    QCOMPARE(shown.window().status().text(u"store"_s), u"SQLite: no room for artifacts"_s);
    emit shown.runSource.warned(u"11111111-2222-4333-8444-000000000001"_s);
    QCOMPARE(shown.console->notices().all().size(), 2);
    QCOMPARE(shown.console->notices().all().first().address,
             u"run-command/11111111-2222-4333-8444-000000000001"_s);
    shown.console->setStoreRoom({});
    QCOMPARE(shown.window().status().text(u"store"_s), u"SQLite"_s);
    QCOMPARE(shown.console->notices().all().size(), 2);
    shown.window().openAddress(notice.address);
    QTRY_COMPARE(shown.find<DataTable>("fleet-settingsTable")->currentId(),
                 u"/flagbridge/artifacts/outputs-mib"_s);
}

void tst_Activity::lostNodesAreTold()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(shown.console->notices().all().isEmpty()); // what was lost before is no news
    shown.window().openAddress(u"audit"_s);
    NodeRow row = shown.fleet->nodes().allNodes()[0];
    row.ping = PingState::ConnectionLost;
    emit shown.fleetSource.nodesArrived({row});
    QTRY_COMPARE(shown.console->notices().all().size(), 1);
    QCOMPARE(shown.console->notices().all()[0].title, u"1 node lost the connection"_s);
    QList<NodeRow> more {shown.fleet->nodes().allNodes()[1], shown.fleet->nodes().allNodes()[3]};
    for (NodeRow &each : more)
        each.ping = PingState::ConnectionLost;
    emit shown.fleetSource.nodesArrived(more);
    QTRY_COMPARE(shown.console->notices().all()[0].title, u"3 nodes lost the connection"_s); // one, of all
    QCOMPARE(shown.console->notices().all().size(), 1);
    QTRY_VERIFY(shown.visible("toastOpen"));
    QTest::mouseClick(shown.visible("toastOpen"), Qt::LeftButton);
    QTRY_COMPARE(shown.fleet->nodes().rowCount(), shown.fleet->counts().lost);
}

// [U01] [U04] in cards and toasts
void tst_Activity::hostileTitlesArePlain()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRow run = running(shown);
    run.comment = u"<b>x</b>\u202e\u001b[31m"_s;
    shown.runs->runs().applyRuns({run});
    QTRY_VERIFY(shown.console->activities().find(run.id));
    end(shown, run);
    QTRY_COMPARE(toasts(shown).size(), 1);
    QVERIFY(toasts(shown)[0].contains(u"<b>x</b>"_s));
    QVERIFY(!toasts(shown)[0].contains(QChar(0x202e)) && !toasts(shown)[0].contains(QChar(0x1b)));
    const auto *title = shown.window().findChild<QLabel *>(u"toastTitle"_s);
    QCOMPARE(title->textFormat(), Qt::PlainText);
}

void tst_Activity::desktopByKindAndHour_data()
{
    QTest::addColumn<bool>("inFront");
    QTest::addColumn<bool>("chosen");
    QTest::addColumn<QTime>("now");
    QTest::addColumn<int>("told");
    QTest::addRow("elsewhere") << false << true << QTime(12, 0) << 1;
    QTest::addRow("in front") << true << true << QTime(12, 0) << 0;
    QTest::addRow("not chosen") << false << false << QTime(12, 0) << 0;
    QTest::addRow("quiet") << false << true << QTime(23, 0) << 0;
    QTest::addRow("quiet past midnight") << false << true << QTime(5, 59) << 0;
    QTest::addRow("no longer quiet") << false << true << QTime(6, 0) << 1;
}

void tst_Activity::desktopByKindAndHour()
{
    QFETCH(bool, inFront);
    QFETCH(bool, chosen);
    QFETCH(QTime, now);
    QFETCH(int, told);
    ConsoleSettings settings;
    settings.setTellsOnDesktop(NoticeKind::NodeLost, chosen);
    settings.setQuietHours(QTime(22, 0), QTime(6, 0));
    QList<DesktopNotifier::Message> sent;
    DesktopNotifier notifier(
        settings, [inFront] { return inFront; },
        [&](const DesktopNotifier::Message &message) { sent << message; });
    Notice notice;
    notice.kind = NoticeKind::NodeLost;
    notice.title = u"lost"_s;
    notice.detail = u"<img src=x>"_s;
    notifier.tell(notice, now);
    QCOMPARE(sent.size(), told);
    if (told)
        QCOMPARE(sent[0].body, u"&lt;img src=x&gt;"_s); // [U01] some desktops read markup
}

void tst_Activity::quitAsks()
{
    ConsoleFixture shown(Fleet::Sample);
    const RunRow run = running(shown);
    shown.runs->runs().applyRuns({run});
    QTRY_VERIFY(shown.console->activities().find(run.id));
    shown.find<QAction>("quit")->trigger();
    QVERIFY(shown.window().isVisible());
    QTest::mouseClick(shown.visible("quitStay"), Qt::LeftButton);
    QVERIFY(shown.window().isVisible());
    shown.find<QAction>("quit")->trigger();
    QTest::mouseClick(shown.visible("quitConfirm"), Qt::LeftButton);
    QTRY_VERIFY(!shown.window().isVisible());
}

// The window answers, says since when nothing is new, and holds back what changes something.
void tst_Activity::engineThatDoesNotAnswer()
{
    ConsoleFixture shown(Fleet::Sample);
    std::function<void()> late;
    bool silent = false;
    shown.console->watchEngine([&](std::function<void()> answered) {
        if (silent)
            late = std::move(answered);
        else
            QMetaObject::invokeMethod(&shown.window(), std::move(answered), Qt::QueuedConnection);
    });
    QTest::qWait(50);
    QCOMPARE(shown.window().status().text(u"engine"_s), u"Engine: local"_s);
    silent = true;
    QTRY_VERIFY_WITH_TIMEOUT(shown.window().status().text(u"engine"_s).startsWith(u"Engine busy for"_s),
                             8000);
    QTRY_COMPARE_WITH_TIMEOUT(shown.window().banner().statement(), u"The engine is not responding."_s, 15000);
    QVERIFY(!shown.find<QPushButton>("runOnNodes")->isEnabled());
    // Neither a press nor a key sends what is in a sheet; what only reads goes on.
    shown.find<DataTable>("fleetTable")->select(shown.fleet->nodes().idAt(1));
    shown.find<DataTable>("fleetTable")->setFocus();
    QTest::keyClick(shown.find<DataTable>("fleetTable"), Qt::Key_F2);
    auto *rename = static_cast<QPushButton *>(shown.visible("renameConfirm"));
    QVERIFY(rename);
    QTest::keyClicks(QApplication::focusWidget(), u"x"_s);
    QTest::mouseClick(rename, Qt::LeftButton);
    QTest::keyClick(rename, Qt::Key_Return);
    QTest::keyClick(rename->window()->focusWidget(), Qt::Key_Return);
    QVERIFY(shown.fleetSource.renames.isEmpty() && shown.visible("renameConfirm"));
    QTest::mouseClick(shown.visible("renameCancel"), Qt::LeftButton);
    QTest::mouseClick(shown.find<QAbstractButton>("nav-audit"), Qt::LeftButton); // reading goes on
    QCOMPARE(shown.window().address(), u"audit"_s);
    QVERIFY(late);
    silent = false;
    late();
    QTRY_VERIFY(shown.window().banner().statement().isEmpty());
    QVERIFY(shown.find<QPushButton>("runOnNodes")->isEnabled());
    QCOMPARE(shown.window().status().text(u"engine"_s), u"Engine: local"_s);
    shown.window().openAddress(u"fleet"_s);
    shown.find<DataTable>("fleetTable")->setFocus();
    QTest::keyClick(shown.find<DataTable>("fleetTable"), Qt::Key_F2);
    QTest::mouseClick(shown.visible("renameConfirm"), Qt::LeftButton); // goes again
    QCOMPARE(shown.fleetSource.renames.size(), 1);
}

void tst_Activity::docksAreKept()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.find<QAction>("dock-activity-toggle")->trigger();
    QVERIFY(shown.visible("activityPanel"));
    shown.console->setLanguage(u"ja"_s);
    QCoreApplication::processEvents();
    QTRY_VERIFY(shown.visible("activityPanel"));
    shown.find<QAction>("resetLayout")->trigger();
    QCoreApplication::processEvents();
    QVERIFY(!shown.visible("activityPanel"));
}

void tst_Activity::listsAreBounded()
{
    ActivityList activities;
    Activity each;
    for (int i = 0; i < 1000; ++i) {
        each.id = QString::number(i);
        each.state = StateKind::Running;
        activities.put(each);
        each.state = StateKind::Success;
        activities.put(each);
    }
    QCOMPARE(activities.all().size(), ActivityList::kMostEnded);
    QCOMPARE(activities.all()[0].id, u"999"_s);
    NoticeList notices;
    for (int i = 0; i < 1000; ++i) {
        Notice notice;
        notice.about = QString::number(i);
        notices.add(notice);
    }
    QCOMPARE(notices.all().size(), NoticeList::kMost);
}

FB_TEST(tst_Activity)

}

#include "tst_activity.moc"
