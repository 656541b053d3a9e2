#include "backend/applications/parameters/parameter_name.h"

#include "backend/base/fail.h"
#include "backend/events/arn.h"

#include <QStringList>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kMostArnCharacters = 1011;
    constexpr qsizetype kMostLevels = 15;
    constexpr qsizetype kMostLabelCharacters = 100;
    constexpr qsizetype kShownCharacters = 200;
    const QString kNameField = u"Name"_s;

    bool isLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }
    bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
    bool isNameCharacter(QChar c) { return isLetter(c) || isDigit(c) || c == u'_' || c == u'.' || c == u'-'; }
    bool hasOnlyNameCharacters(QStringView text)
    {
        return std::ranges::all_of(text, [](QChar c) { return isNameCharacter(c) || c == u'/'; });
    }
    bool isReserved(QStringView bare, QStringView prefix)
    {
        return bare.startsWith(prefix, Qt::CaseInsensitive);
    }

    tl::unexpected<Error> wrongName(const QString &message)
    {
        return fail(errors::kValidation, message, kNameField);
    }

    Result<void> checkReserved(const QString &name)
    {
        const bool isPath = name.startsWith(u'/');
        const QStringView bare = isPath ? QStringView(name).mid(1) : QStringView(name);
        const bool aws = isReserved(bare, u"aws");
        if (!aws && !isReserved(bare, u"ssm"))
            return {};
        if (!isPath)
            return wrongName(
                u"Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive)."_s);
        if (aws)
            return fail(errors::kAccessDenied,
                        u"No access to reserved parameter name: %1."_s.arg(name.left(kShownCharacters)),
                        kNameField);
        return wrongName(
            u"Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can "
            "consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, "
            "numbers and the following 3 symbols .-_"_s);
    }

    // Of a name with its leading slash, letters and slashes already judged.
    Result<void> checkSegments(const QString &canonical, const QString &shown)
    {
        if (canonical.size() == 1 || canonical.endsWith(u'/') || canonical.contains(u"//"_s))
            return wrongName(
                u"Parameter name \"%1\" has an empty part: no two slashes side by side, and none at the end."_s
                    .arg(shown));
        if (const qsizetype levels = canonical.count(u'/'); levels > kMostLevels)
            return fail(
                errors::kHierarchyLevelLimitExceeded,
                u"Parameter name \"%1\" has %2 levels; a hierarchy can have %3."_s.arg(shown).arg(levels).arg(
                    kMostLevels),
                kNameField);
        return {};
    }
}

QString ParameterName::parentPath() const { return canonical.left(canonical.lastIndexOf(u'/') + 1); }

Result<ParameterName> parameterName(const FleetIdentity &fleet, const QString &text)
{
    const QString name = text.trimmed();
    const QString shown = name.left(kShownCharacters);
    if (name.isEmpty())
        return wrongName(u"Parameter name is empty; it must have at least one character."_s);
    if (auto free = checkReserved(name); !free)
        return free.error();
    if (!hasOnlyNameCharacters(name))
        return wrongName(
            u"Parameter name \"%1\": only letters, digits, the symbols .-_ and slashes between its parts are "
            "allowed."_s.arg(shown));
    if (name.contains(u'/') && !name.startsWith(u'/'))
        return wrongName(
            u"Parameter name \"%1\" must be a fully qualified name: with a slash in it, it begins with one."_s
                .arg(shown));
    ParameterName result {.given = name, .canonical = name.startsWith(u'/') ? name : u'/' + name};
    if (auto checked = checkSegments(result.canonical, shown); !checked)
        return checked.error();
    if (const qsizetype length = parameterArn(fleet, name).size(); length > kMostArnCharacters)
        return wrongName(u"Parameter name makes an ARN of %1 characters; it may have %2."_s.arg(length).arg(
            kMostArnCharacters));
    return result;
}

std::optional<QString> canonicalParameterName(const QString &text)
{
    const QString name = text.trimmed();
    const bool hasSlash = name.contains(u'/');
    if (name.isEmpty() || !hasOnlyNameCharacters(name) || (hasSlash && !name.startsWith(u'/')))
        return std::nullopt;
    const QString canonical = hasSlash ? name : u'/' + name;
    if (canonical.size() == 1 || canonical.endsWith(u'/') || canonical.contains(u"//"_s))
        return std::nullopt;
    return canonical;
}

QString ParameterReference::selector() const
{
    if (version)
        return u':' + QString::number(*version);
    return label.isEmpty() ? QString() : u':' + label;
}

std::optional<ParameterReference> parameterReference(const FleetIdentity &fleet, const QString &text)
{
    QString rest = text.trimmed();
    if (rest.startsWith(u"arn:"_s)) {
        const QString kind = u"parameter/"_s;
        if (rest.section(u':', 2, 2) != u"ssm"_s)
            return std::nullopt;
        const QString resource = arnResource(fleet, rest);
        if (!resource.startsWith(kind))
            return std::nullopt;
        rest = u'/' + resource.mid(kind.size());
    }
    const QStringList parts = rest.split(u':');
    if (parts.size() > 2)
        return std::nullopt;
    const auto canonical = canonicalParameterName(parts[0]);
    if (!canonical)
        return std::nullopt;
    ParameterReference reference {.canonical = *canonical, .version = {}, .label = {}};
    if (parts.size() == 1)
        return reference;
    const QString &selector = parts[1];
    if (selector.isEmpty())
        return std::nullopt;
    if (std::ranges::all_of(selector, isDigit)) {
        bool fits = false;
        const qint64 version = selector.toLongLong(&fits);
        reference.version = fits ? version : 0; // there is no version 0
    } else {
        reference.label = selector;
    }
    return reference;
}

bool isParameterLabel(const QString &text)
{
    return !text.isEmpty() && text.size() <= kMostLabelCharacters && !isDigit(text[0])
        && std::ranges::all_of(text, isNameCharacter) && !isReserved(text, u"aws")
        && !isReserved(text, u"ssm");
}

Result<QString> parameterPath(const QString &text, const QString &field)
{
    const QString path = text.trimmed();
    const bool isPath = path.startsWith(u'/') && hasOnlyNameCharacters(path) && !path.contains(u"//"_s);
    if (!isPath)
        return fail(
            errors::kValidation,
            u"%1 is \"%2\"; a path begins with a slash, and has letters, digits and .-_ between slashes."_s
                .arg(field, path.left(kShownCharacters)),
            field);
    return path.endsWith(u'/') ? path : path + u'/';
}

QString pathEnd(const QString &path) { return path.chopped(1) + QChar(u'/' + 1); }

}
