#include "agent/supervisor/sqlite_ledger.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr const char *kFileName = "ledger.sqlite";
    constexpr int kSchemaVersion = 1;

    constexpr const char *kTables = R"sql(
CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE ledger (
  arrival INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  dispatch_seq INTEGER NOT NULL,
  state INTEGER NOT NULL,
  head BLOB NOT NULL,
  body BLOB NOT NULL,
  boot_id TEXT NOT NULL,
  start_before_tick INTEGER NOT NULL,
  refusal TEXT NOT NULL,
  result BLOB NOT NULL,
  UNIQUE (order_id, attempt)
);
CREATE INDEX ledger_by_sequence ON ledger (dispatch_seq);
PRAGMA user_version = 1;
)sql";

    constexpr const char *kColumns = "arrival, order_id, attempt, dispatch_seq, state, head, body, boot_id, "
                                     "start_before_tick, refusal, result";

}

// One prepared statement, bound in order; finalised at the end. The ledger does a few statements a second at most.
class SqliteLedger::Statement
{
public:
    Statement(sqlite3 *database, const std::string &sql)
    {
        m_code
            = sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()), &m_statement, nullptr);
    }
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    Statement &text(std::string_view value)
    {
        sqlite3_bind_text(m_statement, ++m_next, value.data(), static_cast<int>(value.size()),
                          SQLITE_TRANSIENT);
        return *this;
    }
    Statement &blob(std::string_view value)
    {
        // a null pointer would bind NULL
        sqlite3_bind_blob(m_statement, ++m_next, value.empty() ? "" : value.data(),
                          static_cast<int>(value.size()), SQLITE_TRANSIENT);
        return *this;
    }
    Statement &number(int64_t value)
    {
        sqlite3_bind_int64(m_statement, ++m_next, value);
        return *this;
    }
    Statement &key(const OrderKey &key) { return text(key.orderId).number(key.attempt); }

    bool step()
    {
        if (m_code == SQLITE_OK || m_code == SQLITE_ROW)
            m_code = sqlite3_step(m_statement);
        return m_code == SQLITE_ROW;
    }
    int run() // SQLITE_DONE when it went well
    {
        step();
        return m_code;
    }
    int code() const { return m_code; }
    int64_t numberAt(int column) const { return sqlite3_column_int64(m_statement, column); }
    std::string bytesAt(int column) const
    {
        const void *bytes = sqlite3_column_blob(m_statement, column);
        const auto size = static_cast<size_t>(sqlite3_column_bytes(m_statement, column));
        return bytes ? std::string(static_cast<const char *>(bytes), size) : std::string();
    }

private:
    sqlite3_stmt *m_statement = nullptr;
    int m_code = SQLITE_OK;
    int m_next = 0;
};

namespace {

    // The file is made by us first, so that SQLite never makes one with the mode of the umask; its -wal and -shm take the file's mode.
    Result<void> makePrivateFile(const std::filesystem::path &path)
    {
        const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return makeError(errors::kInternal,
                             fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)));
        ::fchmod(fd, 0600);
        ::close(fd);
        return {};
    }

    bool looksSound(sqlite3 *database)
    {
        sqlite3_stmt *statement = nullptr;
        bool sound = false;
        if (sqlite3_prepare_v2(database, "PRAGMA quick_check(1)", -1, &statement, nullptr) == SQLITE_OK
            && sqlite3_step(statement) == SQLITE_ROW) {
            const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, 0));
            sound = text && std::string_view(text) == "ok";
        }
        sqlite3_finalize(statement);
        return sound;
    }

}

SqliteLedger::SqliteLedger(sqlite3 *database) : m_database(database) { }

SqliteLedger::~SqliteLedger()
{
    if (m_inTransaction)
        execute("ROLLBACK");
    sqlite3_close_v2(m_database);
}

Result<SqliteLedger::Opened> SqliteLedger::openIn(const std::filesystem::path &folder)
{
    const std::filesystem::path path = folder / kFileName;
    std::string setAside;
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (auto made = makePrivateFile(path); !made)
            return made.error();
        sqlite3 *database = nullptr;
        const int code
            = sqlite3_open_v2(path.c_str(), &database,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, nullptr);
        std::unique_ptr<SqliteLedger> ledger(new SqliteLedger(database));
        if (code == SQLITE_OK && looksSound(database)) {
            if (auto prepared = ledger->prepareTables(); !prepared)
                return prepared.error();
            if (auto loaded = ledger->loadFacts(); !loaded)
                return loaded.error();
            return Opened {std::move(ledger), setAside};
        }
        const int reason = sqlite3_extended_errcode(database) & 0xff;
        if (reason == SQLITE_BUSY || reason == SQLITE_CANTOPEN || reason == SQLITE_FULL
            || reason == SQLITE_IOERR)
            return makeError(errors::kInternal,
                             fmt::format("cannot open {}: {}", path.string(), sqlite3_errmsg(database)));
        ledger.reset();
        // Corrupt: aside with it, for a human to look at. Its -wal belongs to it.
        setAside = fmt::format("{}.corrupt-{}", path.string(), std::time(nullptr));
        std::error_code ignored;
        std::filesystem::rename(path, setAside, ignored);
        std::filesystem::rename(path.string() + "-wal", setAside + "-wal", ignored);
        std::filesystem::remove(path.string() + "-shm", ignored);
    }
    return makeError(errors::kInternal, fmt::format("cannot begin a new ledger in {}", folder.string()));
}

Result<void> SqliteLedger::prepareTables()
{
    sqlite3_busy_timeout(m_database, 2000);
    for (const char *pragma : {"PRAGMA auto_vacuum=INCREMENTAL", "PRAGMA journal_mode=WAL",
                               "PRAGMA synchronous=FULL", "PRAGMA cache_size=-256", "PRAGMA mmap_size=0",
                               "PRAGMA wal_autocheckpoint=256", "PRAGMA journal_size_limit=1048576"})
        execute(pragma);
    int64_t version = 0;
    {
        Statement read(m_database, "PRAGMA user_version");
        if (read.step())
            version = read.numberAt(0);
    }
    if (version == 0) {
        if (!execute("BEGIN IMMEDIATE") || !execute(kTables) || !execute("COMMIT"))
            return makeError(errors::kInternal,
                             fmt::format("cannot make the ledger's tables: {}", sqlite3_errmsg(m_database)));
    } else if (version > kSchemaVersion) {
        return makeError(
            errors::kInternal,
            fmt::format("the ledger has version {}, this agent knows {}: a newer agent has run here. "
                        "Install that one again.",
                        version, kSchemaVersion));
    }
    return {};
}

Result<void> SqliteLedger::loadFacts()
{
    Statement read(m_database, "SELECT name, value FROM fact");
    while (read.step()) {
        const std::string name = read.bytesAt(0);
        const int64_t value = read.numberAt(1);
        if (name == "settled_watermark")
            m_facts.settledWatermark = static_cast<uint64_t>(value);
        else if (name == "lease_epoch")
            m_facts.leaseEpoch = static_cast<uint64_t>(value);
        else if (name == "protocol_floor")
            m_facts.protocolFloor = static_cast<uint32_t>(value);
        else if (name == "signed_orders")
            m_facts.signedOrdersRequired = value != 0;
        else if (name == "signed_opens")
            m_facts.signedOpensRequired = value != 0;
        else if (name == "engine_clock_offset")
            m_facts.engineClockOffset = value;
    }
    if (read.code() != SQLITE_DONE)
        return makeError(errors::kInternal,
                         fmt::format("cannot read the ledger: {}", sqlite3_errmsg(m_database)));
    m_committedFacts = m_facts;
    return {};
}

bool SqliteLedger::execute(const char *sql)
{
    return sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

void SqliteLedger::begin()
{
    if (m_inTransaction)
        return;
    m_inTransaction = true;
    if (!execute("BEGIN IMMEDIATE"))
        note(sqlite3_errcode(m_database));
}

void SqliteLedger::note(int code)
{
    if (code == SQLITE_DONE || code == SQLITE_OK || m_failure)
        return;
    m_failure = code;
    m_failureText = sqlite3_errmsg(m_database);
}

void SqliteLedger::setFacts(const LedgerFacts &facts)
{
    if (facts == m_facts)
        return;
    begin();
    m_facts = facts;
}

std::vector<LedgerOrder> SqliteLedger::open() const
{
    std::vector<LedgerOrder> found;
    Statement read(m_database,
                   fmt::format("SELECT {} FROM ledger WHERE state <> {} ORDER BY arrival", kColumns,
                               static_cast<int>(OrderState::Settled)));
    while (read.step())
        found.push_back({.key = {read.bytesAt(1), static_cast<uint32_t>(read.numberAt(2))},
                         .dispatchSeq = static_cast<uint64_t>(read.numberAt(3)),
                         .state = static_cast<OrderState>(read.numberAt(4)),
                         .arrival = read.numberAt(0),
                         .head = read.bytesAt(5),
                         .body = {}, // read when it starts
                         .bootId = read.bytesAt(7),
                         .startBeforeTick = read.numberAt(8),
                         .refusal = read.bytesAt(9),
                         .result = read.bytesAt(10)});
    return found;
}

std::optional<OrderState> SqliteLedger::find(const OrderKey &key) const
{
    Statement read(m_database, "SELECT state FROM ledger WHERE order_id = ? AND attempt = ?");
    if (!read.key(key).step())
        return std::nullopt;
    return static_cast<OrderState>(read.numberAt(0));
}

std::optional<LedgerOrder> SqliteLedger::read(const OrderKey &key) const
{
    Statement read(m_database,
                   fmt::format("SELECT {} FROM ledger WHERE order_id = ? AND attempt = ?", kColumns));
    if (!read.key(key).step())
        return std::nullopt;
    return LedgerOrder {.key = key,
                        .dispatchSeq = static_cast<uint64_t>(read.numberAt(3)),
                        .state = static_cast<OrderState>(read.numberAt(4)),
                        .arrival = read.numberAt(0),
                        .head = read.bytesAt(5),
                        .body = read.bytesAt(6),
                        .bootId = read.bytesAt(7),
                        .startBeforeTick = read.numberAt(8),
                        .refusal = read.bytesAt(9),
                        .result = read.bytesAt(10)};
}

bool SqliteLedger::hasSettled(uint64_t dispatchSeq) const
{
    Statement read(m_database,
                   fmt::format("SELECT 1 FROM ledger WHERE dispatch_seq = ? AND state = {}",
                               static_cast<int>(OrderState::Settled)));
    return read.number(static_cast<int64_t>(dispatchSeq)).step();
}

void SqliteLedger::insert(const LedgerOrder &order)
{
    begin();
    Statement write(m_database,
                    "INSERT INTO ledger (order_id, attempt, dispatch_seq, state, head, body, boot_id, "
                    "start_before_tick, refusal, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    note(write.key(order.key)
             .number(static_cast<int64_t>(order.dispatchSeq))
             .number(static_cast<int>(order.state))
             .blob(order.head)
             .blob(order.body)
             .text(order.bootId)
             .number(order.startBeforeTick)
             .text(order.refusal)
             .blob(order.result)
             .run());
}

void SqliteLedger::markStarted(const OrderKey &key)
{
    begin();
    Statement write(m_database, "UPDATE ledger SET state = ? WHERE order_id = ? AND attempt = ?");
    note(write.number(static_cast<int>(OrderState::Started)).key(key).run());
}

void SqliteLedger::markFinished(const OrderKey &key, const std::string &result)
{
    begin();
    Statement write(m_database,
                    "UPDATE ledger SET state = ?, body = x'', result = ? WHERE order_id = ? AND attempt = ?");
    note(write.number(static_cast<int>(OrderState::Finished)).blob(result).key(key).run());
}

void SqliteLedger::markRefused(const OrderKey &key, const std::string &refusal)
{
    begin();
    Statement write(
        m_database,
        "UPDATE ledger SET state = ?, body = x'', refusal = ? WHERE order_id = ? AND attempt = ?");
    note(write.number(static_cast<int>(OrderState::Refused)).text(refusal).key(key).run());
}

void SqliteLedger::markSettled(const OrderKey &key, uint64_t dispatchSeq)
{
    begin();
    Statement write(
        m_database,
        "INSERT INTO ledger (order_id, attempt, dispatch_seq, state, head, body, boot_id, "
        "start_before_tick, refusal, result) VALUES (?, ?, ?, ?, x'', x'', '', 0, '', x'') "
        "ON CONFLICT (order_id, attempt) DO UPDATE SET state = excluded.state, head = x'', body = x'', "
        "result = x''");
    note(write.key(key)
             .number(static_cast<int64_t>(dispatchSeq))
             .number(static_cast<int>(OrderState::Settled))
             .run());
    advance();
}

void SqliteLedger::raiseWatermark(uint64_t watermark)
{
    if (watermark <= m_facts.settledWatermark)
        return;
    begin();
    m_facts.settledWatermark = watermark;
    advance();
}

void SqliteLedger::advance()
{
    while (hasSettled(m_facts.settledWatermark + 1))
        ++m_facts.settledWatermark;
    Statement write(m_database,
                    fmt::format("DELETE FROM ledger WHERE dispatch_seq <= ? AND state = {}",
                                static_cast<int>(OrderState::Settled)));
    note(write.number(static_cast<int64_t>(m_facts.settledWatermark)).run());
}

Result<void> SqliteLedger::commit()
{
    if (!m_inTransaction)
        return {};
    if (!(m_facts == m_committedFacts)) {
        const std::pair<const char *, int64_t> rows[] = {
            {"settled_watermark", static_cast<int64_t>(m_facts.settledWatermark)},
            {"lease_epoch", static_cast<int64_t>(m_facts.leaseEpoch)},
            {"protocol_floor", m_facts.protocolFloor},
            {"signed_orders", m_facts.signedOrdersRequired ? 1 : 0},
            {"signed_opens", m_facts.signedOpensRequired ? 1 : 0},
            {"engine_clock_offset", m_facts.engineClockOffset},
        };
        for (const auto &[name, value] : rows) {
            Statement write(m_database,
                            "INSERT INTO fact (name, value) VALUES (?, ?) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
            note(write.text(name).number(value).run());
        }
    }
    if (!m_failure && !execute("COMMIT"))
        note(sqlite3_errcode(m_database));
    if (m_failure) {
        Error error = makeError(errors::kServiceUnavailable,
                                fmt::format("the ledger could not be written: {}", m_failureText));
        rollback();
        return error;
    }
    m_inTransaction = false;
    m_committedFacts = m_facts;
    return {};
}

void SqliteLedger::rollback()
{
    if (m_inTransaction)
        execute("ROLLBACK");
    m_inTransaction = false;
    m_failure = 0;
    m_failureText.clear();
    m_facts = m_committedFacts;
}

}
