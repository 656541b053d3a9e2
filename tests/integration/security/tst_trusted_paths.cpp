// [U10] Plugins in folders that others may write, or of no fixed place, are not loaded, and no program has a relative library path.
#include "backend/security/trusted_paths.h"
#include "tests/support/test_main.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_TrustedPaths : public QObject
{
    Q_OBJECT
private slots:
    void plugins_data();
    void plugins();
    void programInAFolderOfAll();
    void qtConfBesideTheProgram();
    void loaderPath_data();
    void loaderPath();
    void paths();
    void programsHaveNoRelativeLibraryPath();

private:
    struct Outcome {
        int code = -1;
        QString errors;
        bool loaded = false;
    };
    // The console prints its version when Qt has set itself up: by then it has loaded what it would.
    Outcome start(const QString &program, const QStringList &environment, const QStringList &arguments = {});
    QString folder(const QString &name, mode_t mode);
    QString plugins(const QString &name, mode_t mode, mode_t subfolderMode = 0755);
    QString copyOfConsole(const QString &where);
    static QString console() { return QCoreApplication::applicationDirPath() + u"/flagbridge"_s; }

    QTemporaryDir m_dir; // only ours
};

QString tst_TrustedPaths::folder(const QString &name, mode_t mode)
{
    const QString path = m_dir.filePath(name);
    QDir().mkpath(path);
    ::chmod(QFile::encodeName(path).constData(), mode); // mkdir would heed the umask
    return path;
}

QString tst_TrustedPaths::plugins(const QString &name, mode_t mode, mode_t subfolderMode)
{
    const QString path = folder(name, 0755);
    const QString generic = folder(name + u"/generic"_s, subfolderMode);
    QFile::copy(QStringLiteral(FB_PLANTED_PLUGIN), generic + u"/planted.so"_s);
    return folder(name, mode);
}

// A second name of the same file; where that cannot be, a copy.
QString tst_TrustedPaths::copyOfConsole(const QString &where)
{
    const QString copy = where + u"/flagbridge"_s;
    if (::link(QFile::encodeName(console()).constData(), QFile::encodeName(copy).constData()) != 0)
        QFile::copy(console(), copy);
    return copy;
}

tst_TrustedPaths::Outcome tst_TrustedPaths::start(const QString &program, const QStringList &environment,
                                                  const QStringList &arguments)
{
    const QString mark = m_dir.filePath(u"loaded"_s);
    QFile::remove(mark);
    QProcess process;
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    all.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    all.insert(u"QT_QPA_GENERIC_PLUGINS"_s, u"planted"_s); // Qt looks for it in all its folders
    all.insert(u"FB_PLANTED_MARK"_s, mark);
    for (const QString &entry : environment)
        all.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    process.setProcessEnvironment(all);
    process.setWorkingDirectory(m_dir.path());
    process.start(program, arguments + QStringList {u"--version"_s});
    if (!process.waitForFinished(30000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardError()), QFile::exists(mark)};
}

void tst_TrustedPaths::plugins_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("problem"); // empty: loaded
    const QString safe = plugins(u"safe"_s, 0755);
    const QString ofAll = plugins(u"of-all"_s, 0777);
    const QString sticky = plugins(u"sticky"_s, 01777);
    const QString inside = plugins(u"inside"_s, 0755, 0777);
    folder(u"above"_s, 0777);
    const QString below = plugins(u"above/below"_s, 0755);
    QFile::link(ofAll, m_dir.filePath(u"link"_s));
    const QString file = plugins(u"file"_s, 0755);
    ::chmod(QFile::encodeName(file + u"/generic/planted.so"_s).constData(), 0666);
    for (const char *variable : {"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"}) {
        const auto row = [&](const char *name, const QString &path, const QString &problem) {
            // Qt looks for generic plugins in the first only: there the row shows that it would have loaded it.
            QTest::addRow("[U10] %s %s", variable, name) << QString::fromLatin1(variable) << path << problem;
        };
        if (qstrcmp(variable, "QT_PLUGIN_PATH") == 0)
            row("of this user", safe, {});
        row("written by all", ofAll, u"of-all can be written by others"_s);
        row("written by all, sticky", sticky, u"sticky can be written by others"_s);
        row("subfolder written by all", inside, u"inside/generic can be written by others"_s);
        row("under a folder written by all", below, u"above can be written by others"_s);
        row("a link to one", m_dir.filePath(u"link"_s), u"of-all can be written by others"_s);
        row("file written by all", file, u"planted.so can be written by others"_s);
        row("relative", u"safe"_s, u"safe is relative"_s);
        row("current folder", u"."_s, u". is relative"_s);
    }
    QTest::addRow("[U10] one of two")
        << u"QT_PLUGIN_PATH"_s << u"/nowhere/at-all:"_s + ofAll << u"of-all can be written by others"_s;
}

void tst_TrustedPaths::plugins()
{
    QFETCH(QString, variable);
    QFETCH(QString, path);
    QFETCH(QString, problem);
    const Outcome outcome = start(console(), {variable + u'=' + path});
    QCOMPARE(outcome.code, 0); // it goes on without
    QCOMPARE(outcome.loaded, problem.isEmpty());
    QVERIFY2(outcome.errors.contains(problem), qPrintable(outcome.errors));
    QCOMPARE(outcome.errors.contains(variable + u':'), !problem.isEmpty());
}

// [U10] Beside the program Qt looks always: then it does not start.
void tst_TrustedPaths::programInAFolderOfAll()
{
    const QString safe = plugins(u"program"_s, 0755);
    Outcome outcome = start(copyOfConsole(safe), {});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.loaded); // so Qt does look there
    const QString ofAll = plugins(u"program-of-all"_s, 0777);
    outcome = start(copyOfConsole(ofAll), {});
    QCOMPARE(outcome.code, 2);
    QVERIFY(!outcome.loaded);
    QVERIFY2(outcome.errors.contains(u"not started"_s), qPrintable(outcome.errors));
    const QString subfolder = plugins(u"program-subfolder"_s, 0755, 0777);
    outcome = start(copyOfConsole(subfolder), {});
    QCOMPARE(outcome.code, 2);
    QVERIFY(!outcome.loaded);
    outcome = start(console(), {}, {u"-platformpluginpath"_s, ofAll});
    QCOMPARE(outcome.code, 2);
}

// [U10] It names folders for plugins; ours is inside the program.
void tst_TrustedPaths::qtConfBesideTheProgram()
{
    const QString elsewhere = plugins(u"elsewhere"_s, 0777);
    const QString folderOfProgram = folder(u"with-conf"_s, 0755);
    const QString program = copyOfConsole(folderOfProgram);
    for (const QString &name : {u"qt.conf"_s, u"qt6.conf"_s}) {
        QFile conf(folderOfProgram + u'/' + name);
        QVERIFY(conf.open(QFile::WriteOnly));
        conf.write("[Paths]\nPlugins=" + elsewhere.toUtf8() + '\n');
    }
    const Outcome outcome = start(program, {});
    QCOMPARE(outcome.code, 0); // with Qt's own platform plugin, so its own paths are in force
    QVERIFY(!outcome.loaded);
}

void tst_TrustedPaths::loaderPath_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<int>("code");
    const QString ofAll = folder(u"libraries"_s, 0777);
    QTest::addRow("[U10] current folder") << u"LD_LIBRARY_PATH=/usr/lib:"_s << 2;
    QTest::addRow("[U10] relative") << u"LD_LIBRARY_PATH=lib"_s << 2;
    QTest::addRow("[U10] written by all") << u"LD_LIBRARY_PATH="_s + ofAll << 2;
    QTest::addRow("the system's") << u"LD_LIBRARY_PATH=/usr/lib"_s << 0;
    QTest::addRow("empty") << u"LD_LIBRARY_PATH="_s << 0;
}

void tst_TrustedPaths::loaderPath()
{
    QFETCH(QString, variable);
    QFETCH(int, code);
    for (const QString &name : {u"flagbridge"_s, u"flagbridge-engine"_s}) {
        const Outcome outcome = start(QCoreApplication::applicationDirPath() + u'/' + name, {variable});
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.errors.contains(u"not started"_s) == (code == 2), qPrintable(outcome.errors));
    }
}

void tst_TrustedPaths::paths()
{
    QVERIFY(!TrustedPaths::problemWith(u"/usr/lib"_s));
    QVERIFY(!TrustedPaths::problemWith(u"/usr/lib/not/there"_s)); // nobody else can make it
    QVERIFY(!TrustedPaths::problemWith(m_dir.path())); // ours, in a sticky folder
    QVERIFY(TrustedPaths::problemWith(u"/tmp"_s));
    QVERIFY(TrustedPaths::problemWith(u"/tmp/not/there"_s)); // anybody can make it
    QVERIFY(TrustedPaths::problemWith(u"lib"_s));
    QVERIFY(TrustedPaths::problemWith(QString()));
    const QString group = folder(u"group"_s, 0775);
    if (::geteuid() == 0) {
        QVERIFY(!TrustedPaths::problemWith(group)); // root's own group
        if (const struct group *staff = ::getgrnam("staff"); staff && !*staff->gr_mem) {
            QCOMPARE(::chown(QFile::encodeName(group).constData(), 0, staff->gr_gid), 0);
            QVERIFY(!TrustedPaths::problemWith(group)); // as /usr/local on Debian
        }
        if (const struct group *users = ::getgrnam("users")) {
            QCOMPARE(::chown(QFile::encodeName(group).constData(), 0, users->gr_gid), 0);
            QVERIFY(TrustedPaths::problemWith(group));
        }
        QCOMPARE(::chown(QFile::encodeName(group).constData(), 0, 65534), 0);
        QVERIFY(TrustedPaths::problemWith(group));
        const QString foreign = folder(u"foreign"_s, 0755);
        QCOMPARE(::chown(QFile::encodeName(foreign).constData(), 65533, 65533), 0);
        QVERIFY(TrustedPaths::problemWith(foreign)->contains(u"another user"_s));
    }
    QCOMPARE(TrustedPaths::only({u"/usr/share"_s, u"/tmp"_s, u":/icons"_s, u"icons"_s}),
             (QStringList {u"/usr/share"_s, u":/icons"_s}));
}

// [U10] The loader's own search: none of our programs adds to it.
void tst_TrustedPaths::programsHaveNoRelativeLibraryPath()
{
    const QFileInfoList programs = QDir(QCoreApplication::applicationDirPath())
                                       .entryInfoList({u"flagbridge*"_s}, QDir::Files | QDir::Executable);
    QVERIFY(programs.size() >= 3);
    for (const QFileInfo &program : programs) {
        QProcess readelf;
        readelf.start(u"readelf"_s, {u"-dW"_s, program.filePath()});
        QVERIFY2(readelf.waitForFinished(30000), "readelf of binutils is needed");
        const QString entries = QString::fromUtf8(readelf.readAllStandardOutput());
        QVERIFY2(entries.contains(u"(NEEDED)"_s), qPrintable(program.filePath()));
        static const QRegularExpression search(u"\\((?:RPATH|RUNPATH)\\)[^\\[]*\\[([^\\]]*)\\]"_s);
        const QRegularExpressionMatch found = search.match(entries);
        const QStringList folders = found.hasMatch() ? found.captured(1).split(u':') : QStringList();
        for (const QString &each : folders)
            QVERIFY2(!TrustedPaths::problemWith(each), qPrintable(program.filePath() + u": "_s + each));
        // A library named with a slash is loaded from that place, whatever the search.
        static const QRegularExpression placed(u"\\(NEEDED\\)[^\\[]*\\[([^\\]]*/[^\\]]*)\\]"_s);
        QVERIFY2(!placed.match(entries).hasMatch(), qPrintable(entries));
    }
}

FB_TEST(tst_TrustedPaths)

}

#include "tst_trusted_paths.moc"
