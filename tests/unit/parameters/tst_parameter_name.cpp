// Names, references and labels, without a store.

#include "backend/applications/parameters/parameter_name.h"
#include "tests/support/test_main.h"
#include "tests/unit/parameters/parameter_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_ParameterName : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void references_data();
    void references();
    void labels_data();
    void labels();
    void paths_data();
    void paths();
};

void tst_ParameterName::names_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("outcome"); // the canonical name, or the code
    const auto row = [](const char *name, const QString &text, const QString &outcome) {
        QTest::addRow("%s", name) << text << outcome;
    };
    row("plain", u"with"_s, u"/with"_s);
    row("root with a slash", u"/with"_s, u"/with"_s);
    row("path", u"/Test/TestParam1"_s, u"/Test/TestParam1"_s);
    row("blanks around", u"  x "_s, u"/x"_s);
    row("blank inside", u"a b"_s, u"ValidationException"_s);
    row("all symbols", u"/a_b/c.d/e-f"_s, u"/a_b/c.d/e-f"_s);
    row("other symbol", u"/a/b$"_s, u"ValidationException"_s);
    row("not ASCII", u"/\u00e4"_s, u"ValidationException"_s);
    row("two slashes", u"/a//b"_s, u"ValidationException"_s);
    row("slash at the end", u"/a/"_s, u"ValidationException"_s);
    row("a slash alone", u"/"_s, u"ValidationException"_s);
    row("nothing", u"  "_s, u"ValidationException"_s);
    row("no slash at the beginning", u"MyParameter3/L1"_s, u"ValidationException"_s);
    row("15 levels", u"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/name"_s,
        u"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/name"_s); // [parameter-store 8.8]
    row("16 levels", u"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/name"_s,
        u"HierarchyLevelLimitExceededException"_s); // [parameter-store 8.8]
    row("aws path", u"/aws/x"_s, u"AccessDeniedException"_s); // [parameter-store 8.8]
    row("aws path in capitals", u"/AWSx"_s, u"AccessDeniedException"_s);
    row("aws name", u"awsX"_s, u"ValidationException"_s);
    row("ssm name", u"ssm_x"_s, u"ValidationException"_s); // [parameter-store 8.8]
    row("ssm path", u"/SSM-x"_s, u"ValidationException"_s);
    row("aws further in", u"/team/aws-key"_s, u"/team/aws-key"_s);
    row("an ARN", u"arn:aws:ssm:xx-local-1:000000000000:parameter/a"_s, u"ValidationException"_s);
    // arn:aws:ssm:xx-local-1:000000000000:parameter/ has 46 characters
    row("1011 with its ARN", QString(965, u'a'), u'/' + QString(965, u'a'));
    row("1012 with its ARN", QString(966, u'a'), u"ValidationException"_s);
}

void tst_ParameterName::names()
{
    QFETCH(QString, text);
    QFETCH(QString, outcome);
    const auto name = parameterName(FleetIdentity {}, text);
    QCOMPARE(name ? name->canonical : codeOf(name.error()), outcome);
    if (name)
        QCOMPARE(name->given, text.trimmed());
}

void tst_ParameterName::references_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("outcome"); // canonical and selector; "none"
    const auto row = [](const QString &text, const QString &outcome) {
        QTest::addRow("%s", qPrintable(text)) << text << outcome;
    };
    row(u"/app/db"_s, u"/app/db"_s);
    row(u"x:3"_s, u"/x:3"_s);
    row(u"/x:prod"_s, u"/x:prod"_s);
    row(u"x:2:3"_s, u"none"_s);
    row(u"x:"_s, u"none"_s);
    row(u"x:99999999999999999999"_s, u"/x:0"_s); // no version has that number
    row(u"arn:aws:ssm:xx-local-1:000000000000:parameter/app/db"_s, u"/app/db"_s);
    row(u"arn:aws:ssm:xx-local-1:000000000000:parameter/app/db:7"_s, u"/app/db:7"_s);
    row(u"arn:aws:ssm:eu-west-1:000000000000:parameter/app/db"_s, u"none"_s);
    row(u"arn:aws:ssm:xx-local-1:111111111111:parameter/app/db"_s, u"none"_s);
    row(u"arn:aws:ssm:xx-local-1:000000000000:document/app"_s, u"none"_s);
    row(u"/a b"_s, u"none"_s);
}

void tst_ParameterName::references()
{
    QFETCH(QString, text);
    QFETCH(QString, outcome);
    const auto reference = parameterReference(FleetIdentity {}, text);
    QCOMPARE(reference ? reference->canonical + reference->selector() : u"none"_s, outcome);
}

void tst_ParameterName::labels_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fine");
    const auto row = [](const QString &text, bool fine) {
        QTest::addRow("%s", qPrintable(text.left(20))) << text << fine;
    };
    row(u"prod"_s, true);
    row(u"_x.y-Z9"_s, true);
    row(u".x"_s, true);
    row(u"-x"_s, true);
    row(u"9bad"_s, false);
    row(u"AWSx"_s, false);
    row(u"ssm"_s, false);
    row(u"a b"_s, false);
    row(u"a/b"_s, false);
    row(QString(), false);
    row(QString(100, u'l'), true);
    row(u'x' + QString(100, u'l'), false);
}

void tst_ParameterName::labels()
{
    QFETCH(QString, text);
    QFETCH(bool, fine);
    QCOMPARE(isParameterLabel(text), fine);
}

void tst_ParameterName::paths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("outcome");
    QTest::addRow("path") << u"/a"_s << u"/a/"_s;
    QTest::addRow("slash at the end") << u"/a/"_s << u"/a/"_s;
    QTest::addRow("root") << u"/"_s << u"/"_s;
    QTest::addRow("no slash") << u"a"_s << u"ValidationException"_s;
    QTest::addRow("two slashes") << u"/a//b"_s << u"ValidationException"_s;
    QTest::addRow("SQL") << u"/a' OR '1'='1"_s << u"ValidationException"_s;
}

void tst_ParameterName::paths()
{
    QFETCH(QString, text);
    QFETCH(QString, outcome);
    const auto path = parameterPath(text, u"Path"_s);
    QCOMPARE(path ? *path : codeOf(path.error()), outcome);
}

FB_TEST(tst_ParameterName)
#include "tst_parameter_name.moc"
