#pragma once
// What an operator pastes to bring nodes in, from an activation that was just made (spec/fleet-manager.md B5). The code reaches the agent
// through its standard input or a file, so that it stands in no list of processes. Any thread.

#include "models/nodes/fleet/fleet_source.h"

namespace fb {

enum class EnrolmentWay { Command, CloudInit, Ansible, Hosts };

class EnrolmentTexts
{
    Q_DECLARE_TR_FUNCTIONS(fb::EnrolmentTexts)
public:
    // `hosts`: of EnrolmentWay::Hosts only.
    static QString text(const ActivationMade &activation, EnrolmentWay way, const QStringList &hosts = {});
    // One host in each line, blank lines and # comments left out; `problem` names the first that is none.
    static QStringList readHosts(const QString &typed, QString &problem);
};

}
