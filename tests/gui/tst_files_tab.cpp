// A node's page > Files: folders, content beside them, and that nothing is lost without being asked.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/fleet/node_page.h"
#include "ui/nodes/tools/files_tab.h"
#include "ui/nodes/tools/transfer_strip.h"
#include "ui/text/code_editor.h"
#include "ui/text/diff_view.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QCheckBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_FilesTab : public QObject
{
    Q_OBJECT
private slots:
    void foldersByKeyboard();
    void contentBesideTheList();
    void editConflictShowsTheDifference();
    void namesAndPermissions();
    void deleteMeasuresAndAsks();
    void pasteAsksAboutWhatIsThere();
    void uploadOntoANameAsks();
    void transfersHaveTheirStrip();
    void offlineAndRefused();
    void theNodeGoesAndComesBack();

private:
    static DataTable *open(ConsoleFixture &shown, const QByteArray &folder = "/etc")
    {
        shown.window().openAddress(u"fleet/%1?tab=files"_s.arg(shown.fleet->nodes().idAt(7)));
        (void)QTest::qWaitFor([&] { return shown.visible("fileTable") != nullptr; });
        auto *path = qobject_cast<QLineEdit *>(shown.visible("filesPath"));
        if (!path)
            return nullptr;
        path->setText(QString::fromUtf8(folder));
        QTest::keyClick(path, Qt::Key_Return);
        (void)QTest::qWaitFor([&] {
            return shown.find<DataTable>("fileTable")->model()->rowCount()
                == shown.fileSource.folders[folder].rows.size();
        });
        return shown.find<DataTable>("fileTable");
    }
    static void choose(ConsoleFixture &shown, const char *action)
    {
        auto *menu = qobject_cast<QPushButton *>(shown.visible("fileActions"))->menu();
        emit menu->aboutToShow();
        auto *entry = menu->findChild<QAction *>(QString::fromLatin1(action));
        QVERIFY2(entry && entry->isEnabled(), action);
        entry->trigger();
    }
    static QString idOf(const QByteArray &name) { return FileRow {.name = name}.id(); }
    template <typename T> // the tab Journal has a pane for files, too
    static T *part(ConsoleFixture &shown, const char *name)
    {
        return shown.find<QWidget>("filesTab")->findChild<T *>(QString::fromLatin1(name));
    }
    static Banner *banner(ConsoleFixture &shown) { return shown.find<Banner>("filesBanner"); }
};

void tst_FilesTab::foldersByKeyboard()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown, "/");
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), 8);
    table->select(idOf("etc"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 9);
    QCOMPARE(shown.find<QLineEdit>("filesPath")->text(), u"/etc"_s);
    QVERIFY(shown.find<QLabel>("filesStatus")->text().contains(u"9 entries"));
    shown.click("filesUp");
    QTRY_COMPARE(table->model()->rowCount(), 8);
    auto *path = shown.find<QLineEdit>("filesPath");
    path->setFocus();
    path->setText(u"/no/such"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE(banner(shown)->statement(), u"The folder could not be read."_s);
    QCOMPARE(table->model()->rowCount(), 8); // what was shown stays
}

void tst_FilesTab::contentBesideTheList()
{
    ConsoleFixture shown(Fleet::Sample);
    FileContent log {
        .bytes = "one\ntwo\n", .encoding = u"utf-8"_s, .size = 93 << 20, .cut = true, .lines = 10'000};
    shown.fileSource.contents["/etc/app.log"] = log;
    DataTable *table = open(shown);
    emit table->opened(idOf("app.log"));
    QTRY_VERIFY(shown.visible("fileText"));
    QCOMPARE(part<TextViewer>(shown, "fileText")->text(), u"one\ntwo\n"_s);
    QVERIFY(part<QLabel>(shown, "fileNote")->text().contains(u"the first 10000 lines are shown"));
    shown.fileSource.tailLines = {u"last line"_s};
    shown.click("fileFollow");
    auto *tail = part<NumberedText>(shown, "fileTail");
    QTRY_COMPARE(tail->toPlainText(), u"last line"_s);
    shown.fileSource.tailLines = {u"ERROR no"_s, u"fine"_s};
    QTRY_COMPARE(tail->toPlainText(), u"last line\nERROR no\nfine"_s);
    part<QLineEdit>(shown, "fileTailFilter")->setText(u"error"_s);
    QTRY_COMPARE(tail->toPlainText(), u"ERROR no"_s);
    shown.click("filePause");
    shown.fileSource.tailLines = {u"ERROR later"_s};
    shown.click("filePause");
    QTRY_COMPARE(tail->toPlainText(), u"ERROR no\nERROR later"_s);
    emit table->opened(idOf("shadow"));
    QTRY_COMPARE(part<Banner>(shown, "fileBanner")->statement(), u"The file cannot be read."_s);
}

void tst_FilesTab::editConflictShowsTheDifference()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.fileSource.contents["/etc/app.conf"]
        = {.bytes = "a=1\nb=2\n", .encoding = u"utf-8"_s, .size = 8, .digest = "old"};
    DataTable *table = open(shown);
    emit table->opened(idOf("app.conf"));
    QTRY_VERIFY(shown.visible("fileText"));
    shown.click("fileEdit");
    QTRY_VERIFY(shown.visible("fileEditor"));
    auto *editor = part<CodeEditor>(shown, "fileEditor");
    editor->setPlainText(u"a=1\nb=3\n"_s);
    // Another file is not opened over what was typed.
    emit table->opened(idOf("hostname"));
    QTRY_VERIFY(shown.visible("fileUnsavedCancel"));
    shown.click("fileUnsavedCancel");
    QTRY_VERIFY(!shown.visible("fileUnsavedCancel"));
    shown.fileSource.conflict = {.digest = "theirs", .isConflict = true, .content = "a=9\nb=2\n"};
    shown.click("fileSave");
    QTRY_VERIFY(shown.visible("fileDiff"));
    QVERIFY(shown.fileSource.written.isEmpty());
    QCOMPARE(changesIn(part<DiffView>(shown, "fileDiff")->lines()) > 0, true);
    shown.click("fileSave"); // over it, knowing what it was
    QTRY_COMPARE(shown.fileSource.written, QList<QByteArray> {"a=1\nb=3\n"});
    QTRY_COMPARE(part<Banner>(shown, "fileBanner")->statement(), u"The file was saved."_s);
}

void tst_FilesTab::namesAndPermissions()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    choose(shown, "fileNewFolder");
    QTRY_VERIFY(shown.visible("fileName"));
    auto *name = static_cast<QLineEdit *>(shown.visible("fileName"));
    for (const QString &bad : {u"a/b"_s, u".."_s, QString(), QString(300, u'n')}) {
        name->setText(bad);
        shown.click("nameConfirm");
        QVERIFY(shown.fileSource.deeds.isEmpty());
    }
    name->setText(u"new\\xffone"_s);
    shown.click("nameConfirm");
    QTRY_COMPARE(shown.fileSource.deeds.size(), 1);
    QCOMPARE(shown.fileSource.deeds.last().path, QByteArray("/etc/new\xffone"));
    table->select(idOf("app.conf"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F2);
    QTRY_VERIFY(shown.visible("fileName"));
    static_cast<QLineEdit *>(shown.visible("fileName"))->setText(u"shop.conf"_s);
    shown.click("nameConfirm");
    QTRY_COMPARE(shown.fileSource.deeds.size(), 2);
    QCOMPARE(shown.fileSource.deeds.last().name, QByteArray("shop.conf"));
    table->select(idOf("app.conf"));
    choose(shown, "filePermissions");
    QTRY_VERIFY(shown.visible("fileMode"));
    auto *mode = static_cast<QLineEdit *>(shown.visible("fileMode"));
    QCOMPARE(mode->text(), u"0644"_s);
    static_cast<QCheckBox *>(shown.visible("bit2"))->click(); // the owner may execute it
    QCOMPARE(mode->text(), u"0744"_s);
    mode->setText(u"0999"_s);
    shown.click("permissionsSet");
    QCOMPARE(shown.fileSource.deeds.size(), 2);
    mode->setText(u"0750"_s);
    static_cast<QLineEdit *>(shown.visible("fileUser"))->setText(u"root"_s);
    shown.click("permissionsSet");
    QTRY_COMPARE(shown.fileSource.deeds.size(), 4);
    QCOMPARE(shown.fileSource.deeds[2].user, u"root"_s);
    QCOMPARE(shown.fileSource.deeds[2].group, QString()); // as it is
    QCOMPARE(shown.fileSource.deeds[3].mode, 0750);
}

void tst_FilesTab::deleteMeasuresAndAsks()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(idOf("nginx"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(shown.visible("fileDeleteCancel"));
    QCOMPARE(shown.fileSource.works.size(), 1);
    QVERIFY(shown.fileSource.works[0].kind == FileWork::Kind::Measure);
    QTRY_COMPARE(shown.window().focusWidget()->objectName(), u"fileDeleteCancel"_s);
    shown.click("fileDeleteCancel");
    QTRY_VERIFY(!shown.visible("fileDeleteCancel"));
    QCOMPARE(shown.fileSource.works.size(), 1);
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(shown.visible("fileDeleteConfirm"));
    shown.fileSource.workStates = {{.id = 1, .items = 2, .current = u"/etc/nginx/a"_s},
                                   {.id = 1,
                                    .isFinished = true,
                                    .items = 2,
                                    .failed = 1,
                                    .failures = {u"cannot remove /etc/nginx/b: Operation not permitted"_s}}};
    shown.click("fileDeleteConfirm");
    QTRY_COMPARE(shown.fileSource.works.size(), 3);
    QVERIFY(shown.fileSource.works.last().kind == FileWork::Kind::Delete);
    QCOMPARE(shown.fileSource.works.last().paths, QList<QByteArray> {"/etc/nginx"});
    QTRY_COMPARE(banner(shown)->statement(), u"Deleted 2 files and folders; 1 failed."_s);
    QVERIFY(banner(shown)->accessibleDescription().contains(u"Operation not permitted"));
}

// [fleet-manager 8.8]
void tst_FilesTab::pasteAsksAboutWhatIsThere()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(idOf("app.conf"));
    choose(shown, "fileCopy");
    shown.fileSource.workStates = {{.id = 1, .question = "/etc/app.conf"}};
    choose(shown, "filePaste");
    QTRY_VERIFY(shown.visible("conflictSkip"));
    QTRY_COMPARE(shown.window().focusWidget()->objectName(), u"conflictForAll"_s);
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Escape); // skips
    QTRY_COMPARE(shown.fileSource.steps.size(), 1);
    QVERIFY(shown.fileSource.steps[0].choice == FileChoice::Skip);
    QTRY_VERIFY(banner(shown)->statement().startsWith(u"Copied"));
    shown.fileSource.workStates = {{.id = 2, .question = "/etc/app.conf"}};
    choose(shown, "filePaste");
    QTRY_VERIFY(shown.visible("conflictReplace"));
    static_cast<QCheckBox *>(shown.visible("conflictForAll"))->setChecked(true);
    shown.click("conflictReplace");
    QTRY_COMPARE(shown.fileSource.steps.size(), 2);
    QVERIFY(shown.fileSource.steps[1].choice == FileChoice::Replace && shown.fileSource.steps[1].forAll);
}

void tst_FilesTab::uploadOntoANameAsks()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown));
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(u"/tmp/app.conf"_s), QUrl::fromLocalFile(u"/tmp/fresh.conf"_s)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(shown.find<QWidget>("filesTab"), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(shown.find<QWidget>("filesTab"), &drop);
    QCOMPARE(shown.transferSource.wishes.size(), 1);
    QCOMPARE(shown.transferSource.wishes[0].remote, QByteArray("/etc/fresh.conf"));
    QVERIFY(!shown.transferSource.wishes[0].replace);
    QTRY_VERIFY(shown.visible("fileReplaceConfirm"));
    shown.click("fileReplaceConfirm");
    QTRY_COMPARE(shown.transferSource.wishes.size(), 2);
    QVERIFY(shown.transferSource.wishes[1].replace);
}

void tst_FilesTab::transfersHaveTheirStrip()
{
    using Phase = TransferState::Phase;
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown));
    QVERIFY(!shown.visible("transferStrip"));
    TransferState state {.id = 5,
                         .nodeId = shown.fleet->nodes().idAt(7),
                         .name = u"image.bin"_s,
                         .done = 50 << 20,
                         .total = 200 << 20,
                         .phase = Phase::Running};
    shown.transferSource.tell(state);
    QTRY_VERIFY(shown.visible("transferStrip"));
    QCOMPARE(TransferStrip::words(state), u"image.bin: 50.0 MiB of 200.0 MiB sent"_s);
    shown.click("transfer-5");
    QCOMPARE(shown.transferSource.cancelled, QList<quint64> {5});
    const qsizetype reads = shown.fileSource.wishes.size();
    state.phase = Phase::Done;
    shown.transferSource.tell(state);
    QTRY_VERIFY(shown.fileSource.wishes.size() > reads); // the folder shows it
    shown.click("transfer-5"); // put away
    QTRY_VERIFY(!shown.visible("transferStrip"));
    for (const Phase phase : {Phase::Reading, Phase::Waiting, Phase::Failed, Phase::Cancelled}) {
        state.phase = phase;
        QVERIFY(TransferStrip::words(state).startsWith(u"image.bin: "));
    }
}

void tst_FilesTab::offlineAndRefused()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(idOf("app.conf"));
    shown.fileSource.refusal = ShownError {.kind = ShownError::Kind::State,
                                           .code = u"RefusedByNode"_s,
                                           .message = u"cannot make /etc/x: Read-only file system"_s,
                                           .field = {}};
    choose(shown, "fileNewFile");
    QTRY_VERIFY(shown.visible("fileName"));
    static_cast<QLineEdit *>(shown.visible("fileName"))->setText(u"x"_s);
    shown.click("nameConfirm");
    QTRY_COMPARE(banner(shown)->statement(), u"x was not created."_s);
    QVERIFY(banner(shown)->accessibleDescription().contains(u"Read-only"));
    shown.fileSource.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                           .code = u"TargetNotConnected"_s,
                                           .message = u"it is not connected."_s,
                                           .field = {}};
    shown.click("filesRefresh");
    QTRY_VERIFY(!shown.visible("fileUpload")->isEnabled());
    QVERIFY(shown.visible("fileTable")); // what was known last stays
    QVERIFY(shown.find<QLabel>("filesStatus")->text().startsWith(u"Not connected."));
    shown.fileSource.problem.reset();
    shown.click("filesRefresh");
    QTRY_VERIFY(shown.visible("fileUpload")->isEnabled());
}

// Nobody has to ask for anything to see that the node has gone.
void tst_FilesTab::theNodeGoesAndComesBack()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown));
    NodeRow node = *shown.fleet->nodes().node(shown.fleet->nodes().idAt(7));
    const PingState before = std::exchange(node.ping, PingState::ConnectionLost);
    emit shown.fleetSource.nodesArrived({node});
    QTRY_VERIFY(!shown.visible("fileUpload")->isEnabled());
    QVERIFY(shown.visible("fileTable"));
    QVERIFY(shown.find<QLabel>("filesStatus")->text().startsWith(u"Not connected."));
    node.ping = before;
    emit shown.fleetSource.nodesArrived({node});
    QTRY_VERIFY(shown.visible("fileUpload")->isEnabled());
}

FB_TEST(tst_FilesTab)

}

#include "tst_files_tab.moc"
