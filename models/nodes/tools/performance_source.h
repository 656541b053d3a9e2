#pragma once
// Where the live charts of a node get their samples. PerformanceFeed speaks with the engine in this process; tests answer by themselves.
// Answers come later, on the ui thread, and not at all after the one who asked is gone.

#include "backend/core/clock.h"
#include "models/table/shown_error.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

namespace fb {

// Counters of a node since its start; names are neutral for the screen.
struct PerformanceCounters {
    struct Cpu {
        QString name; // "cpu" of all together, "cpu0"
        double user = 0; // s
        double system = 0;
        double idle = 0;
        double iowait = 0;
        double steal = 0;
    };
    struct Disk {
        QString name;
        double readBytes = 0;
        double writeBytes = 0;
        double operations = 0;
        double busy = 0; // s
    };
    struct Network {
        QString name;
        double receivedBytes = 0;
        double sentBytes = 0;
        double packets = 0; // both ways
        double errors = 0;
    };
    struct FileSystem {
        QString path;
        double used = 0; // 0 to 100
    };
    double uptime = 0; // s; of a clock that is never set
    QList<Cpu> cpus;
    QList<Disk> disks;
    QList<Network> networks;
    QList<FileSystem> fileSystems;
    std::optional<double> memoryUsed; // bytes
    std::optional<double> memoryCached;
    std::optional<double> swapUsed;
    double memoryBytes = 0;
    std::optional<double> load1;
    std::optional<double> load5;
    std::optional<double> load15;
};

class PerformanceSource
{
public:
    virtual ~PerformanceSource() = default;
    using Sampled = std::function<void(const ShownError &problem, const PerformanceCounters &counters)>;

    virtual void sample(const QString &nodeId, QObject *asker, Sampled sampled) = 0;
    virtual void close(const QString &nodeId) = 0; // nobody looks at it any more
    virtual Instant now() const = 0;
};

}
