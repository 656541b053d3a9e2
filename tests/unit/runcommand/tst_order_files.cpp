// Files that orders name: whom they are given to, and what of them (spec/documents.md 3.7).

#include "backend/base/on_result.h"
#include "backend/core/byte_encoding.h"
#include "backend/nodes/runcommand/order_files.h"
#include "backend/store/artifact_owners.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace fb::test;

class tst_OrderFiles : public QObject
{
    Q_OBJECT

private slots:
    void given_data() { addDatabaseRows(); }
    void given();
    void fromWhereItStopped();
    void slowNode();
    void onlyWhatAnOrderNames();
    void afterARestart();
    void manyAtOnce();
};

namespace {

class FakeFileChannel final : public FileChannel
{
public:
    struct Stream {
        bool accepted = false;
        bool finished = false;
        std::string refusal;
        std::string bytes;
    };
    void acceptFile(const OutputStreamId &stream) override { streams[stream].accepted = true; }
    void refuseFile(const OutputStreamId &stream, std::string_view code, std::string_view) override
    {
        streams[stream].refusal = code;
    }
    bool writeFile(const OutputStreamId &stream, std::string bytes) override
    {
        if (full)
            return false;
        streams[stream].bytes += bytes;
        return true;
    }
    void finishFile(const OutputStreamId &stream) override { streams[stream].finished = true; }
    void resetFile(const OutputStreamId &stream, std::string_view text) override
    {
        streams[stream].refusal = text;
    }
    std::map<OutputStreamId, Stream> streams;
    bool full = false;
};

struct Bench : CommandBench {
    explicit Bench(const QString &kind = u"sqlite"_s) : CommandBench(kind)
    {
        start();
        addNodes(2);
        bytes.resize(700'000);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>((i * 7919) >> 8);
        hash = sha256(bytes.toStdString());
        const QString hex = QString::fromStdString(toHex(hash));
        documents.attach(u"OneStep"_s, {{u"big.bin"_s, hex, bytes.size()}});
        const auto opened = artifacts->open(documentFileArtifact(hex));
        auto sealed = opened && artifacts->append(opened->id, bytes)
            ? artifacts->seal(opened->id)
            : readyResult(Result<ArtifactInfo>(makeError(errors::kInternal, "not kept")));
        if (!QTest::qWaitFor([&] { return sealed.isFinished(); }, 10'000) || !sealed.result())
            qFatal("the file was not kept");
        makeFiles();
    }
    void makeFiles()
    {
        files = std::make_unique<OrderFiles>(*database, *artifacts, *outbox, channel);
        files->addOwner(QString::fromLatin1(RunCommandService::kOwnerName), *service);
    }
    // The order of node 1.
    std::string orderOne()
    {
        SendCommandRequest request;
        request.documentName = u"OneStep"_s;
        request.instanceIds = {toQString(node(1))};
        const Command sent = send(request);
        run();
        return fleet.orderOf(node(1), sent.commandId.text())->id;
    }
    OutputStreamId ask(const NodeId &from, const std::string &order, const std::string &sha,
                       uint64_t begin = 0)
    {
        const OutputStreamId id {.connection = 1, .number = ++next};
        wire::ArtifactParams params;
        params.set_order_id(order);
        params.set_sha256(sha);
        isOpen = files->streamOpened(id, from, params, begin);
        return id;
    }

    QByteArray bytes;
    std::string hash;
    FakeFileChannel channel;
    std::unique_ptr<OrderFiles> files;
    quint64 next = 0;
    bool isOpen = false;
};

}

void tst_OrderFiles::given()
{
    QFETCH(QString, database);
    Bench b(database);
    const std::string order = b.orderOne();
    const wire::OrderBody body
        = b.fleet.orderOf(b.node(1), b.fleet.node(b.node(1)).ran.at(0).command_id())->body;
    QCOMPARE(body.attachments_size(), 1);
    QCOMPARE(body.attachments(0).name(), std::string("big.bin"));
    QCOMPARE(body.attachments(0).sha256(), b.hash);
    const OutputStreamId id = b.ask(b.node(1), order, b.hash);
    QVERIFY(b.isOpen);
    QTRY_VERIFY(b.channel.streams[id].finished);
    QVERIFY(b.channel.streams[id].bytes == b.bytes.toStdString());
}

void tst_OrderFiles::fromWhereItStopped()
{
    Bench b;
    const std::string order = b.orderOne();
    const OutputStreamId id = b.ask(b.node(1), order, b.hash, 300'000);
    QTRY_VERIFY(b.channel.streams[id].finished);
    QVERIFY(b.channel.streams[id].bytes == b.bytes.mid(300'000).toStdString());
    const OutputStreamId end = b.ask(b.node(1), order, b.hash, 700'000);
    QTRY_VERIFY(b.channel.streams[end].finished);
    const OutputStreamId beyond = b.ask(b.node(1), order, b.hash, 700'001);
    QCOMPARE(b.channel.streams[beyond].refusal, std::string("not-found"));
}

void tst_OrderFiles::slowNode()
{
    Bench b;
    const std::string order = b.orderOne();
    b.channel.full = true;
    const OutputStreamId id = b.ask(b.node(1), order, b.hash);
    QTest::qWait(0);
    QVERIFY(b.channel.streams[id].accepted && b.channel.streams[id].bytes.empty());
    b.channel.full = false;
    QTRY_VERIFY((b.files->streamWritable(id), b.channel.streams[id].finished));
    QVERIFY(b.channel.streams[id].bytes == b.bytes.toStdString());
    // One that goes away in the middle.
    const OutputStreamId gone = b.ask(b.node(1), order, b.hash);
    b.files->streamGone(gone);
    QTest::qWait(0);
    QVERIFY(!b.channel.streams[gone].finished);
}

void tst_OrderFiles::onlyWhatAnOrderNames()
{
    Bench b;
    const std::string order = b.orderOne();
    const auto refusalOf = [&](const NodeId &from, const std::string &orderId, const std::string &sha) {
        const OutputStreamId id = b.ask(from, orderId, sha);
        return b.isOpen ? std::string("open") : b.channel.streams[id].refusal;
    };
    QCOMPARE(refusalOf(b.node(2), order, b.hash), std::string("not-found")); // another node's order
    QCOMPARE(refusalOf(b.node(1), "01ARZ3NDEKTSV4RRFFQ69G5FAV", b.hash), std::string("not-found"));
    QCOMPARE(refusalOf(b.node(1), "", b.hash), std::string("not-found"));
    QCOMPARE(refusalOf(b.node(1), order, sha256("else")), std::string("not-found"));
    QCOMPARE(refusalOf(b.node(1), order, "short"), std::string("not-found"));
    QCOMPARE(refusalOf(b.node(1), order, b.hash), std::string("open"));
    // When the order is over, so is the right to its files.
    b.fleet.finishAll(FakeFleet::result("Success", 0, {}, "stepOne"));
    b.run();
    QCOMPARE(refusalOf(b.node(1), order, b.hash), std::string("not-found"));
}

void tst_OrderFiles::afterARestart()
{
    Bench b;
    const std::string order = b.orderOne();
    b.files.reset();
    b.restart();
    b.connectNode(b.node(1));
    b.run();
    b.makeFiles();
    const OutputStreamId id = b.ask(b.node(1), order, b.hash);
    QVERIFY2(b.isOpen, b.channel.streams[id].refusal.c_str());
    QTRY_VERIFY(b.channel.streams[id].finished);
}

void tst_OrderFiles::manyAtOnce()
{
    Bench b;
    const std::string order = b.orderOne();
    b.channel.full = true;
    for (size_t i = 0; i < OrderFiles::kMostStreams; ++i) {
        (void)b.ask(b.node(1), order, b.hash);
        QVERIFY(b.isOpen);
    }
    const OutputStreamId tooMany = b.ask(b.node(1), order, b.hash);
    QCOMPARE(b.channel.streams[tooMany].refusal, std::string("busy")); // it comes again
}

FB_TEST(tst_OrderFiles)
#include "tst_order_files.moc"
