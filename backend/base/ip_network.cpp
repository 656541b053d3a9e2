#include "backend/base/ip_network.h"

namespace fb {

std::optional<IpNetwork> ipNetworkOf(const QString &text)
{
    if (!text.contains(u':') && text.count(u'.') != 3)
        return std::nullopt;
    const QHostAddress single(text);
    if (!single.isNull() && single.scopeId().isEmpty())
        return IpNetwork {single, single.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128};
    const IpNetwork network = QHostAddress::parseSubnet(text);
    return text.contains(u'/') && network.second >= 0 && !network.first.isNull() ? std::optional(network)
                                                                                 : std::nullopt;
}

}
