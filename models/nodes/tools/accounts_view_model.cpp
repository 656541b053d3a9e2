#include "models/nodes/tools/accounts_view_model.h"

#include "models/nodes/tools/process_source.h"

namespace fb {

AccountsViewModel::AccountsViewModel(AccountSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId),
      m_accounts([](const AccountRow &row) { return row.id(); }, AccountColumns::all()),
      m_groups([](const GroupRow &row) { return row.id(); }, GroupColumns::all()),
      m_reading(kInterval, [this] { ask(); })
{
}

AccountsViewModel::~AccountsViewModel() { m_source.close(m_nodeId); }

bool AccountsViewModel::isCut() const
{
    return m_snapshot.accountTotal > m_snapshot.accounts.size()
        || m_snapshot.groupTotal > m_snapshot.groups.size();
}

void AccountsViewModel::ask()
{
    m_source.list(m_nodeId, this, [this](const ShownError &problem, const AccountSnapshot &snapshot) {
        take(problem, snapshot);
        m_reading.answered();
    });
}

void AccountsViewModel::take(const ShownError &problem, const AccountSnapshot &snapshot)
{
    m_problem = problem;
    if (problem.isEmpty()) {
        m_state = State::Live;
        m_snapshot = snapshot;
        m_asOf = m_source.now();
        m_accounts.setNow(m_asOf);
        m_accounts.showOnly(snapshot.accounts);
        m_groups.setNow(m_asOf);
        m_groups.showOnly(snapshot.groups);
    } else {
        m_state = problem.code == QLatin1StringView(kNotConnected) ? State::Offline : State::Failed;
    }
    emit changed();
}

void AccountsViewModel::perform(const AccountDeed &deed)
{
    AccountDeed told = deed; // what is told of it afterwards needs no password
    told.password.clear();
    m_source.perform(m_nodeId, deed, this, [this, told](const ShownError &problem) {
        if (!problem.isEmpty())
            emit refused(told, problem);
        else
            emit done(told);
        readNow();
    });
}

}
