#include "backend/core/waiting_bytes.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_WaitingBytes : public QObject
{
    Q_OBJECT

private slots:
    void comeOutInTheirOrder();
    void emptyPieceIsNone();
};

void tst_WaitingBytes::comeOutInTheirOrder()
{
    for (const size_t most : {size_t(1), size_t(2), size_t(3), size_t(100)}) {
        WaitingBytes waiting;
        std::string out;
        const auto takeOne = [&] {
            const std::string_view now = waiting.front().substr(0, most);
            out += now;
            waiting.drop(now.size());
        };
        waiting.add("abc");
        waiting.add("d");
        takeOne();
        waiting.add("efgh");
        QCOMPARE(waiting.size() + out.size(), size_t(8));
        while (!waiting.empty())
            takeOne();
        QCOMPARE(out, std::string("abcdefgh"));
        QCOMPARE(waiting.size(), size_t(0));
        QVERIFY(waiting.front().empty());
    }
}

void tst_WaitingBytes::emptyPieceIsNone()
{
    WaitingBytes waiting;
    waiting.add({});
    QVERIFY(waiting.empty());
    waiting.add("a");
    waiting.add({});
    waiting.drop(1);
    QVERIFY(waiting.empty() && waiting.front().empty());
}

FB_TEST(tst_WaitingBytes)
#include "tst_waiting_bytes.moc"
