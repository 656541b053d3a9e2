#include "backend/applications/parameters/public_parameters.h"

#include "backend/applications/parameters/parameter_checks.h"

namespace fb {

using namespace Qt::StringLiterals;

bool PublicParameters::isPublic(const QString &canonicalName)
{
    return canonicalName == u"/aws"_s || canonicalName.startsWith(u"/aws/"_s);
}

std::map<QString, QString> PublicParameters::all() const
{
    std::map<QString, QString> values;
    values[u"/aws/service/global-infrastructure/regions/%1/longName"_s.arg(m_fleet.region)] = m_fleet.region;
    if (!m_agents)
        return values;
    for (const OfferedAgent &agent : m_agents()) {
        const QString folder
            = u"/aws/service/flagbridge/agent/%1/%2/"_s.arg(agent.platform, agent.architecture);
        values.emplace(folder + u"version"_s, agent.version); // the first of them is the highest
        values.emplace(folder + u"url"_s, agent.url);
        values.emplace(folder + u"sha256"_s, agent.sha256);
    }
    return values;
}

std::optional<Parameter> PublicParameters::find(const QString &canonicalName) const
{
    const std::map<QString, QString> values = all();
    const auto found = values.find(canonicalName);
    return found == values.end() ? std::nullopt : std::optional(parameter(found->first, found->second));
}

Parameter PublicParameters::parameter(const QString &name, const QString &value) const
{
    return {.name = name,
            .type = ParameterKind::String,
            .value = value,
            .version = 1,
            .selector = {},
            .modifiedAt = {},
            .arn = u"arn:aws:ssm:%1::parameter%2"_s.arg(m_fleet.region, name), // nobody's account
            .dataType = kTextDataType};
}

ParameterMetadata PublicParameters::metadata(const QString &name) const
{
    const Parameter plain = parameter(name, {});
    return {.name = name,
            .arn = plain.arn,
            .type = plain.type,
            .keyId = {},
            .modifiedAt = {},
            .modifiedBy = {},
            .description = {},
            .allowedPattern = {},
            .version = plain.version,
            .tier = ParameterTier::Standard,
            .policies = {},
            .dataType = plain.dataType};
}

}
