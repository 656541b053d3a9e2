// flagbridge-bench [--json FILE] [ROW]: the figures of Flagbridge beside their yardsticks, measured on this machine now.

#include "tests/bench/measurements.h"
#ifdef FB_BENCH_CONSOLE
#include "tests/bench/console/console_child.h"
#include "tests/bench/terminal/terminal_child.h"
#endif

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <cstring>
#include <string_view>

namespace {

struct Measurement {
    const char *room;
    const char *what;
    fb::bench::Figures (*measure)();
};

constexpr Measurement kMeasurements[] = {
    {"store", "invocation rows per CPU second", fb::bench::measureStore},
    {"handshake", "accepting a node, full and resumed", fb::bench::measureHandshakes},
    {"fan-out", "one script on 1,000 simulated nodes", fb::bench::measureFanOut},
    {"connected", "memory for 4,000 connected nodes", fb::bench::measureConnected},
    {"reconnect", "10,000 nodes after an engine restart", fb::bench::measureReconnect},
    {"agent", "memory at rest, time to the first output", fb::bench::measureAgent},
#ifdef FB_BENCH_CONSOLE
    {"filter", "a key press over 100,000 rows", fb::bench::measureFilter},
    {"session", "key to echo and a file that pours, on a real agent", fb::bench::measureSession},
    {"tunnel", "a download through a tunnel, on a real agent", fb::bench::measurePort},
    {"files", "a file up to a real agent and down again", fb::bench::measureFiles},
    {"terminal", "bytes per CPU second beside Konsole, echo, flood, memory", fb::bench::measureTerminal},
    {"console", "the window on 100,000 nodes and 1,000,000 invocations", fb::bench::measureConsole},
#endif
};

int usage(int status)
{
    std::printf("usage: flagbridge-bench [--json FILE] [ROW]\n\nROW is one of these, or the beginning of "
                "one; all unless told otherwise:\n");
    for (const Measurement &measurement : kMeasurements)
        std::printf("  %-10s  %s\n", measurement.room, measurement.what);
    return status;
}

}

int main(int argc, char **argv)
{
#ifdef FB_BENCH_CONSOLE
    if (argc == 3 && std::strcmp(argv[1], "--console-child") == 0)
        return fb::bench::consoleChild(argc, argv, argv[2]);
    if (argc == 3 && std::strcmp(argv[1], "--terminal-window") == 0)
        return fb::bench::terminalWindow(argc, argv, argv[2]);
    if (argc == 3 && std::strcmp(argv[1], "--terminal-figures") == 0)
        return fb::bench::terminalFigures(argc, argv, argv[2]);
#endif
    const QCoreApplication application(argc, argv);
    QString jsonFile;
    std::string wanted;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--json" && i + 1 < argc)
            jsonFile = QString::fromLocal8Bit(argv[++i]);
        else if (argument == "--help")
            return usage(0);
        else if (argument.starts_with("-") || !wanted.empty())
            return usage(2);
        else
            wanted = argument;
    }

    std::vector<fb::bench::Figure> figures;
    bool failed = false;
    bool found = false;
    for (const Measurement &measurement : kMeasurements) {
        if (!std::string_view(measurement.room).starts_with(wanted))
            continue;
        found = true;
        std::fprintf(stderr, "measuring %s: %s\n", measurement.room, measurement.what);
        auto rows = measurement.measure();
        if (!rows) {
            std::fprintf(stderr, "%s could not be measured: %s\n", measurement.room,
                         rows.error().message.c_str());
            failed = true;
            continue;
        }
        figures.insert(figures.end(), rows->begin(), rows->end());
    }
    if (!found)
        return usage(2);

    std::printf("%s", fb::bench::asTable(figures).c_str());
    if (!jsonFile.isEmpty()) {
        const std::string json = fb::bench::asJson(figures);
        QFile file(jsonFile);
        if (!file.open(QIODevice::WriteOnly)
            || file.write(json.data(), static_cast<qint64>(json.size())) < 0) {
            std::fprintf(stderr, "%s: %s\n", qPrintable(jsonFile), qPrintable(file.errorString()));
            return 1;
        }
    }
    return failed ? 1 : 0;
}
