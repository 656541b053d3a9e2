#include "app/fleetsim/activation_source.h"

#include "agent/supervisor/enrolment.h"
#include "app/fleetsim/sim_fleet.h"
#include "backend/control/control_client.h"

#include <QRegularExpression>

#include <fmt/format.h>

namespace fb::sim {

namespace {
    // `flagbridge-agent ... --engine URL ... --ca-sha256 HEX`: what a node is told.
    std::string optionOf(const QString &installCommand, const QString &name)
    {
        const QRegularExpression pattern(QStringLiteral("--%1[ =]'?([^' ]+)").arg(name));
        return pattern.match(installCommand).captured(1).toStdString();
    }

    Result<SimEngine> engineOf(const QString &installCommand)
    {
        const std::string text = optionOf(installCommand, QStringLiteral("engine"));
        auto url = transport::parseEndpointUrl(text);
        if (!url)
            return url.error();
        const auto pins = agent::caPins(optionOf(installCommand, QStringLiteral("ca-sha256")));
        if (!pins)
            return makeError(errors::kInternal,
                             "the engine's answer names no CA: " + installCommand.toStdString());
        transport::ClientTlsOptions options;
        options.caSha256 = *pins;
        auto tls = transport::ClientTls::make(std::move(options));
        if (!tls)
            return tls.error();
        return SimEngine {text, *url, *tls, FB_VERSION};
    }
}

Result<Invitation> inviteNodes(const std::string &dataFolder, size_t nodes)
{
    auto client = ControlClient::connectTo(QString::fromStdString(dataFolder));
    if (!client)
        return client.error();
    Invitation invitation;
    for (size_t begin = 0; begin < nodes; begin += SimFleet::kNodesPerActivation) {
        const size_t places = std::min(SimFleet::kNodesPerActivation, nodes - begin);
        const auto made
            = (*client)->call(QStringLiteral("CreateActivation"),
                              {{QStringLiteral("IamRole"), QStringLiteral("Default")},
                               {QStringLiteral("RegistrationLimit"), static_cast<int>(places)},
                               {QStringLiteral("Description"), QStringLiteral("Simulated nodes")}});
        if (!made)
            return made.error();
        if (begin == 0) {
            const auto engine = engineOf((*made)[QStringLiteral("InstallCommand")].toString());
            if (!engine)
                return engine.error();
            invitation.engine = *engine;
        }
        invitation.activations.push_back(
            {(*made)[QStringLiteral("ActivationId")].toString().toStdString(),
             (*made)[QStringLiteral("ActivationCode")].toString().toStdString()});
    }
    return invitation;
}

}
