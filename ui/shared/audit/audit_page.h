#pragma once
// Shared > Audit log: who did what to what, newest first, live; one click verifies the chain (spec/security-and-robustness.md S07). Ui thread.

#include "models/shared/audit/audit_source.h"
#include "ui/records/record_page.h"

namespace fb {

class AuditPage : public RecordPage
{
    Q_OBJECT
public:
    explicit AuditPage(AuditViewModel &audit, QWidget *parent = nullptr);

private:
    void verify();
    void showVerification(const AuditVerification &result);

    AuditViewModel &m_audit;
    QPushButton *m_verify;
};

}
