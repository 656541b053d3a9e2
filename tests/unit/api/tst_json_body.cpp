#include "backend/api/json_body.h"

#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_JsonBody : public QObject
{
    Q_OBJECT

private slots:
    void reads();
    void refuses_data();
    void refuses();
};

void tst_JsonBody::reads()
{
    const auto read = readJsonBody(
        R"({"Text":"\u00e9\n","Whole":9007199254740993,"Half":1.5,"List":[true,null,{"a":-2}]})");
    QVERIFY(read);
    QCOMPARE((*read)[u"Text"].toString(), u"é\n"_s);
    QCOMPARE((*read)[u"Whole"].toInteger(), 9007199254740993);
    QCOMPARE((*read)[u"Half"].toDouble(), 1.5);
    QCOMPARE((*read)[u"List"][0].toBool(), true);
    QVERIFY((*read)[u"List"][1].isNull());
    QCOMPARE((*read)[u"List"][2][u"a"].toInt(), -2);
    QVERIFY(readJsonBody("")->isEmpty());
    QCOMPARE(writeJsonBody(*readJsonBody(R"({"b":[1]})")), std::string(R"({"b":[1]})"));
}

void tst_JsonBody::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addRow("cut off") << QByteArray(R"({"a":)");
    QTest::addRow("a list") << QByteArray("[]");
    QTest::addRow("a key twice") << QByteArray(R"({"a":1,"a":2})");
    QTest::addRow("bytes after it") << QByteArray("{} {}");
    QTest::addRow("bad UTF-8") << QByteArray("{\"a\":\"\xc3\x28\"}");
    QTest::addRow("a comment") << QByteArray("{/* */}");
    QTest::addRow("depth") << QByteArray(R"({"a":)") + QByteArray(100'000, '[') + QByteArray(100'000, ']')
            + '}';
    QTest::addRow("size") << QByteArray(R"({"a":")") + QByteArray(5'000'000, 'x') + "\"}";
}

void tst_JsonBody::refuses()
{
    QFETCH(QByteArray, body);
    const auto read = readJsonBody(std::string_view(body.constData(), static_cast<size_t>(body.size())));
    QVERIFY(!read);
    QVERIFY(read.error().code == errors::kSerialization);
    QVERIFY(read.error().message.size() < 400);
}

FB_TEST(tst_JsonBody)
#include "tst_json_body.moc"
