// What a download may write, and where (spec/documents.md 3.12): everything here comes from somewhere hostile.

#include "agent/downloads/destination.h"
#include "agent/downloads/tar_archive.h"

#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

using namespace fb;
using namespace fb::agent;
using namespace Qt::StringLiterals;

namespace {

struct Member { // of a tar
    std::string name;
    int type = AE_IFREG;
    std::string bytes {}; // or a link's target
    unsigned mode = 0644;
};

QByteArray tarOf(const std::vector<Member> &members)
{
    std::string bytes(4 * 1024 * 1024, '\0');
    size_t used = 0;
    archive *writer = archive_write_new();
    archive_write_set_format_pax(writer);
    archive_write_add_filter_gzip(writer);
    archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
    for (const Member &member : members) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, member.name.c_str());
        if (member.type == 0) {
            archive_entry_set_filetype(entry, AE_IFREG);
            archive_entry_set_hardlink(entry, member.bytes.c_str());
        } else {
            archive_entry_set_filetype(entry, static_cast<unsigned>(member.type));
        }
        if (member.type == AE_IFLNK)
            archive_entry_set_symlink(entry, member.bytes.c_str());
        archive_entry_set_perm(entry, member.mode);
        const bool hasBytes = member.type == AE_IFREG;
        archive_entry_set_size(entry, hasBytes ? static_cast<la_int64_t>(member.bytes.size()) : 0);
        archive_write_header(writer, entry);
        if (hasBytes)
            archive_write_data(writer, member.bytes.data(), member.bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return {bytes.data(), static_cast<qsizetype>(used)};
}

}

class tst_StagedTree : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void hostilePaths_data();
    void hostilePaths();
    void hostileTars_data();
    void hostileTars();
    void endlessTars();
    void tarIsUnpacked();
    void linksMustEndInside_data();
    void linksMustEndInside();
    void plantedLinksAreNotFollowed();
    void destinations_data();
    void destinations();
    void relativeDestinationsStayBelow();
    void limits();
    void nothingIsWrittenBeforeAllIsSound();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void put(const QString &name, const QByteArray &bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    Result<size_t> unpack(const QByteArray &tar, const char *folder, StagedTree &staged) const
    {
        put(u"archive"_s, tar);
        const UniqueFd fd(::open(path(u"archive"_s).toStdString().c_str(), O_RDONLY | O_CLOEXEC));
        return unpackTar(fd.get(), folder, staged);
    }
    StagedTree stage(DownloadLimits limits = {}) const
    {
        return StagedTree(*PrivateFolder::openOrMake(path(u"staged"_s).toStdString()), limits);
    }
    static void add(StagedTree &staged, const char *name, const char *bytes)
    {
        auto file = staged.addFile(name, false);
        QVERIFY(file);
        QVERIFY(file->append(bytes));
        QVERIFY(file->close());
    }
    Result<void> deliverInto(const StagedTree &staged, const QString &folder) const
    {
        QDir().mkpath(path(folder));
        const UniqueFd root(::open(path(folder).toStdString().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        return staged.deliverTo(root.get(), path(folder).toStdString());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_StagedTree::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void tst_StagedTree::hostilePaths_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isSound");
    QTest::addRow("plain") << QByteArray("a/b.txt") << true;
    QTest::addRow("dots in names") << QByteArray("a..b/...") << true;
    QTest::addRow("here") << QByteArray("./a//b") << true;
    QTest::addRow("parent") << QByteArray("../x") << false;
    QTest::addRow("parent within") << QByteArray("a/../../x") << false;
    QTest::addRow("parent that comes back") << QByteArray("a/../x") << false;
    QTest::addRow("parent at the end") << QByteArray("a/..") << false;
    QTest::addRow("absolute") << QByteArray("/etc/x") << false;
    QTest::addRow("nothing") << QByteArray("") << false;
    QTest::addRow("here alone") << QByteArray(".") << false;
    QTest::addRow("backslash in a name") << QByteArray("dev-disk-by\\x2duuid.mount") << true;
    QTest::addRow("parents between backslashes") << QByteArray("a\\..\\x") << false;
    QTest::addRow("drive letter") << QByteArray("C:x") << false;
    QTest::addRow("share") << QByteArray("\\\\host\\share") << false;
    QTest::addRow("NUL") << QByteArray("a\0b", 3) << false;
    QTest::addRow("long name") << QByteArray(256, 'a') << false;
    QTest::addRow("deep") << QByteArray("a/").repeated(100) << false;
}

void tst_StagedTree::hostilePaths()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, isSound);
    StagedTree staged = stage();
    QCOMPARE(staged.addFile(path.toStdString(), false).has_value(), isSound);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden),
             QStringList {u"staged"_s});
}

void tst_StagedTree::hostileTars_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<QByteArray>("why");
    QTest::addRow("[documents 8.19] member ../../etc/x")
        << tarOf({{"top/good", AE_IFREG, "g"}, {"../../etc/x", AE_IFREG, "bad"}})
        << QByteArray("leaves the destination");
    QTest::addRow("[P15] parent behind the top folder")
        << tarOf({{"top/../../x", AE_IFREG, "bad"}}) << QByteArray("leaves the destination");
    QTest::addRow("[P15] absolute") << tarOf({{"/etc/flagbridge-x", AE_IFREG, "bad"}})
                                    << QByteArray("leaves the destination");
    QTest::addRow("[P15] through a link")
        << tarOf({{"top/d", AE_IFLNK, "/tmp"}, {"top/d/x", AE_IFREG, "bad"}}) << QByteArray("link");
    QTest::addRow("[P15] through a link that is inside")
        << tarOf({{"top/e", AE_IFDIR}, {"top/d", AE_IFLNK, "e"}, {"top/d/x", AE_IFREG, "bad"}})
        << QByteArray("link");
    QTest::addRow("[P15] hard link") << tarOf({{"top/passwd", 0, "/etc/passwd"}}) << QByteArray("hard link");
    QTest::addRow("[P15] device") << tarOf({{"top/null", AE_IFCHR}}) << QByteArray("neither a file");
    QTest::addRow("[P15] drive letter") << tarOf({{"top/good", AE_IFREG, "g"}, {"C:/x", AE_IFREG, "bad"}})
                                        << QByteArray("leaves the destination");
    QTest::addRow("[P15] drive letter and backslashes")
        << tarOf({{"c:\\windows\\x", AE_IFREG, "bad"}}) << QByteArray("leaves the destination");
    QTest::addRow("[P15] parents between backslashes")
        << tarOf({{"top/a\\..\\..\\x", AE_IFREG, "bad"}}) << QByteArray("leaves the destination");
    QTest::addRow("[P15] names that differ in case")
        << tarOf({{"top/Readme", AE_IFREG, "1"}, {"top/README", AE_IFREG, "2"}})
        << QByteArray("differs from \"top/Readme\" in upper and lower case alone");
    QTest::addRow("[P15] through a link by another case")
        << tarOf({{"top/e", AE_IFDIR}, {"top/d", AE_IFLNK, "e"}, {"top/D/x", AE_IFREG, "bad"}})
        << QByteArray("differs from \"top/d\" in upper and lower case alone");
    QTest::addRow("fifo") << tarOf({{"top/fifo", AE_IFIFO}}) << QByteArray("neither a file");
    QTest::addRow("twice") << tarOf({{"top/a", AE_IFREG, "1"}, {"top/a", AE_IFREG, "2"}})
                           << QByteArray("twice");
    QTest::addRow("cut short") << tarOf({{"top/a", AE_IFREG, std::string(100'000, 'a')}}).left(60)
                               << QByteArray("cannot be read");
    QTest::addRow("no archive") << QByteArray("hello") << QByteArray("cannot be read");
}

void tst_StagedTree::hostileTars()
{
    QFETCH(QByteArray, tar);
    QFETCH(QByteArray, why);
    StagedTree staged = stage();
    const auto files = unpack(tar, "", staged);
    QVERIFY(!files);
    QVERIFY2(QByteArray::fromStdString(files.error().message).contains(why), files.error().message.c_str());
    QStringList outside
        = QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    QCOMPARE(outside, QStringList({u"archive"_s, u"staged"_s}));
    QVERIFY(!QFile::exists(u"/etc/flagbridge-x"_s));
    QVERIFY(!QFile::exists(u"/tmp/x"_s));
}

// [P15] 1,000,000 entries: at most 10,000 are taken, and those that lie beside what is wanted are not read without end
void tst_StagedTree::endlessTars()
{
    std::vector<Member> many;
    for (int i = 0; i < 10'001; ++i)
        many.push_back({"top/" + std::to_string(i), AE_IFREG, ""});
    StagedTree staged = stage();
    const auto files = unpack(tarOf(many), "", staged);
    QVERIFY(!files && files.error().message.find("more than 10000 files") != std::string::npos);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden),
             QStringList({u"archive"_s, u"staged"_s}));
    QCOMPARE(DownloadLimits().members, 1'000'000U);
    many.resize(100);
    const auto reads = [&](DownloadLimits limits, const QByteArray &tar) {
        StagedTree other(*PrivateFolder::openOrMake(path(u"other"_s).toStdString()), limits);
        return unpack(tar, "wanted", other);
    };
    QVERIFY(reads({.members = 100}, tarOf(many))); // none of them is wanted
    QVERIFY(!reads({.members = 99}, tarOf(many)));
    const QByteArray large = tarOf({{"top/beside", AE_IFREG, std::string(2'000'000, '0')}});
    QVERIFY(reads({.unpacked = 2'000'000}, large));
    QVERIFY(!reads({.unpacked = 1'999'999}, large));
}

void tst_StagedTree::tarIsUnpacked()
{
    StagedTree staged = stage();
    const auto files = unpack(tarOf({{"top/README", AE_IFREG, "r"},
                                     {"top/src", AE_IFDIR},
                                     {"top/src/run.sh", AE_IFREG, "#!/bin/sh", 0755},
                                     {"top/src/deep/\xc3\xa9", AE_IFREG, "e"},
                                     {"top/src/link", AE_IFLNK, "deep/\xc3\xa9"},
                                     {"top/srcery", AE_IFREG, "s"}}),
                              "src", staged);
    QVERIFY2(files.has_value(), files ? "" : files.error().message.c_str());
    QCOMPARE(*files, size_t(3));
    QVERIFY(deliverInto(staged, u"out"_s));
    QCOMPARE(QDir(path(u"out"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList({u"deep"_s, u"link"_s, u"run.sh"_s}));
    QCOMPARE(read(u"out/link"_s), QByteArray("e"));
    QVERIFY(QFileInfo(path(u"out/run.sh"_s)).isExecutable());
    QVERIFY(!QFileInfo(path(u"out/deep/é"_s)).isExecutable());
}

void tst_StagedTree::linksMustEndInside_data()
{
    QTest::addColumn<QByteArray>("target"); // of sub/link; there are sub/file, file and sub/up -> ..
    QTest::addColumn<bool>("isSound");
    QTest::addRow("beside") << QByteArray("file") << true;
    QTest::addRow("above, inside") << QByteArray("../file") << true;
    QTest::addRow("folder") << QByteArray("..") << true;
    QTest::addRow("out") << QByteArray("../../victim") << false;
    QTest::addRow("out and in again") << QByteArray("../../staged/file") << true; // ends inside
    QTest::addRow("out through a link") << QByteArray("up/../victim") << false;
    QTest::addRow("absolute") << QByteArray("/etc/passwd") << false;
    QTest::addRow("to nothing") << QByteArray("nothing") << false;
    QTest::addRow("to itself") << QByteArray("link") << false;
}

void tst_StagedTree::linksMustEndInside()
{
    QFETCH(QByteArray, target);
    QFETCH(bool, isSound);
    put(u"victim"_s, "untouched");
    StagedTree staged = stage();
    add(staged, "file", "f");
    add(staged, "sub/file", "f");
    QVERIFY(staged.addLink("sub/up", ".."));
    const auto added = staged.addLink("sub/link", target.toStdString());
    const bool delivered = added && deliverInto(staged, u"out"_s);
    QCOMPARE(delivered, isSound);
    QCOMPARE(QFile::exists(path(u"out/file"_s)), isSound); // all or nothing
}

// What lies in the destination already may have been put there by anybody.
void tst_StagedTree::plantedLinksAreNotFollowed()
{
    put(u"victim/file"_s, "untouched");
    put(u"victim2"_s, "untouched");
    QVERIFY(QDir().mkpath(path(u"out"_s)));
    QVERIFY(QFile::link(path(u"victim2"_s), path(u"out/file"_s)));
    {
        StagedTree staged = stage();
        add(staged, "file", "new");
        QVERIFY(deliverInto(staged, u"out"_s));
        QCOMPARE(read(u"victim2"_s), QByteArray("untouched"));
        QVERIFY(!QFileInfo(path(u"out/file"_s)).isSymLink()); // replaced
        QCOMPARE(read(u"out/file"_s), QByteArray("new"));
    }
    QVERIFY(QFile::link(path(u"victim"_s), path(u"out/sub"_s)));
    StagedTree staged(*PrivateFolder::openOrMake(path(u"staged2"_s).toStdString()));
    add(staged, "sub/file", "new");
    QVERIFY(!deliverInto(staged, u"out"_s));
    QCOMPARE(read(u"victim/file"_s), QByteArray("untouched"));
}

void tst_StagedTree::destinations_data()
{
    QTest::addColumn<bool>("isFile");
    QTest::addColumn<QString>("destination"); // below the folder, if it begins with "/"
    QTest::addColumn<QString>("written"); // where "name" (or "sub/name" of a folder) is then
    QTest::addRow("none") << true << QString() << u"run/downloads/name"_s;
    QTest::addRow("relative, new name") << true << u"a/other"_s << u"run/downloads/a/other"_s;
    QTest::addRow("relative with a slash") << true << u"a/"_s << u"run/downloads/a/name"_s;
    QTest::addRow("relative folder that is there") << true << u"there"_s << u"run/downloads/there/name"_s;
    QTest::addRow("here") << true << u"./"_s << u"run/downloads/name"_s;
    QTest::addRow("absolute, new name") << true << u"/opt/app/other"_s << u"opt/app/other"_s;
    QTest::addRow("absolute with a slash") << true << u"/opt/app/"_s << u"opt/app/name"_s;
    QTest::addRow("absolute folder that is there") << true << u"/there"_s << u"there/name"_s;
    QTest::addRow("folder") << false << u"/opt"_s << u"opt/sub/name"_s;
    QTest::addRow("folder, relative") << false << u"repo"_s << u"run/downloads/repo/sub/name"_s;
    QTest::addRow("folder, none") << false << QString() << u"run/downloads/sub/name"_s;
}

void tst_StagedTree::destinations()
{
    QFETCH(bool, isFile);
    QFETCH(QString, destination);
    QFETCH(QString, written);
    QVERIFY(QDir().mkpath(path(u"there"_s)));
    QVERIFY(QDir().mkpath(path(u"run/downloads/there"_s)));
    StagedTree staged = stage();
    add(staged, isFile ? "name" : "sub/name", "bytes");
    const QString text = destination.startsWith(u'/') ? m_folder->path() + destination : destination;
    const auto downloads = PrivateFolder::openOrMake(path(u"run/downloads"_s).toStdString());
    const auto delivered = deliver(staged, isFile ? DownloadKind::File : DownloadKind::Folder,
                                   isFile ? "name" : "", text.toStdString(), *downloads);
    QVERIFY2(delivered.has_value(), delivered ? "" : delivered.error().message.c_str());
    QCOMPARE(read(written), QByteArray("bytes"));
    const QString said = QString::fromStdString(delivered->string());
    QCOMPARE(QDir(said).canonicalPath(),
             QDir(isFile ? path(written) : path(written).chopped(QStringLiteral("/sub/name").size()))
                 .canonicalPath());
    struct stat status {
    };
    QCOMPARE(::stat(path(written).toStdString().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, mode_t(0644));
}

void tst_StagedTree::relativeDestinationsStayBelow()
{
    const auto downloads = PrivateFolder::openOrMake(path(u"run/downloads"_s).toStdString());
    put(u"run/victim"_s, "untouched");
    QVERIFY(QFile::link(path(u"run"_s), path(u"run/downloads/out"_s)));
    for (const char *destination : {"../victim", "a/../../victim", "..", "out/victim"}) {
        StagedTree staged(*PrivateFolder::openOrMake(path(u"staged"_s).toStdString()));
        staged.folder().removeTree("name");
        add(staged, "name", "new");
        QVERIFY2(!deliver(staged, DownloadKind::File, "name", destination, *downloads), destination);
        QCOMPARE(read(u"run/victim"_s), QByteArray("untouched"));
    }
    QCOMPARE(QDir(path(u"run"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList({u"downloads"_s, u"victim"_s}));
}

void tst_StagedTree::limits()
{
    StagedTree staged = stage({.bytes = 10, .files = 3});
    auto file = staged.addFile("a", false);
    QVERIFY(file->append("123456"));
    QVERIFY(file->append("7890"));
    QVERIFY(!file->append("x"));
    QCOMPARE(staged.bytes(), uint64_t(10));
    QVERIFY(staged.addFile("b", false));
    QVERIFY(staged.addFolder("c"));
    QVERIFY(!staged.addFile("d", false));
    // What git has written counts the same way.
    StagedTree other(*PrivateFolder::openOrMake(path(u"staged"_s).toStdString()), {.bytes = 9, .files = 100});
    QVERIFY(!other.takeUp());
    StagedTree third(*PrivateFolder::openOrMake(path(u"staged"_s).toStdString()), {.bytes = 10, .files = 2});
    QVERIFY(!third.takeUp());
    StagedTree fits(*PrivateFolder::openOrMake(path(u"staged"_s).toStdString()), {.bytes = 10, .files = 3});
    QVERIFY(fits.takeUp());
    QCOMPARE(DownloadLimits().bytes, uint64_t(1) << 30);
    QCOMPARE(DownloadLimits().files, uint32_t(10'000));
}

void tst_StagedTree::nothingIsWrittenBeforeAllIsSound()
{
    StagedTree staged = stage();
    const auto files
        = unpack(tarOf({{"top/good", AE_IFREG, "g"}, {"top/out", AE_IFLNK, "../../.."}}), "", staged);
    QVERIFY(files);
    QVERIFY(!deliverInto(staged, u"out"_s));
    QVERIFY(QDir(path(u"out"_s)).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden));
}

FB_TEST(tst_StagedTree)
#include "tst_staged_tree.moc"
