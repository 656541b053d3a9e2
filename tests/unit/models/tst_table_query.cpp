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
    void wholeQueries_data();
    void wholeQueries();
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
    QTest::addRow("contains") << QStringLiteral("name ~ web") << QStringLiteral("name~web");
    QTest::addRow("contains not") << QStringLiteral("name !~ web") << QStringLiteral("name!~web");
    QTest::addRow("less") << QStringLiteral("cpu < 80%") << QStringLiteral("cpu<80%");
    QTest::addRow("at most") << QStringLiteral("cpu<=80%") << QStringLiteral("cpu<=80%");
    QTest::addRow("at least") << QStringLiteral("cpu >= 80%") << QStringLiteral("cpu>=80%");
    QTest::addRow("value with blanks")
        << QStringLiteral("lastping < 5 min ago") << QStringLiteral("lastping<5 min ago");
    QTest::addRow("value with an operator") << QStringLiteral("name=a<b") << QStringLiteral("name=a<b");
    QTest::addRow("quoted") << QStringLiteral("name=\"a, b\",c") << QStringLiteral("name=\"a, b\",c");
    QTest::addRow("quote in a value")
        << QStringLiteral("name=\"say \"\"hi\"\"\"") << QStringLiteral("name=\"say \"\"hi\"\"\"");
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

// What is copied from a filter line and kept in saved views can be pasted again.
void tst_TableQuery::wholeQueries_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<int>("tokens");
    QTest::addColumn<QString>("words");
    QTest::addRow("nothing") << QString() << 0 << QString();
    QTest::addRow("words") << QStringLiteral("web tyo") << 0 << QStringLiteral("web tyo");
    QTest::addRow("both") << QStringLiteral("ping=Online; tag:env=prod,test; web") << 2
                          << QStringLiteral("web");
    QTest::addRow("a semicolon in quotes")
        << QStringLiteral("name=\"a;b\"; web") << 1 << QStringLiteral("web");
    QTest::addRow("an open quote") << QStringLiteral("name=\"a; web") << 1 << QString();
    QTest::addRow("only semicolons") << QStringLiteral(";;; ;") << 0 << QString();
}

void tst_TableQuery::wholeQueries()
{
    QFETCH(QString, pasted);
    QFETCH(int, tokens);
    QFETCH(QString, words);
    const TableQuery query = TableQuery::fromText(pasted);
    QCOMPARE(query.tokens.size(), tokens);
    QCOMPARE(query.text, words);
    QCOMPARE(TableQuery::fromText(query.toText()), query);
}

FB_TEST(tst_TableQuery)

}

#include "tst_table_query.moc"
