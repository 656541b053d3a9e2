#include "backend/core/text_safety.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

// [P12] overlong UTF-8, lone surrogates, right-to-left override, NUL: refused or shown escaped
class tst_TextSafety : public QObject
{
    Q_OBJECT

private slots:
    void utf8_data();
    void utf8();
    void escapes();
    void cutsAtCharacters();
};

void tst_TextSafety::utf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    QTest::addRow("ascii") << QByteArray("plain") << true;
    QTest::addRow("japanese") << QByteArray("日本語") << true;
    QTest::addRow("emoji") << QByteArray("\xf0\x9f\x91\xa9") << true;
    QTest::addRow("overlong slash") << QByteArray("\xc0\xaf") << false;
    QTest::addRow("overlong NUL") << QByteArray("\xe0\x80\x80") << false;
    QTest::addRow("lone surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::addRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::addRow("cut short") << QByteArray("a\xe6\x97") << false;
    QTest::addRow("stray continuation") << QByteArray("\x80") << false;
}

void tst_TextSafety::utf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, valid);
    QCOMPARE(isValidUtf8(bytes.toStdString()), valid);
    QVERIFY(isValidUtf8(toValidUtf8(bytes.toStdString())));
    QCOMPARE(toValidUtf8(bytes.toStdString()) == bytes.toStdString(), valid);
}

void tst_TextSafety::escapes()
{
    QCOMPARE(withVisibleEscapes(std::string_view("a\0b\x1b[31m", 8)), std::string("a\\x00b\\x1b[31m"));
    QCOMPARE(withVisibleEscapes("safe\u202etxt.exe"), std::string("safe\\u202etxt.exe"));
    QCOMPARE(withVisibleEscapes("two\nlines\t日本"), std::string("two\nlines\t日本"));
    QVERIFY(hasControlOrBidi("a\u200fb"));
    QVERIFY(!hasControlOrBidi("web-01 東京"));
}

void tst_TextSafety::cutsAtCharacters()
{
    QCOMPARE(firstCodePoints("日本語", 2), std::string_view("日本"));
    QCOMPARE(firstCodePoints("ab", 5), std::string_view("ab"));
    QCOMPARE(codePointCount("日本語!"), size_t(4));
}

FB_TEST(tst_TextSafety)
#include "tst_text_safety.moc"
