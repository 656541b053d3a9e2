// End to end: the console, its engine and a fleet of simulated nodes over loopback TLS. CI: 300 nodes; FB_SOAK: the 10,000 of the case,
// with its times and its memory.
#include "tests/gui/program_options.h"
#include "tests/support/test_main.h"
#include "tests/support/test_process.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/data_table.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_FleetSize : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void listOfTheWholeFleet();

private:
    static bool isReady(ConsoleProgram &program)
    {
        const QSignalSpy failed(&program, &ConsoleProgram::failed);
        program.start();
        return QTest::qWaitFor([&] { return program.console() || !failed.isEmpty(); }, 60'000)
            && failed.isEmpty();
    }
    static qint64 residentMiB()
    {
        QFile status(u"/proc/self/status"_s);
        if (!status.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:"))
                return line.mid(6).simplified().split(' ').first().toLongLong() / 1024;
        }
        return 0;
    }
};

void tst_FleetSize::listOfTheWholeFleet() // [fleet-manager 8.20]
{
    const bool isSoak = qEnvironmentVariableIsSet("FB_SOAK");
    const int count = isSoak ? 10'000 : 300;
    const QTemporaryDir folder;
    const ConsoleOptions options = programOptions(folder);
    {
        ConsoleProgram program(options);
        QVERIFY(isReady(program));
        QTRY_VERIFY(QFile::exists(options.dataDir
                                  + u"/control.sock"_s)); // the window opens before the engine answers
        const TestProcess nodes(QStringLiteral(FB_BIN_DIR "/flagbridge-fleetsim"),
                                {u"--data"_s, options.dataDir, u"--nodes"_s, QString::number(count)});
        QTRY_COMPARE_WITH_TIMEOUT(program.fleet()->counts().online, count, 300'000);
        // With all of them connected and reporting.
        MainWindow &window = program.console()->window();
        window.openAddress(u"events"_s);
        QElapsedTimer time;
        time.start();
        window.openAddress(u"fleet"_s);
        auto *table = window.page()->findChild<DataTable *>(u"fleetTable"_s);
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), count);
        window.grab();
        const qint64 again = time.restart();
        const QString name = program.fleet()->nodes().allNodes()[count / 2].name;
        auto *edit = window.page()->findChild<QLineEdit *>(u"fleetFilterEdit"_s);
        QTest::keyClicks(edit, name);
        QTRY_VERIFY(table->model()->rowCount() < count && table->model()->rowCount() > 0);
        const qint64 filtered = time.elapsed();
        qInfo("%d nodes: shown again in %lld ms, filtered in %lld ms, console and engine take %lld MiB",
              count, again, filtered, residentMiB());
        if (isSoak) { // times are judged on a machine of its own
            QVERIFY(again < 1'000);
            QVERIFY(filtered < 100);
            QVERIFY(residentMiB() < 500);
        }
    }
    // Opened anew, with nobody connected yet.
    ConsoleProgram program(options);
    QVERIFY(isReady(program));
    QElapsedTimer time;
    time.start();
    program.console()->window().openAddress(u"fleet"_s);
    auto *table = program.console()->window().page()->findChild<DataTable *>(u"fleetTable"_s);
    QVERIFY(table);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), count, 60'000);
    qInfo("opened in %lld ms", time.elapsed());
    if (isSoak)
        QVERIFY(time.elapsed() < 1'000);
}

FB_TEST(tst_FleetSize)

}

#include "tst_fleet_size.moc"
