// The states of a node's page > Services.
#include "tests/gui/page_states.h"

#include "ui/widgets/data_table.h"

#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    ShownError noSystemd()
    {
        return {.kind = ShownError::Kind::State,
                .code = u"UnsupportedPlatformType"_s,
                .message = u"This node was not started by systemd, so it has no units."_s,
                .field = {}};
    }
}

void PageStates::beforeServices(const QString &name, ConsoleFixture &shown)
{
    if (name.endsWith(u"-none"))
        shown.serviceSource.problem = noSystemd();
    if (name.endsWith(u"-small"))
        shown.window().resize(1024, 640); // the smallest window
}

void PageStates::openServices(const QString &name, ConsoleFixture &shown)
{
    if (name.endsWith(u"-none")) {
        QTRY_VERIFY(shown.visible("servicesEmpty"));
        return;
    }
    QTRY_VERIFY(shown.visible("serviceTable"));
    auto *table = static_cast<DataTable *>(shown.visible("serviceTable"));
    table->select(u"nginx.service"_s);
    table->setFocus();
    if (name.endsWith(u"-detail") || name.endsWith(u"-small"))
        emit table->opened(u"nginx.service"_s);
    if (name.endsWith(u"-offline")) {
        shown.serviceSource.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                                  .code = u"TargetNotConnected"_s,
                                                  .message = u"mi-0a1b2c3d4e5f60718 is not connected."_s,
                                                  .field = {}};
        QTest::mouseClick(shown.visible("serviceRefresh"), Qt::LeftButton);
        QTRY_VERIFY(!shown.visible("serviceActions")->isEnabled());
    }
}

}
