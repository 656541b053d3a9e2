#include "ui/nodes/activations/approvals_page.h"

#include "models/table/visible_text.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kNameChars = 60;

    RecordPageSetup setup(ApprovalsViewModel &approvals, std::function<void(const QString &)> approve,
                          std::function<void(const QString &)> reject)
    {
        using Column = ApprovalTable::Column;
        return {.address = u"approvals"_s,
                .title = ApprovalsPage::tr("Approvals"),
                .tableName = ApprovalsPage::tr("Approvals"),
                .placeholder = ApprovalsPage::tr("Filter: type a word, or cause=newnode"),
                .emptyText = ApprovalsPage::tr(
                    "No nodes are waiting. Nodes whose activation requires approval, and nodes that were "
                    "offline until after their certificate expired, wait here for an operator's approval."),
                .problemText = ApprovalsPage::tr("The approvals could not be read."),
                .subtitle = [](int total) { return ApprovalsPage::tr("%n node(s) waiting", nullptr, total); },
                .columns = {{Column::Name, CellKind::Name, 10},
                            {Column::Cause, CellKind::State, 9},
                            {Column::Address, CellKind::Text, 8},
                            {Column::Asked, CellKind::Number, 6.5},
                            {Column::Platform, CellKind::Text, 9},
                            {Column::Id, CellKind::Id, 11}},
                .sortColumn = Column::Asked,
                .detail = [&approvals, approve, reject](const QString &id) -> std::optional<RecordDetail> {
                    const ApprovalRow *row = approvals.values().value(id);
                    if (!row)
                        return std::nullopt;
                    return RecordDetail {.title = visibleText(row->name, kNameChars),
                                         .id = row->id,
                                         .state = row->isExpired ? StateKind::TimedOut : StateKind::Waiting,
                                         .stateWord = ApprovalTable::causeWord(*row),
                                         .facts = ApprovalTable::facts(*row, approvals.now()),
                                         .tags = {},
                                         .actions = {{.name = u"approvalApprove"_s,
                                                      .text = ApprovalsPage::tr("Approve"),
                                                      .icon = Icon::Check,
                                                      .run = [approve, id] { approve(id); },
                                                      .forbidden = {},
                                                      .changes = true,
                                                      .action = "flagbridge:ApproveNode"},
                                                     {.name = u"approvalReject"_s,
                                                      .text = ApprovalsPage::tr("Reject..."),
                                                      .icon = Icon::Reject,
                                                      .run = [reject, id] { reject(id); },
                                                      .forbidden = {},
                                                      .changes = true,
                                                      .action = "flagbridge:RejectNode"}},
                                         .raw = {}};
                }};
    }
}

ApprovalsPage::ApprovalsPage(ApprovalsViewModel &approvals, QWidget *parent)
    : RecordPage(approvals,
                 setup(
                     approvals, [this](const QString &id) { approve(id); },
                     [this](const QString &id) { askReject(id); }),
                 parent),
      m_approvals(approvals)
{
}

void ApprovalsPage::approve(const QString &id) { decide(id, ApprovalWord::Approve); }

void ApprovalsPage::askReject(const QString &id)
{
    const ApprovalRow *row = m_approvals.values().value(id);
    if (!row)
        return;
    const QString name = visibleText(row->name, kNameChars);
    auto *sheet = new ConfirmSheet(
        {.name = u"approval"_s,
         .question = tr("Reject %1?").arg(name),
         .consequence = row->isExpired
             ? tr("Its certificates are revoked, so it cannot ask again. The node stays in the list; with a "
                  "token for re-enrolment it can come back under the same ID.")
             : tr("It is deregistered and its connection is closed. Its place in the activation is not "
                  "freed."),
         .targets = {name},
         .verb = tr("Reject"),
         .icon = Icon::Reject},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, id] { decide(id, ApprovalWord::Reject); });
    sheet->ask();
}

void ApprovalsPage::decide(const QString &id, ApprovalWord word)
{
    const ApprovalRow *row = m_approvals.values().value(id);
    if (!row)
        return;
    const QString name = visibleText(row->name, kNameChars);
    m_approvals.source().decide(
        id, word, [self = QPointer<ApprovalsPage>(this), name, word](const ShownError &problem) {
            if (!self)
                return;
            if (!problem.isEmpty())
                self->banner().showProblem(problem,
                                           word == ApprovalWord::Approve
                                               ? tr("%1 was not approved.").arg(name)
                                               : tr("%1 was not rejected.").arg(name));
            else
                self->banner().showMessage(Tone::Success, Icon::Success,
                                           word == ApprovalWord::Approve ? tr("%1 was approved.").arg(name)
                                                                         : tr("%1 was rejected.").arg(name),
                                           word == ApprovalWord::Approve
                                               ? tr("It is accepted the next time it connects.")
                                               : QString());
            self->banner().setAction({});
        });
}

}
