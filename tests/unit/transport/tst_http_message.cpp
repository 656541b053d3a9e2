#include "backend/transport/http_message.h"

#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::transport;

class tst_HttpMessage : public QObject
{
    Q_OBJECT

private slots:
    void readsARequest();
    void refuses_data();
    void refuses();
    void readsAnAnswer();
    void survivesMutations();
};

namespace {
const std::string kUpgrade
    = "GET /agent/v1 HTTP/1.1\r\nHost: engine:8443\r\nUpgrade: websocket\r\nConnection: keep-alive, "
      "Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

void tst_HttpMessage::readsARequest()
{
    const auto upgrade = parseRequestHead(kUpgrade);
    QVERIFY(upgrade.has_value());
    QVERIFY(upgrade->upgradesToWebSocket);
    QCOMPARE(upgrade->target, std::string("/agent/v1"));
    QCOMPARE(upgrade->host, std::string("engine:8443"));
    QVERIFY(!upgrade->contentLength);
    const auto post = parseRequestHead(
        "POST /enrol/v1 HTTP/1.1\r\nHost: e\r\nContent-Length: 12\r\nOrigin: https://evil.example\r\n\r\n");
    QVERIFY(post.has_value());
    QVERIFY(!post->upgradesToWebSocket);
    QCOMPARE(*post->contentLength, uint64_t(12));
    QCOMPARE(post->origin, std::string("https://evil.example"));
}

void tst_HttpMessage::refuses_data()
{
    QTest::addColumn<QByteArray>("head");
    const auto row
        = [](const char *name, const char *text) { QTest::addRow("%s", name) << QByteArray(text); };
    row("empty", "");
    row("no end", "GET / HTTP/1.1\r\nHost: a\r\n");
    row("bytes after", "GET / HTTP/1.1\r\nHost: a\r\n\r\nx");
    row("1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    row("no host", "GET / HTTP/1.1\r\n\r\n");
    row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    row("chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("length and chunked",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n");
    row("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n");
    row("length with sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\n");
    row("length too long", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n");
    row("folded header", "GET / HTTP/1.1\r\nHost: a\r\n b\r\nHost\r\n\r\n");
    row("bare newline", "GET / HTTP/1.1\nHost: a\n\n");
}

void tst_HttpMessage::refuses()
{
    QFETCH(QByteArray, head);
    QVERIFY(!parseRequestHead(head.toStdString()));
}

void tst_HttpMessage::readsAnAnswer()
{
    const auto answer
        = parseAnswerHead("HTTP/1.1 403 expired\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    QVERIFY(answer.has_value());
    QCOMPARE(answer->status, 403);
    QCOMPARE(answer->reason, std::string("expired"));
    QCOMPARE(*answer->contentLength, uint64_t(0));
    QVERIFY(!parseAnswerHead("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
}

// [T02] random changes of a good request; a soak runs ten million
void tst_HttpMessage::survivesMutations()
{
    const int rounds = qEnvironmentVariableIntValue("FB_SOAK") > 0 ? 10'000'000 : 20'000;
    test::SeededRandom random(7);
    int refused = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string head = kUpgrade;
        for (uint64_t change = 0; change <= random.below(4); ++change) {
            const size_t at = random.below(head.size());
            switch (random.below(3)) {
            case 0:
                head[at] = static_cast<char>(random.below(256));
                break;
            case 1:
                head.insert(at, random.bytes(random.below(16)));
                break;
            default:
                head.erase(at, random.below(16));
            }
        }
        const size_t length = headLength(head);
        if (length == 0 || !parseRequestHead(std::string_view(head).substr(0, length)))
            ++refused;
    }
    QVERIFY(refused > rounds / 4);
}

FB_TEST(tst_HttpMessage)
#include "tst_http_message.moc"
