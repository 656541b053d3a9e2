#include "models/table/table_text.h"

#include "backend/base/csv.h"
#include "tests/support/test_main.h"

#include <QStringListModel>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_TableText : public QObject
{
    Q_OBJECT

private slots:
    void csvGoesBack_data();
    void csvGoesBack();
};

void tst_TableText::csvGoesBack_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addRow("[U06] formula") << u"=HYPERLINK(\"http://x\")"_s;
    QTest::addRow("[U06] plus") << u"+cmd|' /C calc'!A0"_s;
    QTest::addRow("[U06] at") << u"@SUM(A1)"_s;
    QTest::addRow("[U06] tab first") << u"\t=1"_s;
    QTest::addRow("[U06] return first") << u"\r=1"_s;
    QTest::addRow("[U06] apostrophe first") << u"'quoted"_s;
    QTest::addRow("[U06] delimiters") << u"a;=1+1,b"_s;
    QTest::addRow("two lines") << u"one\r\ntwo"_s;
    QTest::addRow("negative number") << u"-12.5"_s;
    QTest::addRow("blanks around") << u" a "_s;
    QTest::addRow("word") << u"web-01"_s;
}

// What a table writes is one rule's (base/csv), and reading it back gives the value again.
void tst_TableText::csvGoesBack()
{
    QFETCH(QString, cell);
    const QStringListModel model({cell});
    QString line = TableText::of(TextForm::Csv, model, {0}, {0}, Qt::DisplayRole, false);
    QCOMPARE(line, csvLine({cell}));
    QVERIFY(line.endsWith(u"\r\n"));
    line.chop(2);
    if (line.startsWith(u'"')) {
        QVERIFY(line.endsWith(u'"'));
        line = line.sliced(1).chopped(1).replace(u"\"\""_s, u"\""_s);
    } else {
        QVERIFY(!line.contains(u',') && !line.contains(u';')); // nothing that parts cells stands bare
    }
    QCOMPARE(csvRestored(line), cell);
}

FB_TEST(tst_TableText)
#include "tst_table_text.moc"
