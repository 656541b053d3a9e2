#pragma once
// Entries of an audit log of the test's choice.

#include "models/shared/audit/audit_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeAuditSource : public FakeListSource<AuditLogRow, AuditSource>
{
public:
    void verify(std::function<void(qint64, qint64)> progress, Verified done) override
    {
        later([this, progress, done] {
            progress(12, 24);
            later([this, done] { done(verification); });
        });
    }
    void whenBroken(Verified told) override { broken = std::move(told); }

    static QList<AuditLogRow> sample(Instant now); // 24 entries, one of them hostile
    Verified broken;
    AuditVerification verification {.intact = true, .entries = 24, .firstBad = 0, .problem = {}, .error = {}};
};

}
