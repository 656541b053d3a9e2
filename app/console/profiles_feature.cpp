#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/profiles/profiles_page.h"

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature profilesFeature(ProfilesViewModel &profiles)
{
    ConsoleFeature feature;
    feature.pages = {{.name = u"profiles"_s,
                      .group = Console::tr("Nodes"),
                      .title = Console::tr("Profiles"),
                      .icon = Icon::Profiles,
                      .make = [&profiles](const QString &rest, QWidget *parent) -> Page * {
                          return rest.isEmpty() ? new ProfilesPage(profiles, parent) : nullptr;
                      }}};
    return feature;
}

}
