#include "backend/language/tree_text.h"

#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QTest>

using namespace fb;

namespace {
std::string repeated(std::string_view text, int times)
{
    std::string out;
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

std::string outcome(const TreeResult &result)
{
    return result ? toCompactJson(*result) : "refused: " + result.error().text();
}
}

class tst_TreeText : public QObject
{
    Q_OBJECT

private slots:
    void json_data();
    void json();
    void jsonBounds();
    void yaml_data();
    void yaml();
    void yamlBombs_data();
    void yamlBombs();
    void yamlDepth();
    void yamlHugeScalar();
    void aliasesWithinBounds();
    void scalarsKeepTheirWriting();
    void marks_data();
    void marks();
    void prettyJson();
    void yamlText_data();
    void yamlText();
    void roundTrips_data();
    void roundTrips();
};

void tst_TreeText::json_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("key order is kept") << QByteArray(R"({"z":1,"a":[true,null,"x"],"m":{}})")
                                       << QByteArray(R"({"z":1,"a":[true,null,"x"],"m":{}})");
    QTest::addRow("numbers as written") << QByteArray("[1.50, -0, 1e3, 12345678901234567890]")
                                        << QByteArray("[1.50,-0,1e3,12345678901234567890]");
    QTest::addRow("escapes") << QByteArray(R"(["a\"b\\c\nd\u00e9\ud83d\ude00\t"])")
                             << QByteArray("[\"a\\\"b\\\\c\\nd\xc3\xa9\xf0\x9f\x98\x80\\t\"]");
    QTest::addRow("a value alone") << QByteArray(" \"x\" ") << QByteArray("\"x\"");
    QTest::addRow("[documents 8.25] a key twice")
        << QByteArray("{\n \"mainSteps\": 1,\n \"mainSteps\": 2}")
        << QByteArray("refused: line 3, column 2: the key \"mainSteps\" is used twice");
    QTest::addRow("[P06] a key twice by escape")
        << QByteArray(R"({"a":1,"\u0061":2})")
        << QByteArray("refused: line 1, column 8: the key \"a\" is used twice");
    QTest::addRow("the same key in other maps")
        << QByteArray(R"({"a":{"a":1},"b":{"a":2}})") << QByteArray(R"({"a":{"a":1},"b":{"a":2}})");
    QTest::addRow("cut off") << QByteArray("{\"a\": [1,")
                             << QByteArray("refused: line 1, column 10: the JSON text ends too early");
    QTest::addRow("nothing") << QByteArray("")
                             << QByteArray("refused: line 1, column 1: the JSON text ends too early");
    QTest::addRow("two values")
        << QByteArray("{} {}")
        << QByteArray("refused: line 1, column 4: there is more text after the end of the JSON value");
    QTest::addRow("comment") << QByteArray("{} // x") << QByteArray("refused");
    QTest::addRow("trailing comma") << QByteArray("[1,]") << QByteArray("refused");
    QTest::addRow("single quotes") << QByteArray("{'a':1}") << QByteArray("refused");
    QTest::addRow("lone surrogate") << QByteArray(R"(["\ud800"])") << QByteArray("refused");
    QTest::addRow("NUL byte") << QByteArray("[\"a\0b\"]", 7)
                              << QByteArray("refused: line 1, column 4: the text holds a NUL byte");
    QTest::addRow("NUL escape") << QByteArray(R"(["a\u0000b"])")
                                << QByteArray("refused: line 1, column 2: the text holds a NUL character");
    QTest::addRow("bad UTF-8") << QByteArray("[\"\xff\"]")
                               << QByteArray("refused: the text is not valid UTF-8");
    QTest::addRow("leading zero") << QByteArray("[01]") << QByteArray("refused");
    QTest::addRow("an exponent that readers do not agree on")
        << QByteArray("[1e9999, 0e+0770000]")
        << QByteArray(
               "refused: line 1, column 10: the exponent of 0e+0770000 has more than 4 digits; put it in "
               "quotes to mean the text");
    QTest::addRow("NaN") << QByteArray("[NaN]") << QByteArray("refused");
}

void tst_TreeText::json()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const std::string got = outcome(parseJson(text.toStdString()));
    if (expected == "refused")
        QVERIFY2(QByteArray::fromStdString(got).startsWith("refused: line"), got.c_str());
    else
        QCOMPARE(QByteArray::fromStdString(got), expected);
}

// [P06] the size is judged before the text is read, the depth while it is.
void tst_TreeText::jsonBounds()
{
    QCOMPARE(outcome(parseJson("[\"" + std::string(70'000, 'x') + "\"]")),
             std::string("refused: the text has 70004 bytes; at most 65536 are allowed"));
    QVERIFY(parseJson(repeated("[", 32) + repeated("]", 32)));
    QCOMPARE(outcome(parseJson(repeated("[", 33) + repeated("]", 33))),
             std::string("refused: line 1, column 33: lists and maps are nested deeper than 32 levels"));
    QVERIFY(!parseJson(repeated("[", 65'000)));
    QVERIFY(!parseJson(repeated("{\"a\":", 13'000)));
}

void tst_TreeText::yaml_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("key order is kept") << QByteArray("z: 1\na: [true, null, x]\nm: {}\n")
                                       << QByteArray(R"({"z":1,"a":[true,null,"x"],"m":{}})");
    QTest::addRow("1.2 has no yes and no")
        << QByteArray("[yes, no, on, off, y, n]") << QByteArray(R"(["yes","no","on","off","y","n"])");
    QTest::addRow("core booleans and null")
        << QByteArray("[True, FALSE, ~, Null, '']") << QByteArray(R"([true,false,null,null,""])");
    QTest::addRow("core numbers") << QByteArray("[0x1F, 0o17, 007, +3, .5, 5., 1e3, 1_000, 0b1]")
                                  << QByteArray(R"([31,15,7,3,0.5,5.0,1e3,"1_000","0b1"])");
    QTest::addRow("quoted is text") << QByteArray("['1', \"true\", '2.2']")
                                    << QByteArray(R"(["1","true","2.2"])");
    QTest::addRow("a time is text") << QByteArray("[2026-11-26, 12:30]")
                                    << QByteArray(R"(["2026-11-26","12:30"])");
    QTest::addRow("literal block") << QByteArray("a: |\n  one\n  two\n")
                                   << QByteArray(R"({"a":"one\ntwo\n"})");
    QTest::addRow("folded block") << QByteArray("a: >-\n  one\n  two\n") << QByteArray(R"({"a":"one two"})");
    QTest::addRow("anchor and alias")
        << QByteArray("a: &x [1, 2]\nb: *x\n") << QByteArray(R"({"a":[1,2],"b":[1,2]})");
    QTest::addRow("number keys are text") << QByteArray("1: a\n") << QByteArray(R"({"1":"a"})");
    QTest::addRow("nothing at all") << QByteArray("") << QByteArray("null");
    QTest::addRow("comments only") << QByteArray("# x\n") << QByteArray("null");
    QTest::addRow("one document with its marker") << QByteArray("---\na: 1\n") << QByteArray(R"({"a":1})");
    QTest::addRow("two documents")
        << QByteArray("a: 1\n---\nb: 2\n")
        << QByteArray("refused: line 2, column 1: there is a second YAML document; only one is allowed");
    QTest::addRow("[documents 8.25] a tag")
        << QByteArray("a: 1\nb: !!python/object:os.system [id]\n")
        << QByteArray("refused: line 2, column 4: tags are not allowed here (found "
                      "tag:yaml.org,2002:python/object:os.system)");
    QTest::addRow("escapes that yaml-cpp gives as Latin-1")
        << QByteArray("\"\xe3\x81\x82\\N\\_\\L\\xa0z\"\n")
        << QByteArray("\"\xe3\x81\x82\xc2\x85\xc2\xa0\xe2\x80\xa8\xc2\xa0z\"");
    QTest::addRow("[P06] a tag on a scalar")
        << QByteArray("a: !!str 1\n")
        << QByteArray("refused: line 1, column 4: tags are not allowed here (found tag:yaml.org,2002:str)");
    QTest::addRow("[P06] a local tag on a map")
        << QByteArray("a: !x {b: 1}\n")
        << QByteArray("refused: line 1, column 4: tags are not allowed here (found !x)");
    QTest::addRow("[P06] a tag on nothing") << QByteArray("a: !!null\nb: 1\n") << QByteArray("refused");
    QTest::addRow("[P06] a key twice")
        << QByteArray("a: 1\nb: 2\na: 3\n")
        << QByteArray("refused: line 3, column 1: the key \"a\" is used twice");
    QTest::addRow("[P06] a key twice by alias")
        << QByteArray("a: &k b\n*k : 1\nb: 2\n")
        << QByteArray("refused: line 3, column 1: the key \"b\" is used twice");
    QTest::addRow("[P06] merge key")
        << QByteArray("a: &x {k: 1}\nb:\n  <<: *x\n")
        << QByteArray(
               "refused: line 3, column 3: merge keys (<<) are not part of YAML 1.2; write the keys out");
    QTest::addRow("quoted << is a key") << QByteArray("'<<': 1\n") << QByteArray(R"({"<<":1})");
    QTest::addRow("a list as key") << QByteArray("? [a]\n: 1\n")
                                   << QByteArray("refused: line 1, column 3: a key must be text, not a list");
    QTest::addRow("null as key") << QByteArray("~: 1\n")
                                 << QByteArray("refused: line 1, column 1: a key must be text, not null");
    QTest::addRow("[P06] alias in its own anchor")
        << QByteArray("a: &x [1, *x]\n")
        << QByteArray("refused: line 1, column 11: an alias is used inside its own anchor");
    QTest::addRow("alias of nothing") << QByteArray("a: *x\n") << QByteArray("refused");
    QTest::addRow("infinity") << QByteArray("a: .inf\n")
                              << QByteArray("refused: line 1, column 4: the number .inf has no JSON form; "
                                            "put it in quotes to mean the text");
    QTest::addRow("too big for 64 bits") << QByteArray("a: 0xfffffffffffffffff\n") << QByteArray("refused");
    QTest::addRow("tab indentation") << QByteArray("a:\n\tb: 1\n") << QByteArray("refused");
    QTest::addRow("tab after spaces") << QByteArray("a:\n  - b: 1\n  \t  c: 2\n") << QByteArray("refused");
    QTest::addRow("unclosed") << QByteArray("a: [1, 2\n") << QByteArray("refused");
    QTest::addRow("NUL byte") << QByteArray("a: b\0c", 6) << QByteArray("refused: the text holds a NUL byte");
    QTest::addRow("NUL escape") << QByteArray("a: \"b\\0c\"") << QByteArray("refused");
    QTest::addRow("bad UTF-8") << QByteArray("a: \xc3") << QByteArray("refused: the text is not valid UTF-8");
}

void tst_TreeText::yaml()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const std::string got = outcome(parseYaml(text.toStdString()));
    if (expected == "refused")
        QVERIFY2(QByteArray::fromStdString(got).startsWith("refused: line"), got.c_str());
    else
        QCOMPARE(QByteArray::fromStdString(got), expected);
}

void tst_TreeText::yamlBombs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");

    std::string laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before
            + repeated(", " + before, 8) + "]\n";
    }
    QTest::addRow("[P06] billion laughs")
        << QByteArray::fromStdString(laughs) << QByteArray("aliases expand more than 1000 times");

    std::string many = "a: &a x\nb:\n";
    for (int i = 0; i < 1001; ++i)
        many += "- *a\n";
    QTest::addRow("[P06] 1001 aliases")
        << QByteArray::fromStdString(many) << QByteArray("aliases expand more than 1000 times");

    std::string big = "a: &a " + std::string(30'000, 'x') + "\nb:\n";
    for (int i = 0; i < 900; ++i)
        big += "- *a\n";
    QTest::addRow("[P06] aliases of a long text")
        << QByteArray::fromStdString(big) << QByteArray("aliases expand to more than 1048576 bytes");

    std::string deep = "a0: &a0 " + repeated("[", 20) + repeated("]", 20) + "\n";
    deep += "b: " + repeated("[", 20) + "*a0" + repeated("]", 20) + "\n";
    QTest::addRow("[P06] depth by alias")
        << QByteArray::fromStdString(deep) << QByteArray("nested deeper than 32 levels");
}

void tst_TreeText::yamlBombs()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    QElapsedTimer timer;
    timer.start();
    const auto result = parseYaml(text.toStdString());
    QVERIFY(!result);
    QVERIFY2(QByteArray::fromStdString(result.error().message).contains(reason),
             result.error().text().c_str());
    QVERIFY(result.error().mark.line > 0);
    QVERIFY(timer.elapsed() < 20'000);
}

// [P06] depth: 32 levels pass, more are refused at the 33rd, also as flow, block and key.
void tst_TreeText::yamlDepth()
{
    QVERIFY(parseYaml(repeated("[", 32) + repeated("]", 32)));
    QCOMPARE(outcome(parseYaml(repeated("[", 33) + repeated("]", 33))),
             std::string("refused: line 1, column 33: lists and maps are nested deeper than 32 levels"));
    TreeLimits wide;
    wide.bytes = 1'000'000;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!parseYaml(repeated("[", 100'000), wide));
    QVERIFY(!parseYaml(repeated("{a: ", 100'000), wide));
    QVERIFY(!parseYaml(repeated("- ", 100'000) + "x", wide));
    QVERIFY(!parseYaml(repeated("? ", 100'000) + "x", wide));
    QVERIFY(timer.elapsed() < 20'000);
}

// [P06] a scalar of 100 MB is refused by its size, before it is copied or read.
void tst_TreeText::yamlHugeScalar()
{
    const std::string huge(100'000'000, 'x');
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(outcome(parseYaml(huge)),
             std::string("refused: the text has 100000000 bytes; at most 65536 are allowed"));
    QCOMPARE(outcome(parseJson(huge)),
             std::string("refused: the text has 100000000 bytes; at most 65536 are allowed"));
    QVERIFY(timer.elapsed() < 5'000);
}

void tst_TreeText::aliasesWithinBounds()
{
    std::string text = "a: &a x\nb:\n";
    for (int i = 0; i < 1000; ++i)
        text += "- *a\n";
    const auto tree = parseYaml(text);
    QVERIFY2(tree.has_value(), outcome(tree).c_str());
    QCOMPARE(tree->find("b")->items().size(), size_t(1000));
    QCOMPARE(tree->find("b")->items()[999].text(), std::string("x"));
}

void tst_TreeText::scalarsKeepTheirWriting()
{
    const auto tree = parseYaml("[True, 3, 0x1F, 2.20, +1]");
    QVERIFY(tree.has_value());
    const std::vector<std::string> written {"True", "3", "0x1F", "2.20", "+1"};
    for (size_t i = 0; i < written.size(); ++i)
        QCOMPARE(tree->items()[i].text(), written[i]);
    QVERIFY(tree->items()[0].isBool() && tree->items()[0].boolean());
    QCOMPARE(tree->items()[2].numberText(), std::string("31"));
}

void tst_TreeText::marks_data()
{
    QTest::addColumn<bool>("isYaml");
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("json") << false
                          << QByteArray(
                                 "{\n  \"a\\\"b\": 1,\n  \"list\": [ \"x\",\n    {\"k\": true}, -5 ]\n}");
    QTest::addRow("yaml") << true << QByteArray("\n'a\"b':   1\nlist:    [ x,\n    {k:   true}, -5 ]\n");
}

void tst_TreeText::marks()
{
    QFETCH(bool, isYaml);
    QFETCH(QByteArray, text);
    const auto tree = isYaml ? parseYaml(text.toStdString()) : parseJson(text.toStdString());
    QVERIFY2(tree.has_value(), outcome(tree).c_str());
    const int keyColumn = isYaml ? 1 : 3;
    QVERIFY((tree->members()[0].keyMark == Mark {2, keyColumn}));
    QVERIFY((tree->members()[1].keyMark == Mark {3, keyColumn}));
    QVERIFY((tree->find("a\"b")->mark() == Mark {2, isYaml ? 10 : 11}));
    const Tree &list = *tree->find("list");
    QVERIFY((list.mark() == Mark {3, isYaml ? 10 : 11}));
    QVERIFY((list.items()[0].mark() == Mark {3, isYaml ? 12 : 13}));
    QVERIFY((list.items()[1].mark() == Mark {4, 5}));
    QVERIFY((list.items()[1].find("k")->mark() == Mark {4, isYaml ? 11 : 11}));
    QVERIFY((list.items()[2].mark() == Mark {4, isYaml ? 18 : 18}));
}

void tst_TreeText::prettyJson()
{
    const auto tree = parseJson(R"({"a":[1,{"b":[]}],"c":{}})");
    QCOMPARE(toPrettyJson(*tree),
             std::string("{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}\n"));
}

void tst_TreeText::yamlText_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("yaml");
    QTest::addRow("order, lists, nesting")
        << QByteArray(R"({"b":1,"a":[{"x":1,"y":[1,2]},"s",[]],"e":{},"n":null})")
        << QByteArray("b: 1\na:\n  - x: 1\n    y:\n      - 1\n      - 2\n  - s\n  - []\ne: {}\nn: null\n");
    QTest::addRow("several lines become a literal block")
        << QByteArray(R"({"run":["#!/bin/sh\nif x; then\n  y\nfi\n","a\nb","c\n\n"]})")
        << QByteArray("run:\n  - |\n    #!/bin/sh\n    if x; then\n      y\n    fi\n  - |-\n    a\n    b\n  "
                      "- |+\n    c\n\n");
    QTest::addRow("text that looks like something else")
        << QByteArray(
               R"(["true","12","2.2","null","","- x","a: b","#c","~","{{ a }}","0x1","x #y"," x","<<"])")
        << QByteArray("- \"true\"\n- \"12\"\n- \"2.2\"\n- \"null\"\n- \"\"\n- \"- x\"\n- \"a: b\"\n- "
                      "\"#c\"\n- \"~\"\n"
                      "- \"{{ a }}\"\n- \"0x1\"\n- \"x #y\"\n- \" x\"\n- \"<<\"\n");
}

void tst_TreeText::yamlText()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, yaml);
    const auto tree = parseJson(json.toStdString());
    QVERIFY(tree.has_value());
    QCOMPARE(QByteArray::fromStdString(toYaml(*tree)), yaml);
    const auto again = parseYaml(toYaml(*tree));
    QVERIFY2(again.has_value(), outcome(again).c_str());
    QVERIFY(*again == *tree);
}

void tst_TreeText::roundTrips_data()
{
    QTest::addColumn<QByteArray>("json");
    const QList<QByteArray> texts {
        R"("plain")",
        R"("a\nb")",
        R"(" leading\nspace")",
        R"("\nleading newline")",
        R"("tab\there\nx")",
        R"("\u0007bell\nx")",
        R"("trailing  \nspaces  ")",
        R"("a\n\n\n")",
        R"("\r\n")",
        R"("\u007f\nx")",
        R"("x:")",
        R"("x: ")",
        R"("%d")",
        R"("@a")",
        R"("'quoted'")",
        R"("\"double\"")",
        R"("日本語 text")",
        R"("-")",
        R"("---")",
        R"("?")",
        R"("*a")",
        R"("&a")",
        R"("!t")",
        R"("|")",
        R"("a\u0085b")",
        R"("a\u2028b\nc")",
        R"("\ufeffx")",
        R"(".5")",
        R"("+1")",
        R"("1e3")",
        R"("0o7")",
        R"("yes")",
        R"({"a b":1,"":2,"1":3,"true":4,": ":5})",
        R"([[["deep"],[]],{"a":[{"b":{"c":[null]}}]}])",
        R"("a\n  indented\nb")",
        R"("   ")",
        R"("a\n ")",
        R"("x\n\ty")",
    };
    for (const QByteArray &text : texts)
        QTest::addRow("%s", text.constData()) << text;
}

void tst_TreeText::roundTrips()
{
    QFETCH(QByteArray, json);
    const auto tree = parseJson(json.toStdString());
    QVERIFY2(tree.has_value(), outcome(tree).c_str());
    QVERIFY(*parseJson(toCompactJson(*tree)) == *tree);
    QVERIFY(*parseJson(toPrettyJson(*tree)) == *tree);
    for (const Tree &wrapped :
         {*tree, Tree::map({{"key", *tree, {}}}), Tree::list({Tree::list({*tree, *tree})})}) {
        const std::string yaml = toYaml(wrapped);
        const auto again = parseYaml(yaml);
        QVERIFY2(again.has_value(), (outcome(again) + "\n" + yaml).c_str());
        QVERIFY2(*again == wrapped, yaml.c_str());
    }
}

FB_TEST(tst_TreeText)
#include "tst_tree_text.moc"
