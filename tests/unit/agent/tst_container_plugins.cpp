// What aws:runDockerAction, aws:configureDocker and aws:domainJoin make of their inputs (spec/documents.md 3.12). The programs they call are
// stand-ins in a folder of the test's.

#include "agent/platform/user_account.h"
#include "agent/plugins/configure_docker.h"
#include "agent/plugins/domain_join.h"
#include "agent/plugins/run_docker_action.h"

#include "backend/language/tree_text.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace fb;
using namespace fb::agent;
using namespace Qt::StringLiterals;

class tst_ContainerPlugins : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { qputenv("PATH", m_path); }
    void dockerArguments_data();
    void dockerArguments();
    void words_data();
    void words();
    void dockerElsePodman();
    void exitCodesSteerNothing();
    void dockerIsInstalled_data();
    void dockerIsInstalled();
    void joinsByRealm();
    void joinRefusals_data();
    void joinRefusals();

private:
    Step stepOf(const char *inputs) const
    {
        Step step;
        step.name = std::string("s"); // GCC 12 warns of an assigned literal
        step.inputs = *parseJson(inputs);
        return step;
    }
    Result<PreparedProcess> prepare(const StepPlugin &plugin, const char *inputs) const
    {
        const ResolvedStep step {stepOf(inputs), {}};
        const auto invocation = PrivateFolder::openOrMake(m_folder->filePath(u"run"_s).toStdString());
        return plugin.prepare({.step = step, .index = 0, .invocation = *invocation});
    }
    void addProgram(const QString &name, const QByteArray &script = "exit 0\n") const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    }
    static QByteArray joined(const std::vector<std::string> &arguments)
    {
        QByteArray text;
        for (const std::string &argument : arguments)
            text += "[" + QByteArray::fromStdString(argument) + "]";
        return text;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path;
};

void tst_ContainerPlugins::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = qgetenv("PATH");
    qputenv("PATH", QFile::encodeName(m_folder->path()));
}

void tst_ContainerPlugins::dockerArguments_data()
{
    QTest::addColumn<QByteArray>("inputs");
    QTest::addColumn<QByteArray>("expected"); // or what the refusal says
    const auto row = [](const char *name, const char *inputs, const char *expected) {
        QTest::addRow("%s", name) << QByteArray(inputs) << QByteArray(expected);
    };
    row("run, everything",
        R"({"action":"Run","container":"web","image":"nginx:1","cmd":"sh -c 'echo $HOME; id'","memory":"64m",)"
        R"("cpuShares":"512","volume":["/a:/b","/c d:/e"],"env":"A=1 2\nB=","user":"1000","publish":"80:80 443:443"})",
        "[run][--name=web][--cpu-shares=512][--memory=64m][--volume=/a:/b][--volume=/c d:/e][--publish=80:80]"
        "[--publish=443:443][--env=A=1 2][--env=B=][--user=1000][nginx:1][sh][-c][echo $HOME; id]");
    row("create", R"({"action":"Create","image":"x"})", "[create][x]");
    row("one volume", R"({"action":"Create","image":"x","volume":"/a:/b"})", "[create][--volume=/a:/b][x]");
    row("start", R"({"action":"Start","container":"web"})", "[start][web]");
    row("stop", R"({"action":"Stop","container":"web"})", "[stop][web]");
    row("rm", R"({"action":"Rm","container":"web"})", "[rm][web]");
    row("exec", R"({"action":"Exec","container":"web","cmd":"ls -l","user":"www","env":"A=1"})",
        "[exec][--env=A=1][--user=www][web][ls][-l]");
    row("inspect", R"({"action":"Inspect","container":"web"})", "[inspect][web]");
    row("stats", R"({"action":"Stats","container":"web"})", "[stats][--no-stream][web]");
    row("logs", R"({"action":"Logs","container":"web"})", "[logs][web]");
    row("pull", R"({"action":"Pull","image":"x"})", "[pull][x]");
    row("images", R"({"action":"Images"})", "[images]");
    row("rmi", R"({"action":"Rmi","image":"x"})", "[rmi][x]");
    row("ps", R"({"action":"Ps"})", "[ps]");
    row("nothing is expanded", R"({"action":"Exec","container":"web","cmd":"echo $(id) `id` *"})",
        "[exec][web][echo][$(id)][`id`][*]");
    row("run without image", R"({"action":"Run"})", "image is missing; action Run needs it");
    row("create without image", R"({"action":"Create","container":"a"})",
        "image is missing; action Create needs it");
    row("start without container", R"({"action":"Start"})", "container is missing; action Start needs it");
    row("logs without container", R"({"action":"Logs","image":"x"})",
        "container is missing; action Logs needs it");
    row("exec without command", R"({"action":"Exec","container":"a","cmd":"  "})",
        "cmd is missing; action Exec needs it");
    row("pull without image", R"({"action":"Pull","image":""})", "image is missing; action Pull needs it");
    row("container as an option", R"({"action":"Rm","container":"--all"})",
        "container is \"--all\", which would be taken for an option");
    row("image as an option", R"({"action":"Run","image":"--privileged"})",
        "image is \"--privileged\", which would be taken for an option");
    row("a NUL", R"({"action":"Run","image":"a\u0000b"})", "image holds a NUL");
    row("an open quote", R"({"action":"Run","image":"a","cmd":"sh -c 'x"})", "cmd: a ' is never closed");
    row("no such action", R"({"action":"Kill","container":"a"})", "action is \"Kill\"");
}

void tst_ContainerPlugins::dockerArguments()
{
    QFETCH(QByteArray, inputs);
    QFETCH(QByteArray, expected);
    // The parser refuses a NUL before it gets here; a parameter's value could bring one.
    Step step = stepOf(inputs.contains("u0000") ? R"({"action":"Run"})" : inputs.constData());
    if (inputs.contains("u0000"))
        step.inputs.set("image", Tree::string(std::string("a\0b", 3)));
    const auto arguments = RunDockerAction::argumentsOf(step);
    QCOMPARE(arguments ? joined(*arguments) : QByteArray::fromStdString(arguments.error().message), expected);
}

void tst_ContainerPlugins::words_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("none") << QByteArray(" \n") << QByteArray();
    QTest::addRow("plain") << QByteArray(" a  b\tc ") << QByteArray("[a][b][c]");
    QTest::addRow("quotes") << QByteArray("'a b' \"c d\"e ''") << QByteArray("[a b][c de][]");
    QTest::addRow("quotes in quotes")
        << QByteArray("\"it's\" 'say \"x\"'") << QByteArray("[it's][say \"x\"]");
    QTest::addRow("escapes") << QByteArray("a\\ b \"\\\"\\\\\\n\" '\\'") << QByteArray("[a b][\"\\\\n][\\]");
}

void tst_ContainerPlugins::words()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto split = commandWords(text.toStdString());
    QVERIFY(split);
    QCOMPARE(joined(*split), expected);
}

void tst_ContainerPlugins::dockerElsePodman()
{
    const char *inputs = R"({"action":"Ps"})";
    const auto none = prepare(RunDockerAction(), inputs);
    QVERIFY(!none);
    QCOMPARE(none.error().message, std::string("neither docker nor podman is installed"));
    addProgram(u"podman"_s);
    const auto podman = prepare(RunDockerAction(), inputs);
    QVERIFY(podman);
    QCOMPARE(QString::fromStdString(podman->request.program), m_folder->filePath(u"podman"_s));
    QCOMPARE(joined(podman->request.arguments), QByteArray("[podman][ps]"));
    addProgram(u"docker"_s);
    QCOMPARE(joined(prepare(RunDockerAction(), inputs)->request.arguments), QByteArray("[docker][ps]"));
}

void tst_ContainerPlugins::exitCodesSteerNothing()
{
    addProgram(u"docker"_s);
    QCOMPARE(prepare(RunDockerAction(), R"({"action":"Ps"})")->meaning, ExitMeaning::Plain);
}

void tst_ContainerPlugins::dockerIsInstalled_data()
{
    QTest::addColumn<QString>("manager"); // of packages
    QTest::addColumn<bool>("hasSystemd");
    QTest::addColumn<QString>("action");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("calls");
    QTest::addRow("Debian")
        << u"apt-get"_s << true << u"Install"_s << 0
        << QByteArray("apt-get -q update\napt-get -q -y --no-install-recommends install docker.io\n"
                      "systemctl cat docker.service\nsystemctl enable --now docker.service\n");
    QTest::addRow("Fedora") << u"dnf"_s << true << u"Install"_s << 0
                            << QByteArray("dnf -q -y install docker\nsystemctl cat docker.service\n"
                                          "systemctl enable --now docker.service\n");
    QTest::addRow("no systemd") << u"apt-get"_s << false << u"Install"_s << 1
                                << QByteArray("apt-get -q update\n"
                                              "apt-get -q -y --no-install-recommends install docker.io\n");
    QTest::addRow("no package manager") << QString() << true << u"Install"_s << 1 << QByteArray();
    QTest::addRow("removed") << u"apt-get"_s << true << u"Uninstall"_s << 0
                             << QByteArray("systemctl cat docker.service\n"
                                           "systemctl disable --now docker.service docker.socket\n"
                                           "apt-get -q -y remove docker.io\n");
}

void tst_ContainerPlugins::dockerIsInstalled()
{
    QFETCH(QString, manager);
    QFETCH(bool, hasSystemd);
    QFETCH(QString, action);
    QFETCH(int, code);
    QFETCH(QByteArray, calls);
    const QByteArray note
        = "echo \"${0##*/} $*\" >>'" + QFile::encodeName(m_folder->filePath(u"calls"_s)) + "'\n";
    if (!manager.isEmpty())
        addProgram(manager, note);
    if (hasSystemd)
        addProgram(u"systemctl"_s, note);
    const auto prepared
        = prepare(ConfigureDocker(), (u"{\"action\":\"%1\"}"_s.arg(action)).toUtf8().constData());
    if (!runsAsRoot()) {
        QVERIFY(!prepared);
        QVERIFY(prepared.error().message.find("needs root") != std::string::npos);
        return;
    }
    QVERIFY(prepared);
    QProcess process;
    QStringList arguments;
    for (size_t i = 1; i < prepared->request.arguments.size(); ++i)
        arguments.append(QString::fromStdString(prepared->request.arguments[i]));
    QStringList environment;
    for (const std::string &variable : prepared->request.environment)
        environment.append(QString::fromStdString(variable));
    process.setEnvironment(environment);
    process.start(QString::fromStdString(prepared->request.program), arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), code);
    QFile file(m_folder->filePath(u"calls"_s));
    (void)file.open(QIODevice::ReadOnly);
    QCOMPARE(file.isOpen() ? file.readAll() : QByteArray(), calls);
    if (code != 0)
        QVERIFY(!process.readAllStandardError().isEmpty());
}

void tst_ContainerPlugins::joinsByRealm()
{
    addProgram(u"realm"_s);
    const auto prepared
        = prepare(DomainJoin(),
                  R"({"directoryName":"corp.example.com","directoryOU":"OU=Servers,DC=corp",)"
                  R"("dnsIpAddresses":["10.0.0.1"],"credentials":{"username":"admin","password":"s3cret"}})");
    if (!runsAsRoot()) {
        QVERIFY(!prepared);
        QVERIFY(prepared.error().message.find("needs root") != std::string::npos);
        return;
    }
    QVERIFY2(prepared.has_value(), prepared ? "" : prepared.error().message.c_str());
    QCOMPARE(
        joined(prepared->request.arguments),
        QByteArray("[realm][join][--verbose][--unattended][--computer-ou=OU=Servers,DC=corp][--user=admin]"
                   "[corp.example.com]"));
    QVERIFY(prepared->note.find("dnsIpAddresses") != std::string::npos);
    char bytes[64];
    const ssize_t size
        = ::read(prepared->request.input, bytes, sizeof bytes); // the password is on its input alone
    QCOMPARE(QByteArray(bytes, size), QByteArray("s3cret\n"));
    for (const std::string &variable : prepared->request.environment)
        QVERIFY(variable.find("s3cret") == std::string::npos);
    const auto without = prepare(DomainJoin(), R"({"directoryName":"corp"})");
    QCOMPARE(joined(without->request.arguments),
             QByteArray("[realm][join][--verbose][--unattended][--no-password][corp]"));
}

void tst_ContainerPlugins::joinRefusals_data()
{
    QTest::addColumn<QByteArray>("inputs");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char *name, const char *inputs, const char *why) {
        QTest::addRow("%s", name) << QByteArray(inputs) << QByteArray(why);
    };
    row("no realmd", R"({"directoryName":"corp"})", "realm is not installed (package realmd)");
    row("an option", R"({"directoryName":"--help"})", "no domain name");
    row("blanks", R"({"directoryName":"a b"})", "no domain name");
    row("password alone", R"({"directoryName":"corp","credentials":{"password":"s3cret"}})",
        "needs username and password");
    row("two lines", R"({"directoryName":"corp","credentials":{"username":"a","password":"s3cret\nb"}})",
        "each one line");
    row("another field", R"({"directoryName":"corp","credentials":{"token":"s3cret"}})",
        "credentials.token is not known");
    row("text that is no JSON", R"({"directoryName":"corp","credentials":"s3cret"})",
        "credentials is no JSON");
    row("SecureString",
        R"({"directoryName":"corp","credentials":{"username":"a","password":"{{ssm-secure:p}}"}})",
        "no Parameter Store");
}

void tst_ContainerPlugins::joinRefusals()
{
    QFETCH(QByteArray, inputs);
    QFETCH(QByteArray, why);
    const auto prepared = prepare(DomainJoin(), inputs.constData());
    QVERIFY(!prepared);
    const QByteArray message = QByteArray::fromStdString(prepared.error().message);
    QVERIFY2(message.contains(why), message.constData());
    QVERIFY(!message.contains("s3cret"));
}

FB_TEST(tst_ContainerPlugins)
#include "tst_container_plugins.moc"
