#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/activations/activations_page.h"
#include "ui/nodes/activations/approvals_page.h"
#include "ui/nodes/activations/enrol_wizard.h"
#include "ui/nodes/fleet/clones_page.h"

namespace fb {

using namespace Qt::StringLiterals;

void openEnrolWizard(Console &console, FleetViewModel &fleet)
{
    auto *wizard = new EnrolWizard(fleet, &console.window()); // deletes itself when it is closed
    wizard->open();
}

ConsoleFeature activationsFeature(Console &console, ActivationsViewModel &activations,
                                  ApprovalsViewModel &approvals, HardwareViewModel &hardware,
                                  FleetViewModel &fleet)
{
    ConsoleFeature feature;
    feature.pages
        = {{.name = u"activations"_s,
            .group = Console::tr("Nodes"),
            .title = Console::tr("Activations"),
            .icon = Icon::Activations,
            .make = [&console, &activations, &fleet](const QString &rest, QWidget *parent) -> Page * {
                if (!rest.isEmpty())
                    return nullptr;
                auto *made = new ActivationsPage(activations, parent);
                QObject::connect(made, &ActivationsPage::enrolRequested, &console,
                                 [&console, &fleet] { openEnrolWizard(console, fleet); });
                return made;
            }},
           {.name = u"approvals"_s,
            .group = Console::tr("Nodes"),
            .title = Console::tr("Approvals"),
            .icon = Icon::Approvals,
            .make = [&approvals](const QString &rest, QWidget *parent) -> Page * {
                return rest.isEmpty() ? new ApprovalsPage(approvals, parent) : nullptr;
            }},
           {.name = u"clones"_s,
            .group = Console::tr("Nodes"),
            .title = Console::tr("Possible clones"),
            .icon = Icon::Clones,
            .make = [&console, &hardware, &fleet](const QString &rest, QWidget *parent) -> Page * {
                if (!rest.isEmpty())
                    return nullptr;
                auto *made = new ClonesPage(hardware, fleet, parent);
                QObject::connect(made, &ClonesPage::enrolRequested, &console,
                                 [&console, &fleet] { openEnrolWizard(console, fleet); });
                return made;
            }}};
    return feature;
}

}
