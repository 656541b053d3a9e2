#include "backend/security/access.h"

#include "backend/base/fail.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kEngineName = "engine";
    constexpr auto kEngineSource = "engine";

    QString described(const AccessTarget &target)
    {
        QStringList parts;
        if (!target.nodeIds.isEmpty())
            parts << u"nodes "_s + target.nodeIds.mid(0, 3).join(u", "_s);
        if (!target.documents.isEmpty())
            parts << u"document "_s + target.documents.join(u", "_s);
        if (!target.parameters.isEmpty())
            parts << u"parameter "_s + target.parameters.mid(0, 3).join(u", "_s);
        if (!target.resource.isEmpty())
            parts << target.resource;
        return parts.isEmpty() ? QString() : u" on "_s + parts.join(u" and "_s);
    }
}

Error accessDenied(const Principal &who, Action action, const AccessTarget &target)
{
    return qtError(errors::kAccessDenied,
                   u"%1 (%2) may not do %3%4. Ask an administrator for the permission."_s.arg(
                       who.name.isEmpty() ? u"Nobody"_s : who.name, enumName(who.role),
                       toQString(action.name()), described(target)));
}

Principal enginePrincipal()
{
    return {.name = QString::fromLatin1(kEngineName),
            .role = Role::Administrator,
            .source = QString::fromLatin1(kEngineSource)};
}

}
