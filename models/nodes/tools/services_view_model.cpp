#include "models/nodes/tools/services_view_model.h"

#include "models/nodes/tools/process_source.h"

#include <algorithm>
#include <iterator>

namespace fb {

namespace {
    constexpr auto kNotSupported = "UnsupportedPlatformType"; // code of a node that has no such tool
}

ServicesViewModel::ServicesViewModel(ServiceSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId),
      m_table([](const ServiceRow &row) { return row.unit; }, ServiceColumns::all()),
      m_reading(kInterval, [this] { ask(); })
{
}

ServicesViewModel::~ServicesViewModel() { m_source.close(m_nodeId); }

const ServiceRow *ServicesViewModel::unit(const QString &name) const
{
    const auto found = std::find_if(m_snapshot.units.begin(), m_snapshot.units.end(),
                                    [&name](const ServiceRow &row) { return row.unit == name; });
    return found == m_snapshot.units.end() ? nullptr : &*found;
}

bool ServicesViewModel::isChosen(const ServiceRow &row, Choice choice)
{
    return choice == Choice::All || (choice == Choice::Running ? row.isRunning() : row.isFailed());
}

int ServicesViewModel::count(Choice choice) const
{
    return static_cast<int>(std::count_if(m_snapshot.units.begin(), m_snapshot.units.end(),
                                          [choice](const ServiceRow &row) { return isChosen(row, choice); }));
}

void ServicesViewModel::setType(const QString &type)
{
    if (std::exchange(m_type, type) == type)
        return;
    m_snapshot = {};
    m_asOf = {};
    m_table.clear();
    m_state = State::Waiting;
    look({});
    emit changed();
    readNow();
}

void ServicesViewModel::setChoice(Choice choice)
{
    if (std::exchange(m_choice, choice) == choice)
        return;
    show();
    emit changed();
}

void ServicesViewModel::ask()
{
    m_source.list(m_nodeId, m_type, this,
                  [this, type = m_type](const ShownError &problem, const ServiceSnapshot &snapshot) {
                      if (type == m_type)
                          take(problem, snapshot);
                      m_reading.answered();
                  });
}

void ServicesViewModel::readAll()
{
    readNow();
    readDetail();
}

void ServicesViewModel::take(const ShownError &problem, const ServiceSnapshot &snapshot)
{
    const bool wasLive = m_state == State::Live;
    m_problem = problem;
    if (problem.isEmpty()) {
        m_state = State::Live;
        m_snapshot = snapshot;
        m_asOf = m_source.now();
        show();
        if (!wasLive && !m_detailProblem.isEmpty())
            readDetail(); // the node is back
    } else {
        m_state = problem.code == QLatin1StringView(kNotConnected) ? State::Offline
            : problem.code == QLatin1StringView(kNotSupported)     ? State::NoSystemd
                                                                   : State::Failed;
    }
    emit changed();
}

void ServicesViewModel::show()
{
    QList<ServiceRow> rows;
    std::copy_if(m_snapshot.units.begin(), m_snapshot.units.end(), std::back_inserter(rows),
                 [this](const ServiceRow &row) { return isChosen(row, m_choice); });
    m_table.setNow(m_source.now());
    m_table.showOnly(rows);
}

void ServicesViewModel::look(const QString &unit)
{
    if (std::exchange(m_looked, unit) == unit)
        return;
    m_detail.reset();
    m_detailProblem = {};
    emit detailChanged();
    readDetail();
}

void ServicesViewModel::readDetail()
{
    const quint64 token = ++m_detailToken;
    if (m_looked.isEmpty())
        return;
    m_source.detail(m_nodeId, m_looked, this,
                    [this, token](const ShownError &problem, const ServiceDetail &detail) {
                        if (token != m_detailToken)
                            return; // another one is looked at
                        m_detailProblem = problem;
                        if (problem.isEmpty())
                            m_detail = detail;
                        emit detailChanged();
                    });
}

void ServicesViewModel::perform(const ServiceDeed &deed)
{
    m_performing << deed.unit;
    emit changed();
    m_source.perform(m_nodeId, deed, this,
                     [this, deed](const ShownError &problem, const ServiceOutcome &outcome) {
                         m_performing.removeOne(deed.unit);
                         emit changed();
                         if (!problem.isEmpty())
                             emit refused(deed, problem);
                         else
                             emit done(deed, outcome);
                         readNow();
                         if (deed.unit == m_looked)
                             readDetail();
                     });
}

}
