#pragma once
// The demo fleet: six real flagbridge-agent processes on this machine, as this user, each in its own folder, enrolled through real
// activations over loopback TLS (ux.md 13). Nothing is faked. Ui thread; starts and ends processes without waiting for them.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QDir>
#include <QProcess>
#include <QTimer>

#include <memory>

namespace fb {

struct DemoMachine {
    QString name;
    QStringList tags;
};

class DemoFleet : public QObject
{
    Q_OBJECT
public:
    enum class Phase { Stopped, Starting, Running, Stopping, Failed };

    // `agentProgram`: the flagbridge-agent beside this program. `folder`: made when started, removed by stopAndRemove().
    DemoFleet(FleetViewModel &fleet, const QString &agentProgram, const QString &folder,
              QObject *parent = nullptr);
    ~DemoFleet() override; // ends the processes it started

    static QList<DemoMachine> machines();
    Phase phase() const { return m_phase; }
    QString problem() const { return m_problem; } // why Phase::Failed
    bool isDemoNode(const QString &nodeId) const; // joined with one of the activations made here
    bool exists() const { return !m_activations.isEmpty(); } // was started before, now or in an earlier run
    int connected() const; // of the six, online now

    void start(); // enrols, or starts the agents of an earlier run again
    void stopAndRemove(); // deregisters the nodes, ends their agents, removes the folder; then Phase::Stopped

signals:
    void phaseChanged();
    void progressChanged(int connected, int of);

private:
    void readActivations();
    void keepActivations();
    // `code`: of its activation, for an agent that has not joined yet; given on standard input, not where `ps` shows it.
    void launch(const DemoMachine &machine, const QStringList &enrolment, const QString &code);
    void endAgents();
    void finishStop();
    void fail(const QString &why);
    void setPhase(Phase phase);
    QString stateFolder(const QString &name) const;
    QStringList demoNodeIds() const;

    FleetViewModel &m_fleet;
    QString m_agentProgram;
    QDir m_folder;
    Phase m_phase = Phase::Stopped;
    QString m_problem;
    std::vector<std::unique_ptr<QProcess>> m_agents;
    QTimer m_farewell; // while Stopping, until the agents are ended
    QHash<QString, DemoMachine> m_asked; // activation request id -> machine
    QHash<QString, QString> m_activations; // machine -> the activation it joins with; kept in the folder
};

}
