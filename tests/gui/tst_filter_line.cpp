#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// The filter line of the fleet by keyboard: suggestions, tokens, text.
class tst_FilterLine : public QObject
{
    Q_OBJECT
private slots:
    void suggestedStepByStep();
    void clickTakesASuggestion();
    void walksAndEditsTokens();
    void nothingTypedIsLost();
    void copiesAndPastes();
    void pasteKeepsWhatIsTyped();
    void wrongKeepsTheLastGoodResult();
    void manyTokensLeaveRoomToType();
    void titlesOfTheOtherLanguage();
    void wordsOfTheOtherLanguage();
    void hostileValuesArePlain();

private:
    struct Parts {
        explicit Parts(ConsoleFixture &shown)
            : table(shown.find<DataTable>("fleetTable")),
              line(shown.find<FilterLine>("fleetFilter")),
              edit(shown.find<QLineEdit>("fleetFilterEdit"))
        {
            edit->setFocus();
        }
        int rows() const { return table->model()->rowCount(); }
        DataTable *table;
        FilterLine *line;
        QLineEdit *edit;
    };
};

void tst_FilterLine::suggestedStepByStep()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    QTest::keyClicks(on.edit, u"last"_s);
    auto *list = static_cast<QListWidget *>(shown.visible("fleetFilterSuggestionsList"));
    QVERIFY(list);
    QCOMPARE(list->currentRow(), -1); // Enter takes what was typed until one is chosen
    QTest::keyClick(on.edit, Qt::Key_Down);
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.edit->text(), u"Last ping < "_s);
    QVERIFY(on.edit->hasFocus());
    QTest::keyClick(on.edit, Qt::Key_Down);
    QTest::keyClick(on.edit, Qt::Key_Tab);
    QCOMPARE(on.line->query().tokens.value(0).text(), u"lastping<5 min ago"_s);
    QVERIFY(on.edit->text().isEmpty());
    QVERIFY(!shown.visible("fleetFilterSuggestionsList"));
    QVERIFY(on.rows() > 0 && on.rows() < 26); // some are silent for longer
    QTest::keyClicks(on.edit, u"x"_s);
    QTest::keyClick(on.edit, Qt::Key_Backspace);
    QTest::keyClick(on.edit, Qt::Key_Escape); // first the list
    QVERIFY(!shown.visible("fleetFilterSuggestionsList"));
    QCOMPARE(on.line->query().tokens.size(), 1);
    QTest::keyClick(on.edit, Qt::Key_Escape); // then the filter
    QVERIFY(on.line->query().isEmpty());
}

void tst_FilterLine::clickTakesASuggestion()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    QTest::keyClicks(on.edit, u"Platform = ro"_s);
    auto *list = static_cast<QListWidget *>(shown.visible("fleetFilterSuggestionsList"));
    QVERIFY(list);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
    QCOMPARE(on.line->query().tokens.value(0).text(), u"platform=Rocky Linux 9.5"_s);
}

void tst_FilterLine::walksAndEditsTokens()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    for (const auto &token : {u"ping=Online "_s, u"tag:env=prod "_s, u"tag:site=tyo "_s})
        QTest::keyClicks(on.edit, token);
    QCOMPARE(on.line->query().tokens.size(), 3);
    QTest::keyClick(on.edit, Qt::Key_Left);
    QTest::keyClick(on.edit, Qt::Key_Left);
    QVERIFY(on.edit->accessibleDescription().contains(u"env = prod"_s)); // spoken
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.edit->text(), u"tag:env = prod"_s);
    QCOMPARE(on.line->query().tokens.size(), 2);
    on.edit->setText(u"tag:env = dev"_s);
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.line->query().tokens.value(1).text(), u"tag:env=dev"_s); // in its place
    QTest::keyClick(on.edit, Qt::Key_Left);
    QTest::keyClick(on.edit, Qt::Key_Home);
    QTest::keyClick(on.edit, Qt::Key_Delete);
    QCOMPARE(on.line->query().tokens.size(), 2);
    QCOMPARE(on.line->query().tokens.value(0).text(), u"tag:env=dev"_s);
    QTest::keyClick(on.edit, Qt::Key_Left);
    QTest::keyClick(on.edit, Qt::Key_Right); // back in the text
    QTest::keyClicks(on.edit, u"b"_s);
    QCOMPARE(on.edit->text(), u"b"_s);
}

// A click on another token, Escape and a click elsewhere while a token is edited: each leaves what was there.
void tst_FilterLine::nothingTypedIsLost()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    on.line->setQuery(TableQuery::fromText(u"tag:env=prod; platform~Debian; web"_s));
    const TableQuery whole = on.line->query();
    const int rows = on.rows();
    const auto walkTo = [&](int tokens) { // back from the text
        QTest::keyClick(on.edit, Qt::Key_Home);
        for (int i = 0; i < tokens; ++i)
            QTest::keyClick(on.edit, Qt::Key_Left);
        QTest::keyClick(on.edit, Qt::Key_Return);
    };
    walkTo(2); // the words go aside and narrow on
    QCOMPARE(on.edit->text(), u"tag:env = prod"_s);
    QCOMPARE(on.line->query().text, u"web"_s);
    QTest::keyClicks(on.edit, u"uction"_s);
    QTest::keyClick(on.edit, Qt::Key_Escape); // as it was
    QCOMPARE(on.line->query(), whole);
    QCOMPARE(on.edit->text(), u"web"_s);
    QCOMPARE(on.rows(), rows);

    walkTo(2); // one is edited, then the other is clicked
    on.edit->setText(u"tag:env = dev"_s);
    QTest::mouseClick(on.line, Qt::LeftButton, {}, QPoint(60, on.line->height() / 2));
    QCOMPARE(on.edit->text(), u"Platform ~ Debian"_s);
    QCOMPARE(on.line->query().tokens.first().text(), u"tag:env=dev"_s);
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.line->query().toText(), u"tag:env=dev; platform~Debian; web"_s);

    walkTo(1); // what cannot be read has to be mended before another is edited
    on.edit->setText(u"Last ping < soon"_s);
    QTest::mouseClick(on.line, Qt::LeftButton, {}, QPoint(60, on.line->height() / 2));
    QCOMPARE(on.edit->text(), u"Last ping < soon"_s);
    QVERIFY(!on.line->problem().isEmpty());
    QTest::keyClick(on.edit, Qt::Key_Escape);
    QCOMPARE(on.line->query().toText(), u"tag:env=dev; platform~Debian; web"_s);

    walkTo(1); // a click elsewhere takes it as typed
    on.edit->setText(u"Platform ~ Rocky"_s);
    on.table->setFocus(Qt::MouseFocusReason);
    QCOMPARE(on.line->query().toText(), u"tag:env=dev; platform~Rocky; web"_s);

    on.edit->setFocus();
    walkTo(1); // emptied, it is gone
    on.edit->clear();
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.line->query().toText(), u"tag:env=dev; web"_s);
    QTest::keyClick(on.edit, Qt::Key_Escape); // the words first
    QCOMPARE(on.line->query().toText(), u"tag:env=dev"_s);
    QTest::keyClick(on.edit, Qt::Key_Escape);
    QVERIFY(on.line->query().isEmpty());
}

void tst_FilterLine::pasteKeepsWhatIsTyped()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    QTest::keyClicks(on.edit, u"web"_s);
    QGuiApplication::clipboard()->setText(u"tag:env=prod"_s);
    QTest::keySequence(on.edit, QKeySequence::Paste);
    QCOMPARE(on.line->query().toText(), u"tag:env=prod; web"_s);
    QGuiApplication::clipboard()->setText(u" tyo"_s);
    QTest::keySequence(on.edit, QKeySequence::Paste);
    QCOMPARE(on.edit->text(), u"web tyo"_s);
}

void tst_FilterLine::copiesAndPastes()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    QTest::keyClicks(on.edit, u"tag:role=database "_s);
    QTest::keyClicks(on.edit, u"primary"_s);
    QCOMPARE(on.rows(), 1);
    QTest::keyClick(on.edit, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"tag:role=database; primary"_s);
    on.line->clear();
    QCOMPARE(on.rows(), 26);
    QTest::keyClick(on.edit, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(on.line->query().tokens.size(), 1);
    QCOMPARE(on.edit->text(), u"primary"_s);
    QCOMPARE(on.rows(), 1);
    on.line->clear();
    QGuiApplication::clipboard()->setText(u"document=X; ping=Online"_s); // of the runs' table
    QTest::keyClick(on.edit, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(on.line->query().tokens.size(), 1);
    QVERIFY(on.line->problem().contains(u"Filter by one of"_s));
}

void tst_FilterLine::wrongKeepsTheLastGoodResult()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    QTest::keyClicks(on.edit, u"tag:role=database "_s);
    QCOMPARE(on.rows(), 3);
    QTest::keyClicks(on.edit, u"CPU > plenty"_s);
    QCOMPARE(on.rows(), 3);
    QTest::keyClick(on.edit, Qt::Key_Return);
    QVERIFY(on.line->problem().contains(u"\"plenty\" is not understood"_s));
    QCOMPARE(on.rows(), 3);
    QCOMPARE(on.edit->text(), u"CPU > plenty"_s); // to be mended
    QTest::keyClick(on.edit, Qt::Key_Backspace);
    QVERIFY(on.line->problem().isEmpty());
    on.edit->setText(u"CPU > 80%"_s);
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.rows(), 1);
}

void tst_FilterLine::manyTokensLeaveRoomToType()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    for (int i = 0; i < 20; ++i)
        QTest::keyClicks(on.edit, u"name!=somewhat-long-name-%1 "_s.arg(i));
    QCOMPARE(on.line->query().tokens.size(), 20);
    QVERIFY(on.edit->width() > 60);
    QVERIFY(on.edit->geometry().right() <= on.line->width());
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(on.edit, Qt::Key_Left); // those at the front come into view
    QVERIFY(on.edit->accessibleDescription().contains(u"name-0"_s));
    QTest::keyClick(on.edit, Qt::Key_Delete);
    QCOMPARE(on.line->query().tokens.size(), 19);
}

void tst_FilterLine::titlesOfTheOtherLanguage()
{
    ConsoleFixture shown(Fleet::Sample, u"ja"_s);
    Parts on(shown);
    on.edit->setText(u"プラットフォーム = Rocky"_s);
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.line->query().tokens.value(0).text(), u"platform=Rocky"_s); // links work in every language
}

// [U01] [U04] a platform's name of a stranger stands in the list as it is, and a quote in it stays a value
// Free text finds the words that are shown, also after a switch.
void tst_FilterLine::wordsOfTheOtherLanguage()
{
    ConsoleFixture shown(Fleet::Sample);
    const auto found = [&](const QString &word) {
        Parts on(shown);
        on.line->setQuery({word, {}});
        const int rows = on.rows();
        on.line->clear();
        return rows;
    };
    QCOMPARE(found(u"quarantined"_s), 1);
    shown.settings.setLanguage(u"ja"_s);
    QCoreApplication::processEvents();
    QCOMPARE(found(u"quarantined"_s), 0);
    QCOMPARE(found(PingWords::word(PingState::Quarantined)), 1);
    QVERIFY(PingWords::word(PingState::Quarantined) != u"Quarantined"_s);
    shown.settings.setLanguage(u"en"_s);
    QCoreApplication::processEvents();
    QCOMPARE(found(u"quarantined"_s), 1);
}

void tst_FilterLine::hostileValuesArePlain()
{
    ConsoleFixture shown(Fleet::Sample);
    Parts on(shown);
    NodeRow row = shown.fleet->nodes().allNodes()[0];
    row.id = u"mi-0hostile"_s;
    row.platform = u"<b>\"x\"; y</b>\u202e, z"_s;
    shown.fleet->nodes().applyNodes({row});
    on.edit->setText(u"Platform = <b"_s);
    emit on.edit->textEdited(on.edit->text());
    auto *list = static_cast<QListWidget *>(shown.visible("fleetFilterSuggestionsList"));
    QVERIFY(list);
    QVERIFY(list->item(0)->text().contains(u"<b>"_s));
    QVERIFY(!list->item(0)->text().contains(QChar(0x202e)));
    QTest::keyClick(on.edit, Qt::Key_Down);
    QTest::keyClick(on.edit, Qt::Key_Return);
    QCOMPARE(on.line->query().tokens.value(0).values, QStringList {row.platform});
    QCOMPARE(on.rows(), 1);
}

FB_TEST(tst_FilterLine)

}

#include "tst_filter_line.moc"
