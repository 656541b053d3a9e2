// The theme's promises (look.md 2 and 5, ux.md 10): contrasts, sizes from the font, every icon renders, live switch.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/theme/icon_store.h"
#include "ui/widgets/state_look.h"

#include <QFile>
#include <QTest>

#include <cmath>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    double luminance(const QColor &color)
    {
        const auto channel
            = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
            + 0.0722 * channel(color.blueF());
    }

    double contrast(const QColor &a, const QColor &b)
    {
        const auto [low, high] = std::minmax({luminance(a), luminance(b)});
        return (high + 0.05) / (low + 0.05);
    }

    constexpr std::array kTones {Tone::Success, Tone::Running,   Tone::Failed,      Tone::TimedOut,
                                 Tone::Waiting, Tone::Cancelled, Tone::Quarantined, Tone::Accent};
}

class tst_Theme : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void textsAreReadable_data();
    void textsAreReadable();
    void sizesFollowTheFont();
    void numbersDoNotJitter();
    void linesAreCutToTheirRoom();
    void everyIconRenders();
    void switchIsLive();
    void stateKindsHaveIconAndTone();
};

void tst_Theme::textsAreReadable_data()
{
    QTest::addColumn<int>("scheme");
    QTest::addRow("light") << static_cast<int>(Scheme::Light);
    QTest::addRow("dark") << static_cast<int>(Scheme::Dark);
    QTest::addRow("high contrast") << static_cast<int>(Scheme::HighContrast);
}

void tst_Theme::textsAreReadable()
{
    QFETCH(int, scheme);
    const Theme theme(static_cast<Scheme>(scheme), interfaceFont());
    const auto atLeast = [&](const QColor &ink, Token surface, double wanted, const char *what) {
        const double is = contrast(ink, theme.color(surface));
        QVERIFY2(is >= wanted,
                 qPrintable(u"%1 on %2: %3"_s.arg(QLatin1StringView(what)).arg(int(surface)).arg(is)));
    };
    for (const Token surface : {Token::Chrome, Token::Page, Token::Base, Token::Raised, Token::Sunken}) {
        atLeast(theme.color(Token::Text), surface, 4.5, "text");
        atLeast(theme.color(Token::Text2), surface, 4.5, "text2");
        atLeast(theme.color(Token::Text3), surface, 4.5, "text3");
        atLeast(theme.color(Token::AccentText), surface, 4.5, "accentText");
        for (const Tone tone : kTones)
            atLeast(theme.toneText(tone), surface, 4.5, "tone");
    }
    for (const Token surface : {Token::Page, Token::Base, Token::Raised}) {
        atLeast(theme.color(Token::Field), surface, 3, "field");
        atLeast(theme.color(Token::Focus), surface, 3, "focus");
        for (const Tone tone : kTones)
            atLeast(theme.toneFill(tone), surface, 3, "fill");
    }
    for (const Tone tone : kTones)
        QVERIFY2(contrast(theme.toneText(tone), theme.toneSoft(tone)) >= 4.5,
                 qPrintable(QString::number(int(tone))));
    QVERIFY(contrast(theme.color(Token::OnAccent), theme.color(Token::Accent)) >= 4.5);
    QVERIFY(contrast(theme.color(Token::OnAccent), theme.color(Token::Danger)) >= 4.5);
    QVERIFY(contrast(theme.color(Token::Text), theme.color(Token::Selection)) >= 4.5);
}

void tst_Theme::sizesFollowTheFont()
{
    const Metrics at13(13);
    QCOMPARE(at13.line(), 18);
    QCOMPARE(at13.row(), 28);
    QCOMPARE(at13.fieldHeight(), 30);
    QCOMPARE(at13.topBar(), 44);
    QCOMPARE(at13.sidebarWidth(), 207); // 11.5 h
    QCOMPARE(at13.twoLineRow(), 52);
    const Metrics at20(20);
    QCOMPARE(at20.line(), 28);
    QCOMPARE(at20.row(), 43);
    QVERIFY(at20.chip() > at13.chip());
}

// All digits take the same room; what stands between them its own.
void tst_Theme::numbersDoNotJitter()
{
    const Theme theme(Scheme::Light, interfaceFont());
    TextStore &texts = theme.texts();
    QCOMPARE(texts.numberWidth(TextRole::Body, u"111"_s), texts.numberWidth(TextRole::Body, u"888"_s));
    QVERIFY(texts.numberWidth(TextRole::Body, u"11 s ago"_s)
            > texts.numberWidth(TextRole::Body, u"1 s ago"_s));
    QVERIFY(texts.numberWidth(TextRole::BigNumber, u"8"_s) > texts.numberWidth(TextRole::Body, u"8"_s));
}

namespace {
    // Where ink is, of what `draw` draws into a picture of 200 by 30.
    QRect inkOf(const std::function<void(QPainter &)> &draw)
    {
        QImage image(200, 30, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setPen(Qt::black);
        draw(painter);
        painter.end();
        QRect ink;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (qGray(image.pixel(x, y)) < 128)
                    ink |= QRect(x, y, 1, 1);
            }
        }
        return ink;
    }
}

void tst_Theme::linesAreCutToTheirRoom()
{
    const Theme theme(Scheme::Light, interfaceFont());
    const auto drawn = [&](const QString &text, Qt::Alignment alignment) {
        return inkOf([&](QPainter &painter) {
            theme.texts().draw(&painter, QRect(20, 0, 100, 30), TextRole::Body, text, alignment,
                               Qt::ElideRight);
        });
    };
    const QRect left = drawn(u"node"_s, Qt::AlignLeft);
    QVERIFY(left.left() >= 20 && left.left() < 24);
    const QRect right = drawn(u"node"_s, Qt::AlignRight);
    QVERIFY(right.right() < 120 && right.right() > 115);
    QCOMPARE(right.size(), left.size());
    for (const QString &text : {QString(60, u'x'), QString(10'000, u'x')}) {
        const QRect cut = drawn(text, Qt::AlignLeft);
        QVERIFY(cut.right() < 120 && cut.right() > 100);
    }
    QCOMPARE(drawn(u"node"_s, Qt::AlignLeft), left); // again, from the store
    QCOMPARE(drawn(u"no\nde"_s, Qt::AlignLeft), drawn(u"no de"_s, Qt::AlignLeft)); // one line
    QCOMPARE(drawn(u"no\u2028de"_s, Qt::AlignLeft), drawn(u"no de"_s, Qt::AlignLeft));
}

void tst_Theme::everyIconRenders()
{
    const Theme theme(Scheme::Light, interfaceFont());
    for (int icon = 0; icon < static_cast<int>(Icon::None); ++icon) {
        const QString path = IconStore::resourcePath(static_cast<Icon>(icon));
        QVERIFY2(QFile::exists(path), qPrintable(path));
        const QImage image = theme.pixmap(static_cast<Icon>(icon), Qt::black, 16, 2).toImage();
        QCOMPARE(image.size(), QSize(32, 32));
        int inked = 0;
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 32; ++x)
                inked += qAlpha(image.pixel(x, y)) > 100;
        }
        QVERIFY2(inked > 15, qPrintable(path));
    }
    QVERIFY(QFile::exists(u":/icons/LICENSE"_s)); // the licence travels with the icons
    QVERIFY(theme.pixmap(Icon::None, Qt::black, 16, 1).isNull());
}

void tst_Theme::switchIsLive()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    const QImage light = shown.window().grab().toImage();
    shown.console->setScheme(SchemeChoice::Dark);
    const QImage dark = shown.window().grab().toImage();
    QVERIFY(light.pixelColor(720, 880).lightness() > 200);
    QVERIFY(dark.pixelColor(720, 880).lightness() < 60);
    QCOMPARE(QApplication::palette().color(QPalette::Window), themeOf(&shown.window()).color(Token::Page));
    shown.console->setScheme(SchemeChoice::Light);
    QCOMPARE(shown.window().grab().toImage().pixel(720, 880), light.pixel(720, 880));
}

void tst_Theme::stateKindsHaveIconAndTone()
{
    for (int kind = static_cast<int>(StateKind::Success); kind <= static_cast<int>(StateKind::Quarantined);
         ++kind) {
        const StateLook look = lookOf(static_cast<StateKind>(kind));
        QVERIFY(look.icon != Icon::None);
        QVERIFY(look.tone != Tone::Neutral);
    }
}

FB_TEST(tst_Theme)

}

#include "tst_theme.moc"
