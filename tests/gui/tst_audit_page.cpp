#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/charts/count_bar_chart.h"
#include "ui/shared/audit/audit_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/table_bar.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

Q_DECLARE_METATYPE(fb::AuditVerification)

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// The audit page over entries of the test's choice, by keys and clicks.
class tst_AuditPage : public QObject
{
    Q_OBJECT
private slots:
    void detailAndRaw();
    void changesSideBySideAndLink();
    void chartFilters();
    void brokenChainIsTold();
    void filters();
    void verification_data();
    void verification();
    void olderEntries();
    void searchesOlderEntries();
    void exportReadsOlderEntriesFirst();
    void exportKeepsItsFilter();
    void newEntriesMoveNothing();
    void emptyAndProblem();
    void hostileTargets();
};

void tst_AuditPage::detailAndRaw()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"audit"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->model()->rowCount(), 24);
    QCOMPARE(table->model()->index(0, 0).data(IdRole).toString(), u"1200"_s); // the newest is on top
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Down);
    auto *pane = shown.visible("recordPane");
    QVERIFY(pane);
    QCOMPARE(pane->findChild<QLabel *>(u"recordTitle"_s)->text(), u"ssm:StartSession"_s);
    pane->findChild<QTabBar *>(u"recordTabs"_s)->setCurrentIndex(1);
    QVERIFY(pane->findChild<QPlainTextEdit *>(u"recordRawText"_s)->toPlainText().contains(u"MaxConcurrency"));
    QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(!shown.visible("recordPane"));
    QTest::keyClick(table, Qt::Key_Down); // closed by hand: stays closed
    QVERIFY(!shown.visible("recordPane"));
    QCOMPARE(shown.window().link(), u"audit?row=1197"_s);
}

// Before and after of each field, and the way to what was acted on.
void tst_AuditPage::changesSideBySideAndLink()
{
    ConsoleFixture shown(Fleet::Empty);
    AuditLogRow row = FakeAuditSource::sample(shown.auditSource.now()).first();
    row.target = u"mi-0c41f7b29d83a65e2"_s;
    row.diff = u"{\"Name\":{\"from\":\"web-1\",\"to\":\"web-2\"},\"Tags\":{\"from\":[],\"to\":[{\"Key\":"
               u"\"env\"}]},"
               "\"Reason\":\"moved\"}"_s;
    QCOMPARE(AuditTable::changes(row),
             (QList<AuditTable::Change> {{u"Name"_s, u"web-1"_s, u"web-2"_s},
                                         {u"Tags"_s, u"[]"_s, u"[{\"Key\":\"env\"}]"_s}}));
    shown.auditSource.values = {row};
    shown.audit->start();
    shown.window().openAddress(u"audit"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Home);
    table->setCurrentIndex(table->model()->index(0, 0));
    QTRY_VERIFY(shown.visible("recordPane"));
    QStringList texts;
    for (const QLabel *label : shown.visible("recordPane")->findChildren<QLabel *>())
        texts << label->text();
    QVERIFY2(texts.contains(u"web-1"_s) && texts.contains(u"web-2"_s), qPrintable(texts.join(u'|')));
    QTest::mouseClick(shown.find<QPushButton>("auditTarget"), Qt::LeftButton);
    QVERIFY2(shown.window().link().startsWith(u"fleet"_s), qPrintable(shown.window().link()));

    for (const QString &target :
         {u"mi-0c41f7b29d83a65e"_s, u"a/mi-0c41f7b29d83a65e2/x"_s, u"../document/x"_s, u"x"_s}) {
        row.target = target;
        QVERIFY2(AuditTable::addressOf(row).isEmpty(), qPrintable(target));
    }
    row.target = u"arn:aws:ssm:eu-1:000000000000:document/Fb-Web"_s;
    QCOMPARE(AuditTable::addressOf(row), u"documents?row=Fb-Web"_s);
}

// A bar, by mouse and by keys, shows its period alone; a word of the legend its kind.
void tst_AuditPage::chartFilters()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"audit"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->model()->rowCount(), 24);
    QTRY_VERIFY(shown.visible("auditChart"));
    auto *chart = shown.find<CountBarChart>("auditChart");
    auto *area = shown.find<CountBarArea>("auditChartArea");
    QTRY_VERIFY(!chart->bars().isEmpty());
    int total = 0;
    for (const CountBar &bar : chart->bars())
        total += bar.total();
    QCOMPARE(total, 24);
    const CountBar last = chart->bars().last();
    QTest::mouseClick(area, Qt::LeftButton, {}, area->barAt(chart->bars().size() - 1).center());
    QTRY_COMPARE(table->model()->rowCount(), last.total());
    QTRY_VERIFY(chart->bars().first().from >= last.from); // the chart has come closer
    shown.find<FilterLine>("auditFilter")->clear();
    QTRY_COMPARE(table->model()->rowCount(), 24);
    QTRY_COMPARE(chart->bars().last(), last);
    area->setFocus();
    QTest::keyClick(area, Qt::Key_End);
    QVERIFY2(area->accessibleDescription().contains(QString::number(last.total())),
             qPrintable(area->accessibleDescription()));
    QTest::keyClick(area, Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), last.total());
    shown.find<FilterLine>("auditFilter")->clear();
    emit chart->kindChosen(AuditTable::Denied);
    QTRY_COMPARE(table->model()->rowCount(), 1);
}

void tst_AuditPage::brokenChainIsTold()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"audit"_s);
    QVERIFY(shown.auditSource.broken);
    shown.auditSource.broken(
        {.intact = false, .entries = 24, .firstBad = 1187, .problem = u"the entry is missing"_s});
    QTRY_COMPARE(shown.find<Banner>("auditBanner")->statement(), u"The chain breaks at entry 1,187."_s);
}

void tst_AuditPage::filters()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"audit?filter=result%3DAccessDeniedException"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QTest::keyClick(&shown.window(), Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"zzz"_s);
    QTRY_VERIFY(shown.visible("auditClearFilters"));
    QTest::mouseClick(shown.find<QPushButton>("auditClearFilters"), Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 24);
}

void tst_AuditPage::verification_data()
{
    QTest::addColumn<AuditVerification>("result");
    QTest::addColumn<QString>("statement");
    QTest::addRow("whole") << AuditVerification {.intact = true, .entries = 24} << u"The chain is intact."_s;
    QTest::addRow("broken") << AuditVerification {.entries = 24,
                                                  .firstBad = 1187,
                                                  .problem = u"the entry is missing"_s}
                            << u"The chain breaks at entry 1,187."_s;
    QTest::addRow("unreadable") << AuditVerification {.error = {.kind = ShownError::Kind::Unavailable,
                                                                .code = u"ServiceUnavailable"_s,
                                                                .message = u"store gone"_s}}
                                << u"The audit log could not be verified."_s;
}

void tst_AuditPage::verification()
{
    QFETCH(AuditVerification, result);
    QFETCH(QString, statement);
    ConsoleFixture shown(Fleet::Sample);
    shown.auditSource.verification = result;
    shown.window().openAddress(u"audit"_s);
    auto *verify = shown.find<QPushButton>("verifyAudit");
    QTest::mouseClick(verify, Qt::LeftButton);
    QVERIFY(!verify->isEnabled()); // it runs
    QTRY_VERIFY(verify->isEnabled());
    QTRY_COMPARE(shown.find<Banner>("auditBanner")->statement(), statement);
}

void tst_AuditPage::olderEntries()
{
    ConsoleFixture shown(Fleet::Empty);
    const QList<AuditLogRow> all = FakeAuditSource::sample(shown.auditSource.now());
    shown.auditSource.values = all.first(10);
    shown.auditSource.olderPages = {all.mid(10, 10), all.mid(20)};
    shown.audit->start();
    shown.window().openAddress(u"audit"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->model()->rowCount(), 10);
    auto *older = shown.find<QPushButton>("auditOlder");
    QTRY_VERIFY(older->isVisible());
    QTest::mouseClick(older, Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 20);
    QTRY_VERIFY(older->isEnabled());
    QTest::mouseClick(older, Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 24);
    QTRY_VERIFY(!older->isVisible()); // the oldest is here
}

// A filter and an export see what is still in the store.
void tst_AuditPage::searchesOlderEntries()
{
    ConsoleFixture shown(Fleet::Empty);
    const QList<AuditLogRow> all = FakeAuditSource::sample(shown.auditSource.now());
    shown.auditSource.values = all.first(10);
    shown.auditSource.olderPages = {all.mid(10, 5), all.mid(15, 5), all.mid(20)};
    shown.auditSource.olderPages.last().last().target = u"needle-in-the-oldest"_s;
    shown.audit->start();
    shown.window().openAddress(u"audit"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->model()->rowCount(), 10);
    auto *older = shown.find<QPushButton>("auditOlder");
    QTRY_VERIFY(older->isVisible());
    QTest::keyClicks(shown.find<QLineEdit>("auditFilterEdit"), u"needle"_s);
    QCOMPARE(table->model()->rowCount(), 0);
    QCOMPARE(older->text(), u"Search older entries"_s);
    QVERIFY(older->isVisible());
    QTRY_COMPARE(table->model()->rowCount(), 1); // by itself, after a pause in typing
    QVERIFY(!older->isVisible());
}

void tst_AuditPage::exportReadsOlderEntriesFirst()
{
    ConsoleFixture shown(Fleet::Empty);
    const QList<AuditLogRow> all = FakeAuditSource::sample(shown.auditSource.now());
    shown.auditSource.values = all.first(10);
    shown.auditSource.olderPages = {all.mid(10, 5), all.mid(15, 5), all.mid(20)};
    shown.audit->start();
    shown.window().openAddress(u"audit"_s);
    QTRY_COMPARE(shown.find<DataTable>("auditTable")->model()->rowCount(), 10);
    const QString file = shown.folder.filePath(u"audit.csv"_s);
    shown.window().page()->findChild<TableBar *>()->exportTo({file, TextForm::Csv, false, {}});
    shown.find<FilterLine>("auditFilter")->clear(); // changes nothing, and stops nothing
    QTRY_VERIFY(QFile::exists(file));
    QFile written(file);
    QVERIFY(written.open(QFile::ReadOnly));
    QCOMPARE(written.readAll().count('\n'), 1 + all.size());
}

// What was asked for is what is written, or nothing.
void tst_AuditPage::exportKeepsItsFilter()
{
    ConsoleFixture shown(Fleet::Empty);
    const QList<AuditLogRow> all = FakeAuditSource::sample(shown.auditSource.now());
    shown.auditSource.values = all.first(10);
    shown.auditSource.olderPages = {all.mid(10, 5), all.mid(15)};
    shown.audit->start();
    shown.window().openAddress(u"audit"_s);
    QTRY_COMPARE(shown.find<DataTable>("auditTable")->model()->rowCount(), 10);
    const QString file = shown.folder.filePath(u"audit.csv"_s);
    shown.window().page()->findChild<TableBar *>()->exportTo({file, TextForm::Csv, false, {}});
    shown.find<FilterLine>("auditFilter")->setQuery({u"engine"_s, {}});
    const auto failed = [&] {
        const QList<Activity> activities = shown.console->activities().all();
        return std::any_of(activities.begin(), activities.end(),
                           [](const Activity &each) { return each.state == StateKind::Failed; });
    };
    QTRY_VERIFY(failed());
    QVERIFY(!QFile::exists(file));
}

void tst_AuditPage::newEntriesMoveNothing()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"audit"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->model()->rowCount(), 24);
    table->select(u"1190"_s);
    AuditLogRow fresh = shown.auditSource.values.first();
    fresh.sequence = 1201;
    shown.auditSource.news.arrived({fresh});
    QCOMPARE(table->model()->rowCount(), 25);
    QCOMPARE(table->currentId(), u"1190"_s);
    QCOMPARE(table->selectedIds(), QStringList {u"1190"_s});
    QCOMPARE(table->model()->index(0, 0).data(IdRole).toString(), u"1201"_s);
}

void tst_AuditPage::emptyAndProblem()
{
    ConsoleFixture shown(Fleet::Empty);
    shown.window().openAddress(u"audit"_s);
    QTRY_VERIFY(shown.visible("auditEmpty"));
    shown.auditSource.problem = ShownError {
        .kind = ShownError::Kind::Unavailable, .code = u"ServiceUnavailable"_s, .message = u"gone"_s};
    shown.auditSource.values = FakeAuditSource::sample(shown.auditSource.now());
    shown.audit->start();
    auto *banner = shown.find<Banner>("auditBanner");
    QTRY_VERIFY(banner->isVisible());
    emit banner->actionClicked(); // Try again
    QTRY_COMPARE(shown.find<DataTable>("auditTable")->model()->rowCount(), 24);
    QVERIFY(!banner->isVisible());
}

// [U01] [U04] markup and control characters of targets are text
void tst_AuditPage::hostileTargets()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"audit?row=1195"_s);
    auto *table = shown.find<DataTable>("auditTable");
    QTRY_COMPARE(table->currentId(), u"1195"_s);
    const QModelIndex target = table->currentIndex().siblingAtColumn(AuditTable::Target);
    QCOMPARE(target.data().toString(), u"<img src=file:///etc/passwd> \\x1b[31mred"_s);
    QVERIFY(!target.data(Qt::ToolTipRole).toString().contains(u"<img"));
    const QList<QLabel *> labels = shown.visible("recordPane")->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

FB_TEST(tst_AuditPage)

}

#include "tst_audit_page.moc"
