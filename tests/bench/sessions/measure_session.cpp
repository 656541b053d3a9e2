// A session on one real agent over loopback TLS, the engine in this process: how long a key takes there and back, and how fast a file pours.

#include "tests/bench/measurements.h"
#include "tests/support/live_fleet.h"

#include <QElapsedTimer>
#include <QTimer>

#include <fmt/format.h>

#include <algorithm>
#include <pty.h>
#include <stdexcept>
#include <unistd.h>

namespace fb::bench {

using namespace Qt::StringLiterals;
using fb::test::LiveFleet;
using fb::test::LiveTerminal;

namespace {
    constexpr int kKeys = 400;
    constexpr qint64 kSessionBytes = 100'000'000;
    constexpr int kSessionRuns = 3;

    double percentile(std::vector<double> values, double share)
    {
        std::sort(values.begin(), values.end());
        return values.at(std::min(values.size() - 1, size_t(double(values.size()) * share)));
    }

    // As exec() waits; QTest's own waiting sleeps in between.
    bool until(const std::function<bool()> &done, int milliseconds)
    {
        QElapsedTimer passed;
        passed.start();
        QTimer look;
        look.start(50);
        while (!done()) {
            if (passed.elapsed() > milliseconds)
                return false;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        return true;
    }

    // From the typed byte to the bytes that echo it, as they come for the terminal.
    std::vector<double> echoes(LiveTerminal &terminal)
    {
        std::vector<double> times;
        qint64 came = 0;
        QObject::connect(&terminal.link, &SessionLink::outputArrived, &terminal,
                         [&came](const QByteArray &bytes) { came += bytes.size(); });
        for (int i = 0; i < kKeys; ++i) {
            QElapsedTimer pause; // nobody types faster
            pause.start();
            until([&pause] { return pause.elapsed() >= 10; }, 1000);
            came = 0;
            QElapsedTimer passed;
            passed.start();
            terminal.type("a");
            until([&came] { return came > 0; }, 5000);
            times.push_back(double(passed.nsecsElapsed()) / 1e6);
        }
        return times;
    }

    // The same on a bare pseudo-terminal.
    double bareEchoP99()
    {
        int file = -1;
        const pid_t pid = ::forkpty(&file, nullptr, nullptr, nullptr);
        if (pid == 0) {
            ::execl("/bin/cat", "cat", nullptr);
            ::_exit(127);
        }
        std::vector<double> times;
        char byte = 0;
        for (int i = 0; i < kKeys; ++i) {
            QElapsedTimer passed;
            passed.start();
            if (::write(file, "a", 1) != 1 || ::read(file, &byte, 1) != 1)
                throw std::runtime_error("the pseudo-terminal did not echo");
            times.push_back(double(passed.nsecsElapsed()) / 1e6);
        }
        ::close(file);
        return percentile(times, 0.99);
    }

    double pourMbPerSecond(LiveTerminal &terminal, const QByteArray &file)
    {
        qint64 shown = 0;
        const auto counting = QObject::connect(&terminal.model, &TerminalModel::consumed, &terminal,
                                               [&shown](qint64 bytes) { shown += bytes; });
        QElapsedTimer passed;
        passed.start();
        terminal.type("cat " + file + "\r");
        if (!until([&] { return shown >= kSessionBytes; }, 120'000))
            throw std::runtime_error("the file did not come through");
        QObject::disconnect(counting);
        return double(shown) / 1e6 / (double(passed.nsecsElapsed()) / 1e9);
    }

    // What a pseudo-terminal lets through at all, read as fast as it can be.
    double barePtyMbPerSecond(const QByteArray &file)
    {
        int master = -1;
        QElapsedTimer passed;
        passed.start();
        const pid_t pid = ::forkpty(&master, nullptr, nullptr, nullptr);
        if (pid == 0) {
            ::execl("/bin/cat", "cat", file.constData(), nullptr);
            ::_exit(127);
        }
        std::vector<char> piece(64 * 1024);
        qint64 read = 0;
        for (ssize_t got = 0; (got = ::read(master, piece.data(), piece.size())) > 0;)
            read += got;
        ::close(master);
        return double(read) / 1e6 / (double(passed.nsecsElapsed()) / 1e9);
    }
}

Figures measureSession()
{
    try {
        LiveFleet fleet;
        if (!fleet.startEngine() || !fleet.startAgent())
            throw std::runtime_error("no agent connected");
        TerminalThread thread;
        LiveTerminal terminal(fleet, thread);
        const QByteArray file = "/tmp/flagbridge-pour-" + QByteArray::number(qint64(::getpid()));
        if (!terminal
                 .answerTo("yes 'a line as logs have them, not long and not short' | head -c "
                           + QByteArray::number(kSessionBytes) + " > " + file + "; echo made")
                 .endsWith(u"made"_s))
            throw std::runtime_error("the shell did not answer");
        std::vector<double> bareEcho;
        std::vector<double> echoMedian;
        std::vector<double> echoP99;
        for (int run = 0; run < kSessionRuns; ++run) {
            LiveTerminal typist(fleet, thread);
            (void)typist.answerTo("echo ready");
            typist.type("cat > /dev/null\r");
            const std::vector<double> times = echoes(typist);
            echoMedian.push_back(percentile(times, 0.5));
            echoP99.push_back(percentile(times, 0.99));
            bareEcho.push_back(bareEchoP99());
            typist.link.end([](const ShownError &) {});
        }
        const Pair pour = alternately(
            kSessionRuns, [&] { return pourMbPerSecond(terminal, file); },
            [&] { return barePtyMbPerSecond(file); });
        (void)::unlink(file.constData());
        return std::vector<Figure> {
            {.name = "session: key press to echo, median",
             .value = median(echoMedian),
             .unit = "ms",
             .budget = 10,
             .note = "agent, TLS, engine, recording on"},
            {.name = "session: key press to echo, p99",
             .value = median(echoP99),
             .unit = "ms",
             .budget = 10,
             .note = fmt::format("of {} keys; a bare pseudo-terminal {:.2f}", kKeys, median(bareEcho))},
            {.name = "session: a file pours into the terminal",
             .value = pour.ours,
             .unit = "MB/s",
             .budget = 33,
             .better = Better::More,
             .yardstick = Yardstick {"a bare pseudo-terminal", pour.yardstick, 0},
             .note = "100 MB, parsed and recorded; ssh with a terminal: 33"}};
    } catch (const std::exception &failure) {
        return makeError(errors::kInternal, failure.what());
    }
}

}
