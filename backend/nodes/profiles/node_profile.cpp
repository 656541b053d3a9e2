#include "backend/nodes/profiles/node_profile.h"

#include "backend/base/qt_text.h"
#include "backend/protocol/flagbridge.pb.h"

namespace fb {

using namespace Qt::StringLiterals;

QString profileNameOf(const QString &iamRole)
{
    const QString prefix = u"service-role/"_s;
    return iamRole.startsWith(prefix) ? iamRole.mid(prefix.size()) : iamRole;
}

wire::NodeProfile wireProfile(const NodeProfile &profile)
{
    wire::NodeProfile wire;
    wire.set_name(toStd(profile.name));
    for (const QString &plugin : profile.deniedPlugins)
        wire.add_denied_plugins(toStd(plugin));
    for (const QString &tool : profile.deniedTools)
        wire.add_denied_tools(toStd(tool));
    wire.set_report_interval_s(static_cast<uint32_t>(profile.reportInterval));
    wire.set_metrics_interval_s(static_cast<uint32_t>(profile.metricsInterval));
    wire.set_log_level(toStd(enumName(profile.logLevel)));
    wire.set_update_channel(toStd(profile.updateChannel));
    wire.set_proxy(toStd(profile.proxy));
    return wire;
}

}
