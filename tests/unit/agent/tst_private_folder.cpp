// The agent's folders and files (spec/security N01, N03, N05).

#include "agent/platform/private_folder.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace fb;
using namespace fb::agent;

class tst_PrivateFolder : public QObject
{
    Q_OBJECT
private slots:
    void badNames_data();
    void badNames();
    void linksAreNotFollowed();
    void modes();
    void filesAppearWhole();
    void removeTreeStaysBelow();
    void readsAreBounded();

private:
    static mode_t modeOf(const QString &path)
    {
        struct stat status {
        };
        return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777u : 0;
    }
};

void tst_PrivateFolder::badNames_data() // [N01]
{
    QTest::addColumn<QByteArray>("name");
    for (const QByteArray &name :
         {QByteArray(), QByteArray("."), QByteArray(".."), QByteArray("../x"), QByteArray("a/b"),
          QByteArray("/etc/passwd"), QByteArray("a\0b", 3), QByteArray(300, 'a')})
        QTest::addRow("%s", name.left(20).toPercentEncoding().constData()) << name;
}

void tst_PrivateFolder::badNames()
{
    QFETCH(QByteArray, name);
    QTemporaryDir temporary;
    const auto folder = PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/f")).toStdString());
    QVERIFY(folder);
    const std::string_view text(name.constData(), static_cast<size_t>(name.size()));
    QVERIFY(!folder->write(text, "x"));
    QVERIFY(!folder->read(text, 100));
    QVERIFY(!folder->subfolder(text));
    QVERIFY(!folder->openForAppend(text));
    folder->remove(text);
    folder->removeTree(text);
    QVERIFY(QDir(temporary.path()).exists());
}

void tst_PrivateFolder::linksAreNotFollowed() // [N03]
{
    QTemporaryDir temporary;
    QVERIFY(QDir(temporary.path()).mkdir(QStringLiteral("outside")));
    QFile secret(temporary.filePath(QStringLiteral("outside/secret")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("secret");
    secret.close();
    const auto folder = PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/f")).toStdString());
    QVERIFY(folder);
    QVERIFY(QFile::link(secret.fileName(), temporary.filePath(QStringLiteral("f/file"))));
    QVERIFY(QFile::link(temporary.filePath(QStringLiteral("outside")),
                        temporary.filePath(QStringLiteral("f/dir"))));
    QVERIFY(!folder->read("file", 100));
    QVERIFY(!folder->openForAppend("file"));
    QVERIFY(!folder->existingSubfolder("dir"));
    QVERIFY(!folder->subfolder("dir"));
    QVERIFY(folder->write("file", "mine")); // replaces the link itself
    QCOMPARE(*folder->read("file", 100), std::string("mine"));
    QVERIFY(secret.open(QIODevice::ReadOnly));
    QCOMPARE(secret.readAll(), QByteArray("secret"));
    QVERIFY(QFile::link(temporary.filePath(QStringLiteral("outside")),
                        temporary.filePath(QStringLiteral("state"))));
    QVERIFY(!PrivateFolder::openOrMake(temporary.filePath(QStringLiteral("state")).toStdString()));
}

void tst_PrivateFolder::modes() // [N05]
{
    QTemporaryDir temporary;
    const mode_t before = ::umask(0);
    const auto folder = PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/f")).toStdString());
    const bool made = folder && folder->write("file", "x")
        && folder->write("script", "x", Durability::WhenWritten, 0700) && folder->subfolder("sub")
        && folder->openForAppend("append");
    ::umask(before);
    QVERIFY(made);
    QCOMPARE(modeOf(temporary.filePath(QStringLiteral("f"))), 0700u);
    QCOMPARE(modeOf(temporary.filePath(QStringLiteral("f/sub"))), 0700u);
    QCOMPARE(modeOf(temporary.filePath(QStringLiteral("f/file"))), 0600u);
    QCOMPARE(modeOf(temporary.filePath(QStringLiteral("f/append"))), 0600u);
    QCOMPARE(modeOf(temporary.filePath(QStringLiteral("f/script"))), 0700u);
}

void tst_PrivateFolder::filesAppearWhole()
{
    QTemporaryDir temporary;
    const auto folder = PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/f")).toStdString());
    QVERIFY(folder->write("file", "first"));
    QVERIFY(folder->write("file", "second"));
    QCOMPARE(*folder->read("file", 100), std::string("second"));
    QCOMPARE(folder->entries(), std::vector<std::string>({"file"})); // no temporary name is left
}

void tst_PrivateFolder::removeTreeStaysBelow() // [N03]
{
    QTemporaryDir temporary;
    QVERIFY(QDir(temporary.path()).mkpath(QStringLiteral("outside/deep")));
    const auto folder = PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/f")).toStdString());
    QVERIFY(QDir(temporary.path()).mkpath(QStringLiteral("f/work/a/b")));
    QVERIFY(QFile::link(temporary.filePath(QStringLiteral("outside")),
                        temporary.filePath(QStringLiteral("f/work/a/link"))));
    folder->removeTree("work");
    QVERIFY(folder->entries().empty());
    QVERIFY(QDir(temporary.filePath(QStringLiteral("outside/deep"))).exists());
}

void tst_PrivateFolder::readsAreBounded()
{
    QTemporaryDir temporary;
    const auto folder = PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/f")).toStdString());
    QVERIFY(folder->write("file", std::string(1000, 'x')));
    QVERIFY(folder->read("file", 1000));
    QVERIFY(!folder->read("file", 999));
}

FB_TEST(tst_PrivateFolder)
#include "tst_private_folder.moc"
