#pragma once
// What ForwardStreams asks of the network: TCP connections from this node. TcpForwards makes real ones; tests answer from memory. All calls and
// all events are on the owner's thread, and an event never arrives from inside a call.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

using ForwardNumber = uint64_t; // never used twice

struct ForwardTarget {
    std::string host; // a name or an address, resolved here; empty: this node's loopback
    uint16_t port = 0;
    std::vector<std::string> denied; // beyond what is always denied
};

class ForwardEvents
{
public:
    virtual void forwardConnected(ForwardNumber number, const std::string &address) = 0;
    // Answers connect(); the number is gone. `code`: "denied", "failed".
    virtual void forwardFailed(ForwardNumber number, std::string_view code, const std::string &text) = 0;
    virtual void forwardReceived(ForwardNumber number, std::string_view bytes) = 0; // as many as were allowed
    virtual void forwardTaken(ForwardNumber number, uint64_t bytes) = 0; // of write(): the kernel has them
    virtual void forwardEnded(ForwardNumber number) = 0; // the far end sends no more
    virtual void forwardBroken(ForwardNumber number, const std::string &text) = 0; // the number is gone

protected:
    ~ForwardEvents() = default;
};

class ForwardHost
{
public:
    virtual ~ForwardHost() = default;
    virtual void setEvents(ForwardEvents *events) = 0; // null: nobody
    virtual void connect(ForwardNumber number, const ForwardTarget &target) = 0;
    virtual void allow(ForwardNumber number, uint64_t bytes) = 0; // so many more may be received
    virtual void write(ForwardNumber number, std::string_view bytes) = 0;
    virtual void finish(ForwardNumber number) = 0; // after what was written: the far end reads its end
    // Gone at once. `clean`: what was written still goes out; else the far end is told that it broke.
    virtual void close(ForwardNumber number, bool clean) = 0;
};

}
