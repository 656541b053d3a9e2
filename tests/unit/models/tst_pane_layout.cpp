#include "models/nodes/sessions/kept_desk.h"
#include "models/nodes/sessions/pane_layout.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

// How panes lie beside and below each other.
class tst_PaneLayout : public QObject
{
    Q_OBJECT
private slots:
    void splitsAndCloses();
    void grids();
    void shares();
    void keptAndRead();
    void refusesWhatIsNotOurs();
};

namespace {
QString written(const PaneLayout &layout)
{
    return QString::fromUtf8(QJsonDocument(layout.toJson()).toJson(QJsonDocument::Compact));
}
}

void tst_PaneLayout::splitsAndCloses()
{
    PaneLayout layout(1);
    layout.split(1, Qt::Horizontal, 2);
    layout.split(2, Qt::Vertical, 3);
    QCOMPARE(layout.panes(), (QList<int> {1, 2, 3}));
    QCOMPARE(
        written(layout),
        u"{\"beside\":[{\"pane\":1},{\"below\":[{\"pane\":2},{\"pane\":3}],\"shares\":[0.5,0.5]}],\"shares\":[0.5,0.5]}"_s);
    layout.split(1, Qt::Horizontal, 4, true); // the row goes on; it takes half of its neighbour's room
    QCOMPARE(layout.panes(), (QList<int> {4, 1, 2, 3}));
    QCOMPARE(layout.root().shares, (QList<double> {0.25, 0.25, 0.5}));
    layout.remove(2); // what is left of the column takes its place
    QCOMPARE(layout.panes(), (QList<int> {4, 1, 3}));
    QCOMPARE(layout.root().parts[2].pane, 3);
    layout.remove(4);
    layout.remove(1);
    QCOMPARE(layout.root().pane, 3);
    layout.remove(77); // unknown: nothing
    layout.remove(3);
    QVERIFY(layout.isEmpty());
}

void tst_PaneLayout::grids()
{
    QVERIFY(PaneLayout::grid({}).isEmpty());
    QCOMPARE(PaneLayout::grid({7}).root().pane, 7);
    const PaneLayout two = PaneLayout::grid({1, 2});
    QCOMPARE(two.root().orientation, Qt::Horizontal);
    const PaneLayout five = PaneLayout::grid({1, 2, 3, 4, 5});
    QCOMPARE(five.root().orientation, Qt::Vertical);
    QCOMPARE(five.root().parts.size(), 2);
    QCOMPARE(five.root().parts[0].parts.size(), 3);
    QCOMPARE(five.panes(), (QList<int> {1, 2, 3, 4, 5}));
}

void tst_PaneLayout::shares()
{
    PaneLayout layout(1);
    layout.split(1, Qt::Horizontal, 2);
    layout.split(2, Qt::Vertical, 3);
    layout.setShares({}, {300, 100});
    QCOMPARE(layout.root().shares, (QList<double> {0.75, 0.25}));
    layout.setShares({1}, {1, 3});
    QCOMPARE(layout.root().parts[1].shares, (QList<double> {0.25, 0.75}));
    const PaneLayout before = layout;
    layout.setShares({5}, {1, 3}); // no such part
    layout.setShares({}, {1});
    QCOMPARE(layout, before);
}

void tst_PaneLayout::keptAndRead()
{
    PaneLayout layout = PaneLayout::grid({1, 2, 3});
    layout.setShares({}, {0.25, 0.75});
    const auto read = PaneLayout::fromJson(layout.toJson());
    QVERIFY(read);
    QCOMPARE(*read, layout);
    QCOMPARE(layout.renumbered({{1, 2}, {2, 3}, {3, 1}}).panes(), (QList<int> {2, 3, 1}));

    KeptDesk desk;
    KeptTab tab {.name = u"Checkout latency"_s, .layout = layout, .isCurrent = true};
    for (const int pane : layout.panes())
        tab.panes.insert(pane,
                         {u"m.tanaka-%1"_s.arg(pane),
                          {.nodeId = u"mi-1"_s,
                           .nodeName = u"web-01"_s,
                           .document = u"Fb-TailLog"_s,
                           .reason = u"INC-204"_s,
                           .parameters = {{u"logpath"_s, {u"/var/log/x.log"_s}}}}});
    desk.tabs << tab;
    QCOMPARE(KeptDesk::fromBytes(desk.toBytes()), desk);
}

// The file lies on a disk that others may write to.
void tst_PaneLayout::refusesWhatIsNotOurs()
{
    const QByteArray bad[] = {
        "{}",
        "[]",
        R"({"pane":-3})",
        R"({"beside":[{"pane":1}],"shares":[1]})", // one part is no row
        R"({"beside":[{"pane":1},{"pane":1}],"shares":[0.5,0.5]})", // twice the same
        R"({"beside":[{"pane":1},{"pane":2}],"shares":[0.5]})",
        R"({"beside":[{"pane":1},{"pane":2}],"shares":["x",-1]})",
    };
    for (const QByteArray &json : bad)
        QVERIFY2(!PaneLayout::fromJson(QJsonDocument::fromJson(json).object()), json.constData());
    QByteArray deep = R"({"pane":1})";
    for (int i = 2; i < 60; ++i)
        deep = R"({"beside":[{"pane":)" + QByteArray::number(i) + "}," + deep + R"(],"shares":[0.5,0.5]})";
    QVERIFY(!PaneLayout::fromJson(QJsonDocument::fromJson(deep).object()));
    QVERIFY(KeptDesk::fromBytes("no json").tabs.isEmpty());
    QVERIFY(KeptDesk::fromBytes(R"({"tabs":[{"layout":{"pane":1},"panes":{}}]})").tabs.isEmpty());
}

FB_TEST(tst_PaneLayout)

#include "tst_pane_layout.moc"
