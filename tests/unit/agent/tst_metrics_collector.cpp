// The node's metrics and facts (spec/events-and-metrics.md 3.9).

#include "agent/collectors/metrics_collector.h"
#include "agent/collectors/node_facts.h"
#include "agent/platform/os_release.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::agent;
using namespace std::chrono_literals;

class tst_MetricsCollector : public QObject
{
    Q_OBJECT
private slots:
    void ratesAndPercents();
    void countersThatGoBack();
    void jitterIsFixed();
    void disks();
    void facts();

private:
    static std::optional<double> value(const wire::MetricReport &report, std::string_view name)
    {
        for (const wire::MetricPoint &point : report.points())
            if (point.name() == name)
                return point.value();
        return std::nullopt;
    }
};

void tst_MetricsCollector::ratesAndPercents()
{
    test::ManualClock clock;
    std::map<std::string, std::string> files {
        {"/proc/stat", "cpu  100 0 100 700 50 0 0 50 0 0\ncpu0 1 1 1 1 1 1 1 1\n"},
        {"/proc/loadavg", "0.50 1.25 2.00 3/456 789\n"},
        {"/proc/uptime", "12345.67 1\n"},
        {"/proc/meminfo",
         "MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: 250 kB\nSwapTotal: 400 kB\nSwapFree: 300 kB\n"},
        {"/proc/net/dev",
         "h\nh\n  eth0: 1000 1 2 3 0 0 0 0 5000 1 4 5 0 0 0 0\n    lo: 9 9 9 9 0 0 0 0 9 9 9 9 0 0 0 0\n"},
    };
    MetricsCollector collector(clock, [&](const std::string &path) { return files[path]; });
    auto report = collector.collect(3, 1);
    QVERIFY(!value(report, "cpu_usage_active")); // a rate needs two readings
    QVERIFY(!value(report, "net_bytes_recv"));
    QCOMPARE(value(report, "load_1"), 0.5);
    QCOMPARE(value(report, "load_15"), 2.0);
    QCOMPARE(value(report, "uptime"), 12345.67);
    QCOMPARE(value(report, "mem_used_percent"), 75.0);
    QCOMPARE(value(report, "mem_available"), 250.0 * 1024);
    QCOMPARE(value(report, "swap_used_percent"), 25.0);
    QCOMPARE(value(report, "agent_queue_depth"), 3.0);
    QCOMPARE(value(report, "agent_reconnects"), 1.0);

    clock.advance(50s); // over the real interval
    files["/proc/stat"] = "cpu  150 0 120 720 60 0 0 50 0 0\n";
    files["/proc/net/dev"] = "h\nh\n  eth0: 6000 1 5 3 0 0 0 0 15000 1 4 6 0 0 0 0\n";
    report = collector.collect(0, 1);
    QCOMPARE(value(report, "cpu_usage_active"), 80.0);
    QCOMPARE(value(report, "cpu_usage_user"), 50.0);
    QCOMPARE(value(report, "cpu_usage_iowait"), 10.0);
    QCOMPARE(value(report, "net_bytes_recv"), 100.0);
    QCOMPARE(value(report, "net_bytes_sent"), 200.0);
    QCOMPARE(value(report, "net_err_in"), 3.0);
    QCOMPARE(value(report, "net_drop"), 1.0);
}

void tst_MetricsCollector::countersThatGoBack() // a reboot yields no point
{
    test::ManualClock clock;
    std::string net = "h\nh\n  eth0: 6000 1 5 3 0 0 0 0 15000 1 4 6 0 0 0 0\n";
    MetricsCollector collector(
        clock, [&](const std::string &path) { return path == "/proc/net/dev" ? net : std::string(); });
    collector.collect(0, 0);
    clock.advance(60s);
    net = "h\nh\n  eth0: 60 1 5 3 0 0 0 0 15060 1 4 6 0 0 0 0\n";
    const auto report = collector.collect(0, 0);
    QVERIFY(!value(report, "net_bytes_recv"));
    QCOMPARE(value(report, "net_bytes_sent"), 1.0);
}

void tst_MetricsCollector::jitterIsFixed()
{
    const Instant start = fromMicros(1'764'000'000'000'000); // a whole minute
    const Microseconds first = untilNextCollection(start, 60s, "mi-00000000000000001");
    const Instant at = start + first;
    QCOMPARE(untilNextCollection(at, 60s, "mi-00000000000000001"), Microseconds(60s));
    const Microseconds jitter = first % Microseconds(60s);
    QVERIFY(jitter < Microseconds(10s));
    QVERIFY(untilNextCollection(start, 60s, "mi-00000000000000002") != first); // by node
}

void tst_MetricsCollector::disks()
{
    const auto found = realDisks(
        "proc /proc proc rw 0 0\n/dev/vda1 / ext4 rw 0 0\n/dev/vda1 /again ext4 rw 0 0\n"
        "tmpfs /tmp tmpfs rw 0 0\n/dev/loop1 /snap squashfs ro 0 0\n/dev/vdb /mnt/a\\040b xfs rw 0 0\n");
    QCOMPARE(found.size(), size_t(2));
    QCOMPARE(found[0].path, std::string("/"));
    QCOMPARE(found[1].path, std::string("/mnt/a b"));
}

void tst_MetricsCollector::facts()
{
    QCOMPARE(parseOsRelease("PRETTY_NAME=\"x\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\n").name,
             std::string("Debian GNU/Linux"));
    QCOMPARE(cpuModelOf("processor\t: 0\nmodel name\t: Fast CPU @ 3 GHz\n"), std::string("Fast CPU @ 3 GHz"));
    QCOMPARE(virtualizationOf("0::/docker/abc", "", "", false, false), std::string("docker"));
    QCOMPARE(virtualizationOf("0::/", "QEMU", "Standard PC", true, false), std::string("kvm"));
    QCOMPARE(virtualizationOf("0::/", "LENOVO", "ThinkPad", false, false), std::string("none"));
    const wire::NodeFacts facts = collectNodeFacts();
    QCOMPARE(facts.platform_type(), std::string("Linux"));
    QVERIFY(!facts.computer_name().empty());
    QVERIFY(!facts.kernel().empty());
    QVERIFY(!facts.run_as_user().empty());
    QVERIFY(facts.cpu_count() >= 1);
    QVERIFY(facts.memory_bytes() > 0);
    QVERIFY(facts.boot_time_us() > 0);
    QCOMPARE(facts.SerializeAsString(),
             collectNodeFacts().SerializeAsString()); // or it would be sent every time
}

FB_TEST(tst_MetricsCollector)
#include "tst_metrics_collector.moc"
