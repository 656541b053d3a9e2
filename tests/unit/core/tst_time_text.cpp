#include "backend/core/time_text.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace std::chrono_literals;

class tst_TimeText : public QObject
{
    Q_OBJECT

private slots:
    void iso();
    void durations_data();
    void durations();
};

void tst_TimeText::iso()
{
    QCOMPARE(toIso8601(fromMicros(0)), std::string("1970-01-01T00:00:00Z"));
    QCOMPARE(toIso8601Millis(fromMicros(1'764'067'327'123'456)), std::string("2025-11-25T10:42:07.123Z"));
    QCOMPARE(toIso8601(fromMicros(-1)), std::string("1969-12-31T23:59:59Z"));
}

void tst_TimeText::durations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds"); // -1: refused
    QTest::addRow("hours") << QByteArray("24h") << qint64(86400);
    QTest::addRow("days") << QByteArray("7d") << qint64(604800);
    QTest::addRow("bare") << QByteArray("90") << qint64(90);
    QTest::addRow("empty") << QByteArray() << qint64(-1);
    QTest::addRow("unit only") << QByteArray("h") << qint64(-1);
    QTest::addRow("negative") << QByteArray("-5m") << qint64(-1);
    QTest::addRow("overflow") << QByteArray("9999999999999d") << qint64(-1);
    QTest::addRow("word") << QByteArray("5 minutes") << qint64(-1);
}

void tst_TimeText::durations()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    const auto parsed = parseDuration(text.toStdString());
    QCOMPARE(parsed ? parsed->count() : -1, seconds);
}

FB_TEST(tst_TimeText)
#include "tst_time_text.moc"
