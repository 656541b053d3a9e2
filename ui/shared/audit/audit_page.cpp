#include "ui/shared/audit/audit_page.h"

#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"

#include <QLocale>
#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    RecordPageSetup setup(AuditViewModel &audit)
    {
        using Column = AuditTable::Column;
        return {.address = u"audit"_s,
                .title = AuditPage::tr("Audit log"),
                .tableName = AuditPage::tr("Entries of the audit log"),
                .placeholder = AuditPage::tr("Filter: type a word, or result=denied"),
                .emptyText = AuditPage::tr("Nothing has been recorded yet. Every change, refusal and sign-in "
                                           "leaves an entry here that cannot be altered unnoticed."),
                .problemText = AuditPage::tr("The audit log could not be read."),
                .subtitle =
                    [&audit](int total) {
                        return audit.older().hasAny() ? AuditPage::tr("the newest %n", nullptr, total)
                                                      : AuditPage::tr("%n entry(s)", nullptr, total);
                    },
                .columns = {{Column::Time, CellKind::Number, 6},
                            {Column::Who, CellKind::Name, 6.5},
                            {Column::Action, CellKind::Text, 11.5},
                            {Column::Target, CellKind::Text, 11, true},
                            {Column::Result, CellKind::State, 7},
                            {Column::Source, CellKind::Text, 6, false, false},
                            {Column::Sequence, CellKind::Number, 4, false, false}},
                .sortColumn = Column::Time,
                .streams = true,
                .detail = [&audit](const QString &id) -> std::optional<RecordDetail> {
                    const AuditLogRow *row = audit.values().value(id);
                    if (!row)
                        return std::nullopt;
                    return RecordDetail {.title = row->action,
                                         .id = row->target,
                                         .state
                                         = row->result == u"Success" ? StateKind::Success : StateKind::Failed,
                                         .stateWord = AuditTable::resultWord(row->result),
                                         .facts = AuditTable::facts(*row),
                                         .tags = {},
                                         .actions = {},
                                         .raw = row->diff};
                }};
    }
}

AuditPage::AuditPage(AuditViewModel &audit, QWidget *parent)
    : RecordPage(audit, setup(audit), parent),
      m_audit(audit),
      m_verify(makeButton(u"verifyAudit"_s, tr("Verify the chain"), Icon::Check))
{
    m_verify->setToolTip(tr("Read every entry and check that none was changed, removed or added"));
    addAction(m_verify);
    connect(m_verify, &QPushButton::clicked, this, &AuditPage::verify);
}

void AuditPage::verify()
{
    m_verify->setEnabled(false);
    m_verify->setText(tr("Verifying..."));
    m_audit.source().verify([self = QPointer<AuditPage>(this)](const AuditVerification &result) {
        if (self)
            self->showVerification(result);
    });
}

void AuditPage::showVerification(const AuditVerification &result)
{
    m_verify->setEnabled(true);
    m_verify->setText(tr("Verify the chain"));
    if (!result.error.isEmpty()) {
        banner().showProblem(result.error, tr("The audit log could not be verified."));
    } else if (result.intact) {
        banner().showMessage(
            Tone::Success, Icon::Success, tr("The chain is intact."),
            tr("%n entry(s) verified, none changed or missing.", nullptr, static_cast<int>(result.entries)));
    } else {
        banner().showMessage(
            Tone::Failed, Icon::Failed,
            tr("The chain breaks at entry %1.").arg(QLocale().toString(result.firstBad)),
            tr("%1. Keep the store and its backups as they are for the investigation.").arg(result.problem));
    }
    banner().setAction({});
}

}
