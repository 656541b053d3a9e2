#include "backend/core/result.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_Result : public QObject
{
    Q_OBJECT

private slots:
    void mapKeepsTheError();
    void andThenChains();
    void everyCodeHasItsKind();
};

void tst_Result::mapKeepsTheError()
{
    const Result<int> bad = makeError(errors::kValidation, "29 is below 30", "TimeoutSeconds");
    const Result<std::string> mapped = bad.map([](int value) { return std::to_string(value); });
    QVERIFY(!mapped);
    QCOMPARE(mapped.error().field, std::string("TimeoutSeconds"));
    QCOMPARE(*Result<int>(7).map([](int value) { return value * 2; }), 14);
}

void tst_Result::andThenChains()
{
    const auto half = [](int value) -> Result<int> {
        if (value % 2 != 0)
            return makeError(errors::kValidation, "odd");
        return value / 2;
    };
    QCOMPARE(*Result<int>(8).andThen(half).andThen(half), 2);
    QVERIFY(!Result<int>(6).andThen(half).andThen(half));
}

void tst_Result::everyCodeHasItsKind()
{
    QCOMPARE(errorKind(errors::kAccessDenied), ErrorKind::Denied);
    QCOMPARE(httpStatus(errors::kServiceUnavailable), 503);
    QVERIFY(errorCodeNamed("InvalidDocument") == errors::kInvalidDocument);
    QVERIFY(errorCodeNamed("SomethingElse") == errors::kInternal);
}

FB_TEST(tst_Result)
#include "tst_result.moc"
