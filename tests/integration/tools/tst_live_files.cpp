// The tool "files" on a real agent, in a scratch folder: what is shown, what is changed, what is refused, what is left alone.
#include "tests/integration/tools/tool_bench.h"
#include "tests/support/test_main.h"

#include "models/nodes/tools/file_feed.h"
#include "models/nodes/tools/file_tail.h"
#include "models/nodes/tools/files_view_model.h"
#include "models/nodes/tools/transfer_feed.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_LiveFiles : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void listsPages();
    void hostileNames();
    void previews();
    void tailFollows();
    void makesRenamesChanges();
    void editsWithoutOverwriting();
    void removesOnlyWhatIsMeant();
    void refusesWhatIsNotTouched();
    void pasteAsks();
    void movesAndCancels();
    void uploadGoesOnAfterACut();
    void downloads();
    void hostileRequests();

private:
    QByteArray at(const QByteArray &name = {}) const
    {
        const QByteArray folder = m_folder->path().toUtf8();
        return name.isEmpty() ? folder : folder + '/' + name;
    }
    static void put(const QByteArray &path, const QByteArray &content)
    {
        const int fd
            = ::open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644); // any bytes, as QFile cannot
        QFile file;
        QVERIFY2(fd >= 0 && file.open(fd, QIODevice::WriteOnly, QFileDevice::AutoCloseHandle),
                 path.constData());
        file.write(content);
    }
    static QByteArray contentOf(const QByteArray &path)
    {
        QFile file(QFile::decodeName(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<none>");
    }
    static bool exists(const QByteArray &path)
    {
        struct stat status {
        };
        return ::lstat(path.constData(), &status) == 0;
    }
    Answered<FileListing> list(const FileListWish &wish)
    {
        Answered<FileListing> got;
        m_feed->list(m_bench->node(), wish, this, got.taker());
        (void)got.wait();
        return got;
    }
    Answered<FileContent> read(const QByteArray &path, bool forEdit = false)
    {
        Answered<FileContent> got;
        m_feed->read(m_bench->node(), path, forEdit, this, got.taker());
        (void)got.wait();
        return got;
    }
    Answered<QString> perform(const FileDeed &deed)
    {
        Answered<QString> got;
        m_feed->perform(m_bench->node(), deed, this, got.taker());
        (void)got.wait();
        return got;
    }
    FileWorkState work(const FileWork &work, ShownError *problem = nullptr);

    std::unique_ptr<ToolBench> m_bench;
    std::unique_ptr<FileFeed> m_feed;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_LiveFiles::init()
{
    m_bench = std::make_unique<ToolBench>();
    QVERIFY(m_bench->start());
    m_feed = std::make_unique<FileFeed>(m_bench->fleet.engine());
    m_folder = std::make_unique<QTemporaryDir>();
}

void tst_LiveFiles::cleanup()
{
    m_feed.reset();
    m_bench.reset();
    m_folder.reset();
}

FileWorkState tst_LiveFiles::work(const FileWork &wish, ShownError *problem)
{
    FilesViewModel model(*m_feed, m_bench->node());
    QSignalSpy ended(&model, &FilesViewModel::workEnded);
    FileWorkState last;
    connect(&model, &FilesViewModel::workEnded, this,
            [&](const FileWork &, const FileWorkState &state, const ShownError &told) {
                last = state;
                if (problem)
                    *problem = told;
            });
    model.begin(wish);
    (void)QTest::qWaitFor([&] { return !ended.isEmpty(); }, 30'000);
    return last;
}

void tst_LiveFiles::listsPages()
{
    for (int i = 0; i < 2500; ++i)
        put(at("f" + QByteArray::number(i).rightJustified(4, '0')), QByteArray(i % 700, 'x'));
    put(at(".hidden"), "h");
    const auto first = list({.folder = at()});
    QVERIFY2(first.problem.isEmpty(), qPrintable(first.problem.message));
    QCOMPARE(first.value.rows.size(), 1000);
    QCOMPARE(first.value.total, 2500);
    QCOMPARE(first.value.hidden, 1);
    QCOMPARE(first.value.rows.first().name, QByteArray("f0000"));
    QCOMPARE(first.value.rows.first().mode & 0400, 0400);
    QVERIFY(first.value.freeBytes > 0);
    put(at("a-new-one"), "n"); // the pages that follow are of the same listing
    const auto third = list({.folder = at(), .offset = 2000, .listing = first.value.listing});
    QCOMPARE(third.value.rows.size(), 500);
    QCOMPARE(third.value.rows.last().name, QByteArray("f2499"));
    const auto bySize = list({.folder = at(), .sort = FileSort::Size, .descending = true});
    QCOMPARE(bySize.value.rows.first().size, 699);
    QVERIFY(list({.folder = at(), .hidden = true}).value.rows.first().name.startsWith('.'));
    QCOMPARE(list({.folder = at("nothing")}).problem.code, u"DoesNotExistException"_s);
}

// Newline, escapes, no UTF-8, 255 bytes: shown neutral, and usable.
void tst_LiveFiles::hostileNames()
{
    const QList<QByteArray> names {"a\nb",
                                   "\x1b[31mred",
                                   "broken\xff\xfe",
                                   "back\\slash",
                                   "-rf",
                                   QByteArray("\xe2\x80\xae") + "txt.exe",
                                   QByteArray(255, 'n')};
    for (const QByteArray &name : names)
        put(at(name), name);
    const auto listed = list({.folder = at()});
    QCOMPARE(listed.value.total, names.size());
    for (const FileRow &row : listed.value.rows) {
        QVERIFY(names.contains(row.name));
        for (const QChar c : row.shownName)
            QVERIFY2(c.isPrint(), qPrintable(row.shownName));
        QCOMPARE(filePath::typed(row.shownName), row.name); // what is shown can be typed
        const QByteArray path = at(row.name);
        QCOMPARE(read(path).value.bytes, row.name);
        QVERIFY(perform({.kind = FileDeed::Kind::Mode, .path = path, .mode = 0600}).problem.isEmpty());
    }
    for (const QByteArray &name : names) {
        const FileWorkState gone = work({.kind = FileWork::Kind::Delete, .paths = {at(name)}});
        QCOMPARE(gone.items, 1);
        QVERIFY(!exists(at(name)));
    }
    const QJsonObject diff = m_bench->audited(u"flagbridge:DeleteFiles"_s).last().diff;
    QVERIFY(diff[u"Object"_s].toString().contains(u"a\\nb"));
}

// [fleet-manager 8.10]
void tst_LiveFiles::previews()
{
    QByteArray lines;
    for (int i = 1; i <= 50'000; ++i)
        lines += "line " + QByteArray::number(i) + '\n';
    put(at("long.log"), lines);
    const FileContent log = read(at("long.log")).value;
    QCOMPARE(log.lines, 10'000);
    QVERIFY(log.cut);
    QVERIFY(log.bytes.endsWith("\nline 10000\n"));
    QCOMPARE(log.size, lines.size());
    put(at("latin"), "caf\xe9\n");
    QCOMPARE(read(at("latin")).value.text(), u"café\n"_s);
    put(at("utf16"), QByteArray("\xff\xfeh\0i\0", 6));
    QCOMPARE(read(at("utf16")).value.text(), u"hi"_s);
    put(at("utf8"), "日本語\n");
    QCOMPARE(read(at("utf8")).value.encoding, u"utf-8"_s);
    put(at("binary"), QByteArray(100'000, '\0'));
    const FileContent binary = read(at("binary")).value;
    QCOMPARE(binary.encoding, u"binary"_s);
    QCOMPARE(binary.bytes.size(), 64 * 1024);
    QVERIFY(binary.cut && binary.text().startsWith(u"00000000  00 00 00"));
    put(at("wide"), QByteArray(3 << 20, 'w') + "\nend\n");
    const FileContent wide = read(at("wide")).value;
    QCOMPARE(wide.cutLines, 1);
    QCOMPARE(wide.bytes.size(), 64 * 1024 + 1 + 4);
    QVERIFY(!read("/proc/self/status").value.bytes.isEmpty()); // says 0 bytes of itself
    QCOMPARE(read(at()).problem.code, u"RefusedByNode"_s); // a folder
    QCOMPARE(::mkfifo(at("pipe").constData(), 0600), 0);
    QCOMPARE(read(at("pipe")).problem.code, u"RefusedByNode"_s); // and it does not hang
}

// [fleet-manager 8.10]
void tst_LiveFiles::tailFollows()
{
    QByteArray lines;
    for (int i = 1; i <= 30; ++i)
        lines += "old " + QByteArray::number(i) + '\n';
    put(at("app.log"), lines);
    FileTailModel tail(*m_feed, m_bench->node(), at("app.log"));
    QTRY_COMPARE(tail.lines().size(), 10);
    QCOMPARE(tail.lines().first(), u"old 21"_s);
    const auto append = [this](const QByteArray &text) {
        QFile file(QFile::decodeName(at("app.log")));
        QVERIFY(file.open(QIODevice::Append));
        file.write(text);
    };
    append("new 1\nhalf");
    QTRY_COMPARE(tail.lines().last(), u"new 1"_s); // a line is told when it is whole
    append(" done\n");
    QTRY_COMPARE(tail.lines().last(), u"half done"_s);
    // logrotate: what the old file still had, a line that says so, then the new one.
    append("last of the old\n");
    QCOMPARE(::rename(at("app.log").constData(), at("app.log.1").constData()), 0);
    put(at("app.log"), "first of the new\n");
    QTRY_COMPARE(tail.lines().last(), u"first of the new"_s);
    const qsizetype size = tail.lines().size();
    QVERIFY(tail.lines()[size - 2].contains(u"replaced"));
    QCOMPARE(tail.lines()[size - 3], u"last of the old"_s);
    QCOMPARE(::truncate(at("app.log").constData(), 0), 0);
    QTRY_VERIFY(tail.lines().last().contains(u"emptied"));
    append("again\n");
    QTRY_COMPARE(tail.lines().last(), u"again"_s);
    // More than anybody reads: counted, not shown.
    QByteArray flood;
    for (int i = 0; i < 12'000; ++i)
        flood += "x\n";
    append(flood);
    QTRY_VERIFY(!tail.lines().filter(u"dropped"_s).isEmpty());
    tail.setFilter(u"first of"_s);
    QCOMPARE(tail.lines(), QStringList {u"first of the new"_s});
}

void tst_LiveFiles::makesRenamesChanges()
{
    using Kind = FileDeed::Kind;
    QVERIFY(perform({.kind = Kind::MakeFolder, .path = at("sub")}).problem.isEmpty());
    QVERIFY(perform({.kind = Kind::MakeFile, .path = at("sub/x.conf")}).problem.isEmpty());
    QVERIFY(exists(at("sub/x.conf")));
    QVERIFY(!perform({.kind = Kind::MakeFile, .path = at("sub/x.conf")}).problem.isEmpty()); // is there
    put(at("sub/x.conf"), "abc");
    QCOMPARE(perform({.kind = Kind::Checksum, .path = at("sub/x.conf")}).value,
             QString::fromLatin1(QCryptographicHash::hash("abc", QCryptographicHash::Sha256).toHex()));
    QVERIFY(perform({.kind = Kind::Mode, .path = at("sub/x.conf"), .mode = 04711}).problem.isEmpty());
    struct stat status {
    };
    ::stat(at("sub/x.conf").constData(), &status);
    QCOMPARE(int(status.st_mode & 07777), 04711);
    put(at("sub/other"), "other");
    const auto taken = perform({.kind = Kind::Rename, .path = at("sub/x.conf"), .name = "other"});
    QCOMPARE(taken.problem.code, u"ConflictException"_s);
    QCOMPARE(contentOf(at("sub/other")), QByteArray("other"));
    // Nothing changes by a name that is none.
    for (const QByteArray &name :
         {QByteArray("a/b"), QByteArray(".."), QByteArray(), QByteArray(300, 'n'), QByteArray("a\0b", 3)}) {
        QCOMPARE(perform({.kind = Kind::Rename, .path = at("sub/x.conf"), .name = name}).problem.code,
                 u"ValidationException"_s);
    }
    QVERIFY(perform({.kind = Kind::Rename, .path = at("sub/x.conf"), .name = "y.conf"}).problem.isEmpty());
    QCOMPARE(contentOf(at("sub/y.conf")), QByteArray("abc"));
    const AuditEntry entry = m_bench->audited(u"flagbridge:SetFileMode"_s).first();
    QCOMPARE(entry.diff[u"After"_s].toString(), u"4711"_s);
    QVERIFY(entry.diff[u"Object"_s].toString().endsWith(u"sub/x.conf"));
    // Of a link it is the link that is meant.
    put(at("target"), "t");
    ::chmod(at("target").constData(), 0640);
    QCOMPARE(::symlink(at("target").constData(), at("link").constData()), 0);
    QCOMPARE(perform({.kind = Kind::Mode, .path = at("link"), .mode = 0777}).problem.code,
             u"RefusedByNode"_s);
    ::stat(at("target").constData(), &status);
    QCOMPARE(int(status.st_mode & 07777), 0640);
    if (::geteuid() == 0) {
        QVERIFY(perform({.kind = Kind::Owner, .path = at("link"), .user = u"nobody"_s}).problem.isEmpty());
        ::stat(at("target").constData(), &status);
        QCOMPARE(status.st_uid, 0U);
        ::lstat(at("link").constData(), &status);
        QVERIFY(status.st_uid != 0);
    }
    QCOMPARE(perform({.kind = Kind::Owner, .path = at("target"), .user = u"no-such-user"_s}).problem.code,
             u"DoesNotExistException"_s);
}

void tst_LiveFiles::editsWithoutOverwriting()
{
    put(at("x.conf"), "one\n");
    ::chmod(at("x.conf").constData(), 0640);
    const FileContent opened = read(at("x.conf"), true).value;
    QCOMPARE(opened.bytes, QByteArray("one\n"));
    const auto save = [&](const QByteArray &content, const QByteArray &digest) {
        Answered<FileSaveOutcome> got;
        m_feed->save(m_bench->node(), at("x.conf"), content, digest, this, got.taker());
        (void)got.wait();
        return got;
    };
    const auto saved = save("two\n", opened.digest);
    QVERIFY(saved.problem.isEmpty() && !saved.value.isConflict);
    QCOMPARE(contentOf(at("x.conf")), QByteArray("two\n"));
    struct stat status {
    };
    ::stat(at("x.conf").constData(), &status);
    QCOMPARE(int(status.st_mode & 07777), 0640);
    put(at("x.conf"), "somebody else\n");
    const auto conflict = save("three\n", saved.value.digest);
    QVERIFY(conflict.value.isConflict);
    QCOMPARE(conflict.value.content, QByteArray("somebody else\n"));
    QCOMPARE(contentOf(at("x.conf")), QByteArray("somebody else\n"));
    QVERIFY(!save("three\n", conflict.value.digest).value.isConflict); // read again, the edit redone
    QCOMPARE(contentOf(at("x.conf")), QByteArray("three\n"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList {u"x.conf"_s}); // nothing is left beside it
    put(at("large"), QByteArray((1 << 20) + 1, 'l'));
    QCOMPARE(read(at("large"), true).problem.code, u"RefusedByNode"_s);
    put(at("bytes"), "\xff\n");
    QCOMPARE(read(at("bytes"), true).problem.code, u"RefusedByNode"_s);
    for (const AuditEntry &entry : m_bench->audited(u"flagbridge:EditFile"_s))
        QVERIFY(!QString::fromUtf8(QJsonDocument(entry.diff).toJson()).contains(u"three"));
}

// [fleet-manager 8.9]
void tst_LiveFiles::removesOnlyWhatIsMeant()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"tree/a/b"_s));
    put(at("tree/a/b/1"), QByteArray(1000, 'x'));
    put(at("tree/2"), QByteArray(500, 'x'));
    put(at("kept"), "kept");
    QCOMPARE(::symlink("/etc", at("tree/etc").constData()), 0);
    QCOMPARE(::symlink(at("kept").constData(), at("tree/a/link").constData()), 0);
    const QStringList etc = QDir(u"/etc"_s).entryList(QDir::AllEntries | QDir::Hidden);
    const FileWorkState measured = work({.kind = FileWork::Kind::Measure, .paths = {at("tree")}});
    QCOMPARE(measured.items, 7); // three folders, two files, two links
    QCOMPARE(measured.bytes, 1500);
    QVERIFY(exists(at("tree/2")));
    const FileWorkState gone = work({.kind = FileWork::Kind::Delete, .paths = {at("tree")}});
    QCOMPARE(gone.items, 7);
    QCOMPARE(gone.failed, 0);
    QVERIFY(!exists(at("tree")));
    QCOMPARE(contentOf(at("kept")), QByteArray("kept"));
    QCOMPARE(QDir(u"/etc"_s).entryList(QDir::AllEntries | QDir::Hidden), etc);
    const AuditEntry entry = m_bench->audited(u"flagbridge:DeleteFiles"_s).first();
    QCOMPARE(entry.result, u"Success"_s);
    QCOMPARE(entry.diff[u"Items"_s].toInt(), 7);
    QVERIFY(entry.diff[u"Object"_s].toString().endsWith(u"/tree"));
}

// [fleet-manager 8.9]: what is refused would end the machine or the agent. Measured and renamed only, should it not be refused.
void tst_LiveFiles::refusesWhatIsNotTouched()
{
    QCOMPARE(::symlink("/", at("root").constData()), 0);
    const QList<QByteArray> refused {"/",         "//",      "/usr/..",    "/usr/../",     "/.",
                                     "/proc",     "/proc/1", "/sys/..",    "/sys/kernel",  "/dev",
                                     "/dev/null", "/boot",   at("root/."), at("root/proc")};
    for (const QByteArray &path : refused) {
        const FileWorkState state = work({.kind = FileWork::Kind::Measure, .paths = {path}});
        QVERIFY2(state.items == 0 && state.failed == 1 && !state.failures.isEmpty(), path.constData());
    }
    // The link itself may go.
    QCOMPARE(work({.kind = FileWork::Kind::Delete, .paths = {at("root")}}).items, 1);
    QVERIFY(exists("/proc/1"));
    // The agent's own folder: neither removed, nor written in, nor read.
    const auto processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    QByteArray state;
    for (const QString &pid : processes) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QList<QByteArray> words = file.readAll().split('\0');
        if (words.value(0).endsWith("flagbridge-agent") && words.value(1) == "--state"
            && words.value(2).contains("tst_live_tools"))
            state = words.value(2);
    }
    QVERIFY(!state.isEmpty());
    QCOMPARE(work({.kind = FileWork::Kind::Measure, .paths = {state}}).failed, 1);
    QCOMPARE(work({.kind = FileWork::Kind::Measure, .paths = {filePath::parent(state)}}).failed, 1);
    QCOMPARE(perform({.kind = FileDeed::Kind::MakeFile, .path = state + "/x"}).problem.code,
             u"RefusedByNode"_s);
    QCOMPARE(read(state + "/lock").problem.code, u"RefusedByNode"_s);
    QCOMPARE(::symlink((state + "/lock").constData(), at("key").constData()), 0);
    QCOMPARE(read(at("key")).problem.code, u"RefusedByNode"_s); // by no detour
}

// [fleet-manager 8.8]
void tst_LiveFiles::pasteAsks()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"from"_s) && QDir(m_folder->path()).mkpath(u"to"_s));
    for (const char *name : {"x.conf", "y.conf", "z.conf"}) {
        put(at(QByteArray("from/") + name), "new");
        put(at(QByteArray("to/") + name), "old");
    }
    FilesViewModel model(*m_feed, m_bench->node());
    QSignalSpy asked(&model, &FilesViewModel::questionAsked);
    QSignalSpy ended(&model, &FilesViewModel::workEnded);
    model.open(at("to"));
    QTRY_COMPARE(model.folder(), at("to"));
    QVERIFY(!model.canPaste());
    model.take({at("from/x.conf"), at("from/y.conf"), at("from/z.conf")}, false);
    QVERIFY(model.canPaste());
    model.paste();
    QTRY_COMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toByteArray(), at("to/x.conf"));
    QCOMPARE(contentOf(at("to/x.conf")), QByteArray("old"));
    model.answer(FileChoice::Skip, false);
    QTRY_COMPARE(asked.count(), 2);
    model.answer(FileChoice::KeepBoth, false);
    QTRY_COMPARE(asked.count(), 3);
    model.answer(FileChoice::Replace, true);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(contentOf(at("to/x.conf")), QByteArray("old"));
    QCOMPARE(contentOf(at("to/y.conf")), QByteArray("old"));
    QCOMPARE(contentOf(at("to/y (2).conf")), QByteArray("new"));
    QCOMPARE(contentOf(at("to/z.conf")), QByteArray("new"));
    QCOMPARE(model.workState().skipped, 1);
    QCOMPARE(QDir(m_folder->filePath(u"to"_s)).entryList({u"*fbpart*"_s}, QDir::AllEntries | QDir::Hidden),
             QStringList());
}

void tst_LiveFiles::movesAndCancels()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"from/deep"_s) && QDir(m_folder->path()).mkpath(u"to"_s));
    put(at("from/deep/1"), "one");
    ::chmod(at("from/deep/1").constData(), 0751);
    QCOMPARE(::symlink("/etc", at("from/etc").constData()), 0);
    QCOMPARE(work({.kind = FileWork::Kind::Copy, .paths = {at("from")}, .into = at("to")}).failed, 0);
    QCOMPARE(contentOf(at("to/from/deep/1")), QByteArray("one"));
    struct stat status {
    };
    ::lstat(at("to/from/etc").constData(), &status);
    QVERIFY(S_ISLNK(status.st_mode)); // copied as the link that it is
    ::stat(at("to/from/deep/1").constData(), &status);
    QCOMPARE(int(status.st_mode & 07777), 0751);
    QCOMPARE(work({.kind = FileWork::Kind::Move, .paths = {at("to/from/deep")}, .into = at()}).failed, 0);
    QVERIFY(exists(at("deep/1")) && !exists(at("to/from/deep")));
    // Into itself it does not go.
    QCOMPARE(work({.kind = FileWork::Kind::Copy, .paths = {at("from")}, .into = at("from/deep")}).failed, 1);
    // A question that is not answered is given up by cancelling; nothing is replaced.
    put(at("to/x"), "old");
    put(at("x"), "new");
    FilesViewModel model(*m_feed, m_bench->node());
    QSignalSpy asked(&model, &FilesViewModel::questionAsked);
    QSignalSpy ended(&model, &FilesViewModel::workEnded);
    model.begin({.kind = FileWork::Kind::Move, .paths = {at("x")}, .into = at("to")});
    QTRY_COMPARE(asked.count(), 1);
    model.cancelWork();
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(contentOf(at("to/x")), QByteArray("old"));
    QCOMPARE(contentOf(at("x")), QByteArray("new"));
}

// [fleet-manager 8.7]
void tst_LiveFiles::uploadGoesOnAfterACut()
{
    QTemporaryDir local;
    const QString source = local.filePath(u"image.bin"_s);
    {
        QFile file(source);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray block(1 << 20, '\0');
        for (int i = 0; i < 200; ++i) { // 200 MiB
            for (qsizetype at = 0; at < block.size(); at += 4096)
                block[at] = static_cast<char>(i + at / 4096);
            file.write(block);
        }
    }
    put(at("image.bin"), "the old one");
    ::chmod(at("image.bin").constData(), 0604);
    TransferFeed transfers(m_bench->fleet.engine());
    QSignalSpy changed(&transfers, &TransferSource::changed);
    const auto state = [&] { return transfers.transfers(m_bench->node()).value(0); };
    transfers.upload(m_bench->node(), source, at("image.bin"), true);
    QTRY_VERIFY_WITH_TIMEOUT(state().done > state().total / 3, 120'000);
    m_bench->fleet.killAgent();
    QTRY_VERIFY_WITH_TIMEOUT(state().phase == TransferState::Phase::Waiting, 60'000);
    QCOMPARE(contentOf(at("image.bin")), QByteArray("the old one"));
    QVERIFY(exists(at(".image.bin.fbpart")));
    changed.clear();
    QVERIFY(m_bench->fleet.startAgent());
    QTRY_VERIFY_WITH_TIMEOUT(state().phase == TransferState::Phase::Done, 120'000);
    qint64 least = state().total;
    for (const QList<QVariant> &each : changed) {
        const auto told = each[0].value<TransferState>();
        if (told.phase == TransferState::Phase::Running)
            least = std::min(least, told.done);
    }
    QVERIFY2(least > state().total / 4,
             qPrintable(QString::number(least))); // what was there was not sent again
    const auto digest = [](const QString &path) {
        QFile file(path);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result().toHex() : QByteArray();
    };
    QCOMPARE(digest(QFile::decodeName(at("image.bin"))), digest(source));
    QVERIFY(!exists(at(".image.bin.fbpart")));
    struct stat status {
    };
    ::stat(at("image.bin").constData(), &status);
    QCOMPARE(int(status.st_mode & 07777), 0604);
    const QList<AuditEntry> entries = m_bench->audited(u"flagbridge:UploadFile"_s);
    QCOMPARE(entries.first().result, u"Success"_s);
    QVERIFY(entries.first().diff[u"Object"_s].toString().endsWith(u"image.bin"));
}

void tst_LiveFiles::downloads()
{
    QTemporaryDir local;
    const QByteArray content = QByteArray(3 << 20, 'd') + "end";
    put(at("report.csv"), content);
    put(at("empty"), {});
    TransferFeed transfers(m_bench->fleet.engine());
    const auto run = [&](quint64 id) {
        const auto now = [&] {
            for (const TransferState &each : transfers.transfers(m_bench->node())) {
                if (each.id == id)
                    return each;
            }
            return TransferState();
        };
        (void)QTest::qWaitFor([&] { return now().isEnded(); }, 30'000);
        return now();
    };
    QVERIFY(run(transfers.download(m_bench->node(), at("report.csv"), local.filePath(u"r"_s))).phase
            == TransferState::Phase::Done);
    QCOMPARE(contentOf(local.filePath(u"r"_s).toUtf8()), content);
    put(local.filePath(u"e.fbpart"_s).toUtf8(), "what an earlier try has left");
    QVERIFY(run(transfers.download(m_bench->node(), at("empty"), local.filePath(u"e"_s))).phase
            == TransferState::Phase::Done);
    QCOMPARE(contentOf(local.filePath(u"e"_s).toUtf8()), QByteArray());
    QCOMPARE(run(transfers.download(m_bench->node(), at("nothing"), local.filePath(u"n"_s))).problem.code,
             u"DoesNotExistException"_s);
    // An upload onto a name that is taken asks by failing; nothing changes.
    const auto taken = run(transfers.upload(m_bench->node(), local.filePath(u"r"_s), at("empty"), false));
    QCOMPARE(taken.problem.code, u"ConflictException"_s);
    QCOMPARE(contentOf(at("empty")), QByteArray());
    const QByteArray pipe = local.filePath(u"pipe"_s).toUtf8();
    QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
    QCOMPARE(run(transfers.upload(m_bench->node(), QString::fromUtf8(pipe), at("p"), false)).problem.code,
             u"LocalFile"_s);
    const auto fresh = run(transfers.upload(m_bench->node(), local.filePath(u"r"_s), at("new.csv"), false));
    QVERIFY(fresh.phase == TransferState::Phase::Done);
    QCOMPARE(contentOf(at("new.csv")), content);
    struct stat status {
    };
    ::stat(at("new.csv").constData(), &status);
    QCOMPARE(int(status.st_mode & 07777), 0644);
    QCOMPARE(m_bench->audited(u"flagbridge:DownloadFile"_s).last().diff[u"Object"_s].toString(),
             QString::fromUtf8(at("report.csv")));
}

void tst_LiveFiles::hostileRequests()
{
    for (const QByteArray &path : {QByteArray(), QByteArray("relative"), QByteArray("/a\0b", 4),
                                   QByteArray("/" + QByteArray(5000, 'p'))}) {
        QCOMPARE(list({.folder = path}).problem.code, u"ValidationException"_s);
        QCOMPARE(read(path).problem.code, u"ValidationException"_s);
        QCOMPARE(perform({.kind = FileDeed::Kind::MakeFile, .path = path}).problem.code,
                 u"ValidationException"_s);
    }
    QCOMPARE(list({.folder = at(), .sort = FileSort(99)}).problem.code, u"ValidationException"_s);
    QCOMPARE(list({.folder = at(), .offset = 1'000'000}).value.rows.size(), 0);
    Answered<FileWorkState> none;
    m_feed->goOn(m_bench->node(), {.id = 77}, this, none.taker());
    QVERIFY(none.wait());
    QCOMPARE(none.problem.code, u"DoesNotExistException"_s);
    ShownError problem;
    (void)work({.kind = FileWork::Kind::Delete, .paths = {}}, &problem);
    QCOMPARE(problem.code, u"ValidationException"_s);
}

FB_TEST(tst_LiveFiles)

}

#include "tst_live_files.moc"
