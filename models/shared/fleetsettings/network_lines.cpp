#include "models/shared/fleetsettings/network_lines.h"

#include "backend/base/ip_network.h"
#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // Commas part too: what is pasted from the command line stays as it is.
    QStringList partsOf(const QString &line)
    {
        QStringList parts;
        for (const QString &part : line.split(u',')) {
            if (const QString each = part.trimmed(); !each.isEmpty())
                parts << each;
        }
        return parts;
    }
}

QString NetworkLines::ofSetting(const QString &value)
{
    return value == FleetSettingWords::kNone ? QString() : partsOf(value).join(u'\n');
}

QString NetworkLines::toSetting(const QString &lines)
{
    QStringList all;
    for (const QString &line : lines.split(u'\n'))
        all += partsOf(line);
    return all.isEmpty() ? FleetSettingWords::kNone : all.join(u", "_s);
}

QList<NetworkLines::Wrong> NetworkLines::wrong(const QString &lines)
{
    QList<Wrong> wrong;
    int line = 0;
    int count = 0;
    for (const QString &each : lines.split(u'\n')) {
        ++line;
        for (const QString &part : partsOf(each)) {
            if (!ipNetworkOf(part))
                wrong.append({line,
                              tr("Line %1: \"%2\" is not an address or a network.")
                                  .arg(QString::number(line), visibleText(part, 60))});
            else if (++count == kMost + 1)
                wrong.append({line, tr("Line %1: at most %2 are allowed.").arg(line).arg(kMost)});
        }
    }
    return wrong;
}

}
