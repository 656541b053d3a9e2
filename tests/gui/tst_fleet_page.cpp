#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/nodes/fleet/fleet_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/count_tile.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/form_field.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTextDocument>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_FleetPage : public QObject
{
    Q_OBJECT
private slots:
    void tilesFilter();
    void typingFilters();
    void nothingMatches();
    void largeFleetComesPieceByPiece();
    void tokensByKeyboard();
    void checkBoxesSelect();
    void selectionSurvivesUpdates();
    void detailPaneFollows();
    void copyIsNeutralText();
    void hostileNamesStayText();
    void firstRunMakesAnActivation();
    void wrongTagIsSaidAtTheField();
    void refusalIsABanner();
    void problemsStack();
    void aBannerBreaksLongWords();
    void deregisterAsksFirst();

private:
    static QPoint cell(DataTable *table, int row, int x = 60)
    {
        return {x, table->visualRect(table->model()->index(row, 0)).center().y()};
    }
};

void tst_FleetPage::tilesFilter()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    auto *lost = shown.find<CountTile>("tile-2");
    QCOMPARE(lost->count(), 1);
    QTest::mouseClick(lost, Qt::LeftButton);
    QVERIFY(lost->isChecked());
    QCOMPARE(table->model()->rowCount(), 1);
    QTest::mouseClick(lost, Qt::LeftButton); // again: off
    QVERIFY(!lost->isChecked());
    QCOMPARE(table->model()->rowCount(), 26);
}

void tst_FleetPage::typingFilters()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    QTest::keyClick(&shown.window(), Qt::Key_F, Qt::ControlModifier); // Ctrl+F goes to the filter
    auto *edit = shown.find<QLineEdit>("fleetFilterEdit");
    QTRY_VERIFY(edit->hasFocus());
    QTest::keyClicks(edit, u"web tyo"_s);
    QCOMPARE(table->model()->rowCount(), 7);
    QTest::keyClick(edit, Qt::Key_Escape);
    QCOMPARE(table->model()->rowCount(), 26);
}

void tst_FleetPage::nothingMatches()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(!shown.visible("fleetClearFilters"));
    auto *edit = shown.find<QLineEdit>("fleetFilterEdit");
    QTest::keyClicks(edit, u"zzz"_s);
    QVERIFY(shown.visible("fleetClearFilters"));
    QTest::mouseClick(shown.visible("fleetClearFilters"), Qt::LeftButton);
    QCOMPARE(edit->text(), QString());
    QVERIFY(!shown.visible("fleetClearFilters"));
    QCOMPARE(shown.find<DataTable>("fleetTable")->model()->rowCount(), 26);
}

void tst_FleetPage::largeFleetComesPieceByPiece()
{
    ConsoleFixture shown(Fleet::Empty); // for what else the page needs
    FakeFleetSource source;
    FleetViewModel fleet(source);
    FleetPage page(fleet, shown.nodeSource, *shown.demo, *shown.firstSteps, *shown.drafts);
    page.show();
    auto *note = page.findChild<QLabel *>(u"waitingNote"_s);
    QVERIFY(!note->isVisible()); // too short to be noticed
    QTRY_VERIFY(note->isVisible());
    const QList<NodeRow> nodes = FakeFleetSource::sampleFleet(source.m_now);
    emit source.nodesArrived(nodes.mid(0, 5));
    QVERIFY(!note->isVisible());
    auto *table = page.findChild<DataTable *>(u"fleetTable"_s);
    QVERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 5);
    const auto says = [&](const QString &words) {
        const QList<QLabel *> labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text() == words; });
    };
    QVERIFY(says(u"5 nodes so far"_s));
    emit source.nodesArrived(nodes.mid(5));
    emit source.firstListComplete();
    QCOMPARE(table->model()->rowCount(), nodes.size());
    QVERIFY(says(u"26 managed nodes"_s));
}

void tst_FleetPage::tokensByKeyboard()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    auto *line = shown.find<FilterLine>("fleetFilter");
    auto *edit = shown.find<QLineEdit>("fleetFilterEdit");
    QTest::keyClicks(edit, u"tag:role=database "_s);
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(line->query().tokens.size(), 1);
    QVERIFY(edit->text().isEmpty());
    QTest::keyClicks(edit, u"primary"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(edit, Qt::Key_Backspace);
    QTest::keyClick(edit, Qt::Key_Backspace); // the last token
    QVERIFY(line->query().isEmpty());
    QCOMPARE(table->model()->rowCount(), 26);
    QTest::keyClicks(edit, u"colour=red"_s);
    QTest::keyClick(edit, Qt::Key_Return); // no such property: marked, and the last good result stays
    QCOMPARE(table->model()->rowCount(), 26);
    QVERIFY2(line->problem().contains(u"Platform"_s), qPrintable(line->problem()));
    QCOMPARE(edit->accessibleDescription(), line->problem());
    QVERIFY(shown.visible("fleetFilterSuggestionsProblem"));
}

void tst_FleetPage::checkBoxesSelect()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    auto *run = shown.find<QPushButton>("runOnNodes");
    QCOMPARE(run->text(), u"Run a document"_s);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell(table, 1, 16));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell(table, 3, 16));
    QCOMPARE(table->selectedIds().size(), 2);
    QCOMPARE(run->text(), u"Run on 2 nodes"_s);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell(table, 1, 16));
    QCOMPARE(table->selectedIds().size(), 1);
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(run->text(), u"Run on 26 nodes"_s);
    QTest::mouseClick(run, Qt::LeftButton);
    QVERIFY(shown.visible("composer"));
}

void tst_FleetPage::selectionSurvivesUpdates()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    const QString id = shown.fleet->nodes().idAt(10);
    table->select(id);
    NodeRow first = shown.fleetSource.nodes[0];
    NodeRow newcomer = first;
    newcomer.id = u"mi-ffffffffffffffff0"_s;
    newcomer.name = u"aaa-first"_s;
    first.ping = PingState::ConnectionLost;
    emit shown.fleetSource.nodesArrived({first, newcomer});
    QCOMPARE(shown.fleet->nodes().idAt(0), newcomer.id);
    QCOMPARE(table->selectedIds(), QStringList {id});
    QCOMPARE(table->currentId(), id);
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(table->currentId(), shown.fleet->nodes().idAt(12));
}

void tst_FleetPage::detailPaneFollows()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    QVERIFY(!shown.visible("nodePane"));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell(table, 7));
    QVERIFY(shown.visible("nodePane"));
    QCOMPARE(shown.find<QLabel>("nodePaneName")->text(), u"db-tyo-primary"_s);
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(shown.find<QLabel>("nodePaneName")->text(), u"db-tyo-replica"_s);
    QTest::mouseClick(shown.find<QToolButton>("nodePaneClose"), Qt::LeftButton);
    QVERIFY(!shown.visible("nodePane"));
    QTest::keyClick(table, Qt::Key_Up); // closed by hand: stays closed
    QVERIFY(!shown.visible("nodePane"));
    QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(shown.visible("nodePane"));
    QTest::mouseClick(shown.find<QPushButton>("nodePaneRun"), Qt::LeftButton);
    QVERIFY(shown.visible("composer"));
}

// [U06] cells that a spreadsheet would take for a formula
void tst_FleetPage::copyIsNeutralText()
{
    ConsoleFixture shown(Fleet::Sample);
    NodeRow hostile = shown.fleetSource.nodes[0];
    hostile.name = u"=cmd|' /C calc'!A0"_s;
    emit shown.fleetSource.nodesArrived({hostile});
    auto *table = shown.find<DataTable>("fleetTable");
    table->select(hostile.id);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(u"Name\tPing\t"_s));
    QVERIFY2(lines[1].startsWith(u"'=cmd|"_s), qPrintable(lines[1]));
}

// [U01] markup in names and tags stays literal text in labels and tooltips
void tst_FleetPage::hostileNamesStayText()
{
    ConsoleFixture shown(Fleet::Sample);
    NodeRow hostile = shown.fleetSource.nodes[0];
    hostile.name = u"<img src=file:///etc/passwd><b>x</b>"_s;
    hostile.tags = QStringList {u"a=<a href=x>y</a>"_s};
    emit shown.fleetSource.nodesArrived({hostile});
    shown.fleetSource.nodes[0] = hostile;
    auto *table = shown.find<DataTable>("fleetTable");
    table->select(hostile.id);
    auto *name = shown.find<QLabel>("nodePaneName");
    QCOMPARE(name->text(), hostile.name);
    const QList<QLabel *> labels = shown.window().findChildren<QLabel *>();
    QVERIFY(labels.size() > 10);
    for (const QLabel *label : labels)
        QVERIFY2(label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text()),
                 qPrintable(label->text()));
    const QList<QWidget *> widgets = shown.window().findChildren<QWidget *>();
    for (const QWidget *widget : widgets) // Qt guesses rich text in tooltips
        QVERIFY2(!widget->toolTip().contains(u'<'), qPrintable(widget->toolTip()));
    const QModelIndex cellIndex = shown.fleet->nodes().indexOf(hostile.id);
    QCOMPARE(cellIndex.data(Qt::ToolTipRole).toString(), hostile.name.toHtmlEscaped());
}

void tst_FleetPage::firstRunMakesAnActivation()
{
    ConsoleFixture shown(Fleet::Empty);
    QVERIFY(shown.visible("firstRun"));
    QVERIFY(!shown.visible("fleetTable"));
    QTest::keyClicks(shown.find<QLineEdit>("activationTags"), u"env=prod role=web"_s);
    QTest::mouseClick(shown.find<QPushButton>("createActivation"), Qt::LeftButton);
    QTRY_VERIFY(shown.find<QLabel>("installCommand")
                    ->text()
                    .contains(u"--activation-code-file -"_s)); // in no list of processes
    QCOMPARE(shown.fleetSource.wishes.size(), 1);
    QCOMPARE(shown.fleetSource.wishes[0].registrationLimit, 10);
    QCOMPARE(shown.fleetSource.wishes[0].tags, (QStringList {u"env=prod"_s, u"role=web"_s}));
    QTest::mouseClick(shown.find<QToolButton>("copyInstallCommand"), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"printf %s '"_s));
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"--engine wss://"_s));
    QVERIFY(!QGuiApplication::clipboard()->text().contains(u'\\'));
    emit shown.fleetSource.nodesArrived(
        {FakeFleetSource::sampleFleet(shown.fleetSource.m_now)[0]}); // it appears
    QTRY_VERIFY(shown.visible("fleetTable"));
}

void tst_FleetPage::wrongTagIsSaidAtTheField()
{
    ConsoleFixture shown(Fleet::Empty);
    auto *tags = shown.find<QLineEdit>("activationTags");
    QTest::keyClicks(tags, u"prod"_s);
    QTest::keyClick(tags, Qt::Key_Return);
    QVERIFY(shown.fleetSource.wishes.isEmpty());
    auto *field = qobject_cast<FormField *>(tags->parentWidget());
    QVERIFY(field->error().contains(u"key=value"_s));
    QCOMPARE(tags->accessibleDescription(), field->error());
    QTest::keyClicks(tags, u"=x"_s);
    QVERIFY(field->error().isEmpty());
}

void tst_FleetPage::refusalIsABanner()
{
    ConsoleFixture shown(Fleet::Empty);
    shown.fleetSource.refusal = ShownError {.kind = ShownError::Kind::Unavailable,
                                            .code = u"ServiceUnavailable"_s,
                                            .message = u"The engine is stopping."_s};
    QTest::mouseClick(shown.find<QPushButton>("createActivation"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("banner"));
    QCOMPARE(static_cast<Banner *>(shown.visible("banner"))->statement(), u"No activation was created."_s);
    QVERIFY(shown.find<QPushButton>("createActivation")->isEnabled());
}

// Problems stand behind each other; each has its details, which are copied for a report.
void tst_FleetPage::problemsStack()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *banner = shown.find<Banner>("fleetBanner");
    const ShownError busy {.kind = ShownError::Kind::Unavailable,
                           .code = u"ServiceUnavailable"_s,
                           .message = u"The store is busy."_s,
                           .field = u"Nodes[0]"_s};
    const ShownError gone {
        .kind = ShownError::Kind::NotFound, .code = u"InvalidInstanceId"_s, .message = u"gone"_s};
    emit shown.fleetSource.problemArose(busy);
    emit shown.fleetSource.problemArose(gone);
    emit shown.fleetSource.problemArose(gone); // once more is no more
    const auto has = [&](const QString &text) {
        const QList<QLabel *> labels = banner->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    QVERIFY(has(u"gone"_s) && has(u"and 1 more"_s) && !has(u"InvalidInstanceId"_s));
    auto *details = banner->findChild<QToolButton *>(u"bannerDetails"_s);
    QTest::mouseClick(details, Qt::LeftButton);
    QVERIFY(has(u"InvalidInstanceId"_s));
    auto *dismiss = banner->findChild<QToolButton *>(u"bannerDismiss"_s);
    QTest::mouseClick(dismiss, Qt::LeftButton);
    QVERIFY(has(u"The store is busy."_s) && !has(u"more"_s) && !has(u"ServiceUnavailable"_s));
    QTest::mouseClick(details, Qt::LeftButton);
    QTest::mouseClick(banner->findChild<QPushButton *>(u"bannerCopy"_s), Qt::LeftButton);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(u"The store is busy."_s) && copied.contains(u"ServiceUnavailable"_s)
                 && copied.contains(u"Nodes[0]"_s),
             qPrintable(copied));
    QTest::mouseClick(dismiss, Qt::LeftButton);
    QVERIFY(!banner->isVisible());
}

// A path or an ARN has no place to break at: it must neither widen the page nor be cut off.
void tst_FleetPage::aBannerBreaksLongWords()
{
    ConsoleFixture shown(Fleet::Empty); // its style
    Banner banner;
    const QString path = u"/srv/"_s + QString(400, u'x');
    banner.showMessage(Tone::Failed, Icon::FieldError, u"Not saved: "_s + QString(120, u'y'), path);
    banner.resize(500, 40);
    QVERIFY2(banner.minimumSizeHint().width() <= 500,
             qPrintable(QString::number(banner.minimumSizeHint().width())));
    banner.resize(500, banner.heightForWidth(500));
    banner.show();
    QVERIFY(QTest::qWaitForWindowExposed(&banner));
    int found = 0;
    for (const QLabel *label : banner.findChildren<QLabel *>()) {
        if (label->text() != path && !label->text().startsWith(u"Not saved"))
            continue;
        ++found;
        const auto *document = label->findChild<QTextDocument *>();
        QVERIFY(document);
        QVERIFY2(document->size().width() <= label->width(), qPrintable(label->text().left(20)));
        QVERIFY(document->size().height() <= label->height() + 1);
    }
    QCOMPARE(found, 2);
    // Short words stay in one line.
    banner.showMessage(Tone::Success, Icon::Success, u"Saved."_s, u"It is used from now on."_s);
    QTRY_VERIFY(banner.heightForWidth(500) < 60);
}

void tst_FleetPage::deregisterAsksFirst()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    const QString id = shown.fleet->nodes().idAt(7);
    table->select(id);
    QTest::mouseClick(shown.find<QToolButton>("nodePaneMore"), Qt::LeftButton);
    auto *action = shown.find<QAction>("nodeDeregister");
    QVERIFY(action);
    action->trigger();
    QVERIFY(shown.visible("deregisterSheet"));
    QTRY_VERIFY(shown.visible("deregisterCancel")->hasFocus()); // what destroys has not
    QTest::keyClick(shown.visible("deregisterCancel"), Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("deregisterSheet"));
    QVERIFY(shown.fleetSource.deregistered.isEmpty());
    action->trigger();
    QTest::mouseClick(shown.visible("deregisterConfirm"), Qt::LeftButton);
    QCOMPARE(shown.fleetSource.deregistered, QStringList {id});
    QVERIFY(shown.find<QLabel>("nodePaneName")->text()
            != u"db-tyo-primary"_s); // the pane follows the row below
}

FB_TEST(tst_FleetPage)

}

#include "tst_fleet_page.moc"
