#include "models/table/table_query.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

class tst_TableQuery : public QObject
{
    Q_OBJECT
private slots:
    void parses_data();
    void parses();
};

void tst_TableQuery::parses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text"); // of the token; empty: none
    QTest::addRow("plain") << QStringLiteral("ping=Online") << QStringLiteral("ping=Online");
    QTest::addRow("key in lower case")
        << QStringLiteral("Platform = Debian") << QStringLiteral("platform=Debian");
    QTest::addRow("a tag's key keeps its case")
        << QStringLiteral("TAG:Env=prod") << QStringLiteral("tag:Env=prod");
    QTest::addRow("several values") << QStringLiteral("platform=Debian, Ubuntu")
                                    << QStringLiteral("platform=Debian,Ubuntu");
    QTest::addRow("not") << QStringLiteral("ping!=Online") << QStringLiteral("ping!=Online");
    QTest::addRow("no value") << QStringLiteral("ping=") << QString();
    QTest::addRow("no key") << QStringLiteral("=x") << QString();
    QTest::addRow("tag without key") << QStringLiteral("tag:=x") << QString();
    QTest::addRow("no operator") << QStringLiteral("web") << QString();
}

void tst_TableQuery::parses()
{
    QFETCH(QString, typed);
    QFETCH(QString, text);
    const std::optional<FilterToken> token = FilterToken::parse(typed);
    QCOMPARE(token ? token->text() : QString(), text);
    if (token) // what is written can be read again
        QCOMPARE(FilterToken::parse(token->text()), token);
}

FB_TEST(tst_TableQuery)

}

#include "tst_table_query.moc"
