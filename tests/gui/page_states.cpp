#include "tests/gui/page_states.h"

#include "tests/gui/page_states_charts.h"
#include "tests/gui/page_states_desktops.h"
#include "tests/gui/page_states_engine.h"
#include "tests/gui/page_states_sign_in.h"
#include "ui/nodes/fleet/journal_page.h"
#include "ui/nodes/sessions/sessions_page.h"
#include "ui/welcome/store_screen.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/tab_stack.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

QStringList PageStates::names()
{
    const QStringList names {
        u"first-run"_s,
        u"first-steps"_s,
        u"key-backup"_s,
        u"headless"_s,
        u"fleet"_s,
        u"run-command"_s,
        u"runs"_s,
        u"run-missing"_s,
        u"run-compare"_s,
        u"composer"_s,
        u"composer-all"_s,
        u"composer-raw"_s,
        u"composer-line"_s,
        u"composer-missing"_s,
        u"run-page-summary"_s,
        u"run-page-table"_s,
        u"run-page-rate"_s,
        u"run-page-events"_s,
        u"run-page-history"_s,
        u"run-page-raw"_s,
        u"palette"_s,
        u"activation"_s,
        u"fleet-small"_s,
        u"fleet-no-match"_s,
        u"audit"_s,
        u"node"_s,
        u"node-processes"_s,
        u"node-processes-tree"_s,
        u"node-processes-offline"_s,
        u"node-processes-none"_s,
        u"node-processes-end"_s,
        u"node-processes-start"_s,
        u"node-services"_s,
        u"node-services-detail"_s,
        u"node-services-offline"_s,
        u"node-services-none"_s,
        u"node-services-small"_s,
        u"node-files"_s,
        u"node-files-content"_s,
        u"node-files-difference"_s,
        u"node-files-conflict"_s,
        u"node-files-permissions"_s,
        u"node-files-offline"_s,
        u"node-accounts"_s,
        u"node-accounts-groups"_s,
        u"node-accounts-new"_s,
        u"node-accounts-none"_s,
        u"node-journal"_s,
        u"node-journal-detail"_s,
        u"node-journal-problem"_s,
        u"node-journal-offline"_s,
        u"node-journal-files"_s,
        u"journal"_s,
        u"journal-empty"_s,
        u"journal-small"_s,
        u"node-tags"_s,
        u"node-runs"_s,
        u"node-sessions"_s,
        u"node-history"_s,
        u"node-raw"_s,
        u"deregister"_s,
        u"activations"_s,
        u"approvals"_s,
        u"clones"_s,
        u"clones-changed"_s,
        u"clones-anew"_s,
        u"profiles"_s,
        u"profiles-change"_s,
        u"profiles-of-node"_s,
        u"reenrol"_s,
        u"reenrol-made"_s,
        u"quarantine"_s,
        u"enrol-who"_s,
        u"enrol-how"_s,
        u"enrol-install"_s,
        u"events"_s,
        u"documents"_s,
        u"document"_s,
        u"document-versions"_s,
        u"document-compare"_s,
        u"document-attachments"_s,
        u"document-attachments-empty"_s,
        u"document-attachments-fetching"_s,
        u"document-attachments-s3"_s,
        u"document-editor"_s,
        u"document-dry-run"_s,
        u"document-step"_s,
        u"sessions"_s,
        u"sessions-list"_s,
        u"sessions-desk"_s,
        u"sessions-start"_s,
        u"sessions-ended"_s,
        u"sessions-resume"_s,
        u"sessions-recordings"_s,
        u"session-mark"_s,
        u"session-watch"_s,
        u"recordings-search"_s,
        u"recordings-found"_s,
        u"tunnels"_s,
        u"tunnel-open"_s,
        u"palette-search"_s,
        u"settings"_s,
        u"activity"_s,
        u"shortcuts"_s,
        u"high-contrast"_s,
    };
    return EnginePageStates::names() + names + ofPlayer() + ChartPageStates::names() + DesktopStates::names()
        + SignInPageStates::names();
}

ConsoleFixture::Fleet PageStates::fleetOf(const QString &name)
{
    const bool empty = name == u"first-run" || name == u"activation" || name.startsWith(u"welcome");
    return empty ? ConsoleFixture::Fleet::Empty : ConsoleFixture::Fleet::Sample;
}

namespace {

    ShownError notConnected()
    {
        return {.kind = ShownError::Kind::Unavailable,
                .code = u"TargetNotConnected"_s,
                .message = u"mi-0a1b2c3d4e5f60718 is not connected."_s,
                .field = {}};
    }

    void openProcesses(const QString &name, ConsoleFixture &shown)
    {
        if (name.endsWith(u"-none")) {
            QTRY_VERIFY(shown.visible("processesEmpty"));
            return;
        }
        QTRY_VERIFY(shown.visible("processTable"));
        auto *table = static_cast<DataTable *>(shown.visible("processTable"));
        table->select(u"22310.23310"_s);
        table->setFocus();
        if (name.endsWith(u"-tree"))
            QTest::mouseClick(shown.visible("processTree"), Qt::LeftButton);
        if (name.endsWith(u"-end"))
            QTest::mouseClick(shown.visible("processEnd"), Qt::LeftButton);
        if (name.endsWith(u"-start"))
            QTest::mouseClick(shown.visible("processStart"), Qt::LeftButton);
        if (name.endsWith(u"-offline")) {
            shown.processSource.problem = notConnected();
            shown.find<QComboBox>("processInterval")->setCurrentIndex(0); // 1 s
            QTRY_VERIFY(!shown.visible("processEnd")->isEnabled());
        }
    }
}

namespace {

    void openJournal(const QString &name, ConsoleFixture &shown)
    {
        if (name == u"node-journal-offline") {
            QTRY_VERIFY(shown.visible("journalEmpty"));
            return;
        }
        if (name == u"node-journal-files") {
            QTRY_VERIFY(shown.visible("logFileTable"));
            return;
        }
        if (name == u"journal-empty") {
            shown.window().openAddress(u"journal"_s);
            return;
        }
        if (name == u"journal-small")
            shown.window().resize(1024, 640);
        if (name.startsWith(u"journal")) {
            FakeJournalSource &source = shown.journalSource;
            QStringList ids;
            for (int i = 0; i < 6; ++i)
                ids << shown.fleet->nodes().idAt(i);
            for (qsizetype i = 0; i < ids.size(); ++i) {
                for (JournalEntry &entry : source.at(ids[i]).entries)
                    entry.stamp += Microseconds(i * 412'345);
            }
            source.at(ids[1]).clock = {true, Microseconds(2'400'000), Microseconds(2000)};
            source.at(ids[3]).problem = notConnected();
            source.at(ids[4]).noJournal = u"There is no journalctl on this node, which this needs."_s;
            source.at(ids[5]).answers = false;
            shown.window().openAddress(JournalPage::addressOf(ids));
        }
        QTRY_VERIFY(shown.visible("journalTable"));
        auto *table = static_cast<DataTable *>(shown.visible("journalTable"));
        table->select(table->model()->index(2, 0).data(IdRole).toString());
        table->setFocus();
        if (name == u"node-journal-detail") {
            QTest::keyClick(table, Qt::Key_Return);
            QTRY_VERIFY(shown.visible("journalCopy") && shown.visible("journalCopy")->isEnabled());
        }
        if (name == u"node-journal-problem") {
            auto *unit = static_cast<QComboBox *>(shown.visible("journalUnit"));
            unit->setEditText(u"ssh*"_s);
            QTest::keyClick(unit, Qt::Key_Return);
        }
    }
}

namespace {

    void openAccounts(const QString &name, ConsoleFixture &shown)
    {
        if (name.endsWith(u"-none")) {
            QTRY_VERIFY(shown.visible("accountsEmpty"));
            return;
        }
        QTRY_VERIFY(shown.visible("userTable"));
        auto *table = static_cast<DataTable *>(shown.visible("userTable"));
        table->select(u"1002.dave"_s);
        table->setFocus();
        if (name.endsWith(u"-groups"))
            shown.find<QTabBar>("accountTabs")->setCurrentIndex(1);
        if (name.endsWith(u"-new"))
            QTest::mouseClick(shown.visible("userNew"), Qt::LeftButton);
    }
}

namespace {

    void openFiles(const QString &name, ConsoleFixture &shown)
    {
        if (name.endsWith(u"-offline")) {
            QTRY_VERIFY(shown.visible("filesEmpty"));
            return;
        }
        QTRY_VERIFY(shown.visible("fileTable"));
        shown.fileSource.contents["/etc/app.conf"]
            = {.bytes = "# checkout\npool = shop-primary\nmax = 64\nwaiting = 37\n",
               .encoding = u"utf-8"_s,
               .size = 812,
               .digest = "opened"};
        auto *path = shown.find<QLineEdit>("filesPath");
        path->setFocus(); // else Enter is the key of what has it
        path->setText(u"/etc"_s);
        QTest::keyClick(path, Qt::Key_Return);
        auto *table = shown.find<DataTable>("fileTable");
        QTRY_COMPARE(table->model()->rowCount(), 9);
        const QString id = FileRow {.name = "app.conf"}.id();
        table->select(id);
        table->setFocus();
        shown.transferSource.tell({.id = 5,
                                   .nodeId = shown.fleet->nodes().idAt(7),
                                   .name = u"image.bin"_s,
                                   .done = 50 << 20,
                                   .total = 200 << 20,
                                   .phase = TransferState::Phase::Running});
        const auto choose = [&](const char *action) {
            auto *menu = qobject_cast<QPushButton *>(shown.visible("fileActions"))->menu();
            emit menu->aboutToShow();
            menu->findChild<QAction *>(QString::fromLatin1(action))->trigger();
        };
        if (name.endsWith(u"-content") || name.endsWith(u"-difference")) {
            emit table->opened(id);
            QTRY_VERIFY(shown.visible("fileText"));
        }
        if (name.endsWith(u"-difference")) {
            QTest::mouseClick(shown.visible("fileEdit"), Qt::LeftButton);
            QTRY_VERIFY(shown.visible("fileEditor"));
            qobject_cast<QPlainTextEdit *>(shown.visible("fileEditor"))
                ->setPlainText(u"# checkout\npool = shop-primary\nmax = 96\nwaiting = 37\n"_s);
            shown.fileSource.conflict
                = {.digest = "theirs",
                   .isConflict = true,
                   .content = "# checkout\npool = shop-primary\nmax = 64\nwaiting = 12\n"};
            QTest::mouseClick(shown.visible("fileSave"), Qt::LeftButton);
            QTRY_VERIFY(shown.visible("fileDiff"));
        }
        if (name.endsWith(u"-conflict")) {
            choose("fileCopy");
            shown.fileSource.workStates = {{.id = 1, .question = "/etc/app.conf"}};
            choose("filePaste");
            QTRY_VERIFY(shown.visible("conflictSkip"));
        }
        if (name.endsWith(u"-permissions"))
            choose("filePermissions");
    }
}

void PageStates::open(const QString &name, ConsoleFixture &shown)
{
    MainWindow &window = shown.window();
    if (SignInPageStates::names().contains(name))
        return SignInPageStates::open(name, shown);
    if (EnginePageStates::names().contains(name))
        return EnginePageStates::open(name, shown);
    if (ChartPageStates::names().contains(name))
        return ChartPageStates::open(name, shown);
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
    if (name == u"fleet" || name == u"fleet-small") {
        shown.find<DataTable>("fleetTable")->select(shown.fleet->nodes().idAt(7));
        shown.find<DataTable>("fleetTable")->setFocus();
    }
    if (name == u"node-processes-none")
        shown.processSource.problem = notConnected();
    if (name == u"node-accounts-none")
        shown.accountSource.problem = notConnected();
    if (name.startsWith(u"node-services"))
        beforeServices(name, shown);
    if (name == u"node-journal-offline")
        shown.journalSource.at(shown.fleet->nodes().idAt(7)).problem = notConnected();
    if (name == u"node-journal-files") {
        FakeJournalSource &source = shown.journalSource;
        source.at(shown.fleet->nodes().idAt(7)).noJournal = u"No journal files were found."_s;
        source.files = {{"/var/log/auth.log", 182'311, source.m_now - std::chrono::minutes(2)},
                        {"/var/log/dpkg.log", 21'090, source.m_now - std::chrono::hours(40)},
                        {"/var/log/nginx/access.log", 48'211'904, source.m_now},
                        {"/var/log/nginx/error.log", 3'402, source.m_now - std::chrono::minutes(9)},
                        {"/var/log/syslog", 1'932'118, source.m_now}};
    }
    if (name == u"node-files-offline")
        shown.fileSource.problem = notConnected();
    if (name.startsWith(u"node"))
        window.openAddress(u"fleet/%1?tab=%2"_s.arg(shown.fleet->nodes().idAt(7), name.section(u'-', 1, 1)));
    if (name.startsWith(u"node-processes"))
        openProcesses(name, shown);
    if (name.startsWith(u"node-accounts"))
        openAccounts(name, shown);
    if (name.startsWith(u"node-services"))
        openServices(name, shown);
    if (name.startsWith(u"node-journal") || name.startsWith(u"journal"))
        openJournal(name, shown);
    if (name.startsWith(u"node-files"))
        openFiles(name, shown);
    if (name == u"activations")
        window.openAddress(u"activations?row=5c0e7d1a-4b1f-4c6e-9a57-0d3f8e2b7c11"_s);
    if (name == u"approvals")
        window.openAddress(u"approvals?row=mi-1122334455667788a"_s);
    if (name.startsWith(u"clones")) {
        window.openAddress(name == u"clones-changed" ? u"clones?row=mi-1122334455667788a"_s
                                                     : u"clones?row=mi-0a1b2c3d4e5f60718"_s);
        if (name == u"clones-anew") {
            static_cast<void>(QTest::qWaitFor([&] { return shown.visible("cloneRegister") != nullptr; }));
            QTest::mouseClick(shown.visible("cloneRegister"), Qt::LeftButton);
        }
    }
    if (name == u"profiles" || name == u"profiles-change") {
        window.openAddress(u"profiles?row=strict"_s);
        if (name == u"profiles-change") {
            static_cast<void>(QTest::qWaitFor([&] { return shown.visible("profileChange") != nullptr; }));
            QTest::mouseClick(shown.visible("profileChange"), Qt::LeftButton);
        }
    }
    if (name == u"profiles-of-node") {
        window.openAddress(u"fleet/%1"_s.arg(shown.fleet->nodes().idAt(7)));
        shown.find<QAction>("nodeProfile")->trigger();
    }
    if (name.startsWith(u"reenrol") || name == u"quarantine") {
        window.openAddress(u"fleet/%1"_s.arg(shown.fleet->nodes().idAt(7)));
        shown.find<QAction>(name == u"quarantine" ? "nodeQuarantine" : "nodeReenrol")->trigger();
        if (name == u"reenrol-made") {
            QTest::mouseClick(shown.visible("reenrolMake"), Qt::LeftButton);
            static_cast<void>(QTest::qWaitFor([&] { return shown.visible("reenrolText") != nullptr; }));
            QTest::qWait(50); // its parts find their places
        }
    }
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
        window.openAddress(u"sessions"_s);
    if (name == u"sessions-list")
        window.openAddress(u"sessions?row=m.tanaka-0a1b2c3d4e5f60710"_s);
    if (name.startsWith(u"sessions-") && name != u"sessions-list")
        openDesk(name, shown);
    if (name == u"sessions-recordings")
        window.openAddress(SessionsPage::recordingsAddress());
    if (name == u"session-watch") {
        const QString id = u"k.suzuki-0a1b2c3d4e5f60711"_s;
        shown.linksSource.screens.insert(
            id,
            "\x1b[32mops@web-tyo-01\x1b[0m:\x1b[34m~\x1b[0m$ systemctl is-active nginx checkout\r\n"
            "\x1b[32mactive\x1b[0m\r\n\x1b[31mfailed\x1b[0m\r\n"
            "\x1b[32mops@web-tyo-01\x1b[0m:\x1b[34m~\x1b[0m$ ");
        window.openAddress(u"sessions/%1/watch"_s.arg(id));
        QTRY_COMPARE(shown.linksSource.watched, QStringList {id});
        QTest::qWait(100); // drawn off this thread
    }
    if (name == u"recordings-search")
        window.openAddress(u"sessions?tab=recordings"_s);
    if (name == u"recordings-found") {
        shown.recordingSearch.unreadable = 1;
        window.openAddress(u"sessions?tab=recordings&find=failed&row=m.tanaka-0a1b2c3d4e5f60721%230"_s);
        QTRY_COMPARE(shown.recordings->table().rowCount(), 3);
        window.openAddress(u"sessions?tab=recordings&find=failed&row=m.tanaka-0a1b2c3d4e5f60721%230"_s);
    }
    if (name == u"tunnels")
        window.openAddress(u"sessions?tab=tunnels&row=tunnel-1"_s);
    if (DesktopStates::names().contains(name))
        DesktopStates::open(name, shown);
    if (name == u"tunnel-open") {
        window.openAddress(u"sessions?tab=tunnels"_s);
        QTRY_VERIFY(shown.visible("tunnelsOpen"));
        QTest::mouseClick(shown.visible("tunnelsOpen"), Qt::LeftButton);
        static_cast<QLineEdit *>(shown.visible("tunnelHost"))->setText(u"db.lan"_s);
        static_cast<QLineEdit *>(shown.visible("tunnelPort"))->setText(u"5432"_s);
        static_cast<QLineEdit *>(shown.visible("tunnelLocalPort"))->setText(u"15432"_s);
        shown.tunnelsSource.refusal
            = {.kind = ShownError::Kind::Unavailable,
               .code = u"ServiceUnavailable"_s,
               .message = u"Port 15432 of this machine is in use by postgres (process 812)."_s,
               .field = u"localPortNumber"_s};
        shown.tunnelsSource.freePort = 40123;
        QTest::mouseClick(shown.visible("tunnelOpen"), Qt::LeftButton);
        QTRY_VERIFY(shown.visible("tunnelUseFree"));
    }
    if (name == u"session-mark") {
        window.openAddress(u"sessions?row=m.tanaka-0a1b2c3d4e5f60710"_s);
        QTRY_VERIFY(shown.visible("sessionMark"));
        QTest::mouseClick(shown.visible("sessionMark"), Qt::LeftButton);
        static_cast<QLineEdit *>(shown.visible("markLabel"))->setText(u"Roll-out of 4.2 begins"_s);
    }
    if (name.startsWith(u"player"))
        openPlayer(name, shown);
    if (name == u"documents")
        window.openAddress(u"documents?row=Fb-PatchWebTier"_s);
    if (name == u"document" || name.startsWith(u"document-")) {
        shown.documentsSource.contents[u"Fb-PatchWebTier"_s]
            = {u"first"_s,
               FakeDocumentsSource::sampleContent()
                   .replace(u"default: Scan"_s, u"default: Install"_s)
                   .replace(u"        - nginx -s quit\n"_s, QString()),
               FakeDocumentsSource::sampleContent()};
        if (name == u"document-attachments")
            shown.documentsSource.files[u"Fb-PatchWebTier/3"_s]
                = {{u"drain-list.txt"_s, 812, u"3c9d"_s.repeated(16)},
                   {u"nginx-1.22.1.tar.gz"_s, 1'110'592, u"0b7a"_s.repeated(16)},
                   {u"web-tier.conf"_s, 4'388, u"e14f"_s.repeated(16)}};
        if (name == u"document-attachments-fetching")
            shown.documentsSource.fetching.insert(u"Fb-PatchWebTier/3"_s);
        window.openAddress(name == u"document-editor" || name == u"document-dry-run"
                                   || name == u"document-step"
                               ? u"documents/+new"_s
                               : u"documents/Fb-PatchWebTier?tab="_s + name.section(u'-', 1, 1));
    }
    if (name == u"document-attachments-s3") {
        QTRY_VERIFY(shown.visible("documentAttachRemote")
                    && shown.visible("documentAttachRemote")->isEnabled());
        QTest::mouseClick(shown.visible("documentAttachRemote"), Qt::LeftButton);
        QTest::keyClicks(shown.visible("remoteAddress"), u"s3://releases/web/nginx-1.22.1.tar.gz"_s);
    }
    if (name == u"document-dry-run") {
        QTest::mouseClick(shown.visible("editorDryRun"), Qt::LeftButton);
        QWidget *commands = nullptr;
        QTRY_VERIFY((commands = shown.visible("dryRun-commands")));
        static_cast<QPlainTextEdit *>(commands)->setPlainText(u"systemctl reload nginx\nnginx -t"_s);
    }
    if (name == u"document-step")
        QTest::mouseClick(shown.visible("editorAddStep"), Qt::LeftButton);
    if (name == u"document-editor") {
        auto *text = static_cast<QPlainTextEdit *>(shown.visible("editorText"));
        text->setPlainText(
            FakeDocumentsSource::sampleContent().replace(u"aws:runShellScript"_s, u"aws:wrong"_s));
        QTRY_VERIFY(shown.visible("editorProblems"));
    }
    if (name == u"events")
        window.openAddress(u"events?row=8198"_s);
    if (name == u"audit")
        window.openAddress(u"audit?row=1196"_s);
    if (name == u"settings")
        window.openAddress(u"settings"_s);
    if (name == u"activity") {
        RunRow run = FakeRunSource::sampleRun(shown.runSource.m_now);
        run.id = u"11111111-2222-4333-8444-000000000001"_s;
        shown.runs->runs().applyRuns({run});
        shown.find<QAction>("dock-activity-toggle")->trigger();
        shown.addLostNotice();
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
    if (name == u"run-compare") {
        FakeRunSource &runs = shown.runSource;
        const RunRow earlier = FakeRunSource::sampleEarlierRun(runs.m_now);
        emit runs.runsArrived({earlier});
        window.openAddress(u"run-command/%1/with/%2"_s.arg(earlier.id, FakeRunSource::sampleRun({}).id));
        runs.playEarlierRun();
        runs.playSampleRun();
        auto *table = static_cast<DataTable *>(shown.visible("runChanges"));
        QTRY_VERIFY(table && table->model()->rowCount() > 100);
        table->select(u"mi-%1"_s.arg(3, 17, 16, QChar(u'0')));
    }
    if (name == u"run-missing") {
        window.openAddress(u"run-command/11111111-2222-4333-8444-000000000008"_s);
        QTRY_VERIFY(shown.visible("lateMissing"));
    }
    if (name == u"fleet-no-match") {
        QTest::keyClicks(shown.find<QLineEdit>("fleetFilterEdit"), u"no such node"_s);
    }
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
        request.documentName = name == u"composer-missing" ? u"Fb-DeployOld"_s : u"Fb-DeployWeb"_s;
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
}

QStringList PageStates::ofWelcome()
{
    return {u"welcome"_s, u"welcome-here"_s, u"welcome-postgres"_s, u"welcome-demo"_s};
}

std::unique_ptr<WelcomeWindow> PageStates::welcome(const QString &name)
{
    auto window = std::make_unique<WelcomeWindow>(WelcomeSetup {
        .dataDir = u"/home/m.tanaka/.local/share/flagbridge"_s, .operatorName = u"m.tanaka"_s, .before = {}});
    window->show();
    const QString card
        = u"choose"_s + name.section(u'-', 1).replace(0, 1, name.section(u'-', 1).left(1).toUpper());
    if (name != u"welcome")
        QTest::mouseClick(window->findChild<QAbstractButton *>(card), Qt::LeftButton);
    if (name == u"welcome-postgres") { // as it answers to what is missing
        window->findChild<QComboBox *>(u"nodesFrom"_s)->setCurrentIndex(1);
        window->screen()->submit();
    }
    return window;
}

}
