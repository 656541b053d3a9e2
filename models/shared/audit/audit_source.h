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
    virtual void verify(std::function<void(const AuditVerification &)> done) = 0;
};

using AuditViewModel = ValueListViewModel<AuditLogRow, AuditSource>;

}
