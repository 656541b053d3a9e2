#include "backend/language/document.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_SessionDocument : public QObject
{
    Q_OBJECT

private slots:
    void problems_data();
    void problems();
    void body();
    void platforms_data();
    void platforms();
};

void tst_SessionDocument::problems_data()
{
    QTest::addColumn<QByteArray>("yaml"); // after the schema version
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &yaml, const char *expected) {
        QTest::addRow("%s", name) << yaml << QByteArray(expected);
    };
    const QByteArray stream = "sessionType: Standard_Stream\n";
    row("stream", stream + "inputs: {}\n", "");
    row("stream with everything",
        stream
            + "inputs: {s3BucketName: '', s3EncryptionEnabled: true, cloudWatchStreamingEnabled: 'false', "
              "runAsEnabled: false, runAsDefaultUser: '', "
              "idleSessionTimeout: '20', maxSessionDuration: '', shellProfile: {linux: 'exec bash', windows: "
              "''}, recordingEnabled: true, "
              "recordingRetentionDays: 30, kmsKeyId: '', cloudWatchLogGroupName: '', "
              "cloudWatchEncryptionEnabled: true, s3KeyPrefix: '', recordInput: false}\n",
        "");
    row("no type", "inputs: {}\n",
        "sessionType: sessionType must be Standard_Stream, InteractiveCommands, NonInteractiveCommands or "
        "Port");
    row("stream without inputs", stream, "inputs: a Standard_Stream document needs inputs");
    row("unknown input", stream + "inputs: {idleTimeout: '1'}\n",
        "inputs.idleTimeout: this input is not known");
    // session-manager.md 7
    row("idleSessionTimeout 61", stream + "inputs: {idleSessionTimeout: '61'}\n",
        "inputs.idleSessionTimeout: \"61\" must be 1 to 60 minutes");
    row("maxSessionDuration 0", stream + "inputs: {maxSessionDuration: '0'}\n",
        "inputs.maxSessionDuration: \"0\" must be 1 to 1440 minutes, or empty for no limit");
    row("flag", stream + "inputs: {runAsEnabled: 'yes'}\n",
        "inputs.runAsEnabled: \"yes\" must be true or false");
    row("profile too long", stream + "inputs: {shellProfile: {linux: '" + QByteArray(513, 'x') + "'}}\n",
        "inputs.shellProfile.linux: at most 512 characters are allowed (got 513)");
    row("profile of another platform", stream + "inputs: {shellProfile: {bsd: ''}}\n",
        "inputs.shellProfile.bsd: only linux, macos and windows are known here");
    row("commands",
        "sessionType: InteractiveCommands\nparameters: {c: {type: String}}\nproperties: {linux: {commands: "
        "'{{ c }}', runAsElevated: true}}\n",
        "");
    row("commands without a platform", "sessionType: InteractiveCommands\nproperties: {}\n",
        "properties: the commands of at least one platform are needed");
    row("commands missing",
        "sessionType: NonInteractiveCommands\nproperties: {linux: {runAsElevated: false}}\n",
        "properties.linux.commands: the commands are missing");
    row("commands without properties", "sessionType: InteractiveCommands\n",
        "properties: a InteractiveCommands document needs properties");
    row("port",
        "sessionType: Port\nproperties: {portNumber: '{{ p }}', localPortNumber: '0', type: "
        "LocalPortForwarding}\nparameters: {p: {type: String}}\n",
        "");
    row("port 70000", "sessionType: Port\nproperties: {portNumber: '70000'}\n",
        "properties.portNumber: \"70000\" must be 1 to 65535");
    row("port ssh", "sessionType: Port\nproperties: {portNumber: ssh}\n",
        "properties.portNumber: \"ssh\" must be 1 to 65535");
    row("port type", "sessionType: Port\nproperties: {portNumber: 22, type: Remote}\n",
        "properties.type: \"Remote\" must be LocalPortForwarding or none");
    row("no port", "sessionType: Port\nproperties: {host: x}\n",
        "properties.portNumber: a Port document needs a portNumber");
    row("parameter type", stream + "inputs: {}\nparameters: {n: {type: Integer}}\n",
        "parameters.n: parameters of Session documents are String or StringList, not Integer");
    row("steps", stream + "inputs: {}\nmainSteps: []\n",
        "mainSteps: this key is not known in a document of schema 1.0; it has schemaVersion, $schema, "
        "description, parameters, files, sessionType, inputs, properties");
}

void tst_SessionDocument::problems()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, expected);
    const auto check = checkDocument("schemaVersion: '1.0'\n" + yaml.toStdString(), DocumentFormat::Yaml,
                                     DocumentType::Session);
    QCOMPARE(check.problems.size(), expected.isEmpty() ? size_t(0) : size_t(1));
    if (!expected.isEmpty()) {
        QCOMPARE(QByteArray::fromStdString(check.problems[0].path + ": " + check.problems[0].message),
                 expected);
        QVERIFY(check.problems[0].mark.line > 0);
    }
}

void tst_SessionDocument::body()
{
    const auto parsed = parseDocument(
        R"({"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{"idleSessionTimeout":"5"}})",
        DocumentFormat::Json, DocumentType::Session);
    QVERIFY(parsed.has_value());
    QVERIFY(parsed->session.has_value());
    QCOMPARE(parsed->session->sessionType, std::string("Standard_Stream"));
    QCOMPARE(parsed->session->inputs.find("idleSessionTimeout")->text(), std::string("5"));
}

void tst_SessionDocument::platforms_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("no profile") << QByteArray("sessionType: Standard_Stream\ninputs: {}\n")
                                << QByteArray("Linux MacOS Windows ");
    QTest::addRow("profiles") << QByteArray(
        "sessionType: Standard_Stream\ninputs: {shellProfile: {windows: x}}\n")
                              << QByteArray("Windows ");
    QTest::addRow("commands") << QByteArray(
        "sessionType: InteractiveCommands\nproperties: {linux: {commands: x}, macos: {commands: x}}\n")
                              << QByteArray("Linux MacOS ");
    QTest::addRow("port") << QByteArray("sessionType: Port\nproperties: {portNumber: 22}\n")
                          << QByteArray("Linux MacOS Windows ");
}

void tst_SessionDocument::platforms()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, expected);
    const auto parsed = parseDocument("schemaVersion: '1.0'\n" + yaml.toStdString(), DocumentFormat::Yaml,
                                      DocumentType::Session);
    QVERIFY(parsed.has_value());
    QByteArray names;
    for (const std::string &name : parsed->platforms.names())
        names += QByteArray::fromStdString(name) + " ";
    QCOMPARE(names, expected);
}

FB_TEST(tst_SessionDocument)
#include "tst_session_document.moc"
