#include "backend/events/arn.h"

#include "backend/base/qt_text.h"

namespace fb {

using namespace Qt::StringLiterals;

QString arn(const FleetIdentity &fleet, const QString &service, const QString &resource)
{
    return u"arn:aws:%1:%2:%3:%4"_s.arg(service, fleet.region, fleet.accountId, resource);
}

QString nodeArn(const FleetIdentity &fleet, const NodeId &node)
{
    return arn(fleet, u"ssm"_s, u"managed-instance/"_s + toQString(node));
}

QString commandArn(const FleetIdentity &fleet, const CommandId &command)
{
    return arn(fleet, u"ssm"_s, u"command/"_s + toQString(command));
}

QString documentArn(const FleetIdentity &fleet, const QString &name)
{
    return arn(fleet, u"ssm"_s, u"document/"_s + name);
}

QString parameterArn(const FleetIdentity &fleet, const QString &name)
{
    return arn(fleet, u"ssm"_s, u"parameter/"_s + (name.startsWith(u'/') ? name.mid(1) : name));
}

QString sessionArn(const FleetIdentity &fleet, const SessionId &session)
{
    return arn(fleet, u"ssm"_s, u"session/"_s + toQString(session));
}

QString activationArn(const FleetIdentity &fleet, const ActivationId &activation)
{
    return arn(fleet, u"ssm"_s, u"activation/"_s + toQString(activation));
}

QString arnResource(const FleetIdentity &fleet, const QString &text)
{
    const QStringList parts = text.split(u':');
    if (parts.size() < 6 || parts[0] != u"arn"_s || parts[1] != u"aws"_s || parts[3] != fleet.region
        || parts[4] != fleet.accountId)
        return {};
    return parts.mid(5).join(u':');
}

}
