// What jobs and uploads of the tool "files" must never do, in a scratch folder: reach the agent's own, lose what came meanwhile, write into what another
// upload has finished.
#include "agent/tools/file_changes.h"
#include "agent/tools/file_job.h"
#include "agent/tools/part_file.h"
#include "agent/tools/transfer_tool.h"
#include "backend/core/byte_encoding.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fb::test {

using namespace agent;
using namespace Qt::StringLiterals;

class tst_FileWork : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void theAgentsFolderIsNotCopiedWithItsParent();
    void theAgentsFolderIsNotReachedByAnotherPath();
    void aFolderIsNotMergedIntoTheAgents();
    void aMoveRemovesOnlyWhatItCopied();
    void copiesToOneNameDoNotMeet();
    void aSaveLeavesAnothersPart();
    void whatACrashLeftIsSwept();
    void oneUploadAtATime();
    void whatIsExchangedIsNotDelivered();
    void aPartOfAnotherUserIsNotUsed();
    void aCutUploadGoesOn();
    void aLostLastAnswerIsAskedAgain();

private:
    std::string at(const QString &name) const { return m_folder->filePath(name).toStdString(); }
    void put(const QString &name, const QByteArray &content) const
    {
        const QString path = m_folder->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray contentOf(const QString &name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<none>");
    }
    static wire::FileJob ended(FileJob &job)
    {
        wire::FileJob whole;
        for (int i = 0; i < 500; ++i) {
            const wire::FileJob now = job.report(std::chrono::milliseconds(20));
            for (const auto &failure : now.failures())
                *whole.add_failures() = failure;
            whole.set_failed(now.failed());
            whole.set_items(now.items());
            if (now.finished())
                break;
        }
        return whole;
    }
    static wire::ToolRequest begin(const std::string &path, const std::string &content, bool replace = true)
    {
        wire::ToolRequest request;
        request.mutable_file_put()->set_path(path);
        request.mutable_file_put()->set_size(content.size());
        request.mutable_file_put()->set_sha256(sha256(content));
        request.mutable_file_put()->set_replace(replace);
        return request;
    }
    static wire::ToolRequest chunk(uint64_t offset, const std::string &bytes)
    {
        wire::ToolRequest request;
        request.mutable_file_chunk()->set_offset(offset);
        request.mutable_file_chunk()->set_bytes(bytes);
        return request;
    }
    static wire::ToolRequest end()
    {
        wire::ToolRequest request;
        (void)request.mutable_file_put_end();
        return request;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_FileWork::theAgentsFolderIsNotCopiedWithItsParent() // [N02]
{
    put(u"lib/agent/node.key"_s, "PRIVATE KEY");
    put(u"lib/other"_s, "harmless");
    QVERIFY(QDir().mkpath(m_folder->filePath(u"out"_s)));
    const FileGuard guard({at(u"lib/agent"_s)});
    for (const auto kind : {FileJob::Kind::Copy, FileJob::Kind::Move}) {
        FileJob job(1, kind, {at(u"lib"_s)}, at(u"out"_s), guard);
        const wire::FileJob state = ended(job);
        QVERIFY(state.failed() >= 1);
        QVERIFY2(state.failures(0).text().find("belongs to the Flagbridge agent") != std::string::npos,
                 state.failures(0).text().c_str());
        QVERIFY(!QFile::exists(m_folder->filePath(u"out/lib/agent/node.key"_s)));
        QCOMPARE(contentOf(u"lib/agent/node.key"_s), QByteArray("PRIVATE KEY"));
    }
    QCOMPARE(contentOf(u"out/lib/other"_s), QByteArray("harmless"));
}

// Another way to the same folder: as a bind mount has it, told apart by nothing but device and number.
void tst_FileWork::theAgentsFolderIsNotReachedByAnotherPath() // [N02]
{
    put(u"agent/node.key"_s, "PRIVATE KEY");
    put(u"agent/work/output"_s, "x");
    const FileGuard guard({at(u"agent"_s)});
    const std::string detour = "/proc/self/root" + at(u"agent/node.key"_s);
    const auto place = placeOf(detour);
    QVERIFY(place);
    // Whatever the path says: the folder is asked.
    QVERIFY(!guard.mayRead(place->folder.get(), place->name, "/elsewhere/node.key"));
    const auto below = placeOf(at(u"agent/work/output"_s));
    QVERIFY(!guard.mayWrite(below->folder.get(), below->name, "/elsewhere/output"));
    QVERIFY(!guard.mayRemove(below->folder.get(), below->name, "/elsewhere/output"));
    put(u"other"_s, "x");
    const auto other = placeOf(at(u"other"_s));
    QVERIFY(guard.mayRead(*other));
}

void tst_FileWork::aFolderIsNotMergedIntoTheAgents()
{
    put(u"from/lib/agent/node.key"_s, "MINE");
    put(u"to/lib/agent/node.key"_s, "PRIVATE KEY");
    const FileGuard guard({at(u"to/lib/agent"_s)});
    FileJob job(1, FileJob::Kind::Copy, {at(u"from/lib"_s)}, at(u"to"_s), guard);
    job.answer(FileJob::Choice::Replace, true);
    const wire::FileJob state = ended(job);
    QVERIFY(state.failed() >= 1);
    QCOMPARE(contentOf(u"to/lib/agent/node.key"_s), QByteArray("PRIVATE KEY"));
}

void tst_FileWork::aMoveRemovesOnlyWhatItCopied()
{
    struct stat here {
    };
    struct stat there {
    };
    const QTemporaryDir elsewhere(u"/dev/shm/fb-move-XXXXXX"_s);
    if (!elsewhere.isValid() || ::stat(at({}).c_str(), &here) != 0
        || ::stat(elsewhere.path().toUtf8().constData(), &there) != 0 || here.st_dev == there.st_dev)
        QSKIP("There is no second file system here.");
    put(u"src/a"_s, "1");
    put(u"src/deep/b"_s, "2");
    QCOMPARE(::mkfifo(at(u"src/deep/pipe"_s).c_str(), 0600), 0); // is not copied, so it stays
    const FileGuard guard({});
    FileJob job(1, FileJob::Kind::Move, {at(u"src"_s)}, elsewhere.path().toStdString(), guard);
    const wire::FileJob state = ended(job);
    QVERIFY(state.failed() >= 1);
    QFile moved(elsewhere.filePath(u"src/deep/b"_s));
    QVERIFY(moved.open(QIODevice::ReadOnly));
    QCOMPARE(moved.readAll(), QByteArray("2"));
    QVERIFY(!QFile::exists(m_folder->filePath(u"src/a"_s)));
    QVERIFY(!QFile::exists(m_folder->filePath(u"src/deep/b"_s)));
    struct stat pipe {
    };
    QCOMPARE(::lstat(at(u"src/deep/pipe"_s).c_str(), &pipe), 0);
}

// Two at the same moment beside a third that is half-way: the last one to be done wins, and each is whole.
void tst_FileWork::copiesToOneNameDoNotMeet()
{
    const QByteArray one(3'000'000, '1');
    const QByteArray two(2'000'000, '2');
    put(u"a/f"_s, one);
    put(u"b/f"_s, two);
    put(u"out/f"_s, "0");
    const FileGuard guard({});
    const int folder = ::open(at(u"out"_s).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    QVERIFY(folder >= 0);
    {
        auto before = PartFile::make(folder, "f", partKinds::kCopy, "f"); // another copy, half-way
        QVERIFY(before);
        QCOMPARE(::write(before->fd(), "whole", 5), ssize_t(5));
        FileJob first(1, FileJob::Kind::Copy, {at(u"a/f"_s)}, at(u"out"_s), guard);
        FileJob second(2, FileJob::Kind::Copy, {at(u"b/f"_s)}, at(u"out"_s), guard);
        first.answer(FileJob::Choice::Replace, true);
        second.answer(FileJob::Choice::Replace, true);
        QCOMPARE(ended(first).failed(), 0U);
        QCOMPARE(ended(second).failed(), 0U);
        const QByteArray there = contentOf(u"out/f"_s);
        QVERIFY(there == one || there == two);
        QCOMPARE(before->putInPlace("f"), 0); // nobody has taken it away
    }
    QCOMPARE(contentOf(u"out/f"_s), QByteArray("whole"));
    QCOMPARE(QDir(m_folder->filePath(u"out"_s)).entryList(QDir::Files | QDir::Hidden), QStringList {u"f"_s});
    ::close(folder);
}

void tst_FileWork::aSaveLeavesAnothersPart()
{
    put(u"text"_s, "old");
    const FileGuard guard({});
    const int folder = ::open(m_folder->path().toUtf8().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    QVERIFY(folder >= 0);
    {
        auto other = PartFile::make(folder, "text", partKinds::kEdit, "text");
        QVERIFY(other);
        QCOMPARE(::write(other->fd(), "theirs", 6), ssize_t(6));
        wire::FileSaveRequest save;
        save.set_path(at(u"text"_s));
        save.set_content("mine");
        save.set_expected_sha256(sha256("old"));
        QVERIFY(FileChanges(guard).save(save));
        QCOMPARE(contentOf(u"text"_s), QByteArray("mine"));
        QCOMPARE(other->putInPlace("text"), 0);
    }
    QCOMPARE(contentOf(u"text"_s), QByteArray("theirs"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList {u"text"_s});
    ::close(folder);
}

// Only ours, only what nobody writes, and only after its time.
void tst_FileWork::whatACrashLeftIsSwept()
{
    const auto leave = [this](const QString &name, int hoursAgo, mode_t mode = 0600) {
        put(u"to/"_s + name, "half");
        const std::string path = at(u"to/"_s + name);
        QCOMPARE(::chmod(path.c_str(), mode), 0);
        const timespec then {.tv_sec = ::time(nullptr) - hoursAgo * 3600, .tv_nsec = 0};
        const timespec times[2] {then, then};
        QCOMPARE(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    };
    leave(u".f.0123456789abcdef.fbcopy"_s, 3);
    leave(u".g.0123456789abcdef.fbcopy"_s, 0); // perhaps it is being made
    leave(u".h.0123456789abcdef.fbcopy"_s, 3); // it is written
    leave(u".i.0123456789abcdef.fbcopy"_s, 3, 0644); // somebody made it his own
    leave(u"j.0123456789abcdef.fbcopy"_s, 3); // not named as ours are
    leave(u".k.012345678.fbcopy"_s, 3);
    leave(u".l.fbpart"_s, 25);
    leave(u".m.fbpart"_s, 23); // an upload that was cut may still go on
    QCOMPARE(::symlink("/etc/passwd", at(u"to/.n.0123456789abcdef.fbcopy"_s).c_str()), 0);
    QFile written(m_folder->filePath(u"to/.h.0123456789abcdef.fbcopy"_s));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(::flock(written.handle(), LOCK_EX), 0);
    put(u"x"_s, "1");
    const FileGuard guard({});
    FileJob job(1, FileJob::Kind::Copy, {at(u"x"_s)}, at(u"to"_s), guard);
    QCOMPARE(ended(job).failed(), 0U);
    TransferTool tool({});
    QVERIFY(tool.answer(begin(at(u"to/y"_s), "content")));
    QStringList left
        = QDir(m_folder->filePath(u"to"_s)).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    left.sort();
    QCOMPARE(left,
             QStringList({u".g.0123456789abcdef.fbcopy"_s, u".h.0123456789abcdef.fbcopy"_s,
                          u".i.0123456789abcdef.fbcopy"_s, u".k.012345678.fbcopy"_s, u".m.fbpart"_s,
                          u".n.0123456789abcdef.fbcopy"_s, u".y.fbpart"_s, u"j.0123456789abcdef.fbcopy"_s,
                          u"x"_s}));
}

void tst_FileWork::oneUploadAtATime()
{
    TransferTool first({});
    TransferTool second({}, std::chrono::milliseconds(100));
    const std::string content(1000, 'a');
    QVERIFY(first.answer(begin(at(u"f"_s), content)));
    const auto refused = second.answer(begin(at(u"f"_s), std::string(1000, 'b')));
    QVERIFY(!refused && refused.error().code == errors::kConflict);
    QVERIFY(first.answer(chunk(0, content)));
    QVERIFY(first.answer(end())->file_put_state().complete());
    // After it the next one begins anew, and the file that stands is not its part.
    QVERIFY(second.answer(begin(at(u"f"_s), std::string(1000, 'b'))));
    QVERIFY(second.answer(chunk(0, std::string(500, 'b'))));
    QCOMPARE(contentOf(u"f"_s), QByteArray(1000, 'a'));
}

void tst_FileWork::whatIsExchangedIsNotDelivered() // [N02] race swap of what was checked
{
    TransferTool tool({});
    const std::string content = "as it was sent";
    QVERIFY(tool.answer(begin(at(u"g"_s), content)));
    QVERIFY(tool.answer(chunk(0, content)));
    QVERIFY(QFile::remove(m_folder->filePath(u".g.fbpart"_s)));
    put(u".g.fbpart"_s, "SOMETHING ELSE");
    QVERIFY(!tool.answer(end()));
    QVERIFY(!QFile::exists(m_folder->filePath(u"g"_s)));
}

void tst_FileWork::aPartOfAnotherUserIsNotUsed() // [N03]
{
    put(u".h.fbpart"_s, "");
    if (::geteuid() == 0)
        QCOMPARE(::chown(at(u".h.fbpart"_s).c_str(), 65534, 65534), 0);
    QFile theirs(m_folder->filePath(u".h.fbpart"_s)); // and keeps it open
    QVERIFY(theirs.open(QIODevice::ReadWrite)); // 0644 is enough to be distrusted
    TransferTool tool({});
    const std::string content = "good";
    QVERIFY(tool.answer(begin(at(u"h"_s), content)));
    QVERIFY(tool.answer(chunk(0, content)));
    QVERIFY(tool.answer(end())->file_put_state().complete());
    theirs.write("EVIL");
    theirs.flush();
    QCOMPARE(contentOf(u"h"_s), QByteArray("good"));
    struct stat status {
    };
    QCOMPARE(::stat(at(u"h"_s).c_str(), &status), 0);
    QCOMPARE(status.st_uid, ::geteuid());
}

void tst_FileWork::aCutUploadGoesOn()
{
    const std::string content = std::string(600, 'a') + std::string(600, 'b');
    {
        TransferTool tool({});
        QVERIFY(tool.answer(begin(at(u"i"_s), content)));
        QVERIFY(tool.answer(chunk(0, content.substr(0, 600))));
    }
    {
        TransferTool tool({}); // cut again before anything more came
        QCOMPARE(tool.answer(begin(at(u"i"_s), content))->file_put_state().offset(), uint64_t(600));
    }
    TransferTool tool({});
    QCOMPARE(tool.answer(begin(at(u"i"_s), content))->file_put_state().offset(), uint64_t(600));
    QVERIFY(tool.answer(chunk(600, content.substr(600))));
    QVERIFY(tool.answer(end())->file_put_state().complete());
    QCOMPARE(contentOf(u"i"_s), QByteArray::fromStdString(content));
}

void tst_FileWork::aLostLastAnswerIsAskedAgain()
{
    const std::string content(700, 'a');
    wire::ToolRequest again = begin(at(u"k"_s), content, false);
    {
        TransferTool tool({});
        QVERIFY(tool.answer(again));
        QVERIFY(tool.answer(chunk(0, content)));
        QVERIFY(tool.answer(end())->file_put_state().complete());
    }
    TransferTool tool({});
    QCOMPARE(tool.answer(again).error().code, errors::kConflict); // nobody's end was lost: the name is taken
    again.mutable_file_put()->set_ended(true);
    const auto done = tool.answer(again);
    QVERIFY(done && done->file_put_state().complete());
    QCOMPARE(done->file_put_state().offset(), uint64_t(700));
    put(u"k"_s, QByteArray(700, 'b')); // of the same size, and another file
    QCOMPARE(tool.answer(again).error().code, errors::kConflict);
}

FB_TEST(tst_FileWork)

}

#include "tst_file_work.moc"
