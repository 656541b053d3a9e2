#include "models/nodes/fleet/fleet_change.h"

#include <QRegularExpression>

#include <algorithm>

namespace fb {

namespace {

    // AWS's alphabet of tags, and no text-direction mark, as the engine has it.
    QString strangeCharacter(const QString &text)
    {
        static const QRegularExpression kControl(
            QStringLiteral("[\\p{Cc}\\x{061C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]"),
            QRegularExpression::UseUnicodePropertiesOption);
        const QRegularExpressionMatch match = kControl.match(text);
        return match.hasMatch() ? QString::number(match.captured()[0].unicode(), 16).rightJustified(4, u'0')
                                : QString();
    }
}

QString TagRules::keyProblem(const QString &key)
{
    if (key.isEmpty())
        return tr("Enter a key.");
    if (key.toUcs4().size() > kKeyChars)
        return tr("The key has %1 characters; at most %2 are allowed.")
            .arg(key.toUcs4().size())
            .arg(kKeyChars);
    if (key.startsWith(QStringLiteral("aws:"), Qt::CaseInsensitive))
        return tr("Keys that begin with aws: are reserved.");
    if (const QString code = strangeCharacter(key); !code.isEmpty())
        return tr("The key has an invisible character (U+%1). Remove it.").arg(code);
    return {};
}

QString TagRules::valueProblem(const QString &value)
{
    if (value.toUcs4().size() > kValueChars)
        return tr("The value has %1 characters; at most %2 are allowed.")
            .arg(value.toUcs4().size())
            .arg(kValueChars);
    if (const QString code = strangeCharacter(value); !code.isEmpty())
        return tr("The value has an invisible character (U+%1). Remove it.").arg(code);
    return {};
}

NodeTagChange tagChange(const QString &nodeId, const QList<NodeTag> &before, const QList<NodeTag> &after)
{
    NodeTagChange change {.nodeId = nodeId, .set = {}, .removed = {}};
    const auto hasKey = [](const QList<NodeTag> &tags, const QString &key) {
        return std::any_of(tags.begin(), tags.end(), [&](const NodeTag &tag) { return tag.key == key; });
    };
    for (const NodeTag &tag : after) {
        if (!before.contains(tag))
            change.set << tag;
    }
    for (const NodeTag &tag : before) {
        if (!hasKey(after, tag.key))
            change.removed << tag.key;
    }
    return change;
}

}
