#pragma once
// The ledger of a real node: one SQLite file, WAL, synchronous=FULL, so that a commit survives a power cut. Only the supervisor opens it.
// A file that is corrupt is renamed aside and a new one begun: the work folders and the engine's watermark then keep orders from running
// twice (protocol-notes 14).

#include "agent/supervisor/ledger.h"

#include <filesystem>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace fb::agent {

class SqliteLedger final : public Ledger
{
public:
    struct Opened {
        std::unique_ptr<SqliteLedger> ledger;
        std::string setAside; // path of a corrupt file that was renamed, else empty
    };
    // `folder` exists with mode 0700; the files in it get 0600 whatever the umask.
    static Result<Opened> openIn(const std::filesystem::path &folder);
    ~SqliteLedger() override;

    LedgerFacts facts() const override { return m_facts; }
    void setFacts(const LedgerFacts &facts) override;
    std::vector<LedgerOrder> open() const override;
    std::optional<OrderState> find(const OrderKey &key) const override;
    std::optional<LedgerOrder> read(const OrderKey &key) const override;
    bool hasSettled(uint64_t dispatchSeq) const override;
    void insert(const LedgerOrder &order) override;
    void markStarted(const OrderKey &key) override;
    void markFinished(const OrderKey &key, const std::string &result) override;
    void markRefused(const OrderKey &key, const std::string &refusal) override;
    void markSettled(const OrderKey &key, uint64_t dispatchSeq) override;
    void raiseWatermark(uint64_t watermark) override;
    Result<void> commit() override;
    void rollback() override;

private:
    class Statement;
    explicit SqliteLedger(sqlite3 *database);
    Result<void> prepareTables();
    Result<void> loadFacts();
    void begin(); // the first change of a turn opens the transaction
    void note(int code); // the first failure of a turn makes its commit fail
    bool execute(const char *sql);
    void advance();

    sqlite3 *m_database;
    LedgerFacts m_facts;
    LedgerFacts m_committedFacts;
    bool m_inTransaction = false;
    int m_failure = 0;
    std::string m_failureText;
};

}
