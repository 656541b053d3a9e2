#include "backend/documents/built_in_documents.h"

#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_BuiltInDocuments : public QObject
{
    Q_OBJECT

private slots:
    void shipped_data() { addDatabaseRows(); }
    void shipped();
    void runShellScript();
    void sessionDocuments_data();
    void sessionDocuments();
    void readOnly_data() { addDatabaseRows(); }
    void readOnly();
    void editableOnes_data() { addDatabaseRows(); }
    void editableOnes();
    void newProgramNewVersion_data() { addDatabaseRows(); }
    void newProgramNewVersion();
    void brokenFiles();
};

void tst_BuiltInDocuments::shipped()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    const auto documents = builtInDocuments();
    QVERIFY2(documents.has_value(), qPrintable(messageOf(documents)));
    for (int start = 0; start < 2; ++start) // a second start changes nothing
        QVERIFY(store.service.bringBuiltIns(*documents));
    const auto listed = store.service.listDocuments(store.who, {});
    QStringList rows;
    for (const DocumentIdentifier &document : listed->documentIdentifiers)
        rows.append(QStringList {document.name, document.owner, document.documentType, document.schemaVersion,
                                 document.documentVersion, document.platformTypes.join(u',')}
                        .join(u' '));
    QCOMPARE(
        rows,
        QStringList({u"AWS-ApplyAnsiblePlaybooks Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-ApplyChefRecipes Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-ConfigureDocker Amazon Command 2.2 1 Linux"_s,
                     u"AWS-DownloadContent Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-PasswordReset Amazon Session 1.0 1 Linux,MacOS,Windows"_s,
                     u"AWS-RunAnsiblePlaybook Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-RunDockerAction Amazon Command 2.2 1 Linux,Windows"_s,
                     u"AWS-RunDocument Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-RunPowerShellScript Amazon Command 1.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-RunRemoteScript Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-RunSaltState Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWS-RunShellScript Amazon Command 1.2 1 Linux,MacOS"_s,
                     u"AWS-StartInteractiveCommand Amazon Session 1.0 1 Linux,MacOS,Windows"_s,
                     u"AWS-StartNonInteractiveCommand Amazon Session 1.0 1 Linux,MacOS,Windows"_s,
                     u"AWS-StartPortForwardingSession Amazon Session 1.0 1 Linux,MacOS,Windows"_s,
                     u"AWS-StartPortForwardingSessionToRemoteHost Amazon Session 1.0 1 Linux,MacOS,Windows"_s,
                     u"AWS-StartSSHSession Amazon Session 1.0 1 Linux,MacOS,Windows"_s,
                     u"AWS-UpdateSSMAgent Amazon Command 2.2 1 Linux,MacOS,Windows"_s,
                     u"AWSFleetManager-AddUsersToGroups Amazon Command 2.2 1 Linux"_s,
                     u"AWSFleetManager-CreateGroup Amazon Command 2.2 1 Linux"_s,
                     u"AWSFleetManager-CreateUser Amazon Command 2.2 1 Linux"_s,
                     u"AWSFleetManager-DeleteGroup Amazon Command 2.2 1 Linux"_s,
                     u"AWSFleetManager-DeleteUser Amazon Command 2.2 1 Linux"_s,
                     u"AWSFleetManager-GetGroups Amazon Command 2.2 1 Linux"_s,
                     u"AWSFleetManager-GetUsers Amazon Command 2.2 1 Linux"_s,
                     u"AWSFleetManager-RemoveUsersFromGroups Amazon Command 2.2 1 Linux"_s,
                     u"SSM-SessionManagerRunShell 000000000000 Session 1.0 1 Linux,MacOS,Windows"_s}));
    QCOMPARE(store.auditTexts().size(), rows.size());
    QCOMPARE(store.auditTexts().first(), u"engine ssm:CreateDocument Success"_s);
}

// It is the 1.2 document that AWS has, so its one step is named after its plugin.
void tst_BuiltInDocuments::runShellScript()
{
    DocumentStore store(u"sqlite"_s);
    QVERIFY(store.service.bringBuiltIns(*builtInDocuments()));
    const auto described = store.describe(u"arn:aws:ssm:xx-local-1::document/AWS-RunShellScript"_s);
    QVERIFY2(described.has_value(), qPrintable(messageOf(described)));
    QStringList parameters;
    for (const DocumentParameterInfo &parameter : described->parameters)
        parameters.append(parameter.name + u' ' + parameter.type + u' ' + parameter.defaultValue);
    QCOMPARE(parameters,
             QStringList({u"commands StringList "_s, u"workingDirectory String "_s,
                          u"executionTimeout String 3600"_s}));
    const auto resolved = store.service.resolve(store.db->reader(), {.name = u"AWS-RunShellScript"_s});
    QCOMPARE(resolved->document->steps.size(), size_t(1));
    QCOMPARE(resolved->document->steps[0].name, std::string("aws:runShellScript"));
    QCOMPARE(resolved->document->steps[0].outputName, std::string("0.aws:runShellScript"));
    const auto none = bindParameters(resolved->document->parameters, {{"commands", {}}});
    QCOMPARE(toQString(none.error().message),
             u"Parameter \"commands\": at least 1 item is required (got 0)."_s);
    const auto tooLong = bindParameters(resolved->document->parameters,
                                        {{"commands", {"id"}}, {"executionTimeout", {"172801"}}});
    QVERIFY(!tooLong);
    QVERIFY(bindParameters(resolved->document->parameters,
                           {{"commands", {"id"}}, {"executionTimeout", {"172800"}}}));
}

void tst_BuiltInDocuments::sessionDocuments_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isAllowed");
    QTest::addRow("port") << u"AWS-StartPortForwardingSession"_s << u"portNumber"_s << u"8080"_s << true;
    QTest::addRow("highest port") << u"AWS-StartPortForwardingSession"_s << u"portNumber"_s << u"65535"_s
                                  << true;
    QTest::addRow("port 70000") << u"AWS-StartPortForwardingSession"_s << u"portNumber"_s << u"70000"_s
                                << false;
    QTest::addRow("port 0") << u"AWS-StartPortForwardingSession"_s << u"portNumber"_s << u"0"_s << false;
    QTest::addRow("local port 0") << u"AWS-StartPortForwardingSession"_s << u"localPortNumber"_s << u"0"_s
                                  << true;
    QTest::addRow("ssh by name") << u"AWS-StartSSHSession"_s << u"portNumber"_s << u"ssh"_s << false;
    QTest::addRow("ssh") << u"AWS-StartSSHSession"_s << u"portNumber"_s << u"2222"_s << true;
    const QString remote = u"AWS-StartPortForwardingSessionToRemoteHost"_s;
    QTest::addRow("remote host") << remote << u"host"_s << u"db-1.example.com"_s << true;
    QTest::addRow("remote IPv4") << remote << u"host"_s << u"10.0.0.1"_s << true;
    QTest::addRow("remote IPv6") << remote << u"host"_s << u"fe80::1"_s << true;
    QTest::addRow("remote blanks") << remote << u"host"_s << u"a b"_s << false;
    QTest::addRow("remote option") << remote << u"host"_s << u"-x"_s << false;
    QTest::addRow("user") << u"AWS-PasswordReset"_s << u"username"_s << u"ada.l"_s << true;
    QTest::addRow("user with a command") << u"AWS-PasswordReset"_s << u"username"_s << u"a; id"_s << false;
    QTest::addRow("user as an option") << u"AWS-PasswordReset"_s << u"username"_s << u"-d"_s << false;
    QTest::addRow("no user") << u"AWS-PasswordReset"_s << u"username"_s << QString() << false;
    QTest::addRow("command") << u"AWS-StartInteractiveCommand"_s << u"command"_s << u"top"_s << true;
}

void tst_BuiltInDocuments::sessionDocuments()
{
    QFETCH(QString, name);
    QFETCH(QString, parameter);
    QFETCH(QString, value);
    QFETCH(bool, isAllowed);
    DocumentStore store(u"sqlite"_s);
    QVERIFY(store.service.bringBuiltIns(*builtInDocuments()));
    const auto resolved = store.service.resolve(store.db->reader(), {.name = name});
    QVERIFY2(resolved.has_value(), qPrintable(messageOf(resolved)));
    QVERIFY(resolved->document->session.has_value());
    const auto bound = bindParameters(resolved->document->parameters, {{toStd(parameter), {toStd(value)}}},
                                      errors::kValidation);
    QCOMPARE(bound.has_value(), isAllowed);
    if (!bound)
        QCOMPARE(codeOf(bound), u"ValidationException"_s);
}

void tst_BuiltInDocuments::readOnly()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.service.bringBuiltIns(*builtInDocuments()));
    const QString name = u"AWS-RunShellScript"_s;
    const auto deleted = store.service.deleteDocument(store.who, {.name = name});
    QCOMPARE(codeOf(deleted), u"InvalidDocumentOperation"_s);
    QVERIFY(messageOf(deleted).contains(u"built-in documents cannot be deleted"_s));
    QCOMPARE(codeOf(store.update(name, DocumentStore::shellYaml(u"x"_s))), u"InvalidDocumentOperation"_s);
    QCOMPARE(codeOf(store.service.updateDocumentDefaultVersion(store.who,
                                                               {.name = name, .documentVersion = u"1"_s})),
             u"InvalidDocumentOperation"_s);
    QCOMPARE(codeOf(store.service.addTags(store.who, name, {{u"a"_s, u"b"_s}})), u"InvalidResourceId"_s);
}

void tst_BuiltInDocuments::editableOnes()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    const auto documents = builtInDocuments();
    QVERIFY(store.service.bringBuiltIns(*documents));
    const QString name = u"SSM-SessionManagerRunShell"_s;
    QVERIFY(store.update(
        name, u"schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs: {idleSessionTimeout: '5'}\n"_s));
    QVERIFY(store.service.bringBuiltIns(*documents));
    QCOMPARE(store.describe(name, u"$LATEST"_s)->documentVersion, u"2"_s); // the operator's text stays
    QVERIFY(store.service.deleteDocument(store.who, {.name = name}));
    QVERIFY(store.service.bringBuiltIns(*documents));
    QCOMPARE(codeOf(store.describe(name)), u"InvalidDocument"_s); // and so does its absence
    QVERIFY(store.create(name, u"schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs: {}\n"_s));
}

void tst_BuiltInDocuments::newProgramNewVersion()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    BuiltInDocument document {.name = u"AWS-Test"_s,
                              .documentType = u"Command"_s,
                              .format = u"YAML"_s,
                              .content = DocumentStore::shellYaml(u"one"_s).toUtf8()};
    const BuiltInDocument older = document;
    QVERIFY(store.service.bringBuiltIns({document}));
    document.content = DocumentStore::shellYaml(u"two"_s).toUtf8();
    QVERIFY(store.service.bringBuiltIns({document}));
    QCOMPARE(store.describe(u"AWS-Test"_s)->documentVersion, u"2"_s); // its default moves with the program
    QVERIFY(store.service.bringBuiltIns({older}));
    QCOMPARE(store.describe(u"AWS-Test"_s)->documentVersion, u"2"_s); // but not back
    QCOMPARE(store.eventTexts(), QStringList({u"Create AWS-Test 1 Active"_s, u"Update AWS-Test 2 Active"_s}));
}

void tst_BuiltInDocuments::brokenFiles()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"AWS-Broken.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"schemaVersion\":\"2.2\"}");
    file.close();
    const auto documents = builtInDocuments(folder.path());
    QCOMPARE(codeOf(documents), u"InternalServerError"_s);
    QVERIFY(messageOf(documents).contains(u"AWS-Broken.json is wrong: mainSteps"_s));
}

FB_TEST(tst_BuiltInDocuments)
#include "tst_built_in_documents.moc"
