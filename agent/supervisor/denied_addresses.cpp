#include "agent/supervisor/denied_addresses.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

namespace fb::agent {

namespace ip = boost::asio::ip;

namespace {

    constexpr std::array kAlways
        = {"169.254.169.254", "169.254.169.253", "169.254.169.123", "169.254.169.250", "169.254.169.251",
           "fd00:ec2::254",   "fd00:ec2::253",   "fd00:ec2::123",   "fd00:ec2::240"};
    constexpr size_t kMostResolverBytes = 64 * 1024;

    // The IPv4 address inside, or the address itself.
    ip::address plain(const ip::address &address)
    {
        if (!address.is_v6())
            return address;
        const ip::address_v6 v6 = address.to_v6();
        const ip::address_v6::bytes_type bytes = v6.to_bytes();
        constexpr std::array<unsigned char, 12> kNat64 = {0x00, 0x64, 0xff, 0x9b};
        const bool isNat64 = std::equal(kNat64.begin(), kNat64.end(), bytes.begin());
        const bool isCompatible
            = std::all_of(bytes.begin(), bytes.begin() + 12, [](unsigned char byte) { return byte == 0; })
            && !v6.is_unspecified() && !v6.is_loopback();
        if (v6.is_v4_mapped() || isNat64 || isCompatible)
            return ip::address_v4({bytes[12], bytes[13], bytes[14], bytes[15]});
        return ip::address_v6(bytes); // without its scope
    }

    // All that a connection to it may reach: an unspecified address is this machine, and what a translator on the way makes of it is its IPv4 part.
    std::vector<ip::address> meanings(const ip::address &asked)
    {
        std::vector<ip::address> all {plain(asked)};
        if (all.front().is_unspecified()) {
            all.emplace_back(ip::address_v4::loopback());
            all.emplace_back(ip::address_v6::loopback());
        }
        if (all.front().is_v4())
            return all;
        const ip::address_v6::bytes_type b = all.front().to_v6().to_bytes();
        const auto v4 = [&](size_t one, size_t two, size_t three, size_t four) {
            all.emplace_back(ip::address_v4({b[one], b[two], b[three], b[four]}));
        };
        const auto beginsWith = [&](std::initializer_list<unsigned char> prefix) {
            return std::equal(prefix.begin(), prefix.end(), b.begin());
        };
        if (beginsWith({0x20, 0x02})) // 6to4
            v4(2, 3, 4, 5);
        if (beginsWith({0x00, 0x64, 0xff, 0x9b, 0x00,
                        0x01})) { // RFC 8215: prefixes of the site's own length (RFC 6052)
            v4(6, 7, 9, 10);
            v4(7, 9, 10, 11);
            v4(9, 10, 11, 12);
            v4(12, 13, 14, 15);
        }
        if (beginsWith({0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0})) // SIIT
            v4(12, 13, 14, 15);
        return all;
    }

    template <typename Bytes>
    bool beginsAlike(const Bytes &one, const Bytes &other, unsigned bits)
    {
        for (size_t i = 0; i < one.size() && bits > 0; ++i) {
            const unsigned here = std::min(bits, 8u);
            const auto mask = static_cast<unsigned char>(0xff << (8 - here));
            if ((one[i] & mask) != (other[i] & mask))
                return false;
            bits -= here;
        }
        return true;
    }

}

DeniedAddresses::DeniedAddresses(const std::vector<std::string> &more,
                                 const std::filesystem::path &resolverFile)
{
    for (const char *address : kAlways)
        add(address);
    std::string text(kMostResolverBytes, '\0');
    std::ifstream file(resolverFile);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<size_t>(std::max<std::streamsize>(0, file.gcount())));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string key;
        std::string server;
        words >> key >> server;
        boost::system::error_code failed;
        const ip::address address = ip::make_address(server, failed);
        if (key == "nameserver" && !failed && !plain(address).is_loopback())
            add(server);
    }
    for (const std::string &network : more)
        m_deniesAll = !add(network) || m_deniesAll;
}

bool DeniedAddresses::add(std::string_view text)
{
    const size_t slash = text.find('/');
    boost::system::error_code failed;
    const ip::address written = ip::make_address(std::string(text.substr(0, slash)), failed);
    if (failed)
        return false;
    const ip::address address = plain(written);
    const unsigned most = address.is_v4() ? 32 : 128;
    unsigned bits = most;
    if (slash != std::string_view::npos) {
        const std::string_view digits = text.substr(slash + 1);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || address != written
            || bits > most)
            return false;
    }
    m_networks.push_back({address, bits});
    return true;
}

bool DeniedAddresses::contains(const ip::address &asked) const
{
    const auto isIn = [](const ip::address &address, const Network &network) {
        if (network.base.is_v4() != address.is_v4())
            return false;
        return address.is_v4()
            ? beginsAlike(network.base.to_v4().to_bytes(), address.to_v4().to_bytes(), network.bits)
            : beginsAlike(network.base.to_v6().to_bytes(), address.to_v6().to_bytes(), network.bits);
    };
    const std::vector<ip::address> all = meanings(asked);
    return m_deniesAll || std::any_of(m_networks.begin(), m_networks.end(), [&](const Network &network) {
               return std::any_of(all.begin(), all.end(),
                                  [&](const ip::address &address) { return isIn(address, network); });
           });
}

}
