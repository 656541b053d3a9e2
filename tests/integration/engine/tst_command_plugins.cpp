// The command plugins and their built-in documents from a real engine to a real agent (spec/documents.md 3.12, 3.13). Web, GitHub, docker,
// Ansible and Salt are stand-ins of this test's.

#include "backend/control/control_client.h"

#include "tests/support/fake_s3.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"
#include "tests/support/test_web_server.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QTest>

#include <unistd.h>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_CommandPlugins : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_fleet.reset(); }

    void nestedFourDeep();
    void calledByVersion();
    void missingDocument();
    void runDocument();
    void attachments();
    void attachmentsFromS3();
    void downloadContent();
    void runRemoteScript();
    void runDockerAction();
    void ansible();
    void salt();
    void chef();
    void usersAndGroups();

private:
    void addProgram(const QString &name, const QByteArray &script) const
    {
        QFile file(m_bin.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    }
    QJsonObject call(const QString &operation, const QJsonObject &input) const
    {
        const auto client = ControlClient::connectTo(m_fleet->dataDir());
        const auto answer = client ? (*client)->call(operation, input) : Result<QJsonObject>(client.error());
        if (!answer)
            qWarning("%s: %s", qPrintable(operation), answer.error().message.c_str());
        return answer.value_or(QJsonObject());
    }
    void createDocument(const QString &name, const QString &content) const
    {
        QVERIFY(!call(u"CreateDocument"_s,
                      {{u"Name"_s, name}, {u"Content"_s, content}, {u"DocumentFormat"_s, u"YAML"_s}})
                     .isEmpty());
    }
    static QString shellYaml(const QString &script, const QString &more = {})
    {
        return u"schemaVersion: '2.2'\nmainSteps:\n- action: aws:runShellScript\n  name: say\n  inputs:\n"
               "    runCommand: [\"%1\"]\n%2"_s.arg(script, more);
    }
    static QString runsYaml(const QString &name)
    {
        return u"- action: aws:runDocument\n  name: call\n  inputs: {documentType: SSMDocument, documentPath: '%1'}\n"_s
            .arg(name);
    }
    struct Outcome { // of all steps
        QString status;
        QString output;
        QString error;
    };
    Outcome run(const QString &document, const QMap<QString, QString> &parameters = {}) const
    {
        QStringList arguments {u"run"_s, u"--document"_s, document, u"--all"_s, u"--json"_s};
        for (auto it = parameters.cbegin(); it != parameters.cend(); ++it)
            arguments << u"--parameter"_s << it.key() + u'=' + it.value();
        const CommandRun run = m_fleet->call(arguments);
        const QJsonObject row = run.last()[u"Invocations"].toArray()[0].toObject();
        Outcome outcome {row[u"Status"].toString(), {}, QString::fromUtf8(run.standardError)};
        const QJsonObject details
            = call(u"ListCommandInvocations"_s,
                   {{u"CommandId"_s, row[u"CommandId"]}, {u"Details"_s, true}})[u"CommandInvocations"]
                  .toArray()[0]
                  .toObject();
        for (const QJsonValue &plugin : details[u"CommandPlugins"].toArray()) {
            const QJsonObject step = call(u"GetCommandInvocation"_s,
                                          {{u"CommandId"_s, row[u"CommandId"]},
                                           {u"InstanceId"_s, row[u"InstanceId"]},
                                           {u"PluginName"_s, plugin[u"Name"]}});
            outcome.output += step[u"StandardOutputContent"].toString();
            outcome.error += step[u"StandardErrorContent"].toString();
        }
        return outcome;
    }
    static QString gitHub(const QString &path)
    {
        return u"{\"owner\":\"own\",\"repository\":\"repo\",\"path\":\"%1\"}"_s.arg(path);
    }
    WebResponse answer(const WebRequest &request) const
    {
        const QByteArray path = request.path.mid(QByteArray("/repos/own/repo/contents/").size());
        const QHash<QByteArray, QByteArray> files {
            {"run.sh", "echo \"from GitHub: $* in $(pwd)\"\n"},
            {"site.yml", "- hosts: all\n"},
            {"child.yml", shellYaml(u"echo child of GitHub"_s).toUtf8()}};
        if (request.path.startsWith("/repos/own/repo/contents/") && files.contains(path))
            return {.body = request.header("Accept").contains("raw") ? files[path] : R"({"type":"file"})"};
        if (request.path == "/state.sls")
            return {.body = "state: here\n"};
        return {.status = 404, .body = "{}"};
    }

    QTemporaryDir m_bin;
    std::unique_ptr<TestWebServer> m_web;
    std::unique_ptr<TestFleet> m_fleet;
};

void tst_CommandPlugins::initTestCase()
{
    m_web = std::make_unique<TestWebServer>([this](const WebRequest &request) { return answer(request); },
                                            TestWebServer::Kind::Tls);
    m_fleet = std::make_unique<TestFleet>();
    m_fleet->setAgentEnvironment({u"PATH="_s + m_bin.path() + u':' + qEnvironmentVariable("PATH"),
                                  u"SSL_CERT_FILE="_s + m_web->authorityFile(),
                                  u"FLAGBRIDGE_GITHUB_API="_s + m_web->url()});
    QVERIFY(m_fleet->startEngine());
    QVERIFY(m_fleet->startAgent(u"a"_s, m_fleet->createActivation()));
    QVERIFY(m_fleet->waitForOnline(1));
}

// [documents 8.15] nested four deep: the fourth level fails, its parents fail
void tst_CommandPlugins::nestedFourDeep()
{
    for (int level = 4; level >= 0; --level)
        createDocument(u"Level%1"_s.arg(level),
                       shellYaml(u"echo level %1"_s.arg(level),
                                 level < 4 ? runsYaml(u"Level%1"_s.arg(level + 1)) : QString()));
    const Outcome four = run(u"Level0"_s);
    QCOMPARE(four.status, u"Failed"_s);
    QCOMPARE(four.output, u"level 0\nlevel 1\nlevel 2\nlevel 3\n"_s);
    QVERIFY2(four.error.contains(u"at most 3 deep"_s), qPrintable(four.error));
    const Outcome three = run(u"Level1"_s);
    QCOMPARE(three.status, u"Success"_s);
    QVERIFY(three.output.endsWith(u"level 4\n"_s));
}

void tst_CommandPlugins::calledByVersion()
{
    createDocument(u"Versions"_s, shellYaml(u"echo one"_s));
    QVERIFY(!call(u"UpdateDocument"_s,
                  {{u"Name"_s, u"Versions"_s},
                   {u"Content"_s, shellYaml(u"echo two"_s)},
                   {u"DocumentFormat"_s, u"YAML"_s},
                   {u"DocumentVersion"_s, u"$LATEST"_s}})
                 .isEmpty());
    createDocument(u"CallsVersions"_s,
                   u"schemaVersion: '2.2'\nmainSteps:\n"_s + runsYaml(u"Versions"_s)
                       + runsYaml(u"Versions:2"_s).replace(u"name: call"_s, u"name: second"_s)
                       + runsYaml(u"Versions:$LATEST"_s).replace(u"name: call"_s, u"name: third"_s));
    QCOMPARE(run(u"CallsVersions"_s).output, u"one\ntwo\ntwo\n"_s);
}

void tst_CommandPlugins::missingDocument()
{
    createDocument(u"CallsNothing"_s, shellYaml(u"echo ran"_s, runsYaml(u"NoSuchDocument"_s)));
    const Outcome outcome = run(u"CallsNothing"_s);
    QCOMPARE(outcome.status, u"Failed"_s);
    QCOMPARE(outcome.output, u"ran\n"_s);
    QVERIFY2(outcome.error.contains(u"NoSuchDocument"_s), qPrintable(outcome.error));
}

void tst_CommandPlugins::runDocument()
{
    createDocument(
        u"Greets"_s,
        u"schemaVersion: '2.2'\nparameters:\n  name: {type: String, default: nobody, allowedPattern: "
        "'[a-z]+'}\nmainSteps:\n- {action: 'aws:runShellScript', name: say, inputs: {runCommand: "
        "'echo hello {{ name }}'}}\n"_s);
    const Outcome stored = run(u"AWS-RunDocument"_s,
                               {{u"sourceType"_s, u"SSMDocument"_s},
                                {u"sourceInfo"_s, u"{\"name\":\"Greets\"}"_s},
                                {u"documentParameters"_s, u"{\"name\":\"ada\"}"_s}});
    QVERIFY2(stored.status == u"Success"_s, qPrintable(stored.error));
    QVERIFY2(stored.output.contains(u"hello ada\n"_s), qPrintable(stored.output));
    const Outcome refused = run(u"AWS-RunDocument"_s,
                                {{u"sourceType"_s, u"SSMDocument"_s},
                                 {u"sourceInfo"_s, u"{\"name\":\"Greets\"}"_s},
                                 {u"documentParameters"_s, u"{\"name\":\"A D A\"}"_s}});
    QCOMPARE(refused.status, u"Failed"_s);
    QVERIFY(refused.error.contains(u"Parameter \"name\""_s));
    const Outcome fetched = run(u"AWS-RunDocument"_s,
                                {{u"sourceType"_s, u"GitHub"_s},
                                 {u"sourceInfo"_s, gitHub(u"child.yml"_s)},
                                 {u"documentPath"_s, u"child.yml"_s}});
    QVERIFY2(fetched.output.contains(u"child of GitHub\n"_s), qPrintable(fetched.output + fetched.error));
    const QString path = m_fleet->folder() + u"/local.yaml"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(shellYaml(u"echo from the disk"_s).toUtf8());
    file.close();
    const Outcome local
        = run(u"AWS-RunDocument"_s, {{u"sourceType"_s, u"LocalPath"_s}, {u"documentPath"_s, path}});
    QCOMPARE(local.status, u"Success"_s);
    QVERIFY(local.output.contains(u"from the disk\n"_s));
    const Outcome nothing
        = run(u"AWS-RunDocument"_s, {{u"sourceType"_s, u"GitHub"_s}, {u"sourceInfo"_s, gitHub(u"none"_s)}});
    QCOMPARE(nothing.status, u"Failed"_s);
    QVERIFY(nothing.error.contains(u"404"_s));
}

// [documents 2.2] Files of a document, from the artifact store to the run.
void tst_CommandPlugins::attachments()
{
    const QString path = m_fleet->folder() + u"/greeting.sh"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("echo attached to $0\n") > 0);
    file.close();
    const auto put = [&](const QStringList &more) {
        return m_fleet->engine().cli({u"artifact"_s, u"put"_s}, QStringList {u"--file"_s, path} + more);
    };
    QCOMPARE(put({u"--folder"_s, u"greetings"_s}).exitCode, 0);
    QCOMPARE(put({u"--folder"_s, u"not a folder"_s}).exitCode, 3);
    const QJsonArray sources {
        QJsonObject {{u"Key"_s, u"SourceUrl"_s}, {u"Values"_s, QJsonArray {u"artifact://greetings"_s}}}};
    const QJsonObject made = call(u"CreateDocument"_s,
                                  {{u"Name"_s, u"Attached"_s},
                                   {u"Content"_s, shellYaml(u"sh downloads/greeting.sh"_s)},
                                   {u"DocumentFormat"_s, u"YAML"_s},
                                   {u"Attachments"_s, sources}});
    QCOMPARE(made[u"DocumentDescription"][u"Status"].toString(), u"Active"_s);
    // The source may vanish afterwards.
    QCOMPARE(
        m_fleet->engine()
            .cli({u"artifact"_s, u"remove"_s}, {u"--folder"_s, u"greetings"_s, u"--name"_s, u"greeting.sh"_s})
            .exitCode,
        0);
    const Outcome outcome = run(u"Attached"_s);
    QVERIFY2(outcome.status == u"Success"_s, qPrintable(outcome.error));
    QCOMPARE(outcome.output, u"attached to downloads/greeting.sh\n"_s);
}

// [documents 2.2] [documents 3.7] Files of an S3 server, with the fleet's settings. The engine is killed while it fetches them, and goes on.
void tst_CommandPlugins::attachmentsFromS3()
{
    FakeS3 s3;
    s3.put("releases/web/greeting.sh", "echo fetched to $0\n");
    QFile secret(m_fleet->folder() + u"/secret"_s);
    QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write(FakeS3::kSecret.toUtf8() + '\n') > 0);
    secret.close();
    const auto set = [&](const QString &id, const QStringList &value) {
        return m_fleet->engine()
            .cli({u"setting"_s, u"set"_s}, QStringList {u"--id"_s, u"/flagbridge/s3/"_s + id} + value)
            .exitCode;
    };
    QCOMPARE(set(u"endpoint"_s, {u"--value"_s, s3.url()}), 0);
    QCOMPARE(set(u"region"_s, {u"--value"_s, FakeS3::kRegion}), 0);
    QCOMPARE(set(u"access-key-id"_s, {u"--value"_s, FakeS3::kAccessKeyId}), 0);
    QCOMPARE(set(u"secret-access-key"_s, {u"--value-file"_s, secret.fileName()}), 0);
    QVERIFY(set(u"secret-access-key"_s, {}) != 0);
    QCOMPARE(m_fleet->engine()
                 .cli({u"setting"_s, u"get"_s}, {u"--id"_s, u"/flagbridge/s3/secret-access-key"_s})
                 .output,
             QByteArray("$Secret  (Customized)\n"));

    s3.hold();
    const QJsonArray sources {
        QJsonObject {{u"Key"_s, u"SourceUrl"_s}, {u"Values"_s, QJsonArray {u"s3://releases/web"_s}}}};
    const QJsonObject made = call(u"CreateDocument"_s,
                                  {{u"Name"_s, u"FromS3"_s},
                                   {u"Content"_s, shellYaml(u"sh downloads/greeting.sh"_s)},
                                   {u"DocumentFormat"_s, u"YAML"_s},
                                   {u"Attachments"_s, sources}});
    QCOMPARE(made[u"DocumentDescription"][u"Status"].toString(), u"Creating"_s);
    QVERIFY(eventually([&] { return s3.requests().size() == 1; }));
    m_fleet->killEngine();
    QVERIFY(m_fleet->startEngine());
    const auto status = [&] {
        return call(u"DescribeDocument"_s, {{u"Name"_s, u"FromS3"_s}})[u"Document"][u"Status"].toString();
    };
    QCOMPARE(status(), u"Creating"_s);
    s3.goOn();
    QVERIFY2(eventually([&] { return status() == u"Active"_s; }, 30000), qPrintable(status()));
    s3.remove("releases/web/greeting.sh");
    QVERIFY(m_fleet->waitForOnline(1));
    const Outcome outcome = run(u"FromS3"_s);
    QVERIFY2(outcome.status == u"Success"_s, qPrintable(outcome.error));
    QCOMPARE(outcome.output, u"fetched to downloads/greeting.sh\n"_s);

    // The secret is nowhere in the open.
    QVERIFY(!m_fleet->engine().log().contains(FakeS3::kSecret.toUtf8()));
    for (const QFileInfo &each : QDir(m_fleet->dataDir()).entryInfoList(QDir::Files)) {
        QFile file(each.filePath());
        QVERIFY2(!file.open(QIODevice::ReadOnly) || !file.readAll().contains(FakeS3::kSecret.toUtf8()),
                 qPrintable(each.fileName()));
    }
}

void tst_CommandPlugins::downloadContent()
{
    const QString folder = m_fleet->folder() + u"/fetched/"_s;
    const Outcome fetched = run(u"AWS-DownloadContent"_s,
                                {{u"sourceType"_s, u"HTTP"_s},
                                 {u"sourceInfo"_s, u"{\"url\":\"%1\"}"_s.arg(m_web->url(u"/state.sls"_s))},
                                 {u"destinationPath"_s, folder}});
    QVERIFY2(fetched.status == u"Success"_s, qPrintable(fetched.error));
    QCOMPARE(fetched.output, u"Content downloaded to %1state.sls\n"_s.arg(folder));
    const Outcome document = run(u"AWS-DownloadContent"_s,
                                 {{u"sourceType"_s, u"SSMDocument"_s},
                                  {u"sourceInfo"_s, u"{\"name\":\"AWS-RunShellScript\"}"_s},
                                  {u"destinationPath"_s, folder}});
    QVERIFY2(document.status == u"Success"_s, qPrintable(document.error));
    QFile file(folder + u"AWS-RunShellScript.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("aws:runShellScript"));
}

void tst_CommandPlugins::runRemoteScript()
{
    const QMap<QString, QString> parameters {{u"sourceType"_s, u"GitHub"_s},
                                             {u"sourceInfo"_s, gitHub(u"run.sh"_s)},
                                             {u"commandLine"_s, u"sh run.sh a 'b c'"_s}};
    const Outcome own = run(u"AWS-RunRemoteScript"_s, parameters);
    QVERIFY2(own.status == u"Success"_s, qPrintable(own.error));
    QVERIFY2(own.output.contains(u"from GitHub: a b c in "_s)
                 && own.output.trimmed().endsWith(u"/downloads"_s),
             qPrintable(own.output));
    const QString folder = m_fleet->folder() + u"/a new $(folder)"_s;
    auto elsewhere = parameters;
    elsewhere[u"workingDirectory"_s] = folder;
    const Outcome there = run(u"AWS-RunRemoteScript"_s, elsewhere);
    QVERIFY2(there.output.contains(u"a b c in "_s + folder), qPrintable(there.output + there.error));
    QVERIFY(QFile::exists(folder + u"/run.sh"_s));
    auto failing = parameters;
    failing[u"commandLine"_s] = u"exit 7"_s;
    QCOMPARE(run(u"AWS-RunRemoteScript"_s, failing).status, u"Failed"_s);
}

void tst_CommandPlugins::runDockerAction()
{
    addProgram(u"docker"_s, "printf '[%s]' \"$@\"\nexit 169\n");
    const Outcome outcome
        = run(u"AWS-RunDockerAction"_s,
              {{u"action"_s, u"Exec"_s}, {u"container"_s, u"web"_s}, {u"cmd"_s, u"ls '/a b' $(id)"_s}});
    QCOMPARE(outcome.status, u"Failed"_s);
    QCOMPARE(outcome.output, u"[exec][web][ls][/a b][$(id)]"_s);
    const Outcome incomplete = run(u"AWS-RunDockerAction"_s, {{u"action"_s, u"Run"_s}});
    QCOMPARE(incomplete.status, u"Failed"_s);
    QVERIFY(incomplete.error.contains(u"image is missing"_s));
}

void tst_CommandPlugins::ansible()
{
    const QMap<QString, QString> parameters {{u"SourceInfo"_s, gitHub(u"site.yml"_s)},
                                             {u"PlaybookFile"_s, u"site.yml"_s},
                                             {u"ExtraVariables"_s, u"A=1 B=2"_s},
                                             {u"Check"_s, u"True"_s}};
    addProgram(u"ansible-playbook"_s, "printf '[%s]' \"$@\"; cat \"./site.yml\"\n");
    for (const QString &name : {u"AWS-ApplyAnsiblePlaybooks"_s, u"AWS-RunAnsiblePlaybook"_s}) {
        const Outcome outcome = run(name, parameters);
        QVERIFY2(outcome.status == u"Success"_s, qPrintable(outcome.error));
        QVERIFY2(outcome.output.endsWith(
                     u"[-i][localhost,][-c][local][-v][-e][A=1 B=2][--check][./site.yml]- hosts: all\n"_s),
                 qPrintable(outcome.output));
    }
    auto missing = parameters;
    missing[u"PlaybookFile"_s] = u"other.yml"_s;
    const Outcome outcome = run(u"AWS-ApplyAnsiblePlaybooks"_s, missing);
    QCOMPARE(outcome.status, u"Failed"_s);
    QVERIFY(outcome.error.contains(u"no such playbook"_s));
}

void tst_CommandPlugins::salt()
{
    const QMap<QString, QString> parameters {{u"stateurl"_s, m_web->url(u"/state.sls"_s)},
                                             {u"pillars"_s, u"{\"a\": \"$(id)\"}"_s},
                                             {u"test"_s, u"True"_s}};
    const Outcome none = run(u"AWS-RunSaltState"_s, parameters);
    QCOMPARE(none.status, u"Failed"_s);
    QVERIFY(none.error.contains(u"Salt is not installed"_s));
    addProgram(u"salt-call"_s, "printf '[%s]' \"$@\"; cat downloads/salt/fetched.sls\n");
    const Outcome outcome = run(u"AWS-RunSaltState"_s, parameters);
    QVERIFY2(outcome.status == u"Success"_s, qPrintable(outcome.error));
    QVERIFY2(outcome.output.endsWith(
                 u"/downloads/salt][state.apply][fetched][test=True][pillar={\"a\": \"$(id)\"}]"
                 "state: here\n"_s),
             qPrintable(outcome.output));
}

void tst_CommandPlugins::chef()
{
    const QMap<QString, QString> parameters {{u"SourceInfo"_s, gitHub(u"site.yml"_s)},
                                             {u"RunList"_s, u"recipe[web],role[base]"_s},
                                             {u"WhyRun"_s, u"True"_s}};
    const Outcome none = run(u"AWS-ApplyChefRecipes"_s, parameters);
    QCOMPARE(none.status, u"Failed"_s);
    QVERIFY(none.error.contains(u"Chef is not installed"_s));
    addProgram(u"chef-client"_s, "printf '[%s]' \"$@\"; cat downloads/cookbooks\n");
    const Outcome outcome = run(u"AWS-ApplyChefRecipes"_s, parameters);
    QVERIFY2(outcome.status == u"Success"_s, qPrintable(outcome.error));
    QVERIFY2(outcome.output.contains(u"[--override-runlist][recipe[web],role[base]]"_s)
                 && outcome.output.contains(u"[--why-run]"_s) && outcome.output.contains(u"hosts: all"_s),
             qPrintable(outcome.output));
}

// On this machine's own users, as the documents find them; what is made is deleted.
void tst_CommandPlugins::usersAndGroups()
{
    if (::getuid() != 0)
        QSKIP("only root makes users");
    const QString user = u"fbdoc%1"_s.arg(QCoreApplication::applicationPid());
    const QString group = u"fbgrp%1"_s.arg(QCoreApplication::applicationPid());
    const auto cleaned = qScopeGuard([&] {
        QProcess::execute(u"sh"_s, {u"-c"_s, u"userdel -r %1; groupdel %2; true"_s.arg(user, group)});
    });
    const auto entry = [](const char *table, const QString &name) {
        QProcess getent;
        getent.start(u"getent"_s, {QString::fromLatin1(table), name});
        getent.waitForFinished();
        return QString::fromUtf8(getent.readAllStandardOutput()).trimmed();
    };
    const auto succeeds = [&](const QString &document, const QMap<QString, QString> &parameters) {
        const Outcome outcome = run(u"AWSFleetManager-"_s + document, parameters);
        if (outcome.status != u"Success"_s)
            qWarning("%s: %s", qPrintable(document), qPrintable(outcome.error));
        return outcome.status == u"Success"_s;
    };
    QVERIFY(
        succeeds(u"CreateUser"_s,
                 {{u"UserName"_s, user}, {u"Description"_s, u"$(id) \"x\""_s}, {u"Shell"_s, u"/bin/sh"_s}}));
    QVERIFY2(entry("passwd", user).contains(u":$(id) \"x\":"_s), qPrintable(entry("passwd", user)));
    QVERIFY(succeeds(u"CreateGroup"_s, {{u"GroupName"_s, group}}));
    QVERIFY(succeeds(u"AddUsersToGroups"_s, {{u"Users"_s, user}, {u"Groups"_s, group}}));
    QVERIFY(entry("group", group).endsWith(u':' + user));
    QVERIFY(run(u"AWSFleetManager-GetUsers"_s).output.contains(user));
    QVERIFY(run(u"AWSFleetManager-GetGroups"_s).output.contains(group));
    QVERIFY(succeeds(u"RemoveUsersFromGroups"_s, {{u"Users"_s, user}, {u"Groups"_s, group}}));
    QVERIFY(entry("group", group).endsWith(u':'));
    QVERIFY(succeeds(u"DeleteGroup"_s, {{u"GroupName"_s, group}}));
    QVERIFY(entry("group", group).isEmpty());
    QVERIFY(!succeeds(u"DeleteUser"_s, {{u"UserName"_s, u"root"_s}}));
    QVERIFY(succeeds(u"DeleteUser"_s, {{u"UserName"_s, user}, {u"DeleteHomeDirectory"_s, u"True"_s}}));
    QVERIFY(entry("passwd", user).isEmpty());
    QVERIFY(!entry("passwd", u"root"_s).isEmpty());
}

FB_TEST(tst_CommandPlugins)
#include "tst_command_plugins.moc"
