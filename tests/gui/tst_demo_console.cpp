// End to end: the console with its real engine, six real agents over loopback TLS, a document on all of them.
#include "app/console/console_program.h"
#include "app/console/start_problem.h"
#include "backend/control/control_client.h"
#include "models/table/cell_roles.h"
#include "tests/gui/program_options.h"
#include "tests/support/test_main.h"
#include "ui/nodes/activations/activations_page.h"
#include "ui/nodes/activations/enrol_wizard.h"
#include "ui/nodes/fleet/node_page.h"
#include "ui/nodes/runcommand/output_view.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/nodes/sessions/recorded_terminal.h"
#include "ui/nodes/sessions/tab_strip.h"
#include "ui/terminal/terminal_view.h"
#include "ui/text/code_editor.h"
#include "ui/text/text_viewer.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/count_tile.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/timeline.h"

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_DemoConsole : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void demoFleetRunsADocument();
    void saysWhyTheEngineCannotStart();

private:
    static void editsTags(ConsoleProgram &program);
    static void makesAndDeletesAnActivation(ConsoleProgram &program);
    static void writesADocument(ConsoleProgram &program, ControlClient &other);
    static void endsASession(ConsoleProgram &program, ControlClient &other);
    static void runsFullScreenPrograms(TerminalView &view);
    static void worksAtTheDesk(ConsoleProgram &program);
    static void playsItsRecording(ConsoleProgram &program);
    static void eventsAndAuditTellOfIt(ConsoleProgram &program);

    static void keepPicture(MainWindow &window, const QString &name)
    {
        const QString folder = qEnvironmentVariable("FB_PICTURES");
        if (folder.isEmpty())
            return;
        QVERIFY(QDir().mkpath(folder));
        QTest::qWait(200); // layouts settle; only for the picture
        QVERIFY(window.grab().save(u"%1/demo-%2.png"_s.arg(folder, name)));
    }
};

// On the page of a node that a real agent stands for: the engine stores it, the table shows it, the history tells it, Ctrl+Z takes it back.
void tst_DemoConsole::editsTags(ConsoleProgram &program)
{
    MainWindow &window = program.console()->window();
    NodeTableModel &nodes = program.fleet()->nodes();
    const QString id = nodes.idAt(2);
    const QStringList before = nodes.node(id)->tags;
    window.openAddress(u"fleet/%1?tab=tags"_s.arg(id));
    QWidget *page = window.page();
    QTest::mouseClick(page->findChild<QPushButton *>(u"tagAdd"_s), Qt::LeftButton);
    const QString row = QString::number(before.size());
    QTest::keyClicks(page->findChild<QLineEdit *>(u"tagKey-"_s + row), u"owner"_s);
    QTest::keyClicks(page->findChild<QLineEdit *>(u"tagValue-"_s + row), u"m.tanaka"_s);
    QTest::mouseClick(page->findChild<QPushButton *>(u"tagsSave"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(nodes.node(id)->tags.contains(u"owner=m.tanaka"_s), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(program.fleet()->canUndo(), 10000);
    page->findChild<TabStack *>()->setCurrent(u"history"_s);
    auto *history = page->findChild<Timeline *>(u"nodeHistory"_s);
    const auto tells = [history](const QString &text) {
        for (int entry = 0; entry < history->count(); ++entry) {
            if (history->textOf(entry).contains(text))
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(tells(u"Tags set"_s) && tells(u"Registered"_s), 10000);
    keepPicture(window, u"node-history"_s);
    page->setFocus();
    QTest::keyClick(page, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(nodes.node(id)->tags, before, 10000);
    page->findChild<TabStack *>()->setCurrent(u"raw"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page->findChild<TextViewer *>(u"nodeRaw"_s)->text().contains(id), 10000);
    page->findChild<TabStack *>()->setCurrent(u"metrics"_s);
    keepPicture(window, u"node-metrics"_s);
}

void tst_DemoConsole::makesAndDeletesAnActivation(ConsoleProgram &program)
{
    MainWindow &window = program.console()->window();
    window.openAddress(u"activations"_s);
    auto *table = window.findChild<DataTable *>(u"activationsTable"_s);
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, 10000); // those of the demo fleet
    const int before = table->model()->rowCount();
    QTest::mouseClick(window.findChild<QPushButton *>(u"activationsEnrol"_s), Qt::LeftButton);
    auto *wizard = window.findChild<EnrolWizard *>(u"enrolWizard"_s);
    QVERIFY(wizard);
    QTest::keyClicks(wizard->findChild<QLineEdit *>(u"enrolName"_s), u"made-by-test"_s);
    auto *next = wizard->findChild<QPushButton *>(u"enrolNext"_s);
    QTest::mouseClick(next, Qt::LeftButton);
    QTest::mouseClick(next, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(wizard->step(), 2, 10000);
    QVERIFY(
        wizard->findChild<QPlainTextEdit *>(u"enrolText"_s)->toPlainText().contains(u"wss://127.0.0.1:"_s));
    keepPicture(window, u"enrol"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), before + 1, 10000);
    wizard->close();
    wizard->close(); // asked once: the code cannot be shown again
    QString id;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == u"made-by-test")
            id = table->model()->index(row, 0).data(IdRole).toString();
    }
    QVERIFY(!id.isEmpty());
    table->select(id);
    qobject_cast<ActivationsPage *>(window.page())->askDelete(id);
    QTest::mouseClick(window.findChild<QPushButton *>(u"activationConfirm"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), before, 10000);
}

// A new document, refused while it is wrong, then a second version beside the first, in the store of a real engine.
void tst_DemoConsole::writesADocument(ConsoleProgram &program, ControlClient &other)
{
    MainWindow &window = program.console()->window();
    window.openAddress(u"documents/+new"_s);
    auto *text = window.findChild<QPlainTextEdit *>(u"editorText"_s);
    auto *save = window.findChild<QPushButton *>(u"editorSave"_s);
    QTest::keyClicks(window.findChild<QLineEdit *>(u"editorName"_s), u"Test-Hello"_s);
    const QString right = text->toPlainText();
    text->setPlainText(QString(right).replace(u"aws:runShellScript"_s, u"aws:noSuchPlugin"_s));
    QTRY_VERIFY(!qobject_cast<CodeEditor *>(text)->marks().isEmpty());
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY(window.findChild<Banner *>(u"editorBanner"_s)->isVisible());
    text->setPlainText(right);
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(window.address(), u"documents/Test-Hello"_s, 10000);

    window.openAddress(u"documents/Test-Hello/edit"_s);
    auto *editor = window.page();
    auto *second = editor->findChild<QPlainTextEdit *>(u"editorText"_s);
    QTRY_COMPARE_WITH_TIMEOUT(second->toPlainText(), right, 10000);
    // Somebody else makes a version meanwhile: this one is refused, and what was written is still there.
    const auto theirs = other.call(u"UpdateDocument"_s,
                                   {{u"Name"_s, u"Test-Hello"_s},
                                    {u"DocumentFormat"_s, u"YAML"_s},
                                    {u"DocumentVersion"_s, u"$LATEST"_s},
                                    {u"Content"_s, QString(right).replace(u"Says"_s, u"Still says"_s)}});
    QVERIFY2(theirs, theirs ? "" : theirs.error().message.c_str());
    const QString mine = QString(right).replace(u"hello {{"_s, u"good day {{"_s);
    second->setPlainText(mine);
    auto *saveMine = editor->findChild<QPushButton *>(u"editorSave"_s);
    QTest::mouseClick(saveMine, Qt::LeftButton);
    auto *refusal = editor->findChild<Banner *>(u"editorBanner"_s);
    QTRY_COMPARE_WITH_TIMEOUT(refusal->statement(), u"The document was not saved. Your text is still here."_s,
                              10000);
    QCOMPARE(second->toPlainText(), mine);
    window.openAddress(u"documents/Test-Hello?tab=versions"_s);
    auto *versions = window.page()->findChild<DataTable *>(u"documentVersions"_s);
    QTRY_COMPARE_WITH_TIMEOUT(versions->model()->rowCount(), 2, 10000); // the first and theirs
    keepPicture(window, u"document-versions"_s);
    versions->select(u"2"_s);
    QTest::mouseClick(window.page()->findChild<QPushButton *>(u"documentShowVersion"_s), Qt::LeftButton);
    auto *content = window.page()->findChild<QPlainTextEdit *>(u"documentContentText"_s);
    QTRY_VERIFY_WITH_TIMEOUT(content->toPlainText().contains(u"Still says"), 10000);
    window.page()->findChild<QTabBar *>(u"documentTabs"_s)->setCurrentIndex(2);
    QTest::mouseClick(window.page()->findChild<QPushButton *>(u"documentSetDefault"_s), Qt::LeftButton);
    const auto defaultOf = [versions](int row) {
        return versions->model()->index(row, DocumentVersionTable::Default).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(defaultOf(0), u"Default"_s, 10000);
    QVERIFY(defaultOf(1).isEmpty());
    QTest::mouseClick(window.page()->findChild<QPushButton *>(u"documentPageDelete"_s), Qt::LeftButton);
    QTest::mouseClick(window.findChild<QPushButton *>(u"documentConfirm"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(window.address(), u"documents"_s, 10000);
}

// A session that another client opened on a real agent shows live, and ends from here.
void tst_DemoConsole::endsASession(ConsoleProgram &program, ControlClient &other)
{
    MainWindow &window = program.console()->window();
    window.openAddress(
        u"sessions?filter=status%3DConnecting,Connected,Disconnected,Terminating,Terminated"_s);
    QTRY_VERIFY_WITH_TIMEOUT(window.findChild<QLabel *>(u"sessionsEmpty"_s)->isVisible(), 10000);
    const QString node = program.fleet()->nodes().idAt(0);
    QVERIFY(other.send(
        {.id = 1,
         .operation = u"Shell"_s,
         .input
         = {{u"Target"_s, node}, {u"Reason"_s, u"<b>why</b>"_s}, {u"Columns"_s, 80}, {u"Rows"_s, 24}}}));
    auto *table = window.findChild<DataTable *>(u"sessionsTable"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 10000);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
    QPushButton *mark = nullptr;
    QTRY_VERIFY((mark = window.page()->findChild<QPushButton *>(u"sessionMark"_s)) && mark->isVisible());
    QTest::mouseClick(mark, Qt::LeftButton);
    auto *label = window.findChild<QLineEdit *>(u"markLabel"_s);
    QTest::keyClicks(label, u"seen by a test"_s);
    QTest::keyClick(label, Qt::Key_Return);
    auto *banner = window.page()->findChild<Banner *>(u"sessionsBanner"_s);
    QTRY_COMPARE_WITH_TIMEOUT(banner->statement(), u"The mark was set."_s, 10000);
    QPushButton *end = nullptr;
    QTRY_VERIFY((end = window.page()->findChild<QPushButton *>(u"sessionTerminate"_s)) && end->isVisible());
    QTest::mouseClick(end, Qt::LeftButton);
    QTest::mouseClick(window.findChild<QPushButton *>(u"sessionConfirm"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, SessionTable::Status).data().toString(), u"Ended"_s,
                              40000);
    std::optional<QJsonObject> answer; // to the other client, after what the shell wrote
    while (!answer || answer->contains(u"event"_s)) {
        while (!(answer = other.takeLine()))
            QVERIFY(other.readSome());
    }
    QCOMPARE((*answer)[u"output"_s][u"Status"_s].toString(), u"Terminated"_s);
    keepPicture(window, u"sessions"_s);
    playsItsRecording(program);
    window.openAddress(u"fleet/%1?tab=sessions"_s.arg(node));
    auto *ofNode = window.page()->findChild<DataTable *>(u"nodeSessions"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ofNode->model()->rowCount(), 1, 10000);
}

// What a real shell wrote, as a real engine recorded it, with its proof.
void tst_DemoConsole::playsItsRecording(ConsoleProgram &program)
{
    MainWindow &window = program.console()->window();
    auto *table = window.findChild<DataTable *>(u"sessionsTable"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    auto *page = qobject_cast<PlayerPage *>(window.page());
    QVERIFY(page);
    QTRY_COMPARE_WITH_TIMEOUT(page->playback().state(), Playback::State::Ready, 10000);
    QCOMPARE(page->playback().proof(), Playback::Proof::Unchanged);
    QVERIFY(!page->playback().player().recording().bytes.isEmpty());
    QCOMPARE(page->playback().player().recording().marks.size(), 1);
    QCOMPARE(page->playback().player().recording().marks[0].label, u"seen by a test"_s);
    QTest::keyClick(&page->terminal().view(), Qt::Key_End);
    QTRY_VERIFY(page->terminal().view().shownText().contains(u'$')
                || page->terminal().view().shownText().contains(u'#'));
    keepPicture(window, u"player"_s);
    window.openAddress(u"audit?text=ReadRecording"_s); // each reading is audited
    auto *audit = window.findChild<DataTable *>(u"auditTable"_s);
    QTRY_VERIFY_WITH_TIMEOUT(audit->model()->rowCount() > 0, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(audit->model()->rowCount(), 1, 10000);
}

// vim and htop in a pane, their keys with them; then what scrolled away is found.
void tst_DemoConsole::runsFullScreenPrograms(TerminalView &view)
{
    const auto shows = [&view](const QString &text) {
        return QTest::qWaitFor([&] { return view.shownText().contains(text); }, 15000);
    };
    const auto isFullScreen = [&view] { return view.model().frame().modes.alternateScreen; };
    const auto type = [&view](const QString &text) {
        QTest::keyClicks(&view, text);
        QTest::keyClick(&view, Qt::Key_Return);
    };
    view.setFocus();
    type(u"vim -u NONE -N -R /etc/os-release"_s);
    QVERIFY2(shows(u"PRETTY_NAME="_s), qPrintable(view.shownText()));
    QVERIFY(isFullScreen());
    type(u"/VERSION_CODENAME"_s);
    QTRY_VERIFY_WITH_TIMEOUT(view.model().frame().cursorColumn == 0
                                 && view.model().frame().cursorRow > view.model().frame().screenRow,
                             10000);
    type(u":split"_s);
    QTRY_VERIFY_WITH_TIMEOUT(view.shownText().count(u"PRETTY_NAME="_s) >= 2, 10000);
    keepPicture(*static_cast<MainWindow *>(view.window()), u"desk-vim"_s);
    type(u":qa"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!isFullScreen(), 10000);
    type(u"htop"_s);
    QVERIFY2(shows(u"Load average"_s), qPrintable(view.shownText()));
    keepPicture(*static_cast<MainWindow *>(view.window()), u"desk-htop"_s);
    QTest::keyClick(&view, Qt::Key_F10); // htop's, not the menu's
    QTRY_VERIFY_WITH_TIMEOUT(!isFullScreen(), 10000);
    type(u"clear; seq -f 'number %g' 1 500"_s);
    QVERIFY(shows(u"number 500"_s));
    QTest::keyClick(&view, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *field = view.findChild<QLineEdit *>(u"terminalSearchField"_s);
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, u"number 77"_s);
    QTRY_VERIFY_WITH_TIMEOUT(view.model().searchState().isComplete && view.model().searchState().matches == 1,
                             10000);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(view.shownText().contains(u"number 77\n"_s), 10000);
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY(view.hasFocus());
}

// A shell on a real agent from the tree of nodes: typed into, split, resized, ended, opened again in place. [session-manager 8.1]
void tst_DemoConsole::worksAtTheDesk(ConsoleProgram &program)
{
    MainWindow &window = program.console()->window();
    SessionDeskModel &desk = program.console()->desk();
    window.openAddress(u"sessions?"_s);
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *tree = window.findChild<QTreeView *>(u"nodeTree"_s);
    const QModelIndexList found
        = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, u"shop-web-1"_s, 1,
                               Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    tree->setFocus();
    tree->setCurrentIndex(found[0]);
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(desk.tabs().size(), 1);
    const int first = desk.tabs()[0].focused;
    QTRY_COMPARE_WITH_TIMEOUT(desk.link(first)->state(), SessionLink::State::Connected, 15000);
    const auto viewOf
        = [&window](int pane) { return window.findChild<TerminalView *>(u"terminal-%1"_s.arg(pane)); };
    const auto type = [&viewOf](int pane, const QString &line) {
        QTest::keyClicks(viewOf(pane), line);
        QTest::keyClick(viewOf(pane), Qt::Key_Return);
    };
    QTRY_COMPARE(window.focusWidget(), viewOf(first));
    type(first, u"echo sum-$((40+2))"_s);
    QTRY_VERIFY_WITH_TIMEOUT(viewOf(first)->shownText().contains(u"sum-42"_s), 10000);
    // The program knows the size of its pane, before a split and after it.
    const auto size = [&desk](int pane) {
        return u"%1 %2"_s.arg(desk.terminal(pane)->rows()).arg(desk.terminal(pane)->columns());
    };
    type(first, u"stty size"_s);
    QTRY_VERIFY_WITH_TIMEOUT(viewOf(first)->shownText().contains(size(first)), 10000);
    const QString whole = size(first);
    QTest::keyClick(viewOf(first), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(desk.tabs()[0].layout.panes().size(), 2);
    const int second = desk.tabs()[0].focused;
    QTRY_COMPARE_WITH_TIMEOUT(desk.link(second)->state(), SessionLink::State::Connected, 15000);
    QTRY_VERIFY(size(first) != whole);
    QTest::qWait(300); // a size is told at most ten times a second
    type(first, u"clear; stty size"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(viewOf(first)->shownText().contains(size(first)),
                              qPrintable(viewOf(first)->shownText()), 10000);
    type(second, u"echo here-$((1+1))"_s);
    QTRY_VERIFY_WITH_TIMEOUT(viewOf(second)->shownText().contains(u"here-2"_s), 10000);
    runsFullScreenPrograms(*viewOf(first));
    keepPicture(window, u"desk"_s);
    // The shell says good-bye; Enter opens another in its place.
    type(second, u"exit"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.link(second)->state(), SessionLink::State::Ended, 15000);
    QCOMPARE(desk.link(second)->cause(), u"exited 0"_s);
    const QString ended = desk.link(second)->id();
    QTest::keyClick(viewOf(second), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(desk.link(second)->state(), SessionLink::State::Connected, 15000);
    QVERIFY(desk.link(second)->id() != ended);
    // Both are ended by their tab, which asks.
    const QStringList ids {desk.link(first)->id(), desk.link(second)->id()};
    auto *tabs = window.findChild<TabStrip *>(u"sessionTabs"_s);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->closeRect(desk.tabs()[0].id).center());
    QPushButton *confirm = nullptr;
    QTRY_VERIFY((confirm = window.findChild<QPushButton *>(u"sessionEndConfirm"_s)));
    QCOMPARE(confirm->text(), u"End 2 sessions"_s);
    QTest::mouseClick(confirm, Qt::LeftButton);
    QVERIFY(desk.tabs().isEmpty());
    window.openAddress(u"sessions?tab=history"_s);
    auto *table = window.findChild<DataTable *>(u"sessionsTable"_s);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 4,
                              40000); // that of the other client, and three of here
}

void tst_DemoConsole::eventsAndAuditTellOfIt(ConsoleProgram &program)
{
    MainWindow &window = program.console()->window();
    window.openAddress(u"events?text=Document%20State"_s);
    auto *events = window.findChild<DataTable *>(u"eventsTable"_s);
    QTRY_VERIFY_WITH_TIMEOUT(events->model()->rowCount() >= 3, 10000); // made, next version, default, deleted
    QTRY_VERIFY(
        events->model()->index(0, EventTable::Resource).data().toString().contains(u"document/Test-Hello"));
    window.openAddress(u"audit?text=Test-Hello"_s);
    auto *audit = window.findChild<DataTable *>(u"auditTable"_s);
    QTRY_VERIFY_WITH_TIMEOUT(audit->model()->rowCount() >= 4, 10000);
    auto *verify = window.findChild<QPushButton *>(u"verifyAudit"_s);
    QTest::mouseClick(verify, Qt::LeftButton);
    auto *banner = window.findChild<Banner *>(u"auditBanner"_s);
    QTRY_COMPARE_WITH_TIMEOUT(banner->statement(), u"The chain is intact."_s, 10000);
    keepPicture(window, u"audit"_s);
}

void tst_DemoConsole::demoFleetRunsADocument()
{
    QTemporaryDir folder;
    ConsoleProgram program(programOptions(folder));
    QSignalSpy failed(&program, &ConsoleProgram::failed);
    program.start();
    QTRY_VERIFY_WITH_TIMEOUT(program.console() || !failed.isEmpty(), 20000);
    QVERIFY2(failed.isEmpty(),
             qPrintable(failed.isEmpty() ? QString() : failed[0][0].value<ShownError>().message));
    MainWindow &window = program.console()->window();

    // First run: the button.
    auto *start = window.findChild<QPushButton *>(u"startDemoFleet"_s);
    QTRY_VERIFY(start && start->isVisible());
    keepPicture(window, u"first-run"_s);
    QTest::mouseClick(start, Qt::LeftButton);

    // Six nodes come online.
    auto *online = window.findChild<CountTile *>(u"tile-0"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(online->count() == 6, qPrintable(program.demo()->problem()), 60000);
    QCOMPARE(program.demo()->phase(), DemoFleet::Phase::Running);
    auto *table = window.findChild<DataTable *>(u"fleetTable"_s);
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 6);
    QStringList names;
    for (int row = 0; row < 6; ++row)
        names << table->model()->index(row, 0).data().toString();
    QCOMPARE(names,
             (QStringList {u"edge-gw-1"_s, u"shop-cache-1"_s, u"shop-db-1"_s, u"shop-queue-1"_s,
                           u"shop-web-1"_s, u"shop-web-2"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(!program.fleet()->nodes().allNodes()[0].platform.isEmpty(), 10000);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      {80, table->visualRect(table->model()->index(2, 0)).center().y()});
    QTRY_VERIFY(window.findChild<QLabel *>(u"nodePaneName"_s)->text() == u"shop-db-1"_s);
    keepPicture(window, u"fleet"_s);

    editsTags(program);
    makesAndDeletesAnActivation(program);
    const auto other = ControlClient::connectTo(folder.filePath(u"data"_s));
    QVERIFY(other);
    writesADocument(program, **other);
    endsASession(program, **other);
    worksAtTheDesk(program);
    eventsAndAuditTellOfIt(program);
    window.openAddress(u"fleet"_s);

    // A document on all of them.
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QTest::mouseClick(window.findChild<QPushButton *>(u"runOnNodes"_s), Qt::LeftButton);
    QPlainTextEdit *commands = nullptr;
    QTRY_VERIFY((commands = window.findChild<QPlainTextEdit *>(u"parameter-commands"_s)));
    commands->setPlainText(u"echo hello from the bridge\nuname -s\necho to the error stream >&2"_s);
    QTest::keyClicks(window.findChild<QLineEdit *>(u"composerComment"_s), u"Say hello"_s);
    auto *send = window.findChild<QPushButton *>(u"composerSend"_s);
    QCOMPARE(send->text(), u"Run on 6 nodes"_s);
    keepPicture(window, u"composer"_s);
    QTest::mouseClick(send, Qt::LeftButton);

    // Six successes, and what they said.
    QTRY_VERIFY_WITH_TIMEOUT(window.address().startsWith(u"run-command/"_s), 15000);
    QLabel *done = nullptr;
    QTRY_VERIFY((done = window.findChild<QLabel *>(u"runDone"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(done->text(), u"6 of 6 nodes done"_s, 60000);
    window.findChild<QComboBox *>(u"runNodesBy"_s)->setCurrentIndex(1);
    auto *targets = window.findChild<DataTable *>(u"targetTable"_s);
    QCOMPARE(targets->model()->rowCount(), 6);
    for (int row = 0; row < 6; ++row) {
        QCOMPARE(targets->model()->index(row, 1).data().toString(), u"Success"_s);
        QCOMPARE(targets->model()->index(row, 2).data().toString(), u"0"_s);
        targets->setCurrentIndex(targets->model()->index(row, 0));
        auto *output = window.findChild<OutputView *>(u"targetOutput"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(output->toPlainText().contains(u"hello from the bridge\nLinux\n"_s)
                                      && output->toPlainText().contains(u"to the error stream\n"_s),
                                  qPrintable(output->toPlainText()), 5000);
    }
    keepPicture(window, u"targets"_s);
    window.findChild<QComboBox *>(u"runNodesBy"_s)->setCurrentIndex(0);
    auto *list = window.findChild<QListView *>(u"outputList"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1); // all said the same
    QTRY_COMPARE(window.findChild<QLabel *>(u"outputTitle"_s)->text(), u"6 nodes with the same output"_s);
    keepPicture(window, u"run"_s);
    auto *tabs = window.page()->findChild<TabStack *>();
    tabs->setCurrent(u"events"_s);
    QTRY_VERIFY_WITH_TIMEOUT(window.findChild<Timeline *>(u"runEvents"_s)->count() > 12, 10000);
    tabs->setCurrent(u"history"_s);
    auto *history = window.findChild<Timeline *>(u"runHistory"_s);
    QTRY_COMPARE_WITH_TIMEOUT(history->count(), 1, 10000);
    QVERIFY2(history->textOf(0).contains(u" sent it"_s), qPrintable(history->textOf(0)));
    tabs->setCurrent(u"nodes"_s);

    // A link to a run that is not there.
    QSignalSpy missing(program.runs(), &RunsViewModel::missing);
    program.runs()->read(u"11111111-2222-4333-8444-000000000008"_s);
    QTRY_COMPARE_WITH_TIMEOUT(missing.size(), 1, 10000);

    // Live output: lines are on the screen while the script still runs.
    QTest::mouseClick(window.findChild<QPushButton *>(u"runAgain"_s), Qt::LeftButton);
    QTRY_VERIFY((commands = window.findChild<QPlainTextEdit *>(u"parameter-commands"_s)));
    commands->setPlainText(u"echo first line\nsleep 60\necho never"_s);
    const QString before = window.address();
    QTest::mouseClick(window.findChild<QPushButton *>(u"composerSend"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(window.address() != before, 15000);
    QWidget *page = window.page();
    QTRY_VERIFY_WITH_TIMEOUT(
        page->findChild<OutputView *>(u"outputView"_s)->toPlainText().contains(u"first line"_s), 20000);
    keepPicture(window, u"live"_s);
    QTest::mouseClick(page->findChild<QPushButton *>(u"runCancel"_s), Qt::LeftButton);
    QPushButton *really = nullptr; // it says first what it can do
    QTRY_VERIFY((really = window.findChild<QPushButton *>(u"cancelRunConfirm"_s)));
    QTest::mouseClick(really, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!page->findChild<QPushButton *>(u"runCancel"_s)->isVisible(), 40000);
    QVERIFY(!page->findChild<OutputView *>(u"outputView"_s)->toPlainText().contains(u"never"_s));

    // And away with them.
    window.openAddress(u"fleet"_s);
    program.demo()->stopAndRemove();
    QTRY_VERIFY_WITH_TIMEOUT(window.findChild<QPushButton *>(u"startDemoFleet"_s)->isVisible(), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(folder.filePath(u"data/demo-agents"_s)).exists(), 20000);
}

void tst_DemoConsole::saysWhyTheEngineCannotStart()
{
    QTemporaryDir folder;
    ConsoleOptions wrong = programOptions(folder);
    wrong.passphraseFile = folder.filePath(u"missing"_s);
    ConsoleProgram program(wrong);
    QSignalSpy failed(&program, &ConsoleProgram::failed);
    program.start();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20000);
    QVERIFY(!program.console());
    StartProblem *shown = nullptr;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *problem = qobject_cast<StartProblem *>(window))
            shown = problem;
    }
    QVERIFY(shown && shown->isVisible());
    QCOMPARE(shown->findChild<QLabel *>(u"startProblemStatement"_s)->text(),
             u"The master key cannot be reached"_s);
    QVERIFY(shown->findChild<QLabel *>(u"startProblemAdvice"_s)->text().contains(u"--passphrase-file"_s));
}

FB_TEST(tst_DemoConsole)

}

#include "tst_demo_console.moc"
