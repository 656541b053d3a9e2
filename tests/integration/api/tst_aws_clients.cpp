#include "backend/store/store_copy.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <algorithm>

using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_AwsClients : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void contract_data();
    void contract();
    void channels();
    void awsCommand();
    void documentFromTheCommandLine();
    void nodeFromActivationToDeregistration();
    void operatorsAndKeys();
    void everyFieldWithWhatItCannotBe();
    void secretsStandNowhere();
    void refusalsAreAudited();

private:
    QJsonObject key(const QString &name, const QString &role);
    QJsonObject scopedKey();
    CliAnswer aws(const QJsonObject &key, const QStringList &arguments) const;

    TestFleet m_fleet {{u"--api"_s, u"127.0.0.1:0"_s}};
    QTemporaryDir m_home;
    QJsonObject m_setup;
    QJsonObject m_administrator;
    QStringList m_report;
};

QJsonObject tst_AwsClients::key(const QString &name, const QString &role)
{
    m_fleet.call({u"operator"_s, u"create"_s, u"--name"_s, name, u"--role"_s, role, u"--json"_s});
    return m_fleet.call({u"key"_s, u"create"_s, u"--operator"_s, name, u"--json"_s}).last();
}

// Of an operator whose permissions are narrowed to nodes with Env=dev.
QJsonObject tst_AwsClients::scopedKey()
{
    const QJsonObject made = key(u"wire-scoped"_s, u"Operator"_s);
    const auto narrowed = m_fleet.call({u"operator"_s, u"scope"_s, u"--name"_s, u"wire-scoped"_s,
                                        u"--node-tag"_s, u"Env=dev"_s, u"--json"_s});
    return narrowed.exitCode == 0 ? made : QJsonObject();
}

CliAnswer tst_AwsClients::aws(const QJsonObject &key, const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_home.path()); // no settings of whoever runs this
    environment.insert(u"AWS_ACCESS_KEY_ID"_s, key[u"AccessKeyId"].toString());
    environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, key[u"SecretAccessKey"].toString());
    environment.insert(u"AWS_DEFAULT_REGION"_s, u"eu-1"_s);
    environment.insert(u"AWS_PAGER"_s, QString());
    process.setProcessEnvironment(environment);
    process.start(u"/usr/bin/aws"_s,
                  QStringList {u"--endpoint-url"_s, m_fleet.ready()[u"apiUrl"].toString(), u"ssm"_s}
                      + arguments);
    CliAnswer answer;
    if (process.waitForFinished(60'000))
        answer.exitCode = process.exitCode();
    answer.output = process.readAllStandardOutput();
    answer.error = process.readAllStandardError();
    return answer;
}

void tst_AwsClients::initTestCase()
{
    QVERIFY(m_fleet.startEngine());
    QVERIFY2(m_fleet.ready()[u"apiUrl"].toString().startsWith(u"http://127.0.0.1:"),
             QJsonDocument(m_fleet.ready()).toJson().constData());
    QVERIFY(m_fleet.startAgent(u"a"_s, m_fleet.createActivation()));
    QVERIFY(m_fleet.waitForOnline(1));
    m_administrator = key(u"wire-admin"_s, u"Administrator"_s);
    QVERIFY(!m_administrator[u"SecretAccessKey"].toString().isEmpty());
    m_setup = {{u"url"_s, m_fleet.ready()[u"apiUrl"]},
               {u"administrator"_s, m_administrator},
               {u"viewer"_s, key(u"wire-viewer"_s, u"Viewer"_s)},
               {u"roles"_s,
                QJsonObject {{u"Viewer"_s, key(u"matrix-viewer"_s, u"Viewer"_s)},
                             {u"Operator"_s, key(u"matrix-operator"_s, u"Operator"_s)},
                             {u"Approver"_s, key(u"matrix-approver"_s, u"Approver"_s)},
                             {u"Administrator"_s, key(u"matrix-admin"_s, u"Administrator"_s)}}},
               {u"scoped"_s, scopedKey()},
               {u"database"_s, m_fleet.dataDir() + u"/flagbridge.db"_s},
               {u"node"_s, m_fleet.nodes()[0][u"InstanceId"]}};
    QProcess contract;
    contract.setProcessChannelMode(QProcess::MergedChannels);
    contract.start(u"/usr/bin/python3"_s, {QStringLiteral(FB_WIRE_CONTRACT)});
    contract.write(QJsonDocument(m_setup).toJson());
    contract.closeWriteChannel();
    QVERIFY(contract.waitForFinished(180'000));
    m_report = QString::fromUtf8(contract.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

void tst_AwsClients::contract_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"documents",
                             "document_tags",
                             "run_command",
                             "run_command_lists",
                             "run_command_refusals",
                             "cancel",
                             "instances",
                             "scoped_to_tags",
                             "activations",
                             "settings",
                             "sessions",
                             "reviews",
                             "regions",
                             "recording_preferences",
                             "parameters",
                             "parameters_in_documents",
                             "secrets",
                             "roles",
                             "matrix",
                             "signatures",
                             "documents_go"})
        QTest::addRow("%s", name) << QString::fromLatin1(name);
}

void tst_AwsClients::contract()
{
    QFETCH(QString, name);
    const QStringList said = m_report.filter(QRegularExpression(u"^(PASS|FAIL) %1(:|$)"_s.arg(name)));
    QVERIFY2(said.size() == 1, qPrintable(m_report.join(u'\n')));
    QVERIFY2(said.constFirst().startsWith(u"PASS"), qPrintable(said.constFirst()));
}

// Sessions as `aws ssm start-session` has them, their data channels spoken by a client of the test's own. The engine stops and starts in the middle.
void tst_AwsClients::channels()
{
    QProcess contract;
    contract.setProcessChannelMode(QProcess::MergedChannels);
    contract.start(u"/usr/bin/python3"_s, {QStringLiteral(FB_CHANNEL_CONTRACT)});
    contract.write(QJsonDocument(m_setup).toJson(QJsonDocument::Compact) + '\n');
    QByteArray said;
    const auto saysRestart = [&] {
        contract.waitForReadyRead(100);
        said += contract.readAll();
        return said.contains("RESTART\n");
    };
    QVERIFY2(eventually(saysRestart, 180'000), said.constData());
    QVERIFY(m_fleet.stopEngine());
    QVERIFY(m_fleet.startEngine());
    QVERIFY(m_fleet.waitForOnline(1));
    contract.write(
        QJsonDocument(QJsonObject {{u"url"_s, m_fleet.ready()[u"apiUrl"]}}).toJson(QJsonDocument::Compact)
        + '\n');
    contract.closeWriteChannel();
    QVERIFY2(contract.waitForFinished(90'000), said.constData());
    said += contract.readAll();
    QVERIFY2(!said.contains("FAIL") && !said.contains("Traceback"), said.constData());
    QCOMPARE(said.count("PASS "), 8);
}

// The unmodified aws command: paging by itself, and errors as it words them
void tst_AwsClients::awsCommand()
{
    const auto all = aws(
        m_administrator,
        {u"list-documents"_s, u"--page-size"_s, u"4"_s, u"--query"_s, u"length(DocumentIdentifiers)"_s});
    QVERIFY2(all.exitCode == 0, all.error.constData());
    QVERIFY(all.output.trimmed().toInt() > 8);
    const auto sent
        = aws(m_administrator,
              {u"send-command"_s, u"--document-name"_s, u"AWS-RunShellScript"_s, u"--targets"_s,
               u"Key=InstanceIds,Values="_s + m_fleet.nodes()[0][u"InstanceId"].toString(), u"--parameters"_s,
               u"commands=echo hi"_s, u"--query"_s, u"Command.CommandId"_s, u"--output"_s, u"text"_s});
    QVERIFY2(sent.exitCode == 0, sent.error.constData());
    const auto refused = aws(m_administrator, {u"get-document"_s, u"--name"_s, u"Wire-None"_s});
    QVERIFY(refused.exitCode != 0);
    QVERIFY2(
        refused.error.contains("An error occurred (InvalidDocument) when calling the GetDocument operation"),
        refused.error.constData());
}

// [documents 8.20]
void tst_AwsClients::documentFromTheCommandLine()
{
    QFile file(m_home.filePath(u"d.yaml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("schemaVersion: '2.2'\n"
               "parameters:\n  name:\n    type: String\n"
               "mainSteps:\n- action: aws:runShellScript\n  name: hello\n"
               "  inputs:\n    runCommand: ['echo Hello {{ name }}']\n");
    file.close();
    const auto made
        = aws(m_administrator,
              {u"create-document"_s, u"--name"_s, u"Cli-Hello"_s, u"--document-type"_s, u"Command"_s,
               u"--document-format"_s, u"YAML"_s, u"--content"_s, u"file://"_s + file.fileName()});
    QVERIFY2(made.exitCode == 0, made.error.constData());
    const QString node = m_fleet.nodes()[0][u"InstanceId"].toString();
    const auto sent = aws(m_administrator,
                          {u"send-command"_s, u"--document-name"_s, u"Cli-Hello"_s, u"--instance-ids"_s, node,
                           u"--parameters"_s, u"name=World"_s, u"--query"_s, u"Command.CommandId"_s,
                           u"--output"_s, u"text"_s});
    QVERIFY2(sent.exitCode == 0, sent.error.constData());
    const QString command = QString::fromUtf8(sent.output).trimmed();
    const auto ended
        = aws(m_administrator,
              {u"wait"_s, u"command-executed"_s, u"--command-id"_s, command, u"--instance-id"_s, node});
    QVERIFY2(ended.exitCode == 0, ended.error.constData());
    const auto output = aws(m_administrator,
                            {u"get-command-invocation"_s, u"--command-id"_s, command, u"--instance-id"_s,
                             node, u"--query"_s, u"StandardOutputContent"_s, u"--output"_s, u"text"_s});
    QCOMPARE(QString::fromUtf8(output.output).trimmed(), u"Hello World"_s);
    const auto asJson = aws(
        m_administrator, {u"get-document"_s, u"--name"_s, u"Cli-Hello"_s, u"--document-format"_s, u"JSON"_s});
    const QJsonObject document
        = QJsonDocument::fromJson(QJsonDocument::fromJson(asJson.output)[u"Content"].toString().toUtf8())
              .object();
    QCOMPARE(document[u"mainSteps"][0][u"inputs"][u"runCommand"][0].toString(), u"echo Hello {{ name }}"_s);
    QCOMPARE(document[u"parameters"][u"name"][u"type"].toString(), u"String"_s);
    const auto described = aws(m_administrator, {u"describe-document"_s, u"--name"_s, u"Cli-Hello"_s});
    const QJsonValue shown = QJsonDocument::fromJson(described.output)[u"Document"];
    QCOMPARE(shown[u"DocumentVersion"].toString(), u"1"_s);
    QCOMPARE(shown[u"Hash"].toString().size(), 64);
}

// [fleet-manager B8.18]
void tst_AwsClients::nodeFromActivationToDeregistration()
{
    const auto made
        = aws(m_administrator,
              {u"create-activation"_s, u"--iam-role"_s, u"Default"_s, u"--tags"_s, u"Key=from,Value=cli"_s});
    QVERIFY2(made.exitCode == 0, made.error.constData());
    const QJsonObject activation = QJsonDocument::fromJson(made.output).object();
    QVERIFY(m_fleet.startAgent(u"cli"_s, activation));
    QVERIFY(m_fleet.waitForOnline(2));
    const auto found
        = aws(m_administrator,
              {u"describe-instance-information"_s, u"--filters"_s, u"Key=tag:from,Values=cli"_s, u"--query"_s,
               u"InstanceInformationList[0].InstanceId"_s, u"--output"_s, u"text"_s});
    const QString node = QString::fromUtf8(found.output).trimmed();
    QVERIFY2(node.startsWith(u"mi-"), found.error.constData());
    const auto sent = aws(m_administrator,
                          {u"send-command"_s, u"--document-name"_s, u"AWS-RunShellScript"_s, u"--targets"_s,
                           u"Key=tag:from,Values=cli"_s, u"--parameters"_s, u"commands=echo tagged"_s,
                           u"--query"_s, u"Command.CommandId"_s, u"--output"_s, u"text"_s});
    QVERIFY2(sent.exitCode == 0, sent.error.constData());
    const QString command = QString::fromUtf8(sent.output).trimmed();
    QCOMPARE(aws(m_administrator,
                 {u"wait"_s, u"command-executed"_s, u"--command-id"_s, command, u"--instance-id"_s, node})
                 .exitCode,
             0);
    QCOMPARE(aws(m_administrator, {u"deregister-managed-instance"_s, u"--instance-id"_s, node}).exitCode, 0);
    const auto gone
        = aws(m_administrator,
              {u"describe-instance-information"_s, u"--filters"_s, u"Key=InstanceIds,Values="_s + node,
               u"--query"_s, u"length(InstanceInformationList)"_s});
    QCOMPARE(QString::fromUtf8(gone.output).trimmed(), u"0"_s);
    const auto kept
        = aws(m_administrator,
              {u"list-commands"_s, u"--command-id"_s, command, u"--query"_s, u"length(Commands)"_s});
    QCOMPARE(QString::fromUtf8(kept.output).trimmed(), u"1"_s);
}

// The command line's exact forms, and what it does takes effect at once
void tst_AwsClients::operatorsAndKeys()
{
    const QJsonObject bob = key(u"bob"_s, u"Operator"_s);
    QCOMPARE(aws(bob, {u"list-commands"_s}).exitCode, 0);
    QCOMPARE(
        m_fleet.call({u"operator"_s, u"create"_s, u"--name"_s, u"bob"_s, u"--role"_s, u"Viewer"_s}).exitCode,
        3);
    QCOMPARE(
        m_fleet.call({u"operator"_s, u"create"_s, u"--name"_s, u"eve"_s, u"--role"_s, u"King"_s}).exitCode,
        3);
    QCOMPARE(m_fleet.call({u"operator"_s, u"create"_s}).exitCode, 2);
    QCOMPARE(m_fleet.call({u"key"_s, u"disable"_s, u"--id"_s, bob[u"AccessKeyId"].toString()}).exitCode, 0);
    const auto refused = aws(bob, {u"list-commands"_s});
    QVERIFY2(refused.error.contains("UnrecognizedClientException"), refused.error.constData());
    QCOMPARE(m_fleet.call({u"key"_s, u"enable"_s, u"--id"_s, bob[u"AccessKeyId"].toString()}).exitCode, 0);
    QCOMPARE(aws(bob, {u"list-commands"_s}).exitCode, 0);
    m_fleet.killEngine(); // keys outlive it
    QVERIFY(m_fleet.startEngine());
    QCOMPARE(aws(bob, {u"list-commands"_s}).exitCode, 0);
    QCOMPARE(m_fleet.call({u"operator"_s, u"delete"_s, u"--name"_s, u"bob"_s}).exitCode, 0);
    QVERIFY(aws(bob, {u"list-commands"_s}).error.contains("UnrecognizedClientException"));
}

// Each member of each operation, with wrong types and values: refused by name, and nothing changes.
void tst_AwsClients::everyFieldWithWhatItCannotBe()
{
    m_setup.insert(u"url"_s, m_fleet.ready()[u"apiUrl"]);
    QProcess fields;
    fields.setProcessChannelMode(QProcess::MergedChannels);
    fields.start(u"/usr/bin/python3"_s, {QStringLiteral(FB_WIRE_FIELDS)});
    fields.write(QJsonDocument(m_setup).toJson());
    fields.closeWriteChannel();
    QVERIFY(fields.waitForFinished(180'000));
    const QByteArray said = fields.readAll();
    QVERIFY2(said.startsWith("PASS fields: "), said.constData());
}

namespace {
// What a secret looks like where somebody wrote it down.
QList<QByteArray> writtenForms(const QByteArray &secret)
{
    const QString text = QString::fromUtf8(secret);
    return {secret, secret.toBase64(), secret.toHex(),
            QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2)};
}

QByteArray wholeFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// This process's descendants that run one of our programs.
QStringList ourProcesses()
{
    QStringList found;
    for (const QString &pid : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        const QString name = QFileInfo(QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(pid))).fileName();
        if (!name.startsWith(u"flagbridge-"_s))
            continue;
        QString above = pid;
        while (above.toLongLong() > 1 && above.toLongLong() != QCoreApplication::applicationPid()) {
            const QByteArray stat = wholeFile(u"/proc/%1/stat"_s.arg(above));
            above = QString::fromLatin1(stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1));
        }
        if (above.toLongLong() == QCoreApplication::applicationPid())
            found << pid;
    }
    return found;
}
}

// [S01] what was told as a secret is not in clear in the store's files and their journals, in logs, events and the audit log, in the command lines and
// environments of our processes; and they leave no core behind
void tst_AwsClients::secretsStandNowhere()
{
    const QByteArray parameter = "canary-" + QUuid::createUuid().toRfc4122().toHex();
    const QByteArray password = "canary-" + QUuid::createUuid().toRfc4122().toHex();
    QFile value(m_home.filePath(u"canary"_s));
    QVERIFY(value.open(QIODevice::WriteOnly));
    value.write(parameter);
    value.close();
    const auto put = aws(m_administrator,
                         {u"put-parameter"_s, u"--name"_s, u"/canary"_s, u"--type"_s, u"SecureString"_s,
                          u"--value"_s, u"file://"_s + value.fileName()});
    QVERIFY2(put.exitCode == 0, put.error.constData());
    const auto got
        = aws(m_administrator, {u"get-parameter"_s, u"--name"_s, u"/canary"_s, u"--with-decryption"_s});
    QVERIFY2(got.output.contains(parameter), got.error.constData());
    // Refused ones too: what is wrong about a call is told, never what was to be kept.
    const auto refused = aws(m_administrator,
                             {u"put-parameter"_s, u"--name"_s, u"/canary"_s, u"--type"_s, u"SecureString"_s,
                              u"--value"_s, u"file://"_s + value.fileName()});
    QVERIFY(refused.exitCode != 0);

    QProcess command;
    command.start(m_fleet.engine().program(u"flagbridge-engine"_s),
                  {u"operator"_s, u"set-password"_s, u"--data"_s, m_fleet.dataDir(), u"--name"_s,
                   u"wire-admin"_s, u"--password-stdin"_s});
    QVERIFY(command.waitForStarted());
    command.write(password + '\n');
    command.closeWriteChannel();
    QVERIFY(command.waitForFinished(30'000));
    QVERIFY2(command.exitCode() == 0, command.readAllStandardError().constData());

    // A running script, so that workers are among the processes that are looked at.
    const auto sent = aws(m_administrator,
                          {u"send-command"_s, u"--document-name"_s, u"AWS-RunShellScript"_s, u"--targets"_s,
                           u"Key=InstanceIds,Values="_s + m_fleet.nodes()[0][u"InstanceId"].toString(),
                           u"--parameters"_s, u"commands=sleep 30"_s});
    QVERIFY2(sent.exitCode == 0, sent.error.constData());
    QTRY_VERIFY_WITH_TIMEOUT(ourProcesses().size() >= 3, 20'000);

    const QList<QByteArray> secrets {parameter, password,
                                     m_administrator[u"SecretAccessKey"].toString().toLatin1(),
                                     m_setup[u"viewer"][u"SecretAccessKey"].toString().toLatin1()};
    int files = 0;
    QStringList found;
    const auto look = [&](const QString &where, const QByteArray &bytes) {
        for (const QByteArray &secret : secrets) {
            for (const QByteArray &form : writtenForms(secret)) {
                if (bytes.contains(form))
                    found << where;
            }
        }
    };
    for (const QString &folder : {m_fleet.dataDir(), m_fleet.agentDir(u"a"_s)}) {
        QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            look(each.next(), wholeFile(each.filePath()));
            ++files;
        }
    }
    look(u"the engine's log"_s, m_fleet.engine().log());
    QVERIFY(files > 5);
    const QByteArray wal = wholeFile(m_fleet.dataDir() + u"/flagbridge.db-wal"_s);
    const QByteArray store = wholeFile(m_fleet.dataDir() + u"/flagbridge.db"_s);
    QVERIFY(wal.contains("/canary") || store.contains("/canary")); // it was looked for where it would be
    for (const QString &pid : ourProcesses()) {
        const QString place = u"/proc/%1/"_s.arg(pid);
        const QByteArray line = wholeFile(place + u"cmdline"_s);
        look(place + u"cmdline"_s, line);
        look(place + u"environ"_s, wholeFile(place + u"environ"_s));
        const QByteArray verb = line.split('\0').value(1);
        if (verb != "serve" && verb != "network")
            continue; // of the agent's own processes: scripts get the machine's limit
        const QList<QByteArray> limits = wholeFile(place + u"limits"_s).split('\n');
        const auto core = std::find_if(limits.begin(), limits.end(), [](const QByteArray &row) {
            return row.startsWith("Max core file size");
        });
        QVERIFY(core != limits.end());
        QVERIFY2(core->mid(26).trimmed().startsWith("0 "), (line + ": " + *core).constData());
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

// What a known key is refused is in the audit log, once each time, whoever refused it; a flood of it is counted.
void tst_AwsClients::refusalsAreAudited()
{
    const QJsonObject guest = key(u"wire-guest"_s, u"Viewer"_s);
    QJsonObject forged = guest;
    forged[u"SecretAccessKey"] = u"wrong"_s;
    for (int i = 0; i < 3; ++i)
        QVERIFY(aws(forged, {u"list-commands"_s}).exitCode != 0);
    QVERIFY(aws(guest, {u"create-activation"_s, u"--iam-role"_s, u"Default"_s}).exitCode != 0);
    QVERIFY(m_fleet.stopEngine()); // tells what it has counted
    auto store = fb::StoreFile::open(m_fleet.dataDir() + u"/flagbridge.db"_s);
    QVERIFY(store);
    const auto entries
        = (*store)->reader().all(u"SELECT action, result, diff FROM audit_entry WHERE who = 'wire-guest' AND "
                                 u"result <> 'Success' ORDER BY "
                                 "sequence"_s,
                                 {}, [](const fb::Row &row) {
                                     return QStringList {row.text(0), row.text(1), row.text(2)};
                                 });
    QVERIFY(entries);
    QCOMPARE(entries->size(), 3);
    QCOMPARE(entries->at(0),
             (QStringList {u"flagbridge:Authenticate"_s, u"InvalidSignatureException"_s, u"{}"_s}));
    QCOMPARE(entries->at(1).mid(0, 2), (QStringList {u"ssm:CreateActivation"_s, u"AccessDeniedException"_s}));
    QCOMPARE(
        entries->at(2),
        (QStringList {u"flagbridge:Authenticate"_s, u"InvalidSignatureException"_s, u"{\"Count\":2}"_s}));
}

FB_TEST(tst_AwsClients)
#include "tst_aws_clients.moc"
