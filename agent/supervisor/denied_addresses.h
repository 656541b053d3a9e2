#pragma once
// Addresses that no tunnel reaches from a node (spec/session-manager.md 3.5): the cloud's services on it, its DNS servers, and what the engine
// names besides. Asked of addresses, after a name was resolved. A value; one thread at a time.

#include <boost/asio/ip/address.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

class DeniedAddresses
{
public:
    // The fixed ones, the name servers of `resolverFile`, and `more`: addresses and networks ("10.0.0.0/8"). What cannot be read of the file is
    // left out; what cannot be read of `more` denies everything, since its sense is not known. A name server on loopback is no border: the
    // node's loopback is what a local port session reaches anyway.
    explicit DeniedAddresses(const std::vector<std::string> &more,
                             const std::filesystem::path &resolverFile = "/etc/resolv.conf");

    // An IPv4 address written as an IPv6 one (mapped, compatible, NAT64) counts as what it stands for.
    bool contains(const boost::asio::ip::address &address) const;

private:
    struct Network {
        boost::asio::ip::address base;
        unsigned bits = 0; // of the base that count
    };
    bool add(std::string_view text);

    std::vector<Network> m_networks;
    bool m_deniesAll = false;
};

}
