#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/shared/audit/audit_page.h"

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature auditFeature(AuditViewModel &audit)
{
    ConsoleFeature feature;
    feature.pages = {{.name = u"audit"_s,
                      .group = Console::tr("Shared"),
                      .title = Console::tr("Audit log"),
                      .icon = Icon::Audit,
                      .make = [&audit](const QString &rest, QWidget *parent) -> Page * {
                          return rest.isEmpty() ? new AuditPage(audit, parent) : nullptr;
                      }}};
    return feature;
}

}
