// What systemd's programs print, as the tool "services" takes it; and the runner of the system's programs.
#include "agent/tools/program_run.h"
#include "agent/tools/unit_text.h"
#include "tests/support/test_main.h"

#include <fmt/format.h>

#include <QTest>

namespace fb::test {

using namespace agent;
using namespace std::chrono_literals;

class tst_UnitText : public QObject
{
    Q_OBJECT
private slots:
    void namesOfUnits();
    void units();
    void hostileUnits();
    void unitFiles();
    void times_data();
    void times();
    void unitsOfThisProcess();
    void programs();
};

void tst_UnitText::namesOfUnits()
{
    for (const char *name :
         {"ssh.service", "postgresql@15-main.service", "dev-disk-by\\x2duuid-1.swap", "-.mount",
          "systemd-fsck@dev-sda1.service", "a:b_c.timer", "user@1000.service", "-.slice"})
        QVERIFY2(isUnitName(name), name);
    QVERIFY(isUnitName(fmt::format("{:n>255}", ".service")));
    for (const std::string &name :
         {std::string(), std::string("ssh"), std::string(".service"), std::string("-rf.service"),
          std::string("--all.service"), std::string("-.service"), std::string("*.service"),
          std::string("a?.service"), std::string("a[b].service"), std::string("a/b.service"),
          std::string("a b.service"), std::string("a\n.service"), std::string("a\0.service", 10),
          std::string("a.Service"), std::string("a.exe"), std::string("\xc3\xa9.service"),
          fmt::format("{:n>256}", ".service")})
        QVERIFY2(!isUnitName(name), name.c_str());
    QVERIFY(isUnitType("service") && isUnitType("timer") && !isUnitType("") && !isUnitType("service,timer"));
}

void tst_UnitText::units()
{
    const auto units
        = parseUnits("MainPID=611\nResult=success\nNRestarts=3\nMemoryCurrent=5734400\nId=ssh.service\n"
                     "Description=OpenBSD Secure Shell server=good\nLoadState=loaded\n"
                     "ActiveState=active\nSubState=running\nUnitFileState=enabled\n"
                     "StateChangeTimestamp=Fri 2026-11-27 23:40:00 UTC\n"
                     "ActiveEnterTimestamp=Fri 2026-11-27 23:32:38 UTC\nCanStart=yes\nCanStop=yes\n"
                     "CanReload=no\nNeedDaemonReload=yes\n"
                     "\n"
                     "Id=fstrim.timer\nLoadState=loaded\nActiveState=inactive\nSubState=dead\n"
                     "Triggers=fstrim.service\nMainPID=0\nMemoryCurrent=[not set]\n"
                     "ActiveEnterTimestamp=Fri 2026-11-27 23:32:38 UTC\nInactiveEnterTimestamp=\n"
                     "NextElapseUSecRealtime=Mon 2026-11-30 00:00:00 UTC\n");
    QCOMPARE(units.size(), size_t(2));
    const wire::ServiceEntry &ssh = units[0];
    QCOMPARE(ssh.unit(), std::string("ssh.service"));
    QCOMPARE(ssh.description(), std::string("OpenBSD Secure Shell server=good"));
    QCOMPARE(ssh.main_pid(), 611U);
    QCOMPARE(ssh.memory_bytes(), uint64_t(5734400));
    QCOMPARE(ssh.since_us(), int64_t(1795822358) * 1'000'000); // since it is active
    QCOMPARE(ssh.restarts(), 3U);
    QVERIFY(ssh.can_start() && ssh.can_stop() && !ssh.can_reload() && ssh.stale() && !ssh.own());
    QCOMPARE(stateOfUnit(ssh), std::string("active (running), enabled, process 611"));
    const wire::ServiceEntry &timer = units[1];
    QVERIFY(!timer.has_main_pid() && !timer.has_memory_bytes() && !timer.has_since_us());
    QCOMPARE(timer.triggers(), std::string("fstrim.service"));
    QCOMPARE(timer.next_us(), int64_t(1795996800) * 1'000'000);
    QCOMPARE(stateOfUnit(timer), std::string("inactive (dead)"));
}

void tst_UnitText::hostileUnits()
{
    QVERIFY(parseUnits("").empty() && parseUnits("\n\n\n").empty()
            && parseUnits("no property at all").empty());
    QVERIFY(parseUnits("Description=without a name\n").empty());
    QVERIFY(parseUnits("Id=*.service\n\nId=-x.service\n\nId=\n\nId=a b.service\n").empty());
    const std::string bytes = "Id=a.service\nId=b.service\nDescription=" + std::string(9000, 'd')
        + "\nActiveState=" + std::string(500, 's')
        + "\nMainPID=99999999999999999999\nMemoryCurrent=18446744073709551615\nNRestarts=-1\n"
          "ActiveEnterTimestamp=n/a\n\nId=a.service\nDescription=again\n\n"
          "Description=\x1b[31m\xff\nId=c.service\nMemoryCurrent=9223372036854775808\n=\n===\n";
    const auto units = parseUnits(bytes);
    QCOMPARE(units.size(), size_t(2));
    QCOMPARE(units[0].unit(), std::string("a.service"));
    QCOMPARE(units[0].description().size(), size_t(512));
    QCOMPARE(units[0].active_state().size(), size_t(64));
    QVERIFY(!units[0].has_main_pid() && !units[0].has_memory_bytes() && !units[0].has_restarts());
    QCOMPARE(units[1].description(), std::string("\x1b[31m\xff")); // made neutral where it is shown
    QCOMPARE(units[1].memory_bytes(), uint64_t(1) << 63);
}

void tst_UnitText::unitFiles()
{
    const auto names = parseUnitFiles("ssh.service            enabled  enabled\n"
                                      "sshd.service           alias    -\n"
                                      "getty@.service         enabled  enabled\n"
                                      "getty@tty1.service     enabled  enabled\n"
                                      "cron.service\n"
                                      "-x.service disabled\n\n"
                                      "12 unit files listed.\n");
    QCOMPARE(names, (std::vector<std::string> {"ssh.service", "getty@tty1.service", "cron.service"}));
}

void tst_UnitText::times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds"); // -1: none
    QTest::addRow("plain") << QByteArray("Fri 2026-11-27 23:32:38 UTC") << qint64(1795822358);
    QTest::addRow("with a fraction") << QByteArray("Fri 2026-11-27 23:32:38.312743 UTC")
                                     << qint64(1795822358);
    QTest::addRow("leap second") << QByteArray("Sat 2016-12-31 23:59:60 UTC") << qint64(1483228800);
    for (const char *none :
         {"", "n/a", "infinity", "Fri 2026-11-27 23:32:38 CET", "Fri 2026-11-27 23:32:38",
          "Fri 2026-13-27 23:32:38 UTC", "Fri 2026-11-00 23:32:38 UTC", "Fri 2026-11-27 24:32:38 UTC",
          "Fri 1969-11-27 23:32:38 UTC", "Fri -026-11-27 23:32:38 UTC", "Fri 2026-11-27 -3:32:38 UTC",
          "XXX ---- UTC", "                         UTC"})
        QTest::addRow("none: %s", none) << QByteArray(none) << qint64(-1);
}

void tst_UnitText::times()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    const auto time = parseUnitTime(text.toStdString());
    QCOMPARE(time.has_value(), seconds >= 0);
    if (time)
        QCOMPARE(*time, int64_t(seconds) * 1'000'000);
}

void tst_UnitText::unitsOfThisProcess()
{
    using Names = std::vector<std::string>;
    QCOMPARE(unitsOfGroup("0::/system.slice/flagbridge-agent.service/workers/7\n"),
             (Names {"system.slice", "flagbridge-agent.service"}));
    QCOMPARE(
        unitsOfGroup("9:name=systemd:/system.slice/a.service\n8:pids:/system.slice/other.service\n0::/\n"),
        (Names {"system.slice", "a.service"}));
    // What is below a service or a scope names no unit of the system's manager.
    QCOMPARE(unitsOfGroup("0::/user.slice/user-1000.slice/user@1000.service/app.slice/ssh.service\n"),
             (Names {"user.slice", "user-1000.slice", "user@1000.service"}));
    QCOMPARE(unitsOfGroup("0::/\n"), Names());
    QCOMPARE(unitsOfGroup(""), Names());
    QCOMPARE(unitsOfGroup("::::\n/\n0::/*.service/-x.service"), Names());
}

void tst_UnitText::programs()
{
    const auto run = [](const char *name, std::vector<std::string> arguments,
                        std::chrono::milliseconds limit = 20s, size_t most = 1000) {
        return runProgram(
            {.name = name, .arguments = std::move(arguments), .limit = limit, .mostBytes = most});
    };
    const auto plain = run("printf", {"%s|%s", "$(id)", "a b"}); // no shell looks at it
    QVERIFY(plain);
    QCOMPARE(plain->output, std::string("$(id)|a b"));
    QVERIFY(plain->code == 0 && !plain->isLate && !plain->isCut);
    const auto bad = run("ls", {"--", "/no/such/folder"});
    QVERIFY(bad && bad->code != 0 && bad->output.empty());
    QVERIFY(bad->told.find("/no/such/folder") != std::string::npos && bad->told.back() != '\n');
    const auto late = run("sleep", {"100"}, 100ms);
    QVERIFY(late && late->isLate);
    QCOMPARE(late->code, 128 + 9);
    const auto much = run("seq", {"1", "100000"});
    QVERIFY(much && much->isCut && much->code == 0); // it could write all of it
    QCOMPARE(much->output.size(), size_t(1000));
    QVERIFY(run("no-such-program-here", {}).error().code == errors::kUnsupportedPlatformType);
}

FB_TEST(tst_UnitText)

}

#include "tst_unit_text.moc"
