// How a script reaches the shell (spec/documents.md 3.12, spec/security N04).

#include "agent/plugins/run_shell_script.h"

#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace fb;
using namespace fb::agent;
using namespace Qt::StringLiterals;

class tst_RunShellScript : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void scriptIsItsUsersAlone();
    void plantedLinkIsNotWrittenThrough();
    void valuesStandInNoArgument();

private:
    Result<PreparedProcess> prepare(const char *command);
    QString scriptPath() const { return m_folder->filePath(u"invocation/0.awsrunShellScript/_script.sh"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_RunShellScript::init() { m_folder = std::make_unique<QTemporaryDir>(); }

Result<PreparedProcess> tst_RunShellScript::prepare(const char *command)
{
    ResolvedStep step;
    step.step.name = "one";
    step.step.action = "aws:runShellScript";
    step.step.inputs.set("runCommand", Tree::list({Tree::string(command)}));
    const auto invocation = PrivateFolder::openOrMake(m_folder->filePath(u"invocation"_s).toStdString());
    if (!invocation)
        return invocation.error();
    return RunShellScript().prepare({.step = step, .index = 0, .invocation = *invocation});
}

// [N04] nobody else can put another text between the writing and the run: folder and file are 0700, whatever the umask
void tst_RunShellScript::scriptIsItsUsersAlone()
{
    const mode_t before = ::umask(0);
    const auto prepared = prepare("echo hi");
    ::umask(before);
    QVERIFY(prepared);
    for (const QString &path :
         {m_folder->filePath(u"invocation"_s), QFileInfo(scriptPath()).path(), scriptPath()}) {
        struct stat status {
        };
        QCOMPARE(::lstat(QFile::encodeName(path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, mode_t(0700));
        QCOMPARE(status.st_uid, ::getuid());
    }
    QFile script(scriptPath());
    QVERIFY(script.open(QIODevice::ReadOnly));
    QVERIFY(script.readAll().contains("echo hi"));
}

// [N04] a link that waits at the script's name is replaced, not followed
void tst_RunShellScript::plantedLinkIsNotWrittenThrough()
{
    QVERIFY(prepare("echo first"));
    const QString victim = m_folder->filePath(u"victim"_s);
    QFile file(victim);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("untouched");
    file.close();
    QVERIFY(QFile::remove(scriptPath()));
    QVERIFY(QFile::link(victim, scriptPath()));
    const auto prepared = prepare("echo second");
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("untouched"));
    if (prepared) { // refusing is as good
        QVERIFY(!QFileInfo(scriptPath()).isSymLink());
        QFile script(scriptPath());
        QVERIFY(script.open(QIODevice::ReadOnly));
        QVERIFY(script.readAll().contains("echo second"));
    }
}

// [N06] of a process list: the script is a file, its text is in no argument
void tst_RunShellScript::valuesStandInNoArgument()
{
    const auto prepared = prepare("echo secret-value");
    QVERIFY(prepared);
    for (const std::string &argument : prepared->request.arguments)
        QVERIFY(argument.find("secret-value") == std::string::npos);
}

FB_TEST(tst_RunShellScript)
#include "tst_run_shell_script.moc"
