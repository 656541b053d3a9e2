#include "app/console/console_program.h"

#include "app/console/start_problem.h"
#include "app/console/store_take_over.h"
#include "backend/base/elsewhere.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/store/engine_lock.h"
#include "ui/welcome/key_restore_sheet.h"
#include "ui/welcome/welcome_window.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>
#include <QTcpServer>
#include <QUrl>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr quint16 kUsualPort = 8443;

    QString operatorName()
    {
        const QString name = qEnvironmentVariable("USER");
        return name.isEmpty() ? u"root"_s : name;
    }

    QString usualFolder(bool demo)
    {
        return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + (demo ? u"/flagbridge-demo"_s : u"/flagbridge"_s);
    }
}

ConsoleProgram::ConsoleProgram(const ConsoleOptions &options, Keychain *keychain, QObject *parent)
    : QObject(parent),
      m_given(options),
      m_key(keychain ? *keychain : m_desktopKeychain)
{
    if (m_given.dataDir.isEmpty())
        m_given.dataDir = usualFolder(m_given.demo);
    m_given.dataDir = QDir(m_given.dataDir).absolutePath();
    if (m_given.agentProgram.isEmpty())
        m_given.agentProgram = QCoreApplication::applicationDirPath() + u"/flagbridge-agent"_s;
    if (m_given.engineProgram.isEmpty())
        m_given.engineProgram = QCoreApplication::applicationDirPath() + u"/flagbridge-engine"_s;
}

ConsoleProgram::~ConsoleProgram() { closeEngine(); }

Result<EngineOptions> ConsoleProgram::engineOptions() const
{
    EngineOptions engine;
    engine.dataDir = m_options.dataDir;
    engine.storeUrl = m_options.storeUrl;
    engine.advertiseHost = m_options.advertise;
    engine.listenPort = m_options.demo ? demoPort() : kUsualPort;
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

// Demos stand side by side, so any port will do; but agents of an earlier run look for their engine where it was.
quint16 ConsoleProgram::demoPort() const
{
    const int kept = ConsoleSettings(m_options.dataDir + u"/console.ini"_s).demoPort();
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost, static_cast<quint16>(kept)) ? static_cast<quint16>(kept)
                                                                             : quint16(0);
}

bool ConsoleProgram::isFree() const
{
    return m_given.welcomes && !m_given.demo && m_given.storeUrl.isEmpty() && m_given.listen.isEmpty()
        && m_given.passphraseFile.isEmpty();
}

void ConsoleProgram::start()
{
    m_options = m_given;
    useLook();
    const std::optional<StoreChoice> kept = m_given.demo ? std::nullopt : StoreChoice::kept(m_given.dataDir);
    if (!kept && isFree() && !StoreChoice::hasStore(m_given.dataDir))
        return showWelcome();
    if (kept)
        apply(*kept);
    startEngine();
}

// As the console will have it; nothing is written before there is a store.
void ConsoleProgram::useLook()
{
    const ConsoleSettings kept(m_options.dataDir + u"/console.ini"_s);
    if (!m_language)
        m_language = std::make_unique<Language>();
    m_language->use(m_given.language.isEmpty() ? kept.language() : m_given.language);
    ConsoleSettings look;
    look.setTheme(m_given.theme.isEmpty() ? kept.theme() : m_given.theme);
    look.setTextPixels(kept.textPixels());
    look.setReducedMotion(kept.reducedMotion());
    applyLook(look, ColorSchemeWatch().scheme());
}

void ConsoleProgram::showWelcome()
{
    m_welcome = std::make_unique<WelcomeWindow>(
        WelcomeSetup {.dataDir = m_given.demo ? usualFolder(false) : m_given.dataDir,
                      .operatorName = operatorName(),
                      .before = m_open ? std::optional(m_choice.value_or(StoreChoice())) : std::nullopt});
    connect(m_welcome.get(), &WelcomeWindow::chosen, this, &ConsoleProgram::begin);
    connect(m_welcome.get(), &WelcomeWindow::keepClicked, this, &ConsoleProgram::goOn);
    m_welcome->show();
}

void ConsoleProgram::begin(const StoreChoice &choice)
{
    closeEngine(); // of an attempt before
    m_tookOver = false;
    m_choice = choice;
    const QString dataDir = m_given.demo ? usualFolder(false) : m_given.dataDir;
    m_options = m_given;
    m_options.dataDir = dataDir;
    m_options.demo = false;
    m_options.storeUrl.clear();
    m_options.listen.clear();
    apply(choice);
    startEngine();
}

// What an option of the command line says goes before what was chosen.
void ConsoleProgram::apply(const StoreChoice &choice)
{
    m_choice = choice;
    if (choice.kind == StoreKind::Demo) {
        m_options.demo = true;
        m_options.dataDir = usualFolder(true);
        return;
    }
    if (m_options.storeUrl.isEmpty())
        m_options.storeUrl = choice.storeUrl();
    if (m_options.listen.isEmpty()) {
        m_options.listen = choice.listen();
        if (m_options.advertise.isEmpty())
            m_options.advertise = choice.advertise();
    }
}

void ConsoleProgram::startEngine()
{
    const Result<EngineOptions> engine = engineOptions();
    if (!engine)
        return showProblem(shownErrorOf(engine.error()));
    if (!QDir().mkpath(m_options.dataDir)
        || !QFile::setPermissions(m_options.dataDir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return showProblem(shownErrorOf(
            qtError(errors::kInternal, u"The folder %1 cannot be created."_s.arg(m_options.dataDir))));
    if (!m_tookOver && !EngineLock::take(m_options.dataDir)) // another engine has the store
        return takeOver();
    const MasterKeySources sources
        = MasterKeySources::ofEnvironment(m_options.dataDir, m_options.passphraseFile);
    m_key.setUsed(!sources.any());
    m_listens.clear();
    m_engine = std::make_unique<EngineThread>(
        *engine,
        [this, sources](const FleetIdentity &fleet, bool storeHasKey,
                        std::function<void(Result<SecretBytes>)> done) {
            // Called on the engine's thread. A passphrase takes 0.2 s and needs no keychain.
            if (sources.any()) {
                SecureRandom random;
                return done(headlessMasterKey(sources, storeHasKey, random));
            }
            QMetaObject::invokeMethod(
                this, [this, fleet, storeHasKey, done] { m_key.request(fleet, storeHasKey, done); });
        });
    m_desk = std::make_unique<SignInDesk>(
        *m_engine,
        SignInDesk::Setup {
            .keychain = m_options.storeUrl.isEmpty() && m_key.isUsed() ? &m_key.keychain() : nullptr,
            .settingsFile = m_options.dataDir + u"/console.ini"_s,
            .store = m_options.storeUrl.isEmpty() ? m_options.dataDir : QUrl(m_options.storeUrl).host()});
    connect(m_desk.get(), &SignInDesk::seated, this, &ConsoleProgram::onSeated);
    connect(m_desk.get(), &SignInDesk::left, this, &ConsoleProgram::onLeft);
    connect(m_desk.get(), &SignInDesk::lockedChanged, this, &ConsoleProgram::onLocked);
    if (!m_welcome && !m_problem) {
        if (m_desk->isExpected())
            m_desk->showWindow();
        else
            open(); // a store may be large and a keychain slow: the window need not wait for them
    }
    onResult(m_engine->start(), this, [this](const Result<EngineInfo> &info) { onStarted(info); });
}

void ConsoleProgram::closeEngine()
{
    if (m_open)
        m_open->leave();
    for (const auto &left : m_left)
        left->leave();
    m_lock.open();
    if (m_engine)
        m_engine->stop().waitForFinished(); // nothing else happens on this thread meanwhile
    m_open.reset();
    m_left.clear();
    m_desk.reset();
    m_info.reset();
    m_engine.reset();
}

void ConsoleProgram::open()
{
    m_open = std::make_unique<OpenConsole>(
        *m_engine, m_key, m_desk->model(),
        OpenConsole::Setup {.dataDir = m_options.dataDir,
                            .agentProgram = m_options.agentProgram,
                            .language = m_options.language,
                            .theme = m_options.theme,
                            .operatorName = operatorName(),
                            .keyPlace = m_key.isUsed() ? KeyPlace::Keychain : KeyPlace::Passphrase,
                            .tookOver = m_tookOver,
                            .whyNotHeadless =
                                [program = m_options.engineProgram, inKeychain = m_key.isUsed()] {
                                    return HeadlessEngine::whyNot(program, inKeychain);
                                },
                            .demo = m_options.demo});
    connect(&m_open->console(), &Console::storeChangeRequested, this, &ConsoleProgram::chooseAnotherStore,
            Qt::QueuedConnection); // the button's own signal is still running
    connect(&m_open->console(), &Console::headlessRequested, this, &ConsoleProgram::handOver,
            Qt::QueuedConnection);
    // When another window is there: the last one that closes ends the program.
    m_welcome.reset();
    m_problem.reset();
    m_language.reset();
}

void ConsoleProgram::onStarted(const Result<EngineInfo> &info)
{
    if (!info)
        return showProblem(shownErrorOf(info.error()));
    // The demo is tried, not chosen: the welcome comes again.
    if (m_choice && m_choice->kind != StoreKind::Demo && !m_choice->keep(m_options.dataDir))
        return showProblem(shownErrorOf(qtError(
            errors::kInternal, u"The file %1/engine.ini cannot be written."_s.arg(m_options.dataDir))));
    m_info = *info;
    const QString address
        = m_options.listen.isEmpty() ? u"127.0.0.1"_s : m_options.listen.section(u':', 0, -2);
    const int port = QUrl(info->agentUrl).port();
    m_listens = u"%1:%2"_s.arg(address).arg(port);
    if (m_options.demo && m_options.listen.isEmpty())
        ConsoleSettings(m_options.dataDir + u"/console.ini"_s).setDemoPort(port);
    m_desk->begin(*info); // seated() or left() follows
}

void ConsoleProgram::onSeated()
{
    if (!m_open)
        open();
    m_open->setStarted(*m_info);
    m_desk->hideWindow(); // when another is there: the last one that closes ends the program
    const QString advice = m_desk->model().takeAdvice();
    if (!advice.isEmpty())
        m_open->console().tell(tr("Signed in"), advice);
    emit ready();
}

// Somebody signed out, or was: what is shown goes, the engine and its nodes stay.
void ConsoleProgram::onLeft()
{
    m_lock.open();
    useLook();
    m_desk->showWindow();
    m_welcome.reset();
    m_problem.reset();
    if (!m_open)
        return;
    m_open->retire();
    m_left.push_back(std::move(m_open));
}

void ConsoleProgram::onLocked(bool locked)
{
    if (!m_open)
        return;
    if (locked)
        return m_lock.shut(m_desk->window(), &m_open->console().window());
    m_lock.open();
    m_open->console().show();
    m_desk->hideWindow();
}

void ConsoleProgram::chooseAnotherStore()
{
    if (!m_open)
        return;
    m_before = {m_options, m_choice};
    useLook();
    showWelcome();
    closeEngine();
}

void ConsoleProgram::goOn()
{
    closeEngine(); // of an attempt with another
    m_options = m_before.first;
    m_choice = m_before.second;
    startEngine();
}

// The nodes look for their engine where the headless one was: this one listens there.
void ConsoleProgram::takeOver()
{
    onResult(elsewhere<TakenOver>([dataDir = m_options.dataDir] { return takeStoreOver(dataDir); }), this,
             [this](const Result<TakenOver> &taken) {
                 if (!taken)
                     return showProblem(shownErrorOf(taken.error()));
                 m_tookOver = true;
                 if (m_given.listen.isEmpty()) {
                     m_options.listen = taken->listen;
                     m_options.advertise = taken->advertise;
                 }
                 closeEngine();
                 startEngine();
             });
}

void ConsoleProgram::handOver()
{
    if (!m_open || m_listens.isEmpty()) // it has not started yet
        return;
    if (!m_key.isUsed())
        return startHeadless(nullptr);
    m_key.read([this](Result<SecretBytes> key) {
        if (!key)
            return m_open->console().warn(tr("The engine cannot keep running without this console."),
                                          toQString(key.error().message));
        startHeadless(std::make_shared<SecretBytes>(std::move(*key)));
    });
}

void ConsoleProgram::startHeadless(std::shared_ptr<SecretBytes> key)
{
    const HeadlessWish wish {.program = m_options.engineProgram,
                             .dataDir = m_options.dataDir,
                             .storeUrl = m_options.storeUrl,
                             .listen = m_listens,
                             .advertise = m_options.advertise,
                             .passphraseFile = m_options.passphraseFile.isEmpty()
                                 ? QString()
                                 : QFileInfo(m_options.passphraseFile).absoluteFilePath(),
                             .key = std::move(key)};
    // No window for a moment: that does not end the program.
    QApplication::setQuitOnLastWindowClosed(false);
    closeEngine();
    m_headless.start(wish, [this](const Result<void> &started) {
        if (started) {
            emit handedOver();
            return QCoreApplication::quit();
        }
        const ShownError problem = shownErrorOf(started.error());
        connect(
            this, &ConsoleProgram::ready, this,
            [this, problem] {
                QApplication::setQuitOnLastWindowClosed(true);
                m_open->console().warn(tr("The engine cannot keep running without this console."),
                                       problem.message);
            },
            Qt::SingleShotConnection);
        useLook();
        startEngine();
    });
}

void ConsoleProgram::showProblem(const ShownError &error)
{
    const bool isKey = error.code == u"MasterKeyUnavailable";
    if (m_welcome && !isKey) {
        m_welcome->showFailure(error); // where it can be put right
        emit failed(error);
        return;
    }
    StartProblem::Ways ways;
    ways.restoreKey = isKey && m_key.isUsed();
    ways.anotherStore = isFree();
    auto problem = std::make_unique<StartProblem>(error, m_options.dataDir, ways);
    connect(
        problem.get(), &StartProblem::retryClicked, this,
        [this] {
            closeEngine();
            startEngine();
        },
        Qt::QueuedConnection); // the button's own signal is still running
    connect(problem.get(), &StartProblem::restoreClicked, this, &ConsoleProgram::restoreKey);
    connect(
        problem.get(), &StartProblem::anotherStoreClicked, this,
        [this] {
            showWelcome();
            m_problem.reset();
            closeEngine();
        },
        Qt::QueuedConnection);
    problem->show();
    if (m_desk)
        m_desk->hideWindow();
    m_welcome.reset();
    m_problem = std::move(problem);
    if (m_open) { // its window goes when another is there
        useLook();
        closeEngine();
    }
    emit failed(error);
}

void ConsoleProgram::restoreKey()
{
    auto *sheet = new KeyRestoreSheet(m_problem.get());
    connect(sheet, &KeyRestoreSheet::submitted, this,
            [this, sheet = QPointer<KeyRestoreSheet>(sheet)](const QString &file, const QString &passphrase) {
                m_key.restore(file, passphrase, [this, sheet](const ShownError &problem) {
                    if (problem.isEmpty()) {
                        closeEngine();
                        startEngine();
                    } else if (sheet) {
                        sheet->showProblem(problem);
                    }
                });
            });
    sheet->open();
}

}
