#include "models/shared/documents/document_file.h"
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/shared/documents/document_editor.h"
#include "ui/shared/documents/document_page.h"
#include "ui/text/code_editor.h"
#include "ui/text/diff_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// Documents by keys and clicks: list, page with versions, editor with drafts and import.
class tst_Documents : public QObject
{
    Q_OBJECT
private slots:
    void comparesVersions();
    void comparisonHasAnAddress();
    void deletesOneVersion();
    void showsTheOtherFormat();
    void exportsExactly();
    void editorConverts();
    void listOpensAndDeletes();
    void builtInsStay();
    void versions();
    void writesANewOne();
    void faultsStandOnTheirLines();
    void savingRefused_data();
    void savingRefused();
    void nextVersion();
    void copyOfABuiltIn();
    void draftsSurvive();
    void draftOfAnOlderVersion();
    void draftsOfCopiesAreTheirOwn();
    void savedPagesBeginAnew();
    void textStaysAsItIs();
    void savedButNotTheDefault();
    void imports_data();
    void imports();
    void dropsAFile();
    void editorKeys();
};

namespace {

    template <typename T>
    T *open(ConsoleFixture &shown, const QString &address)
    {
        shown.window().openAddress(address);
        return qobject_cast<T *>(shown.window().page());
    }

    QPlainTextEdit *textOf(ConsoleFixture &shown)
    {
        return static_cast<QPlainTextEdit *>(shown.visible("editorText"));
    }
}

void tst_Documents::listOpensAndDeletes()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents"_s);
    auto *table = shown.find<DataTable>("documentsTable");
    QTRY_COMPARE(table->model()->rowCount(), 9);
    table->select(u"Fb-RotateLogs"_s);
    QTest::mouseClick(shown.visible("documentDelete"), Qt::LeftButton);
    QTest::mouseClick(shown.visible("documentConfirm"), Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 8);
    table->select(u"Fb-PatchWebTier"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(shown.window().address(), u"documents/Fb-PatchWebTier"_s);
    QTRY_VERIFY(static_cast<QPlainTextEdit *>(shown.visible("documentContentText"))
                    ->toPlainText()
                    .contains(u"drain"));
}

void tst_Documents::builtInsStay()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents?row=AWS-RunShellScript"_s);
    QTRY_VERIFY(shown.visible("documentDelete"));
    QVERIFY(!shown.visible("documentDelete")->isEnabled());
    QVERIFY(!shown.visible("documentDelete")->toolTip().isEmpty()); // it says why
    QTest::mouseClick(shown.visible("documentRun"), Qt::LeftButton);
    QVERIFY(shown.visible("composer"));
}

void tst_Documents::versions()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s]
        = {u"first"_s, u"second"_s, FakeDocumentsSource::sampleContent()};
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=versions"_s);
    auto *table = shown.find<DataTable>("documentVersions");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QCOMPARE(table->model()->index(0, 0).data().toString(), u"3"_s); // the newest is on top
    QCOMPARE(table->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder); // as its numbers read
    auto *makeDefault = shown.find<QPushButton>("documentSetDefault");
    table->select(u"3"_s);
    QVERIFY(!makeDefault->isEnabled()); // it is
    table->select(u"1"_s);
    QVERIFY(makeDefault->isEnabled());
    QTest::mouseClick(shown.visible("documentShowVersion"), Qt::LeftButton);
    QTRY_COMPARE(static_cast<QPlainTextEdit *>(shown.visible("documentContentText"))->toPlainText(),
                 u"first"_s);
    QCOMPARE(shown.window().link(), u"documents/Fb-PatchWebTier?version=1"_s);
    shown.find<QTabBar>("documentTabs")->setCurrentIndex(2);
    QTest::mouseClick(makeDefault, Qt::LeftButton);
    QTRY_COMPARE(shown.documentsSource.defaults.value(u"Fb-PatchWebTier"_s), 1);
    QTRY_VERIFY(!makeDefault->isEnabled());
}

void tst_Documents::writesANewOne()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents"_s);
    QTest::mouseClick(shown.find<QPushButton>("documentNew"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"documents/+new"_s);
    QVERIFY(textOf(shown)->toPlainText().startsWith(u"schemaVersion")); // a template that is right
    auto *save = static_cast<QPushButton *>(shown.visible("editorSave"));
    QTest::mouseClick(save, Qt::LeftButton); // no name yet
    QCOMPARE(shown.documentsSource.saves.size(), 0);
    QVERIFY(shown.find<QLineEdit>("editorName")->hasFocus());
    QTest::keyClicks(shown.find<QLineEdit>("editorName"), u"Fb-Hello"_s);
    shown.find<QComboBox>("editorFormat")->setCurrentText(u"JSON"_s);
    QVERIFY(textOf(shown)->toPlainText().startsWith(u'{')); // the untouched template follows
    textOf(shown)->setFocus();
    QTest::keyClick(textOf(shown), Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(shown.window().address(), u"documents/Fb-Hello"_s);
    QCOMPARE(shown.documentsSource.saves.size(), 1);
    QCOMPARE(shown.documentsSource.saves[0].format, u"JSON"_s);
    QVERIFY(shown.documentsSource.saves[0].basedOn.isEmpty());
}

void tst_Documents::faultsStandOnTheirLines()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    textOf(shown)->setPlainText(u"a: 1\n  b: wrong\nc: odd\nd: wrong\n"_s);
    auto *problems = shown.find<QListWidget>("editorProblems");
    QTRY_COMPARE(problems->count(), 3);
    auto *editor = shown.find<CodeEditor>("editorText");
    QVERIFY(editor->marks().contains(2));
    QVERIFY(!editor->marks().contains(3)); // a warning
    QVERIFY(editor->marks().contains(4));
    QVERIFY(shown.find<QLabel>("editorVerdict")->text().startsWith(u"2 problems"));
    problems->setFocus();
    problems->setCurrentRow(2);
    QTest::keyClick(problems, Qt::Key_Return);
    QCOMPARE(editor->textCursor().blockNumber(), 3);
    QVERIFY(editor->hasFocus());
    editor->setPlainText(u"a: 1\n"_s);
    QTRY_VERIFY(!problems->isVisible());
}

void tst_Documents::savingRefused_data()
{
    QTest::addColumn<ShownError>("refusal");
    QTest::addColumn<bool>("atTheName");
    QTest::addRow("the name is taken") << ShownError {.kind = ShownError::Kind::Conflict,
                                                      .code = u"DocumentAlreadyExists"_s,
                                                      .message = u"Fb-Hello exists"_s,
                                                      .field = u"Name"_s}
                                       << true;
    QTest::addRow("somebody was quicker") << ShownError {.kind = ShownError::Kind::Conflict,
                                                         .code = u"ConflictException"_s,
                                                         .message = u"version 5"_s}
                                          << false;
}

void tst_Documents::savingRefused()
{
    QFETCH(ShownError, refusal);
    QFETCH(bool, atTheName);
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.refusal = refusal;
    shown.window().openAddress(u"documents/+new"_s);
    QTest::keyClicks(shown.find<QLineEdit>("editorName"), u"Fb-Hello"_s);
    const QString text = textOf(shown)->toPlainText();
    QTest::mouseClick(shown.visible("editorSave"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("editorSave")->isEnabled());
    QCOMPARE(shown.window().address(), u"documents/+new"_s);
    QCOMPARE(textOf(shown)->toPlainText(), text); // nothing is lost
    if (atTheName)
        QTRY_VERIFY(shown.find<QLineEdit>("editorName")->hasFocus());
    else
        QTRY_VERIFY(shown.find<Banner>("editorBanner")->isVisible());
}

void tst_Documents::nextVersion()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/Fb-PatchWebTier"_s);
    QTRY_VERIFY(shown.visible("documentPageEdit")->isEnabled());
    QTest::mouseClick(shown.visible("documentPageEdit"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"documents/Fb-PatchWebTier/edit"_s);
    QTRY_VERIFY(textOf(shown)->toPlainText().contains(u"drain"));
    QVERIFY(!shown.visible("editorName"));
    textOf(shown)->moveCursor(QTextCursor::End);
    QTest::keyClicks(textOf(shown), u"# more"_s);
    shown.find<QCheckBox>("editorMakeDefault")->setChecked(false);
    QTest::mouseClick(shown.visible("editorSave"), Qt::LeftButton);
    QTRY_COMPARE(shown.documentsSource.saves.size(), 1);
    QCOMPARE(shown.documentsSource.saves[0].basedOn, u"1"_s);
    QVERIFY(!shown.documentsSource.saves[0].makeDefault);
    QVERIFY(shown.documentsSource.saves[0].content.endsWith(u"# more"));
}

void tst_Documents::copyOfABuiltIn()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/AWS-RunShellScript"_s);
    QTRY_COMPARE(static_cast<QPushButton *>(shown.visible("documentPageEdit"))->text(), u"Copy to new"_s);
    QTest::mouseClick(shown.visible("documentPageEdit"), Qt::LeftButton);
    QCOMPARE(shown.window().link(), u"documents/+new?from=AWS-RunShellScript"_s);
    QTRY_VERIFY(textOf(shown)->toPlainText().contains(u"drain"));
    QVERIFY(shown.find<QLineEdit>("editorName")->text().isEmpty());
}

// [R18] what was written and not saved is there again after a crash, and can be thrown away
void tst_Documents::draftsSurvive()
{
    QTemporaryDir folder;
    const QString drafts = folder.filePath(u"drafts"_s);
    {
        ConsoleFixture shown(Fleet::Sample);
        shown.drafts = std::make_unique<DraftStore>(drafts);
        DocumentEditor editor(*shown.documents, *shown.drafts, {});
        auto *text = editor.findChild<QPlainTextEdit *>(u"editorText"_s);
        text->setPlainText(u"mine: <b>1</b>\n"_s);
        editor.findChild<QLineEdit *>(u"editorName"_s)->setText(u"Fb-Draft"_s);
        QTRY_VERIFY(DraftStore(drafts).load(u"document/+new"_s)); // by itself, a second after the last key
    }
    ConsoleFixture again(Fleet::Sample);
    DraftStore store(drafts);
    DocumentEditor editor(*again.documents, store, {});
    auto *text = editor.findChild<QPlainTextEdit *>(u"editorText"_s);
    QCOMPARE(text->toPlainText(), u"mine: <b>1</b>\n"_s);
    QCOMPARE(editor.findChild<QLineEdit *>(u"editorName"_s)->text(), u"Fb-Draft"_s);
    auto *banner = editor.findChild<Banner *>(u"editorBanner"_s);
    QVERIFY(banner->isVisibleTo(&editor));
    emit banner->actionClicked(); // throw it away
    QVERIFY(text->toPlainText().startsWith(u"schemaVersion"));
    QVERIFY(!DraftStore(drafts).load(u"document/+new"_s));
}

// [R18] a draft remembers the version it was begun with: what somebody else made meanwhile is not overwritten unseen
void tst_Documents::draftOfAnOlderVersion()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"first"_s};
    {
        DocumentEditor editor(*shown.documents, *shown.drafts, u"Fb-PatchWebTier"_s);
        auto *text = editor.findChild<QPlainTextEdit *>(u"editorText"_s);
        QTRY_COMPARE(text->toPlainText(), u"first"_s);
        text->setPlainText(u"mine"_s);
        editor.findChild<QCheckBox *>(u"editorMakeDefault"_s)->setChecked(false);
    }
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] << u"somebody else's"_s;
    DocumentEditor editor(*shown.documents, *shown.drafts, u"Fb-PatchWebTier"_s);
    auto *save = editor.findChild<QPushButton *>(u"editorSave"_s);
    QTRY_VERIFY(save->isEnabled()); // the document has been read
    QCOMPARE(editor.findChild<QPlainTextEdit *>(u"editorText"_s)->toPlainText(), u"mine"_s);
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_COMPARE(shown.documentsSource.saves.size(), 1);
    QCOMPARE(shown.documentsSource.saves[0].basedOn, u"1"_s);
    QVERIFY(!shown.documentsSource.saves[0].makeDefault); // that too was kept
}

void tst_Documents::draftsOfCopiesAreTheirOwn()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(
        shown.drafts->save(u"document/+new"_s, {{u"content"_s, u"another"_s}, {u"name"_s, u"Fb-Other"_s}}));
    shown.window().openAddress(u"documents/+new?from=SSM-SessionManagerRunShell"_s);
    QTRY_VERIFY(textOf(shown)->toPlainText().contains(u"drain"));
    QVERIFY(shown.find<QLineEdit>("editorName")->text().isEmpty());
    QCOMPARE(shown.find<QComboBox>("editorType")->currentText(), u"Session"_s);
    // A type that has no template is kept as well.
    for (DocumentRow &row : shown.documentsSource.values)
        row.type = row.name == u"Fb-RotateLogs" ? u"Automation"_s : row.type;
    shown.window().openAddress(u"documents/+new?from=Fb-RotateLogs"_s);
    QTRY_COMPARE(shown.find<QComboBox>("editorType")->currentText(), u"Automation"_s);
}

// After saving, the same page is a fresh one: a new document begins with the template, the next version with the newest text.
void tst_Documents::savedPagesBeginAnew()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    QTest::keyClicks(shown.find<QLineEdit>("editorName"), u"Fb-One"_s);
    QTest::mouseClick(shown.visible("editorSave"), Qt::LeftButton);
    QTRY_COMPARE(shown.window().address(), u"documents/Fb-One"_s);
    shown.window().openAddress(u"documents/+new"_s);
    QVERIFY(shown.find<QLineEdit>("editorName")->text().isEmpty());

    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"first"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier/edit"_s);
    QTRY_COMPARE(textOf(shown)->toPlainText(), u"first"_s);
    shown.window().openAddress(u"documents"_s);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] << u"second"_s;
    shown.window().openAddress(u"documents/Fb-PatchWebTier/edit"_s);
    QTRY_COMPARE(textOf(shown)->toPlainText(), u"second"_s); // nothing was written: it is read again
}

// A no-break space is not a blank, and the copy of a content is the content, not what makes it visible.
void tst_Documents::textStaysAsItIs()
{
    const QString content = u"a:\u00a0\u200fb\n"_s;
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {content};
    shown.window().openAddress(u"documents/Fb-PatchWebTier"_s);
    auto *viewer = static_cast<QPlainTextEdit *>(shown.visible("documentContentText"));
    QTRY_VERIFY(viewer->toPlainText().contains(u"\\u200f")); // shown
    QTest::mouseClick(shown.visible("documentContentCopy"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), content);
    shown.window().openAddress(u"documents/Fb-PatchWebTier/edit"_s);
    QTRY_VERIFY(shown.visible("editorSave")->isEnabled());
    QTest::mouseClick(shown.visible("editorSave"), Qt::LeftButton);
    QTRY_COMPARE(shown.documentsSource.saves.size(), 1);
    QCOMPARE(shown.documentsSource.saves[0].content, content);
}

void tst_Documents::savedButNotTheDefault()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.defaultRefusal = ShownError {
        .kind = ShownError::Kind::Denied, .code = u"AccessDeniedException"_s, .message = u"not allowed"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier/edit"_s);
    QTRY_VERIFY(shown.visible("editorSave")->isEnabled());
    QTest::mouseClick(shown.visible("editorSave"), Qt::LeftButton);
    auto *banner = shown.find<Banner>("editorBanner");
    QTRY_COMPARE(banner->statement(), u"Version 2 is saved, but it is not the default."_s);
    QTest::mouseClick(shown.visible("editorSave"), Qt::LeftButton);
    QTRY_COMPARE(shown.documentsSource.saves.size(), 2);
    QCOMPARE(shown.documentsSource.saves[1].basedOn, u"2"_s); // it goes on from there
}

void tst_Documents::imports_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("refusal"); // begins so; empty: taken
    QTest::addRow("a YAML file") << u"yaml"_s << QString();
    QTest::addRow("[U08] a link to a file") << u"link"_s << QString();
    QTest::addRow("[U08] a device") << u"device"_s << u"zero is not a regular file."_s;
    QTest::addRow("[U08] a FIFO") << u"fifo"_s << u"pipe is not a regular file."_s;
    QTest::addRow("[U08] a folder") << u"folder"_s << u"sub is not a regular file."_s;
    QTest::addRow("[U08] a sparse file of 100 GB") << u"sparse"_s << u"huge.yaml is 93"_s;
    QTest::addRow("[U08] one byte too many") << u"large"_s << u"large.yaml is 64"_s;
    QTest::addRow("not text") << u"binary"_s << u"bin.yaml is not text in UTF-8."_s;
    QTest::addRow("not there") << u"gone"_s << u"gone.yaml cannot be opened."_s;
}

void tst_Documents::imports()
{
    QFETCH(QString, kind);
    QFETCH(QString, refusal);
    QTemporaryDir folder;
    const auto write = [&](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    };
    QString path;
    if (kind == u"yaml")
        path = write(u"my document.yaml"_s, "a: 1\n");
    else if (kind == u"link") {
        QVERIFY(QFile::link(write(u"target.yaml"_s, "a: 1\n"), folder.filePath(u"my document.yaml"_s)));
        path = folder.filePath(u"my document.yaml"_s);
    } else if (kind == u"device")
        path = u"/dev/zero"_s;
    else if (kind == u"fifo") {
        path = folder.filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    } else if (kind == u"folder") {
        path = folder.filePath(u"sub"_s);
        QVERIFY(QDir().mkpath(path));
    } else if (kind == u"sparse") {
        path = write(u"huge.yaml"_s, "a");
        QVERIFY(QFile::resize(path, 100'000'000'000));
    } else if (kind == u"large")
        path = write(u"large.yaml"_s, QByteArray(DocumentFile::kMostBytes + 1, 'a'));
    else if (kind == u"binary")
        path = write(u"bin.yaml"_s, "\xff\xfe\x00");
    else
        path = folder.filePath(u"gone.yaml"_s);

    ConsoleFixture shown(Fleet::Sample);
    auto *editor = open<DocumentEditor>(shown, u"documents/+new"_s);
    const QString before = textOf(shown)->toPlainText();
    editor->takeFile(path); // comes back at once, whatever it is
    auto *banner = shown.find<Banner>("editorBanner");
    if (refusal.isEmpty()) {
        QVERIFY(!banner->isVisible());
        QCOMPARE(textOf(shown)->toPlainText(), u"a: 1\n"_s);
        QCOMPARE(shown.find<QLineEdit>("editorName")->text(), u"my-document"_s);
        textOf(shown)->undo();
        QCOMPARE(textOf(shown)->toPlainText(), before);
        return;
    }
    QVERIFY(banner->isVisible());
    QCOMPARE(textOf(shown)->toPlainText(), before);
    const DocumentFile file = DocumentFile::read(path);
    QVERIFY2(file.refusal.startsWith(refusal), qPrintable(file.refusal));
}

// [U08] by drag and drop as by the dialog
void tst_Documents::dropsAFile()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *editor = open<DocumentEditor>(shown, u"documents/+new"_s);
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(u"/dev/zero"_s)});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(editor, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(editor, &drop);
    QVERIFY(shown.find<Banner>("editorBanner")->isVisible());
}

// Tab indents; Esc and then Tab leaves: no trap for the keyboard.
void tst_Documents::editorKeys()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    QPlainTextEdit *text = textOf(shown);
    text->setPlainText({});
    text->setFocus();
    QTest::keyClicks(text, u"mainSteps:"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTest::keyClicks(text, u"x"_s);
    QCOMPARE(text->toPlainText(), u"mainSteps:\n  x"_s); // it goes on indented
    QTest::keyClick(text, Qt::Key_Tab);
    QCOMPARE(text->toPlainText(), u"mainSteps:\n  x "_s); // to the next stop
    text->selectAll();
    QTest::keyClick(text, Qt::Key_Tab);
    QCOMPARE(text->toPlainText(), u"  mainSteps:\n    x "_s);
    QTest::keyClick(text, Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(text->toPlainText(), u"mainSteps:\n  x "_s);
    QTest::keyClick(text, Qt::Key_Escape);
    QTest::keyClick(text, Qt::Key_Tab);
    QVERIFY(!text->hasFocus());
}

void tst_Documents::comparesVersions()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s]
        = {u"a: 1\nb: 2\nc: 3\n"_s, u"a: 1\nb: 3\nc: 3\nd: \u202e4\n"_s, u"x: 1\n"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=versions"_s);
    auto *versions = shown.window().page()->findChild<DataTable *>(u"documentVersions"_s);
    QTRY_COMPARE(versions->model()->rowCount(), 3);
    versions->select(u"2"_s);
    QTest::mouseClick(shown.visible("documentCompare"), Qt::LeftButton); // with the one before it
    auto *diff = static_cast<DiffView *>(shown.visible("documentDiff"));
    QVERIFY(diff);
    QTRY_COMPARE(diff->lines().size(), 4);
    QCOMPARE(diff->lines()[1].kind, DiffLine::Kind::Changed);
    QCOMPARE(diff->lines()[3].kind, DiffLine::Kind::Added);
    QCOMPARE(diff->lines()[2].oldNumber, 3);
    QCOMPARE(diff->lines()[3].oldNumber, 0);
    QVERIFY(!diff->toPlainText().contains(QChar(0x202e))); // [U04] visible
    QCOMPARE(static_cast<QLabel *>(shown.visible("compareSummary"))->text(), u"2 lines differ"_s);
    QCOMPARE(diff->textCursor().blockNumber(), 1);
    QTest::keyClick(diff, Qt::Key_F7);
    QCOMPARE(diff->textCursor().blockNumber(), 3);
    QTest::keyClick(diff, Qt::Key_F7, Qt::ShiftModifier);
    QCOMPARE(diff->textCursor().blockNumber(), 1);
}

void tst_Documents::comparisonHasAnAddress()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"a\n"_s, u"b\n"_s, u"c\n"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=compare&from=1&to=3"_s);
    DiffView *diff = nullptr;
    QTRY_VERIFY((diff = static_cast<DiffView *>(shown.visible("documentDiff"))) && diff->lines().size() == 2);
    QCOMPARE(diff->lines()[0].text, u"a"_s);
    QCOMPARE(diff->lines()[1].text, u"c"_s);
    QVERIFY(shown.window().link().contains(u"from=1"_s) && shown.window().link().contains(u"to=3"_s));
}

void tst_Documents::deletesOneVersion()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"a\n"_s, u"b\n"_s, u"c\n"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier?tab=versions"_s);
    auto *versions = shown.window().page()->findChild<DataTable *>(u"documentVersions"_s);
    QTRY_COMPARE(versions->model()->rowCount(), 3);
    versions->select(u"3"_s);
    auto *remove = static_cast<QPushButton *>(shown.visible("documentDeleteVersion"));
    QTRY_VERIFY(!remove->isEnabled()); // the default one stays
    versions->select(u"2"_s);
    QTRY_VERIFY(remove->isEnabled());
    QTest::keyClick(versions, Qt::Key_Delete);
    QTest::mouseClick(shown.visible("versionConfirm"), Qt::LeftButton);
    QTRY_COMPARE(versions->model()->rowCount(), 2);
    QVERIFY(shown.documentsSource.gone.contains(u"Fb-PatchWebTier/2"_s));
}

void tst_Documents::showsTheOtherFormat()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {u"a: 1"_s};
    shown.window().openAddress(u"documents/Fb-PatchWebTier"_s);
    auto *text = static_cast<QPlainTextEdit *>(shown.visible("documentContentText"));
    QTRY_COMPARE(text->toPlainText(), u"a: 1"_s);
    auto *format = static_cast<QComboBox *>(shown.visible("documentShownAs"));
    QTest::keyClick(format, Qt::Key_Down);
    QCOMPARE(text->toPlainText(), u"{a: 1}"_s);
    QTest::keyClick(format, Qt::Key_Up);
    QCOMPARE(text->toPlainText(), u"a: 1"_s);
}

void tst_Documents::exportsExactly()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString content = u"a: \u00a0\u202e1\n# end"_s;
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s] = {content};
    shown.window().openAddress(u"documents/Fb-PatchWebTier"_s);
    auto *text = static_cast<QPlainTextEdit *>(shown.visible("documentContentText"));
    QTRY_VERIFY(text->toPlainText().contains(u"# end"_s));
    QTest::mouseClick(shown.visible("documentExport"), Qt::LeftButton);
    auto *dialog = shown.window().page()->findChild<QFileDialog *>();
    QVERIFY(dialog);
    const QString file = shown.folder.filePath(u"out.yaml"_s);
    emit dialog->fileSelected(file);
    QFile out(file);
    QVERIFY(out.open(QFile::ReadOnly));
    QCOMPARE(QString::fromUtf8(out.readAll()), content);
    emit dialog->fileSelected(shown.folder.filePath(u"no/such/out.yaml"_s));
    QTRY_COMPARE(shown.find<Banner>("documentBanner")->statement(), u"The document was not exported."_s);
}

void tst_Documents::editorConverts()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    auto *text = static_cast<QPlainTextEdit *>(shown.visible("editorText"));
    text->setPlainText(u"mine: 1"_s);
    auto *format = static_cast<QComboBox *>(shown.visible("editorFormat"));
    QVERIFY(format);
    format->setCurrentText(u"JSON"_s);
    QCOMPARE(text->toPlainText(), u"{mine: 1}"_s);
    format->setCurrentText(u"YAML"_s);
    QCOMPARE(text->toPlainText(), u"mine: 1"_s); // untouched: what it was made from, with its comments
    format->setCurrentText(u"JSON"_s);
    text->setPlainText(u"wrong"_s); // cannot be read: stays
    format->setCurrentText(u"YAML"_s);
    QCOMPARE(text->toPlainText(), u"wrong"_s);
}

FB_TEST(tst_Documents)

}

#include "tst_documents.moc"
