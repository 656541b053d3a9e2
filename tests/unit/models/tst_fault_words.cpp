// Every fault of a document is said in the operator's language, with the same things in its sentence.
#include "backend/language/document.h"
#include "backend/language/fault.h"
#include "models/text/fault_words.h"
#include "tests/support/test_main.h"

#include <QDomDocument>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_FaultWords : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void everyCode();
    void insertsStayAsTheyAre();
    void kinds();
    void checkedDocument();

private:
    QHash<QString, QString> m_japanese; // of fb::FaultWords
};

void tst_FaultWords::initTestCase()
{
    QFile ts(QStringLiteral(FB_SOURCE_DIR "/translations/flagbridge_ja.ts"));
    QVERIFY(ts.open(QIODevice::ReadOnly));
    QDomDocument document;
    QVERIFY(document.setContent(&ts));
    const QDomNodeList contexts = document.elementsByTagName(u"context"_s);
    for (int i = 0; i < contexts.size(); ++i) {
        const QDomElement context = contexts.at(i).toElement();
        if (context.firstChildElement(u"name"_s).text() != u"fb::FaultWords")
            continue;
        for (QDomElement message = context.firstChildElement(u"message"_s); !message.isNull();
             message = message.nextSiblingElement(u"message"_s))
            m_japanese.insert(message.firstChildElement(u"source"_s).text(),
                              message.firstChildElement(u"translation"_s).text());
    }
}

void tst_FaultWords::everyCode()
{
    static const QRegularExpression kJapanese(u"[\\x{3040}-\\x{30ff}\\x{4e00}-\\x{9fff}]"_s);
    for (const FaultCode code : kFaultCodes) {
        const QString english = FaultWords::pattern(code);
        const QByteArray name(faultPattern(code).data(), static_cast<qsizetype>(faultPattern(code).size()));
        QVERIFY2(!english.isEmpty(), name);
        QVERIFY2(m_japanese.value(english).contains(kJapanese), name);
        // Sentence and arguments are those of the API's English.
        Fault fault {.code = code};
        for (qsizetype number = 1; english.contains(QString(u'%' + QString::number(number))); ++number)
            fault.arguments.push_back("value" + std::to_string(number));
        if (code != FaultCode::DefaultRefused) // the API gives the bare reason
            QCOMPARE(FaultWords::of(fault), QString::fromStdString(fault.text()));
    }
}

void tst_FaultWords::insertsStayAsTheyAre()
{
    const Fault fault = faultOf(FaultCode::PluginUnknownNearest, "%2 <b>%1", "aws:runShellScript");
    QCOMPARE(FaultWords::of(fault),
             u"the plugin \"%2 <b>%1\" is not known; did you mean aws:runShellScript?"_s);
    const Fault nested = faultOf(FaultCode::PreconditionFails, faultOf(FaultCode::OperandsSame, "%1"));
    QCOMPARE(FaultWords::of(nested), u"both operands are \"%1\": this step will fail"_s);
}

// The words for kinds of values are translated too; each has its Japanese.
void tst_FaultWords::kinds()
{
    const QList<Tree> values {Tree(),       Tree::boolean(true), Tree::number(1), Tree::string("x"),
                              Tree::list(), Tree::map()};
    for (const Tree &value : values) {
        const std::string_view kind = value.kindName();
        const QString word = QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
        QVERIFY2(!m_japanese.value(word).isEmpty(), qPrintable(word));
    }
}

void tst_FaultWords::checkedDocument()
{
    const DocumentCheck found
        = checkDocument("schemaVersion: '2.2'\nmainSteps:\n- action: aws:wrong\n  name: a b\n",
                        DocumentFormat::Yaml, DocumentType::Command);
    QCOMPARE(found.problems.size(), size_t(2));
    for (const Problem &problem : found.problems) {
        QCOMPARE(problem.message, problem.fault.text());
        QCOMPARE(FaultWords::of(problem.fault), QString::fromStdString(problem.message));
    }
}

FB_TEST(tst_FaultWords)

}

#include "tst_fault_words.moc"
