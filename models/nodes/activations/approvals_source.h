#pragma once
// Where the approvals page's values come from and its wishes go. ApprovalsFeed answers with the engine in this process; tests answer with
// values. Ui thread.

#include "models/nodes/activations/approval_row.h"
#include "models/table/list_view_model.h"

namespace fb {

enum class ApprovalWord { Approve, Reject };

class ApprovalsSource : public ListSource<ApprovalRow>
{
public:
    // An empty problem: it is done; the row goes by News::removed.
    virtual void decide(const QString &id, ApprovalWord word,
                        std::function<void(const ShownError &problem)> done)
        = 0;
};

using ApprovalsViewModel = ValueListViewModel<ApprovalRow, ApprovalsSource>;

}
