#pragma once
// The engine in this process, as a console has it, and real agents over loopback TLS; sessions on them with their terminals. Everything
// ends with it.

#include "backend/engine/engine_thread.h"
#include "models/nodes/sessions/session_link.h"
#include "models/nodes/sessions/session_links_feed.h"
#include "models/terminal/terminal_model.h"
#include "tests/support/test_process.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace fb::test {

class LiveFleet
{
public:
    LiveFleet();
    ~LiveFleet();

    bool startEngine(); // the same port again after the first time
    void stopEngine();
    // Starts agents instead of this class, which then cannot kill them; `command`: program and arguments.
    using Launcher = std::function<void(const QStringList &command)>;
    void setLauncher(Launcher launcher) { m_launcher = std::move(launcher); }
    bool startAgent(size_t number = 0); // enrols the first time; then waits until it is connected
    void killAgent(size_t number = 0)
    {
        m_agents[number].process->kill9();
    } // the supervisor: its workers live on
    qint64 agentPid(size_t number = 0) const { return m_agents[number].process->pid(); }
    void setAgentArguments(const QStringList &more) { m_agentArguments = more; } // of those that are started
    QByteArray agentLog(size_t number = 0); // since its last start
    QString folder() const { return m_folder.path(); } // of the engine's and the agents' files
    QString nodeId(size_t number = 0) const { return m_agents[number].nodeId; }
    EngineThread &engine() { return *m_engine; }
    SessionLinksFeed &links() { return *m_links; }
    // Runs on the engine's thread and waits for what it answers.
    template <typename Fn>
    auto ask(Fn fn)
    {
        auto future = m_engine->post(std::move(fn));
        future.waitForFinished();
        return future.result();
    }

private:
    void endSessions();

    QTemporaryDir m_folder;
    QStringList m_agentArguments;
    quint16 m_port = 0;
    EngineInfo m_info;
    std::unique_ptr<EngineThread> m_engine;
    std::unique_ptr<SessionLinksFeed> m_links;
    struct Agent {
        QString nodeId;
        std::unique_ptr<TestProcess> process;
        QByteArray log;
    };
    std::vector<Agent> m_agents;
    Launcher m_launcher;
};

// A session with its terminal, wired as a pane wires them.
class LiveTerminal : public QObject
{
public:
    LiveTerminal(LiveFleet &fleet, TerminalThread &thread, const TerminalSetup &setup = {}, size_t agent = 0);

    void type(const QByteArray &text) { link.type(text); }
    QString shown() const; // the view's rows, trailing blanks cut
    QString everything(); // history and screen; waits
    bool shows(const QString &text, int milliseconds = 15'000);
    // What `command` prints, once it has; a shell must be at its prompt.
    QString answerTo(const QByteArray &command);

    TerminalModel model;
    SessionLink link;
    bool consumes = true; // false: as a client that does not look

private:
    qint64 m_withheld = 0;
    int m_answers = 0;
};

}
