// End to end: a demo console that is started again finds its agents and the sessions on them.
#include "models/settings/console_settings.h"
#include "tests/gui/program_options.h"
#include "tests/support/test_main.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/flagbridge_style.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_DemoRestart : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void sessionsGoOnAfterARestart();
    void takenPortIsNoEnd();

private:
    static ConsoleOptions demo(const QTemporaryDir &folder)
    {
        ConsoleOptions options = programOptions(folder);
        options.demo = true;
        options.listen.clear();
        return options;
    }
    static bool isReady(ConsoleProgram &program)
    {
        const QSignalSpy failed(&program, &ConsoleProgram::failed);
        program.start();
        return QTest::qWaitFor([&] { return program.console() || !failed.isEmpty(); }, 20000)
            && failed.isEmpty();
    }
    static TerminalView *viewOf(ConsoleProgram &program, int pane)
    {
        return program.console()->window().findChild<TerminalView *>(u"terminal-%1"_s.arg(pane));
    }
    static bool shows(ConsoleProgram &program, int pane, const QString &text)
    {
        return QTest::qWaitFor(
            [&] {
                const TerminalView *view = viewOf(program, pane);
                return view && view->shownText().contains(text);
            },
            15000);
    }
};

// [R18] with the real engine: what was typed before is on the screen, and the same shell answers.
void tst_DemoRestart::sessionsGoOnAfterARestart()
{
    const QTemporaryDir folder;
    QString session;
    {
        ConsoleProgram program(demo(folder));
        QVERIFY(isReady(program));
        QTRY_VERIFY2_WITH_TIMEOUT(program.fleet()->counts().online == 6,
                                  qPrintable(program.demo()->problem()), 60000);
        program.console()->window().openAddress(u"sessions"_s);
        SessionDeskModel &desk = program.console()->desk();
        const NodeRow node = program.fleet()->nodes().allNodes()[0];
        const int pane = desk.open({.nodeId = node.id, .nodeName = node.name});
        QTRY_COMPARE_WITH_TIMEOUT(desk.link(pane)->state(), SessionLink::State::Connected, 15000);
        session = desk.link(pane)->id();
        QTRY_VERIFY(viewOf(program, pane));
        QTest::keyClicks(viewOf(program, pane), u"kept=$((40+2)); echo before-$kept\r"_s);
        QVERIFY(shows(program, pane, u"before-42"_s));
    }
    ConsoleProgram program(demo(folder));
    QVERIFY(isReady(program));
    QTRY_VERIFY2_WITH_TIMEOUT(program.fleet()->counts().online == 6, qPrintable(program.demo()->problem()),
                              60000);
    program.console()->window().openAddress(u"sessions"_s);
    SessionDeskModel &desk = program.console()->desk();
    QCOMPARE(desk.tabs().size(), 1);
    const int pane = desk.tabs()[0].focused;
    QCOMPARE(desk.link(pane)->id(), session);
    desk.resumeAll();
    QTRY_COMPARE_WITH_TIMEOUT(desk.link(pane)->state(), SessionLink::State::Connected, 30000);
    QVERIFY(shows(program, pane, u"before-42"_s));
    QTest::keyClicks(viewOf(program, pane), u"echo after-$kept\r"_s);
    QVERIFY(shows(program, pane, u"after-42"_s));
    program.demo()->stopAndRemove();
    QTRY_COMPARE_WITH_TIMEOUT(program.fleet()->counts().online, 0, 20000);
}

void tst_DemoRestart::takenPortIsNoEnd()
{
    const QTemporaryDir folder;
    const ConsoleOptions options = demo(folder);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QVERIFY(QDir().mkpath(options.dataDir));
    ConsoleSettings(options.dataDir + u"/console.ini"_s).setDemoPort(other.serverPort());
    ConsoleProgram program(options);
    QVERIFY(isReady(program));
    QTRY_VERIFY2_WITH_TIMEOUT(program.fleet()->counts().online == 6, qPrintable(program.demo()->problem()),
                              60000);
    program.demo()->stopAndRemove();
    QTRY_COMPARE_WITH_TIMEOUT(program.fleet()->counts().online, 0, 20000);
}

FB_TEST(tst_DemoRestart)

}

#include "tst_demo_restart.moc"
