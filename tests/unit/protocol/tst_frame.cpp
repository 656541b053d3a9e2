#include "backend/protocol/frame.h"

#include "backend/core/byte_encoding.h"
#include "backend/protocol/flagbridge.pb.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::protocol;

class tst_Frame : public QObject
{
    Q_OBJECT

private slots:
    void prefixIsAsWritten();
    void comesBackWhole();
    void refuses_data();
    void refuses();
    void unknownLowFlagsAreDropped();
    void headersAreBounded_data();
    void headersAreBounded();
    void everyTypeHasAName();
};

namespace {

// A prefix written by hand, so that the test does not lean on encodeFrame().
std::string prefix(uint8_t version, uint8_t type, uint16_t flags, uint16_t headerSize, uint16_t reserved = 0)
{
    std::string out;
    out.push_back(static_cast<char>(version));
    out.push_back(static_cast<char>(type));
    putBigEndian<uint16_t>(out, flags);
    putBigEndian<uint32_t>(out, 7);
    putBigEndian<uint64_t>(out, 9);
    putBigEndian<uint16_t>(out, headerSize);
    putBigEndian<uint16_t>(out, reserved);
    return out;
}

std::string nested(int depth) // field 1, length-delimited, again and again
{
    std::string message;
    for (int i = 0; i < depth; ++i) {
        std::string outer = "\x0a";
        size_t size = message.size();
        while (size >= 0x80) {
            outer.push_back(static_cast<char>((size & 0x7f) | 0x80));
            size >>= 7;
        }
        outer.push_back(static_cast<char>(size));
        message = outer + message;
    }
    return message;
}

std::string repeated(std::string_view piece, size_t count)
{
    std::string out;
    out.reserve(piece.size() * count);
    for (size_t i = 0; i < count; ++i)
        out += piece;
    return out;
}

}

void tst_Frame::prefixIsAsWritten()
{
    Frame frame;
    frame.type = FrameType::Data;
    frame.flags = frameFlags::kCompressed;
    frame.stream = 0x01020304;
    frame.offset = 0x1122334455667788;
    frame.header = "hd";
    frame.payload = "pay";
    QCOMPARE(QByteArray::fromStdString(toHex(encodeFrame(frame))),
             QByteArray("01230002010203041122334455667788000200006864706179"));
}

void tst_Frame::comesBackWhole()
{
    Frame frame;
    frame.type = FrameType::Order;
    frame.flags = frameFlags::kLastChunk;
    frame.offset = UINT64_MAX;
    frame.header = std::string(kMaxHeaderBytes, 'h');
    frame.payload = std::string(kMaxPayloadBytes, 'p');
    const Result<Frame> back = decodeFrame(encodeFrame(frame));
    QVERIFY(back);
    QCOMPARE(back->header, frame.header);
    QCOMPARE(back->payload, frame.payload);
    QCOMPARE(back->offset, frame.offset);
    QCOMPARE(back->flags, frame.flags);
}

void tst_Frame::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("field"); // empty: taken
    const auto add = [](const char *name, const std::string &bytes, const char *field) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(field);
    };
    add("[P01] nothing", "", "frame.prefix");
    add("[P01] 19 bytes", std::string(19, '\x01'), "frame.prefix");
    add("bare prefix", prefix(1, 3, 0, 0), "");
    add("version 0", prefix(0, 3, 0, 0), "frame.ver");
    add("version 2", prefix(2, 3, 0, 0), "frame.ver");
    add("type 0", prefix(1, 0, 0, 0), "frame.type");
    add("type 7", prefix(1, 7, 0, 0), "frame.type");
    add("type 255", prefix(1, 255, 0, 0), "frame.type");
    add("unknown flag below 8", prefix(1, 3, 0x80, 0), "");
    add("unknown flag 8", prefix(1, 3, 0x100, 0), "frame.flags");
    add("unknown flag 15", prefix(1, 3, 0x8000, 0), "frame.flags");
    add("reserved not 0", prefix(1, 3, 0, 0, 1), "frame.crc");
    add("[P01] header of 64 KiB announced", prefix(1, 3, 0, 0xffff), "frame.hdrLen");
    add("[P01] header over 8 KiB", prefix(1, 3, 0, 8193) + std::string(8193, 'x'), "frame.hdrLen");
    add("header of 8 KiB", prefix(1, 3, 0, 8192) + std::string(8192, 'x'), "");
    add("[P01] header longer than the frame", prefix(1, 3, 0, 11) + std::string(10, 'x'), "frame.hdrLen");
    add("payload of 256 KiB", prefix(1, 35, 0, 0) + std::string(kMaxPayloadBytes, 'x'), "");
    add("[P01] payload over 256 KiB", prefix(1, 35, 0, 0) + std::string(kMaxPayloadBytes + 1, 'x'),
        "frame.payload");
    add("[P01] message over 1 MiB", prefix(1, 35, 0, 0) + std::string(kMaxMessageBytes, 'x'), "frame.size");
}

void tst_Frame::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, field);
    const Result<Frame> frame
        = decodeFrame(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
    QCOMPARE(frame.has_value(), field.isEmpty());
    if (!frame)
        QCOMPARE(QString::fromStdString(frame.error().field), field);
}

void tst_Frame::unknownLowFlagsAreDropped()
{
    QCOMPARE(decodeFrame(prefix(1, 3, 0x00c1, 0)).value().flags, frameFlags::kFin);
}

void tst_Frame::headersAreBounded_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("parses");
    const auto add = [](const char *name, const std::string &bytes, bool parses) {
        QTest::addRow("%s", name) << QByteArray::fromStdString(bytes) << parses;
    };
    wire::Open open;
    open.set_kind(1);
    add("an honest one", open.SerializeAsString(), true);
    add("[P04] a message in a message", "\x2a\x03\x0a\x01x", true);
    add("[P04] deep nesting of bytes nobody reads", nested(300),
        true); // field 1 of Open is a number: kept unread
    add("[P04] wrong wire type counts as absent", "\x0a\x01x", true);
    add("[P04] group start", "\x0b\x0c", false);
    add("[P04] deep groups", repeated("\x0b", 4000), false);
    add("[P04] group inside a known message", "\x2a\x02\x0b\x0c", true); // one level: an unknown field
    add("[P04] deep groups inside a known message", "\x2a\x10" + repeated("\x0b", 16), false);
    add("[P04] length beyond the end", "\x2a\x7f", false);
    add("[P04] length of 4 GiB", "\x2a\xff\xff\xff\xff\x0f", false);
    add("[P04] varint of 11 bytes", "\x08" + std::string(10, '\xff') + "\x01", false);
    add("[P04] tag 0", std::string("\x00", 1), false);
    add("[P04] field number 0", std::string("\x02\x00", 2), false);
    add("[P04] 4096 fields", repeated("\x08\x01", 4096), true);
    add("[P04] 4097 fields", repeated("\x08\x01", 4096) + "\x10\x01", false);
    add("[P04] over 8 KiB", repeated("\x2a\x7e" + std::string(126, '\0'), 65), false);
    add("cut in mid-field", "\x10", false);
}

void tst_Frame::headersAreBounded()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, parses);
    const auto open
        = parse<wire::Open>(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
    QCOMPARE(open.has_value(), parses);
    if (!open)
        QCOMPARE(open.error().field, std::string("fb.wire.Open"));
}

void tst_Frame::everyTypeHasAName()
{
    int known = 0;
    for (int type = 0; type < 256; ++type) {
        if (isKnownFrameType(static_cast<uint8_t>(type)))
            ++known;
    }
    QCOMPARE(known, 36);
    QCOMPARE(frameTypeName(FrameType::OrderSeen), std::string_view("ORDER_SEEN"));
}

FB_TEST(tst_Frame)
#include "tst_frame.moc"
