#include "backend/base/paging_token.h"

#include "backend/base/qt_text.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_PagingToken : public QObject
{
    Q_OBJECT

private slots:
    void carriesThePosition();
    void refusesForgeries();
    void endsAfterADay();
};

void tst_PagingToken::carriesThePosition()
{
    test::ManualClock clock;
    const PagingTokens tokens(SecretBytes(std::string(32, 'k')), clock);
    const QByteArray position("\x00row 42\xff", 8);
    const QString token = tokens.issue(u"ListCommands|"_s, position);
    QVERIFY(!token.contains(u"row"_s));
    QCOMPARE(*tokens.open(u"ListCommands|"_s, token), position);
    QCOMPARE(tokens.issue(u"ListCommands|"_s, {}), QString()); // the end
    QCOMPARE(*tokens.open(u"ListCommands|"_s, QString()), QByteArray()); // the beginning
}

// [P13] tokens are authenticated
void tst_PagingToken::refusesForgeries()
{
    test::ManualClock clock;
    const PagingTokens tokens(SecretBytes(std::string(32, 'k')), clock);
    const PagingTokens others(SecretBytes(std::string(32, 'x')), clock);
    const QString token = tokens.issue(u"a"_s, "position");
    QVERIFY(!tokens.open(u"b"_s, token));
    QVERIFY(!others.open(u"a"_s, token));
    for (qsizetype i = 0; i < token.size(); ++i) {
        QString altered = token;
        altered[i] = altered[i] == u'A' ? u'B' : u'A';
        QVERIFY2(!tokens.open(u"a"_s, altered), qPrintable(QString::number(i)));
        QVERIFY(i == 0 || !tokens.open(u"a"_s, token.left(i)));
    }
    for (const QString &odd : {u"'; DROP TABLE x; --"_s, QString(5000, u'A'), u"AAAA"_s, u"日本"_s, u"="_s}) {
        const auto opened = tokens.open(u"a"_s, odd);
        QVERIFY(!opened);
        QVERIFY(opened.error().code == errors::kInvalidNextToken);
    }
}

void tst_PagingToken::endsAfterADay()
{
    test::ManualClock clock;
    const PagingTokens tokens(SecretBytes(std::string(32, 'k')), clock);
    const QString token = tokens.issue(u"a"_s, "position");
    clock.advance(std::chrono::hours(24));
    QVERIFY(tokens.open(u"a"_s, token));
    clock.advance(std::chrono::seconds(1));
    const auto late = tokens.open(u"a"_s, token);
    QVERIFY(!late);
    QVERIFY(late.error().message.find("24 hours") != std::string::npos);
}

FB_TEST(tst_PagingToken)
#include "tst_paging_token.moc"
