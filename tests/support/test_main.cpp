#include "tests/support/test_main.h"

#ifdef FB_TEST_WIDGETS
#include <QApplication>
#else
#include <QCoreApplication>
#endif
#include <QFileInfo>
#include <QTest>

#include <cstdio>
#include <map>

namespace fb::test {

namespace {
    std::map<QString, std::function<std::unique_ptr<QObject>()>> &testClasses()
    {
        static std::map<QString, std::function<std::unique_ptr<QObject>()>>
            classes; // filled before main by FB_TEST
        return classes;
    }
}

void addTestClass(const char *file, std::function<std::unique_ptr<QObject>()> make)
{
    testClasses().emplace(QFileInfo(QString::fromUtf8(file)).completeBaseName().mid(4), std::move(make));
}

}

// usage: program [class] [Qt Test arguments]
int main(int argc, char **argv)
{
    // A crash ends the program at once: Qt Test's own stack trace starts a debugger that may never return.
    qputenv("QTEST_DISABLE_STACK_DUMP", "1");
#ifdef FB_TEST_WIDGETS
    QApplication application(argc, argv);
#else
    QCoreApplication application(argc, argv);
#endif
    QStringList arguments = QCoreApplication::arguments();
    const auto &classes = fb::test::testClasses();
    QString wanted;
    if (arguments.size() > 1 && !arguments[1].startsWith(u'-'))
        wanted = arguments.takeAt(1);
    if (!wanted.isEmpty() && !classes.contains(wanted)) {
        std::fprintf(stderr, "no test class %s\n", qPrintable(wanted));
        return 2;
    }
    int failures = 0;
    for (const auto &[name, make] : classes) {
        if (wanted.isEmpty() || name == wanted)
            failures += QTest::qExec(make().get(), arguments);
    }
    return failures == 0 ? 0 : 1;
}
