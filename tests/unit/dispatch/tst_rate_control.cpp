#include "backend/dispatch/rate_control.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;

class tst_RateControl : public QObject
{
    Q_OBJECT

private slots:
    void arithmetic_data();
    void arithmetic();
    void roundsUpAndDownForEverySize();
    void acceptsText_data();
    void acceptsText();
    void refusesText_data();
    void refusesText();
};

// The table of spec/run-command.md 3.3.
void tst_RateControl::arithmetic_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("maxConcurrency");
    QTest::addColumn<int>("concurrency");
    QTest::addColumn<QString>("maxErrors");
    QTest::addColumn<int>("errorLimit");
    QTest::addColumn<int>("stopsOnError"); // 0: never
    QTest::addRow("50 nodes") << 50 << u"50"_s << 50 << u"10%"_s << 5 << 6;
    QTest::addRow("20 nodes, no error allowed") << 20 << u"10%"_s << 2 << u"0"_s << 0 << 1;
    QTest::addRow("7 nodes, 0.7 both ways") << 7 << u"10%"_s << 1 << u"10%"_s << 0 << 1;
    QTest::addRow("25 nodes, 2.5 both ways") << 25 << u"10%"_s << 3 << u"10%"_s << 2 << 3;
    QTest::addRow("3 nodes, all") << 3 << u"100%"_s << 3 << u"100%"_s << 3 << 0;
    QTest::addRow("1000 nodes") << 1000 << u"33%"_s << 330 << u"1%"_s << 10 << 11;
}

void tst_RateControl::arithmetic()
{
    QFETCH(int, rows);
    QFETCH(QString, maxConcurrency);
    QFETCH(int, concurrency);
    QFETCH(QString, maxErrors);
    QFETCH(int, errorLimit);
    QFETCH(int, stopsOnError);
    const auto concurrent = parseMaxConcurrency(maxConcurrency.toStdString());
    const auto errors = parseMaxErrors(maxErrors.toStdString());
    QVERIFY(concurrent && errors);
    QCOMPARE(concurrencyOf(*concurrent, rows), concurrency);
    QCOMPARE(errorLimitOf(*errors, rows), errorLimit);
    int stopped = 0;
    for (int error = 1; error <= rows && stopped == 0; ++error) {
        if (stopsAt(error, errorLimit))
            stopped = error;
    }
    QCOMPARE(stopped, stopsOnError);
}

void tst_RateControl::roundsUpAndDownForEverySize()
{
    for (int64_t rows = 0; rows <= 1200; ++rows) {
        for (int64_t percent = 1; percent <= 100; ++percent) {
            const RateLimit limit {RateLimit::Unit::Percent, percent};
            const int64_t concurrency = concurrencyOf(limit, rows);
            const int64_t errorLimit = errorLimitOf(limit, rows);
            // the least whole number not below, and the greatest not above, N p / 100
            QVERIFY(concurrency * 100 >= rows * percent
                    && (concurrency - 1) * 100 < std::max(rows * percent, int64_t(1)));
            QVERIFY(concurrency >= 1);
            QVERIFY(errorLimit * 100 <= rows * percent && (errorLimit + 1) * 100 > rows * percent);
        }
    }
}

void tst_RateControl::acceptsText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("forErrors");
    for (const auto &text : {u"1"_s, u"50"_s, u"9999999"_s, u"1%"_s, u"100%"_s})
        QTest::addRow("concurrency %s", qPrintable(text)) << text << false;
    for (const auto &text : {u"0"_s, u"0%"_s, u"3"_s, u"9999999"_s, u"100%"_s})
        QTest::addRow("errors %s", qPrintable(text)) << text << true;
}

void tst_RateControl::acceptsText()
{
    QFETCH(QString, text);
    QFETCH(bool, forErrors);
    const auto parsed
        = forErrors ? parseMaxErrors(text.toStdString()) : parseMaxConcurrency(text.toStdString());
    QVERIFY(parsed);
    QCOMPARE(QString::fromStdString(toText(*parsed)), text);
}

void tst_RateControl::refusesText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("forErrors");
    for (const auto &text : {u"0"_s, u"0%"_s, u"101%"_s, u"1.5"_s, u""_s, u"%"_s, u"-1"_s, u"+1"_s, u"01"_s,
                             u"1 "_s, u"10000000"_s, u"1%%"_s, u"ten"_s, u"１"_s})
        QTest::addRow("concurrency '%s'", qPrintable(text)) << text << false;
    for (const auto &text : {u"101%"_s, u"1.5"_s, u""_s, u"-0"_s, u"00"_s, u"10000000"_s})
        QTest::addRow("errors '%s'", qPrintable(text)) << text << true;
}

void tst_RateControl::refusesText()
{
    QFETCH(QString, text);
    QFETCH(bool, forErrors);
    const auto parsed
        = forErrors ? parseMaxErrors(text.toStdString()) : parseMaxConcurrency(text.toStdString());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, errors::kValidation);
    QCOMPARE(parsed.error().field, forErrors ? "MaxErrors" : "MaxConcurrency");
    QVERIFY(parsed.error().message.find("percentage") != std::string::npos);
}

FB_TEST(tst_RateControl)
#include "tst_rate_control.moc"
