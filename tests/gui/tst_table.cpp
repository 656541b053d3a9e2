#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/table_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Fleet = ConsoleFixture::Fleet;
using Column = NodeTableModel::Column;

// The table of every page (ux.md 3), on the fleet's.
class tst_Table : public QObject
{
    Q_OBJECT
private slots:
    void sortsByTheFirstColumnDescending();
    void sortsBySeveralColumns();
    void keysOfARow();
    void typesAhead();
    void menuRepeatsTheToolbar();
    void foldsColumns();
    void theFirstColumnStays();
    void copiesInFourForms();
    void nothingMovesUnderTheReader();
    void changedCellsAreTinted();
    void savedViews();
    void deletedViewComesBack();
    void undoKeepsWhatWasSavedSince();
    void aViewIsNotReplacedUnasked();
    void exportsAllMatches_data();
    void exportsAllMatches();
    void exportThatCannotBeWritten();
    void rowsThatGoWhileExported();

private:
    static QPoint head(DataTable *table, Column column)
    {
        const int section = static_cast<int>(column);
        QHeaderView *header = table->horizontalHeader();
        return {header->sectionViewportPosition(section) + header->sectionSize(section) / 2,
                header->height() / 2};
    }
    static QMenu *popup() { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); }
    static QStringList namesIn(const QMenu *menu)
    {
        QStringList texts;
        for (const QAction *action : menu->actions()) {
            if (!action->isSeparator())
                texts << action->text();
        }
        return texts;
    }
    static QAction *entry(const QMenu *menu, const QString &beginning)
    {
        for (QAction *action : menu->actions()) {
            if (action->text().startsWith(beginning))
                return action;
        }
        return nullptr;
    }
    static QMenu *viewsMenu(ConsoleFixture &shown)
    {
        QMenu *menu = shown.find<QPushButton>("fleetViews")->menu();
        emit menu->aboutToShow();
        return menu;
    }
    static QByteArray contentOf(const QString &name)
    {
        QFile file(name);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
};

// The header of Qt begins at "column 0, descending", where asking for just that would sort nothing.
void tst_Table::sortsByTheFirstColumnDescending()
{
    const ConsoleFixture shown(Fleet::Empty); // its style
    NodeTableModel model;
    DataTable table(u"table"_s);
    table.setUp(&model, {{int(Column::Name), CellKind::Name, 10, true}}, false);
    QVERIFY(table.sortKeys().isEmpty());
    table.horizontalHeader()->setSortIndicator(int(Column::Name), Qt::DescendingOrder);
    const QList<SortKey> wanted {{int(Column::Name), Qt::DescendingOrder}};
    QCOMPARE(table.sortKeys(), wanted);
    model.applyNodes({{.id = u"mi-1"_s, .name = u"a"_s},
                      {.id = u"mi-2"_s, .name = u"c"_s},
                      {.id = u"mi-3"_s, .name = u"b"_s}});
    QCOMPARE((QStringList {model.idAt(0), model.idAt(1), model.idAt(2)}),
             (QStringList {u"mi-2"_s, u"mi-3"_s, u"mi-1"_s}));
}

void tst_Table::sortsBySeveralColumns()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    QWidget *header = table->horizontalHeader()->viewport();
    QTest::mouseClick(header, Qt::LeftButton, {}, head(table, Column::Platform));
    QTest::mouseClick(header, Qt::LeftButton, Qt::ShiftModifier, head(table, Column::Cpu));
    QTest::mouseClick(header, Qt::LeftButton, Qt::ShiftModifier, head(table, Column::Cpu));
    const QList<SortKey> both {{int(Column::Platform), Qt::AscendingOrder},
                               {int(Column::Cpu), Qt::DescendingOrder}};
    QCOMPARE(table->sortKeys(), both);
    const auto node = [&](int row) { return *shown.fleet->nodes().node(shown.fleet->nodes().idAt(row)); };
    for (int row = 1; row < table->model()->rowCount(); ++row) {
        const NodeRow before = node(row - 1);
        const NodeRow here = node(row);
        QVERIFY(before.platform < here.platform
                || (before.platform == here.platform && before.cpu >= here.cpu));
    }
    QTest::mouseClick(header, Qt::LeftButton, Qt::ShiftModifier, head(table, Column::Cpu)); // out of it
    QCOMPARE(table->sortKeys().size(), 1);
    table->restoreColumns(table->saveColumns().split(';')[0] + ";+3,-5"); // as a layout keeps it
    QCOMPARE(table->sortKeys(), both);
}

void tst_Table::keysOfARow()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    table->select(shown.fleet->nodes().idAt(2));
    QTest::keyClick(table, Qt::Key_Space); // takes the choice back
    QCOMPARE(table->selectedCount(), 0);
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(table->selectedIds(), QStringList {shown.fleet->nodes().idAt(2)});
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table->selectedCount(), 26);
    table->select(shown.fleet->nodes().idAt(2));
    QTest::keyClick(table, Qt::Key_F2);
    QVERIFY(shown.visible("renameSheet") || shown.visible("sheet"));
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Escape);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(shown.visible("deregisterSheet")); // asks before
    QVERIFY(shown.fleetSource.deregistered.isEmpty());
}

void tst_Table::typesAhead()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, int(Column::Platform)));
    QTest::keyClicks(table, u"mon"_s);
    QCOMPARE(shown.fleet->nodes().node(table->currentId())->name, u"monitor-tyo-01"_s);
}

void tst_Table::menuRepeatsTheToolbar()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    table->select(shown.fleet->nodes().idAt(2));
    QTest::keyClick(table, Qt::Key_F10, Qt::ShiftModifier);
    QMenu *menu = popup();
    QVERIFY(menu);
    const QStringList texts = namesIn(menu);
    QVERIFY2(texts.contains(shown.find<QPushButton>("runOnNodes")->text()), qPrintable(texts.join(u'|')));
    const QList<QAction *> toolbar = shown.find<QPushButton>("fleetActions")->menu()->actions();
    for (const QAction *action : toolbar)
        QVERIFY2(action->isSeparator() || texts.contains(action->text()), qPrintable(action->text()));
    entry(menu, shown.find<QPushButton>("runOnNodes")->text())->trigger();
    QVERIFY(shown.visible("composer"));
}

// In a narrow window columns are left out, the least needed first; what is kept of them does not change.
void tst_Table::foldsColumns()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    shown.window().resize(1440, 900);
    QTRY_VERIFY(!table->isColumnHidden(int(Column::Tags)));
    const QByteArray kept = table->saveColumns();
    const QList<int> chosen = table->shownColumns();
    shown.window().resize(1024, 640);
    table->select(shown.fleet->nodes().idAt(1)); // opens the pane beside
    QTRY_VERIFY(table->isColumnHidden(int(Column::Tags)));
    QVERIFY(!table->isColumnHidden(int(Column::Name)) && !table->isColumnHidden(int(Column::LastPing)));
    QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(table->saveColumns(), kept);
    QCOMPARE(table->shownColumns(), chosen);
    shown.window().resize(1440, 900);
    shown.find<QToolButton>("nodePaneClose")->click();
    QTRY_VERIFY(!table->isColumnHidden(int(Column::Tags)));
}

// First and in view, whatever is moved or scrolled; the mouse on it is on its row.
void tst_Table::theFirstColumnStays()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    auto *frozen = shown.find<QWidget>("fleetTableFrozen");
    QVERIFY(frozen && !frozen->isVisible());
    QByteArray columns = table->saveColumns();
    columns.replace("0:", "x:")
        .replace("1:", "0:")
        .replace("x:", "1:"); // as another version may have kept it
    table->restoreColumns(columns);
    QCOMPARE(table->horizontalHeader()->logicalIndex(0), int(Column::Name));
    for (int column = 0; column < int(Column::Count); ++column) {
        table->setColumnHidden(column, false);
        table->setColumnWidth(column, 200);
    }
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    QCoreApplication::processEvents();
    table->horizontalScrollBar()->setValue(table->horizontalScrollBar()->maximum());
    QVERIFY(frozen->isVisible());
    const int row = 3;
    const QPoint name(60, table->horizontalHeader()->height() + table->rowViewportPosition(row) + 10);
    QTest::mouseClick(frozen, Qt::LeftButton, {}, name);
    QCOMPARE(table->selectedIds(), QStringList {shown.fleet->nodes().idAt(row)});
    QTest::mouseClick(frozen, Qt::LeftButton, {}, QPoint(14, name.y())); // its check box
    QCOMPARE(table->selectedCount(), 0);
    QTest::mouseClick(frozen, Qt::LeftButton, {}, QPoint(14, 10)); // the box above
    QCOMPARE(table->selectedCount(), 26);
    const auto picture = [&] { return frozen->grab().toImage(); };
    const QImage before = picture();
    NodeRow renamed = *shown.fleet->nodes().node(shown.fleet->nodes().idAt(row));
    renamed.name = u"renamed"_s;
    shown.fleet->nodes().applyNodes({renamed});
    QVERIFY(picture() != before);
    table->horizontalScrollBar()->setValue(0);
    QVERIFY(!frozen->isVisible());
}

// [U06] what a spreadsheet would run gets an apostrophe; JSON keeps the value
void tst_Table::copiesInFourForms()
{
    ConsoleFixture shown(Fleet::Sample);
    NodeRow row = shown.fleet->nodes().allNodes()[0];
    row.name = u"=HYPERLINK(\"http://x\")|a,b"_s;
    shown.fleet->nodes().applyNodes({row});
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    table->select(row.id);
    const auto copy = [&](const QString &form) {
        table->popUpMenu(table->mapToGlobal(QPoint(20, 60)));
        QMenu *copies = entry(popup(), u"Copy rows"_s)->menu();
        entry(copies, form)->trigger();
        popup()->close();
        return QGuiApplication::clipboard()->text();
    };
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"'=HYPERLINK(\"http://x\")|a,b\tOnline\t"_s));
    QVERIFY(copy(u"Text with header"_s).startsWith(u"Name\tPing\t"_s));
    const QString csv = copy(u"CSV"_s);
    QVERIFY2(csv.section(u"\r\n"_s, 1).startsWith(u"\"'=HYPERLINK(\"\"http://x\"\")|a,b\",Online,"_s),
             qPrintable(csv));
    const QJsonArray json = QJsonDocument::fromJson(copy(u"JSON"_s).toUtf8()).array();
    QCOMPARE(json.size(), 1);
    QCOMPARE(json[0][u"Name"].toString(), row.name);
    const QString markdown = copy(u"Markdown"_s);
    QVERIFY2(markdown.section(u'\n', 2).startsWith(u"| =HYPERLINK(\"http://x\")\\|a,b | Online |"_s),
             qPrintable(markdown));
}

// A thousand rows change, come and go: what is read, chosen and current stays where it is.
void tst_Table::nothingMovesUnderTheReader()
{
    ConsoleFixture shown(Fleet::Sample);
    NodeTableModel &nodes = shown.fleet->nodes();
    QList<NodeRow> many;
    for (int i = 0; i < 3000; ++i) {
        NodeRow row = nodes.allNodes()[0];
        row.id = u"mi-many-%1"_s.arg(i, 5, 10, QChar(u'0'));
        row.name = u"node-%1"_s.arg(i * 2, 5, 10, QChar(u'0'));
        many << row;
    }
    nodes.applyNodes(many);
    auto *table = shown.find<DataTable>("fleetTable");
    table->select(many[1500].id);
    table->scrollTo(nodes.indexOf(many[1500].id), QAbstractItemView::PositionAtCenter);
    QCoreApplication::processEvents();
    const int at = table->visualRect(nodes.indexOf(many[1500].id)).top();
    const auto unmoved = [&] {
        QCoreApplication::processEvents();
        return table->visualRect(nodes.indexOf(many[1500].id)).top() == at
            && table->currentId() == many[1500].id && table->selectedIds() == QStringList {many[1500].id};
    };
    for (int i = 0; i < 1000; ++i) {
        NodeRow row = many[i];
        row.cpu = (i % 90) / 100.0;
        nodes.applyNodes({row});
    }
    QVERIFY(unmoved());
    for (int i = 0; i < 200; ++i) { // one by one above the view
        NodeRow row = many[0];
        row.id = u"mi-new-%1"_s.arg(i);
        row.name = u"node-%1a"_s.arg(i, 5, 10, QChar(u'0'));
        nodes.applyNodes({row});
    }
    QVERIFY(unmoved());
    QList<NodeRow> batch; // and many at once
    for (int i = 0; i < 500; ++i) {
        NodeRow row = many[0];
        row.id = u"mi-batch-%1"_s.arg(i);
        row.name = u"node-%1b"_s.arg(i, 5, 10, QChar(u'0'));
        batch << row;
    }
    nodes.applyNodes(batch);
    QVERIFY(unmoved());
    QStringList gone;
    for (int i = 0; i < 300; ++i)
        gone << many[i].id;
    nodes.removeNodes(gone.first(10));
    QVERIFY(unmoved());
    nodes.removeNodes(gone.mid(10));
    QVERIFY(unmoved());
    table->scrollToTop(); // at the top what is new comes into view
    QCoreApplication::processEvents();
    NodeRow first = many[0];
    first.id = u"mi-first"_s;
    first.name = u"a-first"_s;
    nodes.applyNodes({first});
    QCoreApplication::processEvents();
    QCOMPARE(table->verticalScrollBar()->value(), 0);
}

void tst_Table::changedCellsAreTinted()
{
    ConsoleFixture shown(Fleet::Sample);
    NodeTableModel &nodes = shown.fleet->nodes();
    auto *table = shown.find<DataTable>("fleetTable");
    QCoreApplication::processEvents();
    table->repaint();
    NodeRow row = *nodes.node(nodes.idAt(1));
    row.cpu = 0.42;
    row.lastPing = row.lastPing + 1s;
    nodes.applyNodes({row});
    const auto cell = [&](Column column) { return nodes.indexOf(row.id, int(column)); };
    QVERIFY(table->isTinted(cell(Column::Cpu)));
    QVERIFY(!table->isTinted(cell(Column::Name)));
    QVERIFY(!table->isTinted(cell(Column::LastPing))); // it grows older all the time
    QVERIFY(!table->isTinted(nodes.index(2, int(Column::Cpu))));
    shown.settings.setReducedMotion(true);
    QVERIFY(!table->isTinted(cell(Column::Cpu)));
    shown.settings.setReducedMotion(false);
    QTRY_VERIFY_WITH_TIMEOUT(!table->isTinted(cell(Column::Cpu)), 10000); // and fades
}

void tst_Table::savedViews()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *filter = shown.find<FilterLine>("fleetFilter");
    auto *table = shown.find<DataTable>("fleetTable");
    auto *views = shown.find<QPushButton>("fleetViews");
    QCOMPARE(views->text(), u"Views"_s);
    filter->setQuery(TableQuery::fromText(u"tag:role=database"_s));
    table->setColumnHidden(int(Column::Cpu), true);
    emit table->columnsChanged();
    entry(viewsMenu(shown), u"Save as a new view"_s)->trigger();
    auto *name = static_cast<QLineEdit *>(shown.visible("viewName"));
    QVERIFY(name);
    QTest::keyClick(name, Qt::Key_Return); // no name
    QVERIFY(shown.visible("viewSheet"));
    QTest::keyClicks(name, u"Databases & <b>friends</b>"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QVERIFY(!shown.visible("viewSheet"));
    QVERIFY2(views->text().startsWith(u"Databases && <b>"_s) && !views->text().endsWith(u"(changed)"_s),
             qPrintable(views->text()));
    filter->clear();
    QVERIFY(views->text().endsWith(u"(changed)"_s));
    entry(viewsMenu(shown), u"Databases"_s)->trigger();
    QCOMPARE(table->model()->rowCount(), 3);
    QVERIFY(table->isColumnHidden(int(Column::Cpu)));
    QVERIFY(!views->text().endsWith(u"(changed)"_s));
    entry(viewsMenu(shown), u"Use "_s)->trigger();
    filter->clear();
    Console other(shown.models(), {}); // opens with it
    QCOMPARE(other.window().findChild<FilterLine *>(u"fleetFilter"_s)->query().toText(),
             u"tag:role=database"_s);
}

void tst_Table::deletedViewComesBack()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.settings.setViews(u"fleet"_s, {{u"Mine"_s, u"web"_s, {}, false}});
    entry(viewsMenu(shown), u"Mine"_s)->trigger();
    entry(viewsMenu(shown), u"Delete Mine"_s)->trigger();
    QVERIFY(shown.settings.views(u"fleet"_s).isEmpty());
    entry(viewsMenu(shown), u"Undo: bring back Mine"_s)->trigger();
    QCOMPARE(shown.settings.views(u"fleet"_s).size(), 1);
    QVERIFY(!entry(viewsMenu(shown), u"Undo"_s));
    entry(viewsMenu(shown), u"Delete Mine"_s)->trigger();
    QVERIFY(shown.settings.views(u"fleet"_s).isEmpty());
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    QTest::keySequence(table, QKeySequence::Undo);
    QCOMPARE(shown.settings.views(u"fleet"_s).size(), 1);
}

void tst_Table::undoKeepsWhatWasSavedSince()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString fleet = u"fleet"_s;
    const auto saveAs = [&shown](const QString &text) {
        entry(viewsMenu(shown), u"Save as a new view"_s)->trigger();
        auto *name = static_cast<QLineEdit *>(shown.visible("viewName"));
        QTest::keyClicks(name, text);
        QTest::keyClick(name, Qt::Key_Return);
    };
    const auto names = [&] {
        QStringList all;
        for (const SavedView &view : shown.settings.views(fleet))
            all << view.name;
        return all;
    };
    shown.settings.setViews(fleet, {{u"Mine"_s, u"web"_s, {}, true}, {u"Last"_s, u"db"_s, {}, false}});
    entry(viewsMenu(shown), u"Mine"_s)->trigger();
    entry(viewsMenu(shown), u"Delete Mine"_s)->trigger();
    saveAs(u"Newer"_s);
    entry(viewsMenu(shown), u"Use "_s)->trigger();
    entry(viewsMenu(shown), u"Undo: bring back Mine"_s)->trigger();
    QCOMPARE(names(), QStringList({u"Mine"_s, u"Last"_s, u"Newer"_s}));
    const QList<SavedView> views = shown.settings.views(fleet);
    QVERIFY(!views[0].isDefault && views[2].isDefault); // one at most opens the page
    QCOMPARE(shown.find<QPushButton>("fleetViews")->text(), u"Newer"_s); // what is shown is still this

    entry(viewsMenu(shown), u"Delete Newer"_s)->trigger();
    saveAs(u"Newer"_s); // its name is taken again: there is nothing to bring back
    QVERIFY(!entry(viewsMenu(shown), u"Undo"_s));
    QCOMPARE(names(), QStringList({u"Mine"_s, u"Last"_s, u"Newer"_s}));
}

void tst_Table::aViewIsNotReplacedUnasked()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.settings.setViews(u"fleet"_s, {{u"Mine"_s, u"web"_s, {}, true}});
    shown.find<FilterLine>("fleetFilter")->setQuery(TableQuery::fromText(u"tag:role=database"_s));
    entry(viewsMenu(shown), u"Save as a new view"_s)->trigger();
    auto *name = static_cast<QLineEdit *>(shown.visible("viewName"));
    QTest::keyClicks(name, u"Mine"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(shown.settings.views(u"fleet"_s)[0].query, u"web"_s);
    auto *save = static_cast<QPushButton *>(shown.visible("viewSave"));
    QVERIFY(save);
    QCOMPARE(save->text(), u"Replace the view"_s);
    QTest::keyClicks(name, u"2"_s); // another name is a new one
    QCOMPARE(save->text(), u"Save view"_s);
    QTest::keyClick(name, Qt::Key_Backspace);
    QTest::keyClick(name, Qt::Key_Return);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(shown.settings.views(u"fleet"_s).size(), 1);
    QCOMPARE(shown.settings.views(u"fleet"_s)[0].query, u"tag:role=database"_s);
    QVERIFY(shown.settings.views(u"fleet"_s)[0].isDefault);
}

void tst_Table::exportsAllMatches_data()
{
    QTest::addColumn<TextForm>("form");
    QTest::addColumn<bool>("mark");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("rows");
    QTest::addRow("CSV") << TextForm::Csv << false << QString() << 3026;
    QTest::addRow("CSV with its mark") << TextForm::Csv << true << u"tag:role=database"_s << 3;
    QTest::addRow("JSON") << TextForm::Json << false << QString() << 3026;
    QTest::addRow("JSON of nothing") << TextForm::Json << false << u"name=nobody"_s << 0;
}

// [U06] times as ISO 8601, formulas neutral, everything that matches and not only what is in view
void tst_Table::exportsAllMatches()
{
    QFETCH(TextForm, form);
    QFETCH(bool, mark);
    QFETCH(QString, filter);
    QFETCH(int, rows);
    ConsoleFixture shown(Fleet::Sample);
    QList<NodeRow> many;
    for (int i = 0; i < 3000; ++i) {
        NodeRow row = shown.fleet->nodes().allNodes()[0];
        row.id = u"mi-many-%1"_s.arg(i);
        row.name = u"=node-%1, \"x\""_s.arg(i);
        many << row;
    }
    shown.fleet->nodes().applyNodes(many);
    shown.find<FilterLine>("fleetFilter")->setQuery(TableQuery::fromText(filter));
    auto *bar = shown.window().page()->findChild<TableBar *>();
    QPointer<TableExport> job;
    connect(bar, &TableBar::exportStarted, &shown.window(), [&](TableExport *started) { job = started; });
    const QString file = shown.folder.filePath(u"out"_s);
    bar->exportTo({file, form, mark, {}});
    QVERIFY(job);
    QSignalSpy finished(job, &TableExport::finished);
    QVERIFY(!QFile::exists(file)); // whole or not at all
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][0].toBool(), true);
    const QByteArray content = contentOf(file);
    QCOMPARE(content.startsWith("\xef\xbb\xbf"), mark);
    if (form == TextForm::Json) {
        const QJsonDocument json = QJsonDocument::fromJson(content);
        QVERIFY(json.isArray());
        QCOMPARE(json.array().size(), rows);
        if (rows == 0)
            return;
        QCOMPARE(json.array()[0][u"Name"].toString(), u"=node-0, \"x\""_s);
        QVERIFY(json.array()[0][u"Last ping"].toString().endsWith(u'Z'));
        return;
    }
    QCOMPARE(content.count("\r\n"), rows + 1);
    if (rows > 3)
        QVERIFY(content.split('\n')[1].startsWith("\"'=node-0, \"\"x\"\"\",Online,2026-"));
}

void tst_Table::exportThatCannotBeWritten()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *bar = shown.window().page()->findChild<TableBar *>();
    QPointer<TableExport> job;
    bool written = true;
    connect(bar, &TableBar::exportStarted, &shown.window(), [&](TableExport *started) {
        job = started;
        connect(started, &TableExport::finished, &shown.window(), [&](bool is) { written = is; });
    });
    bar->exportTo({shown.folder.filePath(u"no/such/folder/out.csv"_s), TextForm::Csv, false, {}});
    QVERIFY(!written);
    QVERIFY2(job->problem().contains(u"no/such/folder/out.csv cannot be written"_s),
             qPrintable(job->problem()));
}

void tst_Table::rowsThatGoWhileExported()
{
    ConsoleFixture shown(Fleet::Sample);
    QList<NodeRow> many;
    QStringList ids;
    for (int i = 0; i < 3000; ++i) {
        NodeRow row = shown.fleet->nodes().allNodes()[0];
        row.id = u"mi-many-%1"_s.arg(i);
        many << row;
        ids << row.id;
    }
    shown.fleet->nodes().applyNodes(many);
    const QString file = shown.folder.filePath(u"out.json"_s);
    TableExport job(shown.fleet->nodes(), {file, TextForm::Json, false, {0, 9}}, nullptr);
    QSignalSpy finished(&job, &TableExport::finished);
    QSignalSpy progressed(&job, &TableExport::progressed);
    job.start();
    QTRY_VERIFY(progressed.count() >= 1);
    shown.fleet->nodes().removeNodes(ids.last(1000));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(QJsonDocument::fromJson(contentOf(file)).array().size(), 2026);
    TableExport stopped(shown.fleet->nodes(), {file + u"2"_s, TextForm::Json, false, {0}}, nullptr);
    stopped.start();
    stopped.cancel();
    QVERIFY(!QFile::exists(file + u"2"_s));
}

FB_TEST(tst_Table)

}

#include "tst_table.moc"
