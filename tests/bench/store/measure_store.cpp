// Rows of invocations through Database and CommandRepository, grouped as a busy turn groups them.

#include "backend/nodes/runcommand/command_repository.h"
#include "tests/bench/measurements.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/store/bare_sqlite.h"
#include "tests/support/test_database.h"

#include <stdexcept>

namespace fb::bench {

namespace {
    constexpr int kRows = 5'000;
    constexpr int kRowsAWrite = 100;

    double ourRowsPerCpuSecond(const QList<Invocation> &rows)
    {
        test::TestDatabase database(QStringLiteral("sqlite"));
        CommandRepository commands;
        Command command;
        command.commandId = rows.first().commandId;
        command.request.documentName = QStringLiteral("AWS-RunShellScript");
        command.contentHash = QStringLiteral("00");
        const auto require = [](const Result<void> &done) {
            if (!done)
                throw std::runtime_error(done.error().message);
        };
        require(database->write([&](Transaction &tx) -> Result<void> {
            if (auto content = commands.insertContent(tx, command.contentHash, QStringLiteral("{}"));
                !content)
                return content;
            return commands.insertCommand(tx, command);
        }));
        require(database->flush());
        const auto begin = threadCpu();
        for (qsizetype first = 0; first < rows.size(); first += kRowsAWrite) {
            require(database->write([&](Transaction &tx) {
                return commands.insertInvocations(tx, rows.mid(first, kRowsAWrite));
            }));
            require(database->flush());
        }
        return static_cast<double>(rows.size()) / seconds(threadCpu() - begin);
    }
}

Figures measureStore()
{
    const QList<Invocation> rows = invocationRows(kRows);
    try {
        const Pair pair = alternately(
            5, [&] { return ourRowsPerCpuSecond(rows); }, [&] { return bareSqliteRowsPerCpuSecond(rows); });
        return std::vector<Figure> {
            {.name = "store: invocation rows per CPU s",
             .value = pair.ours,
             .unit = "rows/s",
             .budget = 30'000,
             .better = Better::More,
             .yardstick = Yardstick {"bare SQLite, same tables, batches of 100", pair.yardstick, 44'000},
             .note = "groups of 100, median of 5"},
        };
    } catch (const std::exception &error) {
        return makeError(errors::kInternal, error.what());
    }
}

}
