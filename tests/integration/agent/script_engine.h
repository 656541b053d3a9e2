#pragma once
// The engine's side of the agent protocol, driven by a test: real TLS, real WebSockets, a throwaway CA, and no store. Agents enrol with
// any code. Everything happens inside wait(); one thread.

#include "backend/core/random.h"
#include "backend/protocol/link.h"
#include "backend/transport/server_connection.h"
#include "tests/support/test_certificates.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fb::test {

class ScriptEngine
{
public:
    ScriptEngine();
    ~ScriptEngine();

    QString url() const;
    QString caSha256() const;

    // Runs until the condition holds; false after so many milliseconds.
    bool wait(const std::function<bool()> &condition, int milliseconds = 15000);
    void waitFor(int milliseconds);

    // ---- The node's link (the tests here have one node at a time)
    bool isConnected() const; // HELLO and WELCOME have passed
    void cut(); // the socket, without a word
    void refuseConnections(bool refuse) { m_refusing = refuse; } // the network is down
    protocol::Link *link();

    // ---- Orders; ids follow from the number. `document`: JSON of a Command document
    void order(uint64_t dispatchSeq, const std::string &document, const std::string &parameters = "{}");
    void call(const std::string &reference, const std::string &content,
              const std::string &format = "JSON"); // goes with every order from now on
    void script(uint64_t dispatchSeq, const std::string &script,
                const std::string &extraInputs = {}); // one shell step
    void cancel(uint64_t dispatchSeq);
    bool hasStarted(uint64_t dispatchSeq) const { return started.contains(orderId(dispatchSeq)); }
    bool hasResult(uint64_t dispatchSeq) const { return results.contains(orderId(dispatchSeq)); }
    wire::OrderResult result(uint64_t dispatchSeq) const { return results.at(orderId(dispatchSeq)); }
    std::string output(uint64_t dispatchSeq, int step = 0, const char *pipe = "out") const;
    bool outputEnded(uint64_t dispatchSeq, int step = 0, const char *pipe = "out") const;
    static std::string orderId(uint64_t dispatchSeq);
    static std::string document(const std::vector<std::string> &steps); // of a 2.2 document; each is JSON
    static std::string shellStep(const std::string &name, const std::string &script,
                                 const std::string &extraInputs = {});

    // ---- Files, by their SHA-256 (raw); agent builds and attachments go with every order from now on
    std::map<std::string, std::string> files;
    std::vector<wire::AgentBuild> builds;
    std::vector<wire::Attachment> attachments;
    std::vector<std::string> filesAsked; // hashes
    bool refuseFilesAsBusy = false;
    std::string releaseKey; // of the answer to an enrolment

    // ---- Terminals
    protocol::StreamNumber openTerminal(const wire::Open &open, bool resumed = false);

    // ---- What came
    wire::Hello hello;
    wire::EnrolRequest enrolRequest;
    std::set<std::string> started; // order ids
    std::map<std::string, wire::OrderResult> results;
    std::map<std::string, int> resultsCount;
    std::map<std::string, std::string> refusals;
    std::vector<wire::CancelResult> cancelResults;
    std::vector<wire::MetricReport> metrics;
    std::vector<wire::OrderStep> steps;
    std::vector<std::string> goodbyes; // reasons of GOAWAY
    std::map<std::string, std::string> stored; // output by token
    std::map<std::string, uint64_t> dropped;
    std::set<std::string> ended;
    std::map<std::string, std::chrono::steady_clock::time_point> firstBytes;
    std::string terminalOutput;
    std::string terminalErrors; // of it, what was marked as standard error
    std::vector<std::pair<uint64_t, bool>> inputGiven; // below which offset, with which ECHO
    std::optional<wire::Opened> terminalOpened;
    std::optional<protocol::StreamRefused> terminalRefused;
    std::optional<wire::Fin> terminalFin;
    int connections = 0;
    int enrolments = 0;
    std::vector<bool> resumed; // by a TLS ticket, in the order of connections
    std::vector<std::string> serials; // of the client certificates, in the order of connections

    // ---- How it answers
    bool settles = true;
    bool dropEnrolAnswer = false; // cuts instead of answering, once
    std::string enrolError; // code
    bool renewOnWelcome = false;
    std::chrono::seconds certificateLife {3600};
    uint64_t window = 1024 * 1024;

private:
    struct Node;
    void accept();
    void request(const std::shared_ptr<transport::ServerConnection> &connection,
                 transport::ServerRequest request);
    void enrol(const std::shared_ptr<transport::ServerConnection> &connection, const std::string &body);
    void handle(Node &node, const protocol::LinkEvent &event);
    void control(Node &node, const protocol::ControlReceived &control);
    void pump();
    void giveFile(Node &node, protocol::StreamNumber stream);

    SystemClock m_clock;
    SecureRandom m_random;
    boost::asio::io_context m_context;
    boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>
        m_acceptor;
    TestCa m_ca;
    std::shared_ptr<const transport::ServerTls> m_tls;
    std::shared_ptr<const std::vector<transport::ServedRequest>> m_served;
    std::unique_ptr<Node> m_node;
    std::map<std::string, std::string> m_nodeIds; // by nonce
    std::vector<std::pair<wire::OrderHead, wire::OrderBody>> m_outbox; // not settled
    std::vector<wire::CalledDocument> m_called;
    std::set<std::string> m_everSettled;
    bool m_refusing = false;
};

}
