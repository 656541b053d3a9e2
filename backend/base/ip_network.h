#pragma once
// An address or a network as operators write them: "192.0.2.1", "192.0.2.0/24", "2001:db8::/32". Any thread.

#include <QHostAddress>
#include <QPair>
#include <QString>

#include <optional>

namespace fb {

using IpNetwork = QPair<QHostAddress, int>; // and the length of its prefix

// An address alone is a network of one. Nothing: it is neither; "192.0.2" is not, which Qt would read as 192.0.0.2.
std::optional<IpNetwork> ipNetworkOf(const QString &text);

}
