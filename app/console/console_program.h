#pragma once
// The console as a program: welcome, the engine on its thread, the console over it; from start to stop. Main thread.

#include "app/console/headless_engine.h"
#include "app/console/keychain_key.h"
#include "app/console/language.h"
#include "app/console/open_console.h"
#include "app/console/sign_in_desk.h"
#include "backend/security/os_keychain.h"
#include "models/setup/store_choice.h"

namespace fb {

struct ConsoleOptions {
    QString dataDir; // empty: the user's own
    QString storeUrl;
    QString listen; // "127.0.0.1:8443"; empty: that, or any free port with the demo fleet
    QString advertise; // what nodes are told; empty: the address it listens on
    QString passphraseFile; // instead of the keychain
    QString language; // "en", "ja"; empty: as kept, or the system's
    QString theme; // "light", "dark", "system"; empty: as kept
    QString agentProgram; // empty: flagbridge-agent beside this program
    QString engineProgram; // empty: flagbridge-engine beside this program
    bool demo = false; // start the demo fleet at once
    bool welcomes = false; // asks for a store where there is none and no option says which
};

class StartProblem;
class WelcomeWindow;

class ConsoleProgram : public QObject
{
    Q_OBJECT
public:
    // `keychain`: instead of the desktop's, for tests; outlives this.
    explicit ConsoleProgram(const ConsoleOptions &options, Keychain *keychain = nullptr,
                            QObject *parent = nullptr);
    ~ConsoleProgram() override; // ends the demo's agents, then the engine, and waits for it

    void start(); // shows the window while the engine starts, or why it does not, or the welcome
    const QString &dataDir() const { return m_given.dataDir; } // as it was started
    // Of the console that is open; console() is null while none is.
    Console *console() { return m_open ? &m_open->console() : nullptr; }
    SignInDesk *desk() { return m_desk.get(); } // null before there is an engine
    DemoFleet *demo() { return &m_open->demo(); }
    FleetViewModel *fleet() { return &m_open->fleet(); }
    RunsViewModel *runs() { return &m_open->runs(); }
    WelcomeWindow *welcome() { return m_welcome.get(); } // null while it is not shown

signals:
    void ready(); // the engine has started, and somebody is at the console
    void failed(const fb::ShownError &error);
    void handedOver(); // a headless engine goes on; the program ends

private:
    Result<EngineOptions> engineOptions() const;
    quint16 demoPort() const; // 0: any
    bool isFree() const; // no option says which store
    void useLook(); // of windows before there is a console
    void showWelcome();
    void begin(const StoreChoice &choice);
    void apply(const StoreChoice &choice);
    void startEngine();
    void closeEngine(); // and the console on it; waits
    void takeOver();
    void handOver();
    void startHeadless(std::shared_ptr<SecretBytes> key); // null: not in the keychain
    void open(); // the console, before or after its engine has started
    void onStarted(const Result<EngineInfo> &info);
    void onSeated(); // who may be at the console is known
    void onLeft(); // nobody is any more
    void onLocked(bool locked);
    void chooseAnotherStore();
    void goOn(); // with the store as it was
    void showProblem(const ShownError &error);
    void restoreKey();

    ConsoleOptions m_given;
    ConsoleOptions m_options; // with what was chosen
    std::optional<StoreChoice> m_choice; // kept once the engine has started with it
    QPair<ConsoleOptions, std::optional<StoreChoice>> m_before; // while another store is chosen
    OsKeychain m_desktopKeychain;
    KeychainKey m_key;
    bool m_tookOver = false; // from a headless engine
    QString m_listens; // "127.0.0.1:8443": where nodes come in; empty until the engine has started
    HeadlessEngine m_headless;
    std::unique_ptr<Language> m_language; // until there is a console, which has its own
    // The engine has stopped before what reads from it goes.
    std::unique_ptr<EngineThread> m_engine;
    std::unique_ptr<SignInDesk> m_desk;
    std::unique_ptr<OpenConsole> m_open;
    std::vector<std::unique_ptr<OpenConsole>> m_left; // of those who signed out; they go with the engine
    std::optional<EngineInfo> m_info; // of the engine that has started
    LockScreen m_lock;
    std::unique_ptr<WelcomeWindow> m_welcome;
    std::unique_ptr<StartProblem> m_problem;
};

}
