#include "backend/base/qt_text.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/runcommand/run_command_service.h"
#include "backend/nodes/sessions/session_service.h"
#include "tests/support/live_fleet.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

// Sessions as the console has them: a real agent, the engine in process, a terminal that parses what comes.
class tst_LiveSessions : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_fleet.reset(); }
    void aShellAndItsEnd();
    void resizeReachesTheProgram();
    void everyNumberOnceThoughTheClientWentAway();
    void theEngineStopsAndComesBack();
    void theAgentIsKilled();
    void aDeregisteredNodeKeepsNothing();
    void aBigFileAndControlC();
    void aFloodIsHeldBack();
    void fiftyThatNobodyLooksAt();

private:
    static qint64 residentBytes();
    QString pidOf(LiveTerminal &terminal) { return terminal.answerTo("echo $$"); }
    std::optional<Session> stored(const QString &id)
    {
        const auto found = m_fleet->ask([id](Engine &engine) -> Result<std::optional<Session>> {
            return engine.sessions().session(toId<SessionId>(id));
        });
        return found ? *found : std::nullopt;
    }

    TerminalThread m_thread;
    std::unique_ptr<LiveFleet> m_fleet;
    QTemporaryDir m_folder;
};

void tst_LiveSessions::init()
{
    m_fleet = std::make_unique<LiveFleet>();
    QVERIFY(m_fleet->startEngine());
    QVERIFY(m_fleet->startAgent());
}

qint64 tst_LiveSessions::residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * 4096;
}

// As an ordinary user the shell is the agent's own, and says so. [session-manager 8.1]
void tst_LiveSessions::aShellAndItsEnd()
{
    LiveTerminal terminal(*m_fleet, m_thread);
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Connected, 15'000);
    QVERIFY2(terminal.answerTo("tty").startsWith(u"/dev/pts/"_s), qPrintable(terminal.shown()));
    QCOMPARE(terminal.answerTo("echo $TERM"), u"xterm-256color"_s);
    const QString user = terminal.answerTo("id -un");
    QVERIFY2(user == u"ssm-user"_s || terminal.link.news().runAs.contains(user), qPrintable(user));
    terminal.type("exit\r");
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Ended, 15'000);
    const auto session = stored(terminal.link.id());
    QVERIFY(session);
    QCOMPARE(session->status, SessionStatus::Terminated);
    QCOMPARE(session->details, u"exited 0"_s);
    // And an ended one opens again in place.
    terminal.link.reopen();
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Connected, 15'000);
    QVERIFY(terminal.link.id() != toQString(session->sessionId));
}

void tst_LiveSessions::resizeReachesTheProgram() // [session-manager 8.3]
{
    LiveTerminal terminal(*m_fleet, m_thread);
    QCOMPARE(terminal.answerTo("stty size"), u"24 80"_s);
    terminal.model.resize(132, 43);
    QTRY_COMPARE(terminal.model.frame().columns, 132);
    QCOMPARE(terminal.answerTo("stty size"), u"43 132"_s);
    if (!QFile::exists(u"/usr/bin/vim"_s))
        return;
    terminal.type("for i in $(seq 1 200); do echo \"row $i\"; done > /tmp/fb-rows-$$; vim -u NONE -N "
                  "/tmp/fb-rows-$$\r");
    QVERIFY2(terminal.shows(u"row 42"_s), qPrintable(terminal.shown()));
    terminal.model.resize(80, 24);
    QTRY_VERIFY_WITH_TIMEOUT(terminal.shown().startsWith(u"row 1\nrow 2\n"_s)
                                 && terminal.shown().contains(u"row 23\n"_s)
                                 && !terminal.shown().contains(u"row 24\n"_s),
                             10'000);
    QCOMPARE(terminal.shown().count(u"row "_s), 23);
    terminal.type(":q\r");
    QTRY_VERIFY_WITH_TIMEOUT(!terminal.model.frame().modes.alternateScreen,
                             10'000); // it throws typed keys away
    QVERIFY(terminal.answerTo("rm -f /tmp/fb-rows-$$; echo gone").endsWith(u"gone"_s));
}

void tst_LiveSessions::everyNumberOnceThoughTheClientWentAway() // [session-manager 8.8]
{
    constexpr int kNumbers = 200'000;
    auto terminal
        = std::make_unique<LiveTerminal>(*m_fleet, m_thread, TerminalSetup {.scrollbackLines = 300'000});
    QCOMPARE(terminal->answerTo("echo ready"), u"ready"_s);
    QByteArray all;
    connect(&terminal->link, &SessionLink::outputArrived, this,
            [&](const QByteArray &bytes) { all += bytes; });
    terminal->type("seq 1 " + QByteArray::number(kNumbers) + "; echo all of th''em\r");
    QTRY_VERIFY(all.size() > 100'000);
    const QString id = terminal->link.id();
    // The client is gone in the middle; the next one is shown what went before from the recording, and then all that follows, each byte once.
    const SessionWish wish = terminal->link.wish();
    terminal.reset();
    QTest::qWait(500);
    all.clear();
    SessionLink second(m_fleet->links(), wish);
    connect(&second, &SessionLink::outputArrived, this, [&](const QByteArray &bytes) {
        all += bytes;
        second.consumed(bytes.size());
    });
    second.setLeft(id);
    second.resume();
    QTRY_VERIFY_WITH_TIMEOUT(all.contains("all of them"), 30'000);
    int expected = 1;
    for (const QByteArray &line : all.mid(all.indexOf("\r\n") + 2).split('\n')) {
        if (line.trimmed() == QByteArray::number(expected))
            ++expected;
    }
    QCOMPARE(expected, kNumbers + 1);
    QCOMPARE(all.count("\r\n100000\r\n"), 1);
}

void tst_LiveSessions::theEngineStopsAndComesBack() // [session-manager 8.9] [R18]
{
    auto terminal = std::make_unique<LiveTerminal>(*m_fleet, m_thread);
    const QString pid = pidOf(*terminal);
    QVERIFY(pid.toInt() > 1);
    terminal->type("printf '\\033[2J\\033[H\\033[31mstays\\033[0m here'\r");
    QVERIFY(terminal->shows(u"stays here"_s));
    const QString before = terminal->shown();
    const QString id = terminal->link.id();
    const SessionWish wish = terminal->link.wish();
    terminal.reset();
    const qsizetype promptEnd = before.indexOf(u"stays here"_s) + 10;
    m_fleet->stopEngine();
    QTest::qWait(1500);
    QVERIFY(m_fleet->startEngine());
    QCOMPARE(stored(id)->status, SessionStatus::Disconnected);
    LiveTerminal again(*m_fleet, m_thread);
    again.link.end([](const ShownError &) {}); // the one that was started with it
    SessionLink resumed(m_fleet->links(), wish);
    TerminalModel screen(m_thread);
    connect(&resumed, &SessionLink::outputArrived, &screen,
            [&](const QByteArray &bytes) { screen.write(bytes); });
    connect(&screen, &TerminalModel::consumed, &resumed, &SessionLink::consumed);
    resumed.setLeft(id);
    resumed.resume();
    QTRY_COMPARE_WITH_TIMEOUT(resumed.state(), SessionLink::State::Connected, 30'000);
    // The same screen stands there, with its colours and what lies above it.
    const auto shown = [&screen] {
        std::string text;
        for (const auto &line : screen.frame().lines) {
            line->appendText(text, 0, line->textEnd());
            text += '\n';
        }
        return QString::fromStdString(text);
    };
    QVERIFY2(QTest::qWaitFor([&] { return shown().startsWith(before.left(promptEnd)); }, 15000),
             qPrintable(shown()));
    const LineCells &first = *screen.frame().lines.front();
    QCOMPARE(first.pens.at(first.cells.front().pen).foreground, TerminalColor::indexed(1));
    QByteArray answer;
    connect(&resumed, &SessionLink::outputArrived, this, [&](const QByteArray &bytes) { answer += bytes; });
    resumed.type("echo pid=$$.\r");
    QTRY_VERIFY_WITH_TIMEOUT(answer.contains("pid=" + pid.toLatin1() + '.'), 15'000);
    resumed.end([](const ShownError &) {});
    QTRY_COMPARE_WITH_TIMEOUT(resumed.state(), SessionLink::State::Ended, 15'000);
}

// Killed in the middle of a screen: the same screen stands afterwards, the same shell answers. [session-manager 8.10]
void tst_LiveSessions::theAgentIsKilled()
{
    LiveTerminal terminal(*m_fleet, m_thread);
    const QString pid = pidOf(terminal);
    terminal.type("printf '\\033[2J\\033[H'; for i in 1 2 3 4 5; do echo line $i; done\r");
    QVERIFY(terminal.shows(u"line 5"_s));
    const QString before = terminal.shown();
    m_fleet->killAgent();
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Disconnected, 20'000);
    QVERIFY(!terminal.link.cause().isEmpty());
    QCOMPARE(terminal.shown(), before);
    terminal.type("echo typed mean''while\r"); // kept, and not lost
    QVERIFY(m_fleet->startAgent());
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Connected, 30'000);
    QVERIFY2(terminal.shows(u"typed meanwhile"_s), qPrintable(terminal.shown()));
    QCOMPARE(pidOf(terminal), pid);
    QVERIFY(terminal.shown().startsWith(before.trimmed().left(before.indexOf(u"line 5"_s) + 6)));
}

// [fleet-manager B8.15]
void tst_LiveSessions::aDeregisteredNodeKeepsNothing()
{
    LiveTerminal terminal(*m_fleet, m_thread);
    const QString shell = pidOf(terminal);
    QVERIFY(QFile::exists(u"/proc/"_s + shell));
    const NodeId node = toId<NodeId>(m_fleet->nodeId());
    const QString pidFile = m_folder.filePath(u"pid"_s);
    const auto sent = m_fleet->ask([&](Engine &engine) {
        SendCommandRequest request {.documentName = u"AWS-RunShellScript"_s,
                                    .instanceIds = {toQString(node)}};
        request.parameters = {{u"commands"_s, {u"echo $$ > %1; exec sleep 86428"_s.arg(pidFile)}}};
        return engine.runCommand().sendCommand(engine.owner(), request);
    });
    QVERIFY(sent);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(pidFile).size() > 1, 15'000);
    QFile file(pidFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString script = QString::fromLatin1(file.readAll().trimmed());
    QVERIFY(QFile::exists(u"/proc/"_s + script));

    QElapsedTimer clock;
    clock.start();
    QVERIFY(m_fleet->ask([node](Engine &engine) { return engine.fleet().deregister(engine.owner(), node); }));
    const auto isCut = [&] {
        return !*m_fleet->ask([node](Engine &engine) -> Result<bool> {
            const auto connected = engine.sessions().isConnected(engine.owner(), node);
            return connected && *connected;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCut(), 15'000);
    qInfo("cut after %lld ms", clock.elapsed());
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(clock.elapsed() < 2000);
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Ended, 15'000);
    QCOMPARE(stored(terminal.link.id())->status, SessionStatus::Terminated);
    const auto rows = m_fleet->ask([id = sent->commandId](Engine &engine) {
        return engine.runCommand().invocationsOf(engine.owner(), id);
    });
    QVERIFY(rows && rows->size() == 1);
    QCOMPARE(rows->constFirst().statusDetails(), u"Undeliverable"_s);
    // On the node nothing of it is left, and it asks no more than once an hour.
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(u"/proc/"_s + shell), 15'000);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(u"/proc/"_s + script), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_fleet->agentLog().contains("It tries again every hour"), 15'000);
}

// The window answers, memory stays, and Ctrl+C gets through at once. [session-manager 8.25]
void tst_LiveSessions::aBigFileAndControlC()
{
    const bool isWhole = qEnvironmentVariableIsSet("FB_SOAK");
    const QByteArray megabytes = isWhole ? "100" : "20";
    LiveTerminal terminal(*m_fleet, m_thread);
    QVERIFY(terminal
                .answerTo("yes 0123456789abcdefghijklmnopqrstuvwxyz | head -c " + megabytes
                          + "000000 > /tmp/fb-big-$$; echo made")
                .endsWith(u"made"_s));
    const qint64 before = residentBytes();
    qint64 shown = 0;
    connect(&terminal.model, &TerminalModel::consumed, this, [&](qint64 bytes) { shown += bytes; });
    terminal.type("cat /tmp/fb-big-$$\r");
    QTRY_VERIFY(shown > 2'000'000);
    double longest = 0;
    QElapsedTimer gap;
    gap.start();
    for (int i = 0; i < 50; ++i) {
        QCoreApplication::processEvents();
        longest = std::max(longest, double(gap.restart()));
        QTest::qSleep(1);
    }
    terminal.type("\003");
    QElapsedTimer passed;
    passed.start();
    QCOMPARE(terminal.answerTo("echo back"), u"back"_s);
    // Times are judged where the machine is not shared with other tests.
    if (isWhole)
        QVERIFY2(passed.elapsed() < 1000, qPrintable(QString::number(passed.elapsed())));
    QVERIFY2(residentBytes() - before < 150 << 20,
             qPrintable(QString::number((residentBytes() - before) >> 20)));
    if (isWhole)
        QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
    terminal.answerTo("rm -f /tmp/fb-big-$$");
}

void tst_LiveSessions::aFloodIsHeldBack() // [U09]
{
    LiveTerminal terminal(*m_fleet, m_thread);
    QCOMPARE(terminal.answerTo("echo ready"), u"ready"_s);
    terminal.consumes = false; // nobody looks
    qint64 arrived = 0;
    connect(&terminal.link, &SessionLink::outputArrived, this,
            [&](const QByteArray &bytes) { arrived += bytes.size(); });
    const qint64 before = residentBytes();
    terminal.type("yes $(seq 1 100)\r");
    QTRY_VERIFY(arrived > 100'000);
    qint64 last = -1;
    QTRY_VERIFY(std::exchange(last, arrived) == arrived || (QTest::qWait(300), false)); // it stands still
    QVERIFY2(arrived <= 512 * 1024, qPrintable(QString::number(arrived)));
    QVERIFY(residentBytes() - before < 64 << 20);
    // Looked at again it goes on, and can be stopped.
    terminal.consumes = true;
    terminal.link.consumed(arrived);
    QTRY_VERIFY(arrived > 1'000'000);
    terminal.type("\003");
    QCOMPARE(terminal.answerTo("echo stopped"), u"stopped"_s);
}

// A laptop asleep with fifty tails open: credits stop, memory stays; awake again each shows all without a gap. [R15]
void tst_LiveSessions::fiftyThatNobodyLooksAt()
{
    constexpr int kPerNode = 17; // of 20
    const int count = qEnvironmentVariableIsSet("FB_SOAK") ? 50 : 15;
    constexpr int kLines = 60'000;
    for (int agent = 1; agent * kPerNode < count; ++agent)
        QVERIFY(m_fleet->startAgent(size_t(agent)));
    std::vector<std::unique_ptr<LiveTerminal>> terminals;
    std::vector<QByteArray> outputs;
    outputs.resize(size_t(count));
    for (int i = 0; i < count; ++i) {
        terminals.push_back(
            std::make_unique<LiveTerminal>(*m_fleet, m_thread, TerminalSetup(), size_t(i / kPerNode)));
        QByteArray &output = outputs[size_t(i)];
        connect(&terminals.back()->link, &SessionLink::outputArrived, this,
                [&output](const QByteArray &bytes) { output += bytes; });
    }
    for (auto &terminal : terminals)
        QTRY_COMPARE_WITH_TIMEOUT(terminal->link.state(), SessionLink::State::Connected, 30'000);
    const qint64 before = residentBytes();
    for (auto &terminal : terminals) {
        terminal->consumes = false;
        terminal->type("seq 1 " + QByteArray::number(kLines) + "; echo fin''is\r");
    }
    QTest::qWait(3000); // asleep
    for (const QByteArray &output : outputs)
        QVERIFY2(output.size() < 512 * 1024, qPrintable(QString::number(output.size())));
    QVERIFY2(residentBytes() - before < qint64(count) * (4 << 20),
             qPrintable(QString::number((residentBytes() - before) >> 20)));
    for (size_t i = 0; i < terminals.size(); ++i) {
        terminals[i]->consumes = true;
        terminals[i]->link.consumed(outputs[i].size());
    }
    for (int i = 0; i < count; ++i) {
        QTRY_VERIFY_WITH_TIMEOUT(outputs[size_t(i)].contains("finis"), 60'000);
        int expected = 1;
        for (const QByteArray &line : outputs[size_t(i)].split('\n')) {
            if (line.trimmed() == QByteArray::number(expected))
                ++expected;
        }
        QCOMPARE(expected, kLines + 1);
    }
}

FB_TEST(tst_LiveSessions)

}

#include "tst_live_sessions.moc"
