// Every page in light and dark, English and Japanese, with fixed values. With FB_PICTURES=DIR the pictures are kept there.
#include "tests/gui/console_fixture.h"
#include "tests/gui/page_walker.h"
#include "tests/support/test_main.h"

#include "ui/welcome/store_screen.h"
#include "ui/welcome/welcome_window.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/tab_stack.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

namespace {
    constexpr const char *kPages[] = {"welcome",
                                      "welcome-here",
                                      "welcome-postgres",
                                      "welcome-demo",
                                      "first-run",
                                      "first-steps",
                                      "key-backup",
                                      "headless",
                                      "fleet",
                                      "run-command",
                                      "runs",
                                      "composer",
                                      "composer-all",
                                      "composer-raw",
                                      "composer-line",
                                      "run-page-summary",
                                      "run-page-table",
                                      "run-page-rate",
                                      "run-page-events",
                                      "run-page-history",
                                      "run-page-raw",
                                      "palette",
                                      "activation",
                                      "fleet-small",
                                      "audit",
                                      "node",
                                      "node-metrics",
                                      "node-tags",
                                      "node-runs",
                                      "node-sessions",
                                      "node-history",
                                      "node-raw",
                                      "deregister",
                                      "activations",
                                      "enrol-who",
                                      "enrol-how",
                                      "enrol-install",
                                      "events",
                                      "documents",
                                      "document",
                                      "document-versions",
                                      "document-compare",
                                      "document-editor",
                                      "sessions",
                                      "palette-search",
                                      "settings",
                                      "activity",
                                      "shortcuts",
                                      "high-contrast"};
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
    static void welcome(const QString &name);
    static void keep(QWidget &window, QSize size);
};

void tst_Pictures::page_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    for (const char *name : kPages) {
        for (const char *language : kLanguages) {
            for (const bool dark : {false, true}) {
                if (dark && qstrcmp(name, "high-contrast") == 0)
                    continue; // it is neither
                QTest::addRow("%s-%s-%s", name, language, dark ? "dark" : "light")
                    << QString::fromLatin1(name) << QString::fromLatin1(language) << dark;
            }
        }
    }
}

void tst_Pictures::page()
{
    QFETCH(QString, name);
    QFETCH(QString, language);
    QFETCH(bool, dark);
    const bool empty = name == u"first-run" || name == u"activation" || name.startsWith(u"welcome");
    ConsoleFixture shown(empty ? Fleet::Empty : Fleet::Sample, language,
                         dark ? SchemeChoice::Dark : SchemeChoice::Light);
    MainWindow &window = shown.window();
    if (name.startsWith(u"welcome"))
        return welcome(name);
    if (name == u"first-steps") {
        shown.settings.setStepsDone({u"enrol"_s});
        shown.firstSteps->showAgain();
    }
    if (name == u"key-backup")
        shown.find<QAction>("backUpKey")->trigger();
    if (name == u"headless")
        shown.find<QAction>("headless")->trigger();
    if (name == u"activation")
        QTest::mouseClick(shown.find<QPushButton>("createActivation"), Qt::LeftButton);
    if (name == u"fleet-small")
        window.resize(1024, 640); // the smallest window
    if (name.startsWith(u"fleet")) {
        shown.find<DataTable>("fleetTable")->select(shown.fleet->nodes().idAt(7));
        shown.find<DataTable>("fleetTable")->setFocus();
    }
    if (name.startsWith(u"node"))
        window.openAddress(u"fleet/%1?tab=%2"_s.arg(shown.fleet->nodes().idAt(7), name.section(u'-', 1)));
    if (name == u"activations")
        window.openAddress(u"activations?row=5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s);
    if (name.startsWith(u"enrol")) {
        shown.find<QAction>("cmdEnrol")->trigger();
        const QStringList steps {u"enrol-who"_s, u"enrol-how"_s, u"enrol-install"_s};
        for (qsizetype step = steps.indexOf(name); step > 0; --step)
            QTest::mouseClick(shown.visible("enrolNext"), Qt::LeftButton);
    }
    if (name == u"deregister") {
        shown.find<DataTable>("fleetTable")->selectAll();
        shown.find<QAction>("fleetDeregister")->trigger();
    }
    if (name == u"sessions")
        window.openAddress(u"sessions?row=m.tanaka-0a1b2c3d4e5f60710"_s);
    if (name == u"documents")
        window.openAddress(u"documents?row=Fb-PatchWebTier"_s);
    if (name == u"document" || name.startsWith(u"document-")) {
        shown.documentsSource.contents[u"Fb-PatchWebTier"_s]
            = {u"first"_s,
               FakeDocumentsSource::sampleContent()
                   .replace(u"default: Scan"_s, u"default: Install"_s)
                   .replace(u"        - nginx -s quit\n"_s, QString()),
               FakeDocumentsSource::sampleContent()};
        window.openAddress(name == u"document-editor"
                               ? u"documents/+new"_s
                               : u"documents/Fb-PatchWebTier?tab="_s + name.section(u'-', 1));
    }
    if (name == u"document-editor") {
        auto *text = static_cast<QPlainTextEdit *>(shown.visible("editorText"));
        text->setPlainText(
            FakeDocumentsSource::sampleContent().replace(u"aws:runShellScript"_s, u"aws:wrong"_s));
        QTRY_VERIFY(shown.visible("editorProblems"));
    }
    if (name == u"events")
        window.openAddress(u"events?row=8198"_s);
    if (name == u"audit")
        window.openAddress(u"audit?row=1197"_s);
    if (name == u"settings")
        window.openAddress(u"settings"_s);
    if (name == u"activity") {
        RunRow run = FakeRunSource::sampleRun(shown.runSource.m_now);
        run.id = u"11111111-2222-4333-8444-000000000001"_s;
        shown.runs->runs().applyRuns({run});
        shown.find<QAction>("dock-activity-toggle")->trigger();
        Notice notice;
        notice.state = StateKind::ConnectionLost;
        notice.title = u"web-osa-02 lost the connection"_s;
        notice.address = u"audit"_s;
        notice.action = u"Show"_s;
        notice.at = shown.runSource.m_now;
        shown.console->notices().add(notice);
        QTRY_VERIFY(shown.visible(qPrintable(u"activity-"_s + run.id)));
    }
    if (name == u"shortcuts")
        shown.find<QAction>("openShortcuts")->trigger();
    if (name == u"high-contrast") {
        shown.console->setScheme(SchemeChoice::HighContrast);
        shown.find<DataTable>("fleetTable")->select(shown.fleet->nodes().idAt(7));
    }
    if (name == u"runs")
        window.openAddress(u"run-command"_s);
    if (name.startsWith(u"run-page-")) {
        window.openAddress(u"run-command/%1?tab=%2"_s.arg(FakeRunSource::sampleRun({}).id,
                                                          name == u"run-page-table" ? u"nodes&by=node"_s
                                                                                    : name.section(u'-', 2)));
        shown.runSource.playSampleRun();
        QTest::qWait(400); // groups and what hangs on them come after a quarter of a second
    }
    if (name == u"run-command") {
        window.openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id);
        shown.runSource.playSampleRun();
        QWidget *list = shown.visible("outputList");
        QVERIFY(list);
        QTRY_VERIFY(static_cast<QAbstractItemView *>(list)->model()->rowCount() > 6);
        static_cast<QAbstractItemView *>(list)->setCurrentIndex(
            static_cast<QAbstractItemView *>(list)->model()->index(1, 0));
    }
    if (name.startsWith(u"composer-")) {
        RunRequest request;
        request.documentName = u"Fb-DeployWeb"_s;
        request.parameters = {{u"release"_s, {u"4."_s}},
                              {u"services"_s, {u"nginx"_s, u"php-fpm"_s}},
                              {u"settings"_s, {u"{\"MODE\": \"blue\"}"_s}}};
        request.targets.tags = QStringList {u"role=web"_s};
        shown.console->openComposerWith(request);
        shown.visible("composer")->findChild<TabStack *>()->setCurrent(name.section(u'-', 1));
        if (name == u"composer-all") // what is missing stands under its field
            QTest::mouseClick(shown.visible("composerSend"), Qt::LeftButton);
    }
    if (name == u"composer") {
        shown.console->openComposer({shown.fleet->nodes().idAt(7), shown.fleet->nodes().idAt(8)});
        QVERIFY(shown.visible("composer"));
    }
    if (name.startsWith(u"palette"))
        window.openPalette();
    if (name == u"palette-search")
        shown.find<QLineEdit>("paletteEdit")->setText(u"run"_s);
    window.status().setClock([] { return QDateTime(QDate(2026, 9, 21), QTime(14, 13), Qt::UTC); });
    keep(window, name == u"fleet-small" ? QSize(1024, 640) : QSize(1440, 900));
}

// Before there is a store, and so no window of the console; its look and language are those that the console has just set.
void tst_Pictures::welcome(const QString &name)
{
    WelcomeWindow window({.dataDir = u"/home/m.tanaka/.local/share/flagbridge"_s,
                          .operatorName = u"m.tanaka"_s,
                          .before = {}});
    window.show();
    const QString card
        = u"choose"_s + name.section(u'-', 1).replace(0, 1, name.section(u'-', 1).left(1).toUpper());
    if (name != u"welcome")
        QTest::mouseClick(window.findChild<QAbstractButton *>(card), Qt::LeftButton);
    if (name == u"welcome-postgres") { // as it answers to what is missing
        window.findChild<QComboBox *>(u"nodesFrom"_s)->setCurrentIndex(1);
        const QList<StoreScreen *> screens = window.findChildren<StoreScreen *>();
        for (StoreScreen *screen : screens) {
            if (screen->isVisible())
                screen->submit();
        }
    }
    keep(window, window.size());
}

void tst_Pictures::keep(QWidget &window, QSize size)
{
    QFETCH(QString, name);
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QTest::qWait(50); // layouts settle; nothing is asserted on the time
    QVERIFY2(withoutName(window).isEmpty(), qPrintable(withoutName(window).join(u'\n')));
    QVERIFY2(iconsWithoutToolTip(window).isEmpty(), qPrintable(iconsWithoutToolTip(window).join(u'\n')));
    QVERIFY2(cutOff(window).isEmpty(), qPrintable(cutOff(window).join(u'\n')));
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
    QStringList names;
    for (const char *name : kPages)
        names << QString::fromLatin1(name);
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
