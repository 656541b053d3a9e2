#pragma once
// The short list for the first day (ux.md 13): each step ticks itself off when it was done, however it was done, and stays ticked. Lines
// of systems to come are added with them. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "models/settings/console_settings.h"

namespace fb {

class KeyBackup;

struct FirstStep {
    QString name; // "store", "enrol", "run", "backup", "administrator"
    QString title; // in the language of the moment
    bool isDone = false;
};

class FirstSteps : public QObject
{
    Q_OBJECT
public:
    FirstSteps(FleetViewModel &fleet, RunsViewModel &runs, KeyBackup &backup, ConsoleSettings &settings,
               QObject *parent = nullptr);

    QList<FirstStep> steps() const;
    bool isShown() const; // neither all done nor put away
    void tickOff(const QString &name);
    void putAway(); // for good; showAgain() takes it back
    void showAgain();

signals:
    void changed();

private:
    void look();

    FleetViewModel &m_fleet;
    RunsViewModel &m_runs;
    KeyBackup &m_backup;
    ConsoleSettings &m_settings;
};

}
