// How a script reaches PowerShell on Linux (spec/documents.md 3.12), with a stand-in for pwsh that says what it was given.

#include "agent/plugins/run_powershell_script.h"

#include "backend/language/tree.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace fb::agent;
using namespace Qt::StringLiterals;

class tst_RunPowerShellScript : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { qputenv("PATH", m_path); }
    void runsTheFile();
    void missingPowerShell();

private:
    Result<PreparedProcess> prepare();

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path;
};

void tst_RunPowerShellScript::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = qgetenv("PATH");
    qputenv("PATH", QFile::encodeName(m_folder->path()));
}

Result<PreparedProcess> tst_RunPowerShellScript::prepare()
{
    ResolvedStep step;
    step.step.name = "one";
    step.step.action = "aws:runPowerShellScript";
    step.step.inputs.set("runCommand", Tree::list({Tree::string("Write-Host é"), Tree::string("exit 3")}));
    const auto invocation = PrivateFolder::openOrMake(m_folder->filePath(u"invocation"_s).toStdString());
    if (!invocation)
        return invocation.error();
    return RunPowerShellScript().prepare({.step = step, .index = 2, .invocation = *invocation});
}

void tst_RunPowerShellScript::runsTheFile()
{
    QFile pwsh(m_folder->filePath(u"pwsh"_s));
    QVERIFY(pwsh.open(QIODevice::WriteOnly));
    pwsh.close();
    QVERIFY(pwsh.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const auto prepared = prepare();
    QVERIFY2(prepared.has_value(), prepared ? "" : prepared.error().message.c_str());
    QCOMPARE(QString::fromStdString(prepared->request.program), pwsh.fileName());
    const QString path = m_folder->filePath(u"invocation/2.awsrunPowerShellScript/_script.ps1"_s);
    QCOMPARE(
        prepared->request.arguments,
        (std::vector<std::string> {"pwsh", "-NoProfile", "-NonInteractive", "-File", path.toStdString()}));
    QFile script(path);
    QVERIFY(script.open(QIODevice::ReadOnly));
    QCOMPARE(script.readAll(), QByteArray("\xEF\xBB\xBFWrite-Host é\nexit 3")); // UTF-8 with BOM
    QCOMPARE(prepared->meaning, ExitMeaning::Script);
}

void tst_RunPowerShellScript::missingPowerShell()
{
    const auto prepared = prepare();
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().message, std::string("PowerShell is not installed"));
    QVERIFY(!QDir(m_folder->filePath(u"invocation/2.awsrunPowerShellScript"_s)).exists());
}

FB_TEST(tst_RunPowerShellScript)
#include "tst_run_powershell_script.moc"
