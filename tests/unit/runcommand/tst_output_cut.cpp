#include "backend/core/text_safety.h"
#include "backend/nodes/runcommand/output_cut.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_OutputCut : public QObject
{
    Q_OBJECT

private slots:
    void cutsAtTheLimit();
    void neverSplitsACharacter();
    void hostileBytes();
    void sharesTheRoom_data();
    void sharesTheRoom();
    void aPartIsMarked();
    void boundaries();
};

// [run-command 8.13]
void tst_OutputCut::cutsAtTheLimit()
{
    const std::string shown = cutOutput(std::string(30'000, 'x'), kStandardOutputCharacters);
    QCOMPARE(shown.size(), size_t(24'000));
    QVERIFY(shown.ends_with("x--output truncated--"));
    QCOMPARE(cutOutput(std::string(24'000, 'x'), kStandardOutputCharacters), std::string(24'000, 'x'));
    QCOMPARE(cutOutput({}, 10), std::string());
}

void tst_OutputCut::neverSplitsACharacter()
{
    std::string text;
    for (int i = 0; i < 9000; ++i)
        text += "\xe2\x82\xac"; // three bytes each
    const std::string shown = cutOutput(text, kStandardErrorCharacters);
    QCOMPARE(codePointCount(shown), kStandardErrorCharacters);
    QVERIFY(isValidUtf8(shown));
    QVERIFY(shown.ends_with("\xe2\x82\xac--output truncated--"));
}

void tst_OutputCut::hostileBytes()
{
    const std::string bytes {'a', '\0', 'b', '\xff', 'c'};
    QCOMPARE(cutOutput(bytes, 100),
             std::string("ab\xef\xbf\xbd"
                         "c"));
}

void tst_OutputCut::sharesTheRoom_data()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("outCut");
    QTest::addColumn<bool>("errorCut");
    QTest::addRow("both fit") << 1000 << 1000 << false << false;
    QTest::addRow("[run-command 8.13] both long") << 10'000 << 10'000 << true << true;
    QTest::addRow("only output is long") << 10'000 << 100 << true << false;
    QTest::addRow("only error is long") << 100 << 10'000 << false << true;
    QTest::addRow("no error, long output") << 10'000 << 0 << true << false;
    QTest::addRow("no error, fits exactly") << 2500 << 0 << false << false;
    QTest::addRow("fits exactly with the title") << 1238 << 1238 << false << false;
}

void tst_OutputCut::sharesTheRoom()
{
    QFETCH(int, out);
    QFETCH(int, error);
    QFETCH(bool, outCut);
    QFETCH(bool, errorCut);
    const std::string outText(static_cast<size_t>(out), 'o');
    const std::string errorText(static_cast<size_t>(error), 'e');
    const std::string shared = sharedOutput({outText}, {errorText});
    QVERIFY(shared.size() <= kSharedOutputCharacters);
    QCOMPARE(shared.find("\n---Output truncated---") != std::string::npos, outCut);
    QCOMPARE(shared.ends_with("\n---Error truncated----"), errorCut);
    QCOMPARE(shared.find("\n----------ERROR-------\n") != std::string::npos, error > 0);
    if (outCut || errorCut)
        QVERIFY(shared.size() >= kSharedOutputCharacters - 1); // the room is used
    if (!outCut)
        QVERIFY(shared.starts_with(outText)); // the short one whole
    if (!errorCut)
        QVERIFY(shared.ends_with(errorText));
}

void tst_OutputCut::aPartIsMarked()
{
    const std::string emoji(8192, '\xf0'); // a part of a longer output, few characters of many bytes
    QVERIFY(sharedOutput({.bytes = "short", .isWhole = false}, {}).ends_with("\n---Output truncated---"));
    QVERIFY(cutOutput("short", 100, false).ends_with("--output truncated--"));
    QVERIFY(isValidUtf8(sharedOutput({.bytes = emoji, .isWhole = false}, {})));
}

void tst_OutputCut::boundaries()
{
    const std::string text = "a\xe2\x82\xac"
                             "b";
    QCOMPARE(characterBoundary(text, 5), size_t(5));
    QCOMPARE(characterBoundary(text, 4), size_t(4));
    QCOMPARE(characterBoundary(text, 3), size_t(1));
    QCOMPARE(characterBoundary(text, 2), size_t(1));
    QCOMPARE(characterBoundary(text, 1), size_t(1));
    QCOMPARE(characterBoundary("\x80\x80\x80\x80\x80", 4), size_t(4)); // broken anyway
}

FB_TEST(tst_OutputCut)
#include "tst_output_cut.moc"
