#pragma once
// Where the audit page's entries come from. AuditFeed answers with the engine in this process; tests answer with values. Ui thread.

#include "models/shared/audit/audit_row.h"
#include "models/table/list_view_model.h"

namespace fb {

struct AuditVerification {
    bool intact = false;
    qint64 entries = 0; // read
    qint64 firstBad = 0; // number of the first bad or missing entry
    QString problem; // what is wrong with it
    ShownError error; // not empty: the log could not be read
};

class AuditSource : public ListSource<AuditLogRow>
{
public:
    using Verified = std::function<void(const AuditVerification &)>;
    // `progress` hears how many entries are read of how many.
    virtual void verify(std::function<void(qint64 read, qint64 all)> progress, Verified done) = 0;
    // What a check by the engine itself has found wrong, now or later.
    virtual void whenBroken(Verified told) = 0;
};

// At most the newest 100,000 entries are shown.
class AuditViewModel : public ValueListViewModel<AuditLogRow, AuditSource>
{
public:
    explicit AuditViewModel(AuditSource &source, QObject *parent = nullptr)
        : ValueListViewModel(source, &AuditTable::idOf, AuditTable::columns(), parent)
    {
        setMostRows(kMostRows, [](const AuditLogRow &row) { return row.sequence; });
    }

    static constexpr int kMostRows = 100'000;
};

}
