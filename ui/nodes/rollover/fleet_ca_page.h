#pragma once
// Nodes > Fleet CA (spec/security-and-robustness.md T18): the certificate authority of the fleet, how a new one takes its place step by step,
// and which nodes are behind. Ui thread.

#include "models/nodes/rollover/ca_roll_over_view_model.h"
#include "ui/records/record_page.h"

namespace fb {

class FleetCaPage : public RecordPage
{
    Q_OBJECT
public:
    explicit FleetCaPage(CaRollOverViewModel &rollOver, QWidget *parent = nullptr);

private:
    void updateHead();
    void askBegin();
    void askIssue();
    void askRetire();
    CaRollOverSource::Done told(const QString &success, const QString &more, const QString &failure);

    CaRollOverViewModel &m_rollOver;
    QPushButton *m_begin;
    QPushButton *m_issue;
    QPushButton *m_retire;
};

}
