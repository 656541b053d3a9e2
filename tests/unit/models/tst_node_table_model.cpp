#include "models/nodes/fleet/node_table_model.h"
#include "models/table/cell_roles.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Column = NodeTableModel::Column;

namespace {

    const Instant kNow = fromMicros(1790000000000000);

    NodeRow node(int number, PingState ping = PingState::Online)
    {
        NodeRow row;
        row.id = u"mi-%1"_s.arg(number, 17, 16, QChar(u'0'));
        row.name = u"web-%1"_s.arg(number, 3, 10, QChar(u'0'));
        row.ping = ping;
        row.lastPing = kNow - std::chrono::seconds(number);
        row.platform = number % 2 ? u"Debian GNU/Linux 12"_s : u"Ubuntu 24.04"_s;
        row.agentVersion = u"0.%1.0"_s.arg(number);
        row.address = u"10.0.0.%1"_s.arg(number);
        row.tags = QStringList {number % 2 ? u"env=prod"_s : u"env=dev"_s, u"role=web"_s};
        row.cpu = number / 1000.0;
        return row;
    }

    QStringList names(const NodeTableModel &model)
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names << model.index(row, 0).data().toString();
        return names;
    }

    QList<NodeRow> nodes(int count)
    {
        QList<NodeRow> rows;
        for (int i = 1; i <= count; ++i)
            rows << node(i);
        return rows;
    }
}

class tst_NodeTableModel : public QObject
{
    Q_OBJECT
private slots:
    void insertsAndUpdatesById();
    void aHundredThousandArriveAsOneChange();
    void textFilterNarrowsAndWidens();
    void tokens_data();
    void tokens();
    void updateMovesRowsInAndOutOfTheFilter();
    void manyLeaveTheFilterAtOnce();
    void equalsIsTheWholeName();
    void sortsByValues();
    void turnedRoundAfterChanges();
    void persistentIndexesSurvive();
    void removals();
    void randomLife();
};

void tst_NodeTableModel::insertsAndUpdatesById()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.setNow(kNow);
    model.sort(static_cast<int>(Column::Name));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.applyNodes({node(2), node(1)});
    QCOMPARE(names(model), (QStringList {u"web-001"_s, u"web-002"_s}));
    QCOMPARE(inserted.size(), 2);
    changed.clear();

    model.applyNodes({node(2)}); // nothing new: nothing is said
    QCOMPARE(changed.size(), 0);
    NodeRow lost = node(2, PingState::ConnectionLost);
    model.applyNodes({lost});
    QCOMPARE(changed.size(), 1); // one row, narrowly
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QCOMPARE(model.index(1, static_cast<int>(Column::Ping)).data(StateRole).value<StateKind>(),
             StateKind::ConnectionLost);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.index(0, static_cast<int>(Column::LastPing)).data().toString(), u"1 s ago"_s);
    QVERIFY(!model.data(QModelIndex(), Qt::DisplayRole).isValid());
}

void tst_NodeTableModel::aHundredThousandArriveAsOneChange()
{
    NodeTableModel model;
    model.sort(static_cast<int>(Column::Name));
    QSignalSpy layout(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.applyNodes(nodes(20000));
    QCOMPARE(model.rowCount(), 20000);
    QCOMPARE(layout.size(), 1);
    QCOMPARE(inserted.size(), 0);
}

void tst_NodeTableModel::textFilterNarrowsAndWidens()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.applyNodes(nodes(200));
    QSignalSpy shown(&model, &LiveTableModel::shownChanged);
    model.setQuery({u"web-01"_s, {}});
    QCOMPARE(model.rowCount(), 10);
    model.setQuery({u"web-012"_s, {}}); // narrower
    QCOMPARE(names(model), QStringList {u"web-012"_s});
    model.setQuery({u"web-01 debian"_s, {}}); // wider again, and another column
    QCOMPARE(model.rowCount(), 5);
    model.setQuery({u"no such node"_s, {}});
    QCOMPARE(model.rowCount(), 0);
    model.setQuery({});
    QCOMPARE(model.rowCount(), 200);
    QCOMPARE(shown.size(), 5);
    QCOMPARE(model.totalRows(), 200);
}

void tst_NodeTableModel::tokens_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("rows"); // of ten nodes, number 3 lost
    QTest::addRow("ping by word") << u"ping=Connection lost"_s << 1;
    QTest::addRow("ping by the API's word") << u"ping=ConnectionLost"_s << 1;
    QTest::addRow("not") << u"ping!=Online"_s << 1;
    QTest::addRow("platform holds") << u"platform=debian"_s << 5;
    QTest::addRow("values OR") << u"platform=debian,ubuntu"_s << 10;
    QTest::addRow("tag") << u"tag:env=dev"_s << 5;
    QTest::addRow("tag values are whole") << u"tag:env=de"_s << 0;
    QTest::addRow("tag keys keep their case") << u"tag:Env=dev"_s << 0;
    QTest::addRow("agent") << u"agent=0.4.0"_s << 1;
    QTest::addRow("unknown property") << u"colour=red"_s << 0;
}

void tst_NodeTableModel::tokens()
{
    QFETCH(QString, token);
    QFETCH(int, rows);
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.applyNodes(nodes(10));
    model.applyNodes({node(3, PingState::ConnectionLost)});
    model.setQuery({QString(), {*FilterToken::parse(token)}});
    QCOMPARE(model.rowCount(), rows);
}

void tst_NodeTableModel::updateMovesRowsInAndOutOfTheFilter()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.sort(static_cast<int>(Column::Name));
    model.applyNodes(nodes(5));
    model.setQuery({QString(), {*FilterToken::parse(u"ping=Online"_s)}});
    QCOMPARE(model.rowCount(), 5);
    model.applyNodes({node(3, PingState::ConnectionLost)});
    QCOMPARE(names(model), (QStringList {u"web-001"_s, u"web-002"_s, u"web-004"_s, u"web-005"_s}));
    QVERIFY(model.node(node(3).id)); // hidden, not gone
    QVERIFY(!model.indexOf(node(3).id).isValid());
    model.applyNodes({node(3)});
    QCOMPARE(names(model).indexOf(u"web-003"_s), 2); // back in its place
}

// A site that goes dark: one change of layout, and what is current stays if it still matches.
void tst_NodeTableModel::manyLeaveTheFilterAtOnce()
{
    NodeTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.applyNodes(nodes(300));
    model.setQuery({{}, {*FilterToken::parse(u"ping=Online"_s)}});
    const QPersistentModelIndex stays = model.indexOf(node(300).id);
    const QPersistentModelIndex goes = model.indexOf(node(1).id);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy laidOut(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy shown(&model, &LiveTableModel::shownChanged);
    QList<NodeRow> lost;
    for (int i = 1; i <= 200; ++i)
        lost << node(i, PingState::ConnectionLost);
    model.applyNodes(lost);
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(removed.size(), 0);
    QCOMPARE(laidOut.size(), 1);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(stays.data(IdRole).toString(), node(300).id);
    QVERIFY(!goes.isValid());
}

void tst_NodeTableModel::equalsIsTheWholeName()
{
    NodeTableModel model;
    model.applyNodes(nodes(120));
    const auto matches = [&](const QString &token) {
        model.setQuery({{}, {*FilterToken::parse(token)}});
        return model.rowCount();
    };
    QCOMPARE(matches(u"name=web-01"_s), 0); // not web-010 to web-019: what is chosen next may be run on
    QCOMPARE(matches(u"name=web-010"_s), 1);
    QCOMPARE(matches(u"address=10.0.0.1"_s), 1);
    QCOMPARE(matches(u"name~web-01"_s), 10);
    QCOMPARE(matches(u"platform=Debian"_s), 60);
}

void tst_NodeTableModel::sortsByValues()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.applyNodes({node(10), node(9), node(2)});
    model.sort(static_cast<int>(Column::Agent)); // 0.9.0 before 0.10.0
    QCOMPARE(names(model), (QStringList {u"web-002"_s, u"web-009"_s, u"web-010"_s}));
    model.sort(static_cast<int>(Column::Address), Qt::DescendingOrder);
    QCOMPARE(names(model), (QStringList {u"web-010"_s, u"web-009"_s, u"web-002"_s}));
    model.sort(static_cast<int>(Column::LastPing)); // most recent first, as the ages read
    QCOMPARE(names(model), (QStringList {u"web-002"_s, u"web-009"_s, u"web-010"_s}));
    QList<NodeRow> rows {node(2), node(9), node(10)};
    rows[0].platform = u"Debian GNU/Linux 12"_s;
    rows[1].platform = u"Debian GNU/Linux 9"_s;
    rows[2].platform = u"debian GNU/Linux 012.5"_s;
    model.applyNodes(rows);
    model.sort(static_cast<int>(Column::Platform));
    QCOMPARE(names(model), (QStringList {u"web-009"_s, u"web-002"_s, u"web-010"_s}));
}

// Live values do not move rows, so what is turned round may be in no order any more.
void tst_NodeTableModel::turnedRoundAfterChanges()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    QList<NodeRow> rows {node(1), node(2), node(3), node(4)};
    for (qsizetype i = 0; i < rows.size(); ++i)
        rows[i].cpu = i == 3 ? 0.2 : 0.1 * static_cast<double>(i); // two are equal
    model.applyNodes(rows);
    const auto cpu = static_cast<int>(Column::Cpu);
    model.sort(cpu);
    const QStringList up = names(model);
    model.sort(cpu, Qt::DescendingOrder);
    QCOMPARE(names(model), QStringList(up.crbegin(), up.crend()));
    rows[0].cpu = 0.9;
    model.applyNodes({rows[0]});
    model.sort(cpu);
    QCOMPARE(names(model), (QStringList {u"web-002"_s, u"web-003"_s, u"web-004"_s, u"web-001"_s}));
}

void tst_NodeTableModel::persistentIndexesSurvive()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.sort(static_cast<int>(Column::Name));
    model.applyNodes(nodes(100));
    const QPersistentModelIndex kept = model.indexOf(node(42).id);
    model.sort(static_cast<int>(Column::Name), Qt::DescendingOrder);
    QCOMPARE(kept.data(IdRole).toString(), node(42).id);
    model.setQuery({u"web-04"_s, {}});
    QCOMPARE(kept.data(IdRole).toString(), node(42).id);
    model.removeNodes({node(41).id, node(100).id});
    QCOMPARE(kept.data(IdRole).toString(), node(42).id);
    model.setQuery({u"web-05"_s, {}});
    QVERIFY(!kept.isValid()); // filtered away
}

void tst_NodeTableModel::removals()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.sort(static_cast<int>(Column::Name));
    model.applyNodes(nodes(4));
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.removeNodes({node(2).id, u"mi-unknown"_s});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(names(model), (QStringList {u"web-001"_s, u"web-003"_s, u"web-004"_s}));
    NodeRow renamed = node(4); // the row that took the freed place
    renamed.name = u"web-004b"_s;
    model.applyNodes({renamed});
    QCOMPARE(names(model).last(), u"web-004b"_s);
    model.setQuery({u"004b"_s, {}});
    QCOMPARE(model.rowCount(), 1);
}

// Many small steps against a plain list: the model always shows what the list says.
void tst_NodeTableModel::randomLife()
{
    NodeTableModel model;
    QAbstractItemModelTester tester(&model);
    model.sort(static_cast<int>(Column::Id));
    QMap<QString, NodeRow> truth;
    QString text;
    quint32 seed = 12345;
    const auto random = [&](int below) {
        seed = seed * 1664525U + 1013904223U;
        return static_cast<int>((seed >> 8) % static_cast<quint32>(below));
    };
    for (int step = 0; step < 600; ++step) {
        switch (random(4)) {
        case 0:
        case 1: {
            const NodeRow row = node(random(60), random(3) ? PingState::Online : PingState::ConnectionLost);
            truth.insert(row.id, row);
            model.applyNodes({row});
            break;
        }
        case 2: {
            const QString id = node(random(60)).id;
            truth.remove(id);
            model.removeNodes({id});
            break;
        }
        case 3:
            text = QStringList {QString(), u"online"_s, u"web-02"_s, u"lost"_s}[random(4)];
            model.setQuery({text, {}});
            break;
        }
        QStringList wanted;
        for (const NodeRow &row : std::as_const(truth)) {
            const QString all = u"%1 %2"_s.arg(row.name, PingWords::word(row.ping));
            if (all.contains(text, Qt::CaseInsensitive))
                wanted << row.id;
        }
        QStringList actual;
        for (int row = 0; row < model.rowCount(); ++row)
            actual << model.idAt(row);
        QCOMPARE(actual, wanted);
    }
}

FB_TEST(tst_NodeTableModel)

}

#include "tst_node_table_model.moc"
