#include "models/nodes/runcommand/output_groups.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    InvocationRow row(const QString &id, const QString &details, int code)
    {
        InvocationRow row;
        row.nodeId = id;
        row.nodeName = id;
        row.details = details;
        row.responseCode = code;
        return row;
    }

    QString drawn(const QList<DiffLine> &lines)
    {
        QString text;
        for (const DiffLine &line : lines)
            text += u" ~+-"_s[static_cast<int>(line.kind)] + line.text + u'\n';
        return text;
    }
}

class tst_OutputGroups : public QObject
{
    Q_OBJECT
private slots:
    void groupsByResultAndText();
    void diffs_data();
    void diffs();
    void longTextsDifferWhole();
};

void tst_OutputGroups::groupsByResultAndText()
{
    const std::vector<InvocationRow> rows {row(u"a"_s, u"Success"_s, 0), row(u"b"_s, u"Success"_s, 0),
                                           row(u"c"_s, u"Success"_s, 0), row(u"d"_s, u"Failed"_s, 3),
                                           row(u"e"_s, u"Failed"_s, 4),  row(u"f"_s, u"InProgress"_s, -1)};
    const QList<OutputGroup> groups = groupOutputs(rows, [](const QString &id) {
        return OutputOf {id == u"c" ? u"x\ny\n"_s : id == u"e" ? u"boom\n"_s : u"x\nz\n"_s, id == u"e"};
    });
    QCOMPARE(groups.size(), 4);
    QCOMPARE(groups[0].nodeIds, (QStringList {u"a"_s, u"b"_s})); // largest first
    QCOMPARE(groups[0].linesThatDiffer, 0);
    QCOMPARE(groups[1].nodeIds, QStringList {u"c"_s});
    QCOMPARE(groups[1].linesThatDiffer, 2); // z gone, y new
    QCOMPARE(groups[2].responseCode, 3); // the same text, another result
    QVERIFY(groups[3].onlyErrors);
    QVERIFY(groupOutputs({}, [](const QString &) { return OutputOf {}; }).isEmpty());
}

void tst_OutputGroups::diffs_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("drawing");
    QTest::addRow("equal") << u"a\nb\n"_s << u"a\nb\n"_s << u" a\n b\n"_s;
    QTest::addRow("added") << u"a\n"_s << u"a\nb\n"_s << u" a\n+b\n"_s;
    QTest::addRow("removed") << u"a\nb\nc\n"_s << u"a\nc\n"_s << u" a\n-b\n c\n"_s;
    QTest::addRow("changed keeps its key") << u"K: 1\nV: 2\n"_s << u"K: 3\nV: 2\n"_s << u"~K: 3\n V: 2\n"_s;
    QTest::addRow("went before came") << u"a\nb\nc\n"_s << u"a\nx\ny\nc\n"_s << u" a\n-b\n+x\n+y\n c\n"_s;
    QTest::addRow("from nothing") << QString() << u"a\n"_s << u"+a\n"_s;
    QTest::addRow("to nothing") << u"a\n"_s << QString() << u"-a\n"_s;
}

void tst_OutputGroups::diffs()
{
    QFETCH(QString, base);
    QFETCH(QString, text);
    QFETCH(QString, drawing);
    QCOMPARE(drawn(diffLines(base, text)), drawing);
}

void tst_OutputGroups::longTextsDifferWhole()
{
    const QString text = u"line\n"_s.repeated(2500);
    const QList<DiffLine> lines = diffLines(u"other\n"_s, text);
    QCOMPARE(lines.size(), 2501);
    QCOMPARE(lines.first().kind, DiffLine::Kind::Removed);
    QCOMPARE(changesIn(lines), 2501);
    QCOMPARE(changesIn(diffLines(text, text + u"one more\n"_s)), 1); // but what both begin with is known
    QCOMPARE(changesIn(diffLines(text, u"before\n"_s + text)), 1);
    const QList<DiffLine> longer = diffLines(u"a\nb\ngone\nc\n"_s, u"new\na\nb\nc\n"_s);
    QStringList numbers; // of both texts
    for (const DiffLine &line : longer)
        numbers << u"%1:%2"_s.arg(line.oldNumber).arg(line.number);
    QCOMPARE(numbers, (QStringList {u"0:1"_s, u"1:2"_s, u"2:3"_s, u"3:0"_s, u"4:4"_s}));
}

FB_TEST(tst_OutputGroups)

}

#include "tst_output_groups.moc"
