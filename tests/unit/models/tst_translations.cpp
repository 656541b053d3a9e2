// The Japanese is whole: no unfinished entry, the same %1 and %n on both sides, mnemonics and ends of sentences kept (ux.md 11).
#include "tests/support/test_main.h"

#include <QDomDocument>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    QSet<QString> places(const QString &text)
    {
        static const QRegularExpression kPlace(u"%(?:L?[0-9]|n)"_s);
        QSet<QString> found;
        auto matches = kPlace.globalMatch(text);
        while (matches.hasNext())
            found.insert(matches.next().captured());
        return found;
    }
}

class tst_Translations : public QObject
{
    Q_OBJECT
private slots:
    void whole_data();
    void whole();
};

void tst_Translations::whole_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("forms"); // plural forms of the language
    QTest::addColumn<int>("least"); // messages, so that an empty file does not pass
    QTest::addRow("Japanese") << u"flagbridge_ja.ts"_s << 1 << 200;
    QTest::addRow("English plurals") << u"flagbridge_en.ts"_s << 2 << 20;
}

void tst_Translations::whole()
{
    QFETCH(QString, file);
    QFETCH(int, forms);
    QFETCH(int, least);
    QFile ts(QStringLiteral(FB_SOURCE_DIR "/translations/") + file);
    QVERIFY(ts.open(QIODevice::ReadOnly));
    QDomDocument document;
    QVERIFY(document.setContent(&ts));
    const QDomNodeList messages = document.elementsByTagName(u"message"_s);
    QVERIFY2(messages.size() >= least, qPrintable(QString::number(messages.size())));
    for (int i = 0; i < messages.size(); ++i) {
        const QDomElement message = messages.at(i).toElement();
        const QString source = message.firstChildElement(u"source"_s).text();
        const QDomElement translation = message.firstChildElement(u"translation"_s);
        QVERIFY2(!translation.hasAttribute(u"type"_s), qPrintable(u"unfinished or obsolete: "_s + source));
        QStringList texts;
        if (message.hasAttribute(u"numerus"_s)) {
            const QDomNodeList all = translation.elementsByTagName(u"numerusform"_s);
            QCOMPARE(all.size(), forms);
            for (int form = 0; form < all.size(); ++form)
                texts << all.at(form).toElement().text();
        } else {
            texts << translation.text();
        }
        for (qsizetype form = 0; form < texts.size(); ++form) {
            QVERIFY2(!texts[form].trimmed().isEmpty(), qPrintable(u"empty: "_s + source));
            QSet<QString> wanted = places(source);
            QSet<QString> given = places(texts[form]);
            if (forms == 2 && form == 0) { // "this one" may stand for 1
                wanted.remove(u"%n"_s);
                given.remove(u"%n"_s);
            }
            QVERIFY2(wanted == given, qPrintable(u"other places in: %1 -> %2"_s.arg(source, texts[form])));
            QCOMPARE(texts[form].endsWith(u"..."_s), source.endsWith(u"..."_s));
        }
    }
}

FB_TEST(tst_Translations)

}

#include "tst_translations.moc"
