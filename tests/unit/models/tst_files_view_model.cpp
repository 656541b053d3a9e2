// The files of a node as their page has them: a folder page by page, late answers, paths that are no text, work and its questions.
#include "models/nodes/tools/file_tail.h"
#include "models/nodes/tools/files_view_model.h"
#include "tests/support/models/fake_file_source.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_FilesViewModel : public QObject
{
    Q_OBJECT
private slots:
    void pagesOfAFolder();
    void lateAnswersAreDropped();
    void rowsAreUpdatedInPlace();
    void pathsAreBytes_data();
    void pathsAreBytes();
    void workIsAskedFor();
    void contentsAsText();
    void modes();
};

void tst_FilesViewModel::pagesOfAFolder()
{
    FakeFileSource source;
    source.folders = FakeFileSource::sample(source.m_now);
    FileListing first = source.folders["/etc"];
    first.total = 20;
    first.listing = 4;
    source.folders["/etc"] = first;
    FilesViewModel model(source, u"mi-1"_s);
    QAbstractItemModelTester tester(&model.table());
    model.open("/etc");
    QTRY_COMPARE(model.table().totalRows(), 9);
    QVERIFY(model.hasMore());
    FileListing second = first;
    second.offset = 9;
    for (FileRow &row : second.rows) {
        row.name += "2";
        row.shownName += u"2";
    }
    source.folders["/etc"] = second;
    model.readMore();
    model.readMore(); // one is on its way
    QTRY_COMPARE(model.table().totalRows(), 18);
    QCOMPARE(source.wishes.size(), 2);
    QCOMPARE(source.wishes.last().offset, 9);
    QCOMPARE(source.wishes.last().listing, 4U);
    // Not everything is here: another order is the node's to make.
    model.setOrder(FileSort::Size, true);
    QCOMPARE(source.wishes.size(), 3);
    QVERIFY(source.wishes.last().sort == FileSort::Size && source.wishes.last().descending);
}

void tst_FilesViewModel::lateAnswersAreDropped()
{
    FakeFileSource source;
    source.folders = FakeFileSource::sample(source.m_now);
    FilesViewModel model(source, u"mi-1"_s);
    model.open("/etc");
    model.open("/");
    QTRY_COMPARE(model.table().totalRows(), 8);
    QCOMPARE(model.folder(), QByteArray("/"));
    QVERIFY(!model.isReading());
}

void tst_FilesViewModel::rowsAreUpdatedInPlace()
{
    FakeFileSource source;
    source.folders = FakeFileSource::sample(source.m_now);
    FilesViewModel model(source, u"mi-1"_s);
    QAbstractItemModelTester tester(&model.table());
    model.open("/etc");
    QTRY_COMPARE(model.table().totalRows(), 9);
    QSignalSpy reset(&model.table(), &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model.table(), &QAbstractItemModel::dataChanged);
    source.folders["/etc"].rows.removeFirst();
    source.folders["/etc"].rows[0].size = 1;
    model.refresh();
    QTRY_COMPARE(model.table().totalRows(), 8);
    QVERIFY(changed.count() >= 1);
    QCOMPARE(reset.count(), 0);
}

void tst_FilesViewModel::pathsAreBytes_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("shown");
    QTest::addRow("text") << QByteArray("/etc/日本 x") << u"/etc/日本 x"_s;
    QTest::addRow("no text") << QByteArray("/a\xff\xfe") << u"/a\\xff\\xfe"_s;
    QTest::addRow("newline") << QByteArray("/a\nb\tc") << u"/a\\x0ab\\x09c"_s;
    QTest::addRow("escape") << QByteArray("/\x1b[31m") << u"/\\x1b[31m"_s;
    QTest::addRow("backslash") << QByteArray("/a\\xffb\\") << u"/a\\\\xffb\\\\"_s;
    QTest::addRow("cut character") << QByteArray("/\xe6\x97") << u"/\\xe6\\x97"_s;
    QTest::addRow("right to left") << QByteArray("/\xe2\x80\xae") << u"/\\u202e"_s;
}

void tst_FilesViewModel::pathsAreBytes()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, shown);
    QCOMPARE(filePath::shown(path), shown);
    QCOMPARE(filePath::typed(shown), path);
    QCOMPARE(filePath::joined(filePath::parent(path), filePath::name(path)), path);
}

void tst_FilesViewModel::workIsAskedFor()
{
    FakeFileSource source;
    source.folders = FakeFileSource::sample(source.m_now);
    FilesViewModel model(source, u"mi-1"_s);
    QSignalSpy ended(&model, &FilesViewModel::workEnded);
    QSignalSpy asked(&model, &FilesViewModel::questionAsked);
    source.workStates = {{.id = 1, .items = 1, .failures = {u"a"_s}},
                         {.id = 1, .items = 2, .question = "/x"},
                         {.id = 1, .isFinished = true, .items = 3, .failures = {u"b"_s}}};
    model.begin({.kind = FileWork::Kind::Copy, .paths = {"/etc/x"}, .into = "/"});
    QVERIFY(model.isWorking());
    model.begin({.kind = FileWork::Kind::Delete, .paths = {"/etc/x"}}); // one at a time
    QTRY_COMPARE(asked.count(), 1);
    QCOMPARE(source.works.size(), 1);
    model.answer(FileChoice::Replace, true);
    model.answer(FileChoice::Skip, true); // it is answered
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(source.steps.size(), 2);
    QVERIFY(source.steps[1].choice == FileChoice::Replace && source.steps[1].forAll);
    QCOMPARE(model.workState().failures, (QStringList {u"a"_s, u"b"_s}));
    QVERIFY(!model.isWorking());
    // What was cut is pasted once, what was copied as often as one likes.
    model.take({"/etc/x"}, true);
    model.paste();
    QVERIFY(source.works.last().kind == FileWork::Kind::Move);
    QTRY_COMPARE(ended.count(), 2);
    QVERIFY(!model.canPaste());
}

void tst_FilesViewModel::contentsAsText()
{
    QCOMPARE((FileContent {.bytes = "caf\xe9", .encoding = u"latin-1"_s}.text()), u"café"_s);
    QCOMPARE((FileContent {.bytes = QByteArray("\xfe\xff\0h", 4), .encoding = u"utf-16be"_s}.text()), u"h"_s);
    const QString hex
        = FileContent {.bytes = QByteArray("AB\0\x7f", 4) + QByteArray(16, 'z'), .encoding = u"binary"_s}
              .text();
    QVERIFY2(hex.startsWith(u"00000000  41 42 00 7f 7a"), qPrintable(hex));
    QVERIFY2(hex.contains(u"AB..zzz"), qPrintable(hex));
    QVERIFY2(hex.contains(u"\n00000010  7a"), qPrintable(hex));
}

void tst_FilesViewModel::modes()
{
    QCOMPARE(FileColumns::modeText(0644), u"rw-r--r--"_s);
    QCOMPARE(FileColumns::modeText(04755), u"rwsr-xr-x"_s);
    QCOMPARE(FileColumns::modeText(01777), u"rwxrwxrwt"_s);
    QCOMPARE(FileColumns::modeText(06000), u"--S--S---"_s);
}

FB_TEST(tst_FilesViewModel)

}

#include "tst_files_view_model.moc"
