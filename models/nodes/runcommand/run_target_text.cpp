#include "models/nodes/runcommand/run_target_text.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kIds = u"InstanceIds"_s;
    const auto kTag = u"tag:"_s;

    // Keys that are not tags keep their own name among the tags.
    bool isOwnKey(const QString &key) { return key.startsWith(u"resource-groups:") || key == u"tag-key"; }
}

QList<RunTarget> RunTargetText::wire(const RunTargets &targets)
{
    if (targets.all)
        return {{kIds, {u"*"_s}}};
    QList<RunTarget> wire;
    for (const QString &tag : targets.tags) { // values of one key OR, keys AND
        const QString key = tag.section(u'=', 0, 0);
        const QString wireKey = isOwnKey(key) ? key : kTag + key;
        const auto same = std::find_if(wire.begin(), wire.end(),
                                       [&](const RunTarget &target) { return target.key == wireKey; });
        if (same == wire.end())
            wire.append({wireKey, {tag.section(u'=', 1)}});
        else
            same->values << tag.section(u'=', 1);
    }
    return wire;
}

RunTargets RunTargetText::fromWire(const QStringList &instanceIds, const QList<RunTarget> &targets)
{
    RunTargets found;
    found.nodeIds = instanceIds;
    for (const RunTarget &target : targets) {
        if (target.key == kIds && target.values == QStringList {u"*"_s})
            found.all = true;
        else if (target.key == kIds)
            found.nodeIds << target.values;
        else
            for (const QString &value : target.values)
                found.tags << (target.key.startsWith(kTag) ? target.key.mid(kTag.size()) : target.key) + u'='
                        + value;
    }
    return found;
}

QString RunTargetText::typed(const QStringList &tags)
{
    QStringList words;
    for (const QString &tag : tags) {
        const bool plain = std::none_of(tag.begin(), tag.end(), [](QChar c) {
            return c.isSpace() || c == u',' || c == u'"' || c == u'\\';
        });
        words << (plain ? tag
                        : u'"' + QString(tag).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"');
    }
    return words.join(u' ');
}

QStringList RunTargetText::parse(const QString &typed)
{
    QStringList tags;
    QString word;
    bool quoted = false;
    const auto end = [&] {
        if (!word.isEmpty())
            tags << word;
        word.clear();
    };
    for (qsizetype i = 0; i < typed.size(); ++i) {
        const QChar c = typed[i];
        if (quoted && c == u'\\' && i + 1 < typed.size())
            word += typed[++i];
        else if (c == u'"')
            quoted = !quoted;
        else if (!quoted && (c.isSpace() || c == u','))
            end();
        else
            word += c;
    }
    end();
    return tags;
}

}
