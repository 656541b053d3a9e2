#include "app/console/console_program.h"

#include "app/console/start_problem.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr quint16 kUsualPort = 8443;

    QString operatorName()
    {
        const QString name = qEnvironmentVariable("USER");
        return name.isEmpty() ? u"root"_s : name;
    }
}

ConsoleProgram::ConsoleProgram(const ConsoleOptions &options, QObject *parent)
    : QObject(parent),
      m_options(options)
{
    if (m_options.dataDir.isEmpty())
        m_options.dataDir = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + (m_options.demo ? u"/flagbridge-demo"_s : u"/flagbridge"_s);
    m_options.dataDir = QDir(m_options.dataDir).absolutePath();
    if (m_options.agentProgram.isEmpty())
        m_options.agentProgram = QCoreApplication::applicationDirPath() + u"/flagbridge-agent"_s;
}

ConsoleProgram::~ConsoleProgram()
{
    m_console.reset();
    m_activations.reset();
    m_audit.reset();
    m_events.reset();
    m_documents.reset();
    m_sessions.reset();
    m_demo.reset(); // its agents say good-bye while the engine still listens
    m_runs.reset();
    m_fleet.reset();
    if (m_engine)
        m_engine->stop().waitForFinished(); // the program is ending: nothing else happens on this thread
}

Result<EngineOptions> ConsoleProgram::engineOptions() const
{
    EngineOptions engine;
    engine.dataDir = m_options.dataDir;
    engine.storeUrl = m_options.storeUrl;
    engine.listenPort = m_options.demo ? 0 : kUsualPort; // demos stand side by side
    if (m_options.listen.isEmpty())
        return engine;
    const qsizetype colon = m_options.listen.lastIndexOf(u':');
    bool whole = false;
    const int port = m_options.listen.mid(colon + 1).toInt(&whole);
    if (colon < 1 || !whole || port < 0 || port > 65535)
        return fail(errors::kValidation,
                    u"--listen is \"%1\"; write ADDRESS:PORT, such as 0.0.0.0:8443"_s.arg(m_options.listen),
                    u"listen"_s);
    engine.listenAddress = m_options.listen.left(colon);
    engine.listenPort = static_cast<quint16>(port);
    return engine;
}

void ConsoleProgram::start()
{
    m_problem.reset();
    const Result<EngineOptions> engine = engineOptions();
    if (!engine)
        return showProblem(shownErrorOf(engine.error()));
    if (!QDir().mkpath(m_options.dataDir)
        || !QFile::setPermissions(m_options.dataDir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return showProblem(shownErrorOf(
            qtError(errors::kInternal, u"The folder %1 cannot be made."_s.arg(m_options.dataDir))));
    m_engine = std::make_unique<EngineThread>(
        *engine,
        [this](const FleetIdentity &fleet, bool storeHasKey, std::function<void(Result<SecretBytes>)> done) {
            // Called on the engine's thread. A passphrase takes 0.2 s and needs no keychain.
            const MasterKeySources sources
                = MasterKeySources::ofEnvironment(m_options.dataDir, m_options.passphraseFile);
            if (sources.any()) {
                SecureRandom random;
                return done(headlessMasterKey(sources, storeHasKey, random));
            }
            QMetaObject::invokeMethod(
                this, [this, fleet, storeHasKey, done] { askKeychain(fleet, storeHasKey, done); });
        });
    onResult(m_engine->start(), this, [this](const Result<EngineInfo> &info) {
        if (!info)
            return showProblem(shownErrorOf(info.error()));
        open(*info);
    });
}

void ConsoleProgram::askKeychain(const FleetIdentity &fleet, bool storeHasKey,
                                 std::function<void(Result<SecretBytes>)> done)
{
    keychainMasterKey(m_keychain, fleet, storeHasKey, m_random, std::move(done));
}

void ConsoleProgram::open(const EngineInfo &info)
{
    m_fleetFeed = std::make_unique<FleetFeed>(*m_engine, info);
    m_runFeed = std::make_unique<RunFeed>(*m_engine);
    m_fleet = std::make_unique<FleetViewModel>(*m_fleetFeed);
    m_runs = std::make_unique<RunsViewModel>(*m_runFeed);
    m_demo = std::make_unique<DemoFleet>(*m_fleet, m_options.agentProgram,
                                         m_options.dataDir + u"/demo-agents"_s);
    m_activationsFeed = std::make_unique<ActivationsFeed>(*m_engine);
    m_activations = std::make_unique<ActivationsViewModel>(*m_activationsFeed, &ActivationTable::idOf,
                                                           ActivationTable::columns());
    m_nodeFeed = std::make_unique<NodeFeed>(*m_engine);
    m_sessionsFeed = std::make_unique<SessionsFeed>(*m_engine);
    m_sessions
        = std::make_unique<SessionsViewModel>(*m_sessionsFeed, &SessionTable::idOf, SessionTable::columns());
    m_documentsFeed = std::make_unique<DocumentsFeed>(*m_engine);
    m_documents = std::make_unique<DocumentsViewModel>(*m_documentsFeed, &DocumentTable::idOf,
                                                       DocumentTable::columns());
    m_drafts = std::make_unique<DraftStore>(m_options.dataDir + u"/drafts"_s);
    m_eventsFeed = std::make_unique<EventsFeed>(*m_engine);
    m_events = std::make_unique<EventsViewModel>(*m_eventsFeed);
    m_auditFeed = std::make_unique<AuditFeed>(*m_engine);
    m_audit = std::make_unique<AuditViewModel>(*m_auditFeed);
    const bool sealed = MasterKeySources::ofEnvironment(m_options.dataDir, m_options.passphraseFile).any();
    ConsoleFacts facts;
    facts.operatorName = operatorName();
    facts.operatorRole = tr("Administrator");
    facts.dataDir = m_options.dataDir;
    facts.engine = tr("Engine: local");
    facts.store = info.storeName;
    facts.keyPlace = sealed ? tr("Master key sealed by passphrase") : tr("Master key in keychain");
    m_settings = std::make_unique<ConsoleSettings>(m_options.dataDir + u"/console.ini"_s);
    if (!m_options.language.isEmpty())
        m_settings->setLanguage(m_options.language);
    if (!m_options.theme.isEmpty())
        m_settings->setTheme(m_options.theme);
    m_console = std::make_unique<Console>(ConsoleModels {*m_fleet, *m_runs, *m_demo, *m_sessions,
                                                         *m_documents, *m_drafts, *m_events, *m_audit,
                                                         *m_activations, *m_nodeFeed, *m_settings},
                                          facts);
    m_console->watchEngine([this](std::function<void()> answered) {
        onResult(m_engine->post([](Engine &) -> Result<void> { return {}; }), this,
                 [answered = std::move(answered)](const Result<void> &) { answered(); });
    });
    m_fleet->start();
    m_runs->start();
    m_sessions->start();
    m_documents->start();
    m_events->start();
    m_audit->start();
    m_activations->start();
    m_nodeFeed->start();
    m_console->show();
    const auto watched = m_engine->post([this](Engine &engine) -> Result<void> {
        connect(&engine, &Engine::storeReadOnlyChanged, this, [this](bool readOnly, const QString &reason) {
            if (readOnly)
                m_console->warn(tr("The store is read-only."),
                                tr("Nothing can be changed until this is solved: %1").arg(reason));
            else
                m_console->endWarning();
        });
        return {};
    });
    onResult(watched, this, [](const Result<void> &) {});
    if (m_options.demo) {
        if (m_fleet->isLoaded())
            m_demo->start();
        else
            connect(m_fleet.get(), &FleetViewModel::loadedChanged, m_demo.get(), &DemoFleet::start);
    }
    emit ready();
}

void ConsoleProgram::showProblem(const ShownError &error)
{
    m_problem = std::make_unique<StartProblem>(error, m_options.dataDir);
    connect(m_problem.get(), &StartProblem::retryClicked, this, [this] {
        // The button's own signal is still running: start anew when it is over.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_engine)
                    m_engine->stop().waitForFinished();
                m_engine.reset();
                start();
            },
            Qt::QueuedConnection);
    });
    m_problem->show();
    emit failed(error);
}

}
