#pragma once
// The pty streams of one node: opened by the engine, resumed by their token, over terminals that live in workers. A terminal's bytes are
// kept there until the engine has acknowledged them; here passes only what the stream has credit for. Part of NodeCore.

#include "agent/supervisor/worker_host.h"
#include "backend/protocol/link.h"
#include "backend/protocol/offset_runs.h"

#include <map>

namespace fb::agent {

class TerminalStreams
{
public:
    explicit TerminalStreams(WorkerHost &host) : m_host(host) { }

    void start(); // takes up what an earlier supervisor left
    void linkUp(protocol::Link &link);
    void linkDown();
    void fill(wire::Hello &hello) const; // the streams that live on

    void openReceived(const protocol::StreamOpenReceived &open);
    bool owns(protocol::StreamNumber stream) const { return m_byStream.contains(stream); }
    void dataReceived(protocol::StreamNumber stream, uint64_t offset, std::string_view bytes);
    void acknowledged(protocol::StreamNumber stream, uint64_t offset);
    void resized(protocol::StreamNumber stream, uint32_t columns, uint32_t rows);
    void signalled(protocol::StreamNumber stream, int number);
    void finished(protocol::StreamNumber stream, const wire::Fin &fin);
    void reset(protocol::StreamNumber stream, const std::string &code);
    void endAll(std::string_view reason); // no engine will ask for them again

    void terminalStarted(const TerminalState &state);
    void terminalFailed(const std::string &token, const Error &error);
    void terminalOutput(const std::string &token, uint64_t offset, std::string_view bytes, bool isError);
    void inputTaken(const std::string &token, uint64_t bytes, bool echo);
    void terminalEnded(const std::string &token, uint64_t finalOffset, int exitCode,
                       const std::string &reason);

    void passCredit(); // after frames were received: what the link may take now, the terminals may send
    size_t count() const { return m_terminals.size(); }

private:
    struct Terminal {
        TerminalState state;
        bool started = false;
        protocol::StreamNumber stream = 0;
        bool reportsEcho = false; // the engine records what is typed
        uint64_t inputTaken = 0; // offset after what the terminal has taken
        uint64_t wantedFrom = 0; // of the OPEN that waits for the start
        uint64_t grantedUpTo = 0; // offset up to which the worker may send
        uint64_t receivedUpTo = 0; // what has come from the worker since the stream was attached
        std::string waiting; // came from the worker, not yet taken by the link
        protocol::OffsetRuns errors; // of it: standard error's
        uint64_t acknowledged = 0;
        bool ended = false;
        bool finSent = false;
        uint64_t finalOffset = 0;
        int exitCode = 0;
        std::string reason;
    };

    void attach(const std::string &token, Terminal &terminal);
    void writeWaiting(Terminal &terminal);
    void flush(const std::string &token, Terminal &terminal);
    void finishIfDone(const std::string &token);
    void detach(Terminal &terminal);
    void giveUp(const std::string &token, std::string_view reason);
    Terminal *at(protocol::StreamNumber stream);

    WorkerHost &m_host;
    protocol::Link *m_link = nullptr;
    std::map<std::string, Terminal> m_terminals; // by token
    std::map<protocol::StreamNumber, std::string> m_byStream;
};

}
