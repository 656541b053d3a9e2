#include "models/nodes/rollover/ca_roll_over_view_model.h"

namespace fb {

CaRollOverViewModel::CaRollOverViewModel(CaRollOverSource &source, QObject *parent)
    : ListViewModel(parent),
      m_source(source),
      m_table(&CaNodeTable::idOf, CaNodeTable::columns())
{
}

void CaRollOverViewModel::start()
{
    older().setReading();
    m_table.setNow(m_source.now());
    m_source.start({.arrived =
                        [this](const ShownFleetCa &state, const QList<CaNodeRow> &behind) {
                            m_table.showOnly(behind);
                            const bool isNew = std::exchange(m_state, state) != state;
                            setComplete(false);
                            emit valuesChanged();
                            if (isNew)
                                emit caChanged();
                        },
                    .failed = [this](const ShownError &problem) { setFailed(problem); }});
}

QStringList CaRollOverViewModel::waitedFor() const
{
    QStringList names;
    for (const CaNodeRow &row : m_table.values()) {
        if (row.waitedFor)
            names << CaNodeTable::title(row);
    }
    return names;
}

}
