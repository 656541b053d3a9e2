#pragma once
// Parameters below /aws/service that every fleet has: its region, the builds of the agent it offers (spec/parameter-store.md 3.9). Read
// only; shown where a name or path begins with /aws. Engine thread.

#include "backend/applications/parameters/parameter.h"
#include "backend/store/fleet_identity.h"

#include <functional>
#include <map>

namespace fb {

struct OfferedAgent {
    QString platform; // "linux"
    QString architecture; // "x86_64"
    QString version;
    QString url;
    QString sha256;
};

class PublicParameters
{
public:
    explicit PublicParameters(const FleetIdentity &fleet) : m_fleet(fleet) { }
    void setAgents(std::function<QList<OfferedAgent>()> agents) { m_agents = std::move(agents); }

    static bool isPublic(const QString &canonicalName); // also of a path
    std::map<QString, QString> all() const; // name -> value, in byte order
    std::optional<Parameter> find(const QString &canonicalName) const;
    Parameter parameter(const QString &name, const QString &value) const;
    ParameterMetadata metadata(const QString &name) const;

private:
    FleetIdentity m_fleet;
    std::function<QList<OfferedAgent>()> m_agents;
};

}
