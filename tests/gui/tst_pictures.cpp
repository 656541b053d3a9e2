// Every page with fixed values, in English and light and in Japanese and dark; with FB_PICTURES=DIR in each language and look, and the
// pictures are kept there.
#include "tests/gui/console_fixture.h"
#include "tests/gui/page_states.h"
#include "tests/gui/page_states_sign_in.h"
#include "tests/gui/page_walker.h"
#include "tests/support/test_main.h"

#include <QAbstractButton>
#include <QDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

namespace {
    constexpr const char *kLanguages[] = {"en", "ja"};
}

class tst_Pictures : public QObject
{
    Q_OBJECT
private slots:
    void page_data();
    void page();
    void everyPageHasOne();

private:
    static void keep(QWidget &window, QSize size);
};

void tst_Pictures::page_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    const bool all = qEnvironmentVariableIsSet("FB_PICTURES");
    const QStringList names = PageStates::ofWelcome() + SignInPageStates::ofWindow() + PageStates::names();
    for (const QString &name : names) {
        for (const char *language : kLanguages) {
            for (const bool dark : {false, true}) {
                if (name == u"high-contrast" ? dark : !all && dark != (language == kLanguages[1]))
                    continue; // high contrast is neither light nor dark
                QTest::addRow("%s-%s-%s", qPrintable(name), language, dark ? "dark" : "light")
                    << name << QString::fromLatin1(language) << dark;
            }
        }
    }
}

void tst_Pictures::page()
{
    QFETCH(QString, name);
    QFETCH(QString, language);
    QFETCH(bool, dark);
    ConsoleFixture shown(PageStates::fleetOf(name), language,
                         dark ? SchemeChoice::Dark : SchemeChoice::Light);
    if (PageStates::ofWelcome().contains(name)) { // in the look and language that the console has just set
        const std::unique_ptr<WelcomeWindow> welcome = PageStates::welcome(name);
        return keep(*welcome, welcome->size());
    }
    if (SignInPageStates::ofWindow().contains(name)) {
        const std::unique_ptr<SignInWindow> signIn = SignInPageStates::window(name, shown);
        return keep(*signIn, signIn->size());
    }
    PageStates::open(name, shown);
    QVERIFY(!QTest::currentTestFailed());
    MainWindow &window = shown.window(); // of whoever has signed in
    window.status().setClock([] { return QDateTime(QDate(2026, 9, 21), QTime(14, 13), Qt::UTC); });
    keep(window, name.endsWith(u"-small") ? QSize(1024, 640) : QSize(1440, 900));
}

void tst_Pictures::keep(QWidget &window, QSize size)
{
    QFETCH(QString, name);
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QTest::qWait(50); // layouts settle; nothing is asserted on the time
    QVERIFY2(withoutName(window).isEmpty(), qPrintable(withoutName(window).join(u'\n')));
    QVERIFY2(iconsWithoutToolTip(window).isEmpty(), qPrintable(iconsWithoutToolTip(window).join(u'\n')));
    QTRY_VERIFY2(cutOff(window).isEmpty(), qPrintable(cutOff(window).join(u'\n')));
    const QImage picture = window.grab().toImage();
    QCOMPARE(picture.size(), size * window.devicePixelRatioF());
    // A picture shows something: many colours, not one.
    QSet<QRgb> colors;
    for (int y = 0; y < picture.height(); y += 3) {
        for (int x = 0; x < picture.width(); x += 3)
            colors.insert(picture.pixel(x, y));
    }
    QVERIFY2(colors.size() > 40, qPrintable(QString::number(colors.size())));
    if (const QString folder = qEnvironmentVariable("FB_PICTURES"); !folder.isEmpty()) {
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(
            picture.save(u"%1/%2-%3-%4.png"_s.arg(folder, name, language, dark ? u"dark"_s : u"light"_s)));
    }
}

// A page of the sidebar without a picture is one that nobody has looked at.
void tst_Pictures::everyPageHasOne()
{
    ConsoleFixture shown(Fleet::Sample);
    const QStringList names = PageStates::names();
    int pages = 0;
    const QList<QAbstractButton *> buttons = shown.window().findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        if (!button->objectName().startsWith(u"nav-"))
            continue;
        QVERIFY2(names.contains(button->objectName().mid(4)), qPrintable(button->objectName()));
        ++pages;
    }
    QVERIFY(pages >= 7);
}

FB_TEST(tst_Pictures)

}

#include "tst_pictures.moc"
