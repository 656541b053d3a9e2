// The rules of downloads that need no network (spec/documents.md 3.12).

#include "agent/downloads/source_info.h"

#include "backend/core/url_text.h"
#include "backend/download/http_client.h"
#include "backend/download/s3_bucket.h"
#include "backend/download/s3_signature.h"
#include "backend/language/tree.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <array>

using namespace fb;
using namespace fb::agent;
using namespace fb::download;
using namespace Qt::StringLiterals;

class tst_DownloadRules : public QObject
{
    Q_OBJECT

private slots:
    void redirects_data();
    void redirects();
    void sameServer();
    void messagesHoldNoSecrets();
    void revisions_data();
    void revisions();
    void sourceInfoFields();
    void signature();
    void listing();
    void places_data();
    void places();
    void percentEncoding();
};

void tst_DownloadRules::redirects_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("follows");
    QTest::addRow("same") << QByteArray("https://a/x") << QByteArray("https://a/y") << 1 << true;
    QTest::addRow("elsewhere") << QByteArray("https://a/x") << QByteArray("https://b/y") << 5 << true;
    QTest::addRow("to https") << QByteArray("http://a/x") << QByteArray("https://a/x") << 1 << true;
    QTest::addRow("plain stays plain") << QByteArray("http://a/x") << QByteArray("http://b/x") << 1 << true;
    QTest::addRow("https to http") << QByteArray("https://a/x") << QByteArray("http://a/x") << 1 << false;
    QTest::addRow("HTTPS to http") << QByteArray("HTTPS://a/x") << QByteArray("HTTP://a/x") << 1 << false;
    QTest::addRow("the sixth") << QByteArray("https://a/x") << QByteArray("https://a/y") << 6 << false;
    QTest::addRow("to a file") << QByteArray("http://a/x") << QByteArray("file:///etc/passwd") << 1 << false;
    QTest::addRow("to ftp") << QByteArray("https://a/x") << QByteArray("ftp://a/x") << 1 << false;
    QTest::addRow("to nothing") << QByteArray("https://a/x") << QByteArray("https:///x") << 1 << false;
}

void tst_DownloadRules::redirects()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(int, count);
    QFETCH(bool, follows);
    QCOMPARE(whyNotFollow(from.toStdString(), to.toStdString(), count).empty(), follows);
}

void tst_DownloadRules::sameServer()
{
    QVERIFY(isSameServer("https://Host/a", "https://host:443/b"));
    QVERIFY(isSameServer("http://u:p@host:80/a", "http://host"));
    QVERIFY(isSameServer("https://[::1]:8443/a", "https://[::1]:8443"));
    QVERIFY(!isSameServer("https://host/a", "http://host/a"));
    QVERIFY(!isSameServer("https://host/a", "https://host:8443/a"));
    QVERIFY(!isSameServer("https://host/a", "https://host.evil/a"));
    QVERIFY(!isSameServer("https://host/a", "https://evil/@host"));
}

void tst_DownloadRules::messagesHoldNoSecrets()
{
    QCOMPARE(withoutSecrets("https://user:secret@host/path?token=secret#x"),
             std::string("https://host/path"));
    QCOMPARE(withoutSecrets("https://host?token=secret"), std::string("https://host"));
    QVERIFY(withoutSecrets("git@host:path\x1b[31m").find('\x1b') == std::string::npos);
}

void tst_DownloadRules::revisions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("expected"); // "branch commit", or "refused"
    const QByteArray commit(40, 'a');
    QTest::addRow("none") << QByteArray() << QByteArray(" ");
    QTest::addRow("branch") << QByteArray("branch:feature/x") << QByteArray("feature/x ");
    QTest::addRow("branch with blanks around") << QByteArray(" branch: main ") << QByteArray("main ");
    QTest::addRow("commit") << "commitID:" + commit << " " + commit;
    QTest::addRow("short commit") << QByteArray("commitID:abc") << QByteArray("refused");
    QTest::addRow("no hex") << "commitID:" + QByteArray(40, 'g') << QByteArray("refused");
    QTest::addRow("an option") << QByteArray("branch:--upload-pack=x") << QByteArray("refused");
    QTest::addRow("parent") << QByteArray("branch:a..b") << QByteArray("refused");
    QTest::addRow("reflog") << QByteArray("branch:a@{1}") << QByteArray("refused");
    QTest::addRow("blank within") << QByteArray("branch:a b") << QByteArray("refused");
    QTest::addRow("empty branch") << QByteArray("branch:") << QByteArray("refused");
    QTest::addRow("tag") << QByteArray("tag:v1") << QByteArray("refused");
}

void tst_DownloadRules::revisions()
{
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, expected);
    const auto revision = gitRevision(options.toStdString());
    QCOMPARE(revision ? QByteArray::fromStdString(revision->branch + " " + revision->commit)
                      : QByteArray("refused"),
             expected);
}

void tst_DownloadRules::sourceInfoFields()
{
    constexpr std::array<std::string_view, 1> required {"url"};
    constexpr std::array<std::string_view, 2> optional {"password", "flag"};
    const auto faultOf = [&](const Tree &fields) {
        const auto checked = SourceInfo(fields).check(required, optional);
        return checked ? std::string() : checked.error().message;
    };
    Tree fields = Tree::map();
    QCOMPARE(faultOf(fields), std::string("sourceInfo.url is missing"));
    fields.set("url", Tree::string("https://host/x"));
    QCOMPARE(faultOf(fields), std::string());
    fields.set("password", Tree::string("{{ssm-secure:dbpass}}"));
    QCOMPARE(
        faultOf(fields),
        std::string("sourceInfo.password: {{ssm-secure:dbpass}} names a SecureString, and this fleet has no "
                    "Parameter Store"));
    fields.set("password", Tree::list());
    QCOMPARE(faultOf(fields), std::string("sourceInfo.password is a list, not text"));
    fields.set("password", Tree::string("x"));
    fields.set("flag", Tree::string("perhaps"));
    QVERIFY(!SourceInfo(fields).flag("flag"));
    fields.set("flag", Tree::boolean(true));
    QCOMPARE(*SourceInfo(fields).flag("flag"), true);
    QCOMPARE(*SourceInfo(fields).flag("other"), false);
    fields.set("more", Tree::string("x"));
    QCOMPARE(faultOf(fields),
             std::string("sourceInfo.more is not known here; known are url, password, flag"));
}

// Amazon's own example: GET Bucket lifecycle, "Signature calculation: example using Authorization header".
void tst_DownloadRules::signature()
{
    const S3Keys keys {"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"};
    const Instant at = Instant(std::chrono::seconds(1369353600)); // 2013-05-24T00:00:00Z
    const S3Request request {"https://examplebucket.s3.amazonaws.com", "/", {{"lifecycle", ""}}};
    const auto headers = signedHeaders(request, keys, at);
    QCOMPARE(headers.size(), size_t(3));
    QCOMPARE(headers[0], std::string("x-amz-date: 20130524T000000Z"));
    QVERIFY2(
        headers[2].ends_with("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        headers[2].c_str());
    const S3Request list {
        "https://examplebucket.s3.amazonaws.com", "/", {{"max-keys", "2"}, {"prefix", "J"}}};
    QVERIFY2(signedHeaders(list, keys, at)[2].ends_with(
                 "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
             signedHeaders(list, keys, at)[2].c_str());
    QCOMPARE(list.url(), std::string("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"));
}

void tst_DownloadRules::listing()
{
    const auto page = s3Listing(
        "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\"><Contents><Key>a/b+c</Key></Contents>"
        "<Contents><Key>a/%2B%C3%A9&amp;</Key></Contents><IsTruncated>true</IsTruncated>"
        "<NextContinuationToken>t&amp;1</NextContinuationToken></ListBucketResult>");
    QVERIFY(page);
    QCOMPARE(page->keys, (std::vector<std::string> {"a/b c", "a/+é&"}));
    QCOMPARE(page->nextToken, std::string("t&1"));
    const auto last = s3Listing("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
    QVERIFY(last);
    QVERIFY(last->keys.empty() && last->nextToken.empty());
    QVERIFY(!s3Listing("<html>no</html>"));
    QVERIFY(!s3Listing("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"));
    QVERIFY(!s3Listing("<ListBucketResult><Key>%zz</Key></ListBucketResult>"));
}

void tst_DownloadRules::places_data()
{
    QTest::addColumn<std::string>("address");
    QTest::addColumn<std::string>("endpoint");
    QTest::addColumn<std::string>("expected"); // "server path key", or what the error says
    const auto row = [](const char *name, const char *address, const char *endpoint, const char *expected) {
        QTest::addRow("%s", name) << std::string(address) << std::string(endpoint) << std::string(expected);
    };
    const char *own = "https://minio.lan:9000/";
    row("s3", "s3://bucket/a b%20", own, "https://minio.lan:9000 /bucket a b%20");
    row("path style", "https://minio.lan:9000/bucket/a%20b", own, "https://minio.lan:9000 /bucket a b");
    row("virtual host", "https://bucket.minio.lan:9000/k", own, "https://minio.lan:9000 /bucket k");
    row("virtual host with a dot", "https://my.bucket.minio.lan:9000/k", own,
        "https://minio.lan:9000 /my.bucket k");
    row("another port", "https://bucket.minio.lan/k", own, "not at the S3 endpoint that SETTING");
    row("only looks like it", "https://minio.lan.evil:9000/b/k", own, "not at the S3 endpoint");
    row("not encrypted", "http://bucket.minio.lan:9000/k", own, "not at the S3 endpoint");
    row("Amazon's", "https://bucket.s3.eu-west-1.amazonaws.com/k", "",
        "https://bucket.s3.eu-west-1.amazonaws.com  k");
    row("Amazon's, stood in for", "https://s3.amazonaws.com/bucket/k", own,
        "https://minio.lan:9000 /bucket k");
    row("no endpoint", "s3://bucket/k", "", "set SETTING");
    row("no bucket", "s3:///k", own, "names no bucket");
    row("a bucket that climbs", "s3://../k", own, "names no bucket");
    row("a key that climbs", "s3://bucket/../other/k", own, "the folder . or ..");
    row("a key that stays", "https://minio.lan:9000/bucket/a/./b", own, "the folder . or ..");
    row("a query", "s3://bucket/k?acl", own, "no address of an object");
}

void tst_DownloadRules::places()
{
    QFETCH(std::string, address);
    QFETCH(std::string, endpoint);
    QFETCH(std::string, expected);
    const auto place = s3Place(address, {.endpoint = endpoint, .endpointSetting = "SETTING"});
    if (place)
        QCOMPARE(place->server + ' ' + place->bucketPath + ' ' + place->key, expected);
    else
        QVERIFY2(place.error().message.find(expected) != std::string::npos, place.error().message.c_str());
}

void tst_DownloadRules::percentEncoding()
{
    QCOMPARE(percentEncoded("a b/c~é", true), std::string("a%20b/c~%C3%A9"));
    QCOMPARE(percentEncoded("a/b", false), std::string("a%2Fb"));
    QCOMPARE(*percentDecoded("a%20b%2Fc"), std::string("a b/c"));
    QVERIFY(!percentDecoded("a%2"));
    QVERIFY(!percentDecoded("a%zz"));
}

FB_TEST(tst_DownloadRules)
#include "tst_download_rules.moc"
