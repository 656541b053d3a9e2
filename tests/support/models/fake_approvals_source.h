#pragma once
// Approvals of the test's choice.

#include "models/nodes/activations/approvals_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeApprovalsSource : public FakeListSource<ApprovalRow, ApprovalsSource>
{
public:
    void decide(const QString &id, ApprovalWord word,
                std::function<void(const ShownError &problem)> done) override;

    static QList<ApprovalRow> sample(Instant now); // new, expired, hostile
    QList<QPair<QString, ApprovalWord>> decided;
    ShownError refusal; // of the next word
};

}
