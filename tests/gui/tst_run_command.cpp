#include "models/nodes/runcommand/invocation_table_model.h"
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/charts/line_chart.h"
#include "ui/nodes/runcommand/output_view.h"
#include "ui/nodes/runcommand/run_compare_page.h"
#include "ui/nodes/runcommand/run_page.h"
#include "ui/text/diff_view.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/segmented_bar.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/timeline.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_RunCommand : public QObject
{
    Q_OBJECT
private slots:
    void olderRunIsReadForItsLink();
    void emptyPageExplains();
    void composerSends();
    void composerSaysWhatIsWrong();
    void engineErrorsLandOnTheirField();
    void targetsPreview();
    void aRunIsShownLive();
    void groupsCompare();
    void cancelAndAgain();
    void escapeClosesTheSheet();
    void everyTabHasItsPart();
    void partsOfTheBarFilter();
    void onFailedOnlyAndCopy();
    void resultsAreExported();
    void olderRunsComeWhenAskedFor();
    void comparesTwoRuns();
    void comparisonOfARunThatIsGone();
    void comparesManyNodes();
};

void tst_RunCommand::emptyPageExplains()
{
    ConsoleFixture shown(Fleet::Empty);
    shown.window().openAddress(u"run-command"_s);
    QVERIFY(shown.visible("runFirstDocument"));
    QVERIFY(!shown.visible("runsTable"));
    QTest::mouseClick(shown.visible("runFirstDocument"), Qt::LeftButton);
    QVERIFY(shown.visible("composer"));
}

void tst_RunCommand::olderRunIsReadForItsLink()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRow older = FakeRunSource::sampleRun(shown.runSource.m_now);
    older.id = u"11111111-2222-4333-8444-000000000007"_s;
    older.comment = u"long ago"_s;
    shown.runSource.olderRuns = {older};
    shown.window().openAddress(u"run-command?filter=nothing-like-it"_s); // the list hides it
    shown.window().openAddress(u"run-command/"_s + older.id + u"?tab=rate"_s);
    QVERIFY(!qobject_cast<RunPage *>(shown.window().page()));
    QTRY_VERIFY(qobject_cast<RunPage *>(shown.window().page()));
    QCOMPARE(shown.window().page()->view().value(u"tab"_s), u"rate"_s); // as the link says
    QCOMPARE(shown.window().address(), u"run-command/"_s + older.id);
    const QString unknown = u"run-command/11111111-2222-4333-8444-000000000008"_s;
    shown.window().openAddress(unknown);
    QTRY_VERIFY(shown.visible("lateMissing"));
    QTest::mouseClick(shown.visible("lateList"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"run-command"_s);
}

void tst_RunCommand::comparesTwoRuns()
{
    ConsoleFixture shown(Fleet::Sample);
    FakeRunSource &source = shown.runSource;
    const RunRow earlier = FakeRunSource::sampleEarlierRun(source.m_now);
    const RunRow later = FakeRunSource::sampleRun(source.m_now);
    emit source.runsArrived({earlier});
    shown.window().openAddress(u"run-command"_s);
    auto *runs = static_cast<DataTable *>(shown.visible("runsTable"));
    QVERIFY(runs);
    QVERIFY(!shown.visible("runsCompare")->isEnabled());
    runs->select(later.id); // with the one of the same document before it
    QTRY_VERIFY(shown.visible("runsCompare")->isEnabled());
    QTest::mouseClick(shown.visible("runsCompare"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), RunComparePage::addressOf(earlier.id, later.id));
    QVERIFY(source.watched.contains(earlier.id) && source.watched.contains(later.id));

    const auto row = [](int node, const QString &details, int code) {
        InvocationRow made;
        made.nodeId = u"mi-%1"_s.arg(node, 17, 16, QChar(u'0'));
        made.nodeName = u"node-%1"_s.arg(node);
        made.details = details;
        made.responseCode = code;
        return made;
    };
    const auto said = [&](int node, const QByteArray &text) {
        return RunChunk {row(node, {}, 0).nodeId, RunStream::Out, 0, text};
    };
    emit source.invocationsArrived(earlier.id,
                                   {row(1, u"Success"_s, 0), row(2, u"Failed"_s, 3), row(3, u"Success"_s, 0),
                                    row(4, u"Failed"_s, 1), row(5, u"Success"_s, 0)});
    emit source.outputArrived(earlier.id, {said(1, "same\n"), said(2, "a\nb\n"), said(3, "x\n")});
    emit source.invocationsArrived(later.id,
                                   {row(1, u"Success"_s, 0), row(2, u"Success"_s, 0), row(3, u"Failed"_s, 5),
                                    row(4, u"ExecutionTimedOut"_s, 137), row(6, u"Success"_s, 0)});
    emit source.outputArrived(later.id, {said(1, "same\n"), said(2, "a\n\u202ec\n"), said(3, "x\n")});
    auto *table = static_cast<DataTable *>(shown.visible("runChanges"));
    QTRY_COMPARE(table->model()->rowCount(), 6);
    const auto *counts = static_cast<QLabel *>(shown.visible("runChangeCounts"));
    QTRY_COMPARE(counts->text(),
                 u"Worse: 1   Better: 1   Different: 1   Same: 1   First run only: 1   Second run only: 1   "
                 "1 output differs"_s);
    const auto cell
        = [&](int line, int column) { return table->model()->index(line, column).data().toString(); };
    QCOMPARE(cell(0, RunChangeTable::Node), u"node-3"_s); // the worst first
    QCOMPARE(cell(0, RunChangeTable::Code), u"0 \u2192 5"_s);
    table->select(row(2, {}, 0).nodeId);
    auto *diff = static_cast<DiffView *>(shown.visible("runOutputDiff"));
    QTRY_COMPARE(diff->lines().size(), 3);
    QCOMPARE(diff->lines()[1].kind, DiffLine::Kind::Removed);
    QCOMPARE(diff->lines()[2].kind, DiffLine::Kind::Added);
    QVERIFY(!diff->toPlainText().contains(QChar(0x202e))); // [U04] visible
    const auto *summary = static_cast<QLabel *>(shown.visible("runOutputSummary"));
    QCOMPARE(summary->text(), u"2 lines of the output differ"_s);
    table->select(row(1, {}, 0).nodeId);
    QTRY_COMPARE(summary->text(), u"The output is the same."_s);
    QVERIFY(shown.window().link().contains(row(1, {}, 0).nodeId)); // the address says which

    QTest::mouseClick(shown.visible("compareSwap"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), RunComparePage::addressOf(later.id, earlier.id));
}

void tst_RunCommand::comparisonOfARunThatIsGone()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString gone = u"11111111-2222-4333-8444-000000000008"_s;
    shown.window().openAddress(
        RunComparePage::addressOf(FakeRunSource::sampleRun(shown.runSource.m_now).id, gone));
    QTRY_VERIFY(shown.visible("lateMissing"));
}

void tst_RunCommand::comparesManyNodes()
{
    FakeRunSource source;
    const RunRow first = FakeRunSource::sampleEarlierRun(source.m_now);
    const RunRow second = FakeRunSource::sampleRun(source.m_now);
    RunComparison comparison(source, first, second);
    QList<InvocationRow> rows;
    for (int i = 0; i < 10'000; ++i) {
        InvocationRow row;
        row.nodeId = u"mi-%1"_s.arg(i, 17, 16, QChar(u'0'));
        row.details = u"Success"_s;
        rows << row;
    }
    emit source.invocationsArrived(first.id, rows);
    for (InvocationRow &row : rows)
        row.details = row.nodeId.endsWith(u'0') ? u"Failed"_s : u"Success"_s;
    emit source.invocationsArrived(second.id, rows);
    QTRY_COMPARE(comparison.count(RunChange::Worse), 625);
    QCOMPARE(comparison.count(RunChange::Same), 9'375);
    QCOMPARE(comparison.rows().totalRows(), 10'000);
}

void tst_RunCommand::composerSends()
{
    ConsoleFixture shown(Fleet::Sample);
    QTest::keyClick(&shown.window(), Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(shown.visible("composer"));
    auto *commands = shown.find<QPlainTextEdit>("parameter-commands");
    QVERIFY(commands);
    QTest::keyClicks(commands, u"uptime"_s);
    QTest::keyClick(commands, Qt::Key_Return);
    QTest::keyClicks(commands, u"df -h /"_s);
    QTest::keyClicks(shown.find<QLineEdit>("parameter-workingDirectory"), u"/tmp"_s);
    QTest::keyClicks(shown.find<QLineEdit>("composerComment"), u"How are you"_s);
    auto *send = shown.find<QPushButton>("composerSend");
    QCOMPARE(send->text(), u"Run"_s); // nothing is chosen: never everything by accident
    QTest::mouseClick(shown.visible("targetsAll"), Qt::LeftButton, {}, QPoint(8, 8));
    QCOMPARE(send->text(), u"Run on 26 nodes"_s);
    QTest::mouseClick(send, Qt::LeftButton);
    QVERIFY(shown.runSource.sentRequests.isEmpty()); // to all nodes: their number is typed first
    auto *really = shown.find<QPushButton>("sendRunConfirm");
    QVERIFY(!really->isEnabled());
    QTest::keyClicks(shown.find<QLineEdit>("sendRunTyped"), u"26"_s);
    QTest::mouseClick(really, Qt::LeftButton);
    QTRY_COMPARE(shown.window().address(), u"run-command/"_s + FakeRunSource::sampleRun({}).id);
    const RunRequest sent = shown.runSource.sentRequests.value(0);
    QCOMPARE(sent.documentName, u"AWS-RunShellScript"_s);
    QCOMPARE(sent.parameters.value(u"commands"_s), (QStringList {u"uptime"_s, u"df -h /"_s}));
    QCOMPARE(sent.parameters.value(u"workingDirectory"_s), QStringList {u"/tmp"_s});
    QVERIFY(!sent.parameters.contains(u"executionTimeout"_s)); // at its default
    QVERIFY(sent.targets.all);
    QCOMPARE(sent.comment, u"How are you"_s);
    QCOMPARE(sent.timeout, std::chrono::seconds(600));
    QTRY_VERIFY(!shown.visible("composer"));
}

void tst_RunCommand::composerSaysWhatIsWrong()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    auto *commands = shown.find<QPlainTextEdit>("parameter-commands");
    auto *concurrency = shown.find<QLineEdit>("composerConcurrency");
    concurrency->setText(u"0"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QVERIFY(shown.runSource.sentRequests.isEmpty());
    QVERIFY(commands->hasFocus()); // the first wrong field
    QVERIFY(!qobject_cast<FormField *>(commands->parentWidget())->error().isEmpty());
    QVERIFY(qobject_cast<FormField *>(concurrency->parentWidget())->error().contains(u"100%"_s));
    QTest::keyClicks(commands, u"true"_s); // live while wrong
    QVERIFY(qobject_cast<FormField *>(commands->parentWidget())->error().isEmpty());
    for (const char *right : {"1", "50", "10%", "100%"}) {
        concurrency->setText(QString::fromLatin1(right));
        shown.runSource.refusal = ShownError {.code = u"X"_s};
        QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
        QTRY_VERIFY(shown.find<QPushButton>("composerSend")->isEnabled());
    }
    QCOMPARE(shown.runSource.sentRequests.size(), 4);
}

void tst_RunCommand::engineErrorsLandOnTheirField()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    auto *commands = shown.find<QPlainTextEdit>("parameter-commands");
    commands->setPlainText(u"true"_s);
    shown.runSource.refusal = ShownError {.kind = ShownError::Kind::WrongInput,
                                          .code = u"InvalidParameters"_s,
                                          .message = u"commands is too long."_s,
                                          .field = u"Parameters.commands[0]"_s};
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QTRY_COMPARE(qobject_cast<FormField *>(commands->parentWidget())->error(), u"commands is too long."_s);
    shown.runSource.refusal = ShownError {.code = u"InvalidDocument"_s, .message = u"No such document."_s};
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("composerBanner"));
    QVERIFY(shown.visible("composer")); // nothing typed is lost
    QCOMPARE(commands->toPlainText(), u"true"_s);
}

void tst_RunCommand::targetsPreview()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    QVERIFY(shown.find<QRadioButton>("targetsByNodes")->isChecked());
    QCOMPARE(shown.find<QRadioButton>("targetsByNodes")->text(), u"db-tyo-primary"_s);
    auto *tags = shown.find<QLineEdit>("targetTags");
    auto *preview = shown.find<QLabel>("targetPreview");
    QTest::keyClicks(tags, u"role=web site=osa"_s);
    QVERIFY(shown.find<QRadioButton>("targetsByTags")->isChecked());
    QCOMPARE(preview->text(), u"Matches 2 nodes now (1 offline)."_s);
    tags->setText(u"role=web role=database site=tyo"_s); // (web or database) and tyo
    QCOMPARE(preview->text(), u"Matches 9 nodes now."_s);
    tags->setText(u"role=none"_s);
    QCOMPARE(preview->text(), u"Matches no node now."_s);
    tags->setText(u"web"_s);
    shown.find<QPlainTextEdit>("parameter-commands")->setPlainText(u"true"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QVERIFY(preview->text().contains(u"key=value"_s));
    QVERIFY(shown.runSource.sentRequests.isEmpty());
}

void tst_RunCommand::aRunIsShownLive()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString id = FakeRunSource::sampleRun({}).id;
    shown.window().openAddress(u"run-command/"_s + id);
    QCOMPARE(shown.find<QLabel>("runDone")->text(), u"179 of 214 nodes done"_s);
    InvocationRow row;
    row.nodeId = u"mi-1"_s;
    row.nodeName = u"web-1"_s;
    row.details = u"InProgress"_s;
    emit shown.runSource.invocationsArrived(id, {row});
    emit shown.runSource.outputArrived(id, {{row.nodeId, RunStream::Out, 0, "first\n"}});
    auto *view = shown.find<OutputView>("outputView");
    QTRY_COMPARE(view->toPlainText(), u"first\n"_s); // while it runs
    emit shown.runSource.outputArrived(id, {{row.nodeId, RunStream::Out, 6, "second\n"}});
    QCOMPARE(view->toPlainText(), u"first\nsecond\n"_s);
    row.details = u"Success"_s;
    row.responseCode = 0;
    emit shown.runSource.invocationsArrived(id, {row});
    QTRY_COMPARE(shown.find<QLabel>("outputTitle")->text(), u"web-1"_s);
    QCOMPARE(view->toPlainText().trimmed(), u"first\nsecond"_s);
    QCOMPARE(shown.find<QLabel>("runDone")->text(), u"1 of 1 node done"_s);
}

void tst_RunCommand::groupsCompare()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id);
    shown.runSource.playSampleRun();
    auto *list = static_cast<QListView *>(shown.visible("outputList"));
    QTRY_COMPARE(list->model()->rowCount(), 8); // six groups, running, waiting
    list->setCurrentIndex(list->model()->index(1, 0));
    QCOMPARE(shown.find<QLabel>("outputTitle")->text(), u"16 nodes with the same output"_s);
    auto *groupNodes = shown.find<DataTable>("groupNodes");
    QCOMPARE(groupNodes->model()->rowCount(), 16);
    auto *compare = shown.find<QCheckBox>("compareWithLargest");
    QVERIFY(compare->isVisible());
    list->setCurrentIndex(list->model()->index(0, 0));
    QVERIFY(!compare->isVisible()); // the largest is compared with nothing
    QCOMPARE(groupNodes->model()->rowCount(), 147);
    QVERIFY(!(list->model()->flags(list->model()->index(6, 0)) & Qt::ItemIsSelectable));
    QTest::keyClick(shown.find<QComboBox>("runNodesBy"), Qt::Key_Down);
    auto *targets = shown.find<DataTable>("targetTable");
    QCOMPARE(targets->model()->rowCount(), 214);
    targets->setCurrentIndex(targets->model()->index(0, 0));
    QTRY_VERIFY(!shown.find<OutputView>("targetOutput")->toPlainText().isEmpty());
}

void tst_RunCommand::cancelAndAgain()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRow run = FakeRunSource::sampleRun(shown.runSource.m_now);
    shown.window().openAddress(u"run-command/"_s + run.id);
    auto *cancel = shown.find<QPushButton>("runCancel");
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(shown.runSource.cancelled.isEmpty()); // it says first what it can do
    const QList<QLabel *> words = shown.visible("cancelRunSheet")->findChildren<QLabel *>();
    QVERIFY(std::any_of(words.begin(), words.end(), [](const QLabel *label) {
        return label->text().contains(u"23 nodes that have not started are skipped."_s)
            && label->text().contains(u"12 running nodes are asked to stop"_s);
    }));
    QTest::mouseClick(shown.visible("cancelRunConfirm"), Qt::LeftButton);
    QCOMPARE(shown.runSource.cancelled, QStringList {run.id});
    run.details = u"Cancelled"_s;
    emit shown.runSource.runsArrived({run});
    QVERIFY(!cancel->isVisible());
    QTest::mouseClick(shown.find<QPushButton>("runAgain"), Qt::LeftButton);
    QVERIFY(shown.visible("composer"));
    QCOMPARE(shown.find<QPlainTextEdit>("parameter-commands")->toPlainText(), u"needrestart -b"_s);
    QCOMPARE(shown.find<QLineEdit>("targetTags")->text(), u"env=prod"_s);
    QCOMPARE(shown.find<QLineEdit>("composerErrors")->text(), u"10%"_s);
}

void tst_RunCommand::escapeClosesTheSheet()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({});
    QTest::keyClick(shown.find<QPlainTextEdit>("parameter-commands"), Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("composer"));
}

void tst_RunCommand::everyTabHasItsPart()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString address = u"run-command/"_s + FakeRunSource::sampleRun({}).id;
    shown.window().openAddress(address + u"?tab=events"_s);
    shown.runSource.playSampleRun();
    auto *bar = shown.find<QTabBar>("runTabs");
    QStringList titles;
    for (int tab = 0; tab < bar->count(); ++tab)
        titles << bar->tabText(tab).section(u" ("_s, 0, 0);
    QCOMPARE(
        titles,
        (QStringList {u"Summary"_s, u"Nodes"_s, u"Rate and timing"_s, u"Events"_s, u"History"_s, u"Raw"_s}));
    auto *events = shown.find<Timeline>("runEvents");
    QVERIFY(events->isVisible());
    QTRY_COMPARE(events->count(), 191 + 179 + 2); // starts, ends, and what the run itself went through
    bar->setFocus();
    QTest::keyClick(bar, Qt::Key_Right);
    auto *history = shown.find<Timeline>("runHistory");
    QTRY_COMPARE(history->count(), 1);
    QVERIFY(history->textOf(0).contains(u"m.tanaka sent it"_s));
    QTest::keyClick(bar, Qt::Key_Right);
    const QJsonDocument raw = QJsonDocument::fromJson(shown.find<TextViewer>("runRaw")->text().toUtf8());
    QCOMPARE(raw[u"Command"_s][u"DocumentName"_s].toString(), u"AWS-RunShellScript"_s);
    QCOMPARE(raw[u"CommandInvocations"_s].toArray().size(), 214);
    shown.window().openAddress(address + u"?tab=rate"_s);
    auto *chart = shown.find<LineChart>("runChart");
    QTRY_COMPARE(chart->shownSeries().size(), 3);
    QCOMPARE(chart->shownSeries()[2].points.last().value, 179.0);
    QCOMPARE(chart->shownSeries()[1].points.last().value, 8.0);
    QVERIFY(shown.find<Timeline>("runMilestones")->count() >= 3);
}

void tst_RunCommand::partsOfTheBarFilter()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id + u"?tab=summary"_s);
    shown.runSource.playSampleRun();
    auto *bar = shown.window().page()->findChild<SegmentedBar *>();
    QVERIFY(bar->isVisible());
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->placeOf(StateKind::Failed).center());
    auto *nodes = static_cast<DataTable *>(shown.visible("targetTable"));
    QVERIFY(nodes);
    QCOMPARE(nodes->model()->rowCount(), 6);
    const QString address = shown.window().address() + u'?' + shown.window().page()->view().text();
    shown.window().openAddress(u"fleet"_s);
    shown.window().openAddress(address); // the filter is part of it
    shown.runSource.playSampleRun();
    nodes = static_cast<DataTable *>(shown.visible("targetTable"));
    QVERIFY(nodes);
    QTRY_COMPARE(nodes->model()->rowCount(), 6);
}

void tst_RunCommand::onFailedOnlyAndCopy()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id);
    shown.runSource.playSampleRun();
    shown.find<QAction>("runAgainFailed")->trigger();
    QVERIFY(shown.visible("composer"));
    QCOMPARE(shown.find<QRadioButton>("targetsByNodes")->text(), u"8 chosen nodes"_s);
    QTest::keyClick(shown.visible("composer"), Qt::Key_Escape);
    QTRY_VERIFY(!shown.find<QWidget>("composer"));
    shown.find<QAction>("runCopyToNew")->trigger();
    QCOMPARE(shown.find<QPlainTextEdit>("parameter-commands")->toPlainText(), u"needrestart -b"_s);
    QVERIFY(shown.find<QRadioButton>("targetsByTags")->isChecked()); // and no tag yet: never all by accident
    QVERIFY(shown.find<QLineEdit>("targetTags")->text().isEmpty());
    QVERIFY(shown.find<QLineEdit>("composerComment")->text().isEmpty());
}

void tst_RunCommand::resultsAreExported()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id + u"?by=node"_s);
    shown.runSource.playSampleRun();
    InvocationRow row;
    row.nodeId = u"mi-0ffffffffffffffff"_s;
    row.nodeName = u"=HYPERLINK(\"x\")"_s;
    row.details = u"Success"_s;
    row.responseCode = 0;
    const QString id = FakeRunSource::sampleRun({}).id;
    emit shown.runSource.invocationsArrived(id, {row});
    emit shown.runSource.outputArrived(id, {{row.nodeId, RunStream::Out, 0, "=1+1\n"}});
    auto *bar = shown.window().page()->findChild<TableBar *>();
    QTemporaryDir folder;
    // The column of outputs is chosen like any other.
    shown.find<DataTable>("targetTable")
        ->setColumnHidden(static_cast<int>(InvocationTableModel::Column::Output), false);
    const auto written = [&](TextForm form) {
        const QString file = folder.filePath(u"nodes"_s);
        bar->exportTo({.file = file, .form = form, .byteOrderMark = false, .columns = {}});
        static_cast<void>(QTest::qWaitFor([&] { return QFile::exists(file); }));
        QFile in(file);
        const QByteArray bytes = in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
        in.remove();
        return bytes;
    };
    const QByteArray csv = written(TextForm::Csv);
    QVERIFY(csv.contains("'=HYPERLINK")); // no formula for a spreadsheet
    QVERIFY(csv.contains("'=1+1"));
    QVERIFY(csv.contains("NEEDRESTART-KCUR: 6.1.0-27-amd64"));
    const QJsonArray json = QJsonDocument::fromJson(written(TextForm::Json)).array();
    QCOMPARE(json.size(), 215); // all rows
}

void tst_RunCommand::olderRunsComeWhenAskedFor()
{
    ConsoleFixture shown(Fleet::Sample);
    for (int i = 0; i < 3000; ++i) {
        RunRow run = FakeRunSource::sampleRun(shown.runSource.m_now - std::chrono::hours(i + 1));
        run.id = u"00000000-0000-4000-8000-%1"_s.arg(i, 12, 10, QChar(u'0'));
        run.details = u"Success"_s;
        shown.runSource.olderRuns << run;
    }
    emit shown.runSource.olderRead(true);
    shown.window().openAddress(u"run-command"_s);
    auto *table = shown.find<DataTable>("runsTable");
    const int before = table->model()->rowCount();
    QWidget *older = shown.visible("runsOlder");
    QVERIFY(older);
    QTest::mouseClick(older, Qt::LeftButton);
    QVERIFY(!older->isEnabled()); // once at a time
    QTRY_COMPARE(table->model()->rowCount(), before + 3000);
    QTRY_VERIFY(!older->isVisible()); // that was all
}

FB_TEST(tst_RunCommand)

}

#include "tst_run_command.moc"
