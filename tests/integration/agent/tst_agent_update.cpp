// aws:updateSsmAgent on a real agent (spec/documents.md 3.12): a later build in a scratch folder takes its place, or does not.

#include "backend/core/byte_encoding.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/protocol/order_signature.h"
#include "tests/integration/agent/plugin_steps.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QTest>

#include <sys/utsname.h>
#include <unistd.h>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_AgentUpdate : public QObject
{
    Q_OBJECT

private slots:
    void updates();
    void nothingToDo();
    void refusals_data();
    void refusals();
    void changedBytes();
    void buildThatDoesNotStart();
    void buildThatNeverConnects();
    void buildOfAnotherVersion();
    void cutAtEveryPoint_data();
    void cutAtEveryPoint();
    void killedUpdater_data();
    void killedUpdater();
    void cancelled();
    void restartCommand();

private:
    static std::string step(const QJsonObject &more = {})
    {
        QJsonObject inputs = more;
        inputs[u"agentName"_s] = u"flagbridge-agent"_s;
        const QJsonObject whole {
            {u"action"_s, u"aws:updateSsmAgent"_s}, {u"name"_s, u"update"_s}, {u"inputs"_s, inputs}};
        return QJsonDocument(whole).toJson(QJsonDocument::Compact).toStdString();
    }
};

namespace {

// An agent whose program lies in a folder of its own, and may be replaced there.
struct UpdatedAgent : AgentFixture {
    UpdatedAgent() : key(*protocol::newOrderSigningKey())
    {
        engine.releaseKey = key.publicKey;
        const QString own = folder.filePath(u"flagbridge-agent"_s);
        QFile::copy(program(), own);
        installed = own;
        before = hash();
    }
    ~UpdatedAgent() { endAgent(); }

    protocol::OrderSigningKey key;
    QByteArray before;
    QStringList more {u"--update-within"_s, u"20"_s};

    bool run() { return start(registration() + more); }
    QByteArray hash() const { return QByteArray::fromStdString(sha256Hex(read(installed).toStdString())); }
    void offer(const QByteArray &bytes, const char *version, bool altered = false)
    {
        utsname name {};
        ::uname(&name);
        wire::AgentBuild build;
        build.set_version(version);
        build.set_platform("Linux");
        build.set_architecture(name.machine);
        build.set_sha256(sha256(bytes.toStdString()));
        build.set_size(static_cast<uint64_t>(bytes.size()));
        std::string signature = *protocol::signOrderText(key.seed, protocol::signedAgentBuildText(build));
        if (altered)
            signature[10] = static_cast<char>(signature[10] ^ 1);
        build.set_signature(signature);
        engine.builds.push_back(build);
        engine.files[build.sha256()] = bytes.toStdString();
    }
    QByteArray next() const { return read(QStringLiteral(FB_BIN_DIR "/flagbridge-agent-next")); }
    std::string version() const { return engine.hello.agent_version(); }
    // It may be another process than the one that this test started.
    qint64 runningPid() const
    {
        const QJsonObject running = QJsonDocument::fromJson(read(state + u"/agent.json"_s)).object();
        return running[u"process"_s].toString().section(u' ', 0, 0).toLongLong();
    }
    void endAgent() const
    {
        const qint64 pid = runningPid();
        if (pid > 1 && agent && pid != agent->pid() && processesWith(state.toUtf8()).contains(pid))
            ::kill(static_cast<pid_t>(pid), SIGKILL);
    }
    wire::OrderResult resultOf(uint64_t number, const std::string &step)
    {
        engine.order(number, ScriptEngine::document({step}));
        if (!engine.wait([&] { return engine.hasResult(number); }, 90'000))
            return {};
        return engine.result(number);
    }
    // The same version as before answers, from the same file, and runs documents.
    bool isAsBefore(uint64_t number)
    {
        if (!engine.wait([&] { return engine.isConnected() && engine.hello.agent_version() != "99.1.0"; },
                         60'000))
            return false;
        engine.script(number, "echo fine");
        return engine.wait([&] { return engine.hasResult(number); }, 30'000)
            && engine.result(number).status() == "Success" && hash() == before
            && !QFile::exists(installed + u".old"_s) && !QFile::exists(installed + u".new"_s);
    }
};

}

void tst_AgentUpdate::updates()
{
    UpdatedAgent f;
    f.offer(f.next(), "99.1.0");
    f.offer("older", "98.0");
    QVERIFY(f.run());
    const std::string first = f.version();
    const qint64 pid = f.agent->pid();
    f.engine.order(1, ScriptEngine::document({step(), ScriptEngine::shellStep("after", "echo went on")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 90'000));
    const wire::OrderResult result = f.engine.result(1);
    QVERIFY2(result.status() == "Success", result.steps(0).stderr_head().c_str());
    QCOMPARE(f.version(), std::string("99.1.0"));
    QVERIFY(first != f.version());
    QCOMPARE(result.steps(1).stdout_head(), std::string("went on\n")); // the worker outlived the restart
    QVERIFY(f.hash() == QByteArray::fromStdString(sha256Hex(f.next().toStdString())));
    QVERIFY(!QFile::exists(f.installed + u".old"_s));
    QCOMPARE(f.engine.filesAsked.size(), size_t(1));
    QCOMPARE(f.engine.started.size(), size_t(1));
    QCOMPARE(f.runningPid(), pid); // whoever started it sees no end

    const wire::OrderResult again = f.resultOf(2, step());
    QCOMPARE(again.status(), std::string("Success"));
    QVERIFY(again.steps(0).stdout_head().find("99.1.0 runs already") != std::string::npos);
    QCOMPARE(f.engine.filesAsked.size(), size_t(1));
}

void tst_AgentUpdate::nothingToDo()
{
    UpdatedAgent f;
    QVERIFY(f.run());
    const wire::OrderResult result
        = f.resultOf(1, step({{u"targetVersion"_s, QString::fromStdString(f.version())}}));
    QCOMPARE(result.status(), std::string("Success"));
    QVERIFY(f.isAsBefore(2));
}

void tst_AgentUpdate::refusals_data()
{
    QTest::addColumn<QString>("version"); // of the build
    QTest::addColumn<bool>("altered");
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<QJsonObject>("inputs");
    QTest::addColumn<QString>("reason");
    QTest::addRow("[documents 8.21] [N11] altered signature")
        << u"99.1.0"_s << true << true << QJsonObject() << u"the signature of build 99.1.0"_s;
    QTest::addRow("no release key") << u"99.1.0"_s << false << false << QJsonObject() << u"no release key"_s;
    QTest::addRow("[N11] older") << u"0.0.1"_s << false << true << QJsonObject()
                                 << u"allowDowngrade is false"_s;
    QTest::addRow("not published") << u"99.1.0"_s << false << true
                                   << QJsonObject {{u"targetVersion"_s, u"99.2.0"_s}}
                                   << u"has no build of the agent in version 99.2.0"_s;
    QTest::addRow("no version") << u"99.1.0"_s << false << true
                                << QJsonObject {{u"targetVersion"_s, u"../x"_s}} << u"is no version"_s;
}

void tst_AgentUpdate::refusals()
{
    QFETCH(QString, version);
    QFETCH(bool, altered);
    QFETCH(bool, hasKey);
    QFETCH(QJsonObject, inputs);
    QFETCH(QString, reason);
    UpdatedAgent f;
    if (!hasKey)
        f.engine.releaseKey.clear();
    f.offer("bytes", version.toUtf8().constData(), altered);
    QVERIFY(f.run());
    const wire::OrderResult result = f.resultOf(1, step(inputs));
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY2(QString::fromStdString(result.steps(0).stderr_head()).contains(reason),
             result.steps(0).stderr_head().c_str());
    QVERIFY(f.engine.filesAsked.empty());
    QVERIFY(f.isAsBefore(2));
}

void tst_AgentUpdate::changedBytes() // [N11] other bytes, more, fewer, none
{
    UpdatedAgent f;
    f.offer("the right bytes", "99.1.0");
    f.engine.files.begin()->second = "the wrong bytes";
    QVERIFY(f.run());
    const wire::OrderResult result = f.resultOf(1, step());
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY(result.steps(0).stderr_head().find("not those the order names") != std::string::npos);
    QVERIFY(f.isAsBefore(2));
    f.engine.files.begin()->second = "the right bytes, and more";
    const wire::OrderResult longer = f.resultOf(3, step());
    QVERIFY(longer.steps(0).stderr_head().find("more than the 15 bytes") != std::string::npos);
    f.engine.files.begin()->second = "the right";
    const wire::OrderResult truncated = f.resultOf(6, step());
    QVERIFY2(truncated.steps(0).stderr_head().find("9 of its 15 bytes") != std::string::npos,
             truncated.steps(0).stderr_head().c_str());
    f.engine.files.clear();
    const wire::OrderResult missing = f.resultOf(4, step());
    QVERIFY(missing.steps(0).stderr_head().find("no such file") != std::string::npos);
    QVERIFY(f.isAsBefore(5));
}

void tst_AgentUpdate::buildThatDoesNotStart()
{
    UpdatedAgent f;
    f.offer("\x7f"
            "ELF of another machine",
            "99.1.0");
    QVERIFY(f.run());
    const wire::OrderResult result = f.resultOf(1, step());
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY(result.steps(0).stderr_head().find("Nothing was changed") != std::string::npos);
    QVERIFY(f.isAsBefore(2));
}

void tst_AgentUpdate::buildThatNeverConnects()
{
    UpdatedAgent f;
    f.more = QStringList {u"--update-within"_s, u"2"_s};
    f.offer("#!/bin/sh\n[ \"$1\" = --version ] && echo flagbridge-agent 99.1.0 && exit 0\nexec sleep 600\n",
            "99.1.0");
    QVERIFY(f.run());
    const wire::OrderResult result = f.resultOf(1, step());
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY2(result.steps(0).stderr_head().find("rolled back: version 99.1.0 has not connected")
                 != std::string::npos,
             result.steps(0).stderr_head().c_str());
    QVERIFY(f.isAsBefore(2));
}

// It runs, but as another version than the one that was signed.
void tst_AgentUpdate::buildOfAnotherVersion()
{
    UpdatedAgent f;
    f.offer(f.next(), "99.5.0");
    QVERIFY(f.run());
    const wire::OrderResult result = f.resultOf(1, step());
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY(result.steps(0).stderr_head().find("does not run here as version 99.5.0") != std::string::npos);
    QVERIFY(f.isAsBefore(2));
}

void tst_AgentUpdate::cutAtEveryPoint_data()
{
    QTest::addColumn<QByteArray>("stage");
    QTest::addColumn<bool>("isNew"); // which program stands there
    QTest::addColumn<bool>("hasOld");
    QTest::addColumn<QByteArray>("connected");
    QTest::addColumn<bool>("staysNew");
    const QByteArray none;
    QTest::addRow("[N11] while it was being copied") << none << false << false << none << false;
    QTest::addRow("[N11] before the swap") << QByteArray("swapping") << false << false << none << false;
    QTest::addRow("[N11] the earlier one kept, not yet swapped")
        << QByteArray("swapping") << false << true << none << false;
    QTest::addRow("[N11] swapped") << QByteArray("swapping") << true << true << none << false;
    QTest::addRow("[N11] swapped, and the old one connected once more")
        << QByteArray("swapping") << true << true << QByteArray("1.0") << false;
    QTest::addRow("[N11] proven") << QByteArray("swapping") << true << true << QByteArray("99.1.0") << true;
    QTest::addRow("[N11] and kept") << QByteArray("swapping") << true << false << QByteArray("99.1.0")
                                    << true;
    QTest::addRow("[N11] while it was being put back")
        << QByteArray("rolling back") << true << true << none << false;
    QTest::addRow("[N11] put back") << QByteArray("rolling back") << false << false << none << false;
}

// What a power cut leaves at each step, and the update begun again on it: whichever program stands in the end, it is a whole one, and alone.
void tst_AgentUpdate::cutAtEveryPoint()
{
    QFETCH(QByteArray, stage);
    QFETCH(bool, isNew);
    QFETCH(bool, hasOld);
    QFETCH(QByteArray, connected);
    QFETCH(bool, staysNew);
    QTemporaryDir folder;
    const auto put = [&folder](const QString &name, const QByteArray &bytes) {
        QDir().mkpath(folder.filePath(name).section(u'/', 0, -2));
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    };
    const auto saying = [](const QByteArray &version) {
        return QByteArray("#!/bin/sh\necho flagbridge-agent " + version + "\n");
    };
    const auto json
        = [](const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); };
    const QString program = folder.filePath(u"agent"_s);
    put(u"agent"_s, saying(isNew ? "99.1.0" : "1.0"));
    if (hasOld && isNew)
        put(u"agent.old"_s, saying("1.0"));
    else if (hasOld)
        QCOMPARE(::link(program.toUtf8().constData(), (program + u".old"_s).toUtf8().constData()), 0);
    if (!isNew)
        put(u"agent.new"_s, stage.isEmpty() ? QByteArray("#!/bi") : saying("99.1.0"));
    put(u"download"_s, saying("99.1.0"));
    put(u"state/agent.json"_s,
        json({{u"version"_s, u"1.0"_s},
              {u"program"_s, program},
              {u"arguments"_s, QJsonArray {u"flagbridge-agent"_s}},
              {u"restartWith"_s, u"/bin/true"_s},
              {u"updateWithin"_s, 0},
              {u"process"_s, u"2 0"_s}}));
    if (!connected.isEmpty())
        put(u"state/connected"_s, connected);
    put(u"step/update.json"_s,
        json({{u"version"_s, u"99.1.0"_s},
              {u"message"_s, QString()},
              {u"sha256"_s, QString::fromStdString(sha256Hex(saying("99.1.0").toStdString()))},
              {u"newProgram"_s, folder.filePath(u"download"_s)},
              {u"state"_s, folder.filePath(u"state"_s)}}));
    if (!stage.isEmpty())
        put(u"step/stage"_s, stage);
    for (const char *name : {"state", "step"})
        QVERIFY(QFile::setPermissions(folder.filePath(QLatin1StringView(name)),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    TestProcess update(AgentFixture::program(), {u"update-to"_s, u"--folder"_s, folder.filePath(u"step"_s)});
    QVERIFY(update.waitForExit());
    const QByteArray said = update.process().readAllStandardError();
    QVERIFY2(update.process().exitCode() == (staysNew ? 0 : 1), said.constData());
    QVERIFY(staysNew || said.contains("rolled back"));
    QFile there(program);
    QVERIFY(there.open(QIODevice::ReadOnly));
    QCOMPARE(there.readAll(), saying(staysNew ? "99.1.0" : "1.0"));
    for (const char *suffix : {".old", ".new"})
        QVERIFY2(!QFile::exists(program + QLatin1StringView(suffix)), suffix);
    QVERIFY(!QFile::exists(folder.filePath(u"step/stage"_s)));
}

void tst_AgentUpdate::killedUpdater_data()
{
    QTest::addColumn<QByteArray>("killed");
    QTest::addRow("the updater") << QByteArray("update-to");
    QTest::addRow("[N11] everything, and the new one cannot run") << QByteArray("work/");
}

// [N11] In the middle: the program is swapped, the new agent does not connect.
void tst_AgentUpdate::killedUpdater()
{
    QFETCH(QByteArray, killed);
    UpdatedAgent f;
    f.more = QStringList {u"--update-within"_s, u"4"_s};
    f.offer("#!/bin/sh\n[ \"$1\" = --version ] && echo flagbridge-agent 99.1.0 && exit 0\n"
                + QByteArray(killed == "update-to" ? "exec sleep 600\n" : "exit 7\n"),
            "99.1.0");
    QVERIFY(f.run());
    f.engine.order(1, ScriptEngine::document({step()}));
    QVERIFY(f.engine.wait([&] { return QFile::exists(f.installed + u".old"_s) && f.hash() != f.before; },
                          30'000));
    if (killed == "update-to") {
        for (const qint64 pid : AgentFixture::processesWith(f.state.toUtf8()))
            if (f.read(u"/proc/%1/cmdline"_s.arg(pid)).contains("update-to"))
                ::kill(static_cast<pid_t>(pid), SIGKILL);
    } else {
        for (const qint64 pid : AgentFixture::processesWith((f.state + u"/work/"_s).toUtf8()))
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        f.agent->kill9(); // nothing of it is left: as after a power cut
        for (int i = 0; i < 2; ++i) {
            TestProcess failing(f.installed, {u"--state"_s, f.state});
            QVERIFY(failing.waitForExit());
            QCOMPARE(failing.process().exitCode(),
                     7); // nothing runs that could take the update back, but for the unit's guard
            TestProcess guard(QStringLiteral(FB_SOURCE_DIR "/resources/systemd/agent-guard"),
                              {f.installed, f.state}, {u"SERVICE_RESULT=exit-code"_s});
            QVERIFY(guard.waitForExit());
        }
        QVERIFY(f.again());
    }
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 60'000));
    QCOMPARE(f.engine.result(1).status(), std::string("Failed"));
    QVERIFY2(f.engine.result(1).steps(0).stderr_head().find("rolled back") != std::string::npos,
             f.engine.result(1).steps(0).stderr_head().c_str());
    QVERIFY(f.isAsBefore(2));
}

void tst_AgentUpdate::cancelled()
{
    UpdatedAgent f;
    f.more = QStringList {u"--update-within"_s, u"600"_s, u"--restart-with"_s, u"/bin/true"_s};
    f.offer(f.next(), "99.1.0");
    QVERIFY(f.run());
    f.engine.order(1, ScriptEngine::document({step()}));
    QVERIFY(f.engine.wait([&] { return QFile::exists(f.installed + u".old"_s) && f.hash() != f.before; },
                          60'000));
    f.engine.cancel(1);
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30'000));
    QCOMPARE(f.engine.result(1).status(), std::string("Cancelled"));
    QVERIFY(f.isAsBefore(2));
}

// As with a service manager: a command of the administrator's has it started again.
void tst_AgentUpdate::restartCommand()
{
    UpdatedAgent f;
    f.offer(f.next(), "99.1.0");
    const QString script = f.folder.filePath(u"restart"_s);
    QFile file(script);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\necho \"again $1\"\n"
               "kill -USR2 $(sed 's/.*\"process\":\"\\([0-9]*\\).*/\\1/' "
               + f.state.toUtf8() + "/agent.json)\n");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    f.more = QStringList {u"--restart-with"_s, u"/bin/false"_s};
    QVERIFY(f.run());
    const wire::OrderResult refused = f.resultOf(1, step());
    QCOMPARE(refused.status(), std::string("Failed"));
    QVERIFY2(refused.steps(0).stderr_head().find("rolled back: \"/bin/false\" ended with 1")
                 != std::string::npos,
             refused.steps(0).stderr_head().c_str());
    QVERIFY(f.isAsBefore(2));

    f.agent->terminate();
    QVERIFY(f.agent->waitForExit());
    QVERIFY(f.start({u"--state"_s, f.state, u"--restart-with"_s, script + u"  $(id)"_s}));
    const wire::OrderResult result = f.resultOf(3, step());
    QVERIFY2(result.status() == "Success", result.steps(0).stderr_head().c_str());
    QVERIFY(result.steps(0).stdout_head().find("again $(id)\n")
            != std::string::npos); // no shell was in between
    QCOMPARE(f.version(), std::string("99.1.0"));
}

FB_TEST(tst_AgentUpdate)
#include "tst_agent_update.moc"
