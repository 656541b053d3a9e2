#include "tests/support/test_main.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/flagbridge_style.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMainWindow>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;

// The terminal as hands and eyes know it.
class tst_TerminalView : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Dark); }
    void init();
    void cleanup() { m_window.reset(); }
    void bytesBecomeRows();
    void picture();
    void keysAreTheProgramsBytes_data();
    void keysAreTheProgramsBytes();
    void shortcutsOfTheWindowStayTheirs();
    void doubleClickTakesAWord();
    void aWrappedLineIsCopiedWhole();
    void wideCharactersAreCopiedWhole();
    void aBlockIsABlock();
    void severalLinesAreAskedFirst();
    void oneLineIsPastedAtOnce();
    void findsInTheHistory();
    void scrolledAwayItStays();
    void mouseGoesToTheProgram();
    void wheelScrollsOrPages();
    void linksAreShownAndAsked();
    void clipboardIsAsked();
    void zoomChangesTheSize();
    void inputMethodsCommit();
    void screenReadersGetTheLine();
    void resizeTellsAtMostTenTimesASecond();
    void anEndedOneOpensAgain();
    void programsMayAskForPixels();

private:
    void feed(const QByteArray &bytes, const QString &shows);
    QString shown() const { return m_view->shownText(); }
    QPoint at(int row, int column) const
    {
        const QRect cell = m_view->cellRect(row, column);
        return {cell.left() + 2, cell.center().y()};
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {});
    QByteArray lastInput(const QSignalSpy &spy) const
    {
        return spy.isEmpty() ? QByteArray() : spy.last().value(0).toByteArray();
    }
    QString copiedText()
    {
        QApplication::clipboard()->clear();
        QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        for (int i = 0; i < 200 && QApplication::clipboard()->text().isEmpty(); ++i)
            QTest::qWait(5);
        return QApplication::clipboard()->text();
    }

    TerminalThread m_thread;
    std::unique_ptr<QMainWindow> m_window;
    TerminalModel *m_model = nullptr;
    TerminalView *m_view = nullptr;
};

void tst_TerminalView::init()
{
    m_window = std::make_unique<QMainWindow>();
    m_model = new TerminalModel(m_thread, {}, m_window.get());
    m_view = new TerminalView(*m_model);
    m_window->setCentralWidget(m_view);
    m_window->resize(m_view->sizeHint());
    m_window->show();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_COMPARE(m_model->frame().columns, 80);
    QTRY_COMPARE(m_model->frame().rows, 24);
}

void tst_TerminalView::feed(const QByteArray &bytes, const QString &shows)
{
    m_model->write(bytes);
    QTRY_VERIFY2(shown().contains(shows), qPrintable(shown()));
}

void tst_TerminalView::drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers)
{
    QTest::mousePress(m_view, Qt::LeftButton, modifiers, from);
    QTest::mouseMove(m_view, (from + to) / 2);
    QTest::mouseMove(m_view, to);
    QTest::mouseRelease(m_view, Qt::LeftButton, modifiers, to);
}

void tst_TerminalView::bytesBecomeRows()
{
    QSignalSpy consumed(m_model, &TerminalModel::consumed);
    const QByteArray text = "\033[1;32mok\033[0m \xe6\x97\xa5\xe6\x9c\xac\r\n$ ";
    feed(text, u"ok \u65E5\u672C\n$"_s);
    qint64 bytes = 0;
    for (const auto &call : consumed)
        bytes += call.value(0).toLongLong();
    QCOMPARE(bytes, qint64(text.size()));
}

void tst_TerminalView::programsMayAskForPixels()
{
    QSignalSpy input(m_model, &TerminalModel::input);
    m_model->write("\033[16t\033[14t");
    QTRY_COMPARE(input.isEmpty(), false);
    const QString answers = QString::fromLatin1(lastInput(input));
    static const QRegularExpression kAnswers(
        QRegularExpression::anchoredPattern(u"\x1b\\[6;(\\d+);(\\d+)t\x1b\\[4;(\\d+);(\\d+)t"_s));
    const QRegularExpressionMatch match = kAnswers.match(answers);
    QVERIFY2(match.hasMatch(), qPrintable(answers.mid(1)));
    QVERIFY(match.captured(1).toInt() > 4 && match.captured(2).toInt() > 2);
    QCOMPARE(match.captured(3).toInt(), 24 * match.captured(1).toInt());
    QCOMPARE(match.captured(4).toInt(), 80 * match.captured(2).toInt());
}

// What is drawn, and that it is drawn in its colours.
void tst_TerminalView::picture()
{
    feed("\033[31;44mA\033[0;31m\u2588\033[0m\r\n\xe2\x94\x80\xe2\x94\x80", u"A"_s);
    const QImage image = m_view->grab().toImage();
    const qreal ratio = image.devicePixelRatio();
    const auto cell = [this, ratio](int row, int column) {
        const QRect rect = m_view->cellRect(row, column);
        return QRect(rect.topLeft() * ratio, rect.size() * ratio);
    };
    const auto has = [&image](const QRect &rect, QRgb color) {
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x) {
                if ((image.pixel(x, y) & 0xFFFFFF) == (color & 0xFFFFFF))
                    return true;
            }
        }
        return false;
    };
    const auto &colors = m_view->colors().palette;
    QVERIFY(has(cell(0, 0), colors.colors[4]));
    QVERIFY(has(cell(0, 1), colors.colors[1]));
    QVERIFY(!has(cell(0, 2).adjusted(2, 0, 0, 0), colors.colors[4]));
    // A line of frames has no gap between its cells.
    const QRect left = cell(1, 0);
    const QRect right = cell(1, 1);
    int row = -1;
    for (int y = left.top(); y <= left.bottom() && row < 0; ++y) {
        if ((image.pixel(left.center().x(), y) & 0xFFFFFF) == colors.foreground)
            row = y;
    }
    QVERIFY(row >= 0);
    for (int x = left.left(); x < right.right(); ++x)
        QCOMPARE(image.pixel(x, row) & 0xFFFFFF, colors.foreground);
    if (const QByteArray folder = qgetenv("FB_PICTURES"); !folder.isEmpty()) {
        QByteArray demo = "\033[H\033[2J";
        for (int i = 0; i < 16; ++i)
            demo += "\033[48;5;" + QByteArray::number(i) + "m  ";
        demo += "\033[0m\r\n";
        for (int i = 0; i < 16; ++i)
            demo += "\033[38;5;" + QByteArray::number(i) + "mAb";
        demo += "\033[0m\r\n\033[1mbold\033[0m \033[2mdim\033[0m \033[3mitalic\033[0m \033[4msingle\033[0m "
                "\033[4:2mdouble\033[0m "
                "\033[4:3;58;5;1mcurly\033[0m \033[4:4mdotted\033[0m \033[4:5mdashed\033[0m "
                "\033[9mstrike\033[0m \033[7mreverse\033[0m "
                "\033[53mover\033[0m\r\n";
        demo += "\u250c\u2500\u252c\u2500\u2510 \u2554\u2550\u2566\u2550\u2557 \u256d\u2500\u2500\u256e "
                "\u250f\u2501\u2533\u2501\u2513 \u2580\u2584\u2588\u258c\u2590\u2591\u2592\u2593 "
                "\u2596\u2597\u2598\u2599\u259a\u259b\u259c\u259d\u259e\u259f\r\n"
                "\u2502a\u2502b\u2502 \u2551a\u2551b\u2551 \u2502ab\u2502 \u2503a\u2503b\u2503 "
                "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588 "
                "\u258f\u258e\u258d\u258c\u258b\u258a\u2589\r\n"
                "\u251c\u2500\u253c\u2500\u2524 \u2560\u2550\u256c\u2550\u2563 \u2570\u2500\u2500\u256f "
                "\u2523\u2501\u254b\u2501\u252b \u2500\u257c\u2501\u257e\u2500 \u255e\u2550\u2561 "
                "\u255f\u2500\u2562 \u256a \u256b\r\n"
                "\u2514\u2500\u2534\u2500\u2518 \u255a\u2550\u2569\u2550\u255d      "
                "\u2517\u2501\u253b\u2501\u251b\r\n";
        demo += "\u65e5\u672c\u8a9e\u306e\u7aef\u672b \u30ab\u30bf\u30ab\u30ca \uff76\uff80\uff76\uff85 "
                "\ud55c\uad6d\uc5b4 | e\u0301 a\u0308 n\u0303 \U0001F469\u200D\U0001F469\u200D\U0001F467 "
                "\U0001F680 \u2713 \u2718 \u2192 \u03bb |\r\n";
        demo += "ops@web-tyo-03:~$ The quick brown fox 0O1lI|{}[]()<>#@&%*\r\n";
        feed(demo, u"quick"_s);
        m_view->grab().save(QString::fromLocal8Bit(folder) + u"/terminal.png"_s);
    }
}

void tst_TerminalView::keysAreTheProgramsBytes_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QByteArray>("modes");
    QTest::addColumn<QByteArray>("bytes");
    const auto row
        = [](const char *name, int key, int modifiers, const QByteArray &modes, const QByteArray &bytes) {
              QTest::addRow("%s", name) << key << modifiers << modes << bytes;
          };
    row("Return", Qt::Key_Return, 0, "", "\r");
    row("Backspace", Qt::Key_Backspace, 0, "", "\177");
    row("Tab", Qt::Key_Tab, 0, "", "\t");
    row("Shift+Tab", Qt::Key_Backtab, Qt::ShiftModifier, "", "\033[Z");
    row("Up", Qt::Key_Up, 0, "", "\033[A");
    row("Up, application", Qt::Key_Up, 0, "\033[?1h", "\033OA");
    row("Ctrl+Right", Qt::Key_Right, Qt::ControlModifier, "", "\033[1;5C");
    row("F1 is no help", Qt::Key_F1, 0, "", "\033OP");
    row("F5", Qt::Key_F5, 0, "", "\033[15~");
    row("F10 is no menu", Qt::Key_F10, 0, "", "\033[21~");
    row("Delete", Qt::Key_Delete, 0, "", "\033[3~");
    row("Escape", Qt::Key_Escape, 0, "", "\033");
    row("Ctrl+C", Qt::Key_C, Qt::ControlModifier, "", "\003");
    row("Ctrl+K is no palette", Qt::Key_K, Qt::ControlModifier, "", "\013");
    row("Ctrl+B is no sidebar", Qt::Key_B, Qt::ControlModifier, "", "\002");
    row("Ctrl+Space", Qt::Key_Space, Qt::ControlModifier, "", QByteArray(1, '\0'));
    row("Alt+B", Qt::Key_B, Qt::AltModifier, "", "\033b");
    row("Alt+Left is no history", Qt::Key_Left, Qt::AltModifier, "", "\033[1;3D");
    row("letter", Qt::Key_A, 0, "", "a");
}

void tst_TerminalView::keysAreTheProgramsBytes()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QByteArray, modes);
    QFETCH(QByteArray, bytes);
    feed(modes + "ready", u"ready"_s);
    QSignalSpy input(m_model, &TerminalModel::input);
    QTest::keyClick(m_view, Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(lastInput(input), bytes);
    QVERIFY(m_view->hasFocus());
}

// Window shortcuts do not fire while the terminal has the focus, but for the few that are the console's (ux.md 5).
void tst_TerminalView::shortcutsOfTheWindowStayTheirs()
{
    QSignalSpy input(m_model, &TerminalModel::input);
    const auto fires = [this](const QKeySequence &keys, Qt::Key key, Qt::KeyboardModifiers modifiers) {
        QAction action;
        action.setShortcut(keys);
        m_window->addAction(&action);
        QSignalSpy triggered(&action, &QAction::triggered);
        QTest::keyClick(m_view->window()->windowHandle(), key, modifiers);
        return triggered.size() == 1;
    };
    QVERIFY(!fires(QKeySequence(u"Ctrl+K"_s), Qt::Key_K, Qt::ControlModifier));
    QVERIFY(!fires(QKeySequence(u"Alt+Left"_s), Qt::Key_Left, Qt::AltModifier));
    QVERIFY(!fires(QKeySequence(u"F1"_s), Qt::Key_F1, {}));
    QCOMPARE(input.size(), 3);
    QVERIFY(fires(QKeySequence(u"Ctrl+Shift+K"_s), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier));
    QVERIFY(fires(QKeySequence(u"Ctrl+PgDown"_s), Qt::Key_PageDown, Qt::ControlModifier));
    QVERIFY(fires(QKeySequence(u"F6"_s), Qt::Key_F6, {}));
    QCOMPARE(input.size(), 3);
}

void tst_TerminalView::doubleClickTakesAWord()
{
    feed("cat /var/log/nginx/access.log | less", u"less"_s);
    QTest::mouseDClick(m_view, Qt::LeftButton, {}, at(0, 8));
    QCOMPARE(copiedText(), u"/var/log/nginx/access.log"_s);
}

void tst_TerminalView::aWrappedLineIsCopiedWhole()
{
    const QByteArray line = QByteArray(70, 'a') + QByteArray(30, 'b');
    feed(line + "  \r\nnext", u"next"_s);
    drag(at(0, 0), at(2, 4) + QPoint(4, 0));
    QCOMPARE(copiedText(), QString::fromLatin1(line) + u"\nnext"_s);
}

void tst_TerminalView::wideCharactersAreCopiedWhole() // [session-manager 8.19]
{
    feed("\u65e5\u672c\u8a9e e\u0301 \U0001F469\u200D\U0001F469\u200D\U0001F467 |\r\n", u"|"_s);
    const LineCells &line = *m_model->frame().lines[0];
    QCOMPARE(line.cells.at(16).text, uint32_t('|')); // 6 + 1 + 1 + 1 + 6 + 1, as the shell counts
    QTest::mouseClick(m_view, Qt::LeftButton, {}, at(3, 0)); // elsewhere
    drag(at(0, 0), at(0, 17));
    QCOMPARE(copiedText(), u"\u65e5\u672c\u8a9e e\u0301 \U0001F469\u200D\U0001F469\u200D\U0001F467 |"_s);
}

void tst_TerminalView::aBlockIsABlock()
{
    feed("abcdef\r\nghijkl\r\nmnopqr", u"mnopqr"_s);
    drag(at(0, 1), at(2, 3), Qt::AltModifier);
    QCOMPARE(copiedText(), u"bc\nhi\nno"_s);
}

void tst_TerminalView::severalLinesAreAskedFirst() // [session-manager 8.20] [U05]
{
    feed("\033[?2004hready", u"ready"_s);
    QSignalSpy input(m_model, &TerminalModel::input);
    QApplication::clipboard()->setText(u"one\ntwo\033[201~three\nfour"_s);
    QTest::keyClick(m_view, Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    auto *text = m_window->findChild<QPlainTextEdit *>(u"pasteText"_s);
    QVERIFY(text);
    QCOMPARE(text->toPlainText(), u"one\ntwo\\x1b[201~three\nfour"_s);
    QVERIFY(input.isEmpty());
    auto *accept = m_window->findChild<QPushButton *>(u"pasteAccept"_s);
    QVERIFY(accept->text().startsWith(u"Paste 3 line"_s));
    QTest::mouseClick(accept, Qt::LeftButton);
    QCOMPARE(input.size(), 1);
    QCOMPARE(lastInput(input), QByteArray("\033[200~one\rtwothree\rfour\033[201~"));
    QTRY_VERIFY(m_view->hasFocus());
    QTRY_VERIFY(!m_window->findChild<QPlainTextEdit *>(u"pasteText"_s));
    // Escape pastes nothing.
    QTest::keyClick(m_view, Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(m_window->findChild<QPushButton *>(u"pasteAccept"_s), Qt::Key_Escape);
    QCOMPARE(input.size(), 1);
}

void tst_TerminalView::oneLineIsPastedAtOnce()
{
    QSignalSpy input(m_model, &TerminalModel::input);
    QApplication::clipboard()->setText(u"ls -l"_s);
    QTest::keyClick(m_view, Qt::Key_Insert, Qt::ShiftModifier);
    QCOMPARE(lastInput(input), QByteArray("ls -l"));
}

void tst_TerminalView::findsInTheHistory()
{
    QByteArray text;
    for (int i = 0; i < 5000; ++i)
        text += i % 1000 == 7 ? "Needle " + QByteArray::number(i) + "\r\n"
                              : "line " + QByteArray::number(i) + "\r\n";
    feed(text, u"line 4999"_s);
    QTest::keyClick(m_view, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *field = m_window->findChild<QLineEdit *>(u"terminalSearchField"_s);
    QVERIFY(field && field->hasFocus());
    QTest::keyClicks(field, u"needle"_s);
    QTRY_VERIFY(m_model->searchState().isComplete);
    QCOMPARE(m_model->searchState().matches, 5);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(m_model->searchState().current, 1);
    QTRY_VERIFY2(shown().contains(u"Needle 4007"_s), qPrintable(shown()));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(shown().contains(u"Needle 3007"_s));
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTRY_VERIFY(shown().contains(u"Needle 4007"_s));
    QTRY_COMPARE(m_model->frame().matches.size(), size_t(1));
    QVERIFY(m_model->frame().matches[0].isCurrent);
    // By case, as an expression, and one that is none.
    QTest::mouseClick(m_window->findChild<QToolButton *>(u"terminalSearchCase"_s), Qt::LeftButton);
    QTRY_VERIFY(m_model->searchState().isComplete && m_model->searchState().matches == 0);
    QTest::mouseClick(m_window->findChild<QToolButton *>(u"terminalSearchPattern"_s), Qt::LeftButton);
    field->setText(u"N[a-z]+ [34]007$"_s);
    QTRY_COMPARE(m_model->searchState().matches, 2);
    field->setText(u"N[a-z"_s);
    QTRY_VERIFY(!m_model->searchState().fault.empty());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(m_view->hasFocus());
}

void tst_TerminalView::scrolledAwayItStays()
{
    QByteArray text;
    for (int i = 0; i < 200; ++i)
        text += "line " + QByteArray::number(i) + "\r\n";
    feed(text, u"line 199"_s);
    QTest::keyClick(m_view, Qt::Key_PageUp, Qt::ShiftModifier);
    QTRY_VERIFY(!m_model->frame().follows());
    const QString before = shown();
    QVERIFY(before.contains(u"line 160"_s));
    m_model->write("more 1\r\nmore 2\r\nmore 3\r\n");
    auto *chip = m_view->findChild<QPushButton *>(u"terminalNewLines"_s);
    QTRY_VERIFY(chip->text().startsWith(u"3 new line"_s));
    QVERIFY(chip->isVisible());
    QCOMPARE(shown(), before);
    QTest::mouseClick(chip, Qt::LeftButton);
    QTRY_VERIFY(shown().contains(u"more 3"_s));
    QVERIFY(!chip->isVisible());
    // A key that is typed goes to the end, too.
    QTest::keyClick(m_view, Qt::Key_Home, Qt::ShiftModifier);
    QTRY_VERIFY(shown().startsWith(u"line 0\n"_s));
    QTest::keyClick(m_view, Qt::Key_X);
    QTRY_VERIFY(m_model->frame().follows());
}

void tst_TerminalView::mouseGoesToTheProgram()
{
    feed("\033[?1002;1006hready", u"ready"_s);
    QSignalSpy input(m_model, &TerminalModel::input);
    QTest::mouseClick(m_view, Qt::LeftButton, {}, m_view->cellRect(4, 9).center());
    QCOMPARE(input.size(), 2);
    QCOMPARE(input.at(0).value(0).toByteArray(), QByteArray("\033[<0;10;5M"));
    QCOMPARE(input.at(1).value(0).toByteArray(), QByteArray("\033[<0;10;5m"));
    // Shift makes it the operator's.
    drag(at(0, 0), at(0, 5), Qt::ShiftModifier);
    QCOMPARE(input.size(), 2);
    QCOMPARE(copiedText(), u"ready"_s);
    // The menu answers whatever the program wants.
    QSignalSpy menu(m_view, &TerminalView::menuRequested);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at(2, 2), m_view->mapToGlobal(at(2, 2)));
    QApplication::sendEvent(m_view, &event);
    QCOMPARE(menu.size(), 1);
}

void tst_TerminalView::wheelScrollsOrPages()
{
    const auto wheel = [this](int delta) {
        QWheelEvent event(at(3, 3), m_view->mapToGlobal(at(3, 3)), {}, QPoint(0, delta), Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view, &event);
    };
    QByteArray text;
    for (int i = 0; i < 100; ++i)
        text += "line " + QByteArray::number(i) + "\r\n";
    feed(text, u"line 99"_s);
    const RowNumber top = m_model->frame().topRow;
    wheel(120);
    QTRY_COMPARE(m_model->frame().topRow, top - 3);
    wheel(-120);
    QTRY_VERIFY(m_model->frame().follows());
    feed("\033[?1049h\033[Hpager", u"pager"_s);
    QSignalSpy input(m_model, &TerminalModel::input);
    wheel(-120);
    QCOMPARE(input.size(), 3);
    QCOMPARE(lastInput(input), QByteArray("\033[B"));
}

void tst_TerminalView::linksAreShownAndAsked() // [U02]
{
    feed("\033]8;;https://example.org/a\033\\here\033]8;;\033\\ "
         "\033]8;;file:///etc/passwd\033\\there\033]8;;\033\\",
         u"there"_s);
    QCOMPARE(m_model->linkAt(0, 1), QByteArray("https://example.org/a"));
    QCOMPARE(m_model->linkAt(0, 6), QByteArray());
    QTest::mouseClick(m_view, Qt::LeftButton, Qt::ControlModifier, at(0, 1));
    auto *sheet = m_window->findChild<QWidget *>(u"openLinkSheet"_s);
    QVERIFY(sheet);
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(!m_window->findChild<QWidget *>(u"openLinkSheet"_s));
    QTest::mouseClick(m_view, Qt::LeftButton, Qt::ControlModifier, at(0, 6));
    QVERIFY(!m_window->findChild<QWidget *>(u"openLinkSheet"_s));
}

void tst_TerminalView::clipboardIsAsked() // [U02]
{
    QApplication::clipboard()->setText(u"mine"_s);
    QSignalSpy input(m_model, &TerminalModel::input);
    m_model->write("\033]52;c;?\007\033]52;c;aGFja2Vk\007");
    QTRY_VERIFY(m_window->findChild<QWidget *>(u"clipboardSheet"_s));
    QCOMPARE(QApplication::clipboard()->text(), u"mine"_s);
    QVERIFY(input.isEmpty()); // what it holds is not told
    QTest::mouseClick(m_window->findChild<QPushButton *>(u"clipboardConfirm"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), u"hacked"_s);
}

void tst_TerminalView::zoomChangesTheSize()
{
    QSignalSpy size(m_model, &TerminalModel::sizeChanged);
    const int points = m_view->fontPoints();
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(m_view, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(m_view->fontPoints(), points + 4);
    QTRY_VERIFY(m_model->frame().columns < 70);
    QTest::keyClick(m_view, Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(m_model->frame().columns, 80);
    QVERIFY(!size.isEmpty());
    m_view->setFontPoints(1000);
    QCOMPARE(m_view->fontPoints(), TerminalView::kMostPoints);
    QTRY_VERIFY(m_model->frame().columns < 30);
}

void tst_TerminalView::inputMethodsCommit()
{
    QSignalSpy input(m_model, &TerminalModel::input);
    QInputMethodEvent preedit(u"\u306b\u307b"_s, {});
    QApplication::sendEvent(m_view, &preedit);
    QVERIFY(input.isEmpty());
    QInputMethodEvent commit;
    commit.setCommitString(u"\u65e5\u672c"_s);
    QApplication::sendEvent(m_view, &commit);
    QCOMPARE(lastInput(input), u"\u65e5\u672c"_s.toUtf8());
    QVERIFY(static_cast<QWidget *>(m_view)->inputMethodQuery(Qt::ImEnabled).toBool());
}

void tst_TerminalView::screenReadersGetTheLine()
{
    feed("first\r\nsecond line", u"second"_s);
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(m_view);
    QVERIFY(accessible);
    QCOMPARE(accessible->role(), QAccessible::Terminal);
    QCOMPARE(accessible->text(QAccessible::Value), u"second line"_s);
    QVERIFY(accessible->textInterface());
    QCOMPARE(accessible->textInterface()->text(0, 5), u"first"_s);
    QCOMPARE(accessible->textInterface()->cursorPosition(), 17);
}

void tst_TerminalView::resizeTellsAtMostTenTimesASecond()
{
    QTest::qWait(120);
    QSignalSpy size(m_model, &TerminalModel::sizeChanged);
    for (int i = 0; i < 40; ++i)
        m_window->resize(m_window->width() + 10, m_window->height() + 5);
    QVERIFY(size.size() <= 2);
    QTRY_COMPARE(size.last().value(0).toInt(), m_model->columns());
    QVERIFY(size.size() <= 3);
}

void tst_TerminalView::anEndedOneOpensAgain()
{
    feed("\033[?1049h\033[?1000hfull", u"full"_s);
    m_model->programEnded();
    m_model->say(u"Session ended: exited 0"_s);
    QTRY_VERIFY(shown().contains(u"exited 0"_s));
    QCOMPARE(m_model->frame().modes.mouse, MouseTracking::None);
    m_view->setEnded(true);
    QSignalSpy input(m_model, &TerminalModel::input);
    QSignalSpy reopen(m_view, &TerminalView::reopenRequested);
    QTest::keyClick(m_view, Qt::Key_X);
    QTest::keyClick(m_view, Qt::Key_Return);
    QCOMPARE(reopen.size(), 1);
    QVERIFY(input.isEmpty());
}

FB_TEST(tst_TerminalView)

}

#include "tst_terminal_view.moc"
