#include "backend/documents/document_cache.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_DocumentCache : public QObject
{
    Q_OBJECT

private slots:
    void parsesOnce();
    void forgetsTheLeastUsed();
    void keepsNoFaults();

private:
    const QByteArray m_shell {
        R"({"schemaVersion":"2.2","mainSteps":[{"action":"aws:runShellScript","name":"a","inputs":{"runCommand":"id"}}]})"};
};

void tst_DocumentCache::parsesOnce()
{
    DocumentCache cache;
    const auto first = cache.document(u"h"_s, DocumentType::Command, DocumentFormat::Json, m_shell, {});
    const auto second = cache.document(u"h"_s, DocumentType::Command, DocumentFormat::Json, m_shell, {});
    QVERIFY(first && second);
    QVERIFY(*first == *second);
    // JSON is YAML too, but what is kept is one format's reading.
    QVERIFY(!cache.cached(u"h"_s, DocumentType::Command, DocumentFormat::Yaml));
}

void tst_DocumentCache::forgetsTheLeastUsed()
{
    DocumentCache cache;
    const auto add = [&](int number) {
        return cache.document(QString::number(number), DocumentType::Command, DocumentFormat::Json, m_shell,
                              {});
    };
    for (int i = 0; i < DocumentCache::kMostDocuments; ++i)
        QVERIFY(add(i));
    const SharedDocument held = *add(0); // used again, so 1 is now the one used least
    QVERIFY(add(DocumentCache::kMostDocuments));
    QVERIFY(cache.cached(u"0"_s, DocumentType::Command, DocumentFormat::Json) == held);
    QVERIFY(!cache.cached(u"1"_s, DocumentType::Command, DocumentFormat::Json));
    QVERIFY(cache.cached(u"2"_s, DocumentType::Command, DocumentFormat::Json));
}

void tst_DocumentCache::keepsNoFaults()
{
    DocumentCache cache;
    const auto broken = cache.document(u"h"_s, DocumentType::Command, DocumentFormat::Json, "{", {});
    QVERIFY(!broken);
    QVERIFY(broken.error().code == errors::kInvalidDocumentContent);
    QVERIFY(cache.document(u"h"_s, DocumentType::Command, DocumentFormat::Json, m_shell, {}));
}

FB_TEST(tst_DocumentCache)
#include "tst_document_cache.moc"
