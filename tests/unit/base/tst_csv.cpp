#include "backend/base/csv.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_Csv : public QObject
{
    Q_OBJECT

private slots:
    void neutralises_data();
    void neutralises();
    void quotes();
};

// [U06] neutralised by one rule, and it goes back
void tst_Csv::neutralises_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::addRow("[U06] formula") << u"=1+1"_s << u"'=1+1"_s;
    QTest::addRow("[U06] plus") << u"+cmd|' /C calc'!A0"_s << u"'+cmd|' /C calc'!A0"_s;
    QTest::addRow("[U06] minus") << u"-2+3"_s << u"'-2+3"_s;
    QTest::addRow("[U06] at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
    QTest::addRow("[U06] tab") << u"\t=1"_s << u"'\t=1"_s;
    QTest::addRow("[U06] carriage return") << u"\r=1"_s << u"'\r=1"_s;
    QTest::addRow("[U06] apostrophe, so that stripping one is right") << u"'quoted"_s << u"''quoted"_s;
    QTest::addRow("negative number") << u"-12.5"_s << u"-12.5"_s;
    QTest::addRow("word") << u"web-01"_s << u"web-01"_s;
    QTest::addRow("empty") << QString() << QString();
}

void tst_Csv::neutralises()
{
    QFETCH(QString, text);
    QFETCH(QString, cell);
    QCOMPARE(csvNeutralised(text), cell);
    QCOMPARE(csvRestored(csvNeutralised(text)), text);
}

void tst_Csv::quotes()
{
    QCOMPARE(csvLine({u"a"_s, u"b,c"_s, u"say \"hi\""_s, u"two\nlines"_s, QString()}),
             u"a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"_s);
    QCOMPARE(csvLine({QString(), u"b"_s}), u",b\r\n"_s);
}

FB_TEST(tst_Csv)
#include "tst_csv.moc"
