#pragma once
// Shared > Audit log: who did what to what, newest first, live; how much of it when, and with which result; one click verifies the chain
// (spec/security-and-robustness.md S07). Ui thread.

#include "models/shared/audit/audit_source.h"
#include "ui/records/record_page.h"

#include <QTimer>

namespace fb {

class CountBarChart;

class AuditPage : public RecordPage
{
    Q_OBJECT
public:
    explicit AuditPage(AuditViewModel &audit, QWidget *parent = nullptr);

    void onShown() override { countAgain(); }

private:
    RecordPageSetup setup(AuditViewModel &audit);
    std::optional<RecordDetail> detailOf(const QString &id);
    void verify();
    void showProgress(qint64 read, qint64 all);
    void showVerification(const AuditVerification &result);
    void countAgain();
    void showOnlyPeriod(Instant from, Instant to);

    AuditViewModel &m_audit;
    QPushButton *m_verify;
    CountBarChart *m_chart;
    QTimer m_soon; // the chart is counted anew
};

}
