#pragma once
// Entries of an audit log of the test's choice.

#include "models/shared/audit/audit_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeAuditSource : public FakeListSource<AuditLogRow, AuditSource>
{
public:
    void verify(std::function<void(const AuditVerification &)> done) override
    {
        later([this, done] { done(verification); });
    }

    static QList<AuditLogRow> sample(Instant now); // 24 entries, one of them hostile
    AuditVerification verification {.intact = true, .entries = 24, .firstBad = 0, .problem = {}, .error = {}};
};

}
