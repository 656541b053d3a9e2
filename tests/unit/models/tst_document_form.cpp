#include "models/nodes/runcommand/document_form.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_DocumentForm : public QObject
{
    Q_OBJECT
private slots:
    void checks_data();
    void checks();
};

void tst_DocumentForm::checks_data()
{
    using Type = DocumentParameter::Type;
    QTest::addColumn<DocumentParameter>("parameter");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QString>("advice"); // empty: right
    DocumentParameter commands;
    commands.type = Type::List;
    commands.minItems = 1;
    QTest::addRow("required and empty")
        << commands << QStringList {} << u"Enter a value; the document has no default."_s;
    QTest::addRow("required and there") << commands << QStringList {u"uptime"_s} << QString();
    DocumentParameter timeout;
    timeout.hasDefault = true;
    timeout.defaultValue = QStringList {u"3600"_s};
    timeout.allowedPattern = u"^[1-9][0-9]{0,4}$"_s;
    QTest::addRow("empty takes the default") << timeout << QStringList {} << QString();
    QTest::addRow("pattern") << timeout << QStringList {u"0"_s}
                             << u"Enter a value that matches this pattern: ^[1-9][0-9]{0,4}$"_s;
    QTest::addRow("pattern met") << timeout << QStringList {u"60"_s} << QString();
    DocumentParameter choice;
    choice.allowedValues = QStringList {u"Install"_s, u"Uninstall"_s};
    QTest::addRow("not allowed") << choice << QStringList {u"Delete"_s}
                                 << u"Choose one of: Install, Uninstall"_s;
    DocumentParameter number;
    number.type = Type::Integer;
    QTest::addRow("not a number") << number << QStringList {u"ten"_s} << u"Enter a whole number."_s;
    DocumentParameter few;
    few.type = Type::List;
    few.maxItems = 2;
    QTest::addRow("too many") << few << QStringList {u"a"_s, u"b"_s, u"c"_s} << u"Enter at most 2 line(s)."_s;
    DocumentParameter shortText;
    shortText.maxChars = 3;
    QTest::addRow("whole value")
        <<
        [] {
            DocumentParameter count;
            count.allowedPattern = u"[1-9]"_s;
            return count;
        }()
        << QStringList {u"12"_s}
        << u"Enter a value that matches this pattern: [1-9]"_s; // as the engine judges it
    QTest::addRow("reference") << timeout << QStringList {u"{{ssm:seconds}}"_s} << QString();
    DocumentParameter map;
    map.type = Type::Map;
    QTest::addRow("no object") << map << QStringList {u"[1]"_s}
                               << u"Enter a JSON object, for example {\"key\": \"value\"}."_s;
    QTest::addRow("object") << map << QStringList {u"{\"a\": \"b\"}"_s} << QString();
    DocumentParameter maps;
    maps.type = Type::MapList;
    QTest::addRow("no list") << maps << QStringList {u"{\"a\": 1}"_s}
                             << u"Enter a JSON list of objects, for example [{\"key\": \"value\"}]."_s;
    QTest::addRow("too long") << shortText << QStringList {u"abcd"_s} << u"Enter at most 3 character(s)."_s;
}

void tst_DocumentForm::checks()
{
    QFETCH(DocumentParameter, parameter);
    QFETCH(QStringList, values);
    QFETCH(QString, advice);
    QCOMPARE(DocumentForm::check(parameter, values).value_or(QString()), advice);
}

FB_TEST(tst_DocumentForm)

}

#include "tst_document_form.moc"
