// The processes of tools (spec/fleet-manager.md 3.3): each counts until it has ended, and does not outstay its channel.

#include "agent/platform/process_tree.h"
#include "agent/tools/process_tool_host.h"
#include "agent/tools/tool_streams.h"
#include "tests/support/test_main.h"
#include "tests/unit/agent/core_bench.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Starts nothing; says what a test wants.
class CountingToolHost final : public agent::ToolHost
{
public:
    size_t live = 0;
    agent::ToolEvents *events = nullptr;

    void setEvents(agent::ToolEvents *e) override { events = e; }
    Result<void> startTool(agent::ToolId, const std::string &) override
    {
        ++live;
        return {};
    }
    void toolInput(agent::ToolId, std::string_view) override { }
    void toolInputEnded(agent::ToolId) override { }
    void allowToolOutput(agent::ToolId, uint64_t) override { }
    void endTool(agent::ToolId) override { }
    size_t running() const override { return live; }
};

}

class tst_ToolProcesses : public QObject
{
    Q_OBJECT
private slots:
    void countUntilTheyEnd();
    void whatLingersIsKilled();
    void whatGoesByItselfIsLeftToIt();

private:
    static bool allEnd(boost::asio::io_context &context, const agent::ProcessToolHost &host)
    {
        return QTest::qWaitFor(
            [&] {
                context.restart();
                context.poll();
                reap();
                return host.running() == 0;
            },
            20'000);
    }
    // In place of the agent: a script that says who it is and does `what` with its channel, descriptor 3.
    QString program(const QByteArray &what)
    {
        const QString path = m_folder.filePath(u"program"_s);
        QFile::remove(path);
        QFile::remove(m_folder.filePath(u"pid"_s));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("#!/bin/sh\necho $$ >" + m_folder.filePath(u"pid.part"_s).toUtf8() + "; mv "
                   + m_folder.filePath(u"pid.part"_s).toUtf8() + ' ' + m_folder.filePath(u"pid"_s).toUtf8()
                   + '\n' + what + '\n');
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }
    std::optional<agent::ProcessStamp> started() const
    {
        QFile file(m_folder.filePath(u"pid"_s));
        return file.open(QIODevice::ReadOnly) ? agent::stampOf(file.readAll().trimmed().toInt())
                                              : std::nullopt;
    }
    static void reap()
    {
        while (::waitpid(-1, nullptr, WNOHANG) > 0) { }
    }

    QTemporaryDir m_folder;
};

void tst_ToolProcesses::countUntilTheyEnd()
{
    CountingToolHost tools; // outlives the core
    CoreBench bench;
    bench.core->setToolHost(&tools);
    bench.connect();
    const auto open = [&bench]() -> std::string {
        bench.refused.reset();
        bench.opened.reset();
        wire::Open message;
        message.set_window(64 * 1024);
        message.mutable_rpc()->set_method("processes");
        const auto stream = bench.engine->open(protocol::StreamKind::Rpc, message, false);
        bench.settle();
        if (bench.refused)
            return bench.refused->code;
        if (!stream || !bench.opened)
            return "not answered";
        bench.engine->reset(*stream, "closed", "the page is gone");
        bench.settle();
        return "open";
    };
    for (size_t i = 0; i < agent::ToolStreams::kMost; ++i)
        QCOMPARE(open(), std::string("open"));
    QCOMPARE(tools.live, agent::ToolStreams::kMost); // all are reset, none has ended
    QCOMPARE(open(), std::string("busy"));
    --tools.live;
    QCOMPARE(open(), std::string("open"));
    QCOMPARE(open(), std::string("busy"));
    bench.cut(); // nor does another connection help
    bench.connect();
    QCOMPARE(open(), std::string("busy"));
    tools.live = 0;
    QCOMPARE(open(), std::string("open"));
}

void tst_ToolProcesses::whatLingersIsKilled()
{
    boost::asio::io_context context(1);
    agent::ProcessToolHost host(context, program("trap '' TERM\nexec sleep 600").toStdString(),
                                m_folder.path().toStdString(), {}, 50ms);
    QVERIFY(host.startTool(1, "files"));
    QTRY_VERIFY(started());
    const auto process = *started();
    host.endTool(1);
    QCOMPARE(host.running(), size_t(1));
    QVERIFY(allEnd(context, host));
    QVERIFY(!agent::isRunning(process));
}

void tst_ToolProcesses::whatGoesByItselfIsLeftToIt()
{
    boost::asio::io_context context(1);
    // What it still says has nobody to read it, and does not keep it.
    agent::ProcessToolHost host(
        context,
        program("cat <&3 >/dev/null; head -c 1000000 /dev/zero >&3; echo done >\"$3/done\"").toStdString(),
        m_folder.path().toStdString(), {}, 10min);
    QVERIFY(host.startTool(1, "files"));
    host.toolInput(1, "a request");
    host.endTool(1);
    host.toolInput(1, "late"); // nobody's
    QCOMPARE(host.running(), size_t(1));
    QVERIFY(allEnd(context, host));
    QVERIFY(QFile::exists(m_folder.filePath(u"done"_s)));
}

FB_TEST(tst_ToolProcesses)
#include "tst_tool_processes.moc"
