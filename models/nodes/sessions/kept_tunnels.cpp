#include "models/nodes/sessions/kept_tunnels.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kLongestText = 256;
    constexpr int kMostPort = 65535;
}

QByteArray keptTunnelsToBytes(const QList<TunnelWish> &wishes)
{
    QJsonArray all;
    for (const TunnelWish &wish : wishes)
        all.append(QJsonObject {{u"node"_s, wish.nodeId},
                                {u"host"_s, wish.host},
                                {u"port"_s, wish.port},
                                {u"localPort"_s, wish.localPort},
                                {u"name"_s, wish.name}});
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

QList<TunnelWish> keptTunnelsFromBytes(const QByteArray &bytes)
{
    QList<TunnelWish> wishes;
    const QJsonArray all = QJsonDocument::fromJson(bytes).array();
    for (const QJsonValue &each : all) {
        if (wishes.size() == kMostKeptTunnels)
            break;
        const QJsonObject json = each.toObject();
        TunnelWish wish;
        wish.nodeId = json[u"node"].toString().left(kLongestText);
        wish.host = json[u"host"].toString().left(kLongestText);
        wish.port = json[u"port"].toInt();
        wish.localPort = json[u"localPort"].toInt(-1);
        wish.name = json[u"name"].toString().left(kLongestText / 2);
        wish.keepOpen = true;
        if (!wish.nodeId.isEmpty() && wish.port >= 1 && wish.port <= kMostPort && wish.localPort >= 0
            && wish.localPort <= kMostPort)
            wishes.append(wish);
    }
    return wishes;
}

}
