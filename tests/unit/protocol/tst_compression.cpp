#include "backend/protocol/compression.h"

#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <zstd.h>

using namespace fb;
using namespace fb::protocol;

class tst_Compression : public QObject
{
    Q_OBJECT

private slots:
    void comesBack();
    void noiseStaysAsItIs();
    void bombs_data();
    void bombs();
    void brokenInput_data();
    void brokenInput();
};

namespace {

std::string zstd(const std::string &bytes, int windowLog = 0)
{
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3);
    if (windowLog != 0) {
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog);
        ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    }
    ZSTD_inBuffer in {bytes.data(), bytes.size(), 0};
    ZSTD_outBuffer room {out.data(), out.size(), 0};
    // in two calls, so that the window is not shrunk to the input
    ZSTD_compressStream2(context, &room, &in, ZSTD_e_continue);
    ZSTD_compressStream2(context, &room, &in, ZSTD_e_end);
    ZSTD_freeCCtx(context);
    out.resize(room.pos);
    return out;
}

std::string logLines(size_t bytes)
{
    std::string out;
    test::SeededRandom random(3);
    while (out.size() < bytes)
        out += "Nov 26 00:00:00 node-17 sshd[" + std::to_string(random.below(100000))
            + "]: Accepted publickey\n";
    return out;
}

}

void tst_Compression::comesBack()
{
    const std::string text = logLines(200'000);
    const std::string small = compress(text);
    QVERIFY(!small.empty() && small.size() < text.size() / 3);
    QCOMPARE(decompress(small).value(), text);
}

void tst_Compression::noiseStaysAsItIs()
{
    QCOMPARE(compress(test::SeededRandom(1).bytes(5000)), std::string());
    // [P05] an honest run of zeros would pass the receiver's ratio, so it is not compressed
    QCOMPARE(compress(std::string(256 * 1024, '\0')), std::string());
}

void tst_Compression::bombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("taken");
    const auto add = [](const char *name, const std::string &bytes, size_t limit, bool taken) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(bytes) << static_cast<int>(limit) << taken;
    };
    const std::string big = logLines(kMaxExpandedBytes - 100);
    add("[P05] just below 4 MiB", zstd(big, 20), kMaxExpandedBytes, true);
    add("[P05] above 4 MiB", zstd(logLines(kMaxExpandedBytes + 1), 20), size_t(1) << 30, false);
    add("[P05] 64 MiB of zeros", zstd(std::string(64 * 1024 * 1024, '\0')), kMaxExpandedBytes, false);
    add("[P05] more than 64 times", zstd(std::string(100'000, '\0')), kMaxExpandedBytes, false);
    add("[P05] beyond what the caller takes", zstd(logLines(10'000)), 9'999, false);
    add("[P05] window of 1 MiB", zstd(logLines(2'000'000), 20), kMaxExpandedBytes, true);
    add("[P05] window of 8 MiB", zstd(logLines(2'000'000), 23), kMaxExpandedBytes, false);
}

void tst_Compression::bombs()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, limit);
    QFETCH(bool, taken);
    const auto out = decompress(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())),
                                static_cast<size_t>(limit));
    QCOMPARE(out.has_value(), taken);
}

void tst_Compression::brokenInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const std::string whole = zstd(logLines(5000));
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("noise") << QByteArray::fromStdString(test::SeededRandom(2).bytes(300));
    QTest::addRow("cut") << QByteArray::fromStdString(whole.substr(0, whole.size() - 3));
    QTest::addRow("tail") << QByteArray::fromStdString(whole + "x");
    QTest::addRow("magic only") << QByteArray::fromStdString(whole.substr(0, 4));
}

void tst_Compression::brokenInput()
{
    QFETCH(QByteArray, bytes);
    const auto out = decompress(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
    QVERIFY(!out);
    QCOMPARE(out.error().field, std::string("frame.payload"));
}

FB_TEST(tst_Compression)
#include "tst_compression.moc"
