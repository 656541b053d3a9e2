// Keys alone (ux.md 10): every control of every page and main state is reached by Tab in reading order, none is a trap, and where one stands is
// seen.
#include "tests/gui/focus_walk.h"
#include "tests/gui/keyboard_hand.h"
#include "tests/gui/page_states.h"
#include "tests/gui/page_walker.h"
#include "tests/support/test_main.h"

#include "ui/shell/command_registry.h"
#include "ui/text/code_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/segmented_bar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    // A part that is shown before it has a parent is a window of its own for a moment: it flashes, and the keys go with it.
    class StrayWindows final : public QObject
    {
    public:
        StrayWindows() { qApp->installEventFilter(this); }
        QStringList seen;

    protected:
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            const auto *widget = qobject_cast<const QWidget *>(watched);
            if (event->type() == QEvent::Show && widget && widget->isWindow()
                && !qobject_cast<const MainWindow *>(widget) && !qobject_cast<const WelcomeWindow *>(widget))
                seen << FocusWalk::nameOf(widget);
            return QObject::eventFilter(watched, event);
        }
    };
}

class tst_KeyboardWalk : public QObject
{
    Q_OBJECT
private slots:
    void everyControl_data();
    void everyControl();
    void everyCommand_data();
    void everyCommand();
    void mnemonicsAreUnique_data();
    void mnemonicsAreUnique();
    void mnemonicsThatClashAreFound();
    void partsOfABar();
    void textsLetGo();
    void tallPartsScroll();
    void ringsAreForKeys();
};

void tst_KeyboardWalk::everyControl_data()
{
    QTest::addColumn<QString>("state");
    const QStringList names = PageStates::names() + PageStates::ofWelcome();
    // Tab is the shell's in a terminal, and F6 the way out: tst_SessionDesk goes round by it.
    const QStringList ofTerminals {u"sessions-desk"_s, u"sessions-ended"_s, u"sessions-resume"_s};
    for (const QString &name : names) {
        if (!ofTerminals.contains(name))
            QTest::addRow("%s", qPrintable(name)) << name;
    }
}

void tst_KeyboardWalk::everyControl()
{
    QFETCH(QString, state);
    StrayWindows stray;
    ConsoleFixture shown(PageStates::fleetOf(state));
    std::unique_ptr<WelcomeWindow> welcome;
    if (PageStates::ofWelcome().contains(state))
        welcome = PageStates::welcome(state);
    else
        PageStates::open(state, shown);
    QVERIFY(!QTest::currentTestFailed());
    QTest::qWait(50); // layouts settle
    QVERIFY2(stray.seen.isEmpty(), qPrintable(stray.seen.join(u'\n')));
    FocusWalk walk(welcome ? static_cast<QWidget &>(*welcome) : shown.window());
    walk.lap(Qt::Key_Tab);
    if (qEnvironmentVariableIsSet("KW"))
        shown.window().grab().save(u"/tmp/kw.png"_s);
    walk.lap(Qt::Key_Backtab);
    QVERIFY2(walk.problems().isEmpty(), qPrintable(walk.problems().join(u'\n')));
    QVERIFY2(walk.unreached().isEmpty(), qPrintable(u"not reached:\n"_s + walk.unreached().join(u'\n')));
}

void tst_KeyboardWalk::everyCommand_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("byKeys"); // else by its words in Ctrl+K
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    const QList<ShellCommand> commands = shown.window().findChild<CommandRegistry *>()->commands();
    QVERIFY(commands.size() > 25);
    for (const ShellCommand &command : commands) {
        QTest::addRow("%s by its words", qPrintable(command.name)) << command.name << false;
        if (!command.shortcut.isEmpty())
            QTest::addRow("%s by its keys", qPrintable(command.name)) << command.name << true;
    }
}

void tst_KeyboardWalk::everyCommand()
{
    QFETCH(QString, name);
    QFETCH(bool, byKeys);
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    shown.window().openAddress(u"audit"_s); // so that there is a way back, too
    auto *action = shown.find<QAction>(qPrintable(name));
    QSignalSpy triggered(action, &QAction::triggered);
    KeyboardHand hand(shown.window());
    if (byKeys)
        hand.press(action->shortcut());
    else
        hand.command(action->text());
    const bool opensItself
        = name == u"openPalette" && !byKeys; // to be found in it, it was opened by its keys
    QCOMPARE(triggered.count(), opensItself ? 2 : 1);
    while (QWidget *popup = QApplication::activePopupWidget())
        popup->close();
}

void tst_KeyboardWalk::mnemonicsAreUnique_data() { everyControl_data(); }

void tst_KeyboardWalk::mnemonicsAreUnique()
{
    QFETCH(QString, state);
    ConsoleFixture shown(PageStates::fleetOf(state));
    if (PageStates::ofWelcome().contains(state)) {
        const std::unique_ptr<WelcomeWindow> welcome = PageStates::welcome(state);
        QCOMPARE(sameMnemonics(*welcome), QStringList());
        return;
    }
    PageStates::open(state, shown);
    QVERIFY(!QTest::currentTestFailed());
    QVERIFY2(sameMnemonics(shown.window()).isEmpty(), qPrintable(sameMnemonics(shown.window()).join(u'\n')));
}

void tst_KeyboardWalk::mnemonicsThatClashAreFound()
{
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *field = new QLineEdit;
    auto *label = new QLabel(u"&Name"_s);
    label->setBuddy(field);
    column->addWidget(label);
    column->addWidget(field);
    column->addWidget(new QPushButton(u"R&&D"_s)); // none
    column->addWidget(new QPushButton(u"&Run"_s));
    window.show();
    QCOMPARE(sameMnemonics(window), QStringList());
    auto *twice = new QPushButton(u"&Next"_s);
    column->addWidget(twice);
    twice->show();
    QCOMPARE(sameMnemonics(window).size(), 1);
    twice->hide();
    QCOMPARE(sameMnemonics(window), QStringList());
}

// The arrows go along the legend of a bar, Enter filters by its part.
void tst_KeyboardWalk::partsOfABar()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    shown.window().openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id + u"?tab=summary"_s);
    shown.runSource.playSampleRun();
    auto *legend = shown.window().page()->findChild<SegmentLegend *>();
    legend->setFocus(Qt::TabFocusReason);
    QVERIFY(legend->hasFocus());
    QSignalSpy asked(legend, &SegmentLegend::partClicked);
    QTest::keyClick(legend, Qt::Key_Home);
    const QString first = legend->accessibleDescription();
    QTest::keyClick(legend, Qt::Key_Right);
    QVERIFY(legend->accessibleDescription() != first);
    QVERIFY2(legend->accessibleDescription().startsWith(u"6 Failed"_s),
             qPrintable(legend->accessibleDescription()));
    shown.runSource.playSampleRun(); // counts that come in do not move it
    QVERIFY(legend->accessibleDescription().startsWith(u"6 Failed"_s));
    QTest::keyClick(legend, Qt::Key_Return);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].value<StateKind>(), StateKind::Failed);
    QVERIFY(shown.visible("targetTable"));
    QCOMPARE(static_cast<DataTable *>(shown.visible("targetTable"))->model()->rowCount(), 6);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(legend, Qt::Key_Left); // stops at the first
    QCOMPARE(legend->accessibleDescription(), first);
}

// Tab is a key of a text that is written; Esc, then Tab or Shift+Tab leaves it, and in a sheet only a second Esc closes.
void tst_KeyboardWalk::textsLetGo()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    PageStates::open(u"composer-raw"_s, shown);
    auto *text = static_cast<CodeEditor *>(shown.visible("composerRaw"));
    text->setFocus(Qt::TabFocusReason);
    const QString before = text->exactText();
    QTest::keyClick(text, Qt::Key_Tab);
    QVERIFY(text->hasFocus());
    QVERIFY(text->exactText() != before);
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(shown.visible("composer"));
    QTest::keyClick(text, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(!text->hasFocus());
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Tab);
    QVERIFY(text->hasFocus());
    QTest::keyClick(text, Qt::Key_Escape);
    QTest::keyClick(text, Qt::Key_Tab);
    QVERIFY(!text->hasFocus());
    text->setFocus(Qt::TabFocusReason);
    QTest::keyClick(text, Qt::Key_Escape);
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(shown.visible("composerKeep")); // it asks what is to become of what was written
}

// What is too high for its place is read to its end, though nothing in it takes the focus.
void tst_KeyboardWalk::tallPartsScroll()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    shown.window().openAddress(u"audit?row=1197"_s);
    QTRY_VERIFY(shown.visible("auditTable"));
    const auto boxOf = [&]() -> ScrollBox * {
        const QList<ScrollBox *> boxes = shown.window().page()->findChildren<ScrollBox *>();
        for (ScrollBox *box : boxes) {
            if (box->isVisible())
                return box;
        }
        return nullptr;
    };
    QTRY_VERIFY(boxOf());
    ScrollBox *box = boxOf();
    QCOMPARE(box->focusPolicy(), Qt::NoFocus); // all of it is in view
    box->widget()->setMinimumHeight(4000);
    QTRY_COMPARE(box->focusPolicy(), Qt::TabFocus);
    FocusWalk walk(shown.window());
    walk.lap(Qt::Key_Tab);
    QVERIFY2(walk.problems().isEmpty(), qPrintable(walk.problems().join(u'\n')));
    QVERIFY(walk.seen().contains(QPointer<QWidget>(box)));
    box->setFocus(Qt::TabFocusReason);
    const QScrollBar *bar = box->verticalScrollBar();
    QTest::keyClick(box, Qt::Key_End);
    QCOMPARE(bar->value(), bar->maximum());
    QTest::keyClick(box, Qt::Key_PageUp);
    QVERIFY(bar->value() < bar->maximum() && bar->value() > 0);
    QTest::keyClick(box, Qt::Key_Home);
    QCOMPARE(bar->value(), 0);
    QTest::keyClick(box, Qt::Key_Down);
    QVERIFY(bar->value() > 0);
    box->widget()->setMinimumHeight(0);
    QTRY_COMPARE(box->focusPolicy(), Qt::NoFocus);
}

// A button that a key has brought the focus to shows it, without a Tab before; one that was clicked does not.
void tst_KeyboardWalk::ringsAreForKeys()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    const auto askToDeregister = [&] {
        shown.find<DataTable>("fleetTable")->setFocus();
        KeyboardHand hand(shown.window());
        hand.press(Qt::Key_Home);
        hand.press(Qt::Key_Down); // chooses, too
        hand.press(Qt::Key_Delete);
        return qobject_cast<QPushButton *>(shown.visible("deregisterCancel"));
    };
    const auto hasRing = [](QPushButton &button) {
        const QImage now = button.grab().toImage();
        const QColor ring = themeOf(&button).color(Token::Focus);
        int pixels = 0;
        for (int x = 0; x < now.width(); ++x)
            pixels += now.pixelColor(x, 0) == ring;
        return pixels > now.width() / 2;
    };
    QPushButton *cancel = askToDeregister();
    QVERIFY(cancel && cancel->hasFocus());
    QVERIFY(hasRing(*cancel));
    QTest::mousePress(cancel, Qt::LeftButton);
    QVERIFY(cancel->hasFocus());
    QVERIFY(!hasRing(*cancel));
    QTest::mouseRelease(cancel, Qt::LeftButton, {}, QPoint(-20, -20)); // beside it: nothing is done
    QVERIFY(shown.visible("deregisterCancel"));
    QTest::keyClick(cancel, Qt::Key_Shift); // half of something
    QVERIFY(!hasRing(*cancel));
    QTest::keyClick(cancel, Qt::Key_Tab);
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(hasRing(*cancel));
}

FB_TEST(tst_KeyboardWalk)

}

#include "tst_keyboard_walk.moc"
