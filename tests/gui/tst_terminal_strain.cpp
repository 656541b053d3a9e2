#include "tests/support/test_main.h"
#include "ui/terminal/glyph_store.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMainWindow>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWindow>

namespace fb::test {

using namespace Qt::StringLiterals;

// The terminal's widget under what programs, nodes and hurried operators do to it.
class tst_TerminalStrain : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Dark); }
    void init();
    void cleanup() { m_window.reset(); }
    void clipboardWishesDoNotPileUp();
    void clipboardWishesWaitForTheFocus();
    void bellsDoNotPileUp();
    void hiddenOnesCostNothing();
    void pixelsAreNotLeftBehind();
    void whatIsCoveredCanBeRead_data();
    void whatIsCoveredCanBeRead();
    void movesAreToldOnceACell();
    void everyButtonIsLetGo();
    void aScrolledViewIsTheOperators();
    void narrowerIsNoNewOutput();
    void aBlockHasItsRowsInHtml();
    void nothingCopiedLeavesTheClipboard();
    void hiddenPastesAreAsked_data();
    void hiddenPastesAreAsked();
    void nestedMarksArePastedInTime();
    void aPasteAfterTheEndGoesNowhere();
    void screenReadersFindTheCursor();
    void keypadAndConsoleKeys();
    void aTinyOneWithLargeLetters();
    void manyLargeLettersAreForgotten();

private:
    void feed(const QByteArray &bytes, const QString &shows)
    {
        m_model->write(bytes);
        QTRY_VERIFY2(m_view->shownText().contains(shows), qPrintable(m_view->shownText()));
    }
    QPoint at(int row, int column) const
    {
        const QRect cell = m_view->cellRect(row, column);
        return {cell.left() + 2, cell.center().y()};
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(m_view, Qt::LeftButton, modifiers, from);
        QTest::mouseMove(m_view, (from + to) / 2);
        QTest::mouseMove(m_view, to);
        QTest::mouseRelease(m_view, Qt::LeftButton, modifiers, to);
    }
    qsizetype sheets(const QString &name) const { return m_window->findChildren<QWidget *>(name).size(); }

    TerminalThread m_thread;
    std::unique_ptr<QMainWindow> m_window;
    TerminalModel *m_model = nullptr;
    TerminalView *m_view = nullptr;
    QLineEdit *m_other = nullptr;
    quint64 m_frames = 0;
};

void tst_TerminalStrain::init()
{
    m_window = std::make_unique<QMainWindow>();
    m_model = new TerminalModel(m_thread, {}, m_window.get());
    m_view = new TerminalView(*m_model);
    m_other = new QLineEdit;
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_other);
    m_window->setCentralWidget(page);
    m_window->resize(m_view->sizeHint() + QSize(0, m_other->sizeHint().height()));
    m_window->show();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_COMPARE(m_model->frame().columns, 80);
    QTRY_COMPARE(m_model->frame().rows, 24);
}

void tst_TerminalStrain::clipboardWishesDoNotPileUp() // [U02] [U09]
{
    for (int i = 0; i < 20; ++i) {
        m_model->write("\033]52;c;aGFja2Vk\007");
        QTest::qWait(20);
    }
    QTRY_COMPARE(sheets(u"clipboardSheet"_s), 1);
    // Whoever refuses once is left alone.
    QTest::mouseClick(m_window->findChild<QPushButton *>(u"clipboardCancel"_s), Qt::LeftButton);
    QTRY_COMPARE(sheets(u"clipboardSheet"_s), 0);
    for (int i = 0; i < 10; ++i) {
        m_model->write("\033]52;c;aGFja2Vk\007");
        QTest::qWait(20);
    }
    QCOMPARE(sheets(u"clipboardSheet"_s), 0);
    QVERIFY(m_view->hasFocus());
}

// A session that is not worked in takes the keyboard from nobody.
void tst_TerminalStrain::clipboardWishesWaitForTheFocus() // [U02]
{
    m_other->setFocus();
    m_model->write("\033]52;c;aGFja2Vk\007there");
    QTRY_VERIFY(m_view->shownText().contains(u"there"_s));
    QTest::qWait(50);
    QCOMPARE(sheets(u"clipboardSheet"_s), 0);
    QVERIFY(m_other->hasFocus());
    m_view->setFocus();
    QTRY_COMPARE(sheets(u"clipboardSheet"_s), 1);
}

void tst_TerminalStrain::bellsDoNotPileUp() // [U09]
{
    const QColor ring = themeOf(m_view).toneFill(Tone::Waiting);
    const auto rings = [&] { return m_view->grab().toImage().pixelColor(1, 1) == ring; };
    int dark = 0;
    m_model->write("\007");
    QTRY_VERIFY(rings());
    for (int i = 0; i < 25; ++i) {
        m_model->write("\007");
        QTest::qWait(20);
        dark += rings() ? 0 : 1; // a flood is one long ring, it does not flicker
    }
    QCOMPARE(dark, 0);
    QTRY_VERIFY(!rings());
}

void tst_TerminalStrain::hiddenOnesCostNothing() // [U09]
{
    QByteArray page;
    for (int i = 0; i < 24; ++i)
        page += "\033[" + QByteArray::number(31 + i % 7) + "m" + QByteArray(79, char('a' + i)) + "\r\n";
    const auto costOf = [&](bool isShown) {
        m_view->setVisible(isShown);
        QCoreApplication::processEvents();
        qint64 spent = 0;
        for (int i = 0; i < 50; ++i) {
            m_model->write("\033[H" + page + QByteArray::number(i));
            const quint64 before = m_frames;
            QElapsedTimer clock;
            while (m_frames == before) {
                clock.start();
                QCoreApplication::processEvents();
                spent += clock.nsecsElapsed();
                QThread::usleep(500);
            }
        }
        return spent / 1000;
    };
    const auto counting = connect(m_model, &TerminalModel::frameChanged, this, [this] { ++m_frames; });
    const qint64 shown = costOf(true);
    const qint64 hidden = costOf(false);
    disconnect(counting);
    qInfo("50 frames: %lld us shown, %lld us hidden", shown, hidden);
    QVERIFY(hidden < shown / 3);
    // Shown again, it is what it should be.
    feed("\033[2J\033[Hback", u"back"_s);
    m_view->show();
    QCoreApplication::processEvents();
    const QImage image = m_view->grab().toImage();
    bool hasText = false;
    const QRect cell = m_view->cellRect(0, 0);
    for (int x = cell.left(); x <= cell.right(); ++x)
        hasText = hasText
            || (image.pixel(x, cell.center().y()) & 0xFFFFFF) != m_view->colors().palette.background;
    QVERIFY(hasText);
    QVERIFY((image.pixel(m_view->cellRect(20, 30).center()) & 0xFFFFFF)
            == m_view->colors().palette.background);
}

// What is painted in parts is what is painted at once, also where a device pixel is no whole pixel of ours. Proves most when run with
// QT_SCALE_FACTOR at 1.25 and 1.75.
void tst_TerminalStrain::pixelsAreNotLeftBehind()
{
    const auto shot = [this] {
        QTest::qWait(60);
        return m_window->screen()
            ->grabWindow(m_window->winId())
            .toImage()
            .convertToFormat(QImage::Format_RGB32);
    };
    for (int points : {7, 8, 9, 10, 11, 13}) {
        m_view->setFontPoints(points);
        QTest::qWait(120);
        for (int row = 1; row < 6; ++row) {
            m_model->write("\033[H\033[2J\033[" + QByteArray::number(row) + ";1H");
            QTest::qWait(30);
            m_model->write("\033[7m" + QByteArray(20, ' ') + "\033[0m"); // in this row alone
            const QImage inParts = shot();
            m_view->update();
            const QImage atOnce = shot();
            QVERIFY(!inParts.isNull());
            QVERIFY2(inParts == atOnce, qPrintable(u"%1 points, row %2"_s.arg(points).arg(row)));
        }
    }
}

void tst_TerminalStrain::whatIsCoveredCanBeRead_data()
{
    QTest::addColumn<int>("scheme");
    QTest::addRow("light") << int(Scheme::Light);
    QTest::addRow("dark") << int(Scheme::Dark);
    QTest::addRow("high contrast") << int(Scheme::HighContrast);
}

// Text under the selection, a match and the cursor: at least 4.5 to 1 in each of the sixteen colours (ux.md 10).
void tst_TerminalStrain::whatIsCoveredCanBeRead()
{
    QFETCH(int, scheme);
    FlagbridgeStyle::install(Scheme(scheme));
    const auto restored = qScopeGuard([] { FlagbridgeStyle::install(Scheme::Dark); });
    QCoreApplication::processEvents();
    const auto luminance = [](QRgb color) {
        const auto part = [](int value) {
            const double x = value / 255.0;
            return x <= 0.03928 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(qRed(color)) + 0.7152 * part(qGreen(color)) + 0.0722 * part(qBlue(color));
    };
    const auto contrast = [&](QRgb a, QRgb b) {
        const double x = luminance(a);
        const double y = luminance(b);
        return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
    };
    QByteArray text;
    for (int i = 0; i < 16; ++i)
        text += "\033[38;5;" + QByteArray::number(i) + "m\u2501\u2501";
    feed(text + "\033[0m\u2501\u2501", u"\u2501"_s);
    // A heavy line fills the middle of a cell with the text's colour.
    const auto worst = [&](int fromColumn, int toColumn) {
        const QImage image = m_view->grab().toImage();
        double least = 21;
        for (int column = fromColumn; column < toColumn; ++column) {
            const QRect cell = m_view->cellRect(0, column);
            double most = 1;
            const QRgb below = image.pixel(cell.center().x(), cell.top() + 1);
            for (int y = cell.top(); y <= cell.bottom(); ++y)
                most = std::max(most, contrast(image.pixel(cell.center().x(), y), below));
            least = std::min(least, most);
        }
        return least;
    };
    drag(at(0, 0), at(0, 34));
    const double selected = worst(0, 34);
    QTest::mouseClick(m_view, Qt::LeftButton, {}, at(5, 0));
    m_model->search({.text = "\u2501"});
    QTRY_COMPARE(m_model->frame().matches.size(), size_t(34));
    const double matched = worst(0, 34);
    double current = 21;
    for (int i = 0; i < 34; ++i) {
        m_model->searchNext(true);
        QTRY_COMPARE(m_model->searchState().current, i + 1);
        QTRY_VERIFY(std::any_of(m_model->frame().matches.begin(), m_model->frame().matches.end(),
                                [i](const FrameMatch &m) { return m.isCurrent && m.from == 33 - i; }));
        current = std::min(current, worst(33 - i, 34 - i));
    }
    qInfo("selected %.2f, matched %.2f, current match %.2f", selected, matched, current);
    QVERIFY(selected >= 4.5 && matched >= 4.5 && current >= 4.5);
}

void tst_TerminalStrain::movesAreToldOnceACell()
{
    feed("\033[?1003;1006hready", u"ready"_s);
    QSignalSpy input(m_model, &TerminalModel::input);
    const QRect cell = m_view->cellRect(4, 9);
    for (int x = cell.left() + 1; x < cell.right(); ++x)
        QTest::mouseMove(m_view, QPoint(x, cell.center().y()));
    QCOMPARE(input.size(), 1);
    QTest::mouseMove(m_view, m_view->cellRect(4, 10).center());
    QCOMPARE(input.size(), 2);
}

void tst_TerminalStrain::everyButtonIsLetGo()
{
    feed("\033[?1002;1006hready", u"ready"_s);
    QSignalSpy input(m_model, &TerminalModel::input);
    const QPoint place = m_view->cellRect(4, 9).center();
    QTest::mousePress(m_view, Qt::LeftButton, {}, place);
    QTest::mousePress(m_view, Qt::MiddleButton, {}, place);
    QTest::mouseRelease(m_view, Qt::LeftButton, {}, place);
    QTest::mouseRelease(m_view, Qt::MiddleButton, {}, place);
    QByteArrayList sent;
    for (const auto &call : input)
        sent << call.value(0).toByteArray();
    QCOMPARE(sent, QByteArrayList({"\033[<0;10;5M", "\033[<1;10;5M", "\033[<0;10;5m", "\033[<1;10;5m"}));
}

// Rows above the screen are no places of the program's.
void tst_TerminalStrain::aScrolledViewIsTheOperators()
{
    QByteArray text;
    for (int i = 0; i < 100; ++i)
        text += "line " + QByteArray::number(i) + "\r\n";
    feed(text + "\033[?1002;1006hready", u"ready"_s);
    QTest::keyClick(m_view, Qt::Key_PageUp, Qt::ShiftModifier);
    QTRY_VERIFY(!m_model->frame().follows());
    QSignalSpy input(m_model, &TerminalModel::input);
    QTest::mouseClick(m_view, Qt::LeftButton, {}, at(3, 3));
    QWheelEvent wheel(at(3, 3), m_view->mapToGlobal(at(3, 3)), {}, QPoint(0, 120), Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view, &wheel);
    QCOMPARE(input.size(), 0);
}

void tst_TerminalStrain::narrowerIsNoNewOutput()
{
    QByteArray text;
    for (int i = 0; i < 300; ++i)
        text += QByteArray(75, 'x') + QByteArray::number(i) + "\r\n";
    feed(text, u"299"_s);
    QTest::keyClick(m_view, Qt::Key_PageUp, Qt::ShiftModifier);
    QTRY_VERIFY(!m_model->frame().follows());
    m_window->resize(m_window->width() / 2, m_window->height());
    QTRY_VERIFY(m_model->frame().columns < 60);
    QVERIFY(!m_model->frame().follows());
    auto *chip = m_view->findChild<QPushButton *>(u"terminalNewLines"_s);
    QCOMPARE(chip->text(), u"To the end"_s);
}

void tst_TerminalStrain::aBlockHasItsRowsInHtml()
{
    feed(QByteArray(80, 'a') + QByteArray(80, 'b') + "end", u"end"_s);
    drag(at(0, 1), at(1, 3), Qt::AltModifier);
    QApplication::clipboard()->setText(u"mine"_s);
    m_view->copyAsHtml();
    QTRY_VERIFY(QApplication::clipboard()->mimeData()->hasHtml());
    QCOMPARE(QApplication::clipboard()->text(), u"aa\nbb"_s);
    QVERIFY2(QApplication::clipboard()->mimeData()->html().contains(u"aa\nbb"_s),
             qPrintable(QApplication::clipboard()->mimeData()->html()));
}

void tst_TerminalStrain::nothingCopiedLeavesTheClipboard()
{
    feed("text", u"text"_s);
    QApplication::clipboard()->setText(u"mine"_s);
    drag(at(5, 2), at(5, 9));
    QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::qWait(50);
    QCOMPARE(QApplication::clipboard()->text(), u"mine"_s);
}

void tst_TerminalStrain::hiddenPastesAreAsked_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("button");
    QTest::addRow("next line") << u"a\u0085b"_s << u"1"_s;
    QTest::addRow("line separator") << u"a\u2028b"_s << u"1"_s;
    QTest::addRow("escape") << u"a\033[A"_s << u"1"_s;
    QTest::addRow("turned round") << u"ls \u202Etxt.exe"_s << u"1"_s;
    QTest::addRow("old Macs' line ends") << u"a\rb\rc"_s << u"3"_s;
    QTest::addRow("line ends of two") << u"a\r\nb\r\n"_s << u"2"_s;
}

void tst_TerminalStrain::hiddenPastesAreAsked() // [U05]
{
    QFETCH(QString, text);
    QFETCH(QString, button);
    QSignalSpy input(m_model, &TerminalModel::input);
    QApplication::clipboard()->setText(text);
    m_view->paste();
    auto *accept = m_window->findChild<QPushButton *>(u"pasteAccept"_s);
    QVERIFY(accept);
    QVERIFY2(accept->text().contains(button), qPrintable(accept->text()));
    QVERIFY(input.isEmpty());
}

void tst_TerminalStrain::nestedMarksArePastedInTime() // [U05]
{
    constexpr int kDepth = 20'000;
    const QString text = u"a"_s + u"\033[20"_s.repeated(kDepth) + u"1~"_s.repeated(kDepth) + u"b"_s;
    TerminalModes modes;
    modes.bracketedPaste = true;
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(pasteBytes(text, modes), QByteArray("\033[200~ab\033[201~"));
    qInfo("%lld ms", clock.elapsed());
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(clock.elapsed() < 500);
    QCOMPARE(pasteBytes(u"\u009B201~a\u009B200~\033[\033[200~201~b"_s, modes),
             QByteArray("\033[200~ab\033[201~"));
}

void tst_TerminalStrain::aPasteAfterTheEndGoesNowhere()
{
    QSignalSpy input(m_model, &TerminalModel::input);
    QApplication::clipboard()->setText(u"one\ntwo"_s);
    m_view->paste();
    auto *accept = m_window->findChild<QPushButton *>(u"pasteAccept"_s);
    QVERIFY(accept);
    m_view->setEnded(true);
    QTest::mouseClick(accept, Qt::LeftButton);
    QVERIFY(input.isEmpty());
}

void tst_TerminalStrain::screenReadersFindTheCursor()
{
    feed("\u65e5\u672c\u8a9e\r\n$ ", u"$"_s);
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(m_view);
    QAccessibleTextInterface *text = accessible->textInterface();
    int from = 0;
    int to = 0;
    QCOMPARE(text->textAtOffset(text->cursorPosition(), QAccessible::LineBoundary, &from, &to).trimmed(),
             u"$"_s);
    QCOMPARE(text->cursorPosition(), 6);
    // The second of the wide characters: the third column.
    QCOMPARE(text->characterRect(1).topLeft(), m_view->mapToGlobal(m_view->cellRect(0, 2).topLeft()));
    QCOMPARE(text->offsetAtPoint(m_view->mapToGlobal(m_view->cellRect(0, 4).center())), 2);
    QCOMPARE(text->offsetAtPoint(m_view->mapToGlobal(m_view->cellRect(1, 0).center())), 4);
    // Scrolled away, the cursor is in no row that is shown.
    feed("\r\n" + QByteArray("x\r\n").repeated(60) + "end", u"end"_s);
    QTest::keyClick(m_view, Qt::Key_Home, Qt::ShiftModifier);
    QTRY_VERIFY(!m_model->frame().follows());
    QCOMPARE(text->cursorPosition(), -1);
}

void tst_TerminalStrain::keypadAndConsoleKeys()
{
    QSignalSpy input(m_model, &TerminalModel::input);
    const auto press = [this](int key, Qt::KeyboardModifiers modifiers, const QString &text) {
        QKeyEvent shortcut(QEvent::ShortcutOverride, key, modifiers, text);
        shortcut.ignore();
        QApplication::sendEvent(m_view, &shortcut);
        QKeyEvent event(QEvent::KeyPress, key, modifiers, text);
        QApplication::sendEvent(m_view, &event);
        return shortcut.isAccepted();
    };
    feed("\033=ready", u"ready"_s); // the application keypad, as vim leaves it
    QVERIFY(press(Qt::Key_5, Qt::KeypadModifier, u"5"_s));
    QCOMPARE(input.takeLast().value(0).toByteArray(), QByteArray("5"));
    press(Qt::Key_Q, Qt::GroupSwitchModifier, u"@"_s); // AltGr
    QCOMPARE(input.takeLast().value(0).toByteArray(), QByteArray("@"));
    press(Qt::Key_Dead_Acute, {}, {});
    press(Qt::Key_Shift, Qt::ShiftModifier, {});
    press(Qt::Key_Control, Qt::ControlModifier, {});
    QVERIFY(input.isEmpty());
    for (int key = Qt::Key_A; key <= Qt::Key_Z; ++key) {
        if (key != Qt::Key_C && key != Qt::Key_V && key != Qt::Key_A && key != Qt::Key_F)
            QVERIFY(!press(key, Qt::ControlModifier | Qt::ShiftModifier, QString(QChar(key - 64))));
    }
    QVERIFY(input.isEmpty());
}

void tst_TerminalStrain::aTinyOneWithLargeLetters()
{
    m_view->setFontPoints(TerminalView::kMostPoints);
    m_view->setMinimumSize(1, 1);
    m_other->hide();
    m_window->centralWidget()->setMinimumSize(1, 1);
    m_window->resize(60, 30);
    m_model->write("\u65e5\u672c text that is long\r\nand more");
    QTest::qWait(300);
    QVERIFY(m_model->frame().columns >= 2 && m_model->frame().rows >= 1);
    QTest::mouseMove(m_view, QPoint(2, 2));
    QTest::mouseDClick(m_view, Qt::LeftButton, {}, QPoint(20, 10));
    QVERIFY(!m_view->grab().isNull());
}

void tst_TerminalStrain::manyLargeLettersAreForgotten()
{
    QFont font = themeOf(m_view).font(TextRole::Code);
    font.setPixelSize(53);
    GlyphStore store(font, 2);
    size_t most = 0;
    for (char32_t c = 0x4E00; c < 0x4E00 + 3'000; ++c) {
        store.glyph(c, 2, false, false);
        most = std::max(most, store.bytes());
    }
    QVERIFY2(most < 25 * 1024 * 1024, qPrintable(QString::number(most)));
}

FB_TEST(tst_TerminalStrain)

}

#include "tst_terminal_strain.moc"
