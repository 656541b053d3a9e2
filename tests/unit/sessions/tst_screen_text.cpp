#include "backend/nodes/sessions/screen_text.h"

#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_ScreenText : public QObject
{
    Q_OBJECT
private slots:
    void wordsDrawnPieceByPieceAreFound();
    void whatScrolledThroughIsFound();
    void aLineIsTakenOnceWhileItStands();
    void fullScreenProgramsAreFound();
    void wrappedLinesAreWhole();
    void timesAreThoseOfTheScreen();
    void findsCaseAndCuts();
    void brokenRecordingsAreReadAsFarAsTheyGo();
};

namespace {

struct CastText {
    QByteArray text = "{\"version\": 2, \"width\": 40, \"height\": 5}\n";
    CastText &add(double at, const QString &bytes, const QString &code = u"o"_s)
    {
        text += QJsonDocument(QJsonArray {at, code, bytes}).toJson(QJsonDocument::Compact) + '\n';
        return *this;
    }
};

QStringList linesOf(const QByteArray &text)
{
    QStringList lines;
    for (const QByteArray &line : text.split('\n')) {
        if (!line.isEmpty())
            lines << QString::fromUtf8(line.mid(line.indexOf('\t') + 1));
    }
    return lines;
}

}

void tst_ScreenText::wordsDrawnPieceByPieceAreFound()
{
    CastText cast;
    // "FAILED" drawn backwards, a letter at a time, in colours: in no stretch of the bytes
    const QString word = u"FAILED"_s;
    for (int i = 5; i >= 0; --i)
        cast.add(1 + 0.01 * (5 - i), u"\x1b[2;%1H\x1b[3%2m%3"_s.arg(i + 3).arg(i % 8).arg(word[i]));
    QVERIFY(!cast.text.contains("FAILED"));
    const QByteArray text = ScreenText::of(cast.text);
    const auto found = ScreenText::find(text, u"failed"_s, Qt::CaseInsensitive, 10);
    QCOMPARE(found.hits.size(), 1);
    QCOMPARE(found.hits[0].line, u"FAILED"_s);
}

void tst_ScreenText::whatScrolledThroughIsFound()
{
    CastText cast;
    QString burst;
    for (int i = 1; i <= 12'000; ++i)
        burst += u"row %1\r\n"_s.arg(i);
    cast.add(0.5, burst);
    const QStringList lines = linesOf(ScreenText::of(cast.text));
    QCOMPARE(lines.size(), 12'000);
    QCOMPARE(lines[0], u"row 1"_s);
    QCOMPARE(lines[11'999], u"row 12000"_s);
}

void tst_ScreenText::aLineIsTakenOnceWhileItStands()
{
    CastText cast;
    cast.add(0, u"$ make\r\n"_s);
    for (int i = 1; i <= 50; ++i)
        cast.add(i, u"\rbuilding %1%"_s.arg(i));
    const QStringList lines = linesOf(ScreenText::of(cast.text));
    QCOMPARE(lines.count(u"$ make"_s), 1);
    QCOMPARE(lines.count(u"building 7%"_s), 1); // it stood for a second
}

void tst_ScreenText::fullScreenProgramsAreFound()
{
    CastText cast;
    cast.add(0, u"$ vi notes\r\n"_s);
    cast.add(1, u"\x1b[?1049h\x1b[2J\x1b[1;1Hsecret plan\x1b[5;1H-- INSERT --"_s);
    cast.add(4, u"\x1b[?1049l$ "_s);
    const QByteArray text = ScreenText::of(cast.text);
    QCOMPARE(ScreenText::find(text, u"secret plan"_s, Qt::CaseSensitive, 10).hits.size(), 1);
    QCOMPARE(ScreenText::find(text, u"-- INSERT --"_s, Qt::CaseSensitive, 10).hits.size(), 1);
}

void tst_ScreenText::wrappedLinesAreWhole()
{
    CastText cast;
    cast.add(0, QString(35, u'x') + u" needle in the wrap\r\n"_s); // 40 columns
    const auto found
        = ScreenText::find(ScreenText::of(cast.text), u"needle in the wrap"_s, Qt::CaseSensitive, 10);
    QCOMPARE(found.hits.size(), 1);
    // and after the window became wider, in what comes then
    cast.add(1, u"100x10"_s, u"r"_s).add(2, QString(60, u'y') + u" second"_s);
    QCOMPARE(ScreenText::find(ScreenText::of(cast.text), u"yy second"_s, Qt::CaseSensitive, 10).hits.size(),
             1);
}

void tst_ScreenText::timesAreThoseOfTheScreen()
{
    CastText cast;
    cast.add(2.5, u"first\r\n"_s).add(3661.25, u"second\r\n"_s);
    const QByteArray text = ScreenText::of(cast.text);
    QCOMPARE(ScreenText::find(text, u"first"_s, Qt::CaseSensitive, 10).hits[0].at, 2500);
    QCOMPARE(ScreenText::find(text, u"second"_s, Qt::CaseSensitive, 10).hits[0].at, 3'661'250);
}

void tst_ScreenText::findsCaseAndCuts()
{
    CastText cast;
    for (int i = 0; i < 9; ++i)
        cast.add(i, u"\x1b[2J\x1b[HÄrger %1 日本語\r\n"_s.arg(i));
    const QByteArray text = ScreenText::of(cast.text);
    QCOMPARE(ScreenText::find(text, u"ärger"_s, Qt::CaseInsensitive, 100).hits.size(), 9);
    QCOMPARE(ScreenText::find(text, u"ärger"_s, Qt::CaseSensitive, 100).hits.size(), 0);
    QCOMPARE(ScreenText::find(text, u"日本語"_s, Qt::CaseSensitive, 100).hits.size(), 9);
    const auto cut = ScreenText::find(text, u"Ärger"_s, Qt::CaseSensitive, 4);
    QCOMPARE(cut.hits.size(), 4);
    QVERIFY(cut.isCut);
    QVERIFY(!ScreenText::find(text, u"Ärger"_s, Qt::CaseSensitive, 9).isCut);
    QVERIFY(ScreenText::find(text, QString(), Qt::CaseSensitive, 9).hits.isEmpty());
}

void tst_ScreenText::brokenRecordingsAreReadAsFarAsTheyGo()
{
    QVERIFY(ScreenText::of({}).isEmpty());
    QVERIFY(ScreenText::of("no json\n").isEmpty());
    CastText cast;
    cast.add(0, u"before\r\n"_s);
    cast.text += "[1, \"o\", \n[2, \"r\", \"0x0\"]\n[3, \"r\", \"99999999999x5\"]\n";
    cast.add(4, u"after"_s);
    QCOMPARE(linesOf(ScreenText::of(cast.text)), (QStringList {u"before"_s, u"after"_s}));
}

FB_TEST(tst_ScreenText)
#include "tst_screen_text.moc"
