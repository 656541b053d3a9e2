#include "models/table/row_text_index.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <random>

namespace fb::test {

class tst_RowTextIndex : public QObject
{
    Q_OBJECT
private slots:
    void folds_data();
    void folds();
    void agreesWithPlainSearch();
    void narrows();
    void changesAndRemovals();
};

void tst_RowTextIndex::folds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("found");
    QTest::addRow("case") << QStringLiteral("Web-TYO-01") << QStringLiteral("web-tyo") << true;
    QTest::addRow("umlaut case") << QStringLiteral("BÜRO") << QStringLiteral("büro") << true;
    QTest::addRow("full width") << QStringLiteral("ｗｅｂ０１") << QStringLiteral("web01") << true;
    QTest::addRow("half-width kana") << QStringLiteral("サーバー") << QStringLiteral("ｻｰﾊﾞｰ") << true;
    QTest::addRow("all words") << QStringLiteral("web-1 Debian 12") << QStringLiteral("debian web") << true;
    QTest::addRow("one word lacks") << QStringLiteral("web-1 Debian 12") << QStringLiteral("web rocky")
                                    << false;
    QTest::addRow("empty query") << QStringLiteral("anything") << QString() << true;
    QTest::addRow("longer than the row") << QStringLiteral("ab") << QStringLiteral("abc") << false;
}

void tst_RowTextIndex::folds()
{
    QFETCH(QString, text);
    QFETCH(QString, query);
    QFETCH(bool, found);
    RowTextIndex index;
    index.append(RowTextIndex::folded(text));
    QCOMPARE(index.matches(0, RowTextIndex::words(query)), found);
}

void tst_RowTextIndex::agreesWithPlainSearch()
{
    std::mt19937 random(7);
    const auto word = [&](int length) {
        std::string text;
        for (int i = 0; i < length; ++i)
            text += static_cast<char>('a' + random() % 4);
        return text;
    };
    std::vector<std::string> rows;
    RowTextIndex index;
    for (int i = 0; i < 500; ++i) {
        rows.push_back(word(static_cast<int>(random() % 20)));
        index.append(rows.back());
    }
    for (int round = 0; round < 200; ++round) {
        const std::vector<std::string> words {word(1 + static_cast<int>(random() % 4))};
        std::vector<uint8_t> kept(rows.size(), 1);
        index.keepMatches(words, kept);
        for (size_t row = 0; row < rows.size(); ++row)
            QCOMPARE(kept[row] != 0, rows[row].find(words[0]) != std::string::npos);
        const size_t changed = random() % rows.size();
        rows[changed] = word(static_cast<int>(random() % 60)); // grows and shrinks
        index.set(changed, rows[changed]);
    }
}

void tst_RowTextIndex::narrows()
{
    using Words = std::vector<std::string>;
    QVERIFY(RowTextIndex::narrows(Words {"we"}, Words {"web"}));
    QVERIFY(RowTextIndex::narrows(Words {}, Words {"w"}));
    QVERIFY(RowTextIndex::narrows(Words {"web", "de"}, Words {"web", "debian"}));
    QVERIFY(!RowTextIndex::narrows(Words {"web"}, Words {"we"}));
    QVERIFY(!RowTextIndex::narrows(Words {"web", "de"}, Words {"web"}));
}

void tst_RowTextIndex::changesAndRemovals()
{
    RowTextIndex index;
    for (const char *text : {"alpha", "beta", "gamma"})
        index.append(text);
    index.removeSwappingLast(0);
    QCOMPARE(index.size(), size_t(2));
    QVERIFY(index.matches(0, {"gamma"}));
    QVERIFY(index.matches(1, {"beta"}));
    for (int i = 0; i < 1000; ++i) // growing again and again must not grow the memory for ever, nor mix rows
        index.set(static_cast<size_t>(i % 2),
                  std::string(static_cast<size_t>(10 + i % 90), i % 2 ? 'x' : 'y'));
    QVERIFY(index.matches(0, {"yyyyy"}));
    QVERIFY(!index.matches(0, {"x"}));
    QVERIFY(index.matches(1, {"xxxxx"}));
}

FB_TEST(tst_RowTextIndex)

}

#include "tst_row_text_index.moc"
