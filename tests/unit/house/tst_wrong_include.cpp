// A wrong arrow between folders does not compile: each target's include path holds only the folders that it may see.

#include "tests/support/test_main.h"
#include "tests/unit/house/layer_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class tst_WrongInclude : public QObject
{
    Q_OBJECT
private slots:
    void compiles_data();
    void compiles();
    void includeFoldersFollowTheArrows();

private:
    const QString m_includeRoot = QStringLiteral(FB_BINARY_DIR "/include");
};

void tst_WrongInclude::compiles_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<bool>("allowed");
    QTest::addRow("core sees itself") << "fb_backend_core"
                                      << "backend/core/result.h" << true;
    QTest::addRow("core does not see its tests' helpers") << "fb_backend_core"
                                                          << "tests/support/manual_clock.h" << false;
    QTest::addRow("the helpers see core") << "fb_test_support"
                                          << "backend/core/clock.h" << true;
}

void tst_WrongInclude::compiles()
{
    QFETCH(QString, target);
    QFETCH(QString, header);
    QFETCH(bool, allowed);
    QVERIFY2(QFile::exists(QStringLiteral(FB_SOURCE_DIR "/") + header), qPrintable(header));
    QTemporaryDir folder;
    const QString source = folder.filePath(QStringLiteral("tiny.cpp"));
    QFile file(source);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#include \"" + header.toUtf8() + "\"\n");
    file.close();

    QProcess compiler;
    compiler.start(QStringLiteral(FB_CXX_COMPILER),
                   {QStringLiteral("-std=c++20"), QStringLiteral("-fsyntax-only"), QStringLiteral("-I"),
                    m_includeRoot + u'/' + target, source});
    QVERIFY(compiler.waitForFinished(60'000));
    const QString said = QString::fromUtf8(compiler.readAllStandardError());
    if (allowed) {
        QVERIFY2(compiler.exitCode() == 0, qPrintable(said));
    } else {
        QVERIFY(compiler.exitCode() != 0);
        QVERIFY2(said.contains(header + QStringLiteral(": No such file"))
                     || said.contains(u'\'' + header + u'\''),
                 qPrintable(said));
    }
}

// The folders under build/include are what CMake made of every target's DEPENDS: none may break an arrow.
void tst_WrongInclude::includeFoldersFollowTheArrows()
{
    QStringList wrong;
    int checked = 0;
    for (const QString &target : QDir(m_includeRoot).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QStringList folders;
        QDirIterator walk(m_includeRoot + u'/' + target, QDir::Dirs | QDir::NoDotAndDotDot,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            walk.next();
            if (walk.fileInfo().isSymLink())
                folders.append(QDir(m_includeRoot + u'/' + target).relativeFilePath(walk.filePath()));
        }
        QString own; // fb_backend_core is backend/core
        for (const QString &folder : folders) {
            QString name = folder;
            if (target == QStringLiteral("fb_") + name.replace(u'/', u'_'))
                own = folder;
        }
        if (own.isEmpty())
            continue; // programs and tests compose what they like
        ++checked;
        for (const QString &folder : folders) {
            // Headers of models hold values of the backend (instants), so these are seen through them; tst_include_arrows keeps
            // the ui's own files from naming them.
            if (own.startsWith(QStringLiteral("ui/")) && folder.startsWith(QStringLiteral("backend/")))
                continue;
            // a feature's service header may be reached, so its folder is seen; tst_include_arrows checks the header
            const QString broken = fb::test::brokenArrow(own + QStringLiteral("/x.cpp"),
                                                         folder + QStringLiteral("/x_service.h"));
            if (!broken.isEmpty() && own.section(u'/', 0, 0) != QStringLiteral("tests"))
                wrong.append(target + QStringLiteral(" sees ") + folder + QStringLiteral(": ") + broken);
        }
    }
    QVERIFY(checked > 0);
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
}

FB_TEST(tst_WrongInclude)
#include "tst_wrong_include.moc"
