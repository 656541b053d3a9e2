#pragma once
// The yardstick of the gateway: TLS 1.3 with certificates on both sides and nothing else, client and server in one thread over memory.

#include <cstddef>
#include <memory>

namespace fb::bench {

class BareTls
{
public:
    BareTls(); // makes a CA and two P-256 leaves
    ~BareTls();
    BareTls(const BareTls &) = delete;
    BareTls &operator=(const BareTls &) = delete;

    // CPU of the server alone, milliseconds a handshake, over `count` of them.
    double fullHandshakeMs(int count);
    double resumedHandshakeMs(int count);
    // CPU of the server for one record received and one sent, of so many bytes.
    double recordPairMs(size_t bytes, int count);

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
