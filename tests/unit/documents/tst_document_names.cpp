#include "backend/documents/document_names.h"

#include "backend/base/qt_text.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_DocumentNames : public QObject
{
    Q_OBJECT

private slots:
    void arns_data();
    void arns();
    void askedVersions();
    void reserved();
};

void tst_DocumentNames::arns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name"); // empty: refused
    QTest::addRow("name") << u"Web-Restart"_s << u"Web-Restart"_s;
    QTest::addRow("own") << u"arn:aws:ssm:xx-local-1:000000000000:document/Doc"_s << u"Doc"_s;
    QTest::addRow("another region's scope")
        << u"arn:aws:ssm:eu-west-1:000000000000:document/Doc"_s << u"Doc"_s;
    QTest::addRow("built-in") << u"arn:aws:ssm:xx-local-1::document/AWS-RunShellScript"_s
                              << u"AWS-RunShellScript"_s;
    QTest::addRow("another fleet's") << u"arn:aws:ssm:xx-local-1:111111111111:document/Doc"_s << QString();
    QTest::addRow("not a document") << u"arn:aws:ssm:xx-local-1:000000000000:parameter/Doc"_s << QString();
    QTest::addRow("another service") << u"arn:aws:s3:xx-local-1:000000000000:document/Doc"_s << QString();
    QTest::addRow("cut") << u"arn:aws:ssm"_s << QString();
}

void tst_DocumentNames::arns()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    const auto found = documentNameOf(FleetIdentity {}, text);
    QCOMPARE(found.value_or(QString()), name);
    if (!found)
        QVERIFY(found.error().code == errors::kInvalidDocument);
}

void tst_DocumentNames::askedVersions()
{
    QVERIFY(askedVersion({})->kind == AskedVersion::Kind::Default);
    QVERIFY(askedVersion(u"$DEFAULT"_s)->kind == AskedVersion::Kind::Default);
    QVERIFY(askedVersion(u"$LATEST"_s)->kind == AskedVersion::Kind::Latest);
    QCOMPARE(askedVersion(u"12"_s)->number, 12);
    for (const QString &text : {u"0"_s, u"-1"_s, u"1.5"_s, u"latest"_s, u"99999999999999999999"_s})
        QVERIFY(!askedVersion(text));
}

void tst_DocumentNames::reserved()
{
    QVERIFY(checkNotReserved(u"My-aws"_s));
    QVERIFY(checkNotReserved(u"SSM-SessionManagerRunShell"_s));
    QVERIFY(!checkNotReserved(u"AWS-RunShellScript"_s));
    QVERIFY(!checkNotReserved(u"AwSome"_s));
}

FB_TEST(tst_DocumentNames)
#include "tst_document_names.moc"
