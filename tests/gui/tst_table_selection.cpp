#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/table_header.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;
using Column = NodeTableModel::Column;

// What is chosen is chosen by id: it outlives filter, sort and refresh (ux.md 3).
class tst_TableSelection : public QObject
{
    Q_OBJECT
private slots:
    void outlivesTheFilter();
    void outlivesSortAndNews();
    void hiddenOnesAreSeenAndCanBeDropped();
    void aClickChoosesAnew();
    void theBoxAboveAddsToWhatIsHidden();
    void outlivesANewLanguage();
    void manyRows();

private:
    static void typeFilter(ConsoleFixture &shown, const QString &text)
    {
        auto *edit = shown.find<FilterLine>("fleetFilter")->findChild<QLineEdit *>();
        edit->setFocus();
        edit->selectAll();
        if (text.isEmpty())
            QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, text);
        QCoreApplication::processEvents();
    }
};

void tst_TableSelection::outlivesTheFilter()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table->selectedCount(), 26);
    typeFilter(shown, u"web"_s);
    const int matches = table->model()->rowCount();
    QVERIFY(matches > 0 && matches < 26);
    QCOMPARE(table->selectedCount(), 26);
    QCOMPARE(table->hiddenSelectedCount(), 26 - matches);
    typeFilter(shown, {});
    QCOMPARE(table->selectedCount(), 26);
    QCOMPARE(table->selectionModel()->selectedRows().size(), 26);
    QCOMPARE(shown.find<QPushButton>("runOnNodes")->text(), u"Run on 26 nodes"_s);
}

void tst_TableSelection::outlivesSortAndNews()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    NodeTableModel &nodes = shown.fleet->nodes();
    const QStringList two {nodes.idAt(3), nodes.idAt(7)};
    table->select(two[0]);
    table->selectionModel()->select(nodes.indexOf(two[1]),
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    table->horizontalHeader()->setSortIndicator(static_cast<int>(Column::Cpu), Qt::DescendingOrder);
    const auto chosen = [&] {
        const QStringList ids = table->selectedIds();
        return QSet<QString>(ids.begin(), ids.end()) == QSet<QString>(two.begin(), two.end())
            && table->selectionModel()->selectedRows().size() == 2;
    };
    QVERIFY(chosen());
    // One leaves what matches and comes back, by news alone.
    typeFilter(shown, nodes.node(two[0])->name);
    NodeRow row = *nodes.node(two[0]);
    const NodeRow before = row;
    row.name = u"zzz"_s;
    nodes.applyNodes({row});
    QCOMPARE(table->selectedCount(), 2);
    QVERIFY(!nodes.indexOf(two[0]).isValid());
    nodes.applyNodes({before});
    QVERIFY(table->selectionModel()->isSelected(nodes.indexOf(two[0])));
    typeFilter(shown, {});
    QVERIFY(chosen());
    nodes.removeNodes({two[1]}); // what is gone is not chosen
    QCOMPARE(table->selectedIds(), QStringList {two[0]});
}

void tst_TableSelection::hiddenOnesAreSeenAndCanBeDropped()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QVERIFY(!shown.visible("fleetDropHidden"));
    typeFilter(shown, u"web"_s);
    const int matches = table->model()->rowCount();
    QWidget *drop = shown.visible("fleetDropHidden");
    QVERIFY(drop);
    QTest::mouseClick(drop, Qt::LeftButton);
    QCOMPARE(table->selectedCount(), matches);
    QVERIFY(!shown.visible("fleetDropHidden"));
    typeFilter(shown, {});
    QCOMPARE(table->selectedCount(), matches);
}

void tst_TableSelection::aClickChoosesAnew()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    typeFilter(shown, u"web"_s);
    const QModelIndex one = table->model()->index(1, static_cast<int>(Column::Platform));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, table->visualRect(one).center());
    QCOMPARE(table->selectedIds(), QStringList {shown.fleet->nodes().idAt(1)});
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(table->selectedCount(), 2);
}

void tst_TableSelection::theBoxAboveAddsToWhatIsHidden()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    auto *header = qobject_cast<TableHeader *>(table->horizontalHeader());
    const auto toggleAll = [&] { QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(14, 10)); };
    typeFilter(shown, u"web"_s);
    const int web = table->model()->rowCount();
    toggleAll();
    typeFilter(shown, u"db-"_s);
    const int db = table->model()->rowCount();
    toggleAll();
    QCOMPARE(table->selectedCount(), web + db);
    toggleAll();
    QCOMPARE(table->selectedCount(), web);
}

void tst_TableSelection::outlivesANewLanguage()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString id = shown.fleet->nodes().idAt(4);
    shown.find<DataTable>("fleetTable")->select(id);
    shown.settings.setLanguage(u"ja"_s);
    QCoreApplication::processEvents();
    auto *table = shown.find<DataTable>("fleetTable");
    QTRY_COMPARE(table->selectedIds(), QStringList {id});
    QVERIFY(table->selectionModel()->isSelected(shown.fleet->nodes().indexOf(id)));
}

// Ten thousand chosen: each key of the filter keeps them, and costs no row more than the filter itself.
void tst_TableSelection::manyRows()
{
    ConsoleFixture shown(Fleet::Sample);
    NodeTableModel &nodes = shown.fleet->nodes();
    QList<NodeRow> many;
    for (int i = 0; i < 10'000; ++i) {
        NodeRow row = nodes.allNodes()[0];
        row.id = u"mi-many-%1"_s.arg(i, 5, 10, QChar(u'0'));
        row.name = u"node-%1"_s.arg(i, 5, 10, QChar(u'0'));
        many << row;
    }
    nodes.applyNodes(many);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    typeFilter(shown, u"node-"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table->selectedCount(), 10'000);
    for (const QString &text : {u"node-0"_s, u"node-00"_s, u"node-0000"_s, u"zzz"_s, u"node"_s})
        typeFilter(shown, text);
    QCOMPARE(table->selectedCount(), 10'000);
    QCOMPARE(table->selectionModel()->selection().size(), 1); // one run of rows, not ten thousand
}

FB_TEST(tst_TableSelection)

}

#include "tst_table_selection.moc"
