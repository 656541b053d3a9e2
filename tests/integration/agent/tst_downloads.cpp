// aws:downloadContent on a real agent (spec/documents.md 3.12): from a web server of this process.

#include "tests/integration/agent/plugin_steps.h"
#include "tests/support/test_main.h"
#include "tests/support/test_web_server.h"

#include <QCryptographicHash>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

namespace {

constexpr uint64_t kOrder = 1;

QByteArray tarOf(const std::vector<std::pair<std::string, std::string>> &files)
{
    std::string bytes(1024 * 1024, '\0');
    size_t used = 0;
    archive *writer = archive_write_new();
    archive_write_set_format_pax(writer);
    archive_write_add_filter_gzip(writer);
    archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
    for (const auto &[name, text] : files) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0755);
        archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, text.data(), text.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return {bytes.data(), static_cast<qsizetype>(used)};
}

// RFC 7616 from the server's side.
bool digestHolds(const QByteArray &header, const QByteArray &method, QCryptographicHash::Algorithm algorithm)
{
    QHash<QByteArray, QByteArray> fields;
    for (QByteArray part : header.mid(7).split(',')) {
        part = part.trimmed();
        QByteArray value = part.mid(part.indexOf('=') + 1);
        if (value.startsWith('"'))
            value = value.mid(1, value.size() - 2);
        fields[part.left(part.indexOf('='))] = value;
    }
    const auto hash
        = [&](const QByteArray &text) { return QCryptographicHash::hash(text, algorithm).toHex(); };
    const QByteArray a1 = hash("joe:" + fields["realm"] + ":secret");
    const QByteArray a2 = hash(method + ":" + fields["uri"]);
    const QByteArray expected = hash(a1 + ":" + fields["nonce"] + ":" + fields["nc"] + ":" + fields["cnonce"]
                                     + ":" + fields["qop"] + ":" + a2);
    return fields["username"] == "joe" && fields["nonce"] == "n0nce" && fields["response"] == expected;
}

}

class tst_Downloads : public QObject
{
    Q_OBJECT

private slots:
    void insecureIsRefused();
    void overHttp();
    void authentication_data();
    void authentication();
    void redirects_data();
    void redirects();
    void passwordsStayWithTheirServer();
    void halfAFile();
    void cancelled();
    void gitHub();
    void gitHubArchiveThatLeaves();
    void s3();
    void scriptsFindWhatWasDownloaded();
    void jsonTextAsSourceInfo();
};

// [documents 8.19] http without allowInsecureDownload: Failed, and neither asked for nor written
void tst_Downloads::insecureIsRefused()
{
    TestWebServer web([](const WebRequest &) { return WebResponse {.body = "text"}; });
    AgentFixture f;
    QVERIFY(f.start());
    const QString target = f.folder.filePath(u"target"_s);
    uint64_t number = 0;
    for (const QJsonValue &allow : {QJsonValue(), QJsonValue(false), QJsonValue(u"false"_s)}) {
        QJsonObject info {{u"url"_s, web.url(u"/file"_s)}};
        if (!allow.isNull())
            info[u"allowInsecureDownload"_s] = allow;
        const auto result = runStep(f, downloadStep(u"HTTP"_s, info, target), ++number);
        QCOMPARE(result.status(), std::string("Failed"));
        QVERIFY2(result.stderr_head().find("allowInsecureDownload") != std::string::npos,
                 result.stderr_head().c_str());
    }
    QVERIFY(web.requests().isEmpty());
    QVERIFY(!QFile::exists(target));
}

void tst_Downloads::overHttp()
{
    TestWebServer web([](const WebRequest &request) {
        return request.path == "/dir/a%20file?x=1" ? WebResponse {.body = QByteArray(300'000, 'x')}
                                                   : WebResponse {.status = 404, .body = "no"};
    });
    AgentFixture f;
    QVERIFY(f.start());
    const QString folder = f.folder.filePath(u"into"_s);
    const QJsonObject info {{u"url"_s, web.url(u"/dir/a%20file?x=1"_s)}, {u"allowInsecureDownload"_s, true}};
    const auto result = runStep(f, downloadStep(u"HTTP"_s, info, folder + u'/'));
    QCOMPARE(result.status(), std::string("Success"));
    QCOMPARE(result.response_code(), 0);
    QCOMPARE(result.stdout_head(), "Content downloaded to " + folder.toStdString() + "/a file\n");
    QCOMPARE(f.read(folder + u"/a file"_s), QByteArray(300'000, 'x'));
    // What it took stays out of the agent that waits for the next order.
    QVERIFY(!f.read(u"/proc/%1/maps"_s.arg(f.agent->pid())).contains("libcurl"));
    const auto missing
        = runStep(f,
                  downloadStep(u"HTTP"_s,
                               {{u"url"_s, web.url(u"/none"_s)}, {u"allowInsecureDownload"_s, true}}, folder),
                  2);
    QCOMPARE(missing.status(), std::string("Failed"));
    QVERIFY(missing.stderr_head().find("the server answered 404") != std::string::npos);
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden),
             QStringList {u"a file"_s});
}

void tst_Downloads::authentication_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<int>("hash");
    QTest::addRow("Basic") << u"Basic"_s << QByteArray("Basic realm=\"r\"") << -1;
    QTest::addRow("Digest MD5") << u"Digest"_s
                                << QByteArray("Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\"")
                                << int(QCryptographicHash::Md5);
    QTest::addRow("Digest SHA-256")
        << u"Digest"_s << QByteArray("Digest realm=\"r\", nonce=\"n0nce\", qop=\"auth\", algorithm=SHA-256")
        << int(QCryptographicHash::Sha256);
}

void tst_Downloads::authentication()
{
    QFETCH(QString, method);
    QFETCH(QByteArray, challenge);
    QFETCH(int, hash);
    TestWebServer web([&](const WebRequest &request) -> WebResponse {
        const QByteArray given = request.header("Authorization");
        const bool holds = hash < 0 ? given == "Basic " + QByteArray("joe:secret").toBase64()
                                    : digestHolds(given, request.method, QCryptographicHash::Algorithm(hash));
        return holds
            ? WebResponse {.body = "for joe"}
            : WebResponse {.status = 401, .body = "no", .headers = {"WWW-Authenticate: " + challenge}};
    });
    AgentFixture f;
    QVERIFY(f.start());
    QJsonObject info {{u"url"_s, web.url(u"/file"_s)},
                      {u"allowInsecureDownload"_s, true},
                      {u"authMethod"_s, method},
                      {u"username"_s, u"joe"_s},
                      {u"password"_s, u"secret"_s}};
    const QString target = f.folder.filePath(u"target"_s);
    const auto result = runStep(f, downloadStep(u"HTTP"_s, info, target));
    QVERIFY2(result.status() == "Success", result.stderr_head().c_str());
    QCOMPARE(f.read(target), QByteArray("for joe"));
    if (hash >= 0)
        for (const WebRequest &request : web.requests())
            QVERIFY(!request.header("Authorization").startsWith("Basic")); // never in the clear
    info[u"password"_s] = u"wrong"_s;
    const auto refused = runStep(f, downloadStep(u"HTTP"_s, info, target + u"2"_s), 2);
    QCOMPARE(refused.status(), std::string("Failed"));
    QVERIFY(refused.stderr_head().find("401") != std::string::npos);
    QVERIFY(!QFile::exists(target + u"2"_s));
}

void tst_Downloads::redirects_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("toPlain"); // the last one, from https to http
    QTest::addColumn<QByteArray>("why"); // empty: it arrives
    QTest::addRow("five") << 5 << false << QByteArray();
    QTest::addRow("six") << 6 << false << QByteArray("more than 5 redirects");
    QTest::addRow("from https to http") << 1 << true << QByteArray("a redirect from https");
}

void tst_Downloads::redirects()
{
    QFETCH(int, count);
    QFETCH(bool, toPlain);
    QFETCH(QByteArray, why);
    TestWebServer plain([](const WebRequest &) { return WebResponse {.body = "plain"}; });
    TestWebServer web(
        [&](const WebRequest &request) -> WebResponse {
            const int step = request.path.mid(1).toInt();
            if (step >= count && !toPlain)
                return {.body = "arrived"};
            const QByteArray next = toPlain ? plain.url(u"/x"_s).toUtf8()
                                            : "/" + QByteArray::number(step + 1); // a relative one, too
            return {.status = 302, .body = "elsewhere", .headers = {"Location: " + next}};
        },
        TestWebServer::Kind::Tls);
    AgentFixture f;
    f.environment = {u"SSL_CERT_FILE="_s + web.authorityFile()};
    QVERIFY(f.start());
    const QString target = f.folder.filePath(u"target"_s);
    // allowInsecureDownload is about the address that was given: a redirect still does not lose the encryption
    const auto result = runStep(
        f,
        downloadStep(u"HTTP"_s, {{u"url"_s, web.url(u"/0"_s)}, {u"allowInsecureDownload"_s, toPlain}},
                     target));
    QVERIFY2(result.status() == (why.isEmpty() ? "Success" : "Failed"), result.stderr_head().c_str());
    QVERIFY2(QByteArray::fromStdString(result.stderr_head()).contains(why), result.stderr_head().c_str());
    QCOMPARE(f.read(target), why.isEmpty() ? QByteArray("arrived") : QByteArray());
    QVERIFY(plain.requests().isEmpty());
}

void tst_Downloads::passwordsStayWithTheirServer()
{
    TestWebServer other([](const WebRequest &) { return WebResponse {.body = "other"}; });
    TestWebServer web([&](const WebRequest &) {
        return WebResponse {.status = 302, .headers = {"Location: " + other.url(u"/x"_s).toUtf8()}};
    });
    AgentFixture f;
    QVERIFY(f.start());
    const auto result = runStep(f,
                                downloadStep(u"HTTP"_s,
                                             {{u"url"_s, web.url(u"/file"_s)},
                                              {u"allowInsecureDownload"_s, true},
                                              {u"authMethod"_s, u"Basic"_s},
                                              {u"username"_s, u"joe"_s},
                                              {u"password"_s, u"secret"_s}}));
    QVERIFY2(result.status() == "Success", result.stderr_head().c_str());
    QVERIFY(!web.requests().value(0).header("Authorization").isNull());
    QCOMPARE(other.requests().size(), 1);
    QVERIFY(other.requests().value(0).header("Authorization").isNull());
}

// The connection ends before the file does.
void tst_Downloads::halfAFile()
{
    TestWebServer web([](const WebRequest &) {
        return WebResponse {.body = "short", .headers = {"Content-Length: 100000"}};
    });
    AgentFixture f;
    QVERIFY(f.start());
    const QString target = f.folder.filePath(u"target"_s);
    const auto result = runStep(
        f,
        downloadStep(u"HTTP"_s, {{u"url"_s, web.url(u"/file"_s)}, {u"allowInsecureDownload"_s, true}},
                     target));
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY(!QFile::exists(target));
}

void tst_Downloads::cancelled()
{
    std::atomic<bool> asked = false;
    std::atomic<bool> ended = false;
    TestWebServer web([&](const WebRequest &) {
        asked = true;
        while (!ended)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return WebResponse {.body = "late"};
    });
    AgentFixture f;
    QVERIFY(f.start());
    const QString target = f.folder.filePath(u"target"_s);
    f.engine.order(
        kOrder,
        ScriptEngine::document({downloadStep(
            u"HTTP"_s, {{u"url"_s, web.url(u"/file"_s)}, {u"allowInsecureDownload"_s, true}}, target)}));
    const bool began = f.engine.wait([&] { return asked.load(); });
    f.engine.cancel(kOrder);
    const bool over = f.engine.wait([&] { return f.engine.hasResult(kOrder); });
    ended = true;
    QVERIFY(began);
    QVERIFY(over);
    QCOMPARE(f.engine.result(kOrder).steps(0).status(), std::string("Cancelled"));
    QVERIFY(!QFile::exists(target));
}

void tst_Downloads::gitHub()
{
    TestWebServer web([](const WebRequest &request) -> WebResponse {
        const QByteArray accepts = request.header("Accept");
        if (request.header("Authorization") != "Bearer t0ken")
            return {.status = 401, .body = "{}"};
        if (request.path == "/api/repos/own/repo/contents/docs/a%20b.txt?ref=v%2F1")
            return accepts.contains("raw") ? WebResponse {.body = "file"}
                                           : WebResponse {.body = R"({"type":"file","content":"ZmlsZQ=="})"};
        if (request.path == "/api/repos/own/repo/contents/src")
            return {.body = R"({"type":"dir","entries":[]})"};
        if (request.path == "/api/repos/own/repo/tarball")
            return {.status = 302, .headers = {"Location: /tar"}};
        if (request.path == "/tar")
            return {.body = tarOf({{"own-repo-1/README", "r"}, {"own-repo-1/src/run.sh", "#!/bin/sh"}})};
        return {.status = 404, .body = "{}"};
    });
    AgentFixture f;
    f.environment = {u"FLAGBRIDGE_GITHUB_API="_s + web.url(u"/api/"_s)};
    QVERIFY(f.start());
    QJsonObject info {{u"owner"_s, u"own"_s},
                      {u"repository"_s, u"repo"_s},
                      {u"path"_s, u"docs/a b.txt"_s},
                      {u"getOptions"_s, u"branch:v/1"_s},
                      {u"tokenInfo"_s, u"t0ken"_s}};
    const QString target = f.folder.filePath(u"target"_s);
    const auto file = runStep(f, downloadStep(u"GitHub"_s, info, target));
    QVERIFY2(file.status() == "Success", file.stderr_head().c_str());
    QCOMPARE(f.read(target), QByteArray("file"));
    info[u"path"_s] = u"src"_s;
    info.remove(u"getOptions"_s);
    const QString folder = f.folder.filePath(u"folder"_s);
    const auto all = runStep(f, downloadStep(u"GitHub"_s, info, folder), 2);
    QVERIFY2(all.status() == "Success", all.stderr_head().c_str());
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList {u"run.sh"_s});
    QVERIFY(QFileInfo(folder + u"/run.sh"_s).isExecutable());
    info[u"path"_s] = u"none"_s;
    QCOMPARE(runStep(f, downloadStep(u"GitHub"_s, info, folder), 3).status(), std::string("Failed"));
    info[u"tokenInfo"_s] = u"{{ ssm-secure:token }}"_s;
    const auto secure = runStep(f, downloadStep(u"GitHub"_s, info, folder), 4);
    QCOMPARE(secure.status(), std::string("Failed"));
    QVERIFY(secure.stderr_head().find("Parameter Store") != std::string::npos);
}

// [documents 8.19] a tar member ../../etc/x: Failed, nothing outside of the folder, and nothing in it
void tst_Downloads::gitHubArchiveThatLeaves()
{
    TestWebServer web([](const WebRequest &request) -> WebResponse {
        if (request.path.contains("/tarball"))
            return {.body = tarOf({{"top/src/good", "g"}, {"../../etc/x", "bad"}})};
        return {.body = R"({"type":"dir"})"};
    });
    AgentFixture f;
    f.environment = {u"FLAGBRIDGE_GITHUB_API="_s + web.url()};
    QVERIFY(f.start());
    const QString folder = f.folder.filePath(u"deep/er/folder"_s);
    const auto result = runStep(
        f,
        downloadStep(u"GitHub"_s, {{u"owner"_s, u"o"_s}, {u"repository"_s, u"r"_s}, {u"path"_s, u"src"_s}},
                     folder));
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY2(result.stderr_head().find("leaves the destination") != std::string::npos,
             result.stderr_head().c_str());
    QVERIFY(!QDir(folder).exists() || QDir(folder).isEmpty());
    QVERIFY(!QFile::exists(f.folder.filePath(u"deep/etc"_s)));
    QVERIFY(!QFile::exists(f.folder.filePath(u"etc"_s)));
    QVERIFY(!QFile::exists(u"/etc/x"_s));
}

void tst_Downloads::s3()
{
    TestWebServer web([](const WebRequest &request) -> WebResponse {
        if (!request.header("Authorization").startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
            || request.header("x-amz-date").isEmpty())
            return {.status = 403, .body = "<Error/>"};
        if (request.path == "/bucket/dir/a%20b")
            return {.body = "object"};
        if (request.path == "/bucket/dir/sub/c")
            return {.body = "another"};
        if (request.path.startsWith("/bucket?") && request.path.contains("prefix=dir%2F"))
            return {.body = request.path.contains("continuation-token=more")
                        ? "<ListBucketResult><Contents><Key>dir/sub/c</Key></Contents></ListBucketResult>"
                        : "<ListBucketResult><Contents><Key>dir/</Key></Contents><Contents><Key>dir/a+b</"
                          "Key></Contents>"
                          "<IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>"
                          "</ListBucketResult>"};
        if (request.path.startsWith("/bucket?") && request.path.contains("prefix=out%2F"))
            return {.body
                    = "<ListBucketResult><Contents><Key>out/../../x</Key></Contents></ListBucketResult>"};
        return {.status = 404, .body = "<Error/>"};
    });
    AgentFixture f;
    f.environment = {u"FLAGBRIDGE_S3_ENDPOINT="_s + web.url(), u"FLAGBRIDGE_S3_ACCESS_KEY_ID=AKID"_s,
                     u"FLAGBRIDGE_S3_SECRET_ACCESS_KEY=secret"_s};
    QVERIFY(f.start());
    uint64_t number = 0;
    const auto get = [&](const QString &path, const QString &destination) {
        return runStep(f, downloadStep(u"S3"_s, {{u"path"_s, path}}, f.folder.filePath(destination)),
                       ++number);
    };
    for (const QString &path : {u"s3://bucket/dir/a b"_s, web.url(u"/bucket/dir/a%20b"_s),
                                u"https://s3.amazonaws.com/bucket/dir/a%20b"_s,
                                u"https://s3.eu-west-1.amazonaws.com/bucket/dir/a%20b"_s,
                                u"https://bucket.s3.eu-west-1.amazonaws.com/dir/a%20b"_s}) {
        const QString target = u"file%1"_s.arg(number);
        const auto result = get(path, target);
        QVERIFY2(result.status() == "Success", result.stderr_head().c_str());
        QCOMPARE(f.read(f.folder.filePath(target)), QByteArray("object"));
    }
    const auto all = get(u"s3://bucket/dir/"_s, u"all"_s);
    QVERIFY2(all.status() == "Success", all.stderr_head().c_str());
    QCOMPARE(f.read(f.folder.filePath(u"all/a b"_s)), QByteArray("object"));
    QCOMPARE(f.read(f.folder.filePath(u"all/sub/c"_s)), QByteArray("another"));
    QCOMPARE(get(u"s3://bucket/out/"_s, u"out"_s).status(), std::string("Failed"));
    QVERIFY(!QFile::exists(f.folder.filePath(u"x"_s)));
    const auto elsewhere = get(u"https://elsewhere.example/bucket/key"_s, u"none"_s);
    QCOMPARE(elsewhere.status(), std::string("Failed"));
    QVERIFY(elsewhere.stderr_head().find("FLAGBRIDGE_S3_ENDPOINT") != std::string::npos);
    // The keys are the agent's, not its scripts'.
    const auto script = runStep(f, ScriptEngine::shellStep("env", "env"), ++number);
    QVERIFY(script.stdout_head().find("AKID") == std::string::npos);
}

void tst_Downloads::scriptsFindWhatWasDownloaded()
{
    TestWebServer web([](const WebRequest &) { return WebResponse {.body = "echo from the web: $1\n"}; });
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.order(
        kOrder,
        ScriptEngine::document(
            {downloadStep(u"HTTP"_s, {{u"url"_s, web.url(u"/run.sh"_s)}, {u"allowInsecureDownload"_s, true}}),
             ScriptEngine::shellStep("run", "sh run.sh hello", R"("workingDirectory":".")")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(kOrder); }));
    QCOMPARE(f.engine.result(kOrder).status(), std::string("Success"));
    QCOMPARE(f.engine.result(kOrder).steps(1).stdout_head(), std::string("from the web: hello\n"));
}

void tst_Downloads::jsonTextAsSourceInfo()
{
    TestWebServer web([](const WebRequest &) { return WebResponse {.body = "text"}; });
    AgentFixture f;
    QVERIFY(f.start());
    const QString target = f.folder.filePath(u"target"_s);
    const auto withText = [&](const QString &text) { return downloadStepOf(u"HTTP"_s, text, target); };
    const auto broken = runStep(f, withText(u"{\"url\": "_s));
    QCOMPARE(broken.status(), std::string("Failed"));
    QVERIFY(broken.stderr_head().find("sourceInfo is no JSON") != std::string::npos);
    const auto result
        = runStep(f, withText(u"{\"url\":\"%1\",\"allowInsecureDownload\":true}"_s.arg(web.url(u"/x"_s))), 2);
    QVERIFY2(result.status() == "Success", result.stderr_head().c_str());
    QCOMPARE(f.read(target), QByteArray("text"));
}

FB_TEST(tst_Downloads)
#include "tst_downloads.moc"
