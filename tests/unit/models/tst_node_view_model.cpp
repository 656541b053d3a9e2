// What the page of a node reads and when; its words and charts; the rules of tags.
#include "models/nodes/fleet/compared_nodes.h"
#include "models/nodes/fleet/node_view_model.h"
#include "models/nodes/fleet/node_words.h"
#include "models/nodes/fleet/overlaid_charts.h"
#include "tests/support/models/fake_node_source.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_NodeViewModel : public QObject
{
    Q_OBJECT
private slots:
    void readsOnlyWhatIsLookedAt();
    void lateAnswersAreDropped();
    void chartsAnswerTheirQuestions();
    void storedChartsOfSeveral();
    void whichNodesAreCompared();
    void wordsOfHistory();
    void tagRules_data();
    void tagRules();
    void tagChanges();
};

void tst_NodeViewModel::readsOnlyWhatIsLookedAt()
{
    FakeNodeSource source;
    NodeViewModel node(source, u"mi-1"_s);
    QVERIFY(source.reads.isEmpty());
    node.lookAt({NodePart::History});
    QCOMPARE(source.reads, QStringList {u"history mi-1"_s});
    node.lookAt({NodePart::History}); // nothing new
    QCOMPARE(source.reads.size(), 1);
    QSignalSpy history(&node, &NodeViewModel::historyChanged);
    QTRY_COMPARE(history.size(), 1);
    // A burst of news is one read; another node's or another tab's is none.
    for (int i = 0; i < 100; ++i) {
        emit source.partTouched(u"mi-1"_s, NodePart::History);
        emit source.partTouched(u"mi-2"_s, NodePart::History);
        emit source.partTouched(u"mi-1"_s, NodePart::Runs);
    }
    QTRY_COMPARE_WITH_TIMEOUT(source.reads.size(), 2, 3000);
    node.lookAt({NodePart::Runs});
    QCOMPARE(source.reads.last(), u"runs mi-1"_s);
}

void tst_NodeViewModel::lateAnswersAreDropped()
{
    FakeNodeSource source;
    NodeViewModel node(source, u"mi-1"_s);
    QSignalSpy metrics(&node, &NodeViewModel::metricsChanged);
    node.setRange({.last = 3h});
    node.setRange({.last = 1h});
    QTRY_COMPARE(metrics.size(), 1);
    QCOMPARE(node.metrics()->to - node.metrics()->from, Microseconds(1h));
}

void tst_NodeViewModel::storedChartsOfSeveral()
{
    FakeNodeSource source;
    NodeViewModel node(source, u"mi-1"_s);
    node.lookAt({NodePart::Metrics});
    node.setCompared({u"mi-2"_s, u"mi-3"_s});
    QTRY_COMPARE(node.comparedMetrics().size(), 2);
    QVERIFY(source.reads.contains(u"metrics mi-3"_s));
    QCOMPARE(node.comparedMetrics().value(u"mi-2"_s).from, node.metrics()->from); // one time for all
    const auto charts = OverlaidCharts::of({{u"one"_s, *node.metrics()},
                                            {u"two"_s, node.comparedMetrics().value(u"mi-2"_s)},
                                            {u"three"_s, {}}}); // it has not answered yet
    for (const NodeChart &chart : charts) {
        QCOMPARE(chart.series.size(), 3);
        QVERIFY(!chart.series[0].points.isEmpty() && !chart.series[1].points.isEmpty());
        QVERIFY(chart.series[2].points.isEmpty());
        QVERIFY(!chart.answer.isEmpty());
    }
    const auto newest = [&](const QString &metric, const QString &dimension = {}) {
        for (const NodeSeriesValues &values : node.metrics()->series) {
            if (values.metric == metric
                && (dimension.isEmpty() || values.dimensions.values().contains(dimension)))
                return values.points.last().value;
        }
        return -1.0;
    };
    QCOMPARE(charts[2].series[0].points.last().value,
             newest(u"disk_used_percent"_s, u"/var"_s)); // the fullest
    QCOMPARE(charts[4].series[0].points.last().value,
             newest(u"net_bytes_recv"_s) + newest(u"net_bytes_sent"_s));
    // One that cannot be read says so, and the others stay.
    node.setCompared({u"mi-2"_s});
    QCOMPARE(node.comparedMetrics().size(), 1);
    emit source.readFailed(u"mi-2"_s, NodePart::Metrics,
                           {.kind = ShownError::Kind::Denied,
                            .code = u"AccessDeniedException"_s,
                            .message = u"no"_s,
                            .field = {}});
    QCOMPARE(node.comparedProblems().size(), 1);
    node.setRange({.last = 1h}); // what was read of another time is not shown for this one
    QVERIFY(node.comparedMetrics().isEmpty());
    QTRY_COMPARE(node.comparedMetrics().size(), 1);
    QVERIFY(node.comparedProblems().isEmpty());
}

void tst_NodeViewModel::whichNodesAreCompared()
{
    FakeFleetSource source;
    FleetViewModel fleet(source);
    const auto id = [](int number) { return u"mi-%1"_s.arg(number, 17, 10, QChar(u'0')); };
    QList<NodeRow> rows;
    for (int i = 0; i < 9; ++i)
        rows.append({.id = id(i), .name = i < 2 ? u"web"_s : u"db-%1"_s.arg(i)});
    fleet.nodes().applyNodes(rows);
    ComparedNodes nodes(fleet, id(0));
    QSignalSpy changed(&nodes, &ComparedNodes::changed);
    nodes.setOthers({id(0), id(1), id(1), u"mi-../etc"_s, u"\u202e"_s, id(2)});
    QCOMPARE(nodes.others(), (QStringList {id(1), id(2)}));
    QCOMPARE(nodes.names(), (QStringList {u"web (\u202600000)"_s, u"web (\u202600001)"_s, u"db-2"_s}));
    QCOMPARE(changed.size(), 1);
    nodes.setOthers({id(1), id(2), id(3), id(4), id(5), id(6), id(7)});
    QCOMPARE(nodes.others().size(), ComparedNodes::kMost); // as many as there are colours
    nodes.remove(id(2));
    QCOMPARE(nodes.all(), (QStringList {id(0), id(1), id(3), id(4), id(5)}));
}

void tst_NodeViewModel::chartsAnswerTheirQuestions()
{
    const Instant now = fromMicros(1790000000000000);
    NodeMetrics metrics {.nodeId = u"mi-1"_s, .from = now - 3h, .to = now, .step = 1min, .series = {}};
    metrics.series.append({u"disk_used_percent"_s, {{u"path"_s, u"/"_s}}, {{now, 41}}});
    metrics.series.append({u"disk_used_percent"_s, {{u"path"_s, u"/var"_s}}, {{now, 86}}});
    metrics.series.append({u"net_bytes_recv"_s, {{u"interface"_s, u"eth0"_s}}, {{now, 2048}}});
    metrics.series.append({u"cpu_usage_active"_s, {}, {{now, 7.5}}});
    metrics.series.append({u"unknown"_s, {}, {{now, 1}}});
    const QList<NodeChart> charts = NodeWords::charts(metrics);
    QCOMPARE(charts.size(), 6);
    QCOMPARE(charts[0].answer, u"7.5%"_s);
    QCOMPARE(charts[2].answer, u"86%, /var"_s);
    QCOMPARE(charts[2].series[0].name, u"/"_s);
    QCOMPARE(charts[4].series[0].name, u"eth0 in"_s);
    QVERIFY(charts[1].series.isEmpty() && charts[1].answer.isEmpty());
}

void tst_NodeViewModel::wordsOfHistory()
{
    using Kind = NodeHappening::Kind;
    QCOMPARE(NodeWords::text({{}, Kind::State, u"ConnectionLost"_s, u"rebooting"_s, {}, {}}),
             u"Connection lost"_s);
    QCOMPARE(NodeWords::detail({{}, Kind::State, u"ConnectionLost"_s, u"rebooting"_s, {}, {}}),
             u"it restarts"_s);
    QCOMPARE(NodeWords::detail({{}, Kind::State, u"Online"_s, u"possible clone at 10.0.0.9"_s, {}, {}}),
             u"possible clone at 10.0.0.9"_s);
    const NodeHappening refused {{}, Kind::Change, u"flagbridge:RenameNode"_s,
                                 {}, u"k"_s,       u"AccessDeniedException"_s};
    QCOMPARE(NodeWords::kind(refused), StateKind::Failed);
    QCOMPARE(NodeWords::detail(refused), u"by k, refused: AccessDeniedException"_s);
}

void tst_NodeViewModel::tagRules_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("fits");
    QTest::addRow("plain") << u"env"_s << u"prod"_s << true;
    QTest::addRow("empty value") << u"env"_s << QString() << true;
    QTest::addRow("Japanese") << u"環境"_s << u"本番"_s << true;
    QTest::addRow("128 characters") << QString(128, u'k') << QString(256, u'v') << true;
    QTest::addRow("128 beyond the plane") << u"😀"_s.repeated(128) << u"😀"_s.repeated(256) << true;
    QTest::addRow("key too long") << QString(129, u'k') << QString() << false;
    QTest::addRow("value too long") << u"k"_s << QString(257, u'v') << false;
    QTest::addRow("no key") << QString() << u"v"_s << false;
    QTest::addRow("reserved") << u"AWS:x"_s << u"v"_s << false;
    QTest::addRow("line break") << u"a\nb"_s << u"v"_s << false;
    QTest::addRow("text direction") << u"k"_s << u"a\u2066b"_s << false;
}

void tst_NodeViewModel::tagRules()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(bool, fits);
    QCOMPARE(TagRules::keyProblem(key).isEmpty() && TagRules::valueProblem(value).isEmpty(), fits);
}

void tst_NodeViewModel::tagChanges()
{
    const QList<NodeTag> before {{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}, {u"c"_s, u"3"_s}};
    const QList<NodeTag> after {{u"a"_s, u"1"_s}, {u"b"_s, u"9"_s}, {u"d"_s, u"4"_s}};
    QCOMPARE(tagChange(u"n"_s, before, after),
             (NodeTagChange {u"n"_s, {{u"b"_s, u"9"_s}, {u"d"_s, u"4"_s}}, {u"c"_s}}));
    QCOMPARE(tagChange(u"n"_s, after, before),
             (NodeTagChange {u"n"_s, {{u"b"_s, u"2"_s}, {u"c"_s, u"3"_s}}, {u"d"_s}}));
}

FB_TEST(tst_NodeViewModel)

}

#include "tst_node_view_model.moc"
