// aws:downloadContent from Git on a real agent (spec/documents.md 3.12): the real git, over https and over ssh.

#include "tests/integration/agent/plugin_steps.h"
#include "tests/support/test_main.h"
#include "tests/support/test_web_server.h"

#include <QProcess>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_GitDownloads : public QObject
{
    Q_OBJECT

private slots:
    void overHttps();
    void overSsh();
    void credentialsStayWithTheirHost();
    void refusals();

private:
    static QByteArray git(const QString &folder, const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(u"git"_s,
                      QStringList {u"-c"_s, u"user.name=t"_s, u"-c"_s, u"user.email=t@t"_s, u"-c"_s,
                                   u"init.defaultBranch=main"_s}
                          + arguments);
        process.waitForFinished();
        return process.readAllStandardOutput();
    }
    // A repository with two commits on main, and a branch; the first commit's id.
    static QByteArray makeRepository(const QString &folder)
    {
        QDir().mkpath(folder);
        git(folder, {u"init"_s, u"-q"_s});
        const auto commit = [&](const QString &file, const QByteArray &bytes) {
            QFile written(folder + u'/' + file);
            if (written.open(QIODevice::WriteOnly))
                written.write(bytes);
            written.close();
            git(folder, {u"add"_s, u"."_s});
            git(folder, {u"commit"_s, u"-qm"_s, file});
        };
        commit(u"one"_s, "1");
        const QByteArray first = git(folder, {u"rev-parse"_s, u"HEAD"_s}).trimmed();
        git(folder, {u"checkout"_s, u"-qb"_s, u"side/branch"_s});
        commit(u"side"_s, "s");
        git(folder, {u"checkout"_s, u"-q"_s, u"main"_s});
        commit(u"two"_s, "2");
        return first;
    }
};

void tst_GitDownloads::overHttps()
{
    AgentFixture f;
    const QByteArray first = makeRepository(f.folder.filePath(u"repositories/repo"_s));
    const QString program
        = QString::fromUtf8(git(f.folder.path(), {u"--exec-path"_s}).trimmed()) + u"/git-http-backend"_s;
    TestWebServer web(
        [&](const WebRequest &request) -> WebResponse {
            if (request.header("Authorization") != "Basic " + QByteArray("joe:secret").toBase64())
                return {.status = 401, .body = "no", .headers = {"WWW-Authenticate: Basic realm=\"r\""}};
            QProcess cgi;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"GIT_PROJECT_ROOT"_s, f.folder.filePath(u"repositories"_s));
            environment.insert(u"GIT_HTTP_EXPORT_ALL"_s, u"1"_s);
            environment.insert(u"REQUEST_METHOD"_s, QString::fromLatin1(request.method));
            const qsizetype mark = request.path.indexOf('?');
            environment.insert(u"PATH_INFO"_s,
                               QString::fromLatin1(mark < 0 ? request.path : request.path.left(mark)));
            environment.insert(u"QUERY_STRING"_s,
                               mark < 0 ? QString() : QString::fromLatin1(request.path.mid(mark + 1)));
            environment.insert(u"CONTENT_TYPE"_s, QString::fromLatin1(request.header("Content-Type")));
            environment.insert(u"CONTENT_LENGTH"_s, QString::number(request.body.size()));
            environment.insert(u"HTTP_CONTENT_ENCODING"_s,
                               QString::fromLatin1(request.header("Content-Encoding")));
            environment.insert(u"GIT_PROTOCOL"_s, QString::fromLatin1(request.header("Git-Protocol")));
            cgi.setProcessEnvironment(environment);
            cgi.start(program, QStringList());
            cgi.write(request.body);
            cgi.closeWriteChannel();
            cgi.waitForFinished();
            const QByteArray answer = cgi.readAllStandardOutput();
            const qsizetype end = answer.indexOf("\r\n\r\n");
            WebResponse response {.body = answer.mid(end + 4)};
            for (const QByteArray &line : answer.left(end).split('\n')) {
                if (line.startsWith("Status: "))
                    response.status = line.mid(8, 3).toInt();
                else
                    response.headers.append(line.trimmed());
            }
            return response;
        },
        TestWebServer::Kind::Tls);
    f.environment = {u"SSL_CERT_FILE="_s + web.authorityFile()};
    QVERIFY(f.start());
    QJsonObject info {
        {u"repository"_s, web.url(u"/repo"_s)}, {u"username"_s, u"joe"_s}, {u"password"_s, u"secret"_s}};
    const auto filesOf = [&](const QString &folder) {
        return QDir(f.folder.filePath(folder))
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    };
    const auto main = runStep(f, downloadStep(u"Git"_s, info, f.folder.filePath(u"main"_s)));
    QVERIFY2(main.status() == "Success", main.stderr_head().c_str());
    QCOMPARE(filesOf(u"main"_s), QStringList({u"one"_s, u"two"_s})); // and no .git
    info[u"getOptions"_s] = u"branch:side/branch"_s;
    QCOMPARE(runStep(f, downloadStep(u"Git"_s, info, f.folder.filePath(u"side"_s)), 2).status(),
             std::string("Success"));
    QCOMPARE(filesOf(u"side"_s), QStringList({u"one"_s, u"side"_s}));
    info[u"getOptions"_s] = u"commitID:"_s + QString::fromLatin1(first);
    QCOMPARE(runStep(f, downloadStep(u"Git"_s, info, f.folder.filePath(u"first"_s)), 3).status(),
             std::string("Success"));
    QCOMPARE(filesOf(u"first"_s), QStringList {u"one"_s});
    info[u"getOptions"_s] = u"commitID:"_s + QString(40, u'0');
    QCOMPARE(runStep(f, downloadStep(u"Git"_s, info, f.folder.filePath(u"none"_s)), 4).status(),
             std::string("Failed"));
    QVERIFY(filesOf(u"none"_s).isEmpty());
    info[u"password"_s] = u"wrong"_s;
    info.remove(u"getOptions"_s);
    QCOMPARE(runStep(f, downloadStep(u"Git"_s, info, f.folder.filePath(u"none"_s)), 5).status(),
             std::string("Failed"));
}

// Real git; in the place of ssh something that notes what it was given and runs the other end here.
void tst_GitDownloads::overSsh()
{
    AgentFixture f;
    makeRepository(f.folder.filePath(u"repo"_s));
    const QString bin = f.folder.filePath(u"bin"_s);
    QVERIFY(QDir().mkpath(bin));
    QFile ssh(bin + u"/ssh"_s);
    QVERIFY(ssh.open(QIODevice::WriteOnly));
    ssh.write("#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$SSH_NOTES\"\nwhile [ $# -gt 1 ]; do\n"
              "  [ \"$1\" = -i ] && { stat -c %a \"$2\"; cat \"$2\"; } >\"$SSH_NOTES.key\"\n  shift\ndone\n"
              "exec sh -c \"$1\"\n");
    ssh.close();
    QVERIFY(ssh.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const QString notes = f.folder.filePath(u"notes"_s);
    f.environment = {u"PATH="_s + bin + u':' + qEnvironmentVariable("PATH"), u"SSH_NOTES="_s + notes};
    QVERIFY(f.start());
    QJsonObject info {{u"repository"_s, u"git@host.example:"_s + f.folder.filePath(u"repo"_s)},
                      {u"privateSSHKey"_s, u"-----BEGIN KEY-----\nabc\n-----END KEY-----"_s}};
    f.engine.settles = false; // its files stay for a look
    const auto result = runStep(f, downloadStep(u"Git"_s, info, f.folder.filePath(u"out"_s)));
    QVERIFY2(result.status() == "Success", result.stderr_head().c_str());
    QCOMPARE(f.read(f.folder.filePath(u"out/two"_s)), QByteArray("2"));
    QCOMPARE(f.read(notes + u".key"_s), QByteArray("600\n-----BEGIN KEY-----\nabc\n-----END KEY-----\n"));
    QVERIFY(f.read(notes).contains("StrictHostKeyChecking=yes"));
    QVERIFY(f.read(notes).contains("git@host.example"));
    const QString own = f.workFolder(1) + u"/run/0.awsdownloadContent"_s;
    QVERIFY(QDir(own).exists());
    QVERIFY(QDir(own).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden)); // no key, no request
    info[u"skipHostKeyChecking"_s] = true;
    QCOMPARE(runStep(f, downloadStep(u"Git"_s, info, f.folder.filePath(u"out2"_s)), 2).status(),
             std::string("Success"));
    QVERIFY(f.read(notes).contains("StrictHostKeyChecking=no"));
}

// A repository that has moved: the other host, which is trusted as well, hears of no user and password.
void tst_GitDownloads::credentialsStayWithTheirHost()
{
    AgentFixture f;
    TestWebServer other(
        [](const WebRequest &request) -> WebResponse {
            if (request.method != "GET")
                return {.status = 404, .body = "none"};
            return {.body = "001e# service=git-upload-pack\n0000000eversion 2\n000aagent\n000cls-refs\n0000",
                    .headers = {"Content-Type: application/x-git-upload-pack-advertisement"}};
        },
        TestWebServer::Kind::Tls);
    TestWebServer web(
        [&](const WebRequest &request) -> WebResponse {
            return {.status = 301,
                    .body = "moved",
                    .headers = {"Location: " + other.url(QString::fromLatin1(request.path)).toUtf8()}};
        },
        TestWebServer::Kind::Tls);
    QFile authorities(f.folder.filePath(u"authorities"_s));
    QVERIFY(authorities.open(QIODevice::WriteOnly));
    authorities.write(f.read(web.authorityFile()) + f.read(other.authorityFile()));
    authorities.close();
    f.environment = {u"SSL_CERT_FILE="_s + authorities.fileName()};
    QVERIFY(f.start());
    QJsonObject info {{u"repository"_s, web.url(u"/repo"_s)}};
    const QString out = f.folder.filePath(u"out"_s);
    // Without credentials git goes on to it: it can be reached, and the test would see them.
    QCOMPARE(runStep(f, downloadStep(u"Git"_s, info, out)).status(), std::string("Failed"));
    QVERIFY(other.requests().size() >= 2); // also the requests after the one that was redirected
    info[u"username"_s] = u"joe"_s;
    info[u"password"_s] = u"secret"_s;
    QCOMPARE(runStep(f, downloadStep(u"Git"_s, info, out), 2).status(), std::string("Failed"));
    const QByteArray credentials = "Basic " + QByteArray("joe:secret").toBase64();
    QCOMPARE(web.requests().last().header("Authorization"), credentials);
    for (const WebRequest &request : other.requests())
        QVERIFY(request.header("Authorization").isNull());
}

// What git itself would take, and we do not: paths of the node, helpers, options, and what is not encrypted.
void tst_GitDownloads::refusals()
{
    AgentFixture f;
    QVERIFY(f.start());
    const QString folder = f.folder.filePath(u"out"_s);
    uint64_t number = 0;
    for (const char *repository :
         {"file:///etc", "/etc", "ext::sh -c touch% /tmp/x", "http://host/repo", "git://host/repo",
          "https://joe:secret@host/repo", "ssh://-oProxyCommand=touch/x", "-oProxyCommand=x@host:repo",
          "a@-oProxyCommand=x:repo", "--upload-pack=x", "host:repo", "https:///repo", "./x@y:z"}) {
        const auto result
            = runStep(f, downloadStep(u"Git"_s, {{u"repository"_s, QString::fromLatin1(repository)}}, folder),
                      ++number);
        QVERIFY2(result.status() == "Failed", repository);
        const std::string said = result.stderr_head();
        QVERIFY2(said.find("sourceInfo.repository") != std::string::npos, said.c_str());
        QVERIFY(said.find("secret") == std::string::npos);
        QVERIFY(!QDir(folder).exists());
    }
}

FB_TEST(tst_GitDownloads)
#include "tst_git_downloads.moc"
