#include "models/nodes/fleet/demo_fleet.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <sys/prctl.h>

#include <csignal>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    const auto kActivationsFile = u"activations.json"_s;
    constexpr std::chrono::hours kActivationLife {1};
    constexpr auto kFarewell = 500ms; // for an agent to hear that its node is deregistered
    constexpr auto kLongestFarewell = 5s; // should the engine not say that it is
}

DemoFleet::DemoFleet(FleetViewModel &fleet, const QString &agentProgram, const QString &folder,
                     QObject *parent)
    : QObject(parent),
      m_fleet(fleet),
      m_agentProgram(agentProgram),
      m_folder(folder)
{
    readActivations();
    connect(&m_fleet, &FleetViewModel::activationMade, this, [this](const ActivationMade &activation) {
        const auto asked = m_asked.find(activation.requestId);
        if (asked == m_asked.end())
            return;
        const DemoMachine machine = *asked;
        m_asked.erase(asked);
        m_activations.insert(machine.name, activation.id);
        keepActivations();
        launch(machine,
               {u"--engine"_s, activation.engineUrl, u"--activation-id"_s, activation.id,
                u"--activation-code-file"_s, u"-"_s, u"--ca-sha256"_s, activation.caSha256},
               activation.code);
    });
    connect(&m_fleet, &FleetViewModel::activationRefused, this,
            [this](const QString &requestId, const ShownError &problem) {
                if (m_asked.remove(requestId) > 0)
                    fail(problem.message);
            });
    connect(&m_fleet, &FleetViewModel::countsChanged, this, [this] {
        const int now = connected();
        emit progressChanged(now, static_cast<int>(machines().size()));
        if (m_phase == Phase::Starting && now == machines().size())
            setPhase(Phase::Running);
        if (m_phase == Phase::Stopping && m_farewell.isActive() && demoNodeIds().isEmpty()
            && m_farewell.remainingTime() > kFarewell.count())
            m_farewell.start(kFarewell);
    });
    m_farewell.setSingleShot(true);
    connect(&m_farewell, &QTimer::timeout, this, &DemoFleet::endAgents);
}

DemoFleet::~DemoFleet()
{
    for (const auto &agent : m_agents) {
        agent->disconnect(this);
        agent->terminate();
    }
    for (const auto &agent : m_agents) {
        if (!agent->waitForFinished(2000)) // the program is ending: a short wait, then for sure
            agent->kill();
    }
}

QList<DemoMachine> DemoFleet::machines()
{
    const auto machine = [](const QString &name, const QString &role, const QString &env) {
        return DemoMachine {name, {u"env="_s + env, u"role="_s + role}};
    };
    return {machine(u"shop-web-1"_s, u"web"_s, u"prod"_s),
            machine(u"shop-web-2"_s, u"web"_s, u"prod"_s),
            machine(u"shop-db-1"_s, u"database"_s, u"prod"_s),
            machine(u"shop-cache-1"_s, u"cache"_s, u"prod"_s),
            machine(u"shop-queue-1"_s, u"queue"_s, u"staging"_s),
            machine(u"edge-gw-1"_s, u"gateway"_s, u"prod"_s)};
}

void DemoFleet::readActivations()
{
    QFile file(m_folder.filePath(kActivationsFile));
    if (!file.open(QIODevice::ReadOnly) || file.size() > 64 * 1024)
        return;
    const QJsonObject kept = QJsonDocument::fromJson(file.readAll()).object();
    for (auto machine = kept.constBegin(); machine != kept.constEnd(); ++machine)
        m_activations.insert(machine.key(), machine.value().toString());
}

void DemoFleet::keepActivations()
{
    QJsonObject kept;
    for (auto machine = m_activations.constBegin(); machine != m_activations.constEnd(); ++machine)
        kept.insert(machine.key(), machine.value());
    QFile file(m_folder.filePath(kActivationsFile));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(kept).toJson()) < 0)
        fail(tr("The file %1 cannot be written.").arg(file.fileName()));
}

QStringList DemoFleet::demoNodeIds() const
{
    QStringList ids;
    for (const NodeRow &row : m_fleet.nodes().allNodes()) {
        if (isDemoNode(row.id))
            ids << row.id;
    }
    return ids;
}

bool DemoFleet::isDemoNode(const QString &nodeId) const
{
    const NodeRow *row = m_fleet.nodes().node(nodeId);
    return row && !row->activationId.isEmpty() && m_activations.key(row->activationId) != QString();
}

int DemoFleet::connected() const
{
    int count = 0;
    for (const NodeRow &row : m_fleet.nodes().allNodes())
        count += isDemoNode(row.id) && row.ping == PingState::Online;
    return count;
}

QString DemoFleet::stateFolder(const QString &name) const { return m_folder.filePath(name); }

void DemoFleet::start()
{
    if (m_phase == Phase::Starting || m_phase == Phase::Running || m_phase == Phase::Stopping)
        return;
    m_problem.clear();
    if (!QFileInfo(m_agentProgram).isExecutable())
        return fail(tr("The agent program is missing: %1").arg(m_agentProgram));
    if (!m_folder.mkpath(u"."_s)
        || !QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(tr("The folder %1 cannot be created.").arg(m_folder.path()));
    setPhase(Phase::Starting);
    const QList<DemoMachine> all = machines();
    for (const DemoMachine &machine : all) {
        const QString joinedWith = m_activations.value(machine.name);
        const auto &nodes = m_fleet.nodes().allNodes();
        const bool joined = !joinedWith.isEmpty()
            && std::any_of(nodes.begin(), nodes.end(),
                           [&](const NodeRow &row) { return row.activationId == joinedWith; });
        if (joined) { // in an earlier run
            launch(machine, {}, {});
            continue;
        }
        QDir(stateFolder(machine.name)).removeRecursively(); // what an enrolment that failed left
        ActivationWish wish;
        wish.defaultName = machine.name;
        wish.registrationLimit = 1;
        wish.validFor = kActivationLife;
        wish.tags = machine.tags;
        wish.requestId = u"demo-"_s + machine.name; // known before the answer can come
        m_asked.insert(wish.requestId, machine);
        m_fleet.createActivation(wish);
    }
}

void DemoFleet::launch(const DemoMachine &machine, const QStringList &enrolment, const QString &code)
{
    const QString state = stateFolder(machine.name);
    if (!m_folder.mkpath(machine.name)
        || !QFile::setPermissions(state, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(tr("The folder %1 cannot be created.").arg(state));
    auto agent = std::make_unique<QProcess>();
    agent->setProgram(m_agentProgram);
    agent->setArguments(QStringList {u"--state"_s, state} + enrolment);
    agent->setProcessChannelMode(QProcess::MergedChannels);
    agent->setStandardOutputFile(m_folder.filePath(machine.name + u".log"_s));
    agent->setWorkingDirectory(state);
    const QString name = machine.name;
    connect(agent.get(), &QProcess::finished, this, [this, name](int exitCode, QProcess::ExitStatus) {
        if (m_phase == Phase::Starting || m_phase == Phase::Running)
            fail(tr("The agent %1 ended with code %2. Its log: %3")
                     .arg(name)
                     .arg(exitCode)
                     .arg(m_folder.filePath(name + u".log"_s)));
    });
    agent->setChildProcessModifier([] {
        sigset_t none; // this program takes SIGTERM as an event; its agents take it as it is
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM); // should this program die without a word, its agents end too
    });
    agent->start();
    agent->write(code.toLatin1() + '\n');
    agent->closeWriteChannel();
    m_agents.push_back(std::move(agent));
}

void DemoFleet::stopAndRemove()
{
    if (m_phase == Phase::Stopping)
        return;
    m_asked.clear();
    setPhase(Phase::Stopping);
    // The agents hear of it and end their nodes' shells before they end themselves.
    m_fleet.deregister(demoNodeIds());
    m_farewell.start(demoNodeIds().isEmpty() ? 0ms : kLongestFarewell);
}

void DemoFleet::endAgents()
{
    for (const auto &agent : m_agents) {
        agent->disconnect(this);
        connect(agent.get(), &QProcess::finished, this, &DemoFleet::finishStop, Qt::QueuedConnection);
        agent->terminate();
    }
    finishStop();
}

void DemoFleet::finishStop()
{
    const bool areEnded = std::all_of(m_agents.begin(), m_agents.end(), [](const auto &agent) {
        return agent->state() == QProcess::NotRunning;
    });
    if (m_phase != Phase::Stopping || !areEnded)
        return;
    m_agents.clear();
    m_activations.clear();
    m_folder.removeRecursively(); // no process writes there any more
    setPhase(Phase::Stopped);
}

void DemoFleet::fail(const QString &why)
{
    m_problem = why;
    m_asked.clear();
    setPhase(Phase::Failed);
}

void DemoFleet::setPhase(Phase phase)
{
    m_phase = phase;
    emit phaseChanged();
}

}
