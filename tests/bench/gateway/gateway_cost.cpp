// flagbridge-bench-gateway [nodes] [seconds idle]
// One process is the gateway with a fleet service that admits everybody, a forked one is all the nodes. Prints JSON lines in the form of
// the benches: {"name","value","unit","budget","ok"}. Values are of the gateway's process: user and system CPU, resident memory.

#include "backend/core/byte_encoding.h"
#include "backend/gateway/gateway.h"
#include "backend/transport/web_socket.h"
#include "tests/support/test_certificates.h"

#include <boost/asio/io_context.hpp>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSocketNotifier>

#include <fmt/format.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace {

using namespace fb;
using namespace std::chrono_literals;

constexpr auto kFleet = "11111111-2222-4333-8444-555555555555";
constexpr int kAtOnce = 16; // handshakes under way
constexpr int kSampled = 500; // handshakes measured of each kind

double cpuSeconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double residentKib()
{
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * 4;
}

void report(const char *name, double value, const char *unit, double budget)
{
    fmt::print("{{\"name\":\"{}\",\"value\":{:.3f},\"unit\":\"{}\",\"budget\":{},\"ok\":{}}}\n", name, value,
               unit, budget, value < budget);
    std::fflush(stdout);
}

// ---- The nodes' process ------------------------------------------------------------------------------------------

struct Node : transport::WebSocketHandler {
    virtual ~Node() = default;
    void onOpened() override
    {
        wire::Hello hello;
        hello.set_protocol_min(1);
        hello.set_protocol_max(1);
        hello.add_features("zstd");
        hello.set_boot_id("11111111-2222-4333-8444-555555555555");
        hello.set_process_id("0123456789abcdef");
        hello.set_agent_version("0.1.0");
        auto *facts = hello.mutable_facts();
        facts->set_computer_name("node.example.org");
        facts->set_platform_type("Linux");
        facts->set_platform_name("Debian GNU/Linux");
        facts->set_platform_version("12");
        link->send(protocol::FrameType::Hello, hello);
        write();
    }
    void onMessage(std::string_view message) override
    {
        link->receive(message);
        link->takeEvents();
        if (!std::exchange(welcomed, true))
            ++*arrived;
        write();
    }
    void onWritten() override { write(); }
    void onClosed(const Error &cause) override
    {
        fmt::print(stderr, "{}: {}\n", cause.code.name(), cause.message);
        std::_Exit(1);
    }
    void write()
    {
        if (socket->isOpen() && !socket->isWriting()) {
            if (auto message = link->nextMessage())
                socket->send(std::move(*message));
        }
    }

    std::shared_ptr<const transport::TlsIdentity> identity;
    std::shared_ptr<transport::SessionCache> sessions = std::make_shared<transport::SessionCache>();
    std::unique_ptr<transport::WebSocket> socket;
    std::unique_ptr<protocol::Link> link;
    int *arrived = nullptr;
    bool welcomed = false;
};

class Fleet
{
public:
    Fleet(const test::TestCa &ca, int nodes) : m_nodes(static_cast<size_t>(nodes))
    {
        transport::ClientTlsOptions trust;
        trust.caDer = {ca.der()};
        m_tls = transport::ClientTls::make(std::move(trust)).value();
        for (size_t i = 0; i < m_nodes.size(); ++i) {
            const auto certificate = ca.node(kFleet, fmt::format("mi-{:017x}", i));
            m_nodes[i].identity = transport::TlsIdentity::load(certificate.der, {}, certificate.key).value();
        }
    }

    // "c FIRST LAST": connect those; "d FIRST LAST": cut them; "i SECONDS": stay. Answers "ok" to each.
    void serve(int in, int out, uint16_t port)
    {
        m_port = port;
        FILE *commands = fdopen(in, "r");
        char kind = 0;
        int first = 0;
        int last = 0;
        while (std::fscanf(commands, " %c %d %d", &kind, &first, &last) == 3) {
            if (kind == 'c')
                connect(first, last);
            else if (kind == 'd')
                cut(first, last);
            else
                stay(std::chrono::seconds(first));
            if (write(out, "k", 1) != 1)
                break;
        }
    }

private:
    void connect(int first, int last)
    {
        int arrived = 0;
        int begun = first;
        while (arrived < last - first) {
            while (begun < last && begun - first - arrived < kAtOnce)
                begin(m_nodes[static_cast<size_t>(begun++)], arrived);
            m_context.restart();
            m_context.run_for(1ms);
        }
        m_context.restart();
        m_context.run_for(200ms); // session tickets
    }

    void begin(Node &node, int &arrived)
    {
        node.link = std::make_unique<protocol::Link>(protocol::LinkSide::Agent, protocol::LinkLimits {},
                                                     m_clock, m_random);
        node.arrived = &arrived;
        node.welcomed = false;
        transport::ClientOptions options;
        options.url = {"127.0.0.1", m_port, "/agent/v1"};
        options.tls = m_tls;
        options.identity = node.identity;
        options.sessions = node.sessions;
        options.subprotocol = "fb-agent.1";
        options.limits.maskedWriteBytes = 1024;
        node.socket = transport::connectWebSocket(m_context, std::move(options), node);
    }

    void cut(int first, int last)
    {
        for (int i = first; i < last; ++i)
            m_nodes[static_cast<size_t>(i)].socket.reset();
        m_context.restart();
        m_context.run_for(300ms);
    }

    void stay(std::chrono::seconds time) // nodes ping as nodes do
    {
        const Tick end = m_clock.tick() + time;
        while (m_clock.tick() < end) {
            m_context.restart();
            m_context.run_for(50ms);
            const Tick now = m_clock.tick();
            for (Node &node : m_nodes) {
                if (node.link && node.link->nextDeadline() <= now) {
                    node.link->onTime();
                    node.write();
                }
            }
        }
    }

    SystemClock m_clock;
    SecureRandom m_random;
    boost::asio::io_context m_context {1};
    std::shared_ptr<const transport::ClientTls> m_tls;
    std::vector<Node> m_nodes;
    uint16_t m_port = 0;
};

// ---- The gateway's process ---------------------------------------------------------------------------------------

struct Everybody : AdmissionHandler, EnrolmentHandler, RenewalHandler {
    virtual ~Everybody() = default;
    void admit(const NodeConnection &connection, std::function<void(AdmitDecision)> decide) override
    {
        resumed += connection.resumed ? 1 : 0;
        decide(wire::Welcome());
    }
    void enrol(const wire::EnrolRequest &, const QString &,
               std::function<void(wire::EnrolAnswer)> answer) override
    {
        answer({});
    }
    void renew(const NodeConnection &, const std::string &,
               std::function<void(wire::Renewed)> answer) override
    {
        answer({});
    }
    int resumed = 0;
};

class Bench
{
public:
    Bench(int in, int out) : m_in(in), m_out(out), m_notifier(in, QSocketNotifier::Read) { }

    // CPU seconds that the gateway spent while the nodes did it.
    double command(char kind, int first, int last)
    {
        const double before = cpuSeconds();
        const std::string text = fmt::format("{} {} {}\n", kind, first, last);
        if (write(m_out, text.data(), text.size()) < 0)
            std::exit(1);
        bool done = false;
        const auto connection = QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [&] {
            char byte = 0;
            if (read(m_in, &byte, 1) != 1)
                std::exit(1);
            done = true;
        });
        while (!done)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QObject::disconnect(connection);
        return cpuSeconds() - before;
    }

private:
    int m_in;
    int m_out;
    QSocketNotifier m_notifier;
};

}

int main(int argc, char **argv)
{
    const int nodes = argc > 1 ? std::atoi(argv[1]) : 4000;
    const int idleSeconds = argc > 2 ? std::atoi(argv[2]) : 30;
    const int sampled = std::min(nodes, kSampled);
    const test::TestCa ca;
    int toNodes[2];
    int fromNodes[2];
    if (pipe(toNodes) != 0 || pipe(fromNodes) != 0)
        return 1;
    const pid_t child = fork();
    if (child == 0) {
        uint16_t port = 0;
        Fleet fleet(ca, nodes);
        if (read(toNodes[0], &port, sizeof port) != sizeof port)
            return 1;
        fleet.serve(toNodes[0], fromNodes[1], port);
        std::_Exit(0);
    }
    close(toNodes[0]);
    close(fromNodes[1]);

    QCoreApplication application(argc, argv);
    SystemClock clock;
    SecureRandom random;
    Everybody everybody;
    Gateway gateway(clock, random, everybody, everybody, everybody);
    GatewayOptions options;
    options.port = 0;
    options.fleet = FleetId(kFleet);
    options.handshakesPerSecond = 10'000;
    const test::TestCertificate engine = ca.engine(kFleet);
    const GatewayTls tls {engine.der, engine.key.copy(), {ca.der()}};
    if (const auto started = gateway.start(std::move(options), tls); !started) {
        fmt::print(stderr, "{}\n", started.error().message);
        return 1;
    }
    const uint16_t port = gateway.port();
    if (write(toNodes[1], &port, sizeof port) != sizeof port)
        return 1;

    Bench bench(fromNodes[0], toNodes[1]);
    const double before
        = residentKib(); // nothing has been connected yet: what is freed and used again counts too
    bench.command('c', 0, std::min(50, sampled)); // warm
    bench.command('d', 0, std::min(50, sampled));
    everybody.resumed = 0;
    const int fullFirst = std::min(50, sampled);
    const int full = sampled - fullFirst;
    if (full > 0)
        report("gateway.handshake.full", bench.command('c', fullFirst, sampled) / full * 1000, "ms", 2.0);
    bench.command('d', fullFirst, sampled);
    const double resumed = bench.command('c', 0, sampled) / sampled * 1000;
    report("gateway.handshake.resumed", resumed, "ms", 1.0);
    if (everybody.resumed < sampled)
        fmt::print(stderr, "only {} of {} were resumed\n", everybody.resumed, sampled);
    bench.command('d', 0, sampled);

    bench.command('c', 0, nodes);
    report("gateway.memory.per-node", (residentKib() - before) / nodes, "KiB", 54);
    const double idle = bench.command('i', idleSeconds, 0);
    report("gateway.idle.per-10000-nodes", idle / idleSeconds * 100 * 10'000 / nodes, "% of a core", 10);
    fmt::print(stderr, "{} connected\n", gateway.connectedCount());
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    return 0;
}
