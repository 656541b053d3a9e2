#include "models/setup/first_steps.h"

#include "models/setup/key_backup.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

FirstSteps::FirstSteps(FleetViewModel &fleet, RunsViewModel &runs, KeyBackup &backup,
                       ConsoleSettings &settings, QObject *parent)
    : QObject(parent),
      m_fleet(fleet),
      m_runs(runs),
      m_backup(backup),
      m_settings(settings)
{
    connect(&m_fleet, &FleetViewModel::countsChanged, this, &FirstSteps::look);
    connect(&m_runs.runs(), &QAbstractItemModel::rowsInserted, this, &FirstSteps::look);
    connect(&m_runs.runs(), &QAbstractItemModel::modelReset, this, &FirstSteps::look);
    look();
}

void FirstSteps::look()
{
    if (m_fleet.counts().total > 0)
        tickOff(u"enrol"_s);
    if (m_runs.runs().totalRows() > 0)
        tickOff(u"run"_s);
}

QList<FirstStep> FirstSteps::steps() const
{
    const QStringList done = m_settings.stepsDone();
    // Whoever reads this list has a store.
    QList<FirstStep> steps {{u"store"_s, tr("Create the store"), true},
                            {u"enrol"_s, tr("Enrol a node"), done.contains(u"enrol"_s)},
                            {u"run"_s, tr("Run a command"), done.contains(u"run"_s)}};
    if (m_backup.isOffered())
        steps.append({u"backup"_s, tr("Back up the master key"), done.contains(u"backup"_s)});
    steps.append({u"administrator"_s, tr("Add an administrator"),
                  m_settings.asksToSignIn() || done.contains(u"administrator"_s)});
    return steps;
}

bool FirstSteps::isShown() const
{
    const QList<FirstStep> all = steps();
    return !m_settings.stepsPutAway()
        && !std::all_of(all.begin(), all.end(), [](const FirstStep &step) { return step.isDone; });
}

void FirstSteps::tickOff(const QString &name)
{
    QStringList done = m_settings.stepsDone();
    if (done.contains(name))
        return;
    done.append(name);
    m_settings.setStepsDone(done);
    emit changed();
}

void FirstSteps::putAway()
{
    m_settings.setStepsPutAway(true);
    emit changed();
}

void FirstSteps::showAgain()
{
    m_settings.setStepsPutAway(false);
    emit changed();
}

}
