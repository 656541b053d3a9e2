#include "backend/core/error.h"
#include "models/nodes/sessions/session_row.h"
#include "models/table/percent_text.h"
#include "models/table/shown_error.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

// How errors of the engine and causes of an end are worded for the operator.
class tst_ShownError : public QObject
{
    Q_OBJECT
private slots:
    void headlines_data();
    void headlines();
    void words();
    void causes();
    void percents();
};

void tst_ShownError::headlines_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("headline");
    QTest::addRow("its code says more") << u"TargetNotConnected"_s << u"The node is not connected."_s;
    QTest::addRow("of the node") << u"RefusedByNode"_s << u"The node refused this."_s;
    QTest::addRow("its kind") << u"ConflictException"_s << u"Someone else changed it in the meantime."_s;
    QTest::addRow("denied") << u"AccessDeniedException"_s << u"Your role does not allow this."_s;
}

void tst_ShownError::headlines()
{
    QFETCH(QString, code);
    QFETCH(QString, headline);
    const ShownError shown
        = shownErrorOf({.code = errorCodeNamed(code.toStdString()), .message = "In English.\x1b[0m"});
    QCOMPARE(shown.code, code);
    QCOMPARE(shown.headline(), headline);
    QVERIFY2(shown.words().startsWith(headline + u" In English."_s), qPrintable(shown.words()));
    QVERIFY(!shown.words().contains(QChar(0x1b)));
}

void tst_ShownError::words()
{
    const ShownError shown = shownErrorOf({.code = errors::kInternal, .message = "abcdefgh"});
    QVERIFY(shown.words(5, u'\n').startsWith(shown.headline() + u"\nabcd"_s));
    QVERIFY(!shown.words(5).contains(u"efgh"));
    // What the console itself has to say is in the operator's language.
    const ShownError own {
        .kind = ShownError::Kind::State, .code = u"NoClient"_s, .message = u"Install it."_s};
    QCOMPARE(own.words(), u"Install it."_s);
}

void tst_ShownError::causes()
{
    for (const QString &cause : {u"idle"_s, u"exited 3"_s, u"terminated by admin"_s, u"exited early"_s})
        QCOMPARE(SessionTable::causeWord(cause), cause);
}

void tst_ShownError::percents()
{
    for (const QLocale::Language language : {QLocale::English, QLocale::Japanese}) {
        QLocale::setDefault(QLocale(language));
        QCOMPARE(percentText(84), u"84%"_s);
        QCOMPARE(percentText(7.31, 1), u"7.3%"_s);
    }
    QLocale::setDefault(QLocale::c());
}

FB_TEST(tst_ShownError)

}

#include "tst_shown_error.moc"
