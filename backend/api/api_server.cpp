#include "backend/api/api_server.h"

#include "backend/api/api_gate.h"
#include "backend/api/aws_call.h"
#include "backend/api/refusal_log.h"
#include "backend/api/region_arns.h"
#include "backend/base/fail.h"
#include "backend/base/qt_text.h"
#include "backend/core/url_text.h"

#include <QHostAddress>
#include <QUrl>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::string_view kChannelPath = "/v1/data-channel/";
    constexpr std::string_view kChannelRole
        = "publish_subscribe"; // of a client; agents have a way of their own
}

ApiServer::ApiServer(const OperationTable &operations, AccessKeyRing &keys, const Clock &clock,
                     Random &random, AfterCommit afterCommit, QObject *parent)
    : QObject(parent),
      m_operations(operations),
      m_keys(keys),
      m_clock(clock),
      m_random(random),
      m_afterCommit(std::move(afterCommit))
{
}

ApiServer::~ApiServer() { stop(); }

Result<QString> ApiServer::start(ApiOptions options)
{
    const QHostAddress address(options.address);
    if (address.isNull())
        return fail(errors::kValidation, u"\"%1\" is no address to listen on."_s.arg(options.address),
                    u"api"_s);
    const bool usesTls = !options.certificatePem.isEmpty();
    if (!address.isLoopback() && !usesTls)
        return fail(
            errors::kValidation,
            u"The API listens on %1, which other machines reach: give it a certificate, or an address "
            "of this machine alone such as 127.0.0.1."_s.arg(options.address),
            u"api"_s);
    std::vector<std::string> hosts {"localhost", "127.0.0.1", "[::1]"};
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    hosts.push_back(toStd(isV6 ? u'[' + address.toString() + u']' : address.toString()));
    if (!options.hostName.isEmpty())
        hosts.push_back(toStd(options.hostName.toLower()));
    m_fleet = options.fleet;
    m_refusals = options.refusals;
    ApiGate::Refused refused;
    if (m_refusals) {
        refused = [refusals = m_refusals](const Principal &who, const QString &key, const Error &error) {
            refusals->note({.who = who,
                            .accessKeyId = key,
                            .operation = u"flagbridge:Authenticate"_s,
                            .result = toQString(error.code.name())});
        };
    }
    m_gate = std::make_unique<ApiGate>(m_keys, m_clock, std::move(hosts), options.requestsPerSecond,
                                       std::move(refused));
    HttpServerOptions http {.address = toStd(options.address),
                            .port = options.port,
                            .certificatePem = options.certificatePem.toStdString(),
                            .keyPem = std::move(options.keyPem)};
    auto server = HttpServer::start(
        std::move(http),
        [this](const HttpRequest &request, const HttpServer::Answer &answer) {
            const std::string requestId = newUuid(m_random);
            const auto admitted = m_gate->admit(request);
            auto call
                = admitted ? readAwsCall(request, admitted->service) : Result<AwsCall>(admitted.error());
            if (!call)
                return answer(errorAnswer(protocolOf(request), call.error(), requestId));
            const QString region = toQString(admitted->region);
            call->region = isRegionName(region) ? region : m_fleet.region;
            call->input = fromRegion(std::move(call->input), m_fleet, call->region);
            QMetaObject::invokeMethod(
                this,
                [this, call = std::move(*call),
                 caller = Caller {admitted->who, admitted->accessKeyId, toQString(admitted->service)},
                 requestId, answer] { run(call, caller, requestId, answer); },
                Qt::QueuedConnection);
        },
        [this](const HttpRequest &request) { return openChannel(request); });
    if (!server)
        return server.error();
    m_server = std::move(*server);
    const QString name = isV6 ? u'[' + options.address + u']' : options.address;
    m_channelBase
        = u"%1://%2:%3"_s
              .arg(usesTls ? u"wss"_s : u"ws"_s, options.hostName.isEmpty() ? name : options.hostName)
              .arg(m_server->port());
    return u"%1://%2:%3"_s.arg(usesTls ? u"https"_s : u"http"_s, name).arg(m_server->port());
}

QString ApiServer::channelUrl(const QString &session) const
{
    if (m_channelBase.isEmpty())
        return {};
    return m_channelBase + toQString(kChannelPath) + QString::fromLatin1(QUrl::toPercentEncoding(session))
        + u"?role="_s + toQString(kChannelRole);
}

Result<SocketOpened> ApiServer::openChannel(const HttpRequest &request) const
{
    if (auto known = m_gate->checkHost(request); !known)
        return known.error();
    const auto session = request.path.starts_with(kChannelPath)
        ? percentDecoded(std::string_view(request.path).substr(kChannelPath.size()))
        : std::nullopt;
    if (!m_channels || !session || session->empty() || session->size() > 96)
        return makeError(errors::kUnknownOperation, "There is no data channel at this place.");
    if (request.query != "role=" + std::string(kChannelRole))
        return makeError(errors::kValidation, "role must be " + std::string(kChannelRole) + '.', "role");
    const QString peer = toQString(request.peer);
    return m_channels(toQString(*session), peer.left(peer.lastIndexOf(u':')));
}

void ApiServer::stop()
{
    m_server.reset(); // joins its thread
    m_gate.reset();
}

// Most services tell the audit log of what they refuse; the wire does for those that do not.
void ApiServer::noteDenied(const AwsCall &call, const Caller &caller, const Result<QJsonObject> &outcome,
                           qint64 toldBefore) const
{
    if (!m_refusals || outcome || outcome.error().code != errors::kAccessDenied
        || m_refusals->refusalsTold() != toldBefore)
        return;
    m_refusals->note({.who = caller.who,
                      .accessKeyId = caller.accessKeyId,
                      .operation = caller.service + u':' + call.operation,
                      .result = toQString(outcome.error().code.name())});
}

void ApiServer::run(const AwsCall &call, const Caller &caller, const std::string &requestId,
                    const HttpServer::Answer &answer) const
{
    if (!m_operations.contains(call.operation))
        return answer(errorAnswer(
            call.protocol,
            qtError(errors::kUnknownOperation, u"%1 is not offered by this engine."_s.arg(call.operation)),
            requestId));
    const qint64 toldBefore = m_refusals ? m_refusals->refusalsTold() : 0;
    m_operations.call(
        call.operation, caller.who, call.input,
        [this, afterCommit = m_afterCommit, call, caller, requestId, answer,
         toldBefore](const Result<QJsonObject> &full) {
            noteDenied(call, caller, full, toldBefore);
            const auto output = full.map([&](const QJsonObject &all) {
                return toRegion(m_operations.withoutOwnMembers(call.operation, all), m_fleet, call.region);
            });
            afterCommit([call, requestId, answer, output](const Result<void> &committed) {
                if (output && committed)
                    return answer(successAnswer(call, *output, requestId));
                answer(errorAnswer(call.protocol, output ? committed.error() : output.error(), requestId));
            });
        });
}

}
