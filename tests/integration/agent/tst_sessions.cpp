// Terminals on a real agent.

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/test_main.h"

#include <QProcess>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace fb;
using namespace fb::test;
using protocol::StreamNumber;

class tst_Sessions : public QObject
{
    Q_OBJECT
private slots:
    void shell();
    void resumesOverCutsAndRestarts();
    void idle();
    void maximumDuration();
    void linkLostTooLong();
    void runsAsTheNamedUser();
    void runAsRefusals_data();
    void runAsRefusals();
    void missingUserGetsNoShell();
    void usersThatMayNotLogIn();
    void hostileUserNames();
    void hostileShell();
    void hostileVariables();
    void elevated();
    void echoIsReported();
    void withoutATerminal();
    void backPressure();
    void engineEndsIt();

private:
    static bool does(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        return process.waitForFinished() && process.exitCode() == 0;
    }
    // As root sessions run as ssm-user, which would be made on this machine: tests run the whole agent as another user.
    static bool start(AgentFixture &f, const QStringList &arguments = {});
    static bool sees(AgentFixture &f, const QString &pattern, int milliseconds = 10000)
    {
        const QRegularExpression expression(pattern);
        return f.engine.wait(
            [&] { return expression.match(QString::fromStdString(f.engine.terminalOutput)).hasMatch(); },
            milliseconds);
    }
    static void type(AgentFixture &f, StreamNumber stream, const std::string &text)
    {
        f.engine.link()->write(stream, text);
    }
    static wire::Open plain(const std::string &token)
    {
        wire::Open open;
        open.set_token(token);
        open.set_window(256 * 1024);
        wire::PtyParams &pty = *open.mutable_pty();
        pty.set_session_id("alice-0123456789abcdef0");
        pty.set_columns(80);
        pty.set_rows(24);
        return open;
    }
};

// The agent as an unprivileged user: what tests and the demo fleet are.
bool tst_Sessions::start(AgentFixture &f, const QStringList &arguments)
{
    const QStringList given = arguments.isEmpty() ? f.registration() : arguments;
    if (::geteuid() != 0)
        return f.start(given);
    ::chmod(QFile::encodeName(f.folder.path()).constData(), 0777); // it makes its own folder inside
    f.agent = std::make_unique<TestProcess>(
        QStringLiteral("/usr/bin/setpriv"), // no process of its own in between
        QStringList {QStringLiteral("--reuid=nobody"), QStringLiteral("--regid=nogroup"),
                     QStringLiteral("--clear-groups"), QStringLiteral("--"), AgentFixture::program()}
            + given);
    return f.engine.wait([&] { return f.engine.isConnected(); });
}

void tst_Sessions::shell() // session-manager 3.3
{
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    request.mutable_pty()->add_profile_lines("PROFILE=typed");
    const StreamNumber stream = f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    QVERIFY(
        QString::fromStdString(f.engine.terminalOpened->note()).startsWith(u"runs as "_qs)); // and says so
    type(f, stream,
         "tty; echo \"$TERM $COLORTERM $AWS_SSM_INSTANCE_ID $PROFILE\"; umask; echo $((40+2))end\n");
    QVERIFY(sees(f, u"42end"_qs));
    QVERIFY(sees(f, u"/dev/pts/\\d+"_qs));
    QVERIFY(sees(f, u"xterm-256color truecolor mi-[0-9a-f]{17} typed"_qs));
    QVERIFY(sees(f, u"0022"_qs));
    f.engine.link()->resize(stream, 132, 43);
    f.engine.waitFor(200);
    type(f, stream, "stty size; ps -o sid= -p $$; echo job$?\n");
    QVERIFY(sees(f, u"43 132"_qs));
    type(f, stream, "sleep 86425.5\n");
    f.engine.waitFor(300);
    type(f, stream, "\x03"); // a controlling terminal: ^C reaches the program in front
    type(f, stream, "echo still$((1+1))here\n");
    QVERIFY(sees(f, u"still2here"_qs));
    type(f, stream, "exit 5\n");
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }));
    QCOMPARE(f.engine.terminalFin->exit_code(), 5);
    QCOMPARE(f.engine.terminalFin->reason(), std::string("exited"));
    QVERIFY(f.engine.wait([&] { return QDir(f.state + u"/sessions"_qs).isEmpty(); }));
    QCOMPARE(AgentFixture::processesWith("86425.5"), QList<qint64>());
}

void tst_Sessions::resumesOverCutsAndRestarts() // session-manager 3.7: same shell, every byte once
{
    AgentFixture f;
    QVERIFY(start(f));
    StreamNumber stream = f.engine.openTerminal(plain("token"));
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    type(f, stream,
         "stty -echo; PS1=; echo pid=$$.; i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo n$i; done; echo "
         "do\"\"ne.\n");
    QVERIFY(sees(f, u"pid=\\d+\\."_qs));
    f.engine.cut();
    QVERIFY(f.engine.wait([&] { return f.engine.isConnected(); }));
    QCOMPARE(f.engine.hello.streams_size(), 1);
    QCOMPARE(f.engine.hello.streams(0).token(), std::string("token"));
    wire::Open again = plain("token");
    again.set_receive_from(f.engine.terminalOutput.size());
    f.engine.openTerminal(again, true);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    QVERIFY(sees(f, u"n500\\r"_qs));

    f.kill(); // the supervisor too
    QVERIFY(start(f, {QStringLiteral("--state"), f.state}));
    again.set_receive_from(f.engine.terminalOutput.size());
    stream = f.engine.openTerminal(again, true);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    QVERIFY(sees(f, u"done\\."_qs));
    const QString text = QString::fromStdString(f.engine.terminalOutput);
    qsizetype at = 0;
    for (int i = 1; i <= 3000; ++i) {
        const QString line = QStringLiteral("n%1\r\n").arg(i);
        const qsizetype found = text.indexOf(line, at);
        if (found < 0)
            qWarning() << text.size() << at << text.mid(std::max<qsizetype>(0, at - 20), 120)
                       << text.right(60);
        QVERIFY(found >= 0);
        at = found + line.size();
    }
    QCOMPARE(text.count(QRegularExpression(u"\\bn\\d+\\r\\n"_qs)), 3000); // each once
    const QString pid = QRegularExpression(u"pid=(\\d+)\\."_qs).match(text).captured(1);
    type(f, stream, "echo again=$$.\n");
    QVERIFY(sees(f, u"again="_qs + pid + u"\\."_qs));
}

void tst_Sessions::idle() // [session-manager 8.6] output does not count
{
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    request.mutable_pty()->set_idle_timeout_s(3);
    const StreamNumber stream = f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    type(f, stream, "while true; do echo tick; sleep 0.2; done\n");
    f.engine.waitFor(2000);
    QVERIFY(!f.engine.terminalFin);
    type(f, stream, " "); // a key: the time begins again
    f.engine.waitFor(2000);
    QVERIFY(!f.engine.terminalFin);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }, 10000));
    QCOMPARE(f.engine.terminalFin->reason(), std::string("idle"));
}

void tst_Sessions::maximumDuration() // [session-manager 8.7]
{
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    request.mutable_pty()->set_max_duration_s(2);
    const StreamNumber stream = f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    QVERIFY(f.engine.wait(
        [&] {
            if (!f.engine.terminalFin)
                type(f, stream, "a"); // typing does not help
            return f.engine.terminalFin.has_value();
        },
        8000));
    QCOMPARE(f.engine.terminalFin->reason(), std::string("maximum duration"));
}

void tst_Sessions::linkLostTooLong()
{
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    request.mutable_pty()->set_survive_link_s(1);
    const StreamNumber stream = f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    type(f, stream, "exec sleep 86426.5\n");
    QVERIFY(f.engine.wait([&] { return !AgentFixture::processesWith("86426.5").isEmpty(); }));
    f.engine.refuseConnections(true);
    f.engine.cut();
    QVERIFY(f.engine.wait([&] { return AgentFixture::processesWith("86426.5").isEmpty(); }, 12000));
    f.engine.refuseConnections(false);
    QVERIFY(f.engine.wait([&] { return f.engine.isConnected(); }, 20000));
    wire::Open again = plain("token");
    again.set_receive_from(f.engine.terminalOutput.size());
    f.engine.openTerminal(again, true);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }));
    QCOMPARE(f.engine.terminalFin->reason(), std::string("node connection lost"));
}

void tst_Sessions::runsAsTheNamedUser() // session-manager 3.4: from root, and for good
{
    if (::geteuid() != 0)
        QSKIP("only root becomes another user");
    AgentFixture f;
    QVERIFY(f.start());
    wire::Open request = plain("token");
    request.mutable_pty()->set_run_as_user(
        "sync"); // on every Debian, without privileges, with a shell that is none to refuse
    const StreamNumber stream = f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    QCOMPARE(f.engine.terminalOpened->note(), std::string("runs as sync"));
    type(f, stream, "echo [$(id -un) $(id -ru) $(id -G | wc -w) $HOME $USER $(umask)]\n");
    QVERIFY(sees(f, u"\\[sync 4 1 /bin sync 0022\\]"_qs));
    type(f, stream, "tty; stty size; exit\n");
    QVERIFY(sees(f, u"24 80"_qs));
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }));
    f.engine.terminalFin.reset();
    // root by name or by number is refused, also from root.
    wire::Open root = plain("another");
    root.mutable_pty()->set_run_as_user("root");
    f.engine.openTerminal(root);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalRefused.has_value(); }));
    QVERIFY(f.engine.terminalRefused->text.find("root, which is refused") != std::string::npos);
}

void tst_Sessions::runAsRefusals_data() // session-manager 3.4: by name, never another user
{
    QTest::addColumn<QString>("user");
    QTest::addRow("another user") << u"daemon"_qs;
    QTest::addRow("root") << u"root"_qs;
    QTest::addRow("missing") << u"nobody1"_qs;
    QTest::addRow("hostile") << u"x; touch /tmp/y"_qs;
}

void tst_Sessions::runAsRefusals()
{
    QFETCH(QString, user);
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    request.mutable_pty()->set_run_as_user(user.toStdString());
    f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalRefused.has_value(); }));
    QCOMPARE(f.engine.terminalRefused->code, std::string("failed"));
    QVERIFY(f.engine.terminalRefused->text.find(user.toStdString()) != std::string::npos);
    QVERIFY(f.engine.wait([&] { return QDir(f.state + u"/sessions"_qs).isEmpty(); }));
}

// Named, and no other user in its place. [session-manager 8.4]
void tst_Sessions::missingUserGetsNoShell()
{
    if (::geteuid() != 0)
        QSKIP("only root becomes another user");
    const bool hadSsmUser = ::getpwnam("ssm-user") != nullptr;
    AgentFixture f;
    QVERIFY(f.start());
    for (const char *user : {"nobody1", "root"}) {
        f.engine.terminalRefused.reset();
        wire::Open request = plain(std::string("token-") + user);
        request.mutable_pty()->set_run_as_user(user);
        f.engine.openTerminal(request);
        QVERIFY(f.engine.wait([&] { return f.engine.terminalRefused.has_value(); }));
        QVERIFY2(f.engine.terminalRefused->text.find(user) != std::string::npos,
                 f.engine.terminalRefused->text.c_str());
    }
    QVERIFY(f.engine.wait([&] { return QDir(f.state + u"/sessions"_qs).isEmpty(); }));
    QCOMPARE(::getpwnam("ssm-user") != nullptr, hadSsmUser); // none was made for it
}

// [N09] refused with the reason, and nobody else's shell in its place
void tst_Sessions::usersThatMayNotLogIn()
{
    if (::geteuid() != 0)
        QSKIP("only root becomes another user");
    const QString user = u"fbrunas%1"_qs.arg(QCoreApplication::applicationPid());
    const auto gone = qScopeGuard([&] { does(u"userdel"_qs, {u"--force"_qs, user}); });
    QVERIFY(does(u"useradd"_qs,
                 {u"--no-create-home"_qs, u"--home-dir"_qs, u"/nowhere/at-all"_qs, u"--shell"_qs,
                  u"/bin/sh"_qs, user}));
    AgentFixture f;
    QVERIFY(f.start());
    int attempts = 0;
    const auto refusal = [&] {
        f.engine.terminalRefused.reset();
        f.engine.terminalOpened.reset();
        wire::Open request = plain("token-" + std::to_string(++attempts));
        request.mutable_pty()->set_run_as_user(user.toStdString());
        f.engine.openTerminal(request);
        f.engine.wait([&] { return f.engine.terminalRefused || f.engine.terminalOpened; });
        return f.engine.terminalRefused ? QString::fromStdString(f.engine.terminalRefused->text) : QString();
    };
    QVERIFY2(refusal().contains(u"%1 has no home folder (/nowhere/at-all)"_qs.arg(user)),
             qPrintable(refusal()));
    QVERIFY(does(u"usermod"_qs, {u"--home"_qs, u"/tmp"_qs, u"--password"_qs, u"$6$salt$hash"_qs, user}));
    QVERIFY(does(u"usermod"_qs, {u"--lock"_qs, user}));
    QVERIFY(refusal().contains(u"is locked"_qs));
    QVERIFY(does(u"usermod"_qs, {u"--unlock"_qs, u"--expiredate"_qs, u"1"_qs, user}));
    QVERIFY(refusal().contains(u"has expired"_qs));
    QVERIFY(
        does(u"usermod"_qs, {u"--expiredate"_qs, QString(), u"--shell"_qs, u"/usr/sbin/nologin"_qs, user}));
    QVERIFY(refusal().contains(u"may not log in"_qs));
    QVERIFY(QDir(f.state + u"/sessions"_qs).isEmpty()); // nobody else's shell
    QVERIFY(does(u"usermod"_qs, {u"--shell"_qs, u"/bin/sh"_qs, user}));
    QCOMPARE(refusal(), QString());
    QVERIFY(f.engine.terminalOpened);
}

// [N07] names of users: none is found, none is made, no shell reads them
void tst_Sessions::hostileUserNames()
{
    if (::geteuid() != 0)
        QSKIP("only root becomes another user");
    AgentFixture f;
    QVERIFY(f.start());
    const std::string marker = f.folder.filePath(u"touched"_qs).toStdString();
    int number = 0;
    for (const std::string &user :
         {std::string("nobody; touch ") + marker, "$(touch " + marker + ")", "`touch " + marker + "`",
          std::string("../../root"), std::string("-root"), std::string("--help"), std::string("nobody\nroot"),
          std::string("nobody\0root", 11), std::string("65534"), std::string("0"), std::string("nobody "),
          std::string(" "), std::string("nobody:x:0:0::/:/bin/sh"), std::string("\xff\xfe"),
          std::string(5'000, 'a')}) {
        f.engine.terminalRefused.reset();
        f.engine.terminalOpened.reset();
        wire::Open request = plain("token-" + std::to_string(++number));
        request.mutable_pty()->set_run_as_user(user);
        f.engine.openTerminal(request);
        QVERIFY2(f.engine.wait([&] { return f.engine.terminalRefused || f.engine.terminalOpened; }),
                 user.substr(0, 100).c_str());
        QVERIFY2(f.engine.terminalRefused.has_value(), user.substr(0, 100).c_str());
        QVERIFY(f.engine.wait([&] { return QDir(f.state + u"/sessions"_qs).isEmpty(); }));
    }
    QVERIFY(!QFile::exists(QString::fromStdString(marker)));
}

// [N07] the shell of an account is a path for login programs; a session's is /bin/sh, whatever stands there
void tst_Sessions::hostileShell()
{
    if (::geteuid() != 0)
        QSKIP("only root becomes another user");
    const QString user = u"fbshell%1"_qs.arg(QCoreApplication::applicationPid());
    AgentFixture f;
    const QString marker = f.folder.filePath(u"touched"_qs);
    ::chmod(QFile::encodeName(f.folder.path()).constData(), 0777);
    const auto gone = qScopeGuard([&] { does(u"userdel"_qs, {u"--force"_qs, user}); });
    QVERIFY(does(u"useradd"_qs,
                 {u"--no-create-home"_qs, u"--home-dir"_qs, u"/tmp"_qs, u"--shell"_qs,
                  u"/bin/sh -c 'touch %1' $(touch %1)"_qs.arg(marker), user}));
    QVERIFY(f.start());
    wire::Open request = plain("token");
    request.mutable_pty()->set_run_as_user(user.toStdString());
    const StreamNumber stream = f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    type(f, stream, "echo \"<$SHELL> $(id -un) $(readlink /proc/$$/exe)\"; exit\n");
    QVERIFY(sees(f, u"</bin/sh> %1 /(usr/)?bin/"_qs.arg(user)));
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }));
    QVERIFY(!QFile::exists(marker));
}

// [N07] names of variables: what is none is left out, and is nothing else either
void tst_Sessions::hostileVariables()
{
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    for (const std::string &name : {std::string(), std::string("1A"), std::string("A=B"), std::string("A B"),
                                    std::string("A\nPATH"), std::string("BASH_FUNC_env%%"),
                                    std::string("A\0B", 3), std::string("$(id)"), std::string("GOOD")}) {
        wire::EnvEntry &entry = *request.mutable_pty()->add_environment();
        entry.set_name(name);
        entry.set_value("() { echo hostile; }; $(id)");
    }
    request.mutable_pty()->add_command("env | sort; echo end$((1+1))");
    request.mutable_pty()->set_no_pty(true);
    f.engine.openTerminal(request);
    QVERIFY(sees(f, u"end2"_qs));
    QStringList names;
    for (const QString &line : QString::fromStdString(f.engine.terminalOutput).split(u'\n'))
        names << line.section(u'=', 0, 0);
    const QStringList known {u"AWS_SSM_INSTANCE_ID"_qs,
                             u"COLORTERM"_qs,
                             u"GOOD"_qs,
                             u"HOME"_qs,
                             u"LANG"_qs,
                             u"LOGNAME"_qs,
                             u"OLDPWD"_qs,
                             u"PATH"_qs,
                             u"PWD"_qs,
                             u"SHELL"_qs,
                             u"SHLVL"_qs,
                             u"TERM"_qs,
                             u"USER"_qs,
                             u"_"_qs,
                             u"end2"_qs,
                             QString()};
    for (const QString &name : std::as_const(names))
        QVERIFY2(known.contains(name), qPrintable(name));
    QVERIFY(f.engine.terminalOutput.find("GOOD=() { echo hostile; }; $(id)\n") != std::string::npos);
}

void tst_Sessions::elevated() // session-manager 3.4, rule 3
{
    AgentFixture f;
    wire::Open request = plain("token");
    request.mutable_pty()->set_elevated(true);
    request.mutable_pty()->add_command("/bin/sh");
    request.mutable_pty()->add_command("-c");
    request.mutable_pty()->add_command("echo [$(id -un)]");
    if (::geteuid() == 0) {
        QVERIFY(f.start());
        f.engine.openTerminal(request);
        QVERIFY(sees(f, u"\\[root\\]"_qs));
        QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }));
        return;
    }
    QVERIFY(start(f));
    f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalRefused.has_value(); }));
    QVERIFY(f.engine.terminalRefused->text.find("as root") != std::string::npos);
}

// The terminal's ECHO as it was when it took the bytes. [session-manager 8.17]
void tst_Sessions::echoIsReported()
{
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    request.mutable_pty()->set_report_echo(true);
    request.mutable_pty()->add_profile_lines("PS1=");
    const StreamNumber stream = f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    const std::string first = "stty -echo; echo pass''word:; read pw; stty echo; echo over''\n";
    type(f, stream, first);
    QVERIFY(sees(f, u"password:"_qs));
    const std::string secret = "secret\n";
    type(f, stream, secret);
    QVERIFY(sees(f, u"over\\r"_qs));
    type(f, stream, "exit\n");
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }));
    const auto echoOf = [&](size_t offset) { // of the byte at the offset
        for (const auto &[below, echo] : f.engine.inputGiven)
            if (offset < below)
                return echo ? 1 : 0;
        return -1;
    };
    QCOMPARE(echoOf(0), 1); // the profile's lines do not count
    QCOMPARE(echoOf(first.size()), 0);
    QCOMPARE(echoOf(first.size() + secret.size() - 1), 0);
    QCOMPARE(echoOf(first.size() + secret.size()), 1);
    QVERIFY(f.engine.terminalOutput.find("secret") == std::string::npos);
}

void tst_Sessions::withoutATerminal() // [session-manager 8.16] apart, with prefixes where they are wished for
{
    AgentFixture f;
    QVERIFY(start(f));
    wire::Open request = plain("token");
    wire::PtyParams &pty = *request.mutable_pty();
    pty.set_no_pty(true);
    pty.set_stdout_prefix("OUT:");
    pty.set_stderr_prefix("ERR:");
    for (const char *part :
         {"/bin/sh", "-c", "echo o; sleep 0.2; echo e >&2; sleep 0.2; printf 1; sleep 0.2; echo 2; exit 7"})
        pty.add_command(part);
    f.engine.openTerminal(request);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }));
    QCOMPARE(f.engine.terminalFin->exit_code(), 7);
    QCOMPARE(f.engine.terminalErrors, std::string("ERR:e\n"));
    QCOMPARE(f.engine.terminalOutput, std::string("OUT:o\nERR:e\nOUT:12\n"));
}

void tst_Sessions::
    backPressure() // protocol-notes 7: at zero credit the program waits; nothing is lost or piled up
{
    AgentFixture f;
    QVERIFY(start(f));
    const StreamNumber stream = f.engine.openTerminal(plain("token"));
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    type(f, stream, "stty -echo -onlcr; PS1=; seq 1 2000000; echo ov\"\"er.\n");
    QVERIFY(sees(f, u"\\n1000\\n"_qs));
    f.engine.cut();
    f.engine.refuseConnections(true);
    f.engine.waitFor(1500);
    const auto produced = [&] { // by the worker: at most what it may keep
        return AgentFixture::processesWith("2000000").size();
    };
    QCOMPARE(produced(), qsizetype(1)); // seq waits for its reader
    f.engine.refuseConnections(false);
    QVERIFY(f.engine.wait([&] { return f.engine.isConnected(); }, 20000));
    wire::Open again = plain("token");
    again.set_receive_from(f.engine.terminalOutput.size());
    f.engine.openTerminal(again, true);
    QVERIFY(sees(f, u"over\\."_qs, 60000));
    std::string expected;
    for (int i = 1; i <= 2'000'000; ++i)
        expected += std::to_string(i) + "\n";
    QVERIFY(f.engine.terminalOutput.find(expected) != std::string::npos);
}

void tst_Sessions::engineEndsIt()
{
    AgentFixture f;
    QVERIFY(start(f));
    const StreamNumber stream = f.engine.openTerminal(plain("token"));
    QVERIFY(f.engine.wait([&] { return f.engine.terminalOpened.has_value(); }));
    type(f, stream, "trap '' HUP; nohup setsid sleep 4.75 & sleep 86427.5\n");
    QVERIFY(f.engine.wait([&] { return !AgentFixture::processesWith("86427.5").isEmpty(); }));
    wire::Fin fin;
    fin.set_reason("terminated by bob");
    f.engine.link()->finish(stream, fin);
    QVERIFY(f.engine.wait([&] { return f.engine.terminalFin.has_value(); }, 12000));
    QCOMPARE(f.engine.terminalFin->reason(), std::string("terminated by bob"));
    QVERIFY(f.engine.wait([&] { return AgentFixture::processesWith("86427.5").isEmpty(); }, 8000));
}

FB_TEST(tst_Sessions)
#include "tst_sessions.moc"
