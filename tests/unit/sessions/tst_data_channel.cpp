#include "backend/core/byte_encoding.h"
#include "backend/nodes/datachannel/channel_tokens.h"
#include "backend/nodes/datachannel/data_channel.h"
#include "backend/nodes/datachannel/smux_frames.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <set>

namespace fb::test {

using namespace std::string_literals;
using namespace std::chrono_literals;

namespace {
    // A message as it is on the wire, written out by hand.
    const std::string kLiteralMessage
        = "00000074696e7075745f73747265616d5f6461746120202020202020202020202020202000000001000001964f"
          "2b6d00000000000000000700000000000000038899aabbccddeeff00112233445566772cf24dba5fb0a30e26e8"
          "3b2ac5b9e29e1b161e5c1fa7425e73043362938b9824000000010000000568656c6c6f";

    class ChannelEnd final : public DataChannel::Owner
    {
    public:
        std::vector<std::string> sent;
        std::vector<std::pair<PayloadType, std::string>> received;
        size_t delivered = 0;
        bool takes = true;

        void channelSends(std::string message) override { sent.push_back(std::move(message)); }
        bool channelReceived(PayloadType type, std::string_view payload) override
        {
            if (takes)
                received.emplace_back(type, std::string(payload));
            return takes;
        }
        void channelDelivered(PayloadType, size_t bytes) override { delivered += bytes; }
    };

    std::string inputMessage(int64_t sequence, const std::string &payload)
    {
        return AgentMessage {.messageType = std::string(messageTypes::kInput),
                             .sequence = sequence,
                             .messageId = "01234567-89ab-cdef-0123-456789abcdef",
                             .payloadType = PayloadType::Output,
                             .payload = payload}
            .encoded();
    }

    std::string acknowledging(const AgentMessage &message)
    {
        return AgentMessage {.messageType = std::string(messageTypes::kAcknowledge),
                             .messageId = "01234567-89ab-cdef-0123-456789abcdef",
                             .payload = acknowledgementOf(message)}
            .encoded();
    }
}

class tst_DataChannel : public QObject
{
    Q_OBJECT
private slots:
    void theLayoutIsAws();
    void whatIsNoMessage_data();
    void whatIsNoMessage();
    void inputInOrderAndOnce();
    void inputThatNobodyTakes();
    void outputUntilItIsAcknowledged();
    void aClientThatIsSilentAboutWhatItHas();
    void aClientOfAnotherEngine();
    void smux();
    void tokens();
    void versions();

private:
    ManualClock m_clock;
    SeededRandom m_random;
};

void tst_DataChannel::theLayoutIsAws()
{
    const std::string bytes = *fromHex(kLiteralMessage);
    QCOMPARE(bytes.size(), size_t(120 + 5));
    const auto message = AgentMessage::decoded(bytes);
    QVERIFY2(message, message ? "" : message.error().message.c_str());
    QCOMPARE(message->messageType, "input_stream_data"s);
    QCOMPARE(message->sequence, 7);
    QCOMPARE(message->flags, AgentMessage::kSyn | AgentMessage::kFin);
    QCOMPARE(message->messageId, "00112233-4455-6677-8899-aabbccddeeff"s);
    QCOMPARE(message->payload, "hello"s);
    QCOMPARE(toHex(message->encoded()), kLiteralMessage);
}

void tst_DataChannel::whatIsNoMessage_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("byte");
    QTest::addColumn<int>("size");
    QTest::addRow("empty") << 0 << 0 << 0;
    QTest::addRow("cut in the header") << 0 << 0 << 119;
    QTest::addRow("cut in the payload") << 0 << 0 << 124;
    QTest::addRow("a header of another length") << 3 << 0x75 << 125;
    QTest::addRow("a header of 4 GiB") << 0 << 0xff << 125;
    QTest::addRow("a type that is no text") << 5 << 0x07 << 125;
    QTest::addRow("another digest") << 80 << 0x00 << 125;
    QTest::addRow("a payload of 4 GiB") << 116 << 0xff << 125;
    QTest::addRow("another payload") << 124 << 0x70 << 125;
}

void tst_DataChannel::whatIsNoMessage()
{
    QFETCH(int, at);
    QFETCH(int, byte);
    QFETCH(int, size);
    std::string bytes = *fromHex(kLiteralMessage);
    bytes[static_cast<size_t>(at)] = static_cast<char>(byte);
    bytes.resize(static_cast<size_t>(size));
    QVERIFY(!AgentMessage::decoded(bytes));
    ChannelEnd end;
    DataChannel channel(end, m_clock, m_random);
    channel.connected();
    channel.receive(bytes);
    QVERIFY(end.sent.empty() && end.received.empty()); // dropped, and not acknowledged
}

void tst_DataChannel::inputInOrderAndOnce()
{
    ChannelEnd end;
    DataChannel channel(end, m_clock, m_random);
    channel.connected();
    for (const int sequence : {0, 2, 3, 2, 1, 1, 0, 4})
        channel.receive(inputMessage(sequence, std::to_string(sequence)));
    std::string all;
    for (const auto &[type, payload] : end.received)
        all += payload;
    QCOMPARE(all, "01234"s);
    QCOMPARE(end.sent.size(), size_t(8)); // each is acknowledged, also the second time
    const auto acknowledged = readAcknowledgement(AgentMessage::decoded(end.sent.at(1))->payload);
    QVERIFY(acknowledged);
    QCOMPARE(acknowledged->sequence, 2);
    QCOMPARE(acknowledged->messageId, "01234567-89ab-cdef-0123-456789abcdef"s);
    channel.receive(inputMessage(5 + DataChannel::kMostAhead + 1, "far"));
    channel.receive(inputMessage(-1, "before"));
    QCOMPARE(end.sent.size(), size_t(8));
}

void tst_DataChannel::inputThatNobodyTakes()
{
    ChannelEnd end;
    DataChannel channel(end, m_clock, m_random);
    channel.connected();
    end.takes = false;
    for (int i = 0; i < 9000; ++i)
        channel.receive(inputMessage(i, std::string(1024, 'x')));
    QVERIFY(channel.isFull());
    const size_t held = end.sent.size();
    QVERIFY(held < 2500); // beyond, nothing is kept, so nothing is acknowledged
    end.takes = true;
    channel.retry();
    QCOMPARE(end.received.size(), held);
    QVERIFY(!channel.isFull());
    for (int i = 0; i < 9000; ++i)
        channel.receive(inputMessage(i, std::string(1024, 'x')));
    QCOMPARE(end.received.size(), size_t(9000));
}

// Over a way that loses every third message, both ways: all of it, in order, once.
void tst_DataChannel::outputUntilItIsAcknowledged()
{
    constexpr int kMessages = 300;
    ChannelEnd end;
    DataChannel channel(end, m_clock, m_random);
    channel.connected();
    for (int i = 0; i < kMessages; ++i)
        channel.send(PayloadType::Output, std::to_string(i) + ' ');
    std::string all;
    std::map<int64_t, std::string> ahead;
    int64_t expected = 0;
    int turns = 0;
    for (; channel.hasUnacknowledged() && turns < 100'000; ++turns) {
        for (const std::string &bytes : std::exchange(end.sent, {})) {
            if (m_random.below(3) == 0)
                continue;
            const auto message = AgentMessage::decoded(bytes);
            QVERIFY(message);
            if (message->sequence >= expected)
                ahead.emplace(message->sequence, message->payload);
            for (auto next = ahead.find(expected); next != ahead.end(); next = ahead.find(++expected)) {
                all += next->second;
                ahead.erase(next);
            }
            if (m_random.below(3) != 0)
                channel.receive(acknowledging(*message));
        }
        m_clock.advance(100ms);
        channel.tick();
    }
    std::string wanted;
    for (int i = 0; i < kMessages; ++i)
        wanted += std::to_string(i) + ' ';
    QCOMPARE(all, wanted);
    QCOMPARE(end.delivered, wanted.size());
    QCOMPARE(channel.room(), DataChannel::kWindowBytes);
}

void tst_DataChannel::aClientThatIsSilentAboutWhatItHas()
{
    ChannelEnd end;
    DataChannel channel(end, m_clock, m_random);
    channel.connected();
    for (int i = 0; i < 10; ++i)
        channel.send(PayloadType::Output, "x");
    channel.disconnected(); // it has the first five, and its acknowledgements are lost
    channel.connected();
    QCOMPARE(end.sent.size(), size_t(20));
    for (size_t i = 15; i < 20; ++i)
        channel.receive(acknowledging(*AgentMessage::decoded(end.sent.at(i))));
    QCOMPARE(end.delivered, size_t(0)); // in order
    for (int i = 0; i < 100; ++i) {
        m_clock.advance(100ms);
        channel.tick();
    }
    QVERIFY(!channel.hasUnacknowledged());
    QCOMPARE(end.delivered, size_t(10));
}

void tst_DataChannel::aClientOfAnotherEngine()
{
    ChannelEnd end;
    DataChannel channel(end, m_clock, m_random);
    channel.connected();
    channel.receive(inputMessage(17, "x"));
    QVERIFY(channel.isOfAnother());
    QVERIFY(end.received.empty());
    DataChannel fresh(end, m_clock, m_random);
    fresh.connected();
    fresh.receive(inputMessage(0, "x"));
    fresh.receive(inputMessage(7, "y"));
    QVERIFY(!fresh.isOfAnother());
}

void tst_DataChannel::smux()
{
    const SmuxFrame frame {.command = SmuxCommand::Push, .stream = 0x01020304, .payload = "hello"};
    QCOMPARE(toHex(frame.encoded()), "010205000403020168656c6c6f"s);
    const std::string all
        = frame.encoded() + SmuxFrame {.command = SmuxCommand::Fin, .stream = 5, .payload = {}}.encoded();
    SmuxReader reader;
    std::vector<SmuxFrame> frames;
    for (const char byte : all) {
        const auto read = reader.read(std::string(1, byte));
        QVERIFY(read);
        frames.insert(frames.end(), read->begin(), read->end());
    }
    QCOMPARE(frames.size(), size_t(2));
    QCOMPARE(frames.at(0), frame);
    QCOMPARE(frames.at(1).command, SmuxCommand::Fin);
    QVERIFY(!reader.read("\x02\x00\x00\x00\x00\x00\x00\x00"s)); // version 2
    QVERIFY(reader.read(frame.encoded())->empty()); // nothing more is read
}

void tst_DataChannel::tokens() // [session-manager 8.28]
{
    ChannelTokens tokens(m_clock, m_random);
    const SessionId mine("alice-1");
    const SessionId other("bob-2");
    const Principal alice {.name = QStringLiteral("alice"), .role = Role::Operator, .source = {}};
    const std::string first = tokens.issue(mine, alice);
    QVERIFY(first.size() <= 300);
    QCOMPARE(tokens.take(mine, first)->name, QStringLiteral("alice"));
    QVERIFY(!tokens.take(mine, first)); // used
    const std::string second = tokens.issue(mine, alice);
    QVERIFY(!tokens.take(other, second));
    QVERIFY(!tokens.take(mine, second));
    const std::string third = tokens.issue(mine, alice);
    const std::string fourth = tokens.issue(mine, alice);
    m_clock.advance(59s);
    QVERIFY(tokens.take(mine, third));
    m_clock.advance(2s); // 61 s
    QVERIFY(!tokens.take(mine, fourth));
    QVERIFY(!tokens.take(mine, {}));
}

void tst_DataChannel::versions()
{
    QVERIFY(isVersionBelow("1.1.69", "1.1.70"));
    QVERIFY(isVersionBelow("1.1.9.9", "1.1.70"));
    QVERIFY(!isVersionBelow("1.1.70", "1.1.70"));
    QVERIFY(!isVersionBelow("1.2.707.0", "1.1.70"));
    QVERIFY(isVersionBelow("", "1.1.70"));
    QVERIFY(isVersionBelow("x.y", "1.1.70"));
}

FB_TEST(tst_DataChannel)

}

#include "tst_data_channel.moc"
