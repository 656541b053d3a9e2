#pragma once
// The state of the page of the fleet's CA: which one it is, how far its roll-over is, which nodes are behind. Ui thread.

#include "models/nodes/rollover/ca_roll_over_source.h"
#include "models/table/list_view_model.h"

namespace fb {

class CaRollOverViewModel : public ListViewModel
{
    Q_OBJECT
public:
    explicit CaRollOverViewModel(CaRollOverSource &source, QObject *parent = nullptr);

    CaRollOverSource &source() { return m_source; }
    ValueTableModel<CaNodeRow> &values() { return m_table; }
    const ShownFleetCa &state() const { return m_state; }
    QStringList waitedFor() const; // names of those that are listed

    LiveTableModel &table() override { return m_table; }
    void start() override;
    Instant now() const override { return m_source.now(); }
    void setHeld(bool) override { } // they become fewer, and none streams
    int waiting() const override { return 0; }

signals:
    void caChanged();

protected:
    void askOlder() override { }

private:
    CaRollOverSource &m_source;
    ValueTableModel<CaNodeRow> m_table;
    ShownFleetCa m_state;
};

}
