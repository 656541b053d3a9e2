#include "backend/base/compact_text.h"

#include "backend/base/field_table.h"
#include "tests/support/test_main.h"

#include <QSet>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

namespace {
struct Machine {
    CompactText kernel;
};

constexpr auto fieldsOf(const Machine *)
{
    return fieldTable(field("Kernel", &Machine::kernel).omitEmpty().length(0, 5));
}
}

class tst_CompactText : public QObject
{
    Q_OBJECT

private slots:
    void readsBack_data();
    void readsBack();
    void isAValue();
    void isAField();
};

void tst_CompactText::readsBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("Latin") << u"6.1.0-18-amd64"_s;
    QTest::newRow("Japanese") << u"本番サーバー"_s;
    QTest::newRow("beyond the first plane") << u"🚀"_s;
    QTest::newRow("with a zero") << u"a\0b"_s;
    QTest::newRow("long") << QString(10'000, u'x');
}

void tst_CompactText::readsBack()
{
    QFETCH(QString, text);
    const CompactText compact = text;
    QCOMPARE(compact.text(), text);
    QCOMPARE(compact.isEmpty(), text.isEmpty());
    QVERIFY(compact == text);
    QVERIFY(!(compact == QString(text + u'!')));
}

void tst_CompactText::isAValue()
{
    CompactText a = u"Debian"_s;
    const CompactText b = a;
    a = u"Ubuntu"_s;
    QCOMPARE(b.text(), u"Debian"_s);
    QVERIFY(!(a == b));
    QSet<CompactText> all {a, b, u"Debian"_s};
    QCOMPARE(all.size(), 2);
    QCOMPARE(sizeof(CompactText), sizeof(void *));
}

void tst_CompactText::isAField()
{
    const auto read = fromJson<Machine>({{u"Kernel"_s, u"6.1"_s}});
    QVERIFY(read.has_value());
    QCOMPARE(toJson(*read), (QJsonObject {{u"Kernel"_s, u"6.1"_s}}));
    const auto longOne = fromJson<Machine>({{u"Kernel"_s, u"6.1.0-18"_s}});
    QVERIFY(!longOne.has_value());
    QCOMPARE(longOne.error().field, std::string("Kernel"));
}

FB_TEST(tst_CompactText)

#include "tst_compact_text.moc"
