// A switch of the language at run time leaves no word of the other one: every page and state is opened in English, switched to Japanese and
// back, and each visible text is walked.
#include "tests/gui/console_fixture.h"
#include "tests/gui/page_states.h"
#include "tests/support/test_main.h"
#include "ui/widgets/sheet.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDomDocument>
#include <QFile>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QTabBar>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

namespace {

    bool isJapanese(const QString &text)
    {
        static const QRegularExpression kKana(u"[\\x{3040}-\\x{30ff}\\x{4e00}-\\x{9fff}]"_s);
        return text.contains(kKana);
    }

    // The English of every message whose Japanese is another text. Sentences with places match what stands in them.
    class EnglishSentences
    {
    public:
        bool load()
        {
            QFile ts(QStringLiteral(FB_SOURCE_DIR "/translations/flagbridge_ja.ts"));
            QDomDocument document;
            if (!ts.open(QIODevice::ReadOnly) || !document.setContent(&ts))
                return false;
            const QDomNodeList messages = document.elementsByTagName(u"message"_s);
            for (int i = 0; i < messages.size(); ++i) {
                const QDomElement message = messages.at(i).toElement();
                const QString source = message.firstChildElement(u"source"_s).text();
                if (isJapanese(message.firstChildElement(u"translation"_s).text()))
                    add(source);
            }
            return m_whole.size() > 200;
        }

        bool has(QString text) const
        {
            text = plain(text);
            return m_whole.contains(text)
                || std::any_of(
                       m_patterns.cbegin(), m_patterns.cend(),
                       [&](const QRegularExpression &pattern) { return pattern.match(text).hasMatch(); });
        }

    private:
        static QString plain(QString text) { return text.remove(u'&').trimmed(); }

        void add(const QString &source)
        {
            static const QRegularExpression kPlace(u"%(?:L?[0-9]|n)"_s);
            if (!source.contains(kPlace)) {
                m_whole.insert(plain(source));
                return;
            }
            // Two words at least, or anything would match.
            QString letters = source;
            letters.remove(kPlace);
            static const QRegularExpression kTwoWords(u"[A-Za-z]{3,}.*[A-Za-z]{3,}"_s);
            if (!letters.contains(kTwoWords))
                return;
            const QStringList parts = plain(source).split(kPlace);
            QStringList escaped;
            for (const QString &part : parts)
                escaped << QRegularExpression::escape(part);
            m_patterns << QRegularExpression(QRegularExpression::anchoredPattern(escaped.join(u".+"_s)),
                                             QRegularExpression::DotMatchesEverythingOption);
        }

        QSet<QString> m_whole;
        QList<QRegularExpression> m_patterns;
    };

    // Each visible text with the name of what shows it.
    QList<QPair<QString, QString>> visibleTexts(const QWidget &window)
    {
        QList<QPair<QString, QString>> texts;
        const QList<QWidget *> widgets = window.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible())
                continue;
            const auto add = [&](const QString &text) {
                if (!text.trimmed().isEmpty())
                    texts.append({u"%1 %2"_s.arg(QLatin1StringView(widget->metaObject()->className()),
                                                 widget->objectName()),
                                  text});
            };
            add(widget->toolTip());
            add(widget->accessibleName());
            if (const auto *label = qobject_cast<const QLabel *>(widget))
                add(label->text());
            if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
                add(button->text());
            if (const auto *box = qobject_cast<const QGroupBox *>(widget))
                add(box->title());
            if (const auto *line = qobject_cast<const QLineEdit *>(widget))
                add(line->placeholderText());
            if (const auto *combo = qobject_cast<const QComboBox *>(widget)) {
                for (int item = 0; item < combo->count(); ++item)
                    add(combo->itemText(item));
            }
            if (const auto *bar = qobject_cast<const QTabBar *>(widget)) {
                for (int tab = 0; tab < bar->count(); ++tab)
                    add(bar->tabText(tab));
            }
            if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model()) {
                const QAbstractItemModel *model = view->model();
                for (int column = 0; column < model->columnCount(); ++column) {
                    add(model->headerData(column, Qt::Horizontal).toString());
                    for (int row = 0; row < qMin(model->rowCount(), 40); ++row) {
                        add(model->index(row, column).data(Qt::DisplayRole).toString());
                    }
                }
            }
        }
        const QList<QMenu *> menus = window.findChildren<QMenu *>();
        for (const QMenu *menu : menus) {
            const QList<QAction *> entries = menu->actions();
            for (const QAction *entry : entries)
                texts.append({u"menu "_s + menu->objectName(), entry->text()});
        }
        return texts;
    }
}

class tst_Language : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_english.load()); }
    void switching_data();
    void switching();

private:
    QStringList english(const QWidget &window) const;
    static QStringList japanese(const QWidget &window);
    void openingAfterwards(const QString &name);
    static void switchTo(const QString &language, ConsoleFixture &shown);

    EnglishSentences m_english;
};

QStringList tst_Language::english(const QWidget &window) const
{
    // Names of the API that happen to be words of ours too: a parameter, a type of document, a node profile, the role, the
    // result and the members that the log wrote down.
    static const QSet<QString> kNames {u"commands"_s, u"Command"_s, u"Default"_s, u"Administrator"_s,
                                       u"Operator"_s, u"Success"_s, u"Name"_s,    u"Tags"_s};
    QStringList found;
    const auto texts = visibleTexts(window);
    for (const auto &[where, text] : texts) {
        if (!isJapanese(text) && !kNames.contains(text) && m_english.has(text))
            found << u"%1: %2"_s.arg(where, text.left(120));
    }
    return found;
}

QStringList tst_Language::japanese(const QWidget &window)
{
    QStringList found;
    const auto texts = visibleTexts(window);
    for (const auto &[where, text] : texts) {
        if (isJapanese(text) && text != u"日本語"_s)
            found << u"%1: %2"_s.arg(where, text.left(120));
    }
    return found;
}

void tst_Language::switching_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = PageStates::names();
    for (const QString &name : names)
        QTest::addRow("%s", qPrintable(name)) << name;
}

void tst_Language::switching()
{
    QFETCH(QString, name);
    ConsoleFixture shown(PageStates::fleetOf(name));
    const auto open = [&] { PageStates::open(name, shown); };
    open();
    QVERIFY(!QTest::currentTestFailed());
    const auto hasSheet = [&shown] {
        const QList<Sheet *> sheets = shown.window().findChildren<Sheet *>();
        return std::any_of(sheets.cbegin(), sheets.cend(),
                           [](const Sheet *sheet) { return sheet->isVisible(); });
    };
    if (hasSheet()) // what stands on it is not thrown away: the other language comes when it is shut
        return openingAfterwards(name);
    const QStringList before = japanese(shown.window()); // what people wrote
    switchTo(u"ja"_s, shown);
    QCOMPARE(english(shown.window()).join(u'\n'), QString());
    switchTo(u"en"_s, shown);
    QCOMPARE(japanese(shown.window()), before);
}

void tst_Language::openingAfterwards(const QString &name)
{
    ConsoleFixture shown(PageStates::fleetOf(name));
    switchTo(u"ja"_s, shown);
    PageStates::open(name, shown);
    QVERIFY(!QTest::currentTestFailed());
    QCOMPARE(english(shown.window()).join(u'\n'), QString());
}

void tst_Language::switchTo(const QString &language, ConsoleFixture &shown)
{
    shown.console->setLanguage(language);
    QCoreApplication::processEvents();
    QTRY_VERIFY(shown.window().isVisible());
}

FB_TEST(tst_Language)

}

#include "tst_language.moc"
