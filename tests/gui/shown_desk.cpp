#include "tests/gui/shown_desk.h"

#include <QTest>
#include <QTreeView>

namespace fb::test {

using namespace Qt::StringLiterals;

ShownDesk::ShownDesk(ConsoleFixture::Fleet fleet, const QString &language) : console(fleet, language)
{
    console.window().openAddress(u"sessions"_s);
    console.window().activateWindow();
    static_cast<void>(QTest::qWaitForWindowActive(&console.window()));
}

QString ShownDesk::idOf(const QString &node) const
{
    for (const NodeRow &row : console.fleetSource.nodes) {
        if (row.name == node)
            return row.id;
    }
    return {};
}

int ShownDesk::open(const QString &node)
{
    const int pane = desk().open(
        {.nodeId = idOf(node), .nodeName = node, .document = {}, .reason = u"INC-204"_s, .parameters = {}});
    [&] { QTRY_COMPARE(desk().link(pane)->state(), SessionLink::State::Connected); }();
    return pane;
}

TerminalView *ShownDesk::view(int pane)
{
    for (TerminalView *each : console.window().findChildren<TerminalView *>()) {
        if (each->objectName() == u"terminal-%1"_s.arg(pane) && each->isVisible())
            return each;
    }
    return nullptr;
}

QModelIndex ShownDesk::rowOf(const QString &node)
{
    auto *tree = console.find<QTreeView>("nodeTree");
    for (int group = 0; group < tree->model()->rowCount(); ++group) {
        const QModelIndex of = tree->model()->index(group, 0);
        for (int row = 0; row < tree->model()->rowCount(of); ++row) {
            if (const QModelIndex index = tree->model()->index(row, 0, of); index.data() == node)
                return index;
        }
    }
    return {};
}

void ShownDesk::click(const char *name) { QTest::mouseClick(console.visible(name), Qt::LeftButton); }

}
