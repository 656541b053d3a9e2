#include "backend/protocol/stream_scheduler.h"

#include "tests/support/test_main.h"

#include <QTest>

#include <map>

using namespace fb;
using namespace fb::protocol;

class tst_StreamScheduler : public QObject
{
    Q_OBJECT

private slots:
    void inputGoesFirst();
    void sharesFollowTheWeights();
    void streamsOfAClassTakeTurns();
    void idleClassesSaveNothingUp();
    void removedStreamsDoNotComeBack();
};

namespace {

constexpr size_t kQuantum = 16 * 1024;

}

void tst_StreamScheduler::inputGoesFirst()
{
    StreamScheduler scheduler;
    scheduler.add(2, StreamKind::Pty, true);
    scheduler.add(4, StreamKind::Pty, true);
    scheduler.add(1, StreamKind::ExecOut, false);
    QCOMPARE(*scheduler.nextInput(), 2u);
    QCOMPARE(*scheduler.nextInput(), 4u);
    QVERIFY(!scheduler.nextInput());
    QCOMPARE(scheduler.next(kQuantum)->stream, 1u);
    QVERIFY(scheduler.isEmpty());
    QVERIFY(!scheduler.next(kQuantum));
}

void tst_StreamScheduler::sharesFollowTheWeights()
{
    StreamScheduler scheduler;
    const std::pair<uint32_t, StreamKind> streams[] = {{2, StreamKind::Pty},
                                                       {4, StreamKind::ForwardTcp},
                                                       {6, StreamKind::ExecOut},
                                                       {8, StreamKind::Tail},
                                                       {10, StreamKind::FileGet}};
    for (const auto &[number, kind] : streams)
        scheduler.add(number, kind, false);
    scheduler.setFacts(true);
    std::map<uint32_t, size_t> sent;
    size_t total = 0;
    while (total < 2000 * kQuantum) {
        const auto turn = scheduler.next(kQuantum);
        QVERIFY(turn);
        const size_t bytes = turn->stream == 0 ? 3000 : kQuantum; // facts in small frames
        sent[turn->stream] += bytes;
        total += bytes;
        scheduler.charge(turn->turnClass, bytes);
        for (const auto &[number, kind] : streams) {
            if (number == turn->stream)
                scheduler.add(number, kind, false);
        }
    }
    const auto share = [&](uint32_t stream) {
        return qRound(20.0 * static_cast<double>(sent[stream]) / static_cast<double>(total));
    };
    QCOMPARE(share(2), 8);
    QCOMPARE(share(4), 4);
    QCOMPARE(share(6), 4);
    QCOMPARE(share(8), 2);
    QCOMPARE(share(10), 1);
    QCOMPARE(share(0), 1);
}

void tst_StreamScheduler::streamsOfAClassTakeTurns()
{
    StreamScheduler scheduler;
    for (uint32_t stream = 1; stream < 9; stream += 2)
        scheduler.add(stream, StreamKind::ExecOut, false);
    std::vector<uint32_t> order;
    for (int i = 0; i < 8; ++i) {
        const auto turn = scheduler.next(kQuantum);
        QVERIFY(turn);
        order.push_back(turn->stream);
        scheduler.charge(turn->turnClass, kQuantum);
        scheduler.add(turn->stream, StreamKind::ExecOut, false);
    }
    QCOMPARE(order, (std::vector<uint32_t> {1, 3, 5, 7, 1, 3, 5, 7}));
}

void tst_StreamScheduler::idleClassesSaveNothingUp()
{
    StreamScheduler scheduler;
    scheduler.add(1, StreamKind::FileGet, false);
    for (int i = 0; i < 1000; ++i) { // the file alone for a long time
        const auto turn = scheduler.next(kQuantum);
        scheduler.charge(turn->turnClass, kQuantum);
        scheduler.add(1, StreamKind::FileGet, false);
    }
    scheduler.add(3, StreamKind::ExecOut, false);
    int execFrames = 0;
    for (int i = 0; i < 50; ++i) {
        const auto turn = scheduler.next(kQuantum);
        scheduler.charge(turn->turnClass, kQuantum);
        scheduler.add(turn->stream, turn->stream == 3 ? StreamKind::ExecOut : StreamKind::FileGet, false);
        execFrames += turn->stream == 3 ? 1 : 0;
    }
    QCOMPARE(execFrames, 40); // 4 of 5
}

void tst_StreamScheduler::removedStreamsDoNotComeBack()
{
    StreamScheduler scheduler;
    scheduler.add(1, StreamKind::ExecOut, false);
    scheduler.add(2, StreamKind::Pty, true);
    scheduler.remove(1);
    scheduler.remove(2);
    QVERIFY(scheduler.isEmpty());
    QVERIFY(!scheduler.next(kQuantum));
    QVERIFY(!scheduler.nextInput());
}

FB_TEST(tst_StreamScheduler)
#include "tst_stream_scheduler.moc"
