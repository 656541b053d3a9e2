#include "backend/documents/documents_api.h"

#include "backend/api/operation_table.h"
#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

namespace {
// Document operations reply at once.
Result<QJsonObject> answerOf(const OperationTable &table, const QString &operation, const Principal &who,
                             const QJsonObject &input)
{
    std::optional<Result<QJsonObject>> answer;
    table.call(operation, who, input, [&](const Result<QJsonObject> &reply) { answer = reply; });
    return answer ? *answer : Result<QJsonObject>(makeError(errors::kInternal, "no reply"));
}
}

class tst_DocumentsApi : public QObject
{
    Q_OBJECT

private slots:
    void operations();
    void badInput();
};

void tst_DocumentsApi::operations()
{
    DocumentStore store(u"sqlite"_s);
    OperationTable table;
    bindDocumentOperations(table, store.service);
    const auto call = [&](const QString &operation, const QJsonObject &input) {
        const auto answer = answerOf(table, operation, store.who, input);
        if (!answer)
            qWarning("%s: %s", qPrintable(operation), answer.error().message.c_str());
        return answer.value_or(QJsonObject());
    };
    const QString content
        = u"{\"schemaVersion\":\"2.2\",\"parameters\":{\"n\":{\"type\":\"String\",\"default\":\"x\"}},"
          "\"mainSteps\":[{\"action\":\"aws:runShellScript\",\"name\":\"a\",\"inputs\":{\"runCommand\":[\"id\"]}}]}"_s;
    const QJsonObject made
        = call(u"CreateDocument"_s,
               {{u"Name"_s, u"Doc"_s},
                {u"Content"_s, content},
                {u"Tags"_s, QJsonArray {QJsonObject {{u"Key"_s, u"k"_s}, {u"Value"_s, u"v"_s}}}}})
              .value(u"DocumentDescription"_s)
              .toObject();
    QCOMPARE(made.value(u"DocumentVersion"_s).toString(), u"1"_s);
    QCOMPARE(made.value(u"Parameters"_s).toArray(),
             QJsonArray(
                 {QJsonObject {{u"Name"_s, u"n"_s}, {u"Type"_s, u"String"_s}, {u"DefaultValue"_s, u"x"_s}}}));
    QCOMPARE(made.value(u"PlatformTypes"_s).toArray(), QJsonArray({u"Linux"_s, u"MacOS"_s}));
    QVERIFY(made.value(u"CreatedDate"_s).isDouble());
    const QJsonObject updated
        = call(u"UpdateDocument"_s,
               {{u"Name"_s, u"Doc"_s}, {u"Content"_s, content + u' '}, {u"DocumentVersion"_s, u"$LATEST"_s}});
    QCOMPARE(updated.value(u"DocumentDescription"_s).toObject().value(u"DocumentVersion"_s).toString(),
             u"2"_s);
    QCOMPARE(call(u"GetDocument"_s, {{u"Name"_s, u"Doc"_s}}).value(u"Content"_s).toString(), content);
    QCOMPARE(call(u"DescribeDocument"_s, {{u"Name"_s, u"Doc"_s}})
                 .value(u"Document"_s)
                 .toObject()
                 .value(u"LatestVersion"_s)
                 .toString(),
             u"2"_s);
    QCOMPARE(call(u"ListDocuments"_s, {}).value(u"DocumentIdentifiers"_s).toArray().size(), 1);
    QCOMPARE(call(u"ListDocumentVersions"_s, {{u"Name"_s, u"Doc"_s}})
                 .value(u"DocumentVersions"_s)
                 .toArray()
                 .size(),
             2);
    const QJsonObject moved
        = call(u"UpdateDocumentDefaultVersion"_s, {{u"Name"_s, u"Doc"_s}, {u"DocumentVersion"_s, u"2"_s}});
    QCOMPARE(moved.value(u"Description"_s).toObject().value(u"DefaultVersion"_s).toString(), u"2"_s);
    QVERIFY(answerOf(table, u"DeleteDocument"_s, store.who, {{u"Name"_s, u"Doc"_s}}));
    QCOMPARE(call(u"ListDocuments"_s, {}).value(u"DocumentIdentifiers"_s).toArray().size(), 0);
}

void tst_DocumentsApi::badInput()
{
    DocumentStore store(u"sqlite"_s);
    OperationTable table;
    bindDocumentOperations(table, store.service);
    const auto number
        = answerOf(table, u"CreateDocument"_s, store.who, {{u"Name"_s, 5}, {u"Content"_s, u"{}"_s}});
    QCOMPARE(codeOf(number), u"ValidationException"_s);
    QVERIFY(toQString(number.error().field) == u"Name"_s);
    const auto attached
        = answerOf(table, u"CreateDocument"_s, store.who,
                   {{u"Name"_s, u"Doc"_s},
                    {u"Content"_s, u"{}"_s},
                    {u"Attachments"_s, QJsonArray {QJsonObject {{u"Key"_s, u"SourceUrl"_s}}}}});
    QCOMPARE(codeOf(attached), u"ValidationException"_s);
    QCOMPARE(toQString(attached.error().field), u"Attachments[0].Values"_s);
    QCOMPARE(codeOf(answerOf(table, u"GetDocument"_s, store.who, {})), u"ValidationException"_s);
    QCOMPARE(codeOf(answerOf(table, u"ListDocuments"_s, store.who, {{u"MaxResults"_s, 51}})),
             u"ValidationException"_s);
}

FB_TEST(tst_DocumentsApi)
#include "tst_documents_api.moc"
