#include "backend/core/ids.h"

#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_Ids : public QObject
{
    Q_OBJECT

private slots:
    void madeIdsAreWellFormed();
    void ulidsSortByTime();
    void refusesHostileText();
};

void tst_Ids::madeIdsAreWellFormed()
{
    test::SeededRandom random(7);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(isUuid(newUuid(random)));
        QVERIFY(isNodeId(newNodeId(random).text()));
        QVERIFY(isUlid(newUlid(random, 1'764'000'000'000 + i)));
    }
}

void tst_Ids::ulidsSortByTime()
{
    test::SeededRandom random(8);
    QVERIFY(newUlid(random, 1000) < newUlid(random, 1001));
}

void tst_Ids::refusesHostileText()
{
    QVERIFY(!isNodeId("mi-0123456789abcdef"));
    QVERIFY(!isNodeId("mi-../../../../etc/pas"));
    QVERIFY(!isNodeId("mi-0123456789ABCDEF0"));
    QVERIFY(!isUuid("3F2C9E10-0000-4000-8000-000000000000"));
    QVERIFY(!isUlid("../../etc/passwd0000000000"));
}

FB_TEST(tst_Ids)
#include "tst_ids.moc"
