#pragma once
// Nodes > Approvals (spec/fleet-manager.md B5): nodes that wait for an operator's word, with what is known of them. Ui thread.

#include "models/nodes/activations/approvals_source.h"
#include "ui/records/record_page.h"

namespace fb {

class ApprovalsPage : public RecordPage
{
    Q_OBJECT
public:
    explicit ApprovalsPage(ApprovalsViewModel &approvals, QWidget *parent = nullptr);

private:
    void approve(const QString &id);
    void askReject(const QString &id);
    void decide(const QString &id, ApprovalWord word);

    ApprovalsViewModel &m_approvals;
};

}
