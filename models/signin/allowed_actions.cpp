#include "models/signin/allowed_actions.h"

namespace fb {

void AllowedActions::setForbidden(const QHash<QString, ForbiddenAction> &forbidden)
{
    if (m_forbidden == forbidden)
        return;
    m_forbidden = forbidden;
    emit changed();
}

QString AllowedActions::whyNot(const QString &action) const
{
    const auto found = m_forbidden.constFind(action);
    if (found == m_forbidden.constEnd())
        return {};
    switch (found->why) {
    case ForbiddenAction::Why::Role:
        return tr("Your role, %1, does not allow this. It takes the role %2, or a permission of your own "
                  "(%3).")
            .arg(roleWord(found->role), roleWord(found->leastRole), action);
    case ForbiddenAction::Why::Denied:
        return found->group.isEmpty() ? tr("A permission of your account denies this (%1).").arg(action)
                                      : tr("A permission of your group %1 denies this (%2).")
                                            .arg(visibleText(found->group, 64), action);
    case ForbiddenAction::Why::Narrowed:
        return tr("Only an administrator whose own permissions are not narrowed may change those of "
                  "operators "
                  "(%1).")
            .arg(action);
    case ForbiddenAction::Why::Nobody:
        break;
    }
    return tr("Nobody is signed in.");
}

QString AllowedActions::roleWord(const QString &role)
{
    if (role == u"Administrator")
        //: role of an operator
        return tr("Administrator");
    if (role == u"Approver")
        //: role of an operator
        return tr("Approver");
    if (role == u"Operator")
        //: role of an operator
        return tr("Operator");
    if (role == u"Viewer")
        //: role of an operator
        return tr("Viewer");
    return visibleText(role, 64);
}

}
