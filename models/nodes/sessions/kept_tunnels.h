#pragma once
// The tunnels that are kept open, as they outlive the console. What a file says that is no tunnel is left out. Pure; any thread.

#include "models/nodes/sessions/tunnel_row.h"

#include <QByteArray>
#include <QList>

namespace fb {

inline constexpr qsizetype kMostKeptTunnels = 200;

QByteArray keptTunnelsToBytes(const QList<TunnelWish> &wishes);
QList<TunnelWish> keptTunnelsFromBytes(const QByteArray &bytes);

}
