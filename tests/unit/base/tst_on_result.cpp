#include "backend/base/on_result.h"

#include "backend/base/fail.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <thread>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_OnResult : public QObject
{
    Q_OBJECT

private slots:
    void answersOnTheContextsThread();
    void isSilentOnceTheContextIsGone();
    void droppedPromiseIsAnError();
    void readyAnswersComeToo();
    void failNamesTheField();
};

void tst_OnResult::answersOnTheContextsThread()
{
    QPromise<Result<int>> promise;
    promise.start();
    QObject context;
    std::optional<Result<int>> answer;
    QThread *answeredOn = nullptr;
    onResult(promise.future(), &context, [&](const Result<int> &result) {
        answer = result;
        answeredOn = QThread::currentThread();
    });
    std::thread other([&promise] {
        promise.addResult(7);
        promise.finish();
    });
    other.join();
    QVERIFY(!answer);
    QTRY_VERIFY(answer.has_value());
    QCOMPARE(answer->value(), 7);
    QCOMPARE(answeredOn, QThread::currentThread());
    QTRY_VERIFY(context.children().isEmpty()); // nothing is left behind
}

void tst_OnResult::isSilentOnceTheContextIsGone()
{
    QPromise<Result<int>> promise;
    promise.start();
    bool called = false;
    {
        QObject context;
        onResult(promise.future(), &context, [&](const Result<int> &) { called = true; });
    }
    promise.addResult(7);
    promise.finish();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void tst_OnResult::droppedPromiseIsAnError()
{
    QObject context;
    std::optional<Result<int>> answer;
    {
        QPromise<Result<int>> promise;
        promise.start();
        onResult(promise.future(), &context, [&](const Result<int> &result) { answer = result; });
    }
    QTRY_VERIFY(answer.has_value());
    QVERIFY(answer->error().code == errors::kServiceUnavailable);
}

void tst_OnResult::readyAnswersComeToo()
{
    QObject context;
    std::optional<Result<QString>> answer;
    onResult(readyResult(Result<QString>(u"now"_s)), &context,
             [&](const Result<QString> &result) { answer = result; });
    QTRY_VERIFY(answer.has_value());
    QCOMPARE(answer->value(), u"now"_s);
}

void tst_OnResult::failNamesTheField()
{
    const Result<int> failed = fail(errors::kValidation, u"29 ist zu früh"_s, u"TimeoutSeconds"_s);
    QCOMPARE(failed.error().message, std::string("29 ist zu fr\xc3\xbch"));
    QCOMPARE(failed.error().field, std::string("TimeoutSeconds"));
}

FB_TEST(tst_OnResult)
#include "tst_on_result.moc"
