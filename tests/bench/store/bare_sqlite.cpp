#include "tests/bench/store/bare_sqlite.h"

#include "tests/bench/process_figures.h"

#include <QFile>
#include <QTemporaryDir>

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace fb::bench {

namespace {
    struct CloseDatabase {
        void operator()(sqlite3 *database) const { sqlite3_close(database); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };

    void execute(sqlite3 *database, const char *sql)
    {
        if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(database));
    }

    QByteArray schema()
    {
        QFile file(QStringLiteral(FB_SOURCE_DIR "/resources/migrations/0031_runcommand.sql"));
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("the Run Command migration is not there");
        return file.readAll().replace("${BLOB}", "BLOB").replace("${IDENTITY}", "INTEGER PRIMARY KEY");
    }

    void bindText(sqlite3_stmt *statement, int column, const QString &text)
    {
        const QByteArray bytes = text.toUtf8();
        sqlite3_bind_text(statement, column, bytes.constData(), static_cast<int>(bytes.size()),
                          SQLITE_TRANSIENT);
    }

    void bindRow(sqlite3_stmt *statement, const Invocation &row)
    {
        const auto bindTime = [statement](int column, const std::optional<Instant> &time) {
            if (time)
                sqlite3_bind_int64(statement, column, toMicros(*time));
            else
                sqlite3_bind_null(statement, column);
        };
        bindText(statement, 1, QString::fromStdString(row.commandId.text()));
        bindText(statement, 2, row.instanceId);
        bindText(statement, 3, row.instanceName);
        sqlite3_bind_int(statement, 4, row.ordinal);
        sqlite3_bind_int(statement, 5, static_cast<int>(row.state));
        sqlite3_bind_int(statement, 6, row.responseCode);
        bindText(statement, 7, row.trace);
        bindText(statement, 8, row.note);
        sqlite3_bind_int(statement, 9, row.rebooting ? 1 : 0);
        bindText(statement, 10, QString::fromStdString(row.orderId.text()));
        bindTime(11, row.requestedAt);
        bindTime(12, row.releasedAt);
        bindTime(13, row.acknowledgedAt);
        bindTime(14, row.startedAt);
        bindTime(15, row.endedAt);
    }
}

QList<Invocation> invocationRows(int count)
{
    QList<Invocation> rows;
    rows.reserve(count);
    const Instant begin = fromMicros(1'764'000'000'000'000);
    for (int i = 0; i < count; ++i) {
        Invocation row;
        row.commandId = CommandId("2f1c1f5e-9a57-4d5c-8a7b-6a0d2c1b9e10");
        row.instanceId = QString::fromStdString(
            fmt::format("mi-{:017x}", static_cast<uint64_t>(i) * 0x9e3779b97f4a7c15ULL >> 4));
        row.instanceName = QStringLiteral("web-%1").arg(i);
        row.ordinal = i;
        row.requestedAt = begin + std::chrono::microseconds(i);
        rows.append(row);
    }
    return rows;
}

double bareSqliteRowsPerCpuSecond(const QList<Invocation> &rows)
{
    const QTemporaryDir folder;
    sqlite3 *opened = nullptr;
    sqlite3_open(folder.filePath(QStringLiteral("bare.sqlite")).toUtf8().constData(), &opened);
    const std::unique_ptr<sqlite3, CloseDatabase> database(opened);
    execute(opened, "PRAGMA journal_mode=WAL");
    execute(opened, "PRAGMA synchronous=FULL");
    execute(opened, schema().constData());
    sqlite3_stmt *prepared = nullptr;
    sqlite3_prepare_v2(
        opened,
        "INSERT INTO run_command_invocation(command_id, node_id, node_name, ordinal, state, response_code, "
        "trace, note, rebooting, order_id, requested_at, released_at, acknowledged_at, started_at, ended_at) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, Finalize> insert(prepared);
    const auto begin = threadCpu();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i % 100 == 0)
            execute(opened, "BEGIN IMMEDIATE");
        bindRow(prepared, rows[i]);
        if (sqlite3_step(prepared) != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(opened));
        sqlite3_reset(prepared);
        if (i % 100 == 99 || i + 1 == rows.size())
            execute(opened, "COMMIT");
    }
    return static_cast<double>(rows.size()) / seconds(threadCpu() - begin);
}

}
