#pragma once
// The AWS wire: HTTP in, SigV4 checked, calls of the operation table out (design 9). Whatever is wrong with a request is answered before
// the engine hears of it. Lives on the engine thread.

#include "backend/api/http_server.h"
#include "backend/api/operation_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/core/random.h"
#include "backend/security/access_key_ring.h"
#include "backend/store/fleet_identity.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace fb {

class ApiGate;
class RefusalLog;
struct AwsCall;

struct ApiOptions {
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 8444; // 0: any free one
    QString hostName; // another name that clients may call it by
    QByteArray certificatePem; // empty: no TLS, on loopback only
    SecretBytes keyPem;
    double requestsPerSecond = 1000; // of one access key
    FleetIdentity fleet {}; // whose ARNs the answers name
    RefusalLog *refusals = nullptr; // borrowed; none: refusals are told to nobody
};

class ApiServer : public QObject
{
    Q_OBJECT

public:
    // Runs `then` after what the call wrote is committed, with the outcome.
    using AfterCommit = std::function<void(std::function<void(const Result<void> &)> then)>;

    ApiServer(const OperationTable &operations, AccessKeyRing &keys, const Clock &clock, Random &random,
              AfterCommit afterCommit, QObject *parent = nullptr);
    ~ApiServer() override;

    // Who takes the data channels of sessions: /v1/data-channel/<session>. Asked on the wire's thread. Before start().
    using Channels = std::function<SocketOpened(const QString &session, const QString &peer)>;
    void serveChannels(Channels channels) { m_channels = std::move(channels); }
    QString
    channelUrl(const QString &session) const; // for a client, "ws://127.0.0.1:8444/v1/data-channel/..."

    // ValidationException: an address that is not loopback and no certificate; ServiceUnavailable: it cannot listen there.
    Result<QString> start(ApiOptions options); // http://127.0.0.1:8444
    void stop();

private:
    struct Caller {
        Principal who;
        QString accessKeyId;
        QString service;
    };
    void run(const AwsCall &call, const Caller &caller, const std::string &requestId,
             const HttpServer::Answer &answer) const;
    void noteDenied(const AwsCall &call, const Caller &caller, const Result<QJsonObject> &outcome,
                    qint64 toldBefore) const;

    const OperationTable &m_operations;
    AccessKeyRing &m_keys;
    const Clock &m_clock;
    Random &m_random;
    Result<SocketOpened> openChannel(const HttpRequest &request) const;

    AfterCommit m_afterCommit;
    FleetIdentity m_fleet;
    Channels m_channels;
    QString m_channelBase; // "ws://127.0.0.1:8444"
    RefusalLog *m_refusals = nullptr;
    std::unique_ptr<ApiGate> m_gate;
    std::unique_ptr<HttpServer> m_server; // before the gate: its thread calls into it
};

}
