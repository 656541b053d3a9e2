#include "backend/api/region_arns.h"

#include <QJsonArray>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kRegionPart = 3; // arn:aws:ssm:REGION:ACCOUNT:resource
    constexpr int kAccountPart = 4;

    bool takesArns(const QString &member)
    {
        static const QStringList names {u"Name"_s,       u"Names"_s,       u"DocumentName"_s, u"Document"_s,
                                        u"ResourceId"_s, u"ResourceUri"_s, u"SettingId"_s};
        return names.contains(member) || member.endsWith(u"arn"_s, Qt::CaseInsensitive)
            || member.endsWith(u"arns"_s, Qt::CaseInsensitive);
    }

    QString moved(const QString &text, const FleetIdentity &fleet, const QString &from, const QString &to)
    {
        if (!text.startsWith(u"arn:aws:ssm:"_s))
            return text;
        QStringList parts = text.split(u':');
        const bool isOurs = parts.size() > kAccountPart && parts[kRegionPart] == from
            && (parts[kAccountPart].isEmpty() || parts[kAccountPart] == fleet.accountId);
        if (!isOurs)
            return text;
        parts[kRegionPart] = to;
        return parts.join(u':');
    }

    QJsonValue moved(const QJsonValue &value, bool isArn, const FleetIdentity &fleet, const QString &from,
                     const QString &to)
    {
        if (value.isString())
            return isArn ? QJsonValue(moved(value.toString(), fleet, from, to)) : value;
        if (value.isArray()) {
            QJsonArray items;
            for (const QJsonValue &item : value.toArray())
                items.append(moved(item, isArn, fleet, from, to));
            return items;
        }
        if (!value.isObject())
            return value;
        QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            it.value() = moved(it.value(), takesArns(it.key()), fleet, from, to);
        return object;
    }
}

QJsonObject fromRegion(QJsonObject input, const FleetIdentity &fleet, const QString &region)
{
    return region == fleet.region ? input
                                  : moved(QJsonValue(input), false, fleet, region, fleet.region).toObject();
}

QJsonObject toRegion(QJsonObject output, const FleetIdentity &fleet, const QString &region)
{
    return region == fleet.region ? output
                                  : moved(QJsonValue(output), false, fleet, fleet.region, region).toObject();
}

bool isRegionName(const QString &region)
{
    return !region.isEmpty() && region.size() <= 64 && std::ranges::all_of(region, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

}
