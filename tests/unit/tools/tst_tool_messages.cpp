// Messages of a tool's channel: put together from any pieces, and refused by their announced length.
#include "backend/protocol/tool_messages.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

class tst_ToolMessages : public QObject
{
    Q_OBJECT
private slots:
    void wholeFromPieces();
    void tooLongIsRefusedByItsLength();
    void names();
};

void tst_ToolMessages::wholeFromPieces()
{
    wire::ToolRequest first;
    first.set_id(1);
    first.mutable_process_start()->set_program(std::string(100'000, 'p'));
    wire::ToolRequest second;
    second.set_id(2);
    second.mutable_process_list();
    const std::string bytes = protocol::toolMessage(first) + protocol::toolMessage(second)
        + protocol::toolMessage(wire::ToolDone());
    for (const size_t piece : {size_t(1), size_t(3), size_t(70'000), bytes.size()}) {
        protocol::ToolMessageReader reader(200'000);
        std::vector<std::string> whole;
        for (size_t at = 0; at < bytes.size(); at += piece) {
            reader.add(std::string_view(bytes).substr(at, piece));
            for (;;) {
                const auto next = reader.next();
                QVERIFY(next);
                if (!*next)
                    break;
                whole.emplace_back(**next);
            }
        }
        QCOMPARE(whole.size(), size_t(3));
        QCOMPARE(whole[0], first.SerializeAsString());
        QCOMPARE(whole[1], second.SerializeAsString());
        QVERIFY(whole[2].empty());
    }
}

void tst_ToolMessages::tooLongIsRefusedByItsLength()
{
    protocol::ToolMessageReader reader(1000);
    reader.add(std::string_view("\x00\x00\x03\xe9", 4)); // 1001, and nothing of it has come yet
    const auto next = reader.next();
    QVERIFY(!next);
    QVERIFY(next.error().code == errors::kValidation);
    protocol::ToolMessageReader fits(1000);
    fits.add(std::string_view("\x00\x00\x03\xe8", 4));
    QVERIFY(fits.next() && !*fits.next());
}

void tst_ToolMessages::names()
{
    QVERIFY(protocol::isToolName("processes") && protocol::isToolName("journal"));
    for (const char *name : {"", "registry", "processes/..", "Processes", "../processes"})
        QVERIFY2(!protocol::isToolName(name), name);
}

FB_TEST(tst_ToolMessages)

}

#include "tst_tool_messages.moc"
