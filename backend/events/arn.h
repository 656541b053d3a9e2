#pragma once
// The names of our resources as AWS writes them: arn:aws:<service>:<region>:<account>:<resource>. Any thread.

#include "backend/core/ids.h"
#include "backend/store/fleet_identity.h"

#include <QString>

namespace fb {

QString arn(const FleetIdentity &fleet, const QString &service, const QString &resource);

QString nodeArn(const FleetIdentity &fleet, const NodeId &node); // ssm ...:managed-instance/mi-...
QString commandArn(const FleetIdentity &fleet, const CommandId &command); // ssm ...:command/<id>
QString documentArn(const FleetIdentity &fleet, const QString &name); // ssm ...:document/<name>
QString parameterArn(const FleetIdentity &fleet,
                     const QString &name); // ssm ...:parameter/a/b of /a/b, parameter/x of x and /x
QString sessionArn(const FleetIdentity &fleet, const SessionId &session); // ssm ...:session/<id>
QString activationArn(const FleetIdentity &fleet, const ActivationId &activation); // ssm ...:activation/<id>

// "managed-instance/mi-..." of an ARN of this fleet; empty for any other text.
QString arnResource(const FleetIdentity &fleet, const QString &text);

}
